#include "families.h"

namespace kontor {

std::span<const Indicator* const> loss_indicators() { return {}; }

}  // namespace kontor
