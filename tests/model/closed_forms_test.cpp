// Equilibria that have an answer on paper, and shocks whose sign or size economics fixes.
#include <catch2/catch.hpp>
#include <cmath>

#include "closures_world.h"
#include "kontor/model/leontief.h"

using namespace kontor;
using test::PaperWorld;
using test::shock_of;

namespace {

Closure rules(LabourRule labour, CapitalRule capital, ImbalanceRule imbalance = ImbalanceRule::share) {
  Closure c;
  c.labour = labour, c.capital = capital, c.imbalance = imbalance;
  return c;
}

// Labour is all there is and stays where it is.
const Closure one_factor = rules(LabourRule::fixed, CapitalRule::mobile);

std::vector<Closure> factor_rules() {
  std::vector<Closure> all;
  for (const LabourRule labour : {LabourRule::fixed, LabourRule::mobile, LabourRule::real_wage})
    for (const CapitalRule capital : {CapitalRule::fixed, CapitalRule::mobile, CapitalRule::world_return}) {
      all.push_back(rules(labour, capital));
      all.back().name = std::string(rule_name(labour)) + " " + rule_name(capital);
    }
  return all;
}

struct Solved2 {
  Economy economy;
  Equilibrium before, after;
};

Solved2 solve(const Calibration& base, const Closure& closure, const std::vector<Shock>& shocks, const Mechanisms& on = {},
              const SolverOptions& options = {}) {
  const Economy baseline = baseline_economy(base, closure, on);
  const EquilibriumSolver solver(baseline);
  Solved2 s;
  s.before = solver.solve(baseline, {}, options);
  REQUIRE(s.before.solved());
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  s.economy = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  s.economy.wedge_revenue_before = s.before.flows.wedge_revenue;
  s.after = solver.solve(s.economy, {}, options);
  INFO(s.after.outcome);
  REQUIRE(s.after.solved());
  return s;
}

// ln of the real wage by the identity  a' (I - G')^-1 (ln T - 1/theta ln share of home), Caliendo and Parro 2015, equation 15.
double real_wage_of(const Calibration& base, std::size_t region, const double (&log_home)[2], const double (&log_productivity)[2]) {
  const std::size_t first = 2 * region;  // the region's cells: products 0 and 1
  const auto g = [&](std::size_t input, std::size_t product) {
    return base.share(static_cast<std::size_t>(base.cell_user[first + product]), input);
  };
  double right[2];
  for (std::size_t k = 0; k < 2; ++k) right[k] = log_productivity[k] - log_home[k] / base.elasticity[k];
  const double a = 1.0 - g(0, 0), b = -g(1, 0), c = -g(0, 1), d = 1.0 - g(1, 1), det = a * d - b * c;
  const double minus_price[2] = {(d * right[0] - b * right[1]) / det, (a * right[1] - c * right[0]) / det};
  for (std::size_t u = 0; u < base.user_cell.size(); ++u)
    if (base.user_cell[u] < 0 && base.group_region[static_cast<std::size_t>(base.user_group[u])] == static_cast<int>(region))
      return base.share(u, 0) * minus_price[0] + base.share(u, 1) * minus_price[1];
  return std::nan("");
}

double home_share(const Calibration& base, const Flows& f, std::size_t region, std::size_t product) {
  double all = 0.0;
  for (int q = base.first_row[product]; q < base.first_row[product + 1]; ++q) all += f.sales(static_cast<std::size_t>(q), region);
  return f.sales(static_cast<std::size_t>(base.row_of_cell[2 * region + product]), region) / all;
}

Calibration calibrated(const Accounts& accounts, const PaperWorld& w, SourcingBy by = SourcingBy::user) {
  CalibrationOptions options = options_of(w);
  options.sourcing = by;
  return calibrate(accounts, options);
}

// Every flow between regions costs `ratio` times as much to ship.
std::vector<Shock> all_borders(const PaperWorld& w, double ratio) {
  std::vector<Shock> all;
  for (std::size_t r = 0; r < w.pieces.size(); ++r)
    for (std::size_t s = 0; s < w.pieces.size(); ++s)
      for (int i = 0; i < 2 && r != s; ++i) all.push_back(shock_of(TradeCost{w.region(r), w.region(s), i, ratio}));
  return all;
}

}  // namespace

TEST_CASE("the real wage follows from the shares that are bought at home") {
  PaperWorld w;
  w.labour_only = w.unbalanced = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w, SourcingBy::region);
  std::vector<Shock> shocks = test::programme_on(w);
  shocks.push_back(shock_of(TradeCost{w.region(0), w.region(1), 1, 1.2}));
  for (const ImbalanceRule imbalance : {ImbalanceRule::zero, ImbalanceRule::fixed, ImbalanceRule::share}) {
    const Solved2 s = solve(base, rules(LabourRule::fixed, CapitalRule::mobile, imbalance), shocks);
    for (std::size_t r = 0; r < 3; ++r) {
      double log_home[2];
      for (std::size_t k = 0; k < 2; ++k)  // against the accounts, whose prices are one
        log_home[k] =
            std::log(home_share(base, s.after.flows, r, k) / base.weight(static_cast<std::size_t>(base.row_of_cell[2 * r + k]), r));
      const double productivity[2] = {0.0, r == 0 ? 0.05 : 0.0};
      if (r == 0) continue;  // the programme's own purchases there are sales as well, but follow no price
      CHECK(s.after.flows.log_wage[r] - s.after.flows.log_index[r] == Approx(real_wage_of(base, r, log_home, productivity)).margin(1e-9));
    }
  }
}

TEST_CASE("behind closed borders the real wage is the closed form's") {
  PaperWorld w;
  w.labour_only = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w, SourcingBy::region);
  // 3000^-4 is 1e-14: nothing is left of trade.
  const Solved2 s = solve(base, rules(LabourRule::fixed, CapitalRule::mobile, ImbalanceRule::zero), all_borders(w, 3000.0));
  for (std::size_t r = 0; r < 3; ++r) {
    double log_home[2];
    for (std::size_t k = 0; k < 2; ++k) log_home[k] = -std::log(base.weight(static_cast<std::size_t>(base.row_of_cell[2 * r + k]), r));
    const double expected = real_wage_of(base, r, log_home, {0.0, 0.0});
    CHECK(expected < 0.0);  // trade was a gain
    CHECK(s.after.flows.log_wage[r] - s.after.flows.log_index[r] == Approx(expected).margin(1e-9));
    CHECK(std::log(s.after.flows.spending[r] / base.spending[r]) - s.after.flows.log_index[r] == Approx(expected).margin(1e-9));
  }
}

TEST_CASE("two regions that are alike stay alike, and gain what the closed form says") {
  PaperWorld w;
  w.labour_only = true;
  w.pieces = {{2}, {2}};
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  const double cost = 0.9;
  const Solved2 s = solve(base, one_factor, all_borders(w, cost));
  // Half of all is bought at home: its share becomes 1 / (1 + cost^-theta).
  const double log_home[2] = {-std::log(0.5 + 0.5 * std::pow(cost, -4.0)), -std::log(0.5 + 0.5 * std::pow(cost, -6.0))};
  for (std::size_t r = 0; r < 2; ++r) {
    CHECK(s.after.flows.log_wage[r] == Approx(0.0).margin(1e-10));  // world value added is the yardstick
    CHECK(-s.after.flows.log_index[r] == Approx(real_wage_of(base, r, log_home, {0.0, 0.0})).margin(1e-9));
    CHECK(s.after.flows.spending[r] == Approx(base.spending[r]).epsilon(1e-9));
  }
}

TEST_CASE("one per cent more productivity in one cell of one region, on paper") {
  PaperWorld w;
  w.labour_only = true;
  w.pieces = {{2}};
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  const double t = std::log(1.01);
  const Solved2 s = solve(base, one_factor, {shock_of(Productivity{0, ProductivityKind::total_factor, 1.01})});
  // Wages stay. ln c1 = 2/11 ln c1 + 1/11 ln c2 - t and ln c2 = 3/14 ln c1 + 4/14 ln c2, so ln c2 = 0.3 ln c1, 8.7 ln c1 = -11 t.
  const Flows& f = s.after.flows;
  CHECK(f.log_cost[0] == Approx(-11.0 * t / 8.7).margin(1e-11));
  CHECK(f.log_cost[1] == Approx(-3.3 * t / 8.7).margin(1e-11));
  CHECK(f.log_index[0] == Approx(-(0.4 * 11.0 + 0.6 * 3.3) * t / 8.7).margin(1e-11));  // people buy 6 and 9
  CHECK(f.spending[0] == Approx(base.spending[0]).epsilon(1e-10));
  CHECK(f.output[0] == Approx(base.output[0]).epsilon(1e-10));  // in money; in quantity 11/8.7 per cent more
  // Real value added: 9 x 11 of product 1 and 9 x 14 of product 2 at these prices, less inputs at theirs.
  const double c1 = std::exp(f.log_cost[0]), c2 = std::exp(f.log_cost[1]);
  CHECK(f.value_added[0] == Approx(9.0 * (11.0 / c1 - 2.0 / c1 - 1.0 / c2)).epsilon(1e-10));
  CHECK(f.value_added[1] == Approx(9.0 * (14.0 / c2 - 3.0 / c1 - 4.0 / c2)).epsilon(1e-10));
}

TEST_CASE("a tariff, a rent and a subsidy of the same size are the same price; cheaper transport is more, for it costs nobody") {
  PaperWorld w;
  w.tariffs = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  const int from = w.region(2), to = w.region(0);  // at a tariff of 8 per cent on product 1
  for (const Closure& closure : factor_rules()) {
    INFO(closure.name);
    const auto flows = [&](Change change) { return solve(base, closure, {shock_of(std::move(change))}); };
    const Solved2 tariff = flows(TariffRate{from, to, 0, 0.0}), rent = flows(Rent{from, to, 0, 1.0 / 1.08}),
                  subsidy = flows(Subsidy{from, to, 0, 1.0 - 1.0 / 1.08}), road = flows(TradeCost{from, to, 0, 1.0 / 1.08});
    for (std::size_t j = 0; j < 6; ++j) {
      CHECK(rent.after.flows.log_cost[j] == Approx(tariff.after.flows.log_cost[j]).margin(1e-9));
      CHECK(subsidy.after.flows.log_cost[j] == Approx(tariff.after.flows.log_cost[j]).margin(1e-9));
    }
    const auto lost = [](const Solved2& s) { return s.after.flows.wedge_revenue[0] - s.before.flows.wedge_revenue[0]; };
    const auto real = [&](const Solved2& s) { return std::log(s.after.flows.spending[0] / base.spending[0]) - s.after.flows.log_index[0]; };
    CHECK(lost(tariff) < 0.0);
    CHECK(tariff.after.flows.need[0] == Approx(-lost(tariff)));
    CHECK(lost(road) > 0.0);  // more passes the customs house
    CHECK(real(road) > real(tariff));
    CHECK(real(road) > 0.0);
  }
}

TEST_CASE("a share is reached by every instrument under every rule for labour and capital, and the budget feels its sign") {
  PaperWorld w;
  w.open = true;  // no tariffs yet: a higher one could bring in less
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  for (const Closure& closure : factor_rules())
    for (const Instrument instrument : {Instrument::tariff, Instrument::subsidy, Instrument::procurement}) {
      INFO(closure.name << " " << static_cast<int>(instrument));
      Target target;
      target.sector = 1, target.instrument = instrument;
      const int home = w.cell(0, 1), foreign = w.cell(2, 1);
      for (int buyer = 0; buyer < 2; ++buyer) target.moves.push_back({buyer, foreign, home, 0.5 * purchase(world, foreign, buyer)});
      const Solved2 s = solve(base, closure, {shock_of(target)});
      REQUIRE(s.economy.targets.size() == 1);
      CHECK(s.after.flows.target_share[0] == Approx(s.economy.targets[0].share).margin(1e-9));
      CHECK((s.after.flows.log_wedge[0] < 0.0) == (instrument == Instrument::subsidy));
      const double need = s.after.flows.need[0];  // the rent of a rule to buy at home is nobody's revenue
      CHECK((instrument == Instrument::subsidy ? need > 0.0 : instrument == Instrument::tariff ? need < 0.0 : std::fabs(need) <= 1e-9));
    }
}

TEST_CASE("a share that no price can reach is an outcome, not a number") {
  PaperWorld w;
  w.open = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  Target all;
  all.sector = 1, all.instrument = Instrument::subsidy;
  for (const int seller : {w.cell(1, 1), w.cell(2, 1), supplier_of_import(world, 1)})
    all.moves.push_back({0, seller, 1, purchase(world, seller, 0)});
  const Shock shock = shock_of(all);
  const Economy baseline = baseline_economy(base, short_run());
  std::vector<const Shock*> not_counted;
  const Equilibrium found = EquilibriumSolver(baseline).solve(economy_with(baseline, {&shock}, not_counted), {}, {1e-10, 100, 8});
  CHECK_FALSE(found.solved());
  CHECK(found.flows.output.empty());
}

TEST_CASE("what owners elsewhere earn, the host's national income loses, wherever capital can go") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  for (const Closure& closure : factor_rules()) {
    INFO(closure.name);
    const Shock capital = shock_of(FactorSupply{w.cell(0, 0), 1, 1.5}), owner = shock_of(Ownership{w.region(2), w.cell(0, 0), 1, 0.6});
    const Flows own = solve(base, closure, {capital}).after.flows, foreign = solve(base, closure, {capital, owner}).after.flows;
    Mechanisms at_home;
    at_home.ownership = false;
    const Flows without = solve(base, closure, {capital, owner}, at_home).after.flows;
    const auto abroad = [](const Flows& f, std::size_t r) { return f.owned_income[r] - f.earned_income[r]; };
    CHECK(abroad(foreign, 0) < abroad(own, 0));
    CHECK(abroad(foreign, 2) > abroad(own, 2));
    CHECK(abroad(foreign, 0) + abroad(foreign, 1) + abroad(foreign, 2) == Approx(0.0).margin(1e-7));  // closed world
    CHECK(without.spending[0] == Approx(own.spending[0]).epsilon(1e-9));
    if (closure.capital == CapitalRule::world_return) continue;
    CHECK(abroad(own, 0) == Approx(0.0).margin(1e-7));
    CHECK(abroad(foreign, 1) == Approx(0.0).margin(1e-7));
    const double return_now = std::exp(foreign.log_capital[0]), stock = base.value_added[0] * base.capital_part[0] * base.output[0];
    CHECK(abroad(foreign, 2) == Approx(0.6 * 0.5 * stock * return_now).epsilon(1e-8));
  }
}

TEST_CASE("what a named payer pays for, the payer gives up and not the buyer") {
  PaperWorld w;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  for (const Closure& closure : factor_rules()) {
    INFO(closure.name);
    Shock bought = shock_of(std::vector<FinalDemand>{{w.cell(1, 0), 0, 1.0}});
    const Flows buyer = solve(base, closure, {bought}).after.flows,
                payer = solve(base, closure, {bought, shock_of(Transfer{w.region(2), w.region(0), 1.0})}).after.flows;
    CHECK(buyer.spending[0] < base.spending[0]);
    CHECK(payer.spending[2] < buyer.spending[2]);
    CHECK(payer.spending[0] > buyer.spending[0]);
    Closure named = closure;
    named.budget = BudgetRule::transfer, named.payers = {{w.region(2), 1.0}};
    bought.building = true;  // then it is the budget that needs it
    const Flows closed = solve(base, named, {bought}).after.flows;
    CHECK(closed.need[0] == Approx(std::exp(closed.log_cost[static_cast<std::size_t>(w.cell(1, 0))])));
    CHECK(closed.spending[2] < buyer.spending[2]);
    CHECK(closed.spending[0] > buyer.spending[0]);
  }
}

TEST_CASE("mobility without a response is no mobility, wherever capital can go") {
  PaperWorld w;
  w.unbalanced = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  for (const CapitalRule capital : {CapitalRule::fixed, CapitalRule::mobile, CapitalRule::world_return}) {
    Closure still = rules(LabourRule::fixed, capital), stiff = rules(LabourRule::mobile, capital);
    stiff.labour_elasticity = 0.0;
    const Flows a = solve(base, still, test::programme_on(w)).after.flows, b = solve(base, stiff, test::programme_on(w)).after.flows;
    for (std::size_t j = 0; j < 6; ++j) CHECK(b.log_cost[j] == Approx(a.log_cost[j]).margin(1e-10));
  }
}

TEST_CASE("substitution just above and just below one leaves Cobb-Douglas in the middle") {
  PaperWorld w;
  w.tariffs = true;
  const Accounts world = accounts_of(w);
  const double step = 1e-3;
  for (const Closure& closure : factor_rules()) {
    INFO(closure.name);
    const auto costs = [&](double substitution) {
      CalibrationOptions options = options_of(w);
      options.substitution_inputs = options.substitution_value_added = substitution;
      const Calibration base = calibrate(world, options);
      return solve(base, closure, test::programme_on(w)).after.flows.log_cost;
    };
    const std::vector<double> middle = costs(1.0), above = costs(1.0 + step), below = costs(1.0 - step);
    // What is left is of second order: step squared times a curvature of the order of one.
    for (std::size_t j = 0; j < 6; ++j) CHECK(0.5 * (above[j] + below[j]) == Approx(middle[j]).margin(step * step));
  }
}

TEST_CASE("with everything held, purchases and suppliers change what the fixed-price model changes") {
  PaperWorld w;
  w.open = w.unbalanced = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  Mechanisms nothing;
  nothing.capacity = nothing.wages = nothing.incomes = nothing.ownership = false;
  const int foreign = supplier_of_import(world, 0);
  const std::vector<Shock> shocks = {
      shock_of(std::vector<FinalDemand>{{w.cell(0, 1), 1, 3.0}, {w.cell(2, 0), 0, -1.0}}),
      shock_of(std::vector<Sourcing>{{w.cell(1, 0), foreign, w.cell(0, 0), 0.5 * purchase(world, foreign, w.cell(1, 0))},
                                     {buyer_of_final_use(world, 2), w.cell(1, 1), w.cell(2, 1), 0.2}})};
  const LeontiefSystem system(world);
  const LeontiefSolution gross = solve_leontief(system, {{2020, {&shocks[0], &shocks[1]}}})[0];
  for (const Closure& closure : factor_rules()) {
    const Solved2 s = solve(base, closure, shocks, nothing, {1e-13, 400, 8});
    for (std::size_t j = 0; j < 6; ++j) {
      CHECK(s.after.flows.output[j] - s.before.flows.output[j] == Approx(gross.output[j]).margin(1e-9));
      CHECK(s.after.flows.value_added[j] - s.before.flows.value_added[j] == Approx(base.value_added[j] * gross.output[j]).margin(1e-9));
    }
  }
}

TEST_CASE("a change of supplier moves no price by itself, whatever the tariffs of the two") {
  PaperWorld w;
  w.tariffs = true;
  const Accounts world = accounts_of(w);
  const Calibration base = calibrated(world, w);
  Mechanisms nothing;
  nothing.capacity = nothing.wages = nothing.incomes = nothing.ownership = false;
  const int foreign = w.cell(2, 1), home = w.cell(0, 1), buyer = w.cell(0, 0);
  const double amount = 0.5 * purchase(world, foreign, buyer);  // 12 per cent of tariff are paid on it, none at home
  const Solved2 s = solve(base, rules(LabourRule::fixed, CapitalRule::mobile),
                          {shock_of(std::vector<Sourcing>{{buyer, foreign, home, amount}})}, nothing);
  for (std::size_t j = 0; j < 6; ++j) CHECK(s.after.flows.log_cost[j] == Approx(0.0).margin(1e-10));
  const auto group = static_cast<std::size_t>(base.user_group[static_cast<std::size_t>(base.cell_user[static_cast<std::size_t>(buyer)])]);
  const auto share = [&](int cell) {
    return s.economy.weight(static_cast<std::size_t>(base.row_of_cell[static_cast<std::size_t>(cell)]), group);
  };
  const double sold = purchase(world, home, buyer) + amount, left = purchase(world, foreign, buyer) - amount;
  CHECK(share(home) / share(foreign) == Approx(sold / (1.12 * left)).epsilon(1e-12));
}

TEST_CASE("a negative purchase is told, and keeps its quantity") {
  PaperWorld w;
  Accounts world = accounts_of(w);
  Matrix y = world.final_use.copy(), x = world.output.copy(), v = world.primary.copy();
  x(0, 0) -= y(0, 1) + 2.0, v(0, 0) -= y(0, 1) + 2.0, y(0, 1) = -2.0;
  world.final_use = std::move(y), world.output = std::move(x), world.primary = std::move(v);
  const Calibration base = calibrated(world, w);
  double fixed = 0.0;
  for (const FixedPurchase& f : base.fixed)
    if (f.row == base.row_of_cell[0] && f.region == 1) fixed += f.amount;
  CHECK(fixed == Approx(-2.0));
  REQUIRE(base.findings.size() == 1);
  CHECK(base.findings[0].code == "negative-flow");
  CHECK(solve(base, one_factor, {}).before.flows.log_cost[0] == Approx(0.0).margin(1e-9));
}
