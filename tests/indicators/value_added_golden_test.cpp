// Value added in trade against exvatools 0.9.0 and decompr 6.8.0 (SOURCE.md beside the golden files): every number that they
// print, to 1e-10 of the exports that it is a part of, on two tables of chance, an invented one and WIOD 2011.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "chain_worlds.h"
#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "support.h"

using namespace kontor;
using test::asked;
using test::value_at;

namespace {

/// term, sector of the exporter, importer ("WLD" where there is one for all), value
struct Golden {
  std::string term, sector, importer;
  double value = 0.0;
};

std::vector<Golden> golden(const std::string& file) {
  const CsvTable table = read_csv((test::shared_folder() / "golden/io" / file).string());
  std::vector<Golden> rows;
  for (const CsvRow& row : table.rows) {
    Golden g{row.fields[0], row.fields[1].substr(row.fields[1].find('_') + 1), row.fields[2]};
    read_number(row.fields[3], g.value);
    rows.push_back(std::move(g));
  }
  return rows;
}

const std::vector<std::string> countries = {"ESP", "FRA", "MEX", "USA", "CHN", "ROW"};

// Every row of the file against the same row of the answer; importers that are the exporter hold zeros. Returns how many were held.
int check_file(const std::string& file, const IndicatorAnswer& answer, const std::string& exporter,
               const std::map<std::string, std::string>& other_name = {}, const std::vector<std::string>& left_out = {}) {
  int held = 0;
  for (const Golden& g : golden(file)) {
    if (std::find(left_out.begin(), left_out.end(), g.term) != left_out.end()) continue;
    CAPTURE(file, g.term, g.sector, g.importer);
    if (g.importer == exporter) {
      CHECK(g.value == 0.0);
      continue;
    }
    const auto renamed = other_name.find(g.term);
    const std::string partner = g.importer == "WLD" ? "" : g.importer;
    const double scale = value_at(answer, exporter, g.sector, partner, "EXGR");
    CHECK(std::fabs(value_at(answer, exporter, g.sector, partner, renamed == other_name.end() ? g.term : renamed->second) - g.value) <=
          1e-10 * scale);
    ++held;
  }
  return held;
}

}  // namespace

TEST_CASE("exports decompose as in exvatools, with nations whose production is split in two looked at as one") {
  NEEDS_SHARED_DATA();
  for (const std::string world : {"wiodtest", "iciotest"}) {
    const Accounts accounts = test::golden_world(world);
    const Picture picture(accounts);
    const auto exports = [&](const std::string& region, const std::string& method, bool partners = true) {
      return asked(picture, "exports_decomposition", {region}, partners ? countries : std::vector<std::string>{}, {{"method", method}});
    };
    CHECK(check_file(world + "_bm_src_terms_ESP.csv", exports("ESP", "bm_source"), "ESP") == 13 * 15);
    CHECK(check_file(world + "_bm_src_standard_ESP.csv", exports("ESP", "bm_source"), "ESP") == 13 * 15);
    CHECK(check_file(world + "_my_terms_ESP.csv", exports("ESP", "my"), "ESP") == 5 * 15);
    CHECK(check_file(world + "_my_standard_ESP.csv", exports("ESP", "my"), "ESP") == 7 * 15);
    CHECK(check_file(world + "_wwz_terms_ESP.csv", exports("ESP", "wwz"), "ESP") == 17 * 15);
    CHECK(check_file(world + "_wwz_standard_ESP.csv", exports("ESP", "wwz"), "ESP") == 9 * 15);
    CHECK(check_file(world + "_kww_terms_ESP.csv", exports("ESP", "kww", false), "ESP",
                     {{"VAX1", "DVA_FIN"},
                      {"VAX2", "DVA_INT"},
                      {"VAX3", "DVA_INTrex"},
                      {"REF1", "RDV_FIN"},
                      {"REF2", "RDV_INT"},
                      {"FVA1", "FVA_FIN"},
                      {"FVA2", "FVA_INT"}}) == 10 * 3);
    CHECK(check_file(world + "_kww_standard_ESP.csv", exports("ESP", "kww", false), "ESP") == 9 * 3);
  }
}

TEST_CASE("exports of FRA, and those of ESP seen from its border with the USA, decompose as in exvatools") {
  NEEDS_SHARED_DATA();
  const Accounts accounts = test::golden_world("wiodtest");
  const Picture picture(accounts);
  const IndicatorAnswer fra = asked(picture, "exports_decomposition", {"FRA"}, countries);
  CHECK(check_file("wiodtest_bm_src_terms_FRA.csv", fra, "FRA") == 13 * 15);
  CHECK(check_file("wiodtest_bm_src_standard_FRA.csv", fra, "FRA") == 13 * 15);
  const IndicatorAnswer pair = asked(picture, "exports_decomposition", {"ESP"}, {"USA"}, {{"perspective", "partner"}});
  int held = 0;
  for (const Golden& g : golden("wiodtest_bm_src_terms_ESP_partner-USA.csv")) {
    if (g.importer != "USA") continue;
    CAPTURE(g.term, g.sector);
    CHECK(value_at(pair, "ESP", g.sector, "USA", g.term) == Approx(g.value).epsilon(1e-10));
    ++held;
  }
  CHECK(held == 13 * 3);
}

TEST_CASE("the OECD's indicators are as in exvatools") {
  NEEDS_SHARED_DATA();
  for (const std::string world : {"wiodtest", "iciotest"}) {
    const Accounts accounts = test::golden_world(world);
    const Picture picture(accounts);
    const std::map<std::string, IndicatorAnswer> answers = {
        {"exports_decomposition", asked(picture, "exports_decomposition", {"ESP"}, countries, {{"method", "oecd"}})},
        {"exports_gross", asked(picture, "exports_gross", {"ESP"}, countries)},
        {"imports_gross", asked(picture, "imports_gross", {"ESP"}, countries)},
        {"trade_balance", asked(picture, "trade_balance", {"ESP"}, countries)},
        {"value_added_origin", asked(picture, "value_added_origin", {"ESP"}, countries)},
        {"exports_value_added", asked(picture, "exports_value_added", {"ESP"}, countries)},
        {"imports_value_added", asked(picture, "imports_value_added", {"ESP"}, countries)},
        {"value_added_balance", asked(picture, "value_added_balance", {"ESP"}, countries)},
        {"gvc_participation", asked(picture, "gvc_participation", {"ESP"}, countries)}};
    const std::map<std::string, std::pair<std::string, std::string>> ours = {{"EXGR", {"exports_gross", ""}},
                                                                             {"EXGR_FNL", {"exports_gross", "final"}},
                                                                             {"EXGR_INT", {"exports_gross", "intermediate"}},
                                                                             {"IMGR", {"imports_gross", ""}},
                                                                             {"IMGR_FNL", {"imports_gross", "final"}},
                                                                             {"IMGR_INT", {"imports_gross", "intermediate"}},
                                                                             {"BALGR", {"trade_balance", ""}},
                                                                             {"EXGR_DVA", {"exports_decomposition", "EXGR_DVA"}},
                                                                             {"EXGR_DDC", {"exports_decomposition", "EXGR_DDC"}},
                                                                             {"EXGR_IDC", {"exports_decomposition", "EXGR_IDC"}},
                                                                             {"EXGR_RIM", {"exports_decomposition", "EXGR_RIM"}},
                                                                             {"EXGR_FVA", {"exports_decomposition", "EXGR_FVA"}},
                                                                             {"FD_VA", {"value_added_origin", ""}},
                                                                             {"FFD_DVA", {"exports_value_added", ""}},
                                                                             {"DFD_FVA", {"imports_value_added", ""}},
                                                                             {"BALVAFD", {"value_added_balance", ""}},
                                                                             {"DEXFVAP", {"gvc_participation", "backward"}}};
    int held = 0;
    std::map<std::string, double> forward;  // the file has it by the sector of the partner that exports, kontor by origin
    for (const Golden& g : golden(world + "_oecd_tiva_ESP.csv")) {
      CAPTURE(world, g.term, g.sector, g.importer);
      if (g.term == "FEXDVAP") forward[g.importer] += g.value;
      const auto found = ours.find(g.term);
      if (found == ours.end() || (g.importer == "ESP" && g.term != "FD_VA")) continue;
      const auto& [indicator, term] = found->second;
      CHECK(std::fabs(value_at(answers.at(indicator), "ESP", g.sector, g.importer, term) - g.value) <= 1e-10 * 300.0);
      ++held;
    }
    CHECK(held == 16 * 15 + 18);
    for (const auto& [partner, value] : forward)
      if (partner != "ESP") CHECK(value_at(answers.at("gvc_participation"), "ESP", "", partner, "forward") == Approx(value).epsilon(1e-10));
  }
}

TEST_CASE("Argentina's leather decomposes as in decompr") {
  NEEDS_SHARED_DATA();
  const Accounts accounts = test::golden_world("leather");
  const Picture picture(accounts);
  const IndicatorAnswer nine = asked(picture, "exports_decomposition", {"Argentina"}, {}, {{"method", "kww"}});
  const CsvTable kww = read_csv((test::shared_folder() / "golden/io/leather_kww_Argentina.csv").string());
  for (std::size_t k = 1; k < kww.header.size(); ++k) {
    CAPTURE(kww.header[k]);
    double value = 0.0;
    read_number(kww.rows[0].fields[k], value);
    CHECK(value_at(nine, "Argentina", "", "", kww.header[k]) == Approx(value).epsilon(1e-10));
  }
  const std::map<std::string, std::string> ours = {
      {"DVA_INTrexI1", "DVA_INTrex1"}, {"DVA_INTrexF", "DVA_INTrex2"}, {"DVA_INTrexI2", "DVA_INTrex3"}, {"RDV_FIN", "RDV_FIN1"},
      {"MVA_FIN", "FVA_FIN1"},         {"OVA_FIN", "FVA_FIN2"},        {"MVA_INT", "FVA_INT1"},         {"OVA_INT", "FVA_INT2"}};
  const IndicatorAnswer sixteen = asked(picture, "exports_decomposition", {"Argentina"}, {"Turkey", "Germany"}, {{"method", "wwz"}});
  const CsvTable wwz = read_csv((test::shared_folder() / "golden/io/leather_wwz_Argentina.csv").string());
  for (const CsvRow& row : wwz.rows)
    for (std::size_t k = 3; k < 19 && row.fields[2] != "Argentina"; ++k) {
      const auto renamed = ours.find(wwz.header[k]);
      CAPTURE(row.fields[1], row.fields[2], wwz.header[k]);
      double value = 0.0;
      read_number(row.fields[k], value);
      CHECK(
          std::fabs(value_at(sixteen, "Argentina", row.fields[1], row.fields[2], renamed == ours.end() ? wwz.header[k] : renamed->second) -
                    value) <= 1e-10);
    }
}

// The golden figures take the sum of the row as output, because the table of the package is cut to whole millions.
TEST_CASE("WIOD 2011: country totals of Borin-Mancini, KWW, WWZ and OECD are as in exvatools and decompr") {
  NEEDS_SHARED_DATA();
  const Accounts accounts = test::golden_world("wiod2011");
  const Picture picture(accounts);
  std::vector<std::string> all;
  for (const Region& region : accounts.regions) all.push_back(region.code);
  const std::map<std::string, std::string> oecd = {{"DC", "EXGR_DVA"}, {"FC", "EXGR_FVA"}, {"DDC", "EXGR_RIM"}};
  const IndicatorAnswer participation = asked(picture, "gvc_participation", all);
  for (const auto& [file, method] :
       std::map<std::string, std::string>{{"bm_src", "bm_source"}, {"kww", "kww"}, {"wwz", "wwz"}, {"oecd", "oecd"}}) {
    const IndicatorAnswer answer = asked(picture, "exports_decomposition", all, {}, {{"method", method}});
    const CsvTable table = read_csv((test::shared_folder() / ("golden/io/wiod2011_" + file + "_country_totals.csv")).string());
    int held = 0;
    for (const CsvRow& row : table.rows) {
      std::string term = row.fields[0];
      double value = 0.0;
      read_number(row.fields[2], value);
      CAPTURE(method, term, row.fields[1]);
      if (method == "oecd" && (term == "GVCB" || term == "GVCF")) {
        CHECK(value_at(participation, row.fields[1], "", "", term == "GVCB" ? "backward" : "forward") == Approx(value).epsilon(1e-10));
        ++held;
        continue;
      }
      if (method == "oecd" && oecd.count(term) > 0) term = oecd.at(term);
      if (method == "oecd" && (term == "DVA" || term == "VAX" || term == "REF" || term == "GVC")) continue;  // no terms of the OECD's own
      CHECK(value_at(answer, row.fields[1], "", "", term) == Approx(value).epsilon(1e-10));
      ++held;
    }
    CHECK(held == static_cast<int>(table.rows.size()) - (method == "oecd" ? 4 * 12 : 0));
  }
  const IndicatorAnswer kww = asked(picture, "exports_decomposition", all, {}, {{"method", "kww"}});
  const CsvTable decompr = read_csv((test::shared_folder() / "golden/io/wiod2011_decompr_kww.csv").string());
  for (const CsvRow& row : decompr.rows)
    for (std::size_t k = 1; k < decompr.header.size(); ++k) {
      CAPTURE(row.fields[0], decompr.header[k]);
      double value = 0.0;
      read_number(row.fields[k], value);
      CHECK(value_at(kww, row.fields[0], "", "", decompr.header[k]) == Approx(value).epsilon(1e-10));
    }
  const IndicatorAnswer vax = asked(picture, "exports_value_added", {"DEU"});
  CHECK(std::fabs(value_at(vax, "DEU", "", "", "") - 1111386.69161259) <= 1e-10 * 1111386.69161259);
}

// With the output that the table reports, whose rows leave a little unused.
TEST_CASE("WIOD 2011: value added by origin and absorption is as R solves it") {
  NEEDS_SHARED_DATA();
  Accounts accounts = test::golden_world("wiod2011");
  const test::Labelled output = test::read_labelled((test::shared_folder() / "golden/io/wiod2011_output.csv").string());
  Matrix v(1, accounts.cells.size());
  for (std::size_t j = 0; j < v.columns; ++j) {
    double inputs = 0.0;
    for (std::size_t i = 0; i < v.columns; ++i) inputs += accounts.intermediate(i, j);
    v(0, j) = output.values(j, 0) - inputs;
  }
  Matrix x(1, v.columns);
  x.values = std::vector<double>(output.values.values.begin(), output.values.values.end());
  accounts.output = Block(std::move(x)), accounts.primary = Block(std::move(v));
  const Picture picture(accounts);
  const test::Labelled expected =
      test::read_labelled((test::shared_folder() / "golden/io/wiod2011_va_origin_by_final_demand.csv").string());
  std::vector<std::string> absorbers = expected.columns;
  for (std::string& code : absorbers)
    if (region_index(accounts, code) < 0) FAIL("no region " << code);
  const IndicatorAnswer answer = asked(picture, "value_added_origin", expected.rows, absorbers);
  for (const std::string& origin : expected.rows)
    for (const std::string& absorber : absorbers)
      CHECK(value_at(answer, origin, "", absorber, "") == Approx(expected(origin, absorber)).epsilon(1e-10));
}
