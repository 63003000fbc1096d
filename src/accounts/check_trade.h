// The part of check_accounts that looks at what only the equilibrium model reads.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/base/finding.h"

namespace kontor {

/// Trade elasticities that are no positive number or stand twice; imbalances that are missing or do not sum to zero.
void check_trade(const Accounts& accounts, const std::string& where, Findings& findings);

/// For accounts of kind trade_model: how far output and uses are apart, in one sentence instead of a list of cells.
void note_uses_of_trade_model(const Accounts& accounts, const std::string& where, Findings& findings);

}  // namespace kontor
