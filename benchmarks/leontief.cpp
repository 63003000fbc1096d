// How long do full accounts take, and one measure, on WIOD 2011 (41 regions x 35 industries, n = 1435)?
//   accounts: build I - A, factorise, certify, output from final use, multipliers and the four regional footprints of one row
//   measure:  new final demand, or a purchase that moves, on the factorised system
// Answer checked: the multipliers of SOURCE.md to their printed digits. Baseline in the same run: benchmarks/leontief.py,
// numpy doing what pymrio does (inverse, then products). Run both with scripts/benchmark.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <vector>

#include "kontor/base/parallel.h"
#include "kontor/indicators/footprints.h"
#include "kontor/model/blas.h"
#include "kontor/read/reader.h"

using namespace kontor;

static double median_ms(int runs, const std::function<void()>& work) {
  std::vector<double> times;
  work();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "leontief WIOT_2011.csv.gz\n", 2;
  const Accounts accounts = find_reader("wiod").read(argv[1], {}).accounts;
  const std::size_t n = accounts.cells.size();
  Matrix flows(1, n);
  for (std::size_t j = 0; j < n; ++j) flows(0, j) = accounts.primary(0, j);

  const LeontiefSystem system(accounts);
  const int c14 = cell_index(accounts, region_index(accounts, "CHN"), sector_index(accounts, "c14"));
  if (std::fabs(system.output_multipliers()[static_cast<std::size_t>(c14)] - 3.628669) > 0.5e-6)
    return std::cerr << "wrong multiplier of CHN c14\n", 1;

  const double build = median_ms(9, [&] { const LeontiefSystem fresh(accounts); });
  const double full = median_ms(9, [&] {
    const LeontiefSystem fresh(accounts);
    const Footprints result = footprints(fresh, flows);
    if (!(result.consumption(0, 0) > 0)) std::abort();
  });
  const Shock demand{std::vector<FinalDemand>{{c14, 0, 100.0}}, "M1", 2011, Step::stated, false, ""};
  std::vector<Sourcing> moves;
  for (std::size_t j = 0; j < n; ++j)
    if (accounts.intermediate(static_cast<std::size_t>(c14), j) > 10) moves.push_back({static_cast<int>(j), c14, 0, 1.0});
  const Shock moved{moves, "M2", 2011, Step::stated, false, ""};
  const double one_demand = median_ms(51, [&] { solve_leontief(system, {{2011, {&demand}}}); });
  const double one_move = median_ms(51, [&] { solve_leontief(system, {{2011, {&moved}}}); });
  const double region = median_ms(9, [&] { output_without_trade_of(system, 0, false); });
  std::cout << fmt::format("kernels {}, threads {}\n", blas_kernels(), thread_count());
  std::cout << fmt::format(
      "factorise_and_certify_ms {:.2f}\naccounts_ms {:.2f}\nmeasure_final_demand_ms {:.3f}\nmeasure_sourcing_ms {:.3f}  ({} purchases "
      "moved)\nregion_extraction_ms {:.2f}\n",
      build, full, one_demand, one_move, moves.size(), region);
}
