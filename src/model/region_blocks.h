// The region's own part of the equations, linearised at the accounts and inverted once: what makes the iteration short.
#pragma once

#include <vector>

#include "equilibrium_parts.h"

namespace kontor {

/// An approximate inverse of the Jacobian: each region as if the others stood still. Factored at the base, so that all
/// years and scenarios under one closure can share it.
class RegionBlocks {
 public:
  explicit RegionBlocks(const Economy& economy);

  /// step(z) with Jacobian x step = -residual, region by region. Wedges and the world's return take a plain step.
  void step(const Work& work, const std::vector<double>& residual, std::vector<double>& step) const;

  /// The transpose of step's linear map: back(x) with step(r) x = r back(x) for every r.
  void step_transposed(const Work& work, const std::vector<double>& x, std::vector<double>& back) const;

 private:
  struct Region {
    std::vector<int> cells;
    Matrix prices, sales;                // inverted: d price / d ln c, d sales / d R with what R does to prices eliminated
    bool transposed = false;             // sales are the prices' transpose: one inverse serves both
    bool usable = true;                  // no block is singular
    std::vector<double> cost_of_sales;   // D: fall of sales with own unit cost, over the region's scale
    std::vector<double> cost_of_output;  // O: rise of unit cost with own output, where capital stays
    std::size_t tails = 0;               // wage, spending, and the return where capital is the region's own
    Matrix tail_columns;                 // core^-1 of the tail unknowns' columns, one a row: 2J
    Matrix tail_rows;                    // tail equations by core unknowns
    Matrix tail;                         // their Schur complement, inverted
  };
  /// (price, sales) to (dc, dr); `sales` is overwritten.
  void core_solve(const Region& region, const double* price, double* sales, double* dc, double* dr) const;
  /// Fills the block of region r; `place`: of each cell in its region.
  void factor(const Economy& economy, const Matrix& demand, const std::vector<std::size_t>& place, std::size_t r, double scale,
              Region& block) const;
  /// The transpose of core_solve's map, in place.
  void core_solve_transposed(const Region& region, std::vector<double>& price, std::vector<double>& sales) const;

  std::vector<Region> regions_;
};

}  // namespace kontor
