// Indicators of the accounts before and after a programme, solved again for the years that are asked for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// Years of the horizon out of a text: "2030", "2028,2030", "all"; empty: the last. Throws Error(usage) for any other.
std::vector<int> years_asked(const Programme& programme, const std::string& text);

struct StatesQuestion {
  std::vector<int> years;  // of the horizon
  std::string measure;     // this one alone; empty: all that are agreed
  std::string closure;     // leontief, short_run, long_run; empty: the programme's own
};

/// One answer for each of the indicators, its rows as `before_after` makes them, year by year; the notes say what before and
/// after are. `question` is about the accounts. Tells the job at work each step: one, and one more for each indicator of each
/// state. Throws as ProgrammeStates and `ask` do.
std::vector<IndicatorAnswer> ask_before_after(const Accounts& accounts, const Programme& programme, const Compiled& compiled,
                                              std::span<const Indicator* const> asked, const Question& question,
                                              const StatesQuestion& states);

}  // namespace kontor
