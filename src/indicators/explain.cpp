#include "kontor/indicators/explain.h"

#include <algorithm>

#include "explain_parts.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "net_rows.h"

namespace kontor {

std::vector<std::string> explained_indicators(const Accounts& a) {
  std::vector<std::string> names = {"real_income", "equivalent_variation", "value_added_net", "output_net", "gdp",
                                    "gni",         "exports_net",          "imports_net"};
  for (const Satellite& s : a.satellites) names.push_back(s.code + "_net");
  names.insert(names.end(), {"value_added", "output"});
  for (const Satellite& s : a.satellites) names.push_back(s.code);
  return names;
}

static RegionGroup group_named(const Accounts& a, const Programme& programme, const std::string& name) {
  std::vector<std::string> known;
  for (RegionGroup& group : region_groups(a, programme)) {
    if (group.name == name) return group;
    if (!group.name.empty()) known.push_back(group.name);
  }
  fail(Exit::usage, "unknown-region", "", "", "--region", "unknown region " + quoted(name), "a region, a nation or a bloc of the programme",
       did_you_mean(name, known));
}

Explained explain(const Accounts& a, const Programme& programme, const Compiled& compiled, const ExplainQuestion& question) {
  const std::vector<std::string> known = explained_indicators(a);
  if (std::find(known.begin(), known.end(), question.indicator) == known.end())
    fail(Exit::usage, "unknown-indicator", "", "", "--indicator", quoted(question.indicator) + " is no number that can be explained",
         joined(known, ", "), did_you_mean(question.indicator, known));
  Asked asked{a, programme, compiled, question, group_named(a, programme, question.region), -1, question.year};
  if (!question.sector.empty()) {
    asked.sector = sector_index(a, question.sector);
    std::vector<std::string> codes;
    for (const Sector& s : a.sectors) codes.push_back(s.code);
    if (asked.sector < 0)
      fail(Exit::usage, "unknown-sector", "", "", "--sector", "unknown sector " + quoted(question.sector), "a sector of the accounts",
           did_you_mean(question.sector, codes));
  }
  if (asked.year == 0) asked.year = programme.last_year;
  if (asked.year < programme.first_year || asked.year > programme.last_year)
    fail(Exit::usage, "unknown-year", "", "", "--year", "the year " + std::to_string(asked.year),
         "a year of the horizon, " + std::to_string(programme.first_year) + " to " + std::to_string(programme.last_year),
         "ask for one of these");
  const std::vector<std::string> gross = {"value_added", "output"};
  const bool at_fixed_prices =
      std::find(gross.begin(), gross.end(), question.indicator) != gross.end() || satellite_index(a, question.indicator) >= 0;
  Explained found = at_fixed_prices ? explain_gross(asked) : explain_net(asked);
  found.year = asked.year;
  found.tree.kind = "number";
  found.tree.name = question.indicator + (question.region.empty() ? ", all regions" : ", " + question.region) +
                    (question.sector.empty() ? "" : ", " + question.sector) + ", " + std::to_string(asked.year);
  tidy(found.tree, question.most);
  return found;
}

}  // namespace kontor
