// The accounts after a scenario: identities, the way back to the accounts, and the model solved again on its own answer.
#include "kontor/model/accounts_after.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "equilibrium_world.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

double largest_difference(const Block& x, const Block& y) {
  REQUIRE(x.rows() == y.rows());
  REQUIRE(x.columns() == y.columns());
  double most = 0.0;
  for (std::size_t i = 0; i < x.values().size(); ++i) most = std::max(most, std::fabs(x.values()[i] - y.values()[i]));
  return most;
}

double largest_difference(const Accounts& x, const Accounts& y) {
  double most = 0.0;
  for (Block Accounts::*block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::imports_intermediate, &Accounts::imports_final,
                                 &Accounts::primary, &Accounts::primary_final, &Accounts::output, &Accounts::satellite})
    most = std::max(most, largest_difference(x.*block, y.*block));
  return most;
}

double uses_of(const Accounts& a, int supplier) {
  Sum sum;
  for (int buyer = 0; buyer < buyer_count(a); ++buyer) sum.add(purchase(a, supplier, buyer));
  return sum.value();
}

double costs_of(const Accounts& a, std::size_t j) {
  Sum sum;
  for (int i = 0; i < supplier_count(a); ++i) sum.add(purchase(a, i, static_cast<int>(j)));
  for (std::size_t m = 0; m < a.primary_rows.size(); ++m) sum.add(a.primary(m, j));
  return sum.value();
}

Shock shock_with(Change change) { return {std::move(change), "M1", 2021, Step::stated, false, "programme.toml:1", false}; }

Accounts tiny_with_jobs() {
  Accounts a = tiny_accounts();
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, "invented"}};
  Matrix jobs(1, a.cells.size());
  for (std::size_t j = 0; j < jobs.columns; ++j) jobs(0, j) = 10.0 * static_cast<double>(j + 1);
  a.satellite = std::move(jobs);
  return a;
}

}  // namespace

TEST_CASE("accounts after: no shocks give the accounts back in the leontief model") {
  const Accounts a = tiny_with_jobs();
  const LeontiefSystem system(a);
  const Accounts after = accounts_after(system, solve_leontief(system, {{2021, {}}}).front());
  CHECK(largest_difference(a, after) == 0.0);
}

TEST_CASE("accounts after: a contract and a change of supplier, on paper") {
  // M buys 10 more of L.2 for use; L.2 buys 8 of its 20 of product 1 from M.1 instead of from L.1.
  const Accounts a = tiny_with_jobs();
  const LeontiefSystem system(a);
  const Shock more = shock_with(std::vector<FinalDemand>{{1, 1, 10.0}}), other = shock_with(std::vector<Sourcing>{{1, 0, 2, 8.0}});
  const LeontiefSolution solution = solve_leontief(system, {{2021, {&more, &other}}}).front();
  const Accounts after = accounts_after(system, solution);
  CHECK(after.final_use(1, 1) == 30.0 + 10.0);
  CHECK(after.final_use(0, 1) == a.final_use(0, 1));
  const double growth = after.output(0, 1) / 200.0;  // of L.2
  CHECK(growth > 1.05);
  CHECK(after.intermediate(0, 1) == Approx(12.0 * growth).epsilon(1e-14));  // 20 - 8, of each 200 of output
  CHECK(after.intermediate(2, 1) == Approx(18.0 * growth).epsilon(1e-14));  // 10 + 8
  CHECK(after.intermediate(1, 1) == Approx(30.0 * growth).epsilon(1e-14));
  CHECK(after.primary(0, 1) == Approx(a.primary(0, 1) * growth).epsilon(1e-14));
  CHECK(after.satellite(0, 1) == Approx(20.0 * growth).epsilon(1e-14));
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK(after.output(0, j) - a.output(0, j) == Approx(solution.output[j]).epsilon(1e-12));
    CHECK(uses_of(after, static_cast<int>(j)) == Approx(after.output(0, j)).epsilon(1e-13));
    CHECK(costs_of(after, j) - after.output(0, j) ==
          Approx(costs_of(a, j) * after.output(0, j) / a.output(0, j) - after.output(0, j)).margin(1e-12));
  }
  // The table solved anew with its own final use makes its own output.
  Matrix y(1, 4);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t f = 0; f < 2; ++f) y(0, i) += after.final_use(i, f);
  const LeontiefSystem again(after);
  const Solved x = again.solve(y);
  for (std::size_t i = 0; i < 4; ++i) CHECK(x(0, i) == Approx(after.output(0, i)).epsilon(1e-12));
  CHECK_FALSE(has_errors(check_accounts(after, "after")));
}

TEST_CASE("accounts after: an idle cell that has to make something is told, not filled") {
  Accounts a = test::small_world(false);
  const int idle = static_cast<int>(a.cells.size()) - 1;
  REQUIRE(a.output(0, at(idle)) == 0.0);
  const LeontiefSystem system(a);
  const Shock buys = shock_with(std::vector<FinalDemand>{{idle, 0, 5.0}});
  const LeontiefSolution solution = solve_leontief(system, {{2021, {&buys}}}).front();
  CHECK_THROWS_WITH(accounts_after(system, solution), Catch::Contains("B.3"));
}

TEST_CASE("accounts after: the baseline of the equilibrium model is the accounts") {
  for (const bool open : {false, true}) {
    Accounts a = test::small_world(open);
    for (const CalibrationOptions& options : all_options()) {
      if (options.sourcing != SourcingBy::user) continue;  // groups give all their users the group's origins
      const Calibration base = calibrate(a, options);
      for (const Closure& closure : {short_run(), long_run()}) {
        const Economy economy = baseline_economy(base, closure);
        const Equilibrium found = solve_equilibrium(economy);
        REQUIRE(found.solved());
        CHECK(largest_difference(a, accounts_after(economy, found, found.flows)) < 1e-9);
      }
    }
  }
}

TEST_CASE("accounts after: in every closure costs are output, uses miss what they missed, sales and incomes are the model's") {
  for (const bool open : {false, true}) {
    const Accounts a = test::small_world(open);
    std::size_t number = 0;
    for (const CalibrationOptions& options : all_options()) {
      const Calibration base = calibrate(a, options);
      for (const Closure& closure : all_closures()) {
        if (++number % 7 != 0) continue;  // 7 and 108 share no factor: in the course every choice meets every technology
        const Economy baseline = baseline_economy(base, closure);
        const Equilibrium before = solve_equilibrium(baseline);
        const Economy economy = shocked(baseline, number % 2 == 0, 0.5);
        const Equilibrium found = solve_equilibrium(economy);
        REQUIRE(before.solved());
        REQUIRE(found.solved());
        INFO(closure.name << ", technology " << number / 108 << (open ? ", open" : ", closed"));
        const Accounts after = accounts_after(economy, found, before.flows);
        CHECK_NOTHROW(check_shapes(after, "after"));
        CHECK(after.primary_rows.back().code == wedge_row_code);
        std::vector<Sum> income(base.regions.size());
        for (std::size_t j = 0; j < a.cells.size(); ++j) {
          CHECK(costs_of(after, j) == Approx(after.output(0, j)).epsilon(1e-12));
          for (std::size_t m = 0; m < after.primary_rows.size(); ++m) income[at(base.cell_region[j])].add(after.primary(m, j));
          const double gap = (a.output(0, j) - uses_of(a, static_cast<int>(j))) * std::exp(found.flows.log_cost[j]);
          // Of the measures' purchases in the shocked world two stand in nobody's column.
          double nobody = 0.0;
          for (std::size_t k = base.fixed.size(); k < economy.fixed.size(); ++k)
            if (economy.fixed[k].row == base.row_of_cell[j]) nobody += economy.fixed[k].amount * std::exp(found.flows.log_cost[j]);
          CHECK(after.output(0, j) - uses_of(after, static_cast<int>(j)) == Approx(gap + nobody).margin(1e-7));
        }
        for (std::size_t m = 0; m < after.primary_rows.size(); ++m)
          for (std::size_t f = 0; f < a.final_uses.size(); ++f)
            if (const int r = base.region_number[at(a.final_uses[f].region)]; r >= 0) income[at(r)].add(after.primary_final(m, f));
        for (std::size_t r = 0; r < income.size(); ++r)
          CHECK(income[r].value() ==
                Approx(found.flows.earned_income[r] + found.flows.tax_revenue[r] + found.flows.wedge_revenue[r]).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("accounts after: calibrated on them, the model finds the same world, with prices of one") {
  for (const bool open : {false, true}) {
    const Accounts a = test::small_world(open);
    CalibrationOptions options;
    options.trade_elasticity = {3.0, 5.0, 7.0};
    const Calibration base = calibrate(a, options);
    for (const Closure& closure : {short_run(), long_run()}) {
      const Economy baseline = baseline_economy(base, closure);
      std::vector<const Shock*> not_counted;
      // Purchases in their columns, a change of supplier, cheaper trade, a tariff that goes, productivity.
      const std::vector<Shock> shocks = {shock_with(std::vector<FinalDemand>{{1, 0, 4.0}, {7, 3, 2.0}}),
                                         shock_with(std::vector<Sourcing>{{2, 0, 3, 1.0}}),
                                         shock_with(TradeCost{1, 2, 1, 0.9}),
                                         shock_with(TariffRate{3, 1, 0, 0.02}),
                                         shock_with(TariffRate{3, 2, 0, 0.0}),
                                         shock_with(Productivity{4, ProductivityKind::total_factor, 1.1})};
      std::vector<const Shock*> pointers;
      for (const Shock& shock : shocks) pointers.push_back(&shock);
      const Economy economy = economy_with(baseline, pointers, not_counted);
      REQUIRE(not_counted.empty());
      const Equilibrium before = solve_equilibrium(baseline), found = solve_equilibrium(economy);
      REQUIRE(found.solved());
      Accounts after = accounts_after(economy, found, before.flows);
      enter_border_costs(after, pointers);
      CHECK(after.border_costs[0].tariff == 0.02);
      CHECK(after.border_costs[1].tariff == 0.0);
      CHECK_FALSE(has_errors(check_accounts(after, "after")));
      const Calibration again = calibrate(after, options);
      const Equilibrium same = solve_equilibrium(baseline_economy(again, closure));
      REQUIRE(same.solved());
      CHECK(same.iterations == 1);  // hats of one solve it
      for (std::size_t j = 0; j < a.cells.size(); ++j) {
        CHECK(std::fabs(same.flows.log_cost[j]) < 1e-8);
        CHECK(same.flows.output[j] == Approx(found.flows.output[j]).epsilon(1e-8));
      }
      for (std::size_t q = 0; q < found.flows.sales.rows; ++q)
        for (std::size_t r = 0; r < found.flows.sales.columns; ++r)
          CHECK(same.flows.sales(q, r) == Approx(found.flows.sales(q, r)).margin(1e-8));
      // What the measure bought is an ordinary purchase of its column now.
      const double bought = 4.0 * std::exp(found.flows.log_cost[1]) + 2.0 * std::exp(found.flows.log_cost[7]);
      for (std::size_t r = 0; r < base.regions.size(); ++r)
        CHECK(again.spending[r] == Approx(found.flows.spending[r] + (r == 0 ? bought : 0.0)).epsilon(1e-9));
    }
  }
}

TEST_CASE("accounts after: jobs follow employment, other satellites the quantity made") {
  Accounts a = test::small_world(false);
  a.satellites = {{"jobs", "Jobs", "persons", false, Resolution::cell, {}, ""}, {"co2", "CO2", "kt", false, Resolution::cell, {}, ""}};
  Matrix s(2, a.cells.size(), 10.0);
  s(1, 3) = std::nan("");
  a.satellite = std::move(s);
  CalibrationOptions options;
  options.trade_elasticity = {3.0, 5.0, 7.0};
  const Calibration base = calibrate(a, options);
  const Economy baseline = baseline_economy(base, short_run());
  const Equilibrium before = solve_equilibrium(baseline), found = solve_equilibrium(shocked(baseline, false));
  REQUIRE(found.solved());
  const Accounts after = accounts_after(shocked(baseline, false), found, before.flows);
  CHECK(std::isnan(after.satellite(1, 3)));
  const auto quantity = [](const Flows& f, std::size_t j) { return f.output[j] * std::exp(-f.log_cost[j]); };
  CHECK(after.satellite(1, 0) == Approx(10.0 * quantity(found.flows, 0) / quantity(before.flows, 0)).epsilon(1e-12));
  const double heads =
      found.flows.labour_pay[0] / before.flows.labour_pay[0] * std::exp(before.flows.log_wage[0] - found.flows.log_wage[0]);
  CHECK(after.satellite(0, 0) == Approx(10.0 * heads).epsilon(1e-12));
}
