// Rules that flag products for a closer look. They say where to look, not what would happen.
//
//   European Commission 2021  cdi1 = HHI of origins outside the area in its imports from there       > 0.4
//                             cdi2 = imports from outside the area / all imports                     > 0.5
//                             cdi3 = imports from outside the area / own exports                     > 1      flag: all three
//   CEPII GeoDep 2024         HHI of import origins > 0.4, HHI of the world's exporters > 0.4, imports / exports > 1; flag: all three
//
// Trade is between nations: what regions of one nation sell each other is neither import nor export, unless a single one of them is asked
// about. A bloc's imports include what its nations sell each other in `all imports`, as those of the Union do.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dependence.h"
#include "kontor/base/sum.h"

namespace kontor {

namespace {

constexpr double no_exports = 9999.0;  // GeoDep's value of imports / exports where nothing is exported

/// Trade of one product: seller by buyer, regions.
using Trade = std::vector<Matrix>;

Trade trade_by_product(const Accounts& a, const Matrix& bought) {
  Trade trade(a.sectors.size(), Matrix(a.regions.size(), a.regions.size()));
  for (std::size_t i = 0; i < bought.rows; ++i) {
    Matrix& flows = trade[static_cast<std::size_t>(product_of(a, static_cast<int>(i)))];
    const auto seller = static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)));
    for (std::size_t r = 0; r < bought.columns; ++r) flows(seller, r) += bought(i, r);
  }
  return trade;
}

/// The importer, and what counts as a border for it.
struct Importer {
  const Accounts& a;
  std::vector<bool> in, area;
  std::vector<int> nation;

  Importer(const Accounts& accounts, const RegionSet& set, const RegionSet& around)
      : a(accounts), in(members(accounts, set)), area(members(accounts, around)) {
    for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) nation.push_back(nation_of(a, r));
  }
  bool crosses(std::size_t seller, std::size_t buyer) const { return !(in[seller] && in[buyer]) || nation[seller] != nation[buyer]; }
};

struct Trades {
  std::vector<double> outside;  // imports by nation outside the area
  double imports = 0.0, exports = 0.0, from_one_abroad = 0.0;
  double from_outside() const { return sum_of(outside); }
};

Trades trades_of(const Importer& importer, const Matrix& flows) {
  const std::size_t regions = flows.rows;
  Trades t;
  t.outside.assign(regions, 0.0);
  for (std::size_t o = 0; o < regions; ++o)
    for (std::size_t d = 0; d < regions; ++d) {
      if (!importer.crosses(o, d)) continue;
      const double value = flows(o, d);
      if (importer.in[d]) {
        t.imports += value;
        if (!importer.area[o]) {
          t.outside[static_cast<std::size_t>(importer.nation[o])] += value;
          if (importer.a.regions[o].external) t.from_one_abroad += value;
        }
      }
      if (importer.in[o]) t.exports += value;
    }
  return t;
}

double over_exports(double imports, double exports) {
  if (exports > 0.0) return imports / exports;
  return imports > 0.0 ? no_exports : std::nan("");
}

// 1 if all exceed their thresholds, 0 if one does not; not available only if one that is missing could decide.
double flagged(std::initializer_list<std::pair<double, double>> values) {
  bool missing = false;
  for (const auto& [value, threshold] : values) {
    if (std::isnan(value))
      missing = true;
    else if (!(value > threshold))
      return 0.0;
  }
  return missing ? std::nan("") : 1.0;
}

/// What is flagged, in all.
struct Flags {
  int products = 0, open = 0;
  double imports = 0.0, all_imports = 0.0;

  void add(double flag, double value) {
    products += flag == 1.0, open += std::isnan(flag) && value > 0.0;
    if (flag == 1.0) imports += value;
    all_imports += value;
  }
};

void add_row(IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& area, const char* term,
             double value, const char* unit) {
  answer.rows.push_back({"", region, sector, area, 0, "", term, value, unit});
}

void add_summary(IndicatorAnswer& answer, const std::string& region, const std::string& area, const Flags& flags) {
  const bool known = flags.open == 0;
  add_row(answer, region, "", area, "flagged_products", known ? flags.products : std::nan(""), "products");
  add_row(answer, region, "", area, "flagged_share", known ? share_of(flags.imports, flags.all_imports) : std::nan(""), "share");
}

void note_area_of_one(const Accounts& a, const Question& question, const RegionSet& set, const RegionSet& area,
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

bool has_external(const Accounts& a) {
  return std::any_of(a.regions.begin(), a.regions.end(), [](const Region& r) { return r.external; });
}

}  // namespace

IndicatorAnswer dependency_screen_ec(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const double hhi = number_setting(question.settings, "cdi1", 0.4, 0.0, 1.0),
               share = number_setting(question.settings, "cdi2", 0.5, 0.0, 1.0),
               ratio = number_setting(question.settings, "cdi3", 1.0, 0.0, 1e6);
  const Trade trade = trade_by_product(a, all_purchases(a, final_purchases(picture, question, answer.notes)));
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
      add_summary(answer, set.code, named, flags);
      for (std::size_t p = 0; p < trades.size(); ++p) {
        const double flag = flag_of(trades[p], c1, c2, c3);
        const std::string& sector = a.sectors[p].code;
        add_row(answer, set.code, sector, named, "cdi1", c1, "index"), add_row(answer, set.code, sector, named, "cdi2", c2, "share");
        add_row(answer, set.code, sector, named, "cdi3", c3, "ratio"), add_row(answer, set.code, sector, named, "flag", flag, "1 = yes");
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

IndicatorAnswer dependency_screen_geodep(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  IndicatorAnswer answer;
  const double import_hhi = number_setting(question.settings, "import_hhi", 0.4, 0.0, 1.0),
               export_hhi = number_setting(question.settings, "export_hhi", 0.4, 0.0, 1.0),
               ratio = number_setting(question.settings, "ratio", 1.0, 0.0, 1e6);
  Question everywhere = question;  // the world's exports are everybody's
  everywhere.regions = single_regions(a, true);
  const Trade trade = trade_by_product(a, all_purchases(a, final_purchases(picture, everywhere, answer.notes)));
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
      double exports = 0.0;
      for (std::size_t o = 0; o < a.regions.size(); ++o)
        for (std::size_t d = 0; d < a.regions.size(); ++d)
          if (importer.in[o] && !importer.in[d]) exports += trade[p](o, d);
      const double concentration = t.from_one_abroad > 0.0 ? std::nan("") : concentration_of(t.outside),
                   over = over_exports(imports, exports),
                   flag = imports > 0.0 ? flagged({{concentration, import_hhi}, {world[p], export_hhi}, {over, ratio}}) : 0.0;
      flags.add(flag, imports);
      lines.push_back({concentration, world[p], over, flag});
    }
    add_summary(answer, set.code, "", flags);
    for (std::size_t p = 0; p < lines.size(); ++p) {
      const std::string& sector = a.sectors[p].code;
      add_row(answer, set.code, sector, "", "import_hhi", lines[p][0], "index");
      add_row(answer, set.code, sector, "", "export_hhi", lines[p][1], "index");
      add_row(answer, set.code, sector, "", "imports_over_exports", lines[p][2], "ratio");
      add_row(answer, set.code, sector, "", "flag", lines[p][3], "1 = yes");
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
