// European Commission 2021: products for which an area depends on others.
//   cdi1 = HHI of origins outside the area in its imports from there       > 0.4
//   cdi2 = imports from outside the area / all imports                     > 0.5
//   cdi3 = imports from outside the area / own exports                     > 1          flag: all three
// It says where to look, not what would happen.
#include <algorithm>

#include "dependency_screens.h"

namespace kontor {

static void note_area_of_one(const Accounts& a, const Question& question, const RegionSet& set, const RegionSet& area,
                             std::vector<std::string>& notes) {
  for (const int r : area.regions)
    if (nation_of(a, r) != nation_of(a, area.regions.front())) return;
  if (area.regions.size() != set.regions.size()) return;
  if (question.regions.size() > 1) {
    const std::string text =
        "a region on its own is an area without trade inside: cdi2 is 1 wherever it imports; --bloc NAME=A,B names an area";
    if (std::find(notes.begin(), notes.end(), text) == notes.end()) notes.push_back(text);
    return;
  }
  notes.push_back(set.code + " on its own is an area without trade inside: cdi2 is 1 wherever it imports; --bloc NAME=A,B names an area");
}

IndicatorAnswer dependency_screen_ec(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const double hhi = number_setting(question.settings, "cdi1", 0.4, 0.0, 1.0),
               share = number_setting(question.settings, "cdi2", 0.5, 0.0, 1.0),
               ratio = number_setting(question.settings, "cdi3", 1.0, 0.0, 1e6);
  const std::vector<Matrix> trade = trade_by_product(a, all_purchases(a, final_purchases(picture, question, answer.notes)));
  bool abroad_is_one = false;
  for (const RegionSet& set : question.regions) {
    std::vector<RegionSet> areas = blocs_around(a, question, set);
    if (areas.empty()) areas.push_back(set);
    for (const RegionSet& area : areas) {
      note_area_of_one(a, question, set, area, answer.notes);
      const Importer importer(a, set, area);
      Flags flags;
      std::vector<Trades> trades;
      for (const Matrix& flows : trade) trades.push_back(trades_of(importer, flows));
      const auto flag_of = [&](const Trades& t, double& c1, double& c2, double& c3) {
        // One lumped origin has an index of 1 whatever is behind it: that is no finding.
        c1 = t.from_one_abroad > 0.0 ? std::nan("") : concentration_of(t.outside);
        c2 = share_of(t.from_outside(), t.imports), c3 = over_exports(t.from_outside(), t.exports);
        return t.from_outside() > 0.0 ? flagged({{c1, hhi}, {c2, share}, {c3, ratio}}) : t.imports > 0.0 ? 0.0 : std::nan("");
      };
      double c1, c2, c3;
      for (const Trades& t : trades) flags.add(flag_of(t, c1, c2, c3), t.from_outside()), abroad_is_one |= t.from_one_abroad > 0.0;
      const std::string named = area.code == set.code ? "" : area.code;
      add_screen_summary(answer, set.code, named, flags);
      for (std::size_t p = 0; p < trades.size(); ++p) {
        const double flag = flag_of(trades[p], c1, c2, c3);
        const std::string& sector = a.sectors[p].code;
        add_screen_row(answer, set.code, sector, named, "cdi1", c1, "index"),
            add_screen_row(answer, set.code, sector, named, "cdi2", c2, "share");
        add_screen_row(answer, set.code, sector, named, "cdi3", c3, "ratio"),
            add_screen_row(answer, set.code, sector, named, "flag", flag, "1 = yes");
      }
    }
  }
  if (abroad_is_one)
    answer.notes.push_back(
        "cdi1 and flag are not available where imports come from an external region: it is one origin whatever countries "
        "it holds; a flag of 0 is known where cdi2 or cdi3 stays below its threshold");
  answer.notes.push_back(
      "products are the sectors of the accounts, far wider than the tariff lines the rule was made for: what is flagged is "
      "flagged for a closer look, and what is not flagged may hide narrow products that would be");
  return answer;
}

}  // namespace kontor
