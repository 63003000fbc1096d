#include "kontor/indicators/describe.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/base/error.h"
#include "support.h"

using namespace kontor;

TEST_CASE("totals of the tiny world as one adds them up on paper") {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", true, Resolution::region, {}, ""}};
  Matrix jobs(1, 4);
  jobs.values = {1, 2, 3, std::nan("")};
  a.satellite = Block(jobs);
  const auto rows = describe_regions(a);
  const auto value = [&](const char* indicator, const char* region) { return value_of(rows, {indicator, region}); };
  CHECK(value("output", "L") == 300);
  CHECK(value("value_added", "L") == 190);
  CHECK(value("final_use", "L") == 170);
  CHECK(value("exports", "L") == 70);  // 5 + 5 + 10 of farms, 10 + 10 + 30 of works
  CHECK(value("imports", "L") == 50);
  CHECK(value("balance", "L") == 20);
  CHECK(value("exports", "M") == 50);
  CHECK(value("balance", "M") == -20);
  CHECK(value("jobs", "L") == 3);
  CHECK(std::isnan(value("jobs", "M")));  // one cell is not known: neither is the sum
  CHECK(select(rows, {"jobs", "L"}).front().unit == "persons, estimate");
  CHECK(select(rows, {"output", "L"}).front().unit == "million EUR");
}

TEST_CASE("the profile of a region by sector, and no satellite finer than its source") {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::region, {}, ""},
                  {"energy", "Energy", "TJ", false, Resolution::cell, {}, ""}};
  Matrix rows_of(2, 4);
  rows_of.values = {1, 2, 3, 4, 5, 6, 7, 8};
  a.satellite = Block(rows_of);
  const auto rows = describe_region(a, 0);
  const auto value = [&](const char* indicator, const char* sector) { return value_of(rows, {indicator, "L", sector}); };
  CHECK(value("output", "1") == 100);
  CHECK(value("share_of_output", "1") == Approx(100.0 / 3));
  CHECK(value("value_added", "2") == 130);
  CHECK(value("exports", "1") == 20);
  CHECK(value("imports", "1") == 25);
  CHECK(value("own_supply", "1") == Approx(100.0 * 80 / 105));  // of 105 that L uses of farms' product it makes 80
  CHECK(value("energy", "2") == 6);
  CHECK(select(rows, {"jobs", "L", "*"}).empty());
}

TEST_CASE("a nation is described with the trade among its parts left out") {
  Accounts a = test::tiny_accounts();
  a.regions.push_back({"N", "Nation", "", false});
  a.regions[0].parent = a.regions[1].parent = "N";
  const auto rows = describe_regions(a);
  CHECK(value_of(rows, {"output", "N"}) == 500);
  CHECK(value_of(rows, {"exports", "N"}) == 0);
  CHECK(value_of(rows, {"imports", "N"}) == 0);
  CHECK(value_of(rows, {"exports", "L"}) == 70);
}

TEST_CASE("a column that only closes the table is neither use nor trade") {
  Accounts a = test::tiny_accounts();
  a.categories.push_back({"gap", "Gap", FinalRole::discrepancy});
  a.final_uses.push_back({1, 1});
  Matrix y(4, 3);
  for (std::size_t i = 0; i < 4; ++i) y(i, 0) = a.final_use(i, 0), y(i, 1) = a.final_use(i, 1), y(i, 2) = 7;
  a.final_use = Block(y);
  const auto rows = describe_regions(a);
  CHECK(value_of(rows, {"exports", "L"}) == 70);
  CHECK(value_of(rows, {"final_use", "M"}) == 120);
}

TEST_CASE("mutual trade of a pair over two years, with growth and balance") {
  Accounts first = test::tiny_accounts(), second = first;
  second.year = 2021;
  Matrix y = second.final_use.copy();
  y(0, 1) += 7;  // households of M buy 17 of L.1 instead of 10
  second.final_use = Block(y);
  const auto rows = describe_pair({first, second}, "L", "M");
  const auto value = [&](const char* indicator, const char* from, const char* sector, const char* to, int year) {
    return value_of(rows, {indicator, from, sector, to, "", "", year});
  };
  CHECK(value("trade", "L", "", "M", 2020) == 70);
  CHECK(value("trade", "M", "", "L", 2020) == 50);
  CHECK(value("balance", "L", "", "M", 2020) == 20);
  CHECK(value("trade", "L", "1", "M", 2021) == 27);
  CHECK(value("growth", "L", "", "M", 2021) == Approx(10));
  CHECK(value("growth", "L", "1", "M", 2021) == Approx(35));
  CHECK(std::isnan(value("growth", "L", "", "M", 2020)));
  CHECK_THROWS_AS(describe_pair({first}, "L", "X"), Error);
  second.currency = "USD";
  CHECK_THROWS_AS(describe_pair({first, second}, "L", "M"), Error);
}
