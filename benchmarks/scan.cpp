// How long does the gradient of a goal with respect to all trade costs take?
//   NAFTA       31 regions x 40 sectors (Caliendo and Parro 2015): real income of Mexico by every origin, destination and product
// Against: one solve of the economy, and one solve a lever. Aim: at most the time of two solves.
// Answers checked: levers across the list against central differences of solved economies, to 1e-5 of the largest.
#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>

#include "kontor/base/parallel.h"
#include "kontor/indicators/scan.h"
#include "kontor/read/reader.h"

using namespace kontor;

static double best_ms(int runs, const std::function<void()>& work) {
  double best = 1e300;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

static void require(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "wrong answer: " << what << '\n';
  std::exit(1);
}

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "scan CP2015_FOLDER\n", 2;
  ImportOptions options;
  options.year = 1993, options.currency = "USD", options.scale = 1.0, options.allow_negative = true;
  options.settings["tariff"] = "tariff_1993";
  const Accounts accounts = find_reader("trade_model").read(argv[1], options).accounts;
  std::vector<std::string> used;
  const Calibration calibration = calibrate(accounts, calibration_options(accounts, {}, used));
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::zero;
  set_thread_count(1);
  const ScanBase base = solve_scan_base(calibration, closure);
  const Goal goal = read_goal(accounts, {}, {"real_income:Mexico"});
  const std::vector<Lever> levers = levers_of(base, {LeverKind::trade_cost});

  std::vector<double> values;
  double found = 1e300, adjoint = 1e300, factored = 1e300;
  for (int k = 0; k < 20; ++k) {
    std::unique_ptr<Tangent> tangent;
    std::unique_ptr<JacobianSolver> solver;
    EconomyGradient gradient;
    const double blocks = best_ms(1, [&] {
      tangent = std::make_unique<Tangent>(base.economy, base.now.state);
      solver = std::make_unique<JacobianSolver>(*tangent);
    });
    const double solved = best_ms(1, [&] { gradient = sensitivity(*solver, goal_outcome(base, goal, *tangent)); });
    const double by_lever = best_ms(1, [&] { values = lever_values(base, levers, gradient); });
    factored = std::min(factored, blocks), adjoint = std::min(adjoint, solved), found = std::min(found, blocks + solved + by_lever);
  }

  // What one lever costs by solving: from the baseline's solution, blocks kept, to 1e-10.
  const auto economy_of = [&](const std::vector<Shock>& shocks) {
    std::vector<const Shock*> all, not_counted;
    for (const Shock& shock : shocks) all.push_back(&shock);
    return economy_with(base.baseline, all, not_counted);
  };
  const Economy one = economy_of(lever_shocks(base, levers[levers.size() / 3], 0.01));
  const double cold = best_ms(20, [&] { require(EquilibriumSolver(base.baseline).solve(one).solved(), "a solve"); });
  const double warm = best_ms(20, [&] { require(base.solver->solve(one, base.now.state).solved(), "a warm solve"); });

  double largest = 0.0;
  for (const double v : values) largest = std::max(largest, std::fabs(v));
  for (std::size_t k = 0; k < levers.size(); k += levers.size() / 40) {
    const auto gain = [&](double step) {
      const std::vector<Shock> shocks = lever_shocks(base, levers[k], step);
      return goal_gain(base, goal, solve_with(base, {&shocks.front()}).flows);
    };
    require(std::fabs((gain(1e-3) - gain(-1e-3)) / 2e-3 - values[k]) <= 1e-5 * largest, lever_id(accounts, levers[k]).c_str());
  }
  fmt::print(
      "NAFTA 31 x 40: Mexico's real income by {} trade costs in {:.1f} ms ({:.1f} ms tangent and blocks, {:.1f} ms the transposed solve, "
      "{:.1f} ms levers); "
      "a solve {:.1f} ms, warm {:.1f} ms; the gradient takes {:.2f} solves; one warm solve a lever would take {:.0f} s, {:.0f} times as "
      "long\n",
      levers.size(), found, factored, adjoint, found - factored - adjoint, cold, warm, found / cold,
      1e-3 * warm * static_cast<double>(levers.size()), warm * static_cast<double>(levers.size()) / found);
}
