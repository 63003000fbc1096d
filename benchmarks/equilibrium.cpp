// How long does one equilibrium take? Baseline and counterfactual are solved one after the other under the same closure:
//   blocks   the regions' own equations factored, once for all scenarios of a closure
//   cold     one solve from hats of one;  first: blocks and one cold solve, what a single question costs
//   warm     the counterfactual from the baseline's solution; again: from its own
//
//   equilibrium nafta FOLDER            31 regions x 40 sectors, to 1e-10
//   equilibrium synthetic N J           made up, all pairs trade all products, 1e-8
//   equilibrium accounts FOLDER A B     an accounts folder, to 1e-10: trade costs between regions A and B fall by 5 %
//   equilibrium wiod WIOT_2011.csv.gz   the same, every buyer with origins of its own
//
// Answers checked: Mexico's real income to 1e-8 percent points; elsewhere Newton's method, which shares only the equations, or,
// where that takes too long, the closed form of the real wage by home shares (docs/methods/equilibrium.md, source 3).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/model/blas.h"
#include "kontor/model/newton.h"
#include "kontor/read/reader.h"
#include "synthetic_world.h"

using namespace kontor;

[[noreturn]] static void wrong(const std::string& what) {
  std::cerr << "wrong answer: " << what << '\n';
  std::exit(1);
}

static double least_ms(int runs, const std::function<void()>& work) {
  double best = 1e300;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

struct Answer {
  Equilibrium before, after;
};

/// Times everything; a world that takes seconds is run once.
static Answer measure(const char* name, const Economy& baseline, const std::vector<Shock>& shocks, double tolerance, int runs) {
  SolverOptions options;
  options.tolerance = tolerance;
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  std::optional<Economy> economy;
  const double enter = least_ms(std::min(runs, 5), [&] { economy = economy_with(baseline, all, not_counted); });
  std::optional<EquilibriumSolver> solver;
  const double blocks = least_ms(runs, [&] { solver.emplace(baseline); });
  Answer a;
  const double base = least_ms(runs, [&] { a.before = solver->solve(baseline, {}, options); });
  const double cold = least_ms(runs, [&] { a.after = solver->solve(*economy, {}, options); });
  const int cold_steps = a.after.iterations;
  const double warm = least_ms(runs, [&] { a.after = solver->solve(*economy, a.before.state, options); });
  Equilibrium again;
  const double repeat = least_ms(runs, [&] { again = solver->solve(*economy, a.after.state, options); });
  if (!a.before.solved() || !a.after.solved() || !again.solved()) wrong(std::string(name) + ": " + a.before.outcome + "; " + a.after.outcome);
  fmt::print(
      "{}: enter {:.2f} ms, blocks {:.2f} ms, baseline {:.2f} ms ({} steps), cold {:.2f} ms ({} steps), first {:.2f} ms, warm {:.2f} ms ({} "
      "steps), again {:.3f} ms, residual {:.1e}\n",
      name, enter, blocks, base, a.before.iterations, cold, cold_steps, blocks + cold, warm, a.after.iterations, repeat, a.after.residual);
  return a;
}

static Closure trade_model_closure() {
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::zero;
  return closure;
}

static double log_real_income(const Answer& a, std::size_t r) {
  return std::log(a.after.flows.spending[r] / a.before.flows.spending[r]) - (a.after.flows.log_index[r] - a.before.flows.log_index[r]);
}

// --- NAFTA -----------------------------------------------------------------------------------------------------------------

static void nafta(const std::string& folder) {
  ImportOptions import;
  import.year = 1993, import.currency = "USD", import.scale = 1.0, import.allow_negative = true;
  import.settings["tariff"] = "tariff_1993";
  const Accounts accounts = find_reader("trade_model").read(folder, import).accounts;
  const CsvTable trade = read_csv(folder + "/trade.csv");
  const auto text = [&](const CsvRow& row, const char* column) { return std::string(trade.field(row, required_column(trade, column))); };
  const auto member = [](const std::string& name) { return name == "Canada" || name == "Mexico" || name == "USA"; };
  std::vector<Shock> shocks;
  for (const CsvRow& row : trade.rows) {
    const std::string from = text(row, "exporter"), to = text(row, "importer");
    if (from == to || !member(from) || !member(to)) continue;
    TariffRate rate{region_index(accounts, from), region_index(accounts, to), sector_index(accounts, text(row, "sector")), 0.0};
    read_number(text(row, "tariff_2005"), rate.rate);
    shocks.push_back({rate, "NAFTA", 2005, Step::stated, false, "", false});
  }
  std::vector<std::string> used;
  const CalibrationOptions options = calibration_options(accounts, {}, used);
  std::optional<Calibration> base;
  fmt::print("nafta: calibrate {:.2f} ms\n", least_ms(20, [&] { base = calibrate(accounts, options); }));
  const Economy baseline = baseline_economy(*base, trade_model_closure());
  for (const double tolerance : {1e-7, 1e-10}) {
    const Answer a = measure(tolerance > 1e-9 ? "nafta to 1e-7" : "nafta to 1e-10", baseline, shocks, tolerance, 50);
    const auto mexico = static_cast<std::size_t>(base->region_number[static_cast<std::size_t>(region_index(accounts, "Mexico"))]);
    const double found = 100 * std::expm1(log_real_income(a, mexico)), off = std::fabs(found - 0.00732316054192772);
    if (!(off < (tolerance > 1e-9 ? 1e-5 : 1e-8))) wrong(fmt::format("Mexico's real income {:.12f} %", found));
  }
}

// --- a made-up world ---------------------------------------------------------------------------------------------------------

// ln of the real wage by home shares: -sum_j a(j) sum_k (I - G')^-1 (j,k) ln(home(k) over its base) / theta(k). A region at a time.
static double real_wage_by_home_shares(const Calibration& base, const Matrix& tariff, const Flows& flows, std::size_t region) {
  const auto products = static_cast<std::size_t>(base.products);
  std::vector<double> price(products, 0.0);  // what each product's home share says, then with its inputs'
  Matrix m(products, products);
  std::size_t first_cell = 0;
  while (base.cell_region[first_cell] != static_cast<int>(region)) ++first_cell;
  for (std::size_t k = 0; k < products; ++k) {
    double spent = 0.0, home = 0.0, home_then = 0.0;
    for (auto q = static_cast<std::size_t>(base.first_row[k]); q < static_cast<std::size_t>(base.first_row[k + 1]); ++q) {
      const double gross = flows.sales(q, region) * (1.0 + tariff(q, region));
      spent += gross;
      if (base.cell_region[static_cast<std::size_t>(base.cell_of[q])] == static_cast<int>(region))
        home = gross, home_then = (*base.weight)(q, region);
    }
    price[k] = std::log(home / spent / home_then) / base.elasticity[k];  // ln(P / c)
    const auto user = static_cast<std::size_t>(base.cell_user[first_cell + k]);
    for (std::size_t i = 0; i < products; ++i) m(k, i) = (i == k ? 1.0 : 0.0) - base.share(user, i);
  }
  // ln(P/w) = ln(P/c) + G' ln(P/w)
  for (std::size_t p = 0; p < products; ++p)
    for (std::size_t r = 0; r < products; ++r) {
      if (r == p) continue;
      const double factor = m(r, p) / m(p, p);
      for (std::size_t c = p; c < products; ++c) m(r, c) -= factor * m(p, c);
      price[r] -= factor * price[p];
    }
  double sum = 0.0;
  for (std::size_t u = 0; u < base.user_cell.size(); ++u)
    if (base.user_cell[u] < 0 && base.group_region[static_cast<std::size_t>(base.user_group[u])] == static_cast<int>(region))
      for (std::size_t k = 0; k < products; ++k) sum -= base.share(u, k) * price[k] / m(k, k);
  return sum;
}

static void synthetic(int regions, int products) {
  SyntheticWorld world;
  fmt::print("synthetic {} x {}: made in {:.1f} s\n", regions, products, least_ms(1, [&] { world = synthetic_world(regions, products); }) / 1e3);
  const std::vector<Shock> shocks = tariffs_of_a_bloc(world, std::min(regions, 30), 0.0);
  const Economy baseline = baseline_economy(world.base, trade_model_closure());
  const std::string name = fmt::format("synthetic {} x {}, {} tariffs, to 1e-8", regions, products, shocks.size());
  const Answer a = measure(name.c_str(), baseline, shocks, 1e-8, regions <= 200 ? 9 : 2);
  double largest = 0.0;
  for (const std::size_t r : {std::size_t{0}, std::size_t{1}, static_cast<std::size_t>(regions) - 1}) {
    const double closed = real_wage_by_home_shares(world.base, *world.base.tariff, a.before.flows, r);
    largest = std::max(largest, std::fabs(closed - (a.before.flows.log_wage[r] - a.before.flows.log_index[r])));
  }
  fmt::print("  real wages by home shares: off by {:.1e} at most\n", largest);
  if (!(largest < 1e-7)) wrong("real wages");
}

// --- tables ----------------------------------------------------------------------------------------------------------------------

static void table(const char* name, const Accounts& accounts, const std::string& one, const std::string& other, int runs) {
  std::vector<std::string> used;
  const CalibrationOptions options = calibration_options(accounts, {}, used);
  std::optional<Calibration> base;
  fmt::print("{}: calibrate {:.1f} ms\n", name, least_ms(3, [&] { base = calibrate(accounts, options); }));
  std::vector<Shock> shocks;
  const int a = region_index(accounts, one), b = region_index(accounts, other);
  for (int s = 0; s < static_cast<int>(accounts.sectors.size()); ++s)
    for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)})
      if (cell_index(accounts, from, s) >= 0) shocks.push_back({TradeCost{from, to, s, 0.95}, "M", accounts.year, Step::stated, false, "", false});
  for (const Closure& closure : {short_run(), long_run()}) {
    const Economy baseline = baseline_economy(*base, closure);
    const std::string label = std::string(name) + ", " + closure.name + ", to 1e-10";
    const Answer answer = measure(label.c_str(), baseline, shocks, 1e-10, runs);
    std::vector<const Shock*> all, not_counted;
    for (const Shock& shock : shocks) all.push_back(&shock);
    const Economy economy = economy_with(baseline, all, not_counted);
    const Equilibrium newton = solve_by_newton(economy, answer.after.state);
    double largest = 0.0;
    for (std::size_t r = 0; r < newton.flows.spending.size(); ++r)
      largest = std::max(largest, std::fabs(std::log(newton.flows.spending[r] / answer.after.flows.spending[r]) -
                                            (newton.flows.log_index[r] - answer.after.flows.log_index[r])));
    fmt::print("  Newton's method: {}, real spending within {:.1e}\n", newton.outcome, largest);
    if (!newton.solved() || !(largest < 1e-8)) wrong(label);
  }
}

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  fmt::print("kernels {}, threads {}\n", blas_kernels(), thread_count());
  if (mode == "nafta" && argc == 3)
    nafta(argv[2]);
  else if (mode == "synthetic" && argc == 4)
    synthetic(std::atoi(argv[2]), std::atoi(argv[3]));
  else if (mode == "accounts" && argc == 5)
    table(argv[2], read_accounts(argv[2]), argv[3], argv[4], 5);
  else if (mode == "wiod" && argc == 3)
    table("WIOD 2011", find_reader("wiod").read(argv[2], {}).accounts, "DEU", "USA", 2);
  else
    return std::cerr << "equilibrium nafta FOLDER | synthetic N J | accounts FOLDER REGION REGION | wiod FILE\n", 2;
}
