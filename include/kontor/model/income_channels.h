// Real income of some regions item by item: through which part, with which partner, in which product.
#pragma once

#include <vector>

#include "kontor/model/measure_parts.h"

namespace kontor {

/// `part` counts as in real_income_part_names; partner is a region of the accounts, product a sector, -1 where there is none.
struct IncomeItem {
  int part = 0, partner = -1, product = -1;
};

class IncomeChannels {
 public:
  /// `first`: flows of the solved baseline, whose consumer prices money is in. `regions`: those of the calibration whose
  /// income is added up.
  IncomeChannels(const Calibration& base, const Flows& first, std::vector<bool> regions);

  std::size_t size() const;
  IncomeItem item(std::size_t i) const;
  /// By item; the sum is the change of the equivalent variation to the third order of the step.
  std::vector<double> between(const PathPoint& from, const PathPoint& to) const;

 private:
  const Calibration& base_;
  const Flows& first_;
  std::vector<bool> regions_;
  std::size_t partners_, products_;  // one more than there are: the last is none
};

}  // namespace kontor
