// Linear systems of which only products are known: restarted GMRES (Saad and Schultz 1986), preconditioned from the right.
#pragma once

#include <functional>
#include <vector>

namespace kontor {

using LinearMap = std::function<std::vector<double>(const std::vector<double>&)>;

struct GmresOptions {
  double tolerance = 1e-12;  // of the residual's 2-norm against the right-hand side's
  int restart = 80;          // directions that are kept
  int largest_products = 800;
};

struct GmresAnswer {
  std::vector<double> x;
  double residual = 0.0;  // reached, against the right-hand side; computed anew, not carried along
  int products = 0;
  bool converged = false;
};

/// A x = b from x = 0, with `precondition` near A^-1.
GmresAnswer solve_gmres(const LinearMap& a, const LinearMap& precondition, const std::vector<double>& b, const GmresOptions& options = {});

}  // namespace kontor
