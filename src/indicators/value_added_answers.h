// What the rows of this family share: settings, rules that are printed with the numbers, and rows by sector.
#pragma once

#include <string>
#include <vector>

#include "chains.h"

namespace kontor {

/// The setting `economies`: how the world outside the region in question is divided.
Level level_of(const Question& question);

/// Rules that touch numbers of these accounts: negative final use, negative value added, idle cells that sell, external regions.
std::vector<std::string> rules_applied(const Picture& picture);

/// Whether rows of this sector, or totals (-1), were asked for.
bool is_asked(const Question& question, int sector);

/// Partners of a question, or one empty name for all together.
struct Side {
  const RegionSet* partner = nullptr;
  std::string code;
};
std::vector<Side> sides_of(const Question& question);

/// Appends a row for each sector that `shown` has and the total; `values` by sector, the total last.
void add_by_sector(IndicatorAnswer& answer, const Question& question, const Accounts& accounts, const std::string& region,
                   const std::string& partner, const char* term, const std::vector<double>& values, const std::vector<bool>& shown,
                   const std::string& unit);

/// Sectors that any of these regions sells.
std::vector<bool> sectors_sold_by(const Accounts& accounts, const std::vector<int>& regions);

IndicatorAnswer gross_exports_answer(const Picture& picture, const Question& question);
IndicatorAnswer gross_imports_answer(const Picture& picture, const Question& question);
IndicatorAnswer trade_balance_answer(const Picture& picture, const Question& question);
IndicatorAnswer value_added_origin_answer(const Picture& picture, const Question& question);
IndicatorAnswer value_added_exports_answer(const Picture& picture, const Question& question);
IndicatorAnswer value_added_imports_answer(const Picture& picture, const Question& question);
IndicatorAnswer value_added_balance_answer(const Picture& picture, const Question& question);
IndicatorAnswer vax_ratio_answer(const Picture& picture, const Question& question);
IndicatorAnswer decomposition_answer(const Picture& picture, const Question& question);
IndicatorAnswer vertical_specialisation_answer(const Picture& picture, const Question& question);
IndicatorAnswer participation_answer(const Picture& picture, const Question& question);

}  // namespace kontor
