#include <algorithm>

#include "families.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

std::span<const Indicator* const> indicators() {
  static const std::vector<const Indicator*> all = [] {
    std::vector<const Indicator*> list;
    for (const auto family : {linkage_indicators(), specialisation_indicators(), footprint_indicators(), value_added_indicators(),
                              dependence_indicators(), loss_indicators()})
      list.insert(list.end(), family.begin(), family.end());
    return list;
  }();
  return all;
}

const Indicator& find_indicator(std::string_view name) {
  std::vector<std::string> names;
  for (const Indicator* indicator : indicators()) {
    if (indicator->name == name) return *indicator;
    names.emplace_back(indicator->name);
  }
  fail(Exit::usage, "unknown-indicator", "", "", "", "unknown indicator " + quoted(std::string(name)),
       "an indicator of `kontor indicators --list`", did_you_mean(name, names));
}

IndicatorAnswer ask(const Indicator& indicator, const Picture& picture, const Question& question) {
  check_settings(question.settings, indicator.settings, indicator.name);
  if (indicator.by_partner == ByPartner::never && !question.partners.empty())
    fail(Exit::usage, "usage", "", "", "--partner", quoted(indicator.name) + " is not about pairs of regions", "no --partner",
         "`kontor indicators --list` says which are");
  const Accounts& a = picture.accounts();
  Question whole = question;
  if (whole.regions.empty()) whole.regions = single_regions(a);
  if (indicator.by_partner == ByPartner::always && whole.partners.empty()) whole.partners = single_regions(a, true);
  IndicatorAnswer answer = indicator.compute(picture, whole);
  if (!question.sectors.empty())
    std::erase_if(answer.rows, [&](const EffectRow& row) {
      return std::none_of(question.sectors.begin(), question.sectors.end(),
                          [&](int s) { return a.sectors[static_cast<std::size_t>(s)].code == row.sector; });
    });
  for (EffectRow& row : answer.rows) {
    if (row.indicator.empty()) row.indicator = indicator.name;
    if (row.year == 0) row.year = a.year;
  }
  return answer;
}

}  // namespace kontor
