// Accounts prepared for indicators: what several of them need is made once, when it is first asked for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kontor/model/leontief.h"

namespace kontor {

class Chains;

/// Letters as in docs/symbols.md. The accounts must outlive it. Not for several threads at a time.
class Picture {
 public:
  explicit Picture(const Accounts& accounts);
  ~Picture();
  Picture(Picture&&) noexcept;
  Picture& operator=(Picture&&) noexcept;

  const Accounts& accounts() const;
  /// I - A, factorised and certified. Throws as LeontiefSystem does.
  const LeontiefSystem& system() const;

  /// Y, cells x regions: final use of each region, external ones included, all categories together.
  const Matrix& final_use() const;
  /// What each region buys from each cell, users and final users together: cells x regions. Own purchases included.
  const Matrix& sales() const;
  /// v, by cell: value added per unit of output; 0 where nothing is made.
  const std::vector<double>& value_added() const;
  /// L Y, cells x regions: output of each cell that the final use of each region calls for.
  const Matrix& called_for() const;
  /// L, n x n. Costs 2 n^3 operations and n^2 numbers: for what needs all of it; a sum over rows or columns is one solve.
  const Matrix& inverse() const;
  /// Economies and the chains between them (src/indicators/chains.h): for decompositions of trade.
  const Chains& chains() const;

  /// Final purchases of each region by supplier (cells, then import rows): suppliers x regions. Without negative ones and without
  /// columns of statistical discrepancy: what shares are shares of.
  const Matrix& bought_finally() const;
  /// L Y with those purchases only: cells x regions.
  const Matrix& called_for_by_purchases() const;
  /// Where the value of one unit of final demand for a cell comes from: regions x cells. Rows of regions with cells hold v L, those of
  /// external regions the imports from them; one more row at the end holds product taxes and margins that producers pay.
  const Matrix& origins() const;
  /// Output by region that one unit of final demand for a cell calls for, itself included: regions x cells; external regions: imports.
  const Matrix& requirements() const;
  /// Output of each cell that the output of each region uses, along the chain and itself included: cells x regions (X G by region).
  const Matrix& sold_on() const;
  /// L[:, i] for the cells of a leaf region, one a row: kept, because a region is often asked about more than once.
  const Matrix& columns(int region) const;

 private:
  struct Made;
  std::unique_ptr<Made> made_;
};

}  // namespace kontor
