// The equilibrium's equations to first order: exact products with their Jacobian, its transpose, and the derivatives with
// respect to what enters as a shock. No differences of function values anywhere; a product costs what one evaluation costs.
//
//   F(z, s) = 0      z: unknowns (equilibrium_parts.h: Layout), s: shocks
//   J = dF/dz,  S = dF/ds;   dz/ds = -J^-1 S;   for a scalar y(z): dy/ds = -S' J'^-1 dy/dz
//
// Units: prices, wages, returns, wedges and rents are natural logs of ratios to the accounts; outputs are over their region's mean
// output, spending over the region's base spending. The equations stand in the same places and units.
//
// Normalisation. In a closed world whose spending follows income one equation follows from the others (Walras) and all
// money may grow together, so F alone has a singular Jacobian. Here
//
//   yardstick(z) = sum va R / sum va x - 1     world value added at base shares, as the solver keeps it
//
// is subtracted from every region's income equation. At a solution the sum of all equations, in money, is then minus the
// yardstick times world spending: both vanish. (Not the wage equations: where wages follow prices they are no part of
// Walras' sum, and the Jacobian would stay singular.)
#pragma once

#include <memory>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

struct Work;

/// A direction for one flow of goods, from a row to a group of users. Natural logs.
struct FlowChange {
  int row = 0, group = 0;
  double cost = 0.0;    // of what the user pays for it, spent as resources: d ln of a trade-cost ratio
  double wedge = 0.0;   // of what the user pays for it, kept by the user's region: d ln (1 + rate)
  double weight = 0.0;  // of the sourcing weight itself: taste, not price
};

/// A direction in the space of shocks; a list that is empty does not move.
struct EconomyChange {
  std::vector<FlowChange> flows;
  std::vector<double> cost_shift;     // by cell: d ln c at given prices of inputs
  std::vector<double> log_capital;    // by cell: d ln of its supply
  std::vector<double> log_labour;     // by region: d ln of its supply
  std::vector<FixedPurchase> fixed;   // d amount, base prices; any row and region, whether or not one is there already
  std::vector<double> transfers;      // by region, accounts units
  std::vector<double> exports;        // by row: d of the sales abroad at base prices
  std::vector<double> elasticity;     // by product: d theta, the weights held. A price factor f that entered before moves
                                      // them too: add a flow with weight -ln f dtheta
  std::vector<double> target_shares;  // by target
  std::vector<double> log_limits;     // by limit: d ln of it
};

/// What one unit of each of these does to a scalar: the transpose of EconomyChange, for all flows at once.
struct EconomyGradient {
  Matrix cost, wedge;                // rows x groups
  std::vector<double> theta_of_row;  // a weight's: -cost / theta
  std::vector<double> cost_shift, log_capital, log_labour, transfers, exports, elasticity, target_shares, log_limits;
  // A fixed purchase of row q by region r: see of_purchase. Already times the row's price.
  std::vector<double> price_of_row, sold_by_row, paid_by_region, built_by_region;

  /// Of one unit more that region r (-1: abroad) buys from a row, base prices.
  double of_purchase(int row, int region, bool building) const;
  /// Of a direction.
  double times(const EconomyChange& change) const;
};

/// A scalar y of an economy's solution, to first order: weights on what y is made of. Lists may be empty.
struct Outcome {
  std::vector<double> state;        // by unknown, in its own unit
  std::vector<double> log_index;    // by region: ln of consumer prices
  std::vector<double> value_added;  // by cell: output less inputs, both at base prices (Flows::value_added)
  std::vector<double> labour;       // by cell: pay of labour over its wage
};

class Tangent {
 public:
  /// Evaluates the equations at the state; the economy must outlive the tangent.
  Tangent(const Economy& economy, const std::vector<double>& state);

  std::size_t size() const;
  bool pinned() const { return pinned_; }                            // the yardstick is part of the equations
  const std::vector<double>& residual() const { return residual_; }  // F at the state, with the yardstick
  const std::vector<double>& state() const { return state_; }
  const Work& work() const { return *work_; }  // what was evaluated (equilibrium_parts.h)

  /// J dz.
  std::vector<double> apply(const std::vector<double>& dz) const;
  /// J' lambda; with weights by region also the gradient of the weighted sum of ln consumer prices.
  std::vector<double> apply_transposed(const std::vector<double>& lambda, const std::vector<double>& of_log_index = {}) const;
  /// dF of a change of the shocks, the unknowns held.
  std::vector<double> apply_change(const EconomyChange& change) const;
  /// The transpose of apply_change; with weights by region also of the weighted sum of ln consumer prices, unknowns held.
  EconomyGradient gradient(const std::vector<double>& lambda, const std::vector<double>& of_log_index = {}) const;

  /// J' lambda plus the gradient of an outcome with respect to the unknowns; and the same with respect to the shocks.
  std::vector<double> apply_transposed(const std::vector<double>& lambda, const Outcome& outcome) const;
  EconomyGradient gradient(const std::vector<double>& lambda, const Outcome& outcome) const;

  /// d ln of the consumer price index of each region: of a step of the unknowns, and of a change at given unknowns.
  std::vector<double> log_index(const std::vector<double>& dz) const;
  std::vector<double> log_index(const EconomyChange& change) const;

 private:
  std::shared_ptr<const Work> work_;
  std::vector<double> state_, residual_;
  bool pinned_ = false;
};

/// True if one equation follows from the others and the yardstick takes its place.
bool needs_yardstick(const Economy& economy);
/// World value added at base shares over its base, less one.
double yardstick(const Work& work);
/// The direction in which all money and prices grow together, at a state.
std::vector<double> scale_direction(const Economy& economy, const std::vector<double>& state);

}  // namespace kontor
