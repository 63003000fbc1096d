// One year of a programme solved again and again while its numbers move: what a slider and a notebook need.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/indicators/table.h"
#include "kontor/programme/programme.h"

namespace kontor {

struct LiveAnswer {
  std::string closure;                   // the programme's own, as the report prints it
  std::vector<EffectRow> rows;           // of the year, as a run holds them: totals, prices and budgets, sectors, trade
  std::vector<std::string> not_counted;  // measures with a change that is not counted, "M3: target"
  int iterations = 0;
};

/// Accounts calibrated once, under the closure and the [parameters] of a programme, with the baseline solved. Every later
/// answer starts where the last one ended. Not for several threads at a time.
class LiveModel {
 public:
  /// Throws as run_programme does.
  LiveModel(std::shared_ptr<const Accounts> accounts, const Programme& programme);
  ~LiveModel();
  LiveModel(LiveModel&&) noexcept;
  LiveModel& operator=(LiveModel&&) noexcept;

  /// Whether a programme has the closure and the parameters of this model.
  bool fits(const Programme& programme) const;

  /// The years whose shocks an answer needs: the year itself, and the last one for its targets.
  static std::vector<int> years_of(const Programme& programme, int year) { return {year, programme.last_year}; }

  /// The rows of a run of this programme in that year under its own closure, to the solver's tolerance; targets out of reach
  /// in the last year are left out, as a run does. `compiled`: all years, or those of years_of. `pipeline`: also what is not signed yet.
  /// Throws Error(usage) for a year outside the horizon or a programme that does not fit, Error(data) or Error(no_answer) as run_programme
  /// does.
  LiveAnswer solve(const Programme& programme, const Compiled& compiled, int year, bool pipeline = false);

 private:
  struct Made;
  std::unique_ptr<Made> made_;
};

}  // namespace kontor
