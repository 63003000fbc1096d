// Limits of capacity: no cell makes more than its limit, a full one sells above its cost, and its owners earn the difference.
#include <catch2/catch.hpp>
#include <cmath>

#include "closures_world.h"
#include "kontor/base/error.h"
#include "kontor/model/certify.h"
#include "kontor/model/newton.h"
#include "kontor/model/real_income_parts.h"

using namespace kontor;
using test::PaperWorld;
using test::shock_of;

namespace {

double quantity(const Flows& f, std::size_t j) { return f.output[j] * std::exp(-f.log_cost[j]); }

double sum(const std::vector<double>& v) {
  double s = 0.0;
  for (const double x : v) s += x;
  return s;
}

// One region that sells all of its one product abroad and lives on what it buys there: 100 of each, made by labour alone
// (and by capital, if asked for).
Accounts exporter(double capital = 0.0) {
  Accounts a;
  a.title = "exporter", a.year = 2020, a.currency = "EUR";
  a.regions = {{"H", "home", "", false}, {"X", "abroad", "", true}};
  a.sectors = {{"1", "made", ""}, {"2", "bought", ""}};
  a.cells = {{0, 0, 0}};
  a.imports = {{1, 1}};
  a.categories = {{"C", "households", FinalRole::household}, {"E", "exports", FinalRole::exports}};
  a.final_uses = {{0, 0}, {1, 1}};
  a.primary_rows = {{"L", "wages", PrimaryRole::labour, true}, {"K", "surplus", PrimaryRole::capital, true}};
  Matrix z(1, 1), y(1, 2), zi(1, 1), yi(1, 2), x(1, 1), v(2, 1);
  y(0, 1) = yi(0, 0) = x(0, 0) = 100.0;
  v(0, 0) = 100.0 - capital, v(1, 0) = capital;
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.imports_intermediate = std::move(zi), a.imports_final = std::move(yi);
  return a;
}

CalibrationOptions elasticities(double theta) {
  CalibrationOptions options;
  options.trade_elasticity = {theta, theta};
  return options;
}

// Wages follow prices, which are abroad's: unit cost stands still however much is made.
const Closure flat_supply = {"flat", LabourRule::real_wage, CapitalRule::mobile, ImbalanceRule::share, BudgetRule::lump_sum, 1.5, {}};

struct Pair {
  Economy economy;
  Equilibrium before, after;
};

Pair solve_pair(const Calibration& base, const Closure& closure, const std::vector<Shock>& shocks) {
  const Economy baseline = baseline_economy(base, closure);
  const EquilibriumSolver solver(baseline);
  Pair p;
  p.before = solver.solve(baseline);
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  p.economy = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  p.economy.wedge_revenue_before = p.before.flows.wedge_revenue;
  p.after = solver.solve(p.economy);
  INFO(closure.name << ": " << p.after.outcome);
  REQUIRE(p.before.solved());
  REQUIRE(p.after.solved());
  return p;
}

// More demand for product 1 of region 0 than the accounts hold.
std::vector<Shock> boom(const PaperWorld& w) {
  return {shock_of(std::vector<FinalDemand>{{w.cell(0, 0), 0, 6.0}}), shock_of(TradeCost{w.region(0), w.region(2), w.sector(0), 0.8})};
}

}  // namespace

TEST_CASE("on paper: an exporter with room for 120 of the 150 that abroad would buy at cost sells 120 above cost") {
  // Abroad buys 150 m^-theta in value at price m, that is 150 m^-(1 + theta) in quantity: m = (150 / 120)^(1 / (1 + theta)).
  for (const double theta : {2.0, 4.0, 8.0}) {
    const Accounts world = exporter();
    const Calibration base = calibrate(world, elasticities(theta));
    Economy economy = baseline_economy(base, flat_supply);
    economy.exports[static_cast<std::size_t>(base.row_of_cell[0])] = 150.0;
    economy.limits = {{0, 120.0}};
    const Equilibrium found = solve_equilibrium(economy);
    REQUIRE(found.solved());
    const double m = std::pow(150.0 / 120.0, 1.0 / (1.0 + theta));
    CHECK(quantity(found.flows, 0) == Approx(120.0).epsilon(1e-8));
    CHECK(std::exp(found.flows.log_rent[0]) == Approx(m).epsilon(1e-8));
    CHECK(found.flows.rent[0] == Approx(120.0 * (m - 1.0)).epsilon(1e-7));
    CHECK(found.flows.sales(static_cast<std::size_t>(base.row_of_cell[0]), 1) == Approx(120.0 * m).epsilon(1e-8));
    CHECK(found.flows.spending[0] == Approx(120.0 * m).epsilon(1e-8));  // wages of 120 and the rent
    CHECK(found.flows.earned_income[0] == Approx(120.0 * m).epsilon(1e-8));
    CHECK(certify(economy, found).solved());
  }
}

TEST_CASE("a limit with room left changes nothing and earns nothing") {
  const Accounts world = exporter();
  const Calibration base = calibrate(world, elasticities(4.0));
  Economy free = baseline_economy(base, flat_supply);
  free.exports[static_cast<std::size_t>(base.row_of_cell[0])] = 150.0;
  Economy wide = free;
  wide.limits = {{0, 151.0}};
  const Equilibrium a = solve_equilibrium(free), b = solve_equilibrium(wide);
  REQUIRE((a.solved() && b.solved()));
  CHECK(b.flows.log_rent[0] == Approx(0.0).margin(1e-9));
  CHECK(b.flows.output[0] == Approx(a.flows.output[0]).epsilon(1e-9));
  CHECK(b.flows.spending[0] == Approx(a.flows.spending[0]).epsilon(1e-9));
  // The very amount is no scarcity yet: the corner, where rent and room are both zero.
  wide.limits = {{0, 150.0}};
  const Equilibrium corner = solve_equilibrium(wide);
  REQUIRE(corner.solved());
  CHECK(quantity(corner.flows, 0) == Approx(150.0).epsilon(1e-8));
  CHECK(corner.flows.log_rent[0] == Approx(0.0).margin(1e-8));
}

TEST_CASE("under every closure a full cell makes its limit, markets clear, the owners earn the rent, and it is certified") {
  for (const bool open : {false, true}) {
    PaperWorld w;
    w.open = open, w.tariffs = true;
    const Accounts world = accounts_of(w);
    const Calibration base = calibrate(world, options_of(w));
    const auto j = static_cast<std::size_t>(w.cell(0, 0));
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name << (open ? ", open" : ", closed"));
      const Pair free = solve_pair(base, closure, boom(w));
      const double then = quantity(free.before.flows, j), now = quantity(free.after.flows, j), limit = then + 0.3 * (now - then);
      REQUIRE(now > then);
      std::vector<Shock> shocks = boom(w);
      shocks.push_back(shock_of(Capacity{w.cell(0, 0), limit}));
      const Pair full = solve_pair(base, closure, shocks);
      const Flows& f = full.after.flows;
      CHECK(quantity(f, j) == Approx(limit).epsilon(1e-8));
      CHECK(f.log_rent[j] > 1e-6);
      CHECK(f.log_cost[j] + f.log_rent[j] > free.after.flows.log_cost[j] - 1e-9);  // who buys pays more than if there were room
      CHECK(sum(f.earned_income) == Approx(sum(f.labour_pay) + sum(f.capital_pay) + f.rent[j]).epsilon(1e-9));
      const Certificate c = certify(full.economy, full.after);
      INFO(c.outcome);
      CHECK(c.solved());
      CHECK(c.solutions == 1);
      const Equilibrium newton = solve_by_newton(full.economy);
      REQUIRE(newton.solved());
      CHECK(quantity(newton.flows, j) == Approx(limit).epsilon(1e-8));
      CHECK(newton.flows.log_rent[j] == Approx(f.log_rent[j]).margin(1e-7));
    }
  }
}

TEST_CASE("whoever owns the added capital earns that part of the rent") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  std::vector<Shock> shocks = boom(w);
  shocks.push_back(shock_of(FactorSupply{w.cell(0, 0), 1, 1.25}));
  shocks.push_back(shock_of(Ownership{w.region(2), w.cell(0, 0), 1, 0.5}));
  shocks.push_back(shock_of(Capacity{w.cell(0, 0), base.output[static_cast<std::size_t>(w.cell(0, 0))]}));
  const Pair p = solve_pair(base, short_run(), shocks);
  const auto j = static_cast<std::size_t>(w.cell(0, 0));
  const Flows& f = p.after.flows;
  REQUIRE(f.rent[j] > 0.0);
  const double owned_elsewhere = 0.5 * (1.0 - 1.0 / 1.25) * (f.capital_pay[j] + f.rent[j]);
  CHECK(f.earned_income[0] - f.owned_income[0] == Approx(owned_elsewhere).epsilon(1e-8));
  CHECK(f.owned_income[2] - f.earned_income[2] == Approx(owned_elsewhere).epsilon(1e-8));
}

TEST_CASE("two measures that add capacity to one cell add up, and a limit on an idle cell is not counted") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  const double today = base.output[0];
  const Shock a = shock_of(Capacity{0, today + 3.0}), b = shock_of(Capacity{0, today + 2.0});
  std::vector<const Shock*> not_counted;
  const Economy economy = economy_with(baseline_economy(base, short_run()), {&a, &b}, not_counted);
  REQUIRE(economy.limits.size() == 1);
  CHECK(economy.limits[0].limit == Approx(today + 5.0));
  const Accounts with_idle = test::small_world(false);
  CalibrationOptions options;
  options.trade_elasticity = {3.0, 5.0, 7.0};
  const Calibration idle = calibrate(with_idle, options);
  const Shock c = shock_of(Capacity{8, 5.0});
  CHECK(economy_with(baseline_economy(idle, short_run()), {&c}, not_counted).limits.empty());
  CHECK(not_counted.size() == 1);
}

TEST_CASE("more bought in fixed quantity than a cell can make is refused: no price could ration it") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  const Shock limit = shock_of(Capacity{0, 10.0}), fits = shock_of(std::vector<FinalDemand>{{0, 0, 9.0}}),
              more = shock_of(std::vector<FinalDemand>{{0, 0, 11.0}});
  const Economy baseline = baseline_economy(base, short_run());
  std::vector<const Shock*> not_counted;
  CHECK_NOTHROW(economy_with(baseline, {&limit, &fits}, not_counted));
  try {
    economy_with(baseline, {&limit, &more}, not_counted);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    CHECK_THAT(to_line(error.findings().front()), Catch::Contains("over-capacity") && Catch::Contains("programme.toml:1") &&
                                                      Catch::Contains("can make 10 in 2020") && Catch::Contains("buy 11 of it"));
  }
  Mechanisms free;
  free.capacity = false;  // on the way from gross to net limits are switched on later
  CHECK_NOTHROW(economy_with(baseline_economy(base, short_run(), free), {&limit, &more}, not_counted));
}

TEST_CASE("every cell full at once is solved, and a limit that is switched off does not hold") {
  for (const bool open : {false, true}) {
    const Accounts world = test::small_world(open);
    CalibrationOptions options;
    options.trade_elasticity = {3.0, 5.0, 7.0};
    const Calibration base = calibrate(world, options);
    for (const Closure& closure : {short_run(), long_run()}) {
      INFO(closure.name << open);
      Economy economy = test::shocked(baseline_economy(base, closure), false);
      economy.limits.clear();
      const Equilibrium free = solve_equilibrium(economy);
      REQUIRE(free.solved());
      for (std::size_t j = 0; j < base.output.size(); ++j)
        if (base.output[j] > 0.0) economy.limits.push_back({static_cast<int>(j), (j % 2 == 0 ? 0.97 : 1.01) * quantity(free.flows, j)});
      const Equilibrium full = solve_equilibrium(economy);
      REQUIRE(full.solved());
      std::size_t at_limit = 0;
      for (const Capacity& limit : economy.limits) {
        const auto j = static_cast<std::size_t>(limit.cell);
        CHECK(quantity(full.flows, j) <= limit.limit * (1.0 + 1e-8));
        CHECK(full.flows.log_rent[j] >= -1e-9);
        at_limit += full.flows.log_rent[j] > 1e-6;
      }
      CHECK(at_limit >= 2);
      Economy off = economy;
      off.on.capacity = false;
      const Equilibrium unlimited = solve_equilibrium(off);
      REQUIRE(unlimited.solved());
      CHECK(sum(unlimited.flows.rent) == 0.0);
    }
  }
}

TEST_CASE("the parts of real income add up where a limit binds, and the rent shows among factors and terms of trade") {
  PaperWorld w;
  w.tariffs = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  for (const Closure& closure : {short_run(), long_run()}) {
    std::vector<Shock> shocks = boom(w);
    shocks.push_back(shock_of(Capacity{w.cell(0, 0), 1.005 * base.output[static_cast<std::size_t>(w.cell(0, 0))]}));
    const Pair p = solve_pair(base, closure, shocks);
    REQUIRE(p.after.flows.log_rent[static_cast<std::size_t>(w.cell(0, 0))] > 1e-4);
    const Economy baseline = baseline_economy(base, closure);
    const RealIncomeParts parts = split_real_income(EquilibriumSolver(baseline), baseline, p.before, p.economy, p.after);
    REQUIRE(parts.solved);
    for (std::size_t r = 0; r < 3; ++r) {
      double size = 0.0;
      for (const auto& part : parts.parts) size += std::fabs(part[r]);
      INFO(closure.name << " " << r);
      // The rent sets in at a corner of the path: the trapezoidal rule is of second order there, with steps of an eighth.
      CHECK(std::fabs(parts.error[r]) <= 1e-2 * size);
    }
  }
}
