// Draws of a run, from the request to the rows: computed in blocks that an interrupt leaves whole, or taken from parts.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "kontor/report/draw_files.h"
#include "kontor/report/result.h"

namespace kontor {

struct DrawRequest {
  long first = 0, last = 0;    // both ends included, counted from 1; 0: none
  std::filesystem::path keep;  // folder of finished blocks while the run is on; empty: none are kept
  bool resume = false, replace = false;
  const DrawTable* given = nullptr;                     // draws that were computed already,
  std::string fingerprint;                              // and what they are draws of
  std::function<void(long done, long total)> progress;  // after each block; may be empty
};

/// Years whose outcomes are drawn, the headline's last; empty where nothing is agreed.
std::vector<int> years_of_draws(const Programme& programme, const Compiled& compiled, const std::vector<EffectRow>& gross);

/// What a draw depends on, as one hash: version, accounts, programme and the files that it names, years.
std::string draws_fingerprint(const Result& result, const std::vector<int>& years);

/// The draws of the request, from blocks that are there already and computed for the rest.
DrawTable computed_draws(const DrawModel& model, const DrawRequest& request, const std::string& fingerprint);

/// Adds draws and rows to a result. Throws Error(no_answer) if more than one draw in a hundred has no solution.
void add_draws(Result& result, const DrawModel& model, const DrawRequest& request, const std::vector<int>& years);

}  // namespace kontor
