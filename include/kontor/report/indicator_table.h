// An indicator's answer as a table for people: what varies least across, the rest down, unit in the heading.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/indicators/indicator.h"

namespace kontor {

/// Heading with meaning and unit, the table, notes and source. Rows of one place and several terms (or states before, after,
/// change) stand in one line; regions and sectors carry their names where there is room. "n/a": not available.
std::string indicator_text(const Indicator& indicator, const IndicatorAnswer& answer, const Accounts& accounts);

/// All indicators by family, one line each; the ones named with formula, source, page, terms and settings.
std::string indicator_list_text();
std::string indicator_words(const Indicator& indicator);
std::string indicator_list_json();

}  // namespace kontor
