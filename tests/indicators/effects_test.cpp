// A programme on the tiny world: whatever is printed has to add up.
#include "kontor/indicators/effects.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <set>

#include "support.h"

using namespace kontor;

// M1: works of L for households of M, 4 a year, half of it additional. M2: M's works buy farm goods in L instead of at
// home: a pure change of supplier. M3: not yet agreed.
static const char* const programme_text = R"(
[programme]
id = "P"
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020

[appraisal]
discount_rate = 0.1

[[measure]]
id = "M1"
kind = "contract"
status = "signed"
seller = { region = "L", sector = "2" }
buyer = { region = "M", use = "household" }
money = { total = 8e6, basis = "basic" }
period = ["2021-01", "2022-12"]
additional = 0.5
replaces = { domestic = 0.5, nothing = 0.5 }

[[measure]]
id = "M2"
kind = "contract"
status = "running"
seller = { region = "L", sector = "1" }
buyer = { region = "M", sector = "2" }
money = { total = 12e6, basis = "basic" }
period = ["2021-01", "2024-12"]
additional = 1.0
replaces = { domestic = 1.0 }

[[measure]]
id = "M3"
kind = "contract"
status = "proposed"
seller = { region = "M", sector = "1" }
buyer = { region = "L", use = "household" }
money = { total = 4e6, basis = "basic" }
period = ["2022-01", "2023-12"]
additional = 1.0
replaces = { nothing = 1.0 }
)";

static Accounts world_with_satellites() {
  Accounts a = test::tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", true, Resolution::region, {}, ""},
                  {"energy", "Energy", "TJ", false, Resolution::sector_group, {"all", "all"}, ""},
                  {"water", "Water", "m3", false, Resolution::cell, {}, ""}};
  Matrix s(3, 4);
  s.values = {10, 20, 30, 40, 1, 2, 3, 4, 5, 6, 7, std::nan("")};
  a.satellite = Block(s);
  return a;
}

namespace {

struct Run {
  explicit Run(Accounts world, const std::string& text = programme_text)
      : accounts(std::move(world)),
        system(accounts),
        programme(parse_programme(text, "programme.toml", ".", accounts)),
        compiled(compile(programme, accounts)),
        effects(effects_of_programme(system, programme, compiled)) {}

  double value(const RowFilter& filter) const { return value_of(effects.rows, filter); }

  const Accounts accounts;
  const LeontiefSystem system;
  const Programme programme;
  const Compiled compiled;
  const ProgrammeEffects effects;
};

}  // namespace

static constexpr double rounding = 1e-12;  // amounts are below ten, the condition number of the tiny world below ten

TEST_CASE("totals are the sum of their cells, and all regions together the sum of regions") {
  const Run run(world_with_satellites());
  for (int year = 2021; year <= 2024; ++year)
    for (const char* indicator : {"output", "value_added"}) {
      double regions = 0;
      for (const char* region : {"L", "M"}) {
        double cells = 0;
        for (const char* sector : {"1", "2"}) cells += run.value({indicator, region, sector, "", "", "", year});
        const double total = run.value({indicator, region, "", "", "", "", year});
        CHECK(total == Approx(cells).margin(rounding));
        regions += total;
      }
      CHECK(run.value({indicator, "", "", "", "", "", year}) == Approx(regions).margin(rounding));
    }
}

TEST_CASE("the steps from gross to net sum to the headline, and the first bar is the stated purchase with its chain") {
  const Run run(test::tiny_accounts());
  for (int year = 2021; year <= 2024; ++year)
    for (const char* region : {"L", "M", ""}) {
      double sum = 0;
      for (const Step step : all_steps) {
        const double bar = run.value({"gross_to_net", region, "", "", "", step_name(step), year});
        REQUIRE_FALSE(std::isnan(bar));
        sum += bar;
      }
      CHECK(run.value({"value_added", region, "", "", "", "", year}) == Approx(sum).margin(rounding));
    }
  // In a closed world a purchase of 4 is worth 4 of value added somewhere; a half of it is not additional, and a half of
  // the additional half replaces domestic suppliers of equal worth.
  const Run alone(test::tiny_accounts(), std::string(programme_text, std::string(programme_text).find("[[measure]]\nid = \"M2\"")));
  const auto bar = [&](Step step) { return alone.value({"gross_to_net", "", "", "", "", step_name(step), 2021}); };
  CHECK(bar(Step::stated) == Approx(4).margin(rounding));
  CHECK(bar(Step::price_basis) == Approx(0).margin(rounding));
  CHECK(bar(Step::additionality) == Approx(-2).margin(rounding));
  CHECK(bar(Step::displacement) == Approx(-1).margin(rounding));
}

TEST_CASE("measures one by one and what they do only together make the headline") {
  const Run run(test::tiny_accounts());
  for (int year = 2021; year <= 2022; ++year)
    for (const char* region : {"L", "M", ""}) {
      double sum = 0;
      for (const char* measure : {"M1", "M2", "(interaction)"}) sum += run.value({"output", region, "", "", measure, "", year});
      CHECK(run.value({"output", region, "", "", "", "", year}) == Approx(sum).margin(rounding));
      CHECK(run.value({"output", region, "", "", "(interaction)", "", year}) != 0);
    }
}

TEST_CASE("what ends and what stays make the headline") {
  const Run run(world_with_satellites());
  for (int year = 2021; year <= 2024; ++year)
    for (const char* indicator : {"output", "value_added", "jobs"})
      for (const char* region : {"L", "M", ""}) {
        const double lasting = run.value({indicator, region, "", "", "", "lasting", year});
        CHECK(run.value({indicator, region, "", "", "", "", year}) ==
              Approx(run.value({indicator, region, "", "", "", "temporary", year}) + (std::isnan(lasting) ? 0 : lasting)).margin(rounding));
      }
}

TEST_CASE("a proposal stands apart from the headline") {
  const Run run(test::tiny_accounts());
  // M3 alone: 2 a year of final demand, all of it additional, nothing displaced: 2 of value added in a closed world.
  CHECK(run.value({"value_added", "", "", "", "M3", "", 2022}) == Approx(2).margin(rounding));
  CHECK(run.value({"value_added", "", "", "", "", "pipeline", 2022}) == Approx(2).margin(rounding));
  CHECK(run.value({"value_added", "", "", "", "", "pipeline", 2021}) == Approx(0).margin(rounding));
}

TEST_CASE("in a closed world a pure change of supplier moves value added and makes none") {
  const Run run(test::tiny_accounts());
  const double epsilon = std::numeric_limits<double>::epsilon();
  for (int year = 2021; year <= 2024; ++year) {
    const double moved = run.value({"value_added", "L", "", "", "M2", "", year});
    CHECK(moved > 0);
    // 3 a year move; each region's sum is as exact as condition x epsilon x what moved, and v L = 1.
    CHECK(std::fabs(run.value({"value_added", "", "", "", "M2", "", year})) <=
          10 * epsilon * run.system.certificate().condition * run.accounts.output(0, 1));
  }
}

TEST_CASE("exports of all regions are imports of all regions, and pairs add up to both") {
  const Run run(test::tiny_accounts());
  for (int year = 2021; year <= 2024; ++year) {
    const double l_to_m = run.value({"trade", "L", "", "M", "", "", year}), m_to_l = run.value({"trade", "M", "", "L", "", "", year});
    CHECK(run.value({"exports", "L", "", "", "", "", year}) == Approx(l_to_m).margin(rounding));
    CHECK(run.value({"imports", "L", "", "", "", "", year}) == Approx(m_to_l).margin(rounding));
    CHECK(run.value({"exports", "M", "", "", "", "", year}) == Approx(m_to_l).margin(rounding));
    CHECK(run.value({"imports", "M", "", "", "", "", year}) == Approx(l_to_m).margin(rounding));
    CHECK(run.value({"exports", "", "", "", "", "", year}) == 0);  // the world sells to nobody
    // What a region makes more it sells somewhere: to itself or to the other.
    CHECK(run.value({"output", "L", "", "", "", "", year}) ==
          Approx(run.value({"trade", "L", "", "L", "", "", year}) + l_to_m).margin(rounding));
  }
  for (const int year : run.effects.years_in_detail) {
    double sectors = 0;
    for (const char* sector : {"1", "2"}) sectors += run.value({"trade", "L", sector, "M", "", "", year});
    CHECK(sectors == Approx(run.value({"trade", "L", "", "M", "", "", year})).margin(rounding));
  }
}

TEST_CASE("the discounted total is the sum of the years, the first at full weight") {
  const Run run(test::tiny_accounts());
  for (const char* region : {"L", "M"}) {
    double sum = 0;
    for (int year = 2021; year <= 2024; ++year)
      sum += run.value({"value_added", region, "", "", "", "", year}) / std::pow(1.1, year - 2021);
    CHECK(run.value({"value_added_discounted", region, "", "", "", "", 2021}) == Approx(sum).margin(rounding));
  }
}

TEST_CASE("percentages are of the base, which is printed beside them") {
  const Run run(test::tiny_accounts());
  CHECK(run.value({"output_base", "L"}) == 300);
  CHECK(run.value({"output_percent", "L", "", "", "", "", 2021}) ==
        Approx(100 * run.value({"output", "L", "", "", "", "", 2021}) / 300).epsilon(1e-14));
}

TEST_CASE("a satellite is shown no finer than its source knows it") {
  const Run run(world_with_satellites());
  CHECK_FALSE(std::isnan(run.value({"jobs", "L", "", "", "", "", 2021})));
  std::set<std::string> sectors;
  for (const EffectRow& row : run.effects.rows) {
    if (row.indicator.rfind("jobs", 0) == 0) CHECK(row.sector.empty());
    if (row.indicator == "energy" && !row.sector.empty()) sectors.insert(row.sector);
  }
  CHECK(sectors == std::set<std::string>{"all"});
}

TEST_CASE("what is not known for a cell is not known for its region, and never zero") {
  const Run run(world_with_satellites());
  for (const EffectRow& row : run.effects.rows)
    if (row.indicator.rfind("water", 0) == 0 && row.term.find("where known") == std::string::npos) {
      CAPTURE(row.indicator, row.region, row.sector, row.year);
      // M.2 is not known, so neither M nor the world, nor sector 2 of the world.
      CHECK((row.region == "L" || row.sector == "1"));
      CHECK_FALSE(std::isnan(row.value));
    }
  CHECK_FALSE(std::isnan(run.value({"water", "L", "1", "", "", "", 2021})));
}

TEST_CASE("the certificate names identities that hold, and one that does not is seen") {
  const Run run(test::tiny_accounts());
  const Certificate certificate = certified(run.system, run.effects);
  CHECK(certificate.identities.size() >= 3);
  for (const Identity& identity : certificate.identities) {
    CAPTURE(identity.name);
    CHECK(identity.holds());
  }
  Accounts wrong = test::tiny_accounts();
  Matrix y = wrong.final_use.copy();
  y(0, 0) += 30;
  wrong.final_use = Block(y);
  const Run other(wrong);
  CHECK_FALSE(certified(other.system, other.effects).identities.front().holds());
}

TEST_CASE("a programme without measures has no effects and no years of effects") {
  const Run run(test::tiny_accounts(), "[programme]\nid = 'P'\nhorizon = [2021, 2024]\ncurrency = 'EUR'\nprice_year = 2020\n");
  CHECK(select(run.effects.rows, {"value_added", "*", "*", "*", "*", "*"}).empty());
  CHECK(run.value({"value_added_discounted", "L", "", "", "", "", 2021}) == 0);
}
