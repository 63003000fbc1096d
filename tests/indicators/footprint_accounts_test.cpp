#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "asking.h"
#include "golden.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/reader.h"
#include "plain.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::Labelled;
using test::says;

static Accounts shipped(const std::string& name) { return read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + name); }
static std::string golden(const std::string& name) { return (test::shared_folder() / "golden/io" / name).string(); }

static double at(const IndicatorAnswer& answer, const std::string& indicator, const std::string& region, const std::string& sector,
                 const std::string& term, const std::string& partner = "") {
  return value_of(answer.rows, {.indicator = indicator, .region = region, .sector = sector, .partner = partner, .term = term});
}

// The tiny world with emissions of its cells and of its households, and people.
static Accounts with_emissions() {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"co2", "Carbon dioxide", "kt", false, Resolution::cell, {}, "made up"},
                  {"population", "Residents", "persons", false, Resolution::region, {}, "made up"}};
  Matrix cells(2, 4, std::nan("")), users(2, 2);
  for (std::size_t j = 0; j < 4; ++j) cells(0, j) = std::vector<double>{10, 40, 30, 5}[j];
  users(0, 0) = 7, users(0, 1) = 3, users(1, 0) = 100, users(1, 1) = 50;
  a.satellite = Block(cells), a.satellite_final = Block(users);
  return a;
}

TEST_CASE("footprints of region, sector and pair are those of the explicit inverse") {
  const Accounts a = with_emissions();
  const Picture picture(a);
  const Matrix l = test::plain_leontief(test::coefficients_of(a, true));
  const auto f = [&](std::size_t i) { return a.satellite(0, i) / a.output(0, i); };
  const IndicatorAnswer answer = asked(picture, "footprint", {}, {{"satellite", "co2"}});
  const IndicatorAnswer pairs = asked(picture, "footprint", {"L", "M"}, {{"satellite", "co2"}}, {"L", "M"});
  const std::string codes[] = {"L", "M"}, sectors[] = {"1", "2"};
  for (int r = 0; r < 2; ++r) {
    double exports = 0, consumption = 0, imports = 0, production = 0;
    for (int s = 0; s < 2; ++s) {
      const auto own = static_cast<std::size_t>(2 * r + s);
      double sold = 0, bought = 0, from_others = 0;
      for (std::size_t j = 0; j < 4; ++j) sold += f(own) * l(own, j) * a.final_use(j, static_cast<std::size_t>(1 - r));
      for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t i = 0; i < 4 && a.cells[j].sector == s; ++i) {
          const double behind = f(i) * l(i, j) * a.final_use(j, static_cast<std::size_t>(r));
          bought += behind;
          if (a.cells[i].region != r) from_others += behind;
        }
      const std::string region = codes[r], sector = sectors[s], other = codes[1 - r];
      CHECK(at(answer, "footprint_co2", region, sector, "production") == a.satellite(0, own));
      CHECK(at(answer, "footprint_co2", region, sector, "exports") == Approx(sold).epsilon(1e-13));
      CHECK(at(answer, "footprint_co2", region, sector, "consumption") == Approx(bought).epsilon(1e-13));
      CHECK(at(answer, "footprint_co2", region, sector, "imports") == Approx(from_others).epsilon(1e-13));
      CHECK(at(pairs, "footprint_co2", region, sector, "exports", other) == Approx(sold).epsilon(1e-13));
      CHECK(at(pairs, "footprint_co2", region, sector, "imports", other) == Approx(from_others).epsilon(1e-13));
      production += a.satellite(0, own), exports += sold, consumption += bought, imports += from_others;
    }
    const double direct = a.satellite_final(0, static_cast<std::size_t>(r));
    CHECK(at(answer, "footprint_co2", codes[r], "", "direct") == direct);
    CHECK(at(answer, "footprint_co2", codes[r], "", "production") == Approx(production + direct).epsilon(1e-14));
    CHECK(at(answer, "footprint_co2", codes[r], "", "consumption") == Approx(consumption + direct).epsilon(1e-13));
    CHECK(at(answer, "footprint_co2", codes[r], "", "exports") == Approx(exports).epsilon(1e-13));
    CHECK(at(answer, "footprint_co2", codes[r], "", "imports") == Approx(imports).epsilon(1e-13));
  }
  CHECK(answer.rows.front().unit == "kt");
}

TEST_CASE("what households emit themselves is in the region's totals and in no sector") {
  const Accounts a = with_emissions();
  const Picture picture(a);
  const IndicatorAnswer answer = asked(picture, "footprint", {"L"}, {{"satellite", "co2"}});
  for (const char* term : {"production", "consumption"})
    CHECK(at(answer, "footprint_co2", "L", "", term) ==
          Approx(at(answer, "footprint_co2", "L", "1", term) + at(answer, "footprint_co2", "L", "2", term) + 7).epsilon(1e-13));
  for (const char* term : {"exports", "imports"})
    CHECK(at(answer, "footprint_co2", "L", "", term) ==
          Approx(at(answer, "footprint_co2", "L", "1", term) + at(answer, "footprint_co2", "L", "2", term)).epsilon(1e-13));
}

TEST_CASE("per head: over the people of the satellite `population`, which is no footprint itself; without it not available") {
  const Accounts a = with_emissions();
  const Picture picture(a);
  const IndicatorAnswer whole = asked(picture, "footprint"), heads = asked(picture, "footprint_per_head");
  CHECK(at(heads, "footprint_per_head_co2", "L", "", "consumption") ==
        Approx(at(whole, "footprint_co2", "L", "", "consumption") / 100).epsilon(1e-15));
  CHECK(at(heads, "footprint_per_head_value_added", "M", "", "production") == Approx(100e6 / 50).epsilon(1e-15));  // EUR a head
  for (const EffectRow& row : whole.rows) CHECK(row.indicator != "footprint_population");
  const Accounts tiny = test::tiny_accounts();
  const Picture without(tiny);
  const IndicatorAnswer none = asked(without, "footprint_per_head");
  CHECK(std::isnan(at(none, "footprint_per_head_value_added", "L", "", "production")));
  CHECK(says(none, "not available"));
}

TEST_CASE("a satellite that no final user has a number of has totals without them; a gap among final users leaves a total open") {
  Accounts a = with_emissions();
  Matrix users = a.satellite_final.copy();
  users(0, 0) = users(0, 1) = std::nan("");
  a.satellite_final = Block(users);
  const Picture none(a);
  const IndicatorAnswer without = asked(none, "footprint", {}, {{"satellite", "co2"}});
  CHECK(at(without, "footprint_co2", "L", "", "production") == 50);
  CHECK(std::isnan(at(without, "footprint_co2", "L", "", "direct")));  // no such row
  users(0, 0) = 7;
  a.satellite_final = Block(users);
  const Picture some(a);
  const IndicatorAnswer gap = asked(some, "footprint", {}, {{"satellite", "co2"}});
  CHECK(at(gap, "footprint_co2", "L", "", "production") == 57);
  CHECK(std::isnan(at(gap, "footprint_co2", "M", "", "production")));
  CHECK(says(gap, "some final users have a number of their own and others none"));
  users(1, 1) = std::nan("");  // nobody is known to live in M
  a.satellite_final = Block(users);
  const Picture empty(a);
  const IndicatorAnswer heads = asked(empty, "footprint_per_head", {"L", "B"}, {{"satellite", "value_added"}}, {}, {{"B", {"L", "M"}}});
  CHECK(at(heads, "footprint_per_head_value_added", "L", "", "production") == Approx(190e6 / 100).epsilon(1e-15));
  CHECK(std::isnan(at(heads, "footprint_per_head_value_added", "B", "", "production")));
}

TEST_CASE("consumption of all regions together is production of all, and each region's border closes") {
  for (const char* name : {"world-2011", "finland-2014"}) {
    const Accounts a = shipped(name);
    const Picture picture(a);
    const IndicatorAnswer answer = asked(picture, "footprint", {}, {{"satellite", "value_added"}});
    // Whatever the rows of the table miss is missing here: as share of output, times at most one unit of value added.
    double gap = 0.0, made = 0.0;
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
      double uses = 0.0;
      for (std::size_t j = 0; j < a.cells.size(); ++j) uses += a.intermediate(i, j);
      for (std::size_t f = 0; f < a.final_uses.size(); ++f) uses += a.final_use(i, f);
      gap += std::fabs(uses - a.output(0, i)), made += a.output(0, i);
    }
    const double bound = 2 * gap + 1e-12 * made;
    REQUIRE(bound < 1e-5 * made);
    double production = 0, consumption = 0, exports = 0, imports = 0;
    for (const RegionSet& set : single_regions(a)) {
      const auto of = [&](const char* term) { return at(answer, "footprint_value_added", set.code, "", term); };
      CHECK(std::fabs(of("production") - of("exports") + of("imports") - of("consumption")) <= bound);
      production += of("production"), consumption += of("consumption"), exports += of("exports"), imports += of("imports");
    }
    const bool closed = a.imports.empty();
    if (closed) CHECK(std::fabs(consumption - production) <= bound);
    if (closed) CHECK(std::fabs(exports - imports) <= bound);
    if (!closed) {  // abroad: what the nation's regions export to it and import from it
      const IndicatorAnswer abroad = asked(picture, "footprint", {"FIN"}, {{"satellite", "value_added"}}, {"ABROAD"}),
                            nation = asked(picture, "footprint", {"FIN"}, {{"satellite", "value_added"}});
      const double sold = at(abroad, "footprint_value_added", "FIN", "", "exports", "ABROAD"),
                   bought = at(abroad, "footprint_value_added", "FIN", "", "imports", "ABROAD");
      CHECK(std::fabs(consumption - (production - sold + bought)) <= bound);
      CHECK(at(nation, "footprint_value_added", "FIN", "", "exports") == Approx(sold).epsilon(1e-12));
      CHECK(at(nation, "footprint_value_added", "FIN", "", "imports") == Approx(bought).epsilon(1e-12));
    }
  }
}

TEST_CASE("footprints of a bloc are those of the parts of its members' that cross its own border") {
  const Accounts a = shipped("world-2011");
  const Picture picture(a);
  const Blocs blocs = {{"EU", {"DEU", "FRA"}}};
  const Settings value = {{"satellite", "value_added"}};
  const IndicatorAnswer bloc = asked(picture, "footprint", {"EU"}, value, {}, blocs),
                        members = asked(picture, "footprint", {"DEU", "FRA"}, value),
                        pair = asked(picture, "footprint", {"DEU", "FRA"}, value, {"DEU", "FRA"});
  const auto of = [&](const IndicatorAnswer& answer, const char* region, const char* term, const char* partner = "") {
    return at(answer, "footprint_value_added", region, "", term, partner);
  };
  CHECK(of(bloc, "EU", "production") == Approx(of(members, "DEU", "production") + of(members, "FRA", "production")).epsilon(1e-13));
  CHECK(of(bloc, "EU", "consumption") == Approx(of(members, "DEU", "consumption") + of(members, "FRA", "consumption")).epsilon(1e-13));
  CHECK(of(bloc, "EU", "exports") == Approx(of(members, "DEU", "exports") + of(members, "FRA", "exports") -
                                            of(pair, "DEU", "exports", "FRA") - of(pair, "FRA", "exports", "DEU"))
                                         .epsilon(1e-12));
  CHECK(of(pair, "DEU", "exports", "FRA") == Approx(of(pair, "FRA", "imports", "DEU")).epsilon(1e-12));
}

TEST_CASE("footprints are shown no finer than their source knows, and not at all where a number is missing, but for a lower bound") {
  const Accounts finland = shipped("finland-2014"), world = shipped("world-2011");
  const Picture of_finland(finland), of_world(world);
  for (const char* name : {"footprint", "footprint_intensity"}) {
    const IndicatorAnswer by_region = asked(of_finland, name, {"Lappi"}, {{"satellite", "jobs"}});
    REQUIRE(!by_region.rows.empty());
    for (const EffectRow& row : by_region.rows) CHECK(row.sector.empty());
    CHECK(says(by_region, "by region only"));
  }
  const IndicatorAnswer jobs = asked(of_world, "footprint", {"DEU", "CHN"}, {{"satellite", "jobs"}});
  CHECK(std::isnan(at(jobs, "footprint_jobs", "DEU", "", "consumption")));
  CHECK(at(jobs, "footprint_jobs", "DEU", "", "consumption_known") > 0);
  CHECK(at(jobs, "footprint_jobs", "DEU", "", "exports") > 0);
  CHECK(std::isnan(at(jobs, "footprint_jobs", "CHN", "", "production")));
  CHECK(std::isnan(at(jobs, "footprint_jobs", "CHN", "", "exports")));
  for (const EffectRow& row : jobs.rows) CHECK(row.sector != "MCH");  // manufacturing is known as one
  const IndicatorAnswer from = asked(of_world, "footprint", {"DEU"}, {{"satellite", "jobs"}}, {"CHN", "FRA"});
  CHECK(std::isnan(at(from, "footprint_jobs", "DEU", "", "imports", "CHN")));
  CHECK(at(from, "footprint_jobs", "DEU", "", "imports", "FRA") > 0);
  const IndicatorAnswer abroad = asked(of_finland, "footprint", {"FIN"}, {{"satellite", "jobs"}}, {"ABROAD"});
  CHECK(std::isnan(at(abroad, "footprint_jobs", "FIN", "", "imports", "ABROAD")));
  CHECK(at(abroad, "footprint_jobs", "FIN", "", "exports", "ABROAD") > 0);
}

TEST_CASE("a satellite that there is not is refused with the nearest; an external region has no footprint of its own") {
  const Accounts a = with_emissions();
  const Picture picture(a);
  CHECK_THROWS_AS(asked(picture, "footprint", {}, {{"satellite", "co3"}}), Error);
  const Accounts finland = shipped("finland-2014");
  const Picture open(finland);
  const IndicatorAnswer answer = asked(open, "footprint", {"ABROAD"}, {{"satellite", "value_added"}});
  for (const EffectRow& row : answer.rows) CHECK(std::isnan(row.value));
  CHECK(says(answer, "no production accounts"));
}

// pymrio's test system as accounts: emissions as satellites, households' own ones as what final users emit.
static Accounts pymrio_accounts() {
  const Labelled z = test::read_labelled(golden("pymriotest_Z.csv")), y = test::read_labelled(golden("pymriotest_Y.csv")),
                 x = test::read_labelled(golden("pymriotest_x.csv")), flows = test::read_labelled(golden("pymriotest_emissions_F.csv")),
                 direct = test::read_labelled(golden("pymriotest_emissions_F_Y.csv"));
  std::vector<double> output;
  for (std::size_t i = 0; i < x.rows.size(); ++i) output.push_back(x.values(i, 0));
  Accounts a = test::square_accounts(z.rows, z.values, output);
  Matrix use(z.rows.size(), a.regions.size()), users(flows.rows.size(), a.regions.size());
  for (std::size_t k = 0; k < y.columns.size(); ++k) {
    const auto r = static_cast<std::size_t>(region_index(a, y.columns[k].substr(0, y.columns[k].find('.'))));
    for (std::size_t i = 0; i < use.rows; ++i) use(i, r) += y.values(i, k);
    for (std::size_t e = 0; e < users.rows; ++e) users(e, r) += direct.values(e, k);
  }
  for (const std::string& name : flows.rows) a.satellites.push_back({name, name, "kg", false, Resolution::cell, {}, ""});
  a.final_use = Block(use), a.satellite = Block(flows.values), a.satellite_final = Block(users);
  return a;
}

TEST_CASE("pymrio's test system: intensities, multipliers and the four regional accounts of its emissions to 1e-10") {
  NEEDS_SHARED_DATA();
  const Accounts a = pymrio_accounts();
  const Picture picture(a);
  const IndicatorAnswer accounts = asked(picture, "footprint"), intensity = asked(picture, "footprint_intensity");
  const Labelled s = test::read_labelled(golden("pymriotest_emissions_S.csv")),
                 m = test::read_labelled(golden("pymriotest_emissions_M.csv"));
  int compared = 0;
  for (const std::string& row : s.rows)
    for (const std::string& cell : s.columns) {
      const std::string region = cell.substr(0, cell.find('.')), sector = cell.substr(cell.find('.') + 1);
      CHECK(at(intensity, "footprint_intensity_" + row, region, sector, "direct") == Approx(s(row, cell)).epsilon(1e-10));
      CHECK(at(intensity, "footprint_intensity_" + row, region, sector, "total") == Approx(m(row, cell)).epsilon(1e-10));
      ++compared;
    }
  CHECK(compared == 96);
  const std::map<std::string, std::string> terms = {{"pba", "production"}, {"cba", "consumption"}, {"imp", "imports"}, {"exp", "exports"}};
  for (const auto& [account, term] : terms) {
    const Labelled expected = test::read_labelled(golden("pymriotest_emissions_D_" + account + "_reg_reg1-3.csv"));
    for (const std::string& row : expected.rows)
      for (const std::string& region : expected.columns) {
        CAPTURE(account, row, region);
        CHECK(at(accounts, "footprint_" + row, region, "", term) == Approx(expected(row, region)).epsilon(1e-10));
      }
  }
}

TEST_CASE("pymrio's test system: adding regions and sectors up gives its aggregated output, and flows commute with it") {
  NEEDS_SHARED_DATA();
  const Accounts a = pymrio_accounts();
  const int regions[] = {0, 0, 1, 1, 1, 2}, sectors[] = {0, 0, 1, 1, 1, 1, 2, 2};
  Concordance by_region, by_sector;
  for (std::size_t r = 0; r < 6; ++r) by_region.lines.push_back({a.regions[r].code, "reg" + std::to_string(regions[r]), ""});
  for (std::size_t s = 0; s < 8; ++s) by_sector.lines.push_back({a.sectors[s].code, "sec" + std::to_string(sectors[s]), ""});
  const Accounts coarse = aggregate(a, by_region, by_sector);
  const Labelled expected = test::read_labelled(golden("pymriotest_agg_x.csv"));
  REQUIRE(expected.rows.size() == coarse.cells.size());
  for (std::size_t i = 0; i < coarse.cells.size(); ++i)
    CHECK(coarse.output(0, i) == Approx(expected(cell_label(coarse, static_cast<int>(i)), "indout")).epsilon(1e-10));
  const Picture fine(a), added(coarse);
  const Blocs blocs = {{"reg0", {"reg1", "reg2"}}};
  const IndicatorAnswer bloc = asked(fine, "footprint", {"reg0"}, {}, {}, blocs), region = asked(added, "footprint", {"reg0"});
  for (const Satellite& row : a.satellites)
    CHECK(at(bloc, "footprint_" + row.code, "reg0", "", "production") ==
          Approx(at(region, "footprint_" + row.code, "reg0", "", "production")).epsilon(1e-12));
}

TEST_CASE("WIOD 2011: value added of twelve origins in the final use of every country, as another program has it, to 1e-10") {
  NEEDS_SHARED_DATA();
  Accounts a = find_reader("wiod").read(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz", ImportOptions{}).accounts;
  // That program leaves the table's gap out of final use, and value added is output less purchases from cells.
  Matrix use = a.final_use.copy();
  for (std::size_t f = 0; f < use.columns; ++f)
    if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role == FinalRole::discrepancy)
      for (std::size_t i = 0; i < use.rows; ++i) use(i, f) = 0.0;
  a.final_use = Block(use);
  const Picture picture(a);
  const Labelled expected = test::read_labelled(golden("wiod2011_va_origin_by_final_demand.csv"));
  const IndicatorAnswer pairs = asked(picture, "footprint", expected.rows, {{"satellite", "value_added"}}, expected.columns),
                        own = asked(picture, "footprint", expected.rows, {{"satellite", "value_added"}});
  int compared = 0;
  for (const std::string& origin : expected.rows)
    for (const std::string& user : expected.columns) {
      CAPTURE(origin, user);
      // At home: what is consumed less what of it was made elsewhere.
      const double ours = origin == user ? at(own, "footprint_value_added", origin, "", "consumption") -
                                               at(own, "footprint_value_added", origin, "", "imports")
                                         : at(pairs, "footprint_value_added", origin, "", "exports", user);
      CHECK(ours == Approx(expected(origin, user)).epsilon(1e-10));
      ++compared;
    }
  CHECK(compared == 12 * 41);
}

TEST_CASE("leather example of decompr: value added of each origin in the exports of each cell to 1e-10") {
  NEEDS_SHARED_DATA();
  const Labelled z = test::read_labelled(golden("leather_Z.csv")), y = test::read_labelled(golden("leather_Y.csv")),
                 out = test::read_labelled(golden("leather_out.csv"));
  std::vector<double> output;
  for (std::size_t i = 0; i < out.rows.size(); ++i) output.push_back(out.values(i, 0));
  Accounts a = test::square_accounts(z.rows, z.values, output);
  a.final_use = Block(y.values);
  const Picture picture(a);
  const auto label = [&](const CsvRow& row, std::size_t k) { return z.row(row.fields[k] + '.' + row.fields[k + 1]); };
  int compared = 0;
  for (const CsvRow& row : read_csv(golden("leather_leontief_exports.csv")).rows) {
    const std::size_t origin = label(row, 0), user = label(row, 2);
    double exports = 0.0, expected = std::nan("");
    for (std::size_t r = 0; r < a.regions.size(); ++r)
      if (static_cast<int>(r) != a.cells[user].region) exports += picture.sales()(user, r);
    read_number(row.fields[4], expected);
    CHECK(picture.value_added()[origin] * picture.inverse()(origin, user) * exports == Approx(expected).epsilon(1e-10));
    ++compared;
  }
  CHECK(compared == 81);
}
