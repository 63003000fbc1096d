// Some years of a programme compiled alone: what is solved while somebody waits.
#pragma once

#include <vector>

#include "kontor/programme/programme.h"

namespace kontor {

/// As compile(), with the shocks of these years alone; sizes and overlaps are looked at in these years alone, which is where
/// most of the time goes.
Compiled compile_years(const Programme& programme, const Accounts& accounts, const std::vector<int>& years);

}  // namespace kontor
