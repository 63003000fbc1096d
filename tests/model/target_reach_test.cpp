// Shares that an instrument reaches, within bounds that are printed, and those that it does not.
#include "kontor/model/target_reach.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "closures_world.h"

using namespace kontor;
using test::PaperWorld;
using test::shock_of;

namespace {

// Households of region 0 shall buy of product 2 from home what they buy from the others today.
Target households(const PaperWorld& w, const Accounts& world, double part, Instrument instrument) {
  Target target;
  target.sector = w.sector(1), target.instrument = instrument;
  const int buyer = buyer_of_final_use(world, 0);
  for (const int seller : {w.cell(1, 1), w.cell(2, 1)})
    target.moves.push_back({buyer, seller, w.cell(0, 1), part * purchase(world, seller, buyer)});
  return target;
}

Economy entered(const Economy& baseline, const Shock& shock) {
  std::vector<const Shock*> not_counted;
  return economy_with(baseline, {&shock}, not_counted);
}

}  // namespace

TEST_CASE("on paper: with incomes, wages and costs held, a tariff of 400 % leaves 5^-theta of the share of those it is on") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  Mechanisms nothing;
  nothing.capacity = nothing.wages = nothing.incomes = nothing.ownership = false;
  const Economy baseline = baseline_economy(base, short_run(), nothing);
  const int buyer = buyer_of_final_use(world, 0);
  const double home = purchase(world, w.cell(0, 1), buyer),
               others = purchase(world, w.cell(1, 1), buyer) + purchase(world, w.cell(2, 1), buyer);
  const double theta = 6.0, at_bound = home / (home + others * std::pow(5.0, -theta));
  const EquilibriumSolver solver(baseline);
  // Just below the bound's share it is reached; half way from there to all it is not.
  for (const double wanted : {at_bound - 1e-4 * (1.0 - at_bound), 0.5 * (1.0 + at_bound)}) {
    Economy economy = entered(baseline, shock_of(households(w, world, 0.5, Instrument::tariff)));
    REQUIRE(economy.targets.size() == 1);
    economy.targets[0].share = wanted;
    const Reached reached = solve_within_reach(solver, economy);
    if (wanted < at_bound) {
      CHECK(reached.out_of_reach.empty());
      REQUIRE(reached.solution.solved());
      CHECK(reached.solution.flows.target_share[0] == Approx(wanted).epsilon(1e-9));
      continue;
    }
    REQUIRE(reached.out_of_reach.size() == 1);
    CHECK(reached.out_of_reach[0].largest == Approx(at_bound).epsilon(1e-9));
    CHECK(reached.out_of_reach[0].rate == Approx(4.0));
    CHECK(reached.out_of_reach[0].wanted == wanted);
  }
}

TEST_CASE("a share of all is out of every instrument's reach under every rule for capital, with the largest share beside it") {
  PaperWorld w;
  w.open = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  for (const Closure& closure : {short_run(), long_run()})
    for (const Instrument instrument : {Instrument::tariff, Instrument::subsidy, Instrument::procurement}) {
      INFO(closure.name << " " << static_cast<int>(instrument));
      Target all;
      all.sector = 1, all.instrument = instrument;
      for (const int seller : {w.cell(1, 1), w.cell(2, 1), supplier_of_import(world, 1)})
        all.moves.push_back({0, seller, w.cell(0, 1), purchase(world, seller, 0)});
      const Economy baseline = baseline_economy(base, closure);
      const EquilibriumSolver solver(baseline);
      Economy economy = entered(baseline, shock_of(all));
      const Reached reached = solve_within_reach(solver, economy);
      REQUIRE(reached.out_of_reach.size() == 1);
      const OutOfReach& out = reached.out_of_reach[0];
      CHECK(out.wanted == Approx(1.0));
      CHECK(out.largest < 1.0);
      CHECK(out.largest > purchase(world, w.cell(0, 1), 0) / (purchase(world, w.cell(0, 1), 0) + purchase(world, w.cell(1, 1), 0)));
      CHECK(out.rate == Approx(largest_rate(instrument)));
    }
}

TEST_CASE("a target that cheaper production meets by itself needs no instrument, and has none of the other sign") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  for (const Instrument instrument : {Instrument::tariff, Instrument::subsidy, Instrument::procurement}) {
    const Economy baseline = baseline_economy(base, long_run());
    const Shock target = shock_of(households(w, world, 0.1, instrument)),
                cheaper = shock_of(Productivity{w.cell(0, 1), ProductivityKind::total_factor, 1.5});
    std::vector<const Shock*> not_counted;
    Economy economy = economy_with(baseline, {&target, &cheaper}, not_counted);
    const double wanted = economy.targets[0].share;
    const Reached reached = solve_within_reach(EquilibriumSolver(baseline), economy);
    REQUIRE(reached.solution.solved());
    CHECK(reached.out_of_reach.empty());
    CHECK(economy.targets[0].held);
    CHECK(reached.solution.flows.log_wedge[0] == Approx(0.0).margin(1e-9));
    CHECK(reached.solution.flows.target_share[0] > wanted);
  }
}

TEST_CASE("of two targets the one out of reach is named and the other is not") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  const Economy baseline = baseline_economy(base, short_run());
  Shock easy = shock_of(households(w, world, 0.1, Instrument::tariff)), hard = easy;
  Target all;
  all.sector = w.sector(0), all.instrument = Instrument::subsidy;
  const int buyer = buyer_of_final_use(world, 1);
  for (const int seller : {w.cell(0, 0), w.cell(2, 0)}) all.moves.push_back({buyer, seller, w.cell(1, 0), purchase(world, seller, buyer)});
  hard.change = all, hard.measure = "M2";
  std::vector<const Shock*> not_counted;
  Economy economy = economy_with(baseline, {&easy, &hard}, not_counted);
  const Reached reached = solve_within_reach(EquilibriumSolver(baseline), economy);
  REQUIRE(reached.out_of_reach.size() == 1);
  CHECK(reached.out_of_reach[0].measure == "M2");
}

TEST_CASE("the rent of a procurement rule is the users', whoever closes the budgets") {
  PaperWorld w;  // without tariffs: the rule is all that budgets could feel
  const Accounts world = accounts_of(w);
  const Calibration base = calibrate(world, options_of(w));
  for (const LabourRule labour : {LabourRule::fixed, LabourRule::real_wage}) {
    Flows first;
    for (const BudgetRule budget : {BudgetRule::lump_sum, BudgetRule::tax, BudgetRule::transfer}) {
      Closure closure{rule_name(budget), labour, CapitalRule::fixed, ImbalanceRule::share, budget, 1.5, {{w.region(2), 1.0}}};
      INFO(closure.name);
      const Economy baseline = baseline_economy(base, closure);
      const EquilibriumSolver solver(baseline);
      Economy economy = entered(baseline, shock_of(households(w, world, 0.3, Instrument::procurement)));
      economy.wedge_revenue_before = solver.solve(baseline).flows.wedge_revenue;
      const Equilibrium found = solver.solve(economy);
      REQUIRE(found.solved());
      const Flows& f = found.flows;
      CHECK(f.rule_rent[0] > 0.0);
      CHECK(f.rule_rent[0] == Approx(f.wedge_revenue[0]).epsilon(1e-9));
      for (const std::size_t r : {0u, 1u, 2u}) CHECK(f.need[r] == Approx(0.0).margin(1e-9));
      if (budget == BudgetRule::lump_sum) {
        first = f;
        continue;
      }
      for (std::size_t r = 0; r < 3; ++r) CHECK(f.spending[r] == Approx(first.spending[r]).epsilon(1e-8));
      for (std::size_t j = 0; j < f.log_cost.size(); ++j) CHECK(f.log_cost[j] == Approx(first.log_cost[j]).margin(1e-8));
    }
  }
}
