// How long does an equilibrium take?
//   NAFTA       31 regions x 40 sectors (Caliendo and Parro 2015), to 1e-10, one core, one start, blocks included
//   WIOD 2011   41 x 35, every buyer its own origins
//   Finland     19 x 30 and abroad
//   synthetic   200 x 45 and 1000 x 60, a trade model with gravity, to 1e-8, all threads
// Answers checked: Mexico's exact real income; the accounts come back before the shock; the world's value added is kept.
// Baseline in the same run: benchmarks/equilibrium.py, plain numpy with the R package's algorithm on NAFTA.
#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
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

static Closure one_factor() {
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::zero;
  return closure;
}

static void nafta(const std::string& folder) {
  ImportOptions options;
  options.year = 1993, options.currency = "USD", options.scale = 1.0, options.allow_negative = true;
  options.settings["tariff"] = "tariff_1993";
  const Accounts accounts = find_reader("trade_model").read(folder, options).accounts;
  std::vector<std::string> used;
  const Calibration base = calibrate(accounts, calibration_options(accounts, {}, used));
  const CsvTable trade = read_csv(folder + "/trade.csv");
  std::vector<Shock> shocks;
  const auto member = [](const std::string& name) { return name == "Canada" || name == "Mexico" || name == "USA"; };
  for (const CsvRow& row : trade.rows) {
    const std::string from = trade.field(row, required_column(trade, "exporter")),
                      to = trade.field(row, required_column(trade, "importer"));
    if (from == to || !member(from) || !member(to)) continue;
    double rate = 0.0;
    read_number(trade.field(row, required_column(trade, "tariff_2005")), rate);
    const int sector = sector_index(accounts, trade.field(row, required_column(trade, "sector")));
    shocks.push_back(
        {TariffRate{region_index(accounts, from), region_index(accounts, to), sector, rate}, "", 2005, Step::stated, false, "", false});
  }
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  const Economy baseline = baseline_economy(base, one_factor());
  const Equilibrium before = solve_equilibrium(baseline);
  const Economy economy = economy_with(baseline, all, not_counted);
  Equilibrium after;
  set_thread_count(1);
  const double whole = best_ms(40, [&] { after = EquilibriumSolver(baseline).solve(economy); });
  const EquilibriumSolver solver(baseline);
  const double cold = best_ms(40, [&] { after = solver.solve(economy); }),
               warm = best_ms(40, [&] { after = solver.solve(economy, before.state); });
  const double whole_warm = best_ms(40, [&] { after = EquilibriumSolver(baseline).solve(economy, before.state); });
  const auto mexico = static_cast<std::size_t>(base.region_number[static_cast<std::size_t>(region_index(accounts, "Mexico"))]);
  const double real = std::log(after.flows.spending[mexico] / before.flows.spending[mexico]) - after.flows.log_index[mexico] +
                      before.flows.log_index[mexico];
  require(std::fabs(100 * std::expm1(real) - 0.00732316054) < 1e-7, "Mexico's real income");
  fmt::print(
      "NAFTA 31 x 40 to 1e-10: {:.1f} ms a solve from hats of one, blocks included; {:.1f} ms with the blocks kept; {:.1f} ms from the "
      "baseline, "
      "{:.1f} ms with the blocks kept; {} steps\n",
      whole, cold, whole_warm, warm, after.iterations);
}

static void accounts_folder(const char* name, const Accounts& accounts, const Closure& closure) {
  std::vector<std::string> used;
  Calibration base;
  const double calibrating = best_ms(3, [&] { base = calibrate(accounts, calibration_options(accounts, {}, used)); });
  const Economy baseline = baseline_economy(base, closure);
  const Equilibrium before = solve_equilibrium(baseline);
  for (const double c : before.flows.log_cost) require(std::fabs(c) < 1e-9, "the accounts do not come back");
  Economy economy = baseline;
  economy.cost_shift[3] = -0.1, economy.cost_shift[20] = 0.05;
  Equilibrium after;
  const double whole = best_ms(9, [&] { after = EquilibriumSolver(baseline).solve(economy); });
  require(after.solved(), name);
  fmt::print("{} ({} cells, {} groups of buyers, {}): {:.0f} ms a solve with its blocks, {} steps; calibration {:.0f} ms\n", name,
             base.output.size(), base.group_region.size(), closure.name, whole, after.iterations, calibrating);
}

// A trade model of that size: incomes that differ a hundredfold, trade that falls with distance on a ring, recipes around one.
static Calibration synthetic(std::size_t regions, std::size_t sectors, Accounts& accounts) {
  std::uint64_t state = 7;
  const auto next = [&] { return static_cast<double>((state = state * 6364136223846793005u + 1442695040888963407u) >> 11) * 0x1p-53; };
  Calibration c;
  c.accounts = &accounts;
  c.options.sourcing = SourcingBy::region;
  c.products = static_cast<int>(sectors);
  for (std::size_t r = 0; r < regions; ++r) accounts.regions.push_back({std::to_string(r), "", "", false});
  for (std::size_t p = 0; p < sectors; ++p) accounts.sectors.push_back({std::to_string(p), "", ""});
  const std::size_t n = regions * sectors;
  std::vector<double> size(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    size[r] = std::exp(4.6 * next());
    c.regions.push_back(static_cast<int>(r)), c.region_number.push_back(static_cast<int>(r)), c.nation.push_back(static_cast<int>(r));
  }
  c.nations = static_cast<int>(regions);
  for (std::size_t p = 0; p < sectors; ++p) c.elasticity.push_back(3.0 + 6.0 * next());
  c.share = Matrix(regions * (sectors + 1), sectors);
  for (std::size_t r = 0; r < regions; ++r) {
    c.first_group.push_back(static_cast<int>(r)), c.group_region.push_back(static_cast<int>(r));
    c.first_user.push_back(static_cast<int>(r * (sectors + 1)));
    for (std::size_t s = 0; s <= sectors; ++s) {
      const std::size_t u = r * (sectors + 1) + s;
      const double goods = s == sectors ? 1.0 : 0.4 + 0.2 * next();
      double sum = 0.0;
      for (std::size_t p = 0; p < sectors; ++p) sum += c.share(u, p) = 0.2 + next() + (p == s ? 3.0 : 0.0);
      for (std::size_t p = 0; p < sectors; ++p) c.share(u, p) *= goods / sum;
      c.user_cell.push_back(s == sectors ? -1 : static_cast<int>(r * sectors + s)), c.user_column.push_back(-1),
          c.user_group.push_back(static_cast<int>(r));
      c.final_part.push_back(s == sectors ? 1.0 : 0.0), c.final_tax.push_back(0.0);
      if (s == sectors) continue;
      c.cell_region.push_back(static_cast<int>(r)), c.cell_product.push_back(static_cast<int>(s)),
          c.cell_user.push_back(static_cast<int>(u));
      c.row_of_cell.push_back(static_cast<int>(s * regions + r));
      c.output.push_back(size[r] * (0.5 + next())), c.value_added.push_back(1.0 - goods), c.tax_share.push_back(0.0);
      c.labour_part.push_back(1.0), c.capital_part.push_back(0.0), c.land_part.push_back(0.0);
    }
  }
  c.first_group.push_back(static_cast<int>(regions)), c.first_user.push_back(static_cast<int>(regions * (sectors + 1)));
  Matrix weight(n, regions);
  for (std::size_t p = 0; p < sectors; ++p) {
    c.first_row.push_back(static_cast<int>(p * regions));
    for (std::size_t i = 0; i < regions; ++i)
      c.supplier_of.push_back(static_cast<int>(i * sectors + p)), c.cell_of.push_back(static_cast<int>(i * sectors + p));
    for (std::size_t b = 0; b < regions; ++b) {
      double sum = 0.0;
      for (std::size_t i = 0; i < regions; ++i) {
        const std::size_t off = i > b ? i - b : b - i, ring = std::min(off, regions - off);
        sum += weight(p * regions + i, b) = size[i] * (0.5 + next()) / (1.0 + static_cast<double>(ring)) * (i == b ? 20.0 : 1.0);
      }
      for (std::size_t i = 0; i < regions; ++i) weight(p * regions + i, b) /= sum;
    }
  }
  c.first_row.push_back(static_cast<int>(n));
  c.only_row.resize(sectors);
  c.exports.assign(n, 0.0);
  c.spending.assign(regions, 0.0), c.imbalance = c.labour_income = c.capital_income = c.land_income = c.spending;
  for (std::size_t j = 0; j < n; ++j) c.labour_income[static_cast<std::size_t>(c.cell_region[j])] += c.output[j] * c.value_added[j];
  c.spending = c.labour_income;
  c.weight = {std::move(weight), c.first_row};
  return c;
}

static void large(std::size_t regions, std::size_t sectors) {
  Accounts accounts;
  const Calibration base = synthetic(regions, sectors, accounts);
  const Economy baseline = baseline_economy(base, one_factor());
  SolverOptions options;
  options.tolerance = 1e-8, options.sales = false;
  Equilibrium found;
  const double whole = best_ms(regions < 500 ? 20 : 3, [&] { found = EquilibriumSolver(baseline).solve(baseline, {}, options); });
  require(found.solved(), "synthetic");
  double then = 0.0, now = 0.0;
  for (std::size_t r = 0; r < regions; ++r) then += base.labour_income[r], now += found.flows.earned_income[r];
  require(std::fabs(now / then - 1.0) < 1e-6, "world value added");
  fmt::print("synthetic {} x {} to 1e-8, {} threads: {:.0f} ms a solve with its blocks, {} steps\n", regions, sectors, thread_count(),
             whole, found.iterations);
}

int main(int argc, char** argv) {
  if (argc < 4)
    return std::cerr << "equilibrium CP2015_FOLDER WIOT_2011.csv.gz FINLAND_FOLDER, or equilibrium synthetic REGIONS SECTORS\n", 2;
  if (std::string(argv[1]) == "synthetic") return large(std::stoul(argv[2]), std::stoul(argv[3])), 0;
  nafta(argv[1]);
  set_thread_count(0);
  accounts_folder("WIOD 2011", find_reader("wiod").read(argv[2], {}).accounts, short_run());
  for (const Closure& closure : {short_run(), long_run()}) accounts_folder("Finland 2014", read_accounts(argv[3]), closure);
  large(200, 45);
  large(1000, 60);
}
