#include "kontor/model/newton.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "equilibrium_world.h"
#include "kontor/accounts/store.h"
#include "kontor/model/certify.h"
#include "model/equilibrium_parts.h"
#include "read/readers.h"
#include "support.h"

using namespace kontor;

namespace {

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double m = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) m = std::max(m, std::fabs(a[i] - b[i]));
  return m;
}

}  // namespace

TEST_CASE("two solvers that share only the equations find the same equilibrium: every closure and technology") {
  SolverOptions fine;
  fine.tolerance = 1e-11;
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    for (const CalibrationOptions& options : test::all_options()) {
      const Calibration base = calibrate(accounts, options);
      for (const Closure& closure : test::all_closures()) {
        const bool with_target = closure.budget == BudgetRule::lump_sum;
        CAPTURE(open, closure.name, options.substitution_inputs, options.scale, with_target);
        const Economy economy = test::shocked(baseline_economy(base, closure), with_target, 0.5);
        const Equilibrium newton = solve_by_newton(economy), mixing = solve_equilibrium(economy, {}, fine);
        CHECK(newton.outcome == "solved");
        CHECK(newton.residual < 1e-11);
        CHECK(mixing.outcome == "solved");
        if (newton.solved() && mixing.solved()) CHECK(largest_difference(newton.state, mixing.state) < 1e-8);
      }
    }
  }
}

TEST_CASE("one transposed solve gives how every shock moves a region's real spending, as solving again does") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    const Calibration base = calibrate(accounts, test::all_options()[1]);
    for (const Closure& closure : test::all_closures()) {
      if (closure.budget == BudgetRule::tax && closure.labour != LabourRule::real_wage) continue;  // the same as a lump sum
      CAPTURE(open, closure.name);
      const Economy economy = test::shocked(baseline_economy(base, closure), true, 0.5);
      const Equilibrium at = solve_by_newton(economy, {}, {1e-12, 60, 0});
      REQUIRE(at.solved());
      const Layout place = layout_of(economy);
      const Tangent tangent(economy, at.state);
      const JacobianSolver solver(tangent);
      // ln C - ln P of region 1.
      const auto scalar = [&](const Equilibrium& e) { return std::log(e.flows.spending[1]) - e.flows.log_index[1]; };
      std::vector<double> of_state(place.size(), 0.0);
      of_state[place.spending() + 1] = 1.0 / at.state[place.spending() + 1];
      bool converged = false;
      const EconomyGradient gradient = sensitivity(solver, of_state, {0.0, -1.0, 0.0}, &converged);
      CHECK(converged);

      // Central differences: their error is a constant times h^2 with h = 1e-4, and rounding 1e-12 / h.
      constexpr double h = 1e-4;
      const auto moved = [&](const std::function<void(Economy&, double)>& move) {
        double value[2];
        for (const int sign : {-1, 1}) {
          Economy other = economy;
          move(other, sign * h);
          const Equilibrium there = solve_by_newton(other, at.state, {1e-12, 60, 0});
          REQUIRE(there.solved());
          value[sign > 0] = scalar(there);
        }
        return (value[1] - value[0]) / (2.0 * h);
      };
      const auto agrees = [&](const char* what, double predicted, const std::function<void(Economy&, double)>& move) {
        CAPTURE(what);
        CHECK(predicted == Approx(moved(move)).epsilon(1e-5).margin(1e-7));
      };
      agrees("cost", gradient.cost_shift[4], [](Economy& e, double d) { e.cost_shift[4] += d; });
      agrees("capital", gradient.log_capital[0], [](Economy& e, double d) { e.capital[0] *= std::exp(d); });
      agrees("labour", gradient.log_labour[2], [](Economy& e, double d) { e.labour[2] *= std::exp(d); });
      agrees("purchase", gradient.of_purchase(3, 1, true), [](Economy& e, double d) { e.fixed.push_back({3, 1, d, true}); });
      agrees("transfer", gradient.transfers[0] - gradient.transfers[2],
             [](Economy& e, double d) { e.transfers[0] += d, e.transfers[2] -= d; });
      agrees("limit", gradient.log_limits[0], [](Economy& e, double d) { e.limits[0].limit *= std::exp(d); });
      agrees("target", gradient.target_shares[0], [](Economy& e, double d) { e.targets[0].share += d; });
      const auto flow = [&](double cost, double wedge) {
        return [cost, wedge](Economy& e, double d) {
          Matrix weight = e.weight.table(), net = e.net.table();
          const double theta = e.base->elasticity[0];
          weight(2, 1) *= std::exp(-theta * d * (cost + wedge)), net(2, 1) *= std::exp(-theta * d * (cost + wedge) - d * wedge);
          e.weight = {std::move(weight), e.base->first_row}, e.net = {std::move(net), e.base->first_row};
        };
      };
      agrees("trade cost", gradient.cost(2, 1), flow(1.0, 0.0));
      agrees("wedge", gradient.wedge(2, 1), flow(0.0, 1.0));
    }
  }
}

TEST_CASE("in a closed world one equation follows from the others, under every closure: Walras' law") {
  const Accounts accounts = test::small_world(false);
  for (const CalibrationOptions& options : test::all_options()) {
    const Calibration base = calibrate(accounts, options);
    for (const Closure& closure : test::all_closures()) {
      CAPTURE(closure.name);
      const Economy economy = test::shocked(baseline_economy(base, closure), true, 0.5);
      const Equilibrium solution = solve_by_newton(economy);
      REQUIRE(solution.solved());
      // The yardstick is solved for in place of one equation; nothing of it may be left in any.
      CHECK(solution.residual < 1e-11);
      Work work = work_for(economy);
      evaluate(work, solution.state);
      CHECK(std::fabs(yardstick(work)) < 1e-11);

      // The trade balance of every region against what finances it; no equation states it.
      const Flows& f = solution.flows;
      std::vector<double> balance(3, 0.0);
      for (std::size_t q = 0; q < f.sales.rows; ++q)
        for (std::size_t r = 0; r < 3; ++r) {
          const auto home = static_cast<std::size_t>(base.cell_region[static_cast<std::size_t>(base.cell_of[q])]);
          balance[r] += f.sales(q, r), balance[home] -= f.sales(q, r);
        }
      const double needs = f.need[0] + f.need[1] + f.need[2], payer[3] = {0.4, 0.0, 0.6};
      double world = 0.0;
      for (std::size_t r = 0; r < 3; ++r) {
        const double paid = closure.budget == BudgetRule::transfer ? payer[r] * needs - f.need[r] : 0.0;
        CHECK(balance[r] == Approx(f.imbalance[r] + economy.transfers[r] + f.owned_income[r] - f.earned_income[r] - paid).margin(1e-8));
        world += f.imbalance[r];
      }
      CHECK(world == Approx(0.0).margin(1e-10));
    }
  }
}

TEST_CASE("the norm of the inverse Jacobian is that of the matrix itself, and bounds what a residual moves") {
  const Accounts accounts = test::small_world(false);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  for (const Closure& closure : {short_run(), long_run()}) {
    const Economy economy = test::shocked(baseline_economy(base, closure), false);
    const Equilibrium solution = solve_by_newton(economy);
    REQUIRE(solution.solved());
    const Tangent tangent(economy, solution.state);
    const JacobianSolver solver(tangent);
    const std::size_t n = tangent.size();
    std::vector<double> row(n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {  // column by column of the inverse
      std::vector<double> unit(n, 0.0);
      unit[k] = 1.0;
      const LinearAnswer column = solver.solve(unit);
      CHECK(column.converged);
      for (std::size_t i = 0; i < n; ++i) row[i] += std::fabs(column.x[i]);
    }
    const double exact = *std::max_element(row.begin(), row.end()), estimate = inverse_norm_estimate(solver);
    CAPTURE(closure.name, exact);
    CHECK(estimate <= exact * (1.0 + 1e-3));  // from below, but for the tolerance of its solves
    CHECK(estimate >= exact / 3.0);           // Higham (1988): never found to be off by more
  }
}

TEST_CASE("both solvers agree on the accounts that ship, and the solution is the same from four starts") {
  for (const char* name : {"world-2011", "finland-2014"}) {
    const Accounts accounts = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + name);
    CalibrationOptions options;
    options.trade_elasticity.assign(accounts.sectors.size(), 5.0);
    options.sourcing = SourcingBy::use, options.substitution_inputs = 0.5;
    const Calibration base = calibrate(accounts, options);
    for (const Closure& closure : {short_run(), long_run()}) {
      CAPTURE(name, closure.name);
      Economy economy = baseline_economy(base, closure);
      test::Numbers next(7);
      for (double& shift : economy.cost_shift) shift += next.around(0.1);
      const Equilibrium newton = solve_by_newton(economy), mixing = solve_equilibrium(economy, {}, {1e-11, 400, 8});
      REQUIRE(newton.solved());
      REQUIRE(mixing.solved());
      CHECK(largest_difference(newton.state, mixing.state) < 1e-8);
      const Certificate c = certify(economy, newton);
      CHECK(c.solved());
      CHECK(c.starts == 4);
      CHECK_THAT(c.criterion, Catch::Contains("from 4 starts of 4"));
      CHECK(c.digits > 8.0);
    }
  }
}

TEST_CASE("tariffs of the whole world at once, up to 270 %, stay within Newton's reach from hats of one") {
  NEEDS_SHARED_DATA();
  const std::filesystem::path folder = test::shared_folder() / "data/cp2015-nafta";
  ImportOptions options;
  options.year = 1993, options.currency = "USD", options.scale = 1, options.allow_negative = true;
  const auto tariffs_of = [&](const char* column) {
    options.settings["tariff"] = column;
    return trade_model_reader.read(folder, options).accounts;
  };
  const Accounts before = tariffs_of("tariff_1993"), after = tariffs_of("tariff_2005");
  CalibrationOptions calibration;
  calibration.trade_elasticity.assign(before.sectors.size(), 0.0);
  for (const TradeElasticity& t : before.trade_elasticities) calibration.trade_elasticity[static_cast<std::size_t>(t.sector)] = t.value;
  const Calibration base = calibrate(before, calibration), other = calibrate(after, calibration);
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::fixed;
  const Economy baseline = baseline_economy(base, closure);
  Economy economy = baseline;
  Matrix weight = economy.weight.table(), net = weight;
  for (std::size_t p = 0; p < base.elasticity.size(); ++p)
    for (auto q = static_cast<std::size_t>(base.first_row[p]); q < static_cast<std::size_t>(base.first_row[p + 1]); ++q)
      for (std::size_t b = 0; b < weight.columns; ++b) {
        const auto r = static_cast<std::size_t>(base.group_region[b]);
        const double old_rate = (*base.tariff)(q, r), rate = (*other.tariff)(q, r);
        weight(q, b) *= std::pow((1.0 + rate) / (1.0 + old_rate), -base.elasticity[p]);
        net(q, b) = weight(q, b) / (1.0 + rate);
      }
  economy.weight = {std::move(weight), economy.base->first_row}, economy.net = {std::move(net), economy.base->first_row};
  const Equilibrium newton = solve_by_newton(economy), mixing = EquilibriumSolver(baseline).solve(economy);
  REQUIRE(newton.solved());
  REQUIRE(mixing.solved());
  CHECK(largest_difference(newton.state, mixing.state) < 1e-8);
  const Certificate c = certify(economy, newton);
  CHECK(c.solved());
  CHECK_THAT(c.criterion, Catch::Contains("from 4 starts of 4"));
}
