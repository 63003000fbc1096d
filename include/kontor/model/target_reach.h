// Whether an instrument reaches the share that it is to reach.
//
// No instrument makes a purchase more than five times as dear or as cheap: a tariff or the wedge of a procurement rule of
// 0 to 400 %, a subsidy of 0 to 80 %. A share that takes more is out of reach, which is an outcome and no failure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

inline constexpr double largest_price_factor = 5.0;

/// The rate at the instrument's bound: 4 for a tariff or a rule, -0.8 for a subsidy, of the price without it.
double largest_rate(Instrument instrument);

/// A target that its instrument does not reach.
struct OutOfReach {
  std::string measure;
  int product = 0;
  Instrument instrument = Instrument::subsidy;
  double wanted = 0.0;   // share
  double largest = 0.0;  // share at `rate`, the other targets left out; NaN if there is no equilibrium at any rate that was tried
  double rate = 0.0;     // the bound, or the largest rate tried at which there is an equilibrium
};

/// A solution whose wedges stay within their bounds, or the targets for which there is none.
struct Reached {
  Equilibrium solution;
  std::vector<OutOfReach> out_of_reach;  // if any, the solution is none: leave these targets out and solve again
};

/// Solves an economy with targets. A target that is met without its instrument, or by one of the opposite sign, has its
/// wedge held at zero; `economy` says so afterwards. `start`: a solution near by, or empty.
Reached solve_within_reach(const EquilibriumSolver& solver, Economy& economy, const SolverOptions& options = {},
                           const std::vector<double>& start = {});

/// Every wedge of a solution has its instrument's sign, within its bound.
bool within_reach(const Economy& economy, const Flows& flows);

/// What shocks make of a baseline, without the targets that are out of reach.
struct Reachable {
  Economy economy;
  Equilibrium solution;
  std::vector<const Shock*> not_counted;  // targets left out, and what the model cannot represent
};

/// Targets of the measures in `unreached` are left out; those that turn out to be out of reach are added to it. `before`: of
/// the solved baseline. `start`: a solution near by, or empty.
Reachable solve_reachable(const EquilibriumSolver& solver, const Economy& baseline, const Flows& before,
                          const std::vector<const Shock*>& shocks, std::set<std::string>& unreached, const std::vector<double>& start = {},
                          const SolverOptions& options = {});

}  // namespace kontor
