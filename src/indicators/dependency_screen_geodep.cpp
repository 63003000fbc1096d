// CEPII GeoDep 2024: HHI of import origins > 0.4, HHI of the world's exporters > 0.4, imports / exports > 1; flag: all three.
// The published rule asks for all three in two of three years; one folder of accounts is one year.
#include <algorithm>
#include <array>

#include "dependency_screens.h"

namespace kontor {

static bool has_external(const Accounts& a) {
  return std::any_of(a.regions.begin(), a.regions.end(), [](const Region& r) { return r.external; });
}

IndicatorAnswer dependency_screen_geodep(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const double import_hhi = number_setting(question.settings, "import_hhi", 0.4, 0.0, 1.0),
               export_hhi = number_setting(question.settings, "export_hhi", 0.4, 0.0, 1.0),
               ratio = number_setting(question.settings, "ratio", 1.0, 0.0, 1e6);
  Question everywhere = question;  // the world's exports are everybody's
  everywhere.regions = single_regions(a, true);
  const std::vector<Matrix> trade = trade_by_product(a, all_purchases(a, final_purchases(picture, everywhere, answer.notes)));
  const bool open = has_external(a);
  std::vector<double> world;
  for (const Matrix& flows : trade) {
    std::vector<double> exports(a.regions.size(), 0.0);
    for (std::size_t o = 0; o < flows.rows; ++o)
      for (std::size_t d = 0; d < flows.columns; ++d) {
        const int from = nation_of(a, static_cast<int>(o));
        if (from != nation_of(a, static_cast<int>(d))) exports[static_cast<std::size_t>(from)] += flows(o, d);
      }
    world.push_back(open ? std::nan("") : concentration_of(exports));
  }
  for (const RegionSet& set : question.regions) {
    const Importer importer(a, set, set);
    Flags flags;
    std::vector<std::array<double, 4>> lines;
    for (std::size_t p = 0; p < trade.size(); ++p) {
      const Trades t = trades_of(importer, trade[p]);
      // Between the nations of a bloc too: the rule knows countries only, so a bloc's imports are those from outside it.
      const double imports = t.from_outside();
      const double concentration = t.from_one_abroad > 0.0 ? std::nan("") : concentration_of(t.outside),
                   over = over_exports(imports, t.exports_outside),
                   flag = imports > 0.0 ? flagged({{concentration, import_hhi}, {world[p], export_hhi}, {over, ratio}}) : 0.0;
      flags.add(flag, imports);
      lines.push_back({concentration, world[p], over, flag});
    }
    add_screen_summary(answer, set.code, "", flags);
    for (std::size_t p = 0; p < lines.size(); ++p) {
      const std::string& sector = a.sectors[p].code;
      add_screen_row(answer, set.code, sector, "", "import_hhi", lines[p][0], "index");
      add_screen_row(answer, set.code, sector, "", "export_hhi", lines[p][1], "index");
      add_screen_row(answer, set.code, sector, "", "imports_over_exports", lines[p][2], "ratio");
      add_screen_row(answer, set.code, sector, "", "flag", lines[p][3], "1 = yes");
    }
  }
  answer.notes.push_back(
      "one year of accounts: whether a product is flagged in two of three years, as the rule asks, was not tested; one in "
      "five flags of such rules changes within a year (Vicard and Wibaux 2023)");
  if (open)
    answer.notes.push_back(
        "the accounts do not hold the world: export_hhi is not available, nor import_hhi where imports come from an "
        "external region, which is one origin whatever countries it holds");
  answer.notes.push_back("products are the sectors of the accounts, far wider than the tariff lines the rule was made for");
  return answer;
}

}  // namespace kontor
