// Inside the tangent: a direction of everything that evaluate() computes, and the steps that lead from one to the next.
//
// Every step exists twice, side by side: `push_...` carries a direction forward (it sets what it computes), `pull_...` is its
// transpose and carries a gradient back (it adds to what the step has read). The same fields serve both.
#pragma once

#include <vector>

#include "equilibrium_parts.h"
#include "kontor/base/index.h"
#include "kontor/model/tangent.h"

namespace kontor {

struct Directions {
  // Unknowns: logs, and levels in accounts units.
  std::vector<double> log_cost, output, log_wage, spending, log_capital_pool, log_wedge;
  std::vector<double> log_rent;                   // by cell
  std::vector<double> log_row;                    // by row: ln u
  Matrix phi, net_phi, log_price, demand, ratio;  // products x groups
  Matrix log_price_of_group, demand_of_group;     // groups x products
  std::vector<double> value_added_part;           // by cell
  std::vector<double> pool_of_region;             // the return that the cells of a region see
  std::vector<double> sales, fixed_value;         // by row
  std::vector<double> log_index, log_labour;      // by region, as in Work
  std::vector<double> wedge_revenue, tax_revenue, labour_pay, capital_pay, land_pay, owned, fixed_cost, built_cost, need, imbalance,
      rule_rent;
  std::vector<double> residual;
};

/// One run forward or back: the point, the direction, and the shocks' part if it is asked for.
struct Run {
  const Work& w;
  Directions d;
  const EconomyChange* change = nullptr;  // forward
  EconomyGradient* gradient = nullptr;    // back

  explicit Run(const Work& work);
  const Economy& economy() const { return *w.economy; }
  const Calibration& base() const { return *w.economy->base; }
};

/// What the wedge of a target does to a flow over the same without it, less one, and its slopes with the wedge and with theta.
struct TargetFactor {
  double gross = 0.0, net = 0.0;
  double gross_by_wedge = 0.0, net_by_wedge = 0.0, gross_by_theta = 0.0, net_by_theta = 0.0;
};
TargetFactor factor_of(const Run& run, std::size_t target);

/// d ln A and d ln B of a flow that changes.
struct LogWeights {
  double gross = 0.0, net = 0.0;
};
LogWeights log_weights(const FlowChange& flow, double theta);

// tangent_prices.cpp: rows, sourcing, prices; demand to sales
void push_rows(Run& run);
void pull_rows(Run& run);
void push_prices(Run& run);
void pull_prices(Run& run);
void push_fixed(Run& run);
void pull_fixed(Run& run);
void push_sales(Run& run);
void pull_sales(Run& run);
void pull_flows(Run& run);  // the gradient of all flows: after pull_prices

// tangent_targets.cpp: the shares of targets, and the rents of procurement rules
void push_targets(Run& run);
void pull_targets(Run& run);
void push_rule_rents(Run& run);
void pull_rule_rents(Run& run);

// tangent_limits.cpp
void push_limits(Run& run);
void pull_limits(Run& run);

// tangent_cells.cpp: unit costs, price index, demand
void push_cells(Run& run);
void pull_cells(Run& run);

// tangent_regions.cpp: factors, incomes, budgets, and their equations
void push_regions(Run& run);
void pull_regions(Run& run);

// tangent_outcome.cpp: what is read off a solution; a beginning of the way back
void pull_outcome(Run& run, const Outcome& outcome);

/// The economy whose base shares are those at the state: what region blocks are factored from, which take weights for shares.
Economy with_shares_of(const Work& work);

inline double part_of(const std::vector<double>& list, std::size_t i) { return list.empty() ? 0.0 : list[i]; }

}  // namespace kontor
