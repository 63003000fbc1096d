// A flow that is zero today enters with the amount that the measure states; a wedge acts on it from there.
#include <catch2/catch.hpp>
#include <cmath>

#include "equilibrium_world.h"

using namespace kontor;

namespace {

constexpr int buyer = 2, maker = 4, loser = 7;  // A1.3 buys none of A2.2's product 2 and some of B.2's

Shock target_of(const Accounts& world, double unit_cost_ratio, Instrument instrument) {
  Target target;
  target.sector = 1, target.instrument = instrument, target.unit_cost_ratio = unit_cost_ratio;
  target.moves = {{buyer, loser, maker, 0.3 * purchase(world, loser, buyer)}};
  return {target, "M1", 2020, Step::stated, false, "programme.toml:1", false};
}

Economy entered(const Economy& baseline, const Shock& shock) {
  std::vector<const Shock*> not_counted;
  Economy economy = economy_with(baseline, {&shock}, not_counted);
  CHECK(not_counted.empty());
  REQUIRE(economy.targets.size() == 1);
  return economy;
}

}  // namespace

TEST_CASE("at base prices exactly the stated amount comes from a new origin, without an instrument") {
  const Accounts world = test::small_world(false);
  REQUIRE(purchase(world, maker, buyer) == 0.0);
  CalibrationOptions options;
  options.trade_elasticity = {3.0, 5.0, 7.0};
  const Calibration base = calibrate(world, options);
  Mechanisms nothing;
  nothing.capacity = nothing.wages = nothing.incomes = nothing.ownership = false;
  const Economy baseline = baseline_economy(base, short_run(), nothing);
  const Equilibrium before = solve_equilibrium(baseline);
  Economy economy = entered(baseline, target_of(world, 1.0, Instrument::subsidy));
  const auto row = static_cast<std::size_t>(base.row_of_cell[maker]);
  const auto group = static_cast<std::size_t>(base.user_group[static_cast<std::size_t>(base.cell_user[buyer])]);
  CHECK(base.weight(row, group) == 0.0);
  double spends = 0.0;
  for (int q = base.first_row[1]; q < base.first_row[2]; ++q)
    spends += purchase(world, base.supplier_of[static_cast<std::size_t>(q)], buyer) *
              (1.0 + (base.tariff ? (*base.tariff)(static_cast<std::size_t>(q), 0) : 0.0));
  const double amount = 0.3 * purchase(world, loser, buyer);
  CHECK(economy.weight(row, group) == Approx(amount / spends).epsilon(1e-9));
  const Equilibrium after = solve_equilibrium(economy);
  REQUIRE((before.solved() && after.solved()));
  CHECK(after.flows.target_share[0] == Approx(economy.targets[0].share).margin(1e-9));
  CHECK(std::fabs(after.flows.log_wedge[0]) < 1e-3);  // only what the maker's suppliers charge has moved
}

TEST_CASE("a new origin that costs more is reached by every instrument, under both presets") {
  for (const bool open : {false, true}) {
    const Accounts world = test::small_world(open);
    CalibrationOptions options;
    options.trade_elasticity = {3.0, 5.0, 7.0};
    const Calibration base = calibrate(world, options);
    for (const Closure& closure : {short_run(), long_run()})
      for (const Instrument instrument : {Instrument::tariff, Instrument::subsidy, Instrument::procurement}) {
        INFO(closure.name << static_cast<int>(instrument) << open);
        const Economy baseline = baseline_economy(base, closure);
        const EquilibriumSolver solver(baseline);
        // A tariff on one of many origins helps a new one but little: the others gain as well.
        Economy economy = entered(baseline, target_of(world, instrument == Instrument::subsidy ? 1.2 : 1.005, instrument));
        const Equilibrium after = solver.solve(economy);
        REQUIRE(after.solved());
        CHECK(after.flows.target_share[0] == Approx(economy.targets[0].share).margin(1e-9));
        CHECK((after.flows.log_wedge[0] < 0.0) == (instrument == Instrument::subsidy));  // the instrument pays for the dearer origin
        const auto row = static_cast<std::size_t>(base.row_of_cell[maker]);
        CHECK(after.flows.sales(row, 0) > solver.solve(baseline).flows.sales(row, 0));
      }
  }
}
