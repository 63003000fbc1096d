// Coarser accounts by concordance, weighted and many to many.
#pragma once

#include <string>
#include <string_view>
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
  std::string sha256 = {};  // of the file
};

/// Columns `from`, `to` and optionally `weight` and `name` (of `to`); without those names the first two columns count.
/// Throws Error(data) for weights that do not sum to one.
Concordance read_concordance(const std::string& file);
/// The same from text that lies in no file; `name` stands in messages.
Concordance parse_concordance(std::string_view text, const std::string& name);

/// Adds up cells. Every leaf region and every sector must be mapped; an empty concordance keeps all as it is.
/// A satellite that is not available for a member is not available for the sum. Throws Error(data).
Accounts aggregate(const Accounts& accounts, const Concordance& regions, const Concordance& sectors);

/// The same, and the new accounts say how they were made: the command, and the concordances among their sources.
Accounts aggregate_and_say(const Accounts& accounts, const Concordance& regions, const Concordance& sectors, const std::string& title);

}  // namespace kontor
