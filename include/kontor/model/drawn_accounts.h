// Accounts as they might be: every cell off by an error of its own, and the books balanced again.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// How far off cells are.
struct CellErrors {
  std::vector<std::pair<double, double>> by_size;  // share of the largest cell of its table, descending; relative error of the cell
  std::vector<double> structure;                   // by sector: relative error of its product's use as input, the same for all users
  std::vector<std::string> sources;                // in words, for the report
};

/// The shipped errors of cells, times the programme's factor, and the errors by class of products of a table as old as this one
/// is in the first year of the horizon, each where the programme draws it.
CellErrors cell_errors(const Programme& programme, const Accounts& accounts);

/// Draw k: each positive cell of intermediate and final use, imports and primary inputs times a lognormal factor of mean one;
/// then rows and columns of the cells of production scaled in turn until each sums to what it summed to before (biproportional
/// adjustment). Zeros and negative cells stay. Numbers are keyed by their place in the table: draw k is the same wherever it
/// is drawn. Throws Error(no_answer) where that does not settle, Error(data) for accounts that are no table.
Accounts drawn_accounts(const Accounts& accounts, const CellErrors& errors, std::uint64_t seed, std::uint64_t k);

}  // namespace kontor
