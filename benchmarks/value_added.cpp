// How long do the export decompositions of all 41 regions of WIOD 2011 take, from accounts to rows by sector?
//   Borin-Mancini by source and by sink, KWW, and all of value added in trade by pair (41 x 41)
// Everything is counted: I - A is assembled, factorised and certified anew each time. The table is the one of the golden
// figures: output is the sum of the row. Answers checked: figures of exvatools for DEU, to 1e-10.
// Baseline in the same run: benchmarks/value_added.py, numpy doing what exvatools does (an inverse for each exporter).
// Run both with scripts/benchmark.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <vector>

#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/indicator.h"
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

// Output as the sum of the row, value added as what closes the column. Two cells of LUX, without inputs or trade, would make -1.
static void take_row_sums(Accounts& a) {
  const std::size_t n = a.cells.size();
  Matrix y = a.final_use.copy(), x(1, n), v(a.primary.rows(), n);
  std::vector<double> inputs(n, 0.0);
  for (std::size_t f = 0; f < y.columns; ++f)  // what the reader adds so that rows meet the reported output
    if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role == FinalRole::discrepancy)
      for (std::size_t i = 0; i < n; ++i) y(i, f) = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    x(0, i) = sum_of(a.intermediate.row(i)) + sum_of(y.row(i));
    if (x(0, i) < 0.0) std::fill(y.row(i).begin(), y.row(i).end(), 0.0), x(0, i) = 0.0;
    for (std::size_t j = 0; j < n; ++j) inputs[j] += a.intermediate(i, j);
  }
  for (std::size_t j = 0; j < n; ++j) v(0, j) = x(0, j) - inputs[j];
  a.final_use = Block(std::move(y)), a.output = Block(std::move(x)), a.primary = Block(std::move(v));
}

static bool is_right(const IndicatorAnswer& answer, const std::string& term, double expected) {
  for (const EffectRow& row : answer.rows)
    if (row.region == "DEU" && row.sector.empty() && row.term == term) return std::fabs(row.value - expected) <= 1e-10 * expected;
  return false;
}

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "value_added WIOT_2011.csv.gz\n", 2;
  Accounts accounts = find_reader("wiod").read(argv[1], {}).accounts;
  take_row_sums(accounts);

  const auto decompose = [&](const Picture& picture, const std::string& method) {
    Question question;
    question.settings = {{"method", method}};
    return ask(find_indicator("exports_decomposition"), picture, question);
  };
  const Picture known(accounts);
  const IndicatorAnswer source = decompose(known, "bm_source"), sink = decompose(known, "bm_sink"), kww = decompose(known, "kww");
  if (!is_right(source, "EXGR", 1601451.0) || !is_right(source, "DVA", 1144491.32234075) || !is_right(source, "FDC", 8738.56627347274) ||
      !is_right(source, "DAVAX", 856845.00181571) || !is_right(sink, "DVA", 1144491.32234075) || !is_right(kww, "FVA", 322874.124494128))
    return std::cerr << "wrong decomposition of DEU\n", 1;

  const double system = median_ms(9, [&] { const LeontiefSystem fresh(accounts); });
  const auto from_accounts = [&](const std::string& method, int runs) {
    return median_ms(runs, [&] {
      const Picture fresh(accounts);
      decompose(fresh, method);
    });
  };
  std::cout << fmt::format("kernels {}, threads {}\nfactorise_and_certify_ms {:.1f}\n", blas_kernels(), thread_count(), system);
  for (const auto& [method, runs] : {std::pair<const char*, int>{"bm_source", 9}, {"kww", 9}, {"bm_sink", 3}})
    std::cout << fmt::format("{}_all_regions_ms {:.1f}\n", method, from_accounts(method, runs));
  std::cout << fmt::format("value_added_origin_ms {:.1f}\n", median_ms(5, [&] {
                             const Picture fresh(accounts);
                             ask(find_indicator("value_added_origin"), fresh, {});
                           }));
}
