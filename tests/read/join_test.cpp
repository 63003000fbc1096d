#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"
#include "support.h"

using namespace kontor;

template <class Call>
static std::string refusal(Call call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    std::string text;
    for (const Finding& f : error.findings()) text += to_line(f) + '\n';
    return text;
  }
  return "read";
}

static bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("a satellite covers the cells that its file names and is not available elsewhere") {
  SatelliteOptions options;
  options.row.unit = "1000 persons";
  const Imported in =
      parse_satellite(test::tiny_accounts(), "region,industry,jobs,basis\nL,1,3,survey\nM,2,4.5,survey\nL,2,,none\n", "jobs.csv", options);
  const Accounts& a = in.accounts;
  REQUIRE(a.satellites.size() == 1);
  CHECK(a.satellites[0].code == "jobs");
  CHECK(a.satellite(0, 0) == 3);
  CHECK(std::isnan(a.satellite(0, 1)));
  CHECK(std::isnan(a.satellite(0, 2)));
  CHECK(a.satellite(0, 3) == 4.5);
  CHECK(in.findings[0].found == "2 of 4 cells have a value");
  check_shapes(a, "tiny");

  const Accounts again = parse_satellite(a, "region,sector,value\nL,1,7\n", "jobs.csv",
                                         [&] {
                                           SatelliteOptions second = options;
                                           second.row.code = "jobs";
                                           return second;
                                         }())
                             .accounts;
  REQUIRE(again.satellites.size() == 1);  // the row of that code is replaced
  CHECK(again.satellite(0, 0) == 7);
  CHECK(std::isnan(again.satellite(0, 3)));
}

TEST_CASE("unknown labels, repeated cells and unclear columns of a satellite are refused") {
  const Accounts a = test::tiny_accounts();
  const auto refused = [&](const std::string& text) { return refusal([&] { parse_satellite(a, text, "s.csv", {}); }); };
  CHECK(holds(refused("region,sector,value\nLL,1,3\n"), "s.csv:2:region (1): unknown region `LL`"));
  CHECK(holds(refused("region,sector,value\nLL,1,3\n"), "did you mean"));
  CHECK(holds(refused("region,sector,value\nL,1,3\nL,1,4\n"), "rows 2 and 3"));
  CHECK(holds(refused("region,sector,a,b\nL,1,3,4\n"), "columns found: region, sector, a, b"));
  CHECK(holds(refused("region,value\nL,3\n"), "no column `sector` or `industry`"));
  CHECK(holds(refused("region,sector,value\nL,1,many\n"), "`many` is not a number"));
}

TEST_CASE("groups of sectors make a satellite as coarse as its source") {
  const Accounts a =
      parse_satellite(test::tiny_accounts(), "region,sector,value,sector_group\nL,1,3,all\nL,2,4,all\n", "s.csv", {}).accounts;
  CHECK(a.satellites[0].resolution == Resolution::sector_group);
  CHECK(a.satellites[0].sector_group == std::vector<std::string>{"all", "all"});
}

TEST_CASE("the employment estimate covers 38 of 41 regions") {
  NEEDS_SHARED_DATA();
  const auto file = test::shared_folder() / "data/ilo-employment/employment_wiod35_2011_estimate.csv";
  Accounts a;  // its own labels and three regions more
  const CsvTable table = read_csv(file.string());
  std::vector<std::string> regions = {"CHN", "IND", "RoW"};
  for (const CsvRow& row : table.rows)
    if (std::find(regions.begin(), regions.end(), row.fields[0]) == regions.end()) regions.push_back(row.fields[0]);
  for (const std::string& code : regions) a.regions.push_back({code, code, "", false});
  for (int s = 1; s <= 35; ++s) a.sectors.push_back({'c' + std::to_string(s), "", ""});
  for (int r = 0; r < static_cast<int>(regions.size()); ++r)
    for (int s = 0; s < 35; ++s) a.cells.push_back({r, s, s});
  SatelliteOptions options;
  options.row = {"jobs", "Jobs", "1000 persons", true, Resolution::cell, {}, "ILO, estimate"};
  const Imported in = join_satellite(a, file, options);
  CHECK(regions.size() == 41);
  CHECK(in.accounts.satellites[0].estimate);
  CHECK(holds(to_line(in.findings[0]), "CHN, IND, RoW"));
  double total = 0;
  for (const double v : in.accounts.satellite.values()) total += std::isnan(v) ? 0 : v;
  CHECK(std::fabs(total - 823400) < 50);  // 823.4 million jobs, as the file's own description says
  CHECK(in.accounts.sources.back().file == "employment_wiod35_2011_estimate.csv");
}

TEST_CASE("border costs keep what is not known apart from zero") {
  const Accounts a =
      parse_border_costs(test::tiny_accounts(), "sector,exporter,importer,tariff,ntm_ave\n1,L,M,0.05,\n2,M,L,0,0.2\n", "b.csv", {})
          .accounts;
  REQUIRE(a.border_costs.size() == 2);
  CHECK(a.border_costs[0].tariff == 0.05);
  CHECK(std::isnan(a.border_costs[0].ntm_ave));
  CHECK(a.border_costs[1].tariff == 0);
  const auto refused = [&](const std::string& rows) {
    return refusal([&] { parse_border_costs(test::tiny_accounts(), "sector,exporter,importer,tariff\n" + rows, "b.csv", {}); });
  };
  CHECK(holds(refused("1,L,M,5\n"), "0.05 is 5 %"));
  CHECK(holds(refused("1,L,M,0.1\n1,L,M,0.2\n"), "rows 2 and 3"));
  CHECK(holds(refused("1,L,W,0.1\n"), "unknown region `W`"));
}

TEST_CASE("distances come in pairs or as a square table") {
  const Accounts pairs = parse_distances(test::tiny_accounts(), "origin,destination,km\nL,M,300\nL,L,40\n", "d.csv", {}).accounts;
  CHECK(pairs.distance(1, 0) == 300);
  CHECK(pairs.distance(0, 0) == 40);
  CHECK(std::isnan(pairs.distance(1, 1)));
  const Accounts square = parse_distances(test::tiny_accounts(), "km;M;L\nL;300,5;40\nM;;\n", "d.csv", {}).accounts;
  CHECK(square.distance(0, 1) == 300.5);
  CHECK(square.distance(1, 0) == 300.5);
  CHECK(holds(refusal([] { parse_distances(test::tiny_accounts(), "origin,destination,km\nL,M,-3\n", "d.csv", {}); }), "at least 0 km"));
  CHECK(holds(refusal([] { parse_distances(test::tiny_accounts(), "x,L,W\nL,0,3\n", "d.csv", {}); }), "unknown region `W`"));
}

TEST_CASE("parents are entered and lead to the top") {
  const Accounts a = parse_regions(test::tiny_accounts(), "code,name,parent\nL,Lowland,N\nM,,N\nN,Nation,\n", "r.csv", {}).accounts;
  REQUIRE(a.regions.size() == 3);
  CHECK(a.regions[0].name == "Lowland");
  CHECK(a.regions[1].name == "Middle");
  CHECK(nation_of(a, 1) == 2);
  CHECK(leaves_of(a, 2) == std::vector<int>{0, 1});
  const auto refused = [&](const std::string& rows) {
    return refusal([&] { parse_regions(test::tiny_accounts(), "code,name,parent\n" + rows, "r.csv", {}); });
  };
  CHECK(holds(refused("L,x,N\n"), "parent `N` has no row of its own"));
  CHECK(holds(refused("L,x,N\nN,n,L\n"), "its own ancestor"));
  CHECK(holds(refused("L,x,M\n"), "has cells and is a parent"));
  CHECK(holds(refused("Q,x,\n"), "unknown region `Q`"));
}
