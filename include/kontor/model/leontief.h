// The Leontief model: fixed prices and proportions, output follows demand.
//
//   (I - A) x = y,   a(i,j) = z(i,j) / x(j)
//
// The inverse L = (I - A)^-1 is never formed: I - A is factorised once and every question is a solve.
// A programme is solved for the change, never as the difference of two totals.
// Method: docs/methods/leontief.md
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/accounts/shock.h"
#include "kontor/base/block.h"
#include "kontor/model/certificate.h"

namespace kontor {

class LinearSolver;

/// Answers to a panel of right-hand sides, one a row, and how well they fit.
struct Solved {
  Matrix answers;
  double backward_error = 0.0;  // normwise, the worst of the panel, on the accounts' own table
  int refinements = 0;          // steps of refinement that it took
  std::span<const double> row(std::size_t i) const { return answers.row(i); }
  double operator()(std::size_t i, std::size_t j) const { return answers(i, j); }
};

/// I - A of some accounts, factorised. Cheap to copy; the accounts must outlive it.
class LeontiefSystem {
 public:
  /// Throws Error(no_answer) if I - A is singular, if A has a spectral radius of one or more, or if fewer than
  /// six digits can be guaranteed; Error(data) for negative output.
  explicit LeontiefSystem(const Accounts& accounts);

  std::size_t size() const { return size_; }
  const Accounts& accounts() const { return *accounts_; }
  const Certificate& certificate() const { return certificate_; }

  /// One right-hand side a row: x with (I - A) x = b. Refined where the first answer is not as good as it can be.
  Solved solve(const Matrix& right_hand_sides) const { return solve_panel(right_hand_sides, false); }
  /// One right-hand side a row: m with m (I - A) = q: the multipliers of the coefficient row q.
  Solved solve_transposed(const Matrix& right_hand_sides) const { return solve_panel(right_hand_sides, true); }

  /// The block of L at some cells, rows and columns in their order: what they do to each other through everybody. As the
  /// factorisation leaves it, not refined; runs on one thread, so that several blocks can be asked for at a time.
  Matrix inverse_block(std::span<const std::size_t> cells) const;

  /// Output multipliers: column sums of L. Always computed, because they certify the system.
  const std::vector<double>& output_multipliers() const { return output_multipliers_; }

  /// Row of flows divided by output: what a unit of output of each cell uses, emits or employs. 0 for idle cells.
  std::vector<double> coefficients(std::span<const double> flows) const;
  double inverse_output(std::size_t cell) const { return inverse_output_[cell]; }

 private:
  Solved solve_panel(const Matrix& right_hand_sides, bool transposed) const;
  double backward_error(const Matrix& residuals, const Matrix& solutions, const Matrix& right_hand_sides, bool transposed) const;
  Matrix residual(const Matrix& solutions, const Matrix& right_hand_sides, bool transposed) const;
  void certify();

  std::size_t size_ = 0;
  const Accounts* accounts_ = nullptr;
  std::vector<double> inverse_output_, output_multipliers_;
  double norm_ = 0.0, row_norm_ = 0.0;  // largest absolute column sum and row sum of I - A
  std::shared_ptr<const LinearSolver> solver_;
  Certificate certificate_;
};

/// Shocks that act together in one year.
struct Scenario {
  int year = 0;
  std::vector<const Shock*> shocks;
};

/// A purchase that is larger or smaller than in the base, accounts units a year.
struct PurchaseChange {
  int supplier = 0, buyer = 0;
  double amount = 0.0;
};

/// A limit of a cell's output held against what a scenario asks of it; two measures that add to one cell add up.
struct LimitUse {
  int cell = 0;
  double limit = 0.0, output = 0.0;
  bool binds() const { return output > limit * (1.0 + 1e-9); }  // less is the rounding of sums
};

/// What a scenario changes against the base, accounts units a year.
struct LeontiefSolution {
  std::vector<double> output;                // change of gross output by cell
  std::vector<PurchaseChange> final_use;     // direct change of final purchases
  std::vector<PurchaseChange> coefficients;  // direct change of intermediate purchases at base output
  std::vector<double> price;                 // change of unit cost by cell, share; empty if no cost ratio is involved
  double final_extra_cost = 0.0;             // what final users pay more for purchases that moved, accounts units
  std::vector<double> final_extra_cost_by_region;
  std::vector<LimitUse> limits;  // not enforced: at fixed prices nothing rations
  std::vector<const Shock*> not_counted;
  double backward_error = 0.0;
};

/// Solves many scenarios on one factorisation. Throws Error(data) if a purchase would become negative.
std::vector<LeontiefSolution> solve_leontief(const LeontiefSystem& system, const std::vector<Scenario>& scenarios);

/// What one unit of output of a cell more would let all cells together have of something of which a unit of output has
/// `coefficients`: (c' L)_k / L_kk. With value added: the shadow value of a full cell's limit.
double value_of_output(const LeontiefSystem& system, const std::vector<double>& coefficients, int cell);

/// What an extraction holds fixed: final demand (Leontief), or primary inputs and imports (Ghosh).
enum class Given { final_demand, primary_inputs };

/// Output lost by each cell if cell k buys nothing from any cell, itself included, at given final demand
/// (column-only extraction, backward): (L[:,k] - e_k) x_k / L_kk.
std::vector<double> extract_purchases(const LeontiefSystem& system, int cell);
/// Output lost by each cell if cell k sells nothing to any cell, itself included, at given primary inputs
/// (row-only extraction, forward, in the model of Ghosh): (L[k,:] - e_k) x / L_kk, entry by entry.
std::vector<double> extract_sales(const LeontiefSystem& system, int cell);
/// Output lost by each cell if cell k neither buys from the others nor sells to them; it goes on using its own output.
std::vector<double> extract_cell(const LeontiefSystem& system, int cell, Given given = Given::final_demand);

/// Output if a region stops trading with all others: intermediate goods, and final goods too if `final_goods`.
/// Closed form; one solve per cell of the region.
std::vector<double> output_without_trade_of(const LeontiefSystem& system, int region, bool final_goods);

}  // namespace kontor
