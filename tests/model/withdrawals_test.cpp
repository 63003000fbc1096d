// Stocks keep their quantity whatever the price, as long as somebody buys what is drawn from them.
#include <catch2/catch.hpp>
#include <cmath>

#include "closures_world.h"
#include "kontor/model/certify.h"
#include "kontor/model/newton.h"

using namespace kontor;
using test::PaperWorld;
using test::shock_of;

namespace {

/// The paper world in which region 1 buys `part` of the output of a cell of region 0 on top, drawn from region 0's stock.
Accounts with_stock(const PaperWorld& w, double part) {
  Accounts a = accounts_of(w);
  a.categories.push_back({"V", "stocks", FinalRole::inventories});
  a.final_uses.push_back({w.region(0), static_cast<int>(a.categories.size()) - 1});
  Matrix y(a.cells.size(), a.final_uses.size());
  for (std::size_t i = 0; i < y.rows; ++i)
    for (std::size_t f = 0; f + 1 < y.columns; ++f) y(i, f) = a.final_use(i, f);
  const auto row = static_cast<std::size_t>(w.cell(0, 0));
  const double drawn = part * a.output(0, row);
  y(row, 1) += drawn, y(row, y.columns - 1) = -drawn;
  a.final_use = std::move(y);
  return a;
}

Economy with(const Economy& baseline, const std::vector<Shock>& shocks) {
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  Economy economy = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  return economy;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double m = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) m = std::max(m, std::fabs(a[i] - b[i]));
  return m;
}

}  // namespace

TEST_CASE("a cell that sells less than is drawn from its stock makes nothing, and no more is drawn than finds buyers") {
  const PaperWorld w;
  const Accounts accounts = with_stock(w, 1.1);
  const Calibration base = calibrate(accounts, options_of(w));
  const auto cell = static_cast<std::size_t>(w.cell(0, 0)), row = static_cast<std::size_t>(base.row_of_cell[cell]);
  // Its great customer looks elsewhere: product 1 from region 0 costs region 1 five times as much.
  const std::vector<Shock> dearer = {shock_of(TradeCost{w.region(0), w.region(1), w.sector(0), 5.0})};
  for (const Closure& closure : closures_for(w)) {
    if (closure.imbalance != ImbalanceRule::share) continue;  // given in money it may be more than region 0 then earns, see below
    CAPTURE(closure.name);
    const Economy baseline = baseline_economy(base, closure);
    const EquilibriumSolver solver(baseline);
    const Equilibrium before = solver.solve(baseline);
    REQUIRE(before.solved());
    CHECK(before.flows.output[cell] == Approx(base.output[cell]));
    CHECK(before.criterion.find("makes nothing") == std::string::npos);
    const Economy economy = with(baseline, dearer);
    const Equilibrium after = solver.solve(economy), other = solve_by_newton(economy, before.state);
    INFO(after.outcome);
    REQUIRE(after.solved());
    REQUIRE(other.solved());
    CHECK(largest_difference(after.flows.log_cost, other.flows.log_cost) < 1e-8);
    double sold = 0.0;
    for (std::size_t r = 0; r < after.flows.sales.columns; ++r) sold += after.flows.sales(row, r);
    CHECK(sold == Approx(after.flows.output[cell]).margin(1e-8 * base.output[cell]));
    const bool idle = after.criterion.find("makes nothing") != std::string::npos;
    CHECK(idle == (after.flows.output[cell] == 0.0));
    if (closure.capital == CapitalRule::fixed) CHECK(!idle);  // capital that has nowhere to go works for what it gets
    if (closure.capital == CapitalRule::world_return) CHECK(idle);
    const Certificate certificate = certify(economy, after);
    CHECK(certificate.outcome == "solved");
    CHECK(certificate.solutions == 1);
  }
}

TEST_CASE("where a region must lend more than it earns there is no equilibrium, and the outcome names its income") {
  const PaperWorld w;
  const Accounts accounts = with_stock(w, 2.0);
  const Calibration base = calibrate(accounts, options_of(w));
  Closure closure = long_run();
  closure.imbalance = ImbalanceRule::fixed;  // in money, as in the accounts: what region 1 pays for the stock
  const Economy economy = with(baseline_economy(base, closure), {shock_of(TradeCost{w.region(0), w.region(1), w.sector(0), 5.0})});
  const Equilibrium found = solve_equilibrium(economy);
  CHECK(found.outcome.find("at the income of " + accounts.regions[static_cast<std::size_t>(w.region(0))].code) != std::string::npos);
  CHECK(found.flows.output.empty());
}

TEST_CASE("shocks of any size are solved under every closure, and by both solvers alike") {
  for (const bool open : {false, true})
    for (const double size : {-12.0, -4.0, 4.0, 12.0}) {  // productivity by e^0.6, trade costs by e^1.2
      PaperWorld w;
      w.open = open;
      const Accounts accounts = accounts_of(w);
      const Calibration base = calibrate(accounts, options_of(w));
      for (const Closure& closure : closures_for(w)) {
        CAPTURE(open, size, closure.name);
        const Economy baseline = baseline_economy(base, closure);
        const Economy economy = with(baseline, programme_on(w, size, false));
        const Equilibrium found = solve_equilibrium(economy), other = solve_by_newton(economy, {}, {1e-10, 60, 0});
        INFO(found.outcome);
        REQUIRE(found.solved());
        CHECK(found.market <= 1e-10);
        if (other.solved()) CHECK(largest_difference(found.state, other.state) < 1e-6);
      }
    }
}
