// Building the tree of an explanation.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kontor/indicators/explain.h"
#include "region_groups.h"

namespace kontor {

/// A question whose names were found.
struct Asked {
  const Accounts& accounts;
  const Programme& programme;
  const Compiled& compiled;
  const ExplainQuestion& question;
  RegionGroup group;
  int sector = -1;
  int year = 0;
};

Explained explain_net(const Asked& asked);
Explained explain_gross(const Asked& asked);

/// Keeps the `most` largest parts of every node, puts the others together, and what the parts leave as "remainder" where it
/// is more than rounding (1e-12 of the root). Parts that are nothing vanish.
void tidy(Explanation& root, std::size_t most);

/// Finds or adds the part of that name.
Explanation& part_named(Explanation& node, const std::string& kind, const std::string& name);

/// The largest purchases among these; suppliers and buyers as in accounts.h.
std::vector<SourceCell> largest_purchases(const Accounts& accounts, const std::vector<int>& suppliers, const std::vector<int>& buyers,
                                          std::size_t most = 3);
/// Income of primary rows from the cells of a group and sector (-1: all), the largest first.
std::vector<SourceCell> largest_incomes(const Accounts& accounts, const RegionGroup& group, int sector, std::size_t most = 3);

std::vector<int> suppliers_in(const Accounts& accounts, const std::function<bool(int region)>& region, int sector);
std::vector<int> buyers_in(const Accounts& accounts, const std::function<bool(int region)>& region, int sector = -1);

/// "Lapland" with its code where the name is another; "abroad" likewise.
std::string region_label(const Accounts& accounts, int region);
std::string sector_label(const Accounts& accounts, int sector);
std::string measure_label(const Programme& programme, const std::string& id);

}  // namespace kontor
