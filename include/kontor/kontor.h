// The path of the data, from files to a report. Read src/kontor.cpp first.
#pragma once

#include <filesystem>
#include <string>

#include "kontor/report/result.h"

namespace kontor {

struct RunOptions {
  std::filesystem::path programme;
  std::filesystem::path accounts;  // empty: as the programme names them
  bool gross_only = false;         // the fixed-price model alone
  bool strict = false;             // a measure that cannot be counted is an error
  AttributionOptions attribution;  // which measure brought about how much
};

/// The main job: accounts and programme to a result. Throws Error with the exit code of what went wrong.
Result run_programme(const RunOptions& options);

/// The accounts after what a run solved, in a year of its horizon: under the programme's own closure, or at fixed prices where
/// these alone were run. Throws Error(usage) for another year.
Accounts accounts_after_run(const Result& result, int year);

}  // namespace kontor
