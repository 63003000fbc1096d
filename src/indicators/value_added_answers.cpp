#include "value_added_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kontor {

Level level_of(const Question& question) {
  static constexpr std::array<std::string_view, 2> words = {"nations", "regions"};
  return word_setting(question.settings, "economies", words) == "nations" ? Level::nations : Level::regions;
}

std::vector<std::string> rules_applied(const Picture& picture) {
  const Accounts& a = picture.accounts();
  std::size_t negative_use = 0, negative_value = 0, idle = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    const std::span<const double> use = a.final_use.row(i);
    negative_use += static_cast<std::size_t>(std::count_if(use.begin(), use.end(), [](double y) { return y < 0.0; }));
    negative_value += picture.value_added()[i] < 0.0;
    const std::span<const double> sold = picture.sales().row(i);
    idle += !(a.output(0, i) > 0.0) && std::any_of(sold.begin(), sold.end(), [](double s) { return s != 0.0; });
  }
  std::vector<std::string> rules;
  if (negative_use > 0)
    rules.push_back(
        fmt::format("{} purchases by final users are negative (inventories that fall): they count with their sign", negative_use));
  if (negative_value > 0) rules.push_back(fmt::format("value added of {} cells is negative: it counts with its sign", negative_value));
  if (idle > 0) rules.push_back(fmt::format("{} cells sell without output of their own: what they sell is nobody's value added", idle));
  for (const Region& region : a.regions)
    if (region.external) {
      rules.push_back("regions without production accounts (" + region.code +
                      "): what they sell counts at face value as theirs, what they buy counts as absorbed there");
      break;
    }
  return rules;
}

bool is_asked(const Question& question, int sector) {
  return question.sectors.empty() || std::find(question.sectors.begin(), question.sectors.end(), sector) != question.sectors.end();
}

std::vector<Side> sides_of(const Question& question) {
  if (question.partners.empty()) return {{}};
  std::vector<Side> sides;
  for (const RegionSet& partner : question.partners) sides.push_back({&partner, partner.code});
  return sides;
}

void add_by_sector(IndicatorAnswer& answer, const Question& question, const Accounts& accounts, const std::string& region,
                   const std::string& partner, const char* term, const std::vector<double>& values, const std::vector<bool>& shown,
                   const std::string& unit) {
  for (std::size_t s = 0; s < shown.size(); ++s)
    if (shown[s] && is_asked(question, static_cast<int>(s)))
      answer.rows.push_back({"", region, accounts.sectors[s].code, partner, 0, "", term, values[s], unit});
  if (is_asked(question, -1)) answer.rows.push_back({"", region, "", partner, 0, "", term, values.back(), unit});
}

std::vector<bool> sectors_sold_by(const Accounts& a, const std::vector<int>& regions) {
  std::vector<bool> sold(a.sectors.size(), false);
  for (int supplier = 0; supplier < supplier_count(a); ++supplier)
    if (std::binary_search(regions.begin(), regions.end(), supplier_region(a, supplier)))
      sold[static_cast<std::size_t>(supplier_sector(a, supplier))] = true;
  return sold;
}

}  // namespace kontor
