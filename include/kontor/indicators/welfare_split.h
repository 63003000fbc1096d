// The published split of a welfare change into terms and volume of trade: to first order, and integrated along the path.
//
//   d ln W(n) = 1/I(n) [ sum_ij E(n,i,j) d ln c(n,j) - M(n,i,j) d ln c(i,j)           terms of trade
//                      + sum_ij tau(n,i,j) M(n,i,j) (d ln M(n,i,j) - d ln c(i,j)) ]   volume of trade
//
// n region, i partner, j product; E exports and M imports net of tariffs; tau tariff rates; I final spending. Caliendo and
// Parro (2015), equation 16. Neither is what kontor reports as real income: for that, and why they differ, see
// docs/methods/welfare.md; for all kinds of shocks see real_income_parts.h.
#pragma once

#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

/// Fractions of the region's base spending. Regions as the calibration numbers them; abroad stands behind them as one partner.
struct WelfareSplit {
  std::vector<double> terms_of_trade, volume;  // by region
  Matrix terms_by_partner, volume_by_partner;  // regions x partners
  Matrix terms_by_product, volume_by_product;  // regions x products
  std::vector<double> log_real_income;         // by region: exact, ln of spending over consumer prices
  double total(std::size_t region) const { return terms_of_trade[region] + volume[region]; }
};

/// The formula with weights and tariff rates of the baseline and finite changes, hat less one, in the place of d ln. Good for
/// small changes only. `before` must be of the calibration's own tariffs; a flow that was zero has no change to count.
WelfareSplit first_order_welfare(const Calibration& base, const Equilibrium& before, const Equilibrium& after);

/// The same integrated while the tariffs go straight from the accounts' rates to those of the shocks: 8, 16 and 32 steps of the
/// trapezoidal rule, extrapolated (Romberg), so that the parts add up to log_real_income to about 1e-11. Where the economy
/// holds tariffs and imbalances of zero, they are all there is; transfers or imbalances leave a difference.
/// Throws Error(data) where a shock is no tariff, Error(no answer) where a step has no solution.
WelfareSplit path_welfare(const EquilibriumSolver& solver, const Economy& baseline, const std::vector<const Shock*>& tariffs,
                          const SolverOptions& options = {});

}  // namespace kontor
