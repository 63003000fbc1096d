#include "kontor/accounts/aggregate.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/accounts/check.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/sum.h"
#include "kontor/read/reader.h"
#include "support.h"

using namespace kontor;

static const Concordance as_is;

static std::string errors_of(const Concordance& regions, const Concordance& sectors) {
  std::string text;
  try {
    aggregate(test::tiny_accounts(), regions, sectors);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    for (const Finding& finding : error.findings()) text += to_line(finding) + '\n';
  }
  return text;
}

TEST_CASE("an empty concordance keeps everything") {
  const Accounts a = test::tiny_accounts(), b = aggregate(a, as_is, as_is);
  REQUIRE(b.cells.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(cell_label(b, static_cast<int>(i)) == cell_label(a, static_cast<int>(i)));
    for (std::size_t j = 0; j < 4; ++j) CHECK(b.intermediate(i, j) == a.intermediate(i, j));
  }
}

TEST_CASE("both regions together are one closed economy") {
  const Accounts b = aggregate(test::tiny_accounts(), {"r.csv", {{"L", "W", "World", 1}, {"M", "W", "", 1}}}, as_is);
  REQUIRE(b.cells.size() == 2);
  CHECK(b.regions[0].name == "World");
  CHECK(b.intermediate(0, 0) == 10 + 5 + 5 + 20);
  CHECK(b.intermediate(0, 1) == 20 + 5 + 10 + 15);
  CHECK(b.output(0, 0) == 200);
  CHECK(b.final_use(1, 0) == 100 + 30 + 10 + 40);
  CHECK(b.primary(0, 1) == 180);
  CHECK(balance_gaps(b).row == 0);
  CHECK(balance_gaps(b).column == 0);
}

TEST_CASE("a sector split by weight goes to two, and sales between the parts are split on both sides") {
  // A quarter of farms goes to food, the rest with all of works to the others.
  const Accounts b =
      aggregate(test::tiny_accounts(), as_is, {"s.csv", {{"1", "food", "", 0.25}, {"1", "rest", "", 0.75}, {"2", "rest", "", 1}}});
  REQUIRE(b.cells.size() == 4);
  REQUIRE(cell_label(b, 0) == "L.food");
  REQUIRE(cell_label(b, 1) == "L.rest");
  CHECK(b.output(0, 0) == 25);
  CHECK(b.output(0, 1) == 275);
  CHECK(b.intermediate(0, 0) == Approx(10 * 0.25 * 0.25));
  CHECK(b.intermediate(0, 1) == Approx(0.25 * (0.75 * 10 + 20)));
  CHECK(b.intermediate(1, 0) == Approx(0.25 * (0.75 * 10 + 20)));
  CHECK(b.intermediate(1, 1) == Approx(0.75 * (0.75 * 10 + 20) + 0.75 * 20 + 30));
  CHECK(b.final_use(0, 0) == 12.5);
  CHECK(b.primary(0, 0) == 15);
  CHECK(sum_of(b.intermediate.values()) == Approx(sum_of(test::tiny_accounts().intermediate.values())).epsilon(1e-15));
  CHECK(balance_gaps(b).row < 1e-12);
  CHECK(balance_gaps(b).column < 1e-12);
}

TEST_CASE("what is not available for a member is not available for the sum") {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}};
  Matrix jobs(1, 4);
  jobs.values = {1, 2, 3, std::nan("")};
  a.satellite = Block(jobs);
  const Accounts b = aggregate(a, as_is, {"s.csv", {{"1", "all", "", 1}, {"2", "all", "", 1}}});
  REQUIRE(b.cells.size() == 2);
  CHECK(b.satellite(0, 0) == 3);
  CHECK(std::isnan(b.satellite(0, 1)));
}

TEST_CASE("sector groups of a satellite that are put together stay one group") {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", true, Resolution::sector_group, {"goods", "goods"}, ""}};
  a.satellite = Block(Matrix(1, 4, 1.0));
  const Accounts b = aggregate(a, as_is, {"s.csv", {{"1", "A", "", 1}, {"2", "B", "", 1}}});
  REQUIRE(b.satellites[0].sector_group.size() == 2);
  CHECK(b.satellites[0].sector_group[0] == b.satellites[0].sector_group[1]);
}

TEST_CASE("labels that go nowhere or come from nowhere are all named, with the nearest") {
  const std::string missing = errors_of({"r.csv", {{"L", "W", "", 1}}}, as_is);
  CHECK(missing == "error[unmapped-region] r.csv: region `M` is not mapped; every region goes somewhere; add a line for it\n");
  CHECK(errors_of(as_is, {"s.csv", {{"1", "A", "", 1}}}).find("error[unmapped-sector] s.csv: sector `2`") == 0);
  const std::string unknown = errors_of({"r.csv", {{"L", "W", "", 1}, {"M", "W", "", 1}, {"N", "W", "", 1}, {"O", "W", "", 1}}}, as_is);
  CHECK(unknown.find("unknown region `N`; a region of the accounts; did you mean") != std::string::npos);
  CHECK(unknown.find("unknown region `O`") != std::string::npos);
}

TEST_CASE("a concordance in a file: named columns, or the first two, and weights that sum to one") {
  const test::TemporaryFolder folder;
  const auto read = [&](const std::string& text) {
    write_file(folder / "c.csv", text);
    return read_concordance(folder / "c.csv");
  };
  const Concordance named = read("weight,to,from\n0.5,A,1\n0.5,B,1\n,A,2\n");
  REQUIRE(named.lines.size() == 3);
  CHECK(named.lines[0].from == "1");
  CHECK(named.lines[1].weight == 0.5);
  CHECK(named.lines[2].weight == 1);
  CHECK(read("country,region7\nAUS,BRIIAT\n").lines[0].to == "BRIIAT");
  for (const char* wrong :
       {"from,to,weight\n1,A,0.5\n1,B,0.6\n", "from,to,weight\n1,A,x\n", "from,to,weight\n1,A,-1\n1,B,2\n", "from\n1\n"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(read(wrong), Error);
  }
}

TEST_CASE("WIOD 1995 added up to seven regions is the publisher's own table, but for the digits cut off") {
  NEEDS_SHARED_DATA();
  const auto folder = test::shared_folder() / "data/wiod2013";
  const Accounts fine = find_reader("wiod").read(folder / "wiot_1995.csv.gz", ImportOptions{}).accounts;
  ImportOptions options;
  options.year = 1995;
  const Accounts published = find_reader("wiod").read(folder / "wiot_regional_1995.csv.gz", options).accounts;
  const Accounts ours = aggregate(fine, read_concordance((folder / "regions.csv").string()), as_is);
  REQUIRE(ours.cells.size() == 245);
  REQUIRE(published.cells.size() == 245);
  std::vector<std::size_t> at(245);  // the publisher's place of our cells
  for (std::size_t i = 0; i < 245; ++i) {
    const int region = region_index(published, ours.regions[static_cast<std::size_t>(ours.cells[i].region)].code);
    const int sector = sector_index(published, ours.sectors[static_cast<std::size_t>(ours.cells[i].sector)].code);
    at[i] = static_cast<std::size_t>(cell_index(published, region, sector));
    REQUIRE(at[i] < 245);
  }
  double flow = 0.0, use = 0.0, output = 0.0;
  Sum flows;
  for (std::size_t i = 0; i < 245; ++i) {
    output = std::max(output, std::fabs(ours.output(0, i) - published.output(0, at[i])));
    for (std::size_t j = 0; j < 245; ++j) {
      const double gap = std::fabs(ours.intermediate(i, j) - published.intermediate(at[i], at[j]));
      flow = std::max(flow, gap);
      flows.add(gap);
    }
    for (std::size_t f = 0; f < ours.final_uses.size(); ++f) {
      const FinalUse& column = ours.final_uses[f];
      const FinalCategory& category = ours.categories[static_cast<std::size_t>(column.category)];
      if (category.role == FinalRole::discrepancy) continue;
      const int k = final_use_index(published, region_index(published, ours.regions[static_cast<std::size_t>(column.region)].code),
                                    category_index(published, category.code));
      REQUIRE(k >= 0);
      use = std::max(use, std::fabs(ours.final_use(i, f) - published.final_use(at[i], static_cast<std::size_t>(k))));
    }
  }
  CHECK(std::fabs(flow - 18.0) <= 0.05);
  CHECK(std::fabs(flows.value() - 54758) <= 0.5);
  CHECK(std::fabs(use - 17.9) <= 0.05);
  CHECK(std::fabs(output - 2.6) <= 0.05);
}

TEST_CASE("a trade elasticity stays where its sector stays, and is left out with a note where sectors are added up") {
  Accounts a = test::tiny_accounts();
  a.trade_elasticities = {{0, 4, 0.5, "s"}, {1, 8, std::nan(""), ""}};
  const Accounts by_region = aggregate(a, {"r", {{"L", "all", "", 1}, {"M", "all", "", 1}}}, {});
  REQUIRE(by_region.trade_elasticities.size() == 2);
  CHECK(by_region.trade_elasticities[0].value == 4);
  CHECK(by_region.trade_elasticities[0].standard_error == 0.5);
  CHECK(by_region.notes.empty());
  const Accounts by_sector = aggregate(a, {}, {"s", {{"1", "all", "", 1}, {"2", "all", "", 1}}});
  CHECK(by_sector.trade_elasticities.empty());
  CHECK(by_sector.notes.size() == 1);
  a.kind = AccountsKind::trade_model;
  CHECK(aggregate(a, {}, {}).kind == AccountsKind::table);
  CHECK(aggregate(a, {}, {}).notes.size() == 1);
}
