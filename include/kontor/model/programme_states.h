// The accounts before and after a programme: solved again for the years that are asked for, under one model and closure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kontor/model/accounts_after.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// Not for several threads at a time. What it is made from must outlive it.
class ProgrammeStates {
 public:
  /// `closure`: "leontief" (fixed prices), "short_run", "long_run", or empty for the programme's own. Throws Error(usage) for
  /// another word, Error(data) for a preset on accounts with one factor for all, Error(no_answer) as the models do.
  ProgrammeStates(const Accounts& accounts, const Programme& programme, const Compiled& compiled, const std::string& closure = "");
  ~ProgrammeStates();
  ProgrammeStates(ProgrammeStates&&) noexcept;
  ProgrammeStates& operator=(ProgrammeStates&&) noexcept;

  /// "leontief", or the closure of the equilibrium model as the report prints it.
  const std::string& closure() const;
  /// The accounts themselves in the leontief model; those of the solved baseline in the equilibrium model, which are the
  /// accounts but for rounding unless the closure or a trade model moves them. Where a measure of the programme makes wedges,
  /// every state has the row of border wedges.
  const Accounts& before();
  /// After all measures that are signed, running or done, or after one measure alone, in a year of the horizon. Title, year
  /// and notes say what it is. Throws Error(usage) for another year or measure.
  Accounts after(int year, const std::string& measure = "");
  /// Shocks of the last `after` that this model cannot represent.
  const std::vector<const Shock*>& not_counted() const;

 private:
  struct Made;
  std::unique_ptr<Made> made_;
};

}  // namespace kontor
