// Reading golden tables, and accounts made of a square table.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor::test {

/// A CSV (or .csv.gz) with labels in the first row and column.
struct Labelled {
  std::vector<std::string> rows, columns;
  Matrix values;  // empty fields and text are NaN
  std::size_t row(const std::string& label) const;
  std::size_t column(const std::string& label) const;
  double operator()(const std::string& row_label, const std::string& column_label) const;
};

Labelled read_labelled(const std::string& file);

/// Accounts of a square table: cells are labelled `region.sector` (or `sector`, then all in region "R"). Final use is one
/// column a region that holds what is left of output, primary input one row that closes the columns.
Accounts square_accounts(const std::vector<std::string>& cells, const Matrix& flows, const std::vector<double>& output);

}  // namespace kontor::test
