// The path of the data, from files to a report. Read src/kontor.cpp first.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kontor/report/result.h"
#include "kontor/report/run_draws.h"

namespace kontor {

struct RunOptions {
  std::filesystem::path programme;
  std::string text;                // the programme itself, not yet saved: `programme` is then its name, and where it would lie
  std::filesystem::path accounts;  // empty: as the programme names them
  bool gross_only = false;         // the fixed-price model alone
  bool strict = false;             // a measure that cannot be counted is an error
  DrawRequest draws;               // none by default: the central case
  AttributionOptions attribution;  // which measure brought about how much
};

/// The main job: accounts and programme to a result. Throws Error with the exit code of what went wrong.
Result run_programme(const RunOptions& options);

/// The accounts after what a run solved, in a year of its horizon: under the programme's own closure, or at fixed prices where
/// these alone were run. Throws Error(usage) for another year.
Accounts accounts_after_run(const Result& result, int year);

/// A range of draws alone, to be joined with others by `merge_parts`. It names programme and accounts as seen from `folder`,
/// which it is to be written to. Throws as run_programme does.
DrawPart draw_part(const RunOptions& options, const std::filesystem::path& folder);

/// The result of all draws, of which the folders hold a part each: the same as that of a run which computes them all. Programme
/// and accounts: empty for where the first part says. Throws as join_parts and run_programme do.
Result merge_parts(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& programme = {},
                   const std::filesystem::path& accounts = {});

/// Draws that the programme's [uncertainty] asks for where the command line names no number.
int draws_of_programme(const RunOptions& options);

}  // namespace kontor
