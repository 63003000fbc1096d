// A scan as it is asked for: accounts or a programme, and what the user says beside it, all as text.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kontor/indicators/scan.h"
#include "kontor/indicators/scan_portfolio.h"

namespace kontor {

struct ScanQuestion {
  std::filesystem::path target;    // an accounts folder or a programme file
  std::filesystem::path accounts;  // instead of the one that the programme names
  std::vector<std::string> goals, blocs, regions, sectors, levers;
  std::string closure;                        // a preset, or "labour=fixed,capital=mobile"; empty: the programme's, or short_run
  std::string step, capital_step, tolerance;  // per cent, with or without the sign
  std::string distances;                      // a file; empty: the accounts' own
  std::string top, year, budget, costs;
  bool nobody_loses = false, only_new = false;
};

struct ScanAnswer {
  std::shared_ptr<const Accounts> accounts;
  Scan scan;                           // without lists where a portfolio was asked for
  std::optional<Portfolio> portfolio;  // where a budget was given
  Findings findings;
};

/// Reads what is named, solves and scans. Throws Error(usage), Error(data) or Error(no_answer).
ScanAnswer answer_scan(const ScanQuestion& question);

/// "long_run", "labour=fixed,capital=mobile": parts that are not named as in short_run, or as in `preset=...`. A budget that
/// named payers close can only stand in a programme. Throws Error(usage).
Closure closure_of_text(const std::string& text);

/// The shocks of a programme in its economy: those of committed measures in a year.
std::vector<const Shock*> shocks_in_place(const Programme& programme, const Compiled& compiled, int year);

/// What a run adds to its result: the best that the programme's parties have not written down (all regions where it names
/// none), as rows of scan_rows, for the real income of the parties in the last year under the programme's closure. No rows, and a note,
/// where there is no trustworthy answer.
std::vector<EffectRow> opportunities_of(const Calibration& calibration, const Programme& programme, const Compiled& compiled,
                                        Findings& findings);

}  // namespace kontor
