#include "kontor/model/elasticities.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "support.h"

using namespace kontor;
using Catch::Contains;

static const std::filesystem::path data_folder = std::filesystem::path(KONTOR_SOURCE_DIR) / "data";

static Accounts accounts_of(const std::vector<std::string>& codes) {
  Accounts a;
  for (const std::string& code : codes) a.sectors.push_back({code, "", ""});
  return a;
}

static UsedElasticity only(const std::string& code) { return elasticities_of(accounts_of({code}), {}).at(0); }

static std::string refusal(const Accounts& a, const std::map<std::string, double>& overrides) {
  try {
    elasticities_of(a, overrides);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    std::string text;
    for (const Finding& finding : error.findings()) text += to_line(finding) + '\n';
    return text;
  }
  return "nothing";
}

TEST_CASE("the programme's elasticity comes before the accounts', theirs before the shipped one") {
  Accounts a = accounts_of({"C16", "C20", "C25"});
  CHECK(elasticities_of(a, {})[0].value == 11.5);  // Caliendo and Parro (2015), table 1: wood 11.50 (2.87)
  CHECK(elasticities_of(a, {})[0].standard_error == 2.87);
  a.trade_elasticities = {{0, 4, 0.5, "a paper"}};
  CHECK(elasticities_of(a, {})[0].value == 4);
  CHECK(elasticities_of(a, {})[0].standard_error == 0.5);
  CHECK(elasticities_of(a, {})[0].source == "a paper");
  CHECK(elasticities_of(a, {})[1].value == 3.13);
  const auto all = elasticities_of(a, {{"trade_elasticity", 6}, {"trade_elasticity.C25", 7}, {"discount", -1}});
  CHECK((all[0].value == 6 && all[1].value == 6 && all[2].value == 7));
  CHECK(std::isnan(all[2].standard_error));
  CHECK(all[2].source == "[parameters] trade_elasticity.C25 of the programme");
  CHECK((all[0].sector == 0 && all[2].sector == 2));
}

TEST_CASE("a sector without an elasticity is refused with its name and the way out, all of them at once") {
  const std::string text = refusal(accounts_of({"C16", "widgets", "gadgets"}), {});
  CHECK_THAT(text, Contains("no trade elasticity of sector `widgets`") && Contains("[parameters] \"trade_elasticity.widgets\" = 5"));
  CHECK_THAT(text, Contains("`gadgets`"));
  CHECK_THAT(text, !Contains("C16"));
  CHECK(elasticities_of(accounts_of({"widgets"}), {{"trade_elasticity.widgets", 5}})[0].value == 5);
}

TEST_CASE("an elasticity that is not above 0 is refused, wherever it comes from") {
  Accounts a = accounts_of({"C16"});
  for (const double value : {0.0, -5.0, HUGE_VAL, std::nan("")}) {
    CHECK_THAT(refusal(a, {{"trade_elasticity.C16", value}}), Contains("parameters.trade_elasticity.C16") && Contains("above 0"));
    CHECK_THAT(refusal(a, {{"trade_elasticity", value}}), Contains("parameters.trade_elasticity") && Contains("above 0"));
  }
  CHECK_THAT(refusal(a, {{"trade_elasticity.C61", 5}}), Contains("no sector `C61`") && Contains("did you mean `C16`"));
  a.trade_elasticities = {{0, 0, std::nan(""), ""}};
  CHECK_THAT(refusal(a, {}), Contains("trade_elasticity.C16: 0; a trade elasticity above 0"));
  CHECK(elasticities_of(a, {{"trade_elasticity.C16", 5}})[0].value == 5);
}

TEST_CASE("every sector of the shipped accounts has a positive elasticity with a source") {
  for (const char* name : {"finland-2014", "world-2011"}) {
    const Accounts a = read_accounts(data_folder / name);
    const std::vector<UsedElasticity> used = elasticities_of(a, {});
    REQUIRE(used.size() == a.sectors.size());
    for (const UsedElasticity& e : used) {
      CHECK(e.value > 0);
      CHECK_FALSE(e.source.empty());
    }
  }
}

TEST_CASE("the tables of WIOD, Eurostat and the OECD find an elasticity for each of their sectors") {
  for (int c = 1; c <= 35; ++c) CHECK(only("c" + std::to_string(c)).value > 0);
  for (const char* list :
       {// WIOD, release of 2016
        "A01 A02 A03 B C10-C12 C13-C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31_C32 C33 D35 E36 E37-E39 F G45 G46 "
        "G47 H49 H50 H51 H52 H53 I J58 J59_J60 J61 J62_J63 K64 K65 K66 L68 M69_M70 M71 M72 M73 M74_M75 N O84 P85 Q R_S T U",
        // OECD inter-country tables, edition of 2023, then of 2018 and 2021
        "A01_02 A03 B05_06 B07_08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31T33 D E F G H49 H50 H51 "
        "H52 H53 I J58T60 J61 J62_63 K L M N O P Q R S T",
        "D01T02 D03 D05T06 D07T08 D09 D10T12 D13T15 D16 D17T18 D19 D20 D21 D22 D23 D24 D25 D26 D27 D28 D29 D30 D31T33 D35 D36T39 D41T43 "
        "D45T47 D49 D50 D51 D52 D53 D55T56 D58T60 D61 D62T63 D64T66 D68 D69T75 D77T82 D84 D85 D86T88 D90T93 D94T96 D97T98"})
    for (const std::string& code : split(list, ' ')) CHECK(only(code).value > 0);
  for (int division = 1; division <= 99; ++division) {  // ISIC rev. 4 has no divisions 4, 34, 40, ...
    if (std::set<int>{4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}.count(division)) continue;
    CHECK(only((division < 10 ? "0" : "") + std::to_string(division)).value > 0);
  }
}

TEST_CASE("products of one kind have one elasticity, whatever their code") {
  CHECK(only("c13").value == only("28").value);
  CHECK(only("MCH").value == only("C28").value);
  CHECK(only("c1").value == only("A01").value);
  CHECK(only("24_25").value == only("c12").value);
  CHECK(only("C26_C27").value == only("ELE").value);
  CHECK(only("84").value == 5);
}

TEST_CASE("a code stands in one row of the shipped elasticities, and only estimates have a standard error") {
  const CsvTable table = parse_csv(parameter_table("trade_elasticities.csv"), "trade_elasticities.csv");
  REQUIRE(table.header == std::vector<std::string>{"class", "sectors", "value", "standard_error", "source"});
  std::set<std::string> codes;
  for (const CsvRow& row : table.rows) {
    for (const std::string& code : split(row.fields[1], '|')) CHECK(codes.insert(code).second);
    double value = 0, error = 0;
    CHECK(read_number(row.fields[2], value) == NumberProblem::none);
    CHECK((value > 0 && value < 20));
    const bool is_chosen = row.fields[4].rfind("assumed", 0) == 0 || row.fields[4].find("replace") != std::string::npos;
    CHECK(row.fields[3].empty() == is_chosen);
    if (!is_chosen) {
      CHECK(read_number(row.fields[3], error) == NumberProblem::none);
      CHECK(value / error > 1.645);  // theory says above 0: one-sided, 5 %
    }
  }
}

TEST_CASE("the value of a group of sectors is the mean of its parts") {
  // Caliendo and Parro (2015), table 1, 99 % sample: office 12.95, electrical 12.91, communication 3.95, medical 8.71.
  CHECK(only("c14").value == Approx((12.95 + 12.91 + 3.95 + 8.71) / 4).margin(0.005));
  CHECK(only("C26").value == Approx((12.95 + 3.95 + 8.71) / 3).margin(0.005));
  CHECK(only("WOD").value == Approx((only("C16").value + only("C17").value) / 2).margin(0.005));
  CHECK(only("MET").value == Approx((only("C24").value + only("C25").value) / 2).margin(0.0051));  // 7.605 rounds either way
  CHECK(only("19_22").value == Approx((only("C19").value + only("C20").value + only("C22").value) / 3).margin(0.005));
}

TEST_CASE("factor shares are central values within their bounds, each with a source") {
  const CsvTable table = parse_csv(parameter_table("factor_shares.csv"), "factor_shares.csv");
  REQUIRE(table.header == std::vector<std::string>{"parameter", "value", "low", "high", "source"});
  REQUIRE(table.rows.size() == 3);
  for (const CsvRow& row : table.rows) {
    double value = 0, low = 0, high = 0;
    CHECK(read_number(row.fields[1], value) == NumberProblem::none);
    CHECK(read_number(row.fields[2], low) == NumberProblem::none);
    CHECK(read_number(row.fields[3], high) == NumberProblem::none);
    CHECK((0 <= low && low <= value && value <= high));
    CHECK_FALSE(row.fields[4].empty());
  }
}
