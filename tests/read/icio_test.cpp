#include <catch2/catch.hpp>

#include <algorithm>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "read/icio.h"
#include "support.h"

using namespace kontor;

// An invented world in the layout of the 2023 edition: two regions, two industries, three final uses.
static const std::string tiny =
    "V1,ARG_A01_02,ARG_C10T12,ROW_A01_02,ROW_C10T12,ARG_HFCE,ARG_INVNT,ARG_DPABR,ROW_HFCE,ROW_INVNT,ROW_DPABR,OUT\n"
    "ARG_A01_02,10,20,5,5,50,0,0,10,0,0,100\n"
    "ARG_C10T12,20,30,10,10,100,-2,0,30,2,0,200\n"
    "ROW_A01_02,5,10,20,15,10,0,3,37,0,0,100\n"
    "ROW_C10T12,5,10,15,20,10,0,0,40,0,0,100\n"
    "TLS,1,2,3,4,5,0,0,6,0,0,21\n"
    "VA,59,128,47,46,0,0,0,0,0,0,280\n"
    "OUT,100,200,100,100,0,0,0,0,0,0,0\n";

TEST_CASE("an ICIO table becomes accounts that balance, with taxes apart from value added") {
  const Imported read = parse_icio(tiny, "2018_SML.csv", {});
  const Accounts& a = read.accounts;
  check_shapes(a, "icio");
  CHECK(a.year == 2018);
  REQUIRE(a.cells.size() == 4);
  CHECK(cell_label(a, 1) == "ARG.C10T12");
  REQUIRE(a.final_uses.size() == 6);  // no gap
  CHECK(a.categories[2].role == FinalRole::household);
  REQUIRE(a.primary_rows.size() == 2);
  CHECK(a.primary_rows[0].code == "TLS");
  CHECK_FALSE(a.primary_rows[0].value_added);
  CHECK(value_added(a, 1) == 128);
  CHECK(a.primary_final(0, 3) == 6);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(sum_of(a.intermediate.row(i)) + sum_of(a.final_use.row(i)) == a.output(0, i));
    double costs = a.primary(0, i) + a.primary(1, i);
    for (std::size_t j = 0; j < 4; ++j) costs += a.intermediate(j, i);
    CHECK(costs == a.output(0, i));
  }
  ImportOptions options;
  options.gross_output = GrossOutput::column_sums;
  CHECK(parse_icio(tiny, "2018.csv", options).accounts.gross_output == "column_sums");
}

TEST_CASE("a split nation is the parent of its parts: final use is its own, empty industries are left out") {
  const std::string split =
      "V1,CHN_A,CN1_A,CN2_A,ROW_A,CHN_HFCE,ROW_HFCE,OUT\n"
      "CHN_A,0,0,0,0,0,0,0\n"
      "CN1_A,0,1,2,3,4,5,15\n"
      "CN2_A,0,1,1,1,1,6,10\n"
      "ROW_A,0,2,2,2,2,2,10\n"
      "TLS,0,0,0,0,0,0,0\n"
      "VA,0,11,5,4,0,0,20\n"
      "OUT,0,15,10,10,7,13,0\n";
  const Imported read = parse_icio(split, "2020.csv", {});
  const Accounts& a = read.accounts;
  check_shapes(a, "icio");
  REQUIRE(a.cells.size() == 3);
  CHECK(a.regions[a.cells[0].region].parent == "CHN");
  CHECK(a.regions[a.final_uses[0].region].code == "CHN");
  CHECK(leaves_of(a, region_index(a, "CHN")).size() == 2);
  CHECK(nation_of(a, region_index(a, "CN2")) == region_index(a, "CHN"));
  CHECK(std::any_of(read.findings.begin(), read.findings.end(), [](const Finding& f) { return f.code == "split-nation"; }));
  std::string both = split;
  both.replace(both.find("CHN_A,0,0,0,0,0"), 15, "CHN_A,0,0,0,0,9");
  CHECK_THROWS_WITH(parse_icio(both, "2020.csv", {}), Catch::Contains("split-nation") && Catch::Contains("CHN.HFCE"));
}

TEST_CASE("what is no ICIO table is said to be none") {
  CHECK_THROWS_WITH(parse_icio("", "2018.csv", {}), Catch::Contains("file is empty"));
  CHECK_THROWS_WITH(parse_icio("region,industry,c1\nA,b,1\n", "2018.csv", {}), Catch::Contains("V1,ARG_A01_02"));
  CHECK_THROWS_WITH(parse_icio(tiny, "icio.csv", {}), Catch::Contains("--year"));
  std::string unknown = tiny;
  unknown.replace(unknown.find("TLS"), 3, "TAX");
  CHECK_THROWS_WITH(parse_icio(unknown, "2018.csv", {}), Catch::Contains("unknown-row") && Catch::Contains("`TAX`"));
}
