// Rows of an indicator before and after a programme, and their difference.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/table.h"

namespace kontor {

inline constexpr const char* state_names[] = {"before", "after", "change"};

/// Three rows for each of the two answers: its term gets the state as suffix, "dva/before", or is it where there is none.
/// Year and measure are those of the programme, on the row before as well. `change` is after less before: digits below 1e-9 of
/// the level are rounding. A row that one side lacks is not available there, and neither is its change.
std::vector<EffectRow> before_after(const std::vector<EffectRow>& before, const std::vector<EffectRow>& after, int year,
                                    const std::string& measure);

}  // namespace kontor
