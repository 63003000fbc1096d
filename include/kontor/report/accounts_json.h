// What accounts are, as programs read it: labels, units, sources and totals.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// { title, kind, year, price_year, money, currency, scale, valuation, regions: [{ code, name, nation, parent, external, leaf }],
/// sectors: [{ code, name }], categories, satellites: [{ code, name, unit, estimate }], notes, sources, totals: rows of
/// describe_regions }.
std::string accounts_json(const Accounts& accounts);

}  // namespace kontor
