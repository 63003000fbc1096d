// Where a change of real income comes from, integrated along the way from the baseline to the economy with the shocks.
//
//   terms of trade   sum exports dln c - sum imports dln c
//   volume of trade  wedge revenue beyond what the rates themselves do:  sum (rate x flow)(dln flow - dln c)
//   efficiency       productivity, and what goods cost less on their way to the user (sourcing weights as well)
//   factors          more labour and capital at work, at their pay
//   ownership        income of residents less what is earned in the region
//   budget           imbalance, transfers, what measures buy, less what of it somebody consumes
//   taxes            constant tax shares of a larger output and consumption
//
// Each part over consumer prices of the moment, at those of the baseline: the sum is the equivalent variation.
// Method: docs/methods/welfare.md
#pragma once

#include <array>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

inline constexpr std::array<const char*, 7> real_income_part_names = {"terms of trade", "volume of trade", "efficiency", "factors",
                                                                      "ownership",      "budget",          "taxes"};

struct RealIncomeParts {
  std::array<std::vector<double>, 7> parts;  // in the order of the names, by region, accounts units at the baseline's prices
  std::vector<double> error;                 // by region: equivalent variation less the sum of the parts
  bool solved = true;                        // false where a point of the path has no solution: then nothing else is filled
};

/// `steps`: even; the path is also walked in half as many and extrapolated (Richardson), so the error falls with its fourth power.
RealIncomeParts split_real_income(const EquilibriumSolver& solver, const Economy& baseline, const Equilibrium& before,
                                  const Economy& economy, const Equilibrium& after, int steps = 8);

}  // namespace kontor
