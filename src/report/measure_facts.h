// What a measure says about itself, read from the fields as written, whatever its kind.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kontor/programme/programme.h"
#include "report/effect_index.h"

namespace kontor {

std::string measure_title(const Written& measure);
/// Codes of the sectors it acts on, or "several" or "all"; empty if it names none.
std::string measure_sector(const Written& measure);
/// "North to South" for a sale, the place for an investment, the members of an agreement.
std::string measure_regions(const Accounts& accounts, const Written& measure);
std::string measure_period(const Written& measure);
/// Total stated money in single units of the programme's currency; NaN if it states none.
double stated_money(const Written& measure);
/// Part of it that is delivered: all of it when done; NaN where the file does not say.
double delivered_money(const Written& measure);
/// "third country 70 %, domestic 10 %"; empty if it does not say.
std::string shares_text(const Accounts& accounts, const Written& measure, const std::string& field);
/// Every field as written: name and value.
std::vector<std::pair<std::string, std::string>> written_fields(const Written& measure);
/// Fields that are ranges, as "additional 0.1 to 0.6 (0.3)".
std::vector<std::string> ranges_of(const Written& measure);
/// The agreements that name it, by title.
std::vector<std::string> agreements_of(const Programme& programme, const std::string& measure);

}  // namespace kontor
