// What is wrong, odd or worth knowing about some accounts: all of it at once, each with place and remedy.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/base/finding.h"

namespace kontor {

/// Largest gaps of the two identities, in accounts units and as a share of output.
struct BalanceGaps {
  double row = 0.0, column = 0.0;              // largest absolute gap
  double row_share = 0.0, column_share = 0.0;  // sum of absolute gaps over total output
};

BalanceGaps balance_gaps(const Accounts& accounts);

/// Identities, negative and idle cells, column sums at or above one, negative value added, look-alike labels,
/// outliers, satellites that do not cover every cell, trade elasticities that are no positive number, imbalances that do
/// not sum to zero. `where` names the folder in messages.
Findings check_accounts(const Accounts& accounts, const std::string& where);

}  // namespace kontor
