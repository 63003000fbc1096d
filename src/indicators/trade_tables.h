// Who sells to whom across regions, and whose value added that is: sums over regions of sets are all that indicators take of it.
//
// Rows are suppliers (cells, then import rows of external regions, as in accounts.h), columns regions.
#pragma once

#include "chains.h"

namespace kontor {

struct TradeTables {
  Matrix intermediate, final_use;  // sales to the users of a region, and to its final users
  Matrix origin;                   // v(i) (L Y_l)(i): value added of the row in the final use of the column; an import row at face value
};

TradeTables trade_tables(const Picture& picture);

/// Regions of `set` outside `other`; nullptr as set stands for everybody.
std::vector<int> regions_outside(const Accounts& accounts, const RegionSet* set, const RegionSet& other);

/// Sums of a table by sector of the supplier, and their total behind them: from the suppliers of `sellers` to the regions of `buyers`.
std::vector<double> by_sector(const Accounts& accounts, const Matrix& table, const std::vector<int>& sellers,
                              const std::vector<int>& buyers);

}  // namespace kontor
