// Systems with the Jacobian of the equilibrium, and what they serve: Newton's method as a second solver that shares nothing
// with the first but the equations, derivatives of solutions, and how far a residual can move a solution.
#pragma once

#include <memory>
#include <vector>

#include "kontor/model/tangent.h"

namespace kontor {

class RegionBlocks;

struct LinearAnswer {
  std::vector<double> x;
  double residual = 0.0;  // 2-norm, against the right-hand side's
  int products = 0;
  bool converged = false;
};

/// J x = b and J' x = b by GMRES, with the regions' own blocks as preconditioner. The tangent must outlive the solver.
class JacobianSolver {
 public:
  explicit JacobianSolver(const Tangent& tangent);
  /// Shares blocks that were factored before, at a state near by of the same closure.
  JacobianSolver(const Tangent& tangent, std::shared_ptr<const RegionBlocks> blocks);

  LinearAnswer solve(const std::vector<double>& b, double tolerance = 1e-11) const;
  LinearAnswer solve_transposed(const std::vector<double>& b, double tolerance = 1e-11) const;

  const Tangent& tangent() const { return tangent_; }
  const std::shared_ptr<const RegionBlocks>& blocks() const { return blocks_; }

 private:
  const Tangent& tangent_;
  std::shared_ptr<const RegionBlocks> blocks_;
};

/// Inexact Newton with a line search on the residual's 2-norm; levels stay positive. `start` may be empty (hats of one).
/// A closed world is solved with its yardstick (tangent.h).
Equilibrium solve_by_newton(const Economy& economy, const std::vector<double>& start = {}, const SolverOptions& options = {1e-12, 60, 0});

/// How all shocks move a scalar y = state_weight z + index_weight ln P across equilibria: one transposed solve.
/// Empty weights are zero; index_weight is by region.
EconomyGradient sensitivity(const JacobianSolver& solver, const std::vector<double>& state_weight,
                            const std::vector<double>& index_weight = {}, bool* converged = nullptr);

/// The same of any outcome (tangent.h).
EconomyGradient sensitivity(const JacobianSolver& solver, const Outcome& outcome, bool* converged = nullptr);

/// Estimate, from below and mostly exact, of the largest row sum of |J^-1|: a largest residual of e moves no unknown by more
/// than this times e, in the unknowns' own units (logs; outputs over their region's mean). Hager (1984), Higham (1988).
/// NaN where a system could not be solved.
double inverse_norm_estimate(const JacobianSolver& solver);

/// Spectral radius of the plain iteration z + step(z) at the state, scale taken out; below 1 it converges by itself. By the
/// power method: an estimate to about two digits.
double iteration_radius(const JacobianSolver& solver, int products = 60);

}  // namespace kontor
