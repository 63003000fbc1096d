// Rows of the equilibrium model on a world of paper: what is printed has to add up, and to be what its name says.
#include "kontor/indicators/net_effects.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "indicators/net_appraisal.h"
#include "indicators/public_money.h"
#include "kontor/indicators/effects.h"
#include "model/closures_world.h"

using namespace kontor;

// A delivery, a plant that a neighbour owns half of, a road and a customs union; the proposal is not agreed.
static const char* const programme_text = R"(
[programme]
id = "P"
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020

[appraisal]
discount_rate = 0.05
life = 10

[[measure]]
id = "M1"
kind = "contract"
status = "signed"
seller = { region = "N1.1", sector = "1" }
buyer = { region = "N0.0", use = "household" }
money = { total = 4e6, basis = "basic" }
period = ["2021-01", "2024-12"]
additional = 0.5
replaces = { domestic = 0.5, nothing = 0.5 }

[[measure]]
id = "M2"
kind = "joint_venture"
status = "signed"
host = { region = "N0.0", sector = "1" }
equity = { "N0.0" = 0.5, "Q2.2" = 0.5 }
capex = { total = 3e6, sectors = { "1" = 0.6, "2" = 0.4 }, years = [2021, 2022] }
output = { capacity = 5e6, start = 2023 }
sales = { N = 1.0 }
displaces = { imports = 1.0 }
finance = { equity = 1.0 }

[[measure]]
id = "M3"
kind = "corridor"
status = "running"
trade_cost = [ { from = "N", to = "Q", change = -0.05, both_ways = true } ]
opens = 2023
cost = { total = 2e6, years = [2021, 2022], sectors = { "2" = 1.0 }, built_in = { "N1.1" = 1.0 }, paid_by = { "Q2.2" = 1.0 } }

[[measure]]
id = "M4"
kind = "integration"
status = "proposed"
members = ["N", "Q"]
tariff = { to = 0.0 }
)";

namespace {

// The paper world with a third of what people buy as investment, and the jobs of each cell.
Accounts world_with_investment() {
  test::PaperWorld w;
  w.tariffs = true;
  Accounts a = accounts_of(w);
  const std::size_t n = a.cells.size();
  a.categories.push_back({"I", "investment", FinalRole::investment});
  for (int r = 0; r < 3; ++r) a.final_uses.push_back({w.region(static_cast<std::size_t>(r)), 2});
  Matrix y(n, 6), satellites(2, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t r = 0; r < 3; ++r) y(i, r) = a.final_use(i, r) * 2.0 / 3.0, y(i, r + 3) = a.final_use(i, r) / 3.0;
    satellites(0, i) = 10.0 * static_cast<double>(i + 1), satellites(1, i) = 2.0;
  }
  a.final_use = std::move(y);
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}, {"water", "Water", "m3", false, Resolution::cell, {}, ""}};
  a.satellite = std::move(satellites);
  return a;
}

struct NetRun {
  explicit NetRun(const std::string& text = programme_text, const std::string& closure = "")
      : accounts(world_with_investment()),
        system(accounts),
        programme(parse_programme(with_closure(text, closure), "programme.toml", ".", accounts)),
        compiled(compile(programme, accounts)),
        gross(effects_of_programme(system, programme, compiled)),
        calibration(calibrate(accounts, options_of(test::PaperWorld()))),
        net(net_effects(calibration, programme, compiled, gross.rows, gross.years_in_detail)) {}

  static std::string with_closure(std::string text, const std::string& closure) {
    const std::string at = "price_year = 2020\n";
    return closure.empty() ? text : text.insert(text.find(at) + at.size(), "closure = " + closure + "\n");
  }

  double value(const RowFilter& filter) const { return value_of(net.rows, filter); }

  const Accounts accounts;
  const LeontiefSystem system;
  const Programme programme;
  const Compiled compiled;
  const ProgrammeEffects gross;
  const Calibration calibration;
  const NetEffects net;
};

const NetRun& whole() {
  static const NetRun run;
  return run;
}

constexpr double solved_to = 1e-6;  // residuals of 1e-10 on outputs of some 600, times what inverting the equations adds

}  // namespace

TEST_CASE("the way from gross to net begins at the stated purchases and ends at value added net") {
  const NetRun& run = whole();
  for (int year = 2021; year <= 2024; ++year)
    for (const char* region : {"N0.0", "N1.1", "Q2.2", "N", ""}) {
      INFO(region << " " << year);
      double sum = 0.0;
      std::size_t bars = 0;
      for (const auto* rows : {&run.gross.rows, &run.net.rows})
        for (const EffectRow& row : *rows)
          if (row.indicator == "gross_to_net" && row.region == region && row.year == year) sum += row.value, ++bars;
      CHECK(bars == std::size(all_steps) + 5);
      CHECK(run.value({"value_added_net", region, "", "", "", "", year}) == Approx(sum).margin(1e-9));
    }
}

TEST_CASE("both closures stand side by side, each with a certificate") {
  const NetRun& run = whole();
  REQUIRE(run.net.runs.size() == 2);
  CHECK(run.net.runs[0].term.empty());
  CHECK(run.net.runs[0].closure.name == "short_run");
  CHECK(run.net.runs[1].term == "long_run");
  for (const ClosureRun& closure : run.net.runs) {
    CHECK(closure.certificate.solved());
    CHECK(closure.certificate.digits >= 6.0);
    CHECK(closure.certificate.walras <= 1e-8);
    for (const char* indicator : {"real_income", "equivalent_variation", "value_added_net", "gdp", "gni", "wage", "net_present_value"})
      CHECK_FALSE(std::isnan(value_of(run.net.rows, {indicator, "N0.0", "", "", "", closure.term})));
  }
  // A closure of one's own stands before both presets.
  const NetRun own(programme_text, "{ labour = \"fixed\", capital = \"mobile\", imbalance = \"zero\", budget = \"lump_sum\" }");
  REQUIRE(own.net.runs.size() == 3);
  CHECK(own.net.runs[1].term == "short_run");
  CHECK(own.net.runs[2].term == "long_run");
}

TEST_CASE("jobs are rows where the closure leaves them free, and no rows where it fixes them") {
  const NetRun& run = whole();
  CHECK_FALSE(std::isnan(run.value({"jobs_net", "N0.0", "", "", "", "", 2023})));
  CHECK(select(run.net.rows, {"jobs_net", "*", "*", "*", "*", "long_run"}).empty());
  CHECK(select(run.net.rows, {"jobs_net_percent", "*", "*", "*", "*", "long_run"}).empty());
  CHECK_FALSE(std::isnan(run.value({"water_net", "N0.0", "", "", "", "long_run", 2023})));
  const NetRun own(programme_text, "{ labour = \"fixed\", capital = \"mobile\", imbalance = \"share\", budget = \"lump_sum\" }");
  CHECK(select(own.net.rows, {"jobs_net", "*", "*", "*", "*", ""}).empty());
}

TEST_CASE("every percentage has its level beside it, and real income is the equivalent variation over spending") {
  const NetRun& run = whole();
  std::size_t percents = 0;
  for (const EffectRow& row : run.net.rows) {
    const bool income = row.indicator == "real_income";
    const bool percent = row.indicator.size() > 8 && row.indicator.substr(row.indicator.size() - 8) == "_percent";
    if (!income && !percent) continue;
    CHECK(row.unit == "%");
    const std::string level = income ? "equivalent_variation" : row.indicator.substr(0, row.indicator.size() - 8);
    const double change = value_of(run.net.rows, {level, row.region, row.sector, "", row.measure, row.term, row.year});
    INFO(row.indicator << " " << row.region);
    REQUIRE_FALSE(std::isnan(change));
    CHECK((change > 0.0) == (row.value > 0.0));
    ++percents;
    if (!income || row.term == "pipeline") continue;  // the pipeline comes on top of the headline: over its spending
    double spending = 0.0;
    for (std::size_t r = 0; r < 3; ++r) {
      const Region& region = run.accounts.regions[static_cast<std::size_t>(run.calibration.regions[r])];
      if (row.region.empty() || row.region == region.code || row.region == region.parent) spending += run.calibration.spending[r];
    }
    CHECK(row.value == Approx(100.0 * change / spending).epsilon(1e-8));
  }
  CHECK(percents > 100);
}

TEST_CASE("totals of regions are the sums of their sectors, and of the world those of its regions") {
  const NetRun& run = whole();
  for (const int year : run.gross.years_in_detail)
    for (const char* term : {"", "long_run"})
      for (const char* indicator : {"value_added_net", "output_net"}) {
        double world = 0.0;
        for (const char* region : {"N0.0", "N1.1", "Q2.2"}) {
          const double total = run.value({indicator, region, "", "", "", term, year});
          const double sectors =
              run.value({indicator, region, "1", "", "", term, year}) + run.value({indicator, region, "2", "", "", term, year});
          CHECK(total == Approx(sectors).margin(1e-10));
          world += total;
        }
        CHECK(run.value({indicator, "", "", "", "", term, year}) == Approx(world).margin(1e-10));
      }
}

TEST_CASE("trade between pairs is what crosses the borders of each") {
  const NetRun& run = whole();
  const int year = run.gross.years_in_detail.back();
  for (const char* region : {"N0.0", "N1.1", "Q2.2"}) {
    double exports = 0.0, imports = 0.0;
    for (const char* other : {"N0.0", "N1.1", "Q2.2"}) {
      if (std::string(region) == other) continue;
      exports += run.value({"trade_net", region, "", other, "", "", year}),
          imports += run.value({"trade_net", other, "", region, "", "", year});
    }
    CHECK(run.value({"exports_net", region, "", "", "", "", year}) == Approx(exports).margin(1e-10));
    CHECK(run.value({"imports_net", region, "", "", "", "", year}) == Approx(imports).margin(1e-10));
  }
  CHECK(run.value({"exports_net", "", "", "", "", "", year}) == 0.0);  // a closed world trades with nobody
}

TEST_CASE("the parts of real income add up to it, with the error of the path beside them") {
  const NetRun& run = whole();
  for (const char* region : {"N0.0", "N1.1", "Q2.2", ""}) {
    double sum = 0.0, size = 0.0;
    for (const EffectRow& row : run.net.rows)
      if (row.indicator == "real_income_part" && row.region == region) sum += row.value, size += std::fabs(row.value);
    CHECK(run.value({"equivalent_variation", region, "", "", "", "", 2024}) == Approx(sum).margin(solved_to));
    CHECK(std::fabs(run.value({"real_income_part", region, "", "", "", "error of the path", 2024})) <= 1e-5 * size);
  }
}

TEST_CASE("a neighbour's half of the plant is in the host's product and not in its income") {
  const NetRun& run = whole();
  const auto gap = [&](const char* region, const char* measure) {
    return run.value({"gni", region, "", "", measure, "", 2024}) - run.value({"gdp", region, "", "", measure, "", 2024});
  };
  CHECK(gap("N0.0", "M2") < 0.0);
  CHECK(gap("Q2.2", "M2") > 0.0);
  CHECK(gap("N1.1", "M2") == Approx(0.0).margin(solved_to));
  CHECK(run.value({"capacity_use", "N0.0", "1", "", "", "", 2024}) > 50.0);
}

TEST_CASE("who pays for the road needs it, and the savings beside it are flows times their fall in cost") {
  const NetRun& run = whole();
  // In 2021 half of two million for the road and a quarter of three for the plant, and what tariffs bring in less.
  const double lost = -run.value({"wedge_revenue", "Q2.2", "", "", "", "", 2021});
  CHECK(lost > 0.0);  // who pays buys less
  CHECK(run.value({"budget_need", "Q2.2", "", "", "", "", 2021}) == Approx(1.75 + lost).epsilon(1e-9));
  double bought = 0.0;  // by N from Q
  for (std::size_t q = 4; q < 6; ++q) {
    for (std::size_t j = 0; j < 4; ++j) bought += run.accounts.intermediate(q, j);
    for (const std::size_t f : {0u, 1u, 3u, 4u}) bought += run.accounts.final_use(q, f);
  }
  CHECK(run.value({"social_savings", "N", "", "", "", "", 2024}) == Approx(-std::log(0.95) * bought).epsilon(1e-8));
  CHECK(run.value({"social_savings", "N", "", "", "M3", "", 2024}) == Approx(-std::log(0.95) * bought).epsilon(1e-8));
}

TEST_CASE("what is not agreed stands in the pipeline alone") {
  const NetRun& run = whole();
  std::set<std::string> terms;
  for (const EffectRow& row : run.net.rows)
    if (row.measure == "M4") terms.insert(row.indicator);
  CHECK(terms.count("equivalent_variation") == 1);  // alone
  const double headline = run.value({"equivalent_variation", "N", "", "", "", "", 2024}),
               pipeline = run.value({"equivalent_variation", "N", "", "", "", "pipeline", 2024});
  CHECK_FALSE(std::isnan(pipeline));
  CHECK(pipeline != Approx(headline).margin(solved_to));
}

TEST_CASE("the committed measures and what they do together are the headline") {
  const NetRun& run = whole();
  for (const char* indicator : {"equivalent_variation", "value_added_net"})
    for (const char* region : {"N0.0", "Q2.2", ""}) {
      double sum = 0.0;
      for (const char* measure : {"M1", "M2", "M3", "(interaction)"}) sum += run.value({indicator, region, "", "", measure, "", 2024});
      CHECK(run.value({indicator, region, "", "", "", "", 2024}) == Approx(sum).margin(1e-10));
    }
}

TEST_CASE("appraisal on paper: ten spent, four a year for as long as it lasts") {
  const Accounts accounts = world_with_investment();
  const Calibration base = calibrate(accounts, options_of(test::PaperWorld()));
  const std::vector<RegionGroup> groups = {{"N0.0", {false, false, true, false, false}}, {"N1.1", {false, false, false, true, false}}};
  const Economy economy;
  const Flows flows;
  const NetContext context{base, accounts, groups, economy, flows, true};
  Programme programme;
  programme.first_year = 2021, programme.last_year = 2023;
  programme.appraisal.discount_rate = 0.1, programme.appraisal.life = 4;
  std::map<int, YearOfAppraisal> years;
  years[2021] = {{-10.0, 1.0, 0.0}, {10.0, 0.0, 0.0}, {10.0, 0.0, 0.0}};
  years[2022] = {{4.0, 1.0, 0.0}, {2.0, 0.0, 0.0}, {2.0, 0.0, 0.0}};
  years[2023] = {{4.0, 1.0, 0.0}, {1.0, 0.0, 0.0}, {0.0, 0.0, 0.0}};  // upkeep costs and builds nothing
  const auto appraised = [&](ResidualValue residual) {
    programme.appraisal.residual_value = residual;
    std::vector<EffectRow> rows;
    add_appraisal(context, programme, years, {4.0, 1.0, 0.0}, "", rows);
    return rows;
  };
  const std::vector<EffectRow> rows = appraised(ResidualValue::none);
  const double horizon = -10.0 + 4.0 / 1.1 + 4.0 / 1.21, life = horizon + 4.0 / 1.331 + 4.0 / 1.4641;  // built in 2021, to 2025
  CHECK(value_of(rows, {"equivalent_variation_discounted", "N0.0"}) == Approx(horizon));
  CHECK(value_of(rows, {"resource_cost_discounted", "N0.0"}) == Approx(10.0 + 2.0 / 1.1 + 1.0 / 1.21));
  CHECK(value_of(rows, {"net_present_value", "N0.0"}) == Approx(life));
  // Four payments of 4 for 10: 4 (1 - v^4) / r = 10.
  const double rate = value_of(rows, {"rate_of_return", "N0.0"}) / 100.0;
  CHECK(4.0 * (1.0 - std::pow(1.0 + rate, -4.0)) / rate == Approx(10.0).epsilon(1e-9));
  CHECK(rate == Approx(0.2186).margin(5e-5));  // an annuity of 0.4 a unit over four years
  // What costs nothing has no rate of return.
  CHECK(std::isnan(value_of(rows, {"rate_of_return", "N1.1"})));
  // The part built in 2022 has a quarter of its life left in 2025.
  CHECK(value_of(appraised(ResidualValue::straight_line), {"net_present_value", "N0.0"}) == Approx(life + 0.5 / 1.4641));
}

TEST_CASE("public money on paper: what budgets need over the life, what a unit of it brings and what a job costs") {
  const Accounts accounts = world_with_investment();
  const Calibration base = calibrate(accounts, options_of(test::PaperWorld()));
  const std::vector<RegionGroup> groups = {{"N0.0", {false, false, true, false, false}}, {"", {true, true, true, true, true}}};
  const Economy economy;
  const Flows flows;
  Programme programme;
  programme.first_year = 2021, programme.last_year = 2022;
  programme.appraisal.discount_rate = 0.1;
  std::map<int, YearOfAppraisal> years;
  years[2021] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {10.0, 0.0, 0.0}};
  years[2022] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {2.0, 0.001, 0.0}};
  const LastingYear lasting{{3.0, 1.0, 0.0}, {1.0, 0.0, 0.0}, {50.0, std::nan(""), -10.0}};
  const std::vector<EffectRow> gross = {{"jobs", "N0.0", "", "", 2022, "M", "lasting", 100.0, "persons"}};
  const auto rows_of = [&](bool jobs_free, bool spends) {
    std::vector<EffectRow> rows = {{"net_present_value", "N0.0", "", "", 2021, "M", "", 30.0, "million EUR"}};
    const NetContext context{base, accounts, groups, economy, flows, jobs_free};
    LastingYear last = lasting;
    if (!jobs_free) last.jobs.clear();
    add_public_money(context, programme, {years, last, 2023, spends, "M", ""}, gross, rows);
    return rows;
  };
  const std::vector<EffectRow> rows = rows_of(true, true);
  const auto at = [&](const char* indicator, const char* region = "N0.0") { return value_of(rows, {indicator, region, "", "", "M"}); };
  const double cost = 10.0 + 2.0 / 1.1 + 1.0 / 1.21;  // two years of the horizon and what lasts in 2023
  CHECK(at("public_cost_discounted") == Approx(cost));
  CHECK(at("present_value_per_public_money") == Approx(30.0 / cost));
  CHECK(at("real_income_per_public_money") == Approx(3.0 / cost));
  CHECK(at("jobs_lasting_net") == 50.0);
  CHECK(at("jobs_lasting_net", "") == 40.0);  // of the regions whose jobs are known
  CHECK(at("jobs_per_public_money") == Approx(50.0 / (cost * accounts.scale / 1e6)));
  CHECK(at("cost_per_job") == Approx(cost / 50.0));
  CHECK(at("cost_per_job_gross") == Approx(cost / 100.0));
  // Where the closure fixes jobs there is no net cost of one; the gross one stays.
  const std::vector<EffectRow> fixed = rows_of(false, true);
  CHECK(select(fixed, {"jobs_lasting_net", "*", "*", "*", "*"}).empty());
  CHECK(select(fixed, {"cost_per_job", "*", "*", "*", "*"}).empty());
  CHECK(value_of(fixed, {"cost_per_job_gross", "N0.0", "", "", "M"}) == Approx(cost / 100.0));
  // What touches no budget has a cost, and no ratio.
  const std::vector<EffectRow> none = rows_of(true, false);
  CHECK(select(none, {"public_cost_discounted", "*", "*", "*", "*"}).size() == 2);
  for (const char* ratio : {"present_value_per_public_money", "real_income_per_public_money", "jobs_per_public_money", "cost_per_job"})
    CHECK(select(none, {ratio, "*", "*", "*", "*"}).empty());
}

TEST_CASE("each measure has its own appraisal, to the end of the programme's, and the public cost is its budgets' need") {
  const NetRun& run = whole();
  for (const char* measure : {"M1", "M2", "M3"}) CHECK_FALSE(std::isnan(run.value({"net_present_value", "", "", "", measure, "", 2021})));
  // The needs of the horizon, each in its year; then to 2031 (building begins in 2021, ten years of life) that of the last
  // year, in which nothing is temporary.
  double cost_of_all = 0.0;
  for (int year = 2021; year <= 2031; ++year)
    cost_of_all += run.value({"budget_need", "", "", "", "", "", std::min(year, 2024)}) / std::pow(1.05, year - 2021);
  CHECK(run.value({"public_cost_discounted", "", "", "", "", "", 2021}) == Approx(cost_of_all).margin(11 * solved_to));
  // A delivery touches no budget of its own.
  CHECK(std::isnan(run.value({"present_value_per_public_money", "", "", "", "M1", "", 2021})));
  const double worth = run.value({"net_present_value", "", "", "", "M2", "", 2021}),
               cost = run.value({"public_cost_discounted", "", "", "", "M2", "", 2021});
  CHECK(cost > 0.0);
  CHECK(run.value({"present_value_per_public_money", "", "", "", "M2", "", 2021}) == Approx(worth / cost));
  // The road brings more in tariffs than it costs: money that is gained buys nothing.
  CHECK(run.value({"public_cost_discounted", "", "", "", "M3", "", 2021}) < 0.0);
  CHECK(std::isnan(run.value({"present_value_per_public_money", "", "", "", "M3", "", 2021})));
  CHECK(select(run.net.rows, {"cost_per_job", "*", "*", "*", "*", "long_run"}).empty());
}

TEST_CASE("a nation needs what its regions need, and everybody what all do") {
  const NetRun& run = whole();
  for (const char* indicator : {"budget_need", "wedge_revenue"}) {
    const auto of = [&](const char* region) { return run.value({indicator, region, "", "", "", "", 2021}); };
    CHECK(of("N") == Approx(of("N0.0") + of("N1.1")).margin(1e-12));
    CHECK(of("") == Approx(of("N") + of("Q2.2")).margin(1e-12));
  }
}

TEST_CASE("jobs and other satellites by sector add up to their region and to all") {
  const NetRun& run = whole();
  const int year = run.gross.years_in_detail.back();
  for (const char* indicator : {"jobs_net", "water_net"}) {
    double all = 0.0;
    for (const char* sector : {"1", "2"}) {
      double regions = 0.0;
      for (const char* region : {"N0.0", "N1.1", "Q2.2"}) regions += run.value({indicator, region, sector, "", "", "", year});
      CHECK(run.value({indicator, "", sector, "", "", "", year}) == Approx(regions).margin(1e-10));
      all += regions;
    }
    CHECK(run.value({indicator, "", "", "", "", "", year}) == Approx(all).margin(1e-10));
  }
}

TEST_CASE("a percentage of a sector is its change over its own base") {
  const NetRun& run = whole();
  const int year = run.gross.years_in_detail.back();
  for (const char* sector : {"1", "2"}) {
    const double base = value_of(run.gross.rows, {"output_base", "", sector}),
                 change = run.value({"output_net", "", sector, "", "", "", year});
    CHECK(run.value({"output_net_percent", "", sector, "", "", "", year}) == Approx(100.0 * change / base).epsilon(1e-8));
  }
}

// The programme of the other tests, and a share of product 2 that no subsidy brings.
static const NetRun& with_unreachable_target() {
  static const NetRun run(std::string(programme_text) + R"(
[[measure]]
id = "M5"
kind = "import_substitution"
status = "signed"
product = { sector = "2" }
users = ["N0.0"]
from = ["N1.1", "Q2.2"]
target = { share = 1.0, by = 2023 }
produced_in = { "N0.0" = 1.0 }
instrument = "subsidy"
)");
  return run;
}

TEST_CASE("a target out of reach stands as such, with the largest share, and everything else is solved and reported") {
  const NetRun &with = with_unreachable_target(), &without = whole();
  REQUIRE(with.net.unreached.size() == 2);  // under both closures
  for (const UnreachedTarget& u : with.net.unreached) {
    CHECK(u.target.measure == "M5");
    CHECK(u.target.largest < u.target.wanted);
    // Four fifths of the price on nearly all of a product is more than the region's income.
    CHECK_THAT(reason_of(u), Catch::Contains("at most") && Catch::Contains("a subsidy of") &&
                                 Catch::Contains("; no equilibrium was found at a higher rate"));
    const double wanted = with.value({"target_wanted", "", "2", "", "M5", u.term, u.year}),
                 largest = with.value({"target_largest", "", "2", "", "M5", u.term, u.year});
    CHECK(wanted == Approx(100.0 * u.target.wanted));
    CHECK(largest == Approx(100.0 * u.target.largest));
    CHECK(std::isnan(with.value({"wedge", "", "2", "", "M5", u.term, u.year})));
  }
  // Not in any year, also not in those on the way whose share would be reached: the rest is the programme without it.
  for (int year = 2021; year <= 2024; ++year)
    for (const char* term : {"", "long_run"})
      CHECK(with.value({"equivalent_variation", "N0.0", "", "", "", term, year}) ==
            Approx(without.value({"equivalent_variation", "N0.0", "", "", "", term, year})).margin(solved_to));
  std::string warnings;
  for (const Finding& f : with.net.findings)
    if (f.severity == Severity::warning) warnings += to_line(f) + '\n';
  INFO(warnings);
  CHECK_THAT(warnings, Catch::Contains("target-out-of-reach") && Catch::Contains("programme.toml:") && Catch::Contains("target.share") &&
                           Catch::Contains("short_run") && Catch::Contains("long_run") && Catch::Contains("is wanted, at most"));
}

TEST_CASE("the bars of a programme with a target out of reach still end at value added net") {
  const NetRun& run = with_unreachable_target();
  for (int year = 2021; year <= 2024; ++year) {
    double sum = 0.0;
    for (const auto* rows : {&run.gross.rows, &run.net.rows})
      for (const EffectRow& row : *rows)
        if (row.indicator == "gross_to_net" && row.region == "N0.0" && row.year == year) sum += row.value;
    CHECK(run.value({"value_added_net", "N0.0", "", "", "", "", year}) == Approx(sum).margin(1e-9));
  }
}

TEST_CASE("a target that is reached has its wedge and share, and none out of reach") {
  std::string text = programme_text;
  text += R"(
[[measure]]
id = "M5"
kind = "import_substitution"
status = "signed"
product = { sector = "2" }
users = ["N0.0"]
from = ["N1.1", "Q2.2"]
target = { share = 0.75, by = 2023 }
produced_in = { "N0.0" = 1.0 }
instrument = "procurement"
)";
  const NetRun run(text);
  CHECK(run.net.unreached.empty());
  // At users' prices, with tariffs in them; more from year to year until 2023, then the same.
  const auto share = [&](int year) { return run.value({"target_share", "", "2", "", "M5", "", year}); };
  CHECK(share(2022) > share(2021));
  CHECK(share(2023) > share(2022));
  CHECK(share(2024) == Approx(share(2023)).margin(1e-6));
  CHECK(std::isnan(run.value({"target_wanted", "", "2", "", "M5", "", 2024})));
  CHECK(run.value({"wedge", "", "2", "", "M5", "", 2024}) > 0.0);
  CHECK(run.value({"rule_rent", "N0.0", "", "", "", "", 2024}) > 0.0);
}
