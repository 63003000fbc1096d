// What accounts hold, for a first look: size, totals, the profile of a region, the trade of a pair over years.
#pragma once

#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/indicators/table.h"

namespace kontor {

/// Totals of all regions, one block of rows a region: output, value_added, final_use, exports, imports (sales and
/// purchases across the region's border), balance, and each satellite. Region totals only.
std::vector<EffectRow> describe_regions(const Accounts& accounts);

/// Sectors of one region, nation or group: output, value_added, share_of_output (%), exports, imports (by product),
/// own_supply (share of the region's use of each product that it makes itself, %), satellites where the source allows.
std::vector<EffectRow> describe_region(const Accounts& accounts, int region);

/// Mutual trade of two regions by product over several years of accounts: trade (region sells to partner), growth
/// against the first year (%), balance (sales less purchases, seen from `a`). Throws Error(data) for unknown codes
/// or accounts in different money.
std::vector<EffectRow> describe_pair(const std::vector<Accounts>& years, const std::string& a, const std::string& b);

}  // namespace kontor
