// How I - A is solved. Dense LU today; a block-iterative solver for ten thousand cells joins here.
#pragma once

#include <memory>
#include <span>

#include "kontor/base/block.h"

namespace kontor {

class LinearSolver {
 public:
  virtual ~LinearSolver() = default;
  /// Replaces each row b of the panel by x with M x = b, or with M' x = b if transposed.
  virtual void solve(Matrix& panel, bool transposed) const = 0;
  /// Estimate of the 1-norm of the inverse, for matrices whose inverse may have negative cells; `norm` is that of the matrix.
  virtual double inverse_norm_estimate(double norm) const = 0;
  /// The block of the inverse at these unknowns, rows and columns: what a few unknowns do to each other. Runs on one thread.
  virtual Matrix inverse_block(std::span<const std::size_t> unknowns) const = 0;
};

/// LU factorisation with partial pivoting. Returns nullptr if the matrix is singular.
std::shared_ptr<const LinearSolver> factorise_dense(Matrix matrix);

}  // namespace kontor
