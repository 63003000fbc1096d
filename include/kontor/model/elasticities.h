// The trade elasticity of each sector, and where it comes from.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor {

struct UsedElasticity {
  int sector = 0;
  double value = 0.0, standard_error = 0.0;  // standard_error NaN where the source gives none
  std::string source;
};

/// One for each sector of the accounts, in their order. The first that has one counts: `overrides` (a programme's
/// [parameters]: "trade_elasticity.SECTOR", then "trade_elasticity" for all), the accounts' own, the shipped table
/// data/parameters/trade_elasticities.csv by sector code. Throws Error(data) with every sector that has none and
/// every override that is not above 0 or names no sector.
std::vector<UsedElasticity> elasticities_of(const Accounts& accounts, const std::map<std::string, double>& overrides);

/// Class of products that a sector code stands for in data/parameters/trade_elasticities.csv, such as "chemicals"; empty where
/// the table does not know the code.
std::string product_class(std::string_view sector_code);

}  // namespace kontor
