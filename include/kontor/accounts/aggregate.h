// Coarser accounts by concordance, weighted and many to many.
#pragma once

#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// One line of a concordance: `weight` of `from` goes to `to`. The weights of a `from` sum to one.
struct Mapping {
  std::string from, to, name;
  double weight = 1.0;
};

struct Concordance {
  std::string file;
  std::vector<Mapping> lines;
};

/// Columns `from`, `to` and optionally `weight` and `name` (of `to`); without those names the first two columns count.
/// Throws Error(data) for weights that do not sum to one.
Concordance read_concordance(const std::string& file);

/// Adds up cells. Every leaf region and every sector must be mapped; an empty concordance keeps all as it is.
/// A satellite that is not available for a member is not available for the sum. Throws Error(data).
Accounts aggregate(const Accounts& accounts, const Concordance& regions, const Concordance& sectors);

}  // namespace kontor
