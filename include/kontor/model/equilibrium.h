// The equilibrium model: prices, trade shares and incomes adjust; resources are scarce; someone pays.
//
//   unit cost   ln c(j) = [ va(j) ln q(j) + sum_p g(p,j) ln P(p,b(j)) ] / (1 - t(j)) - ln T(j)
//   price       P(p,b)  = Phi(p,b)^(-1/theta),  Phi(p,b) = sum over rows i of p  A(i,b) c(i)^-theta
//   sales       R(i)    = c(i)^-theta sum_b B(i,b) E(p,b) / Phi(p,b) + exports + fixed purchases,   B = A / (1 + wedge)
//   spending    E(p,b)  = sum over users u of b  g(p,u) s(u),   s = R for cells, part x C for final uses
//   income      C(r)    = factors + rents of limits + taxes + wedge revenue + imbalance + transfers - fixed purchases
//   factors     pay of each pool = price x supply; one equation each, by the closure
//   limit       ln m(j) >= 0,  quantity <= limit,  one of them with equality: the price of a cell's product is m(j) c(j)
//
// All hats are against the accounts. A baseline is solved under the same closure as what is compared with it.
// Method: docs/methods/equilibrium.md
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kontor/accounts/closure.h"
#include "kontor/accounts/shock.h"
#include "kontor/model/calibration.h"

namespace kontor {

/// Switches for the way from gross to net: each one more thing that adjusts.
struct Mechanisms {
  bool capacity = true;   // capital is scarce as the closure says; else it comes at the base price
  bool wages = true;      // labour likewise
  bool incomes = true;    // spending follows income and who pays; else final spending stays as it is
  bool ownership = true;  // added profits go to their owners; else to the host
};

/// A price wedge that the model itself finds, so that a share is reached.
struct WedgeTarget {
  struct Flow {
    int row = 0, group = 0;
    bool wedged = false;     // its user's price carries the wedge
    bool producing = false;  // its purchases make up the share
  };
  std::string measure;
  Instrument instrument = Instrument::subsidy;
  int product = 0;
  double share = 0.0;       // producing flows over all, at the user's price
  std::vector<Flow> flows;  // all that the share is taken of
  bool held = false;        // the wedge stands at `held_at`, ln(1 + rate), and the share follows
  double held_at = 0.0;
};

/// Part of the income of a cell's added capital that another region owns; owner -1: abroad.
struct OwnedPart {
  int owner = 0, cell = 0;
  double share = 0.0;
};

/// What is solved: the calibration under a closure, with shocks entered.
struct Economy {
  const Calibration* base = nullptr;
  Closure closure;
  Mechanisms on;
  Weights weight, net;                     // A and B, rows x groups; they share the products without wedges
  std::vector<std::vector<int>> only_row;  // as in Calibration, less the products in which a new supplier enters
  std::vector<double> exports;             // by row, at base prices and net of wedges of others
  std::vector<double> cost_shift;          // by cell: added to ln c
  std::vector<double> capital;             // by cell: supply over base
  std::vector<double> labour;              // by region: supply over base
  std::vector<FixedPurchase> fixed;        // base ones and those of measures
  std::vector<double> consumed;            // by region: fixed purchases of measures that somebody consumes, base prices
  std::vector<double> transfers;           // by region: received less paid
  std::vector<OwnedPart> owned;
  std::vector<WedgeTarget> targets;
  std::vector<Capacity> limits;              // quantity that a cell cannot exceed, base prices; one a cell
  std::vector<double> fund_share;            // by region, ImbalanceRule::portfolio: part of capital income that goes to the fund
  std::vector<double> wedge_revenue_before;  // by region: of the baseline; empty for the baseline itself, whose budget is closed
};

/// Everything at a state: levels in accounts units, prices as logs of their ratio to the accounts'.
struct Flows {
  std::vector<double> log_cost, output;                 // by cell: unit cost; what is made, at unit cost
  std::vector<double> log_rent, rent;                   // by cell: price over unit cost; what its limit earns, at new prices
  std::vector<double> value_added;                      // by cell: output less inputs, both at base prices (double deflated)
  std::vector<double> log_capital;                      // by cell: return to its capital
  std::vector<double> labour_pay, capital_pay;          // by cell, at new prices
  std::vector<double> log_wage, log_index, log_labour;  // by region: wage, consumer prices, employment
  std::vector<double> spending;                         // by region: final spending, without fixed purchases
  std::vector<double> owned_income;                     // by region: factor income of its residents
  std::vector<double> earned_income;                    // by region: factor income earned in it
  std::vector<double> tax_revenue, wedge_revenue, imbalance, fixed_cost, built_cost, need;  // by region
  std::vector<double> rule_rent;                // by region: of procurement rules, left with users
  std::vector<double> log_wedge, target_share;  // by target
  std::vector<double> drawn_part;  // by row: part of what is drawn from its stock that finds buyers, 1 but for cells that stand idle
  Matrix sales;                    // rows x regions, external ones last as one: what the seller gets, at new prices; where asked for
};

struct SolverOptions {
  double tolerance = 1e-10;  // largest residual: log residuals of prices and factors, others over their region's scale
  int largest_steps = 400;
  int memory = 8;
  bool sales = true;  // the table Flows.sales too: as large as the weights, a quarter of a solve
};

struct Equilibrium {
  std::string outcome = "solved";  // or why there is no answer, in one sentence
  std::string criterion;
  int iterations = 0;
  double residual = 0.0;  // the largest, on the model's own equations
  double walras = 0.0;    // sum of imbalances against the world's income; closed worlds
  double market = 0.0;    // largest gap of a market, over the region's output
  int homotopy_steps = 1;
  std::vector<double> state;  // for a warm start
  Flows flows;                // empty unless solved
  bool solved() const { return outcome == "solved"; }
};

/// The accounts under a closure, no shocks.
Economy baseline_economy(const Calibration& base, const Closure& closure, const Mechanisms& on = {});

/// The same with shocks: weights and fixed purchases enter in levels, prices as ratios. `counted` and the others are
/// as shock.h lists them; what cannot be represented is given back. Throws Error(data) where a purchase would be negative.
Economy economy_with(const Economy& baseline, const std::vector<const Shock*>& shocks, std::vector<const Shock*>& not_counted);

/// Solves economies of one calibration and closure: what they share is factored once.
class EquilibriumSolver {
 public:
  explicit EquilibriumSolver(const Economy& baseline);
  ~EquilibriumSolver();
  EquilibriumSolver(EquilibriumSolver&&) noexcept;
  EquilibriumSolver& operator=(EquilibriumSolver&&) noexcept;

  /// `start` may be empty (hats of one) or the state of an equilibrium of the same calibration and closure.
  Equilibrium solve(const Economy& economy, const std::vector<double>& start = {}, const SolverOptions& options = {}) const;

 private:
  std::unique_ptr<const Economy> baseline_;
  std::unique_ptr<const class RegionBlocks> blocks_;
};

/// The same for one economy.
Equilibrium solve_equilibrium(const Economy& economy, const std::vector<double>& start = {}, const SolverOptions& options = {});

}  // namespace kontor
