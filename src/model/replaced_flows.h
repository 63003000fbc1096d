// Deliveries that other suppliers make up: for each buyer pro rata to what it buys from them now.
#pragma once

#include <functional>

#include "kontor/model/leontief.h"

namespace kontor {

/// What is missing at each buyer, by supplier: accounts units a year, 0 where nothing is.
using Missing = std::function<double(int supplier, int buyer)>;

struct Replaced {
  Matrix flows;                   // n x n: more from cell i to cell j; empty if nothing is replaced
  std::vector<double> final_use;  // by cell: more to final users
  std::vector<double> shortage;   // by cell: what nobody makes up, a share of its output
  std::size_t without_other = 0;  // buyers and products that have no other supplier
};

/// `share` of what is missing is made up where there is another supplier of the product: one whose delivery to this buyer is above
/// zero and does not fall short itself. `may_replace` says which buyers try.
Replaced replaced_flows(const Accounts& accounts, const Missing& missing, const std::vector<bool>& may_replace, double share);

}  // namespace kontor
