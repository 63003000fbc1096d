#include "kontor/indicators/foresight.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/indicators/trade_shares.h"
#include "support.h"

using namespace kontor;

TEST_CASE("foresight: half of every change was foreseen, so it came twofold and with the right sign") {
  // Weights 1 and 3: means 0.25 and 0.5, gaps 0.5 and 0.
  const std::vector<ForeseenChange> changes = {{1, 1.0, 2.0, 0}, {3, 0.0, 0.0, 1}};
  const Foresight f = foresight_of(changes);
  CHECK(f.count == 2);
  CHECK(f.mean_foreseen == Approx(0.25));
  CHECK(f.mean_observed == Approx(0.5));
  CHECK(f.slope == Approx(2));
  CHECK(f.correlation == Approx(1));
  CHECK(f.error == Approx(0.25));
  CHECK(f.missed == Approx((std::exp(2) - std::exp(1)) / (std::exp(2) + 3)));
  CHECK(f.right_sign == Approx(0.25));
}

TEST_CASE("foresight: weights count as repetition") {
  const std::vector<ForeseenChange> weighted = {{2, 0.1, 0.3, 0}, {1, -0.2, 0.1, 0}, {1, 0.4, -0.1, 0}};
  const std::vector<ForeseenChange> repeated = {{1, 0.1, 0.3, 0}, {1, 0.1, 0.3, 0}, {1, -0.2, 0.1, 0}, {1, 0.4, -0.1, 0}};
  const Foresight a = foresight_of(weighted), b = foresight_of(repeated);
  CHECK(a.correlation == Approx(b.correlation));
  CHECK(a.slope == Approx(b.slope));
  CHECK(a.error == Approx(b.error));
  CHECK(a.missed == Approx(b.missed));
  CHECK(a.right_sign == Approx(0.5));
}

TEST_CASE("foresight: where nothing is foreseen there is no correlation, and no sign is right") {
  const std::vector<ForeseenChange> changes = {{1, 0, 0.2, 0}, {1, 0, -0.4, 0}};
  const Foresight f = foresight_of(changes);
  CHECK(std::isnan(f.correlation));
  CHECK(std::isnan(f.slope));
  CHECK(f.error == Approx(0.3));
  CHECK(f.right_sign == 0);
  CHECK(std::isnan(foresight_of({}).error));
}

TEST_CASE("foresight within families: a family's mean is no merit") {
  // Between the families the means agree; within them the foreseen order is the wrong one.
  const std::vector<ForeseenChange> changes = {{1, 1.1, 0.9, 0}, {1, 0.9, 1.1, 0}, {1, 3.1, 2.9, 7}, {1, 2.9, 3.1, 7}};
  CHECK(foresight_of(changes).correlation > 0.9);
  const Foresight within = foresight_of(within_families(changes));
  CHECK(within.correlation == Approx(-1));
  CHECK(within.mean_observed == Approx(0).margin(1e-14));
}

TEST_CASE("trade shares of the tiny world, by hand") {
  // Farms: L buys 10 + 20 + 50 = 80 of itself and 5 + 10 + 10 = 25 of M; M buys 5 + 5 + 10 = 20 of L and 20 + 15 + 40 = 75 of itself.
  const Accounts a = test::tiny_accounts();
  const TradeFlows flows = trade_flows(a);
  CHECK(flows.value(0, 1, 0) == Approx(25));
  CHECK(flows.use(0, 0) == Approx(105));
  CHECK(flows.share(0, 1, 0) == Approx(25.0 / 105));
  CHECK(flows.share(0, 0, 1) == Approx(20.0 / 95));
  CHECK(flows.nearness(0, 0, 1) == Approx(std::log(25.0 * 20 / (80 * 75))));
  CHECK(flows.nearness(0, 0, 1) == Approx(flows.nearness(0, 1, 0)));
}

TEST_CASE("trade shares leave out what is no purchase at a price: stocks and negative entries") {
  Accounts a = test::tiny_accounts();
  a.categories.push_back({"S", "Stocks", FinalRole::inventories});
  a.final_uses.push_back({0, 1});
  Matrix y(4, 3);
  for (std::size_t i = 0; i < 4; ++i) y(i, 0) = a.final_use(i, 0), y(i, 1) = a.final_use(i, 1), y(i, 2) = 1000;
  y(2, 0) = -10;  // M's farms took back what households in L had bought
  a.final_use = Block(y);
  const TradeFlows flows = trade_flows(a);
  CHECK(flows.value(0, 1, 0) == Approx(15));
  CHECK(flows.value(0, 0, 0) == Approx(80));
}

TEST_CASE("a trade cost moves nearness by its elasticity, whatever else adjusts") {
  const Accounts a = test::tiny_accounts();
  CalibrationOptions options;
  options.trade_elasticity = {4, 6};
  options.sourcing = SourcingBy::region;
  const Calibration base = calibrate(a, options);
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::fixed;
  const Economy before = baseline_economy(base, closure);
  Shock there, back;
  there.change = TradeCost{0, 1, 0, 0.9}, back.change = TradeCost{1, 0, 0, 0.8};
  std::vector<const Shock*> not_counted;
  const Equilibrium old_world = solve_equilibrium(before);
  const Equilibrium new_world = solve_equilibrium(economy_with(before, {&there, &back}, not_counted));
  REQUIRE(old_world.solved());
  REQUIRE(new_world.solved());
  CHECK(not_counted.empty());
  const TradeFlows at_base = trade_flows(base, old_world), after = trade_flows(base, new_world), table = trade_flows(a);
  CHECK(at_base.value(0, 1, 0) == Approx(table.value(0, 1, 0)).epsilon(1e-8));
  // -theta (ln 0.9 + ln 0.8) of the product whose cost fell, nothing of the other; the solver stops at 1e-10.
  CHECK(after.nearness(0, 0, 1) - at_base.nearness(0, 0, 1) == Approx(-4 * std::log(0.72)).epsilon(1e-8));
  CHECK(after.nearness(1, 0, 1) - at_base.nearness(1, 0, 1) == Approx(0).margin(1e-8));
}
