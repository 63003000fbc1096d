// What must hold whatever the closure: the accounts come back, scale and order do not matter, the parts of real income add
// up; and what each kind of shock does in a small world.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "equilibrium_world.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/model/leontief.h"
#include "kontor/model/real_income_parts.h"

using namespace kontor;

namespace {

const CalibrationOptions plain = test::all_options().front();

// Closures under which the accounts themselves are the equilibrium: imbalances as they are.
std::vector<Closure> closures_of_the_accounts() {
  std::vector<Closure> all;
  for (const Closure& c : test::all_closures())
    if (c.imbalance != ImbalanceRule::zero && c.budget != BudgetRule::transfer) all.push_back(c);
  return all;
}

double largest(const std::vector<double>& values) {
  double m = 0.0;
  for (const double v : values) m = std::max(m, std::fabs(v));
  return m;
}

Shock shock_of(Change change) { return {std::move(change), "M1", 2020, Step::stated, false, "programme.toml:1", false}; }

Equilibrium solved_with(const Economy& baseline, const std::vector<Shock>& shocks, Economy* entered = nullptr) {
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  const Economy economy = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  if (entered) *entered = economy;
  return EquilibriumSolver(baseline).solve(economy);
}

Accounts in_other_money(Accounts a, double factor) {
  for (Block* block : {&a.intermediate, &a.final_use, &a.imports_intermediate, &a.imports_final, &a.primary, &a.primary_final, &a.output}) {
    Matrix m = block->copy();
    for (double& v : m.values) v *= factor;
    *block = std::move(m);
  }
  return a;
}

// The same accounts with the cells from last to first.
Accounts backwards(Accounts a) {
  const std::size_t n = a.cells.size();
  std::reverse(a.cells.begin(), a.cells.end());
  const auto turned = [n](const Block& block, bool rows, bool columns) {
    Matrix m(block.rows(), block.columns());
    for (std::size_t i = 0; i < m.rows; ++i)
      for (std::size_t j = 0; j < m.columns; ++j) m(i, j) = block(rows ? n - 1 - i : i, columns ? n - 1 - j : j);
    return m;
  };
  a.intermediate = turned(a.intermediate, true, true), a.final_use = turned(a.final_use, true, false);
  a.imports_intermediate = turned(a.imports_intermediate, false, true), a.primary = turned(a.primary, false, true);
  a.output = turned(a.output, false, true);
  return a;
}

Closure one_factor(ImbalanceRule imbalance = ImbalanceRule::share) {
  Closure c;
  c.labour = LabourRule::fixed, c.capital = CapitalRule::mobile, c.imbalance = imbalance;
  return c;
}

}  // namespace

TEST_CASE("before any shock the accounts come back to 1e-9, under every closure that keeps their imbalances") {
  for (const bool open : {false, true}) {
    const Accounts world = test::small_world(open);
    for (const CalibrationOptions& options : test::all_options()) {
      const Calibration base = calibrate(world, options);
      for (const Closure& closure : closures_of_the_accounts()) {
        INFO(closure.name << (open ? ", open" : ", closed"));
        const Equilibrium found = solve_equilibrium(baseline_economy(base, closure));
        REQUIRE(found.solved());
        CHECK(largest(found.flows.log_cost) <= 1e-9);
        for (std::size_t j = 0; j < base.output.size(); ++j) CHECK(found.flows.output[j] == Approx(base.output[j]).epsilon(1e-9));
        for (std::size_t r = 0; r < base.regions.size(); ++r) CHECK(found.flows.spending[r] == Approx(base.spending[r]).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("the shipped accounts come back to 1e-9") {
  for (const char* folder : {"/data/finland-2014", "/data/world-2011"}) {
    const Accounts accounts = read_accounts(std::string(KONTOR_SOURCE_DIR) + folder);
    std::vector<std::string> used;
    const Calibration base = calibrate(accounts, calibration_options(accounts, {}, used));
    CHECK(used.size() >= accounts.sectors.size());  // an elasticity for each sector, with its source
    for (const Closure& closure : {short_run(), long_run()}) {
      const Equilibrium found = solve_equilibrium(baseline_economy(base, closure));
      REQUIRE(found.solved());
      CHECK(largest(found.flows.log_cost) <= 1e-9);
    }
  }
}

TEST_CASE("neither the unit of money nor the order of the cells changes an answer") {
  for (const bool open : {false, true}) {
    const Accounts world = test::small_world(open), dollars = in_other_money(world, 1000.0), turned = backwards(world);
    const Calibration base = calibrate(world, plain), in_dollars = calibrate(dollars, plain), other_way = calibrate(turned, plain);
    for (const Closure& closure : closures_of_the_accounts()) {
      INFO(closure.name << (open ? ", open" : ", closed"));
      const auto after = [&](const Calibration& c, int cell) {
        Economy economy = baseline_economy(c, closure);
        economy.cost_shift[static_cast<std::size_t>(cell)] = -0.1;
        return solve_equilibrium(economy);
      };
      const Equilibrium one = after(base, 1), thousand = after(in_dollars, 1), last = after(other_way, 7);
      REQUIRE((one.solved() && thousand.solved() && last.solved()));
      for (std::size_t j = 0; j < 9; ++j) {
        CHECK(thousand.flows.log_cost[j] == Approx(one.flows.log_cost[j]).margin(1e-8));
        CHECK(last.flows.log_cost[8 - j] == Approx(one.flows.log_cost[j]).margin(1e-8));
        CHECK(thousand.flows.output[j] == Approx(1000.0 * one.flows.output[j]).epsilon(1e-8));
      }
    }
  }
}

TEST_CASE("with prices, returns and spending held, new demand is the fixed-price model's") {
  const Accounts world = test::small_world(false);
  const Calibration base = calibrate(world, plain);
  Mechanisms nothing;
  nothing.capacity = nothing.wages = nothing.incomes = nothing.ownership = false;
  const Economy baseline = baseline_economy(base, one_factor(), nothing);
  const std::vector<Shock> shocks = {shock_of(std::vector<FinalDemand>{{1, 0, 5.0}, {6, 2, -2.0}})};
  const Equilibrium before = solve_equilibrium(baseline), after = solved_with(baseline, shocks);
  REQUIRE((before.solved() && after.solved()));
  const LeontiefSystem system(world);
  const std::vector<LeontiefSolution> gross = solve_leontief(system, {{2020, {&shocks.front()}}});
  for (std::size_t j = 0; j < 8; ++j) {
    const double goods = 1.0 - base.value_added[j] - base.tax_share[j];
    INFO(j);
    CHECK(after.flows.output[j] - before.flows.output[j] == Approx(gross[0].output[j]).margin(1e-7));
    CHECK(after.flows.value_added[j] - before.flows.value_added[j] ==
          Approx(gross[0].output[j] * (1.0 - base.tax_share[j] - goods)).margin(1e-7));
  }
}

TEST_CASE("a share is reached by tariff, subsidy and procurement, each with its own budget") {
  const Accounts world = test::small_world(true);
  const Calibration base = calibrate(world, plain);
  const Economy baseline = baseline_economy(base, one_factor());
  const Equilibrium before = solve_equilibrium(baseline);
  for (const Instrument instrument : {Instrument::tariff, Instrument::subsidy, Instrument::procurement}) {
    Target target;
    target.sector = 1, target.instrument = instrument;
    for (int buyer = 0; buyer < 3; ++buyer) target.moves.push_back({buyer, 7, 1, 0.3 * purchase(world, 7, buyer)});
    Economy entered;
    const Equilibrium after = solved_with(baseline, {shock_of(target)}, &entered);
    REQUIRE(after.solved());
    REQUIRE(entered.targets.size() == 1);
    CHECK(after.flows.target_share[0] == Approx(entered.targets[0].share).margin(1e-9));
    CHECK((after.flows.log_wedge[0] < 0.0) == (instrument == Instrument::subsidy));
    const double revenue = after.flows.wedge_revenue[0] - before.flows.wedge_revenue[0];
    CHECK((revenue < 0.0) == (instrument == Instrument::subsidy));
  }
}

TEST_CASE("two targets that put a wedge on the same purchases are refused") {
  const Accounts world = test::small_world(false);
  const Calibration base = calibrate(world, plain);
  const Economy baseline = baseline_economy(base, one_factor());
  Target target;
  target.sector = 1;
  target.moves = {{0, 7, 1, 0.3 * purchase(world, 7, 0)}};
  const Shock first = shock_of(target), second = shock_of(target);
  std::vector<const Shock*> not_counted;
  CHECK_THROWS_AS(economy_with(baseline, {&first, &second}, not_counted), Error);
}

TEST_CASE("money paid is spent less by the payer and more by the receiver; what is built is nobody's consumption") {
  const Accounts world = test::small_world(false);
  const Calibration base = calibrate(world, plain);
  const Economy baseline = baseline_economy(base, one_factor());
  const Equilibrium before = solve_equilibrium(baseline);
  const Equilibrium paid = solved_with(baseline, {shock_of(Transfer{1, 3, 4.0})});
  CHECK(paid.flows.spending[0] < before.flows.spending[0]);
  CHECK(paid.flows.spending[2] > before.flows.spending[2]);
  Economy used, built;
  Shock purchase = shock_of(std::vector<FinalDemand>{{1, 0, 4.0}});
  solved_with(baseline, {purchase}, &used);
  purchase.building = true;
  solved_with(baseline, {purchase}, &built);
  CHECK(used.consumed[0] == Approx(4.0));
  CHECK(built.consumed[0] == 0.0);
}

TEST_CASE("what owners elsewhere earn of added capital, the host does not") {
  const Accounts world = test::small_world(false);
  const Calibration base = calibrate(world, plain);
  Closure closure = one_factor();
  closure.capital = CapitalRule::fixed;
  const Economy baseline = baseline_economy(base, closure);
  const Shock capital = shock_of(FactorSupply{0, 1, 1.5}), owner = shock_of(Ownership{3, 0, 1, 1.0});
  const Equilibrium own = solved_with(baseline, {capital}), foreign = solved_with(baseline, {capital, owner});
  const double rent = foreign.flows.capital_pay[0] * (1.0 - 1.0 / 1.5);
  CHECK(foreign.flows.earned_income[0] - foreign.flows.owned_income[0] == Approx(rent).epsilon(1e-9));
  CHECK(foreign.flows.owned_income[2] - foreign.flows.earned_income[2] == Approx(rent).epsilon(1e-9));
  CHECK(own.flows.owned_income[0] == Approx(own.flows.earned_income[0]).epsilon(1e-9));
  CHECK(own.flows.log_capital[0] < 0.0);  // more of it earns less a piece
}

TEST_CASE("cheaper transport saves resources, a lower tariff costs revenue, and trade answers more where the elasticity is larger") {
  const Accounts world = test::small_world(false);
  const auto imports = [&](double theta, const Change& change, double* revenue) {
    CalibrationOptions options = plain;
    options.trade_elasticity.assign(3, theta);
    const Calibration base = calibrate(world, options);
    const Economy baseline = baseline_economy(base, one_factor());
    const Equilibrium before = solve_equilibrium(baseline), after = solved_with(baseline, {shock_of(change)});
    if (revenue) *revenue = after.flows.wedge_revenue[0] - before.flows.wedge_revenue[0];
    const auto row = static_cast<std::size_t>(base.row_of_cell[6]);  // B's product 1 in A1
    return after.flows.sales(row, 0) / before.flows.sales(row, 0);
  };
  double of_tariff = 0.0;
  CHECK(imports(3.0, TradeCost{3, 1, 0, 0.95}, nullptr) > 1.0);
  CHECK(imports(6.0, TradeCost{3, 1, 0, 0.95}, nullptr) > imports(3.0, TradeCost{3, 1, 0, 0.95}, nullptr));
  CHECK(imports(3.0, TariffRate{3, 1, 0, 0.0}, &of_tariff) > 1.0);
  CHECK(of_tariff < 0.0);
}

TEST_CASE("people who hardly move are people who do not") {
  const Accounts world = test::small_world(false);
  const Calibration base = calibrate(world, plain);
  Closure still = one_factor(), slow = still, fast = still;
  slow.labour = fast.labour = LabourRule::mobile;
  slow.labour_elasticity = 1e-9, fast.labour_elasticity = 5.0;
  const std::vector<Shock> shocks = {shock_of(Productivity{1, ProductivityKind::total_factor, 1.2})};
  const Equilibrium a = solved_with(baseline_economy(base, still), shocks), b = solved_with(baseline_economy(base, slow), shocks),
                    c = solved_with(baseline_economy(base, fast), shocks);
  for (std::size_t j = 0; j < 9; ++j) CHECK(b.flows.log_cost[j] == Approx(a.flows.log_cost[j]).margin(1e-8));
  CHECK(c.flows.log_labour[0] > 1e-3);  // to where it pays
  CHECK(c.flows.log_labour[1] < 0.0);
}

TEST_CASE("the limit of the substitution between inputs is Cobb-Douglas") {
  const Accounts world = test::small_world(true);
  CalibrationOptions near = plain;
  near.substitution_inputs = near.substitution_value_added = 1.0 + 1e-4;
  const Calibration base = calibrate(world, plain), other = calibrate(world, near);
  const std::vector<Shock> shocks = {shock_of(Productivity{1, ProductivityKind::total_factor, 1.1})};
  const Equilibrium a = solved_with(baseline_economy(base, short_run()), shocks),
                    b = solved_with(baseline_economy(other, short_run()), shocks);
  for (std::size_t j = 0; j < 9; ++j) CHECK(b.flows.log_cost[j] == Approx(a.flows.log_cost[j]).margin(1e-4));  // first order in the step
}

TEST_CASE("the parts of real income add up for every kind of shock, and each kind shows in its own part") {
  const auto part_of = [](const std::string& name) {
    return static_cast<std::size_t>(std::find(real_income_part_names.begin(), real_income_part_names.end(), name) -
                                    real_income_part_names.begin());
  };
  for (const bool open : {false, true}) {
    const Accounts world = test::small_world(open);
    const Calibration base = calibrate(world, plain);
    for (const Closure& closure : {short_run(), long_run(), one_factor()}) {
      const Economy baseline = baseline_economy(base, closure);
      const EquilibriumSolver solver(baseline);
      const Equilibrium before = solver.solve(baseline);
      const auto split = [&](Change change) {
        Economy entered;
        const Equilibrium after = solved_with(baseline, {shock_of(std::move(change))}, &entered);
        entered.wedge_revenue_before = before.flows.wedge_revenue;
        const RealIncomeParts parts = split_real_income(solver, baseline, before, entered, solver.solve(entered));
        REQUIRE(parts.solved);
        for (std::size_t r = 0; r < base.regions.size(); ++r) {
          double size = 0.0;
          for (const auto& part : parts.parts) size += std::fabs(part[r]);
          INFO(closure.name << (open ? ", open, " : ", closed, ") << r);
          // The error of Richardson's extrapolation falls with the fourth power of eight steps.
          CHECK(std::fabs(parts.error[r]) <= 1e-5 * size + 1e-9);
        }
        return parts;
      };
      CHECK(split(TradeCost{3, 1, 0, 0.95}).parts[part_of("efficiency")][0] > 0.0);
      CHECK(split(Productivity{1, ProductivityKind::total_factor, 1.05}).parts[part_of("efficiency")][0] > 0.0);
      CHECK(split(Transfer{1, 3, 4.0}).parts[part_of("budget")][0] < 0.0);
      CHECK(split(TariffRate{3, 1, 0, 0.0}).parts[part_of("volume of trade")][0] > 0.0);
      split(std::vector<FinalDemand>{{1, 0, 2.0}});
      split(Rent{3, 1, 0, 0.98});
      split(FactorSupply{0, 1, 1.1});
    }
  }
}
