// The equilibrium model's picture of some accounts: shares and levels, arranged for the solver.
//
//   user u      a cell, or a final use of a region; spends s(u); share(u,p) of it on product p, tax_share(u) on taxes
//   group b     users that share the origins of what they buy: one user each where the table tells them apart,
//               all users of a region in a trade model
//   row q       a supplier (cell or import row); rows lie product by product
//   weight(q,b) part of the group's spending on product(q) that goes to q at base prices, user's price; sums to 1
//
// Method: docs/methods/equilibrium.md
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/base/finding.h"
#include "kontor/model/weights.h"

namespace kontor {

/// Who has origins of their own: each user, the cells of a region and its final users, or a region as a whole.
enum class SourcingBy { user, use, region };

struct CalibrationOptions {
  std::vector<double> trade_elasticity;   // by sector of the accounts; empty: see elasticities.h
  double labour_share = 2.0 / 3.0;        // of value added, where the accounts hold value added only
  double mixed_labour_share = 2.0 / 3.0;  // of a row of mixed income beside rows of labour and capital
  double substitution_inputs = 1.0;       // between the products that a cell uses; 1: Cobb-Douglas
  double substitution_value_added = 1.0;  // between value added and materials; 1: Cobb-Douglas
  double scale = 0.0;                     // psi: lower cost with size; 0: none
  SourcingBy sourcing = SourcingBy::user;
};

/// Options for some accounts: a programme's [parameters] first, then the accounts' own, then the shipped tables; `used`
/// lists each value that was taken from elsewhere than the accounts, with its source. Throws Error(data) where a sector
/// has no elasticity.
CalibrationOptions calibration_options(const Accounts& accounts, const std::map<std::string, double>& parameters,
                                       std::vector<std::string>& used);

/// What a region buys whatever its price, accounts units at base prices: stocks, gaps of the table, negative flows.
struct FixedPurchase {
  int row = 0, region = -1;  // region -1: abroad pays
  double amount = 0.0;
  bool building = false;  // of a measure's building phase, or to keep what was built in repair
  bool upkeep = false;    // the latter
  int buyer = -1;         // buyer of the accounts in whose column it stands; -1: none, a gap of the table
};

struct Calibration {
  const Accounts* accounts = nullptr;
  CalibrationOptions options;
  std::vector<std::string> assumptions;  // in words, for the report
  Findings findings;

  // Regions with cells, in the order of the accounts; `region_of` and `nation_of` go from and to their numbers there.
  std::vector<int> regions, region_number;  // accounts region of r; r of accounts region or -1
  std::vector<int> nation;                  // by r: number of its nation, 0, 1, ...
  int nations = 0;
  bool closed = true;  // no external region: the world's sum of imbalances is zero, and prices need a yardstick

  // Cells, n, in the order of the accounts.
  std::vector<int> cell_region, cell_product;
  std::vector<double> output;                                // x
  std::vector<double> elasticity;                            // by product: theta
  std::vector<double> value_added, tax_share;                // shares of x; tax: everything that is neither goods nor factor
  std::vector<double> labour_part, capital_part, land_part;  // of value added, sum to 1

  // Products and rows.
  int products = 0;
  std::vector<int> first_row;             // by product, and one more
  std::vector<int> supplier_of, cell_of;  // by row; cell -1 for an import
  std::vector<int> row_of_cell;
  std::vector<double> exports;  // by row: sales to external regions, accounts units

  // Users and groups; region by region, the cells of a region before its final uses.
  std::vector<int> cell_user, user_cell, user_column;     // user of a cell; cell or -1; final-use column or -1
  std::vector<int> user_group, group_region, first_user;  // first_user: by group, and one more
  std::vector<int> first_group;                           // by region, and one more
  Matrix share;                                           // users x products
  std::vector<double> final_part;                         // by user: part of the region's final spending; 0 for cells
  std::vector<double> final_tax;                          // by user: tax share of a final use
  Weights weight;                                         // rows x groups
  std::shared_ptr<const Matrix> tariff;                   // rows x regions, rate; null where the accounts hold none
  std::vector<std::vector<int>> only_row;                 // by product: the one row of each group, or -1; empty where several sell

  std::vector<FixedPurchase> fixed;
  std::vector<double> spending;                                    // by region: base final spending with taxes, without fixed purchases
  std::vector<double> imbalance;                                   // by region: spending less income in the accounts
  std::vector<double> labour_income, capital_income, land_income;  // by region, earned in it
};

/// Throws Error(data) where the accounts cannot carry the model: a column that is all tax, a region without value added.
Calibration calibrate(const Accounts& accounts, const CalibrationOptions& options);

}  // namespace kontor
