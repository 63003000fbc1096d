// Which rows and columns of a wide sheet are producers, final use, primary inputs and output.
#pragma once

#include <vector>

#include "read/wide_table.h"

namespace kontor {

struct WideLayout {
  std::vector<std::size_t> cell_rows, cell_columns;    // by cell
  std::vector<std::size_t> use_columns;                // by final use
  std::vector<std::size_t> primary_rows;               // by primary row
  std::ptrdiff_t output_column = -1, output_row = -1;  // -1: none
};

/// Fills in regions, sectors, cells, categories, final uses and primary rows of the accounts. Throws Error(data)
/// with every label that is unknown, stands twice, looks like another or has no partner in the other direction.
WideLayout lay_out(const WideTable& table, const WideMeaning& meaning, Accounts& accounts);

/// An error about a row, a column or both.
Finding wide_problem(const char* code, const WideTable& table, const WideLabel* row, const WideLabel* column, std::string found,
                     std::string expected, std::string remedy);

}  // namespace kontor
