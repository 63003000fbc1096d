#include "kontor/base/version.h"

namespace kontor {

const char* version() { return KONTOR_VERSION; }

}  // namespace kontor
