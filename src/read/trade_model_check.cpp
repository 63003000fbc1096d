// What must hold between the files of a trade model before accounts are made of them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/problems.h"
#include "read/trade_model.h"

namespace kontor {

static constexpr double printed_digits = 1e-6;  // relative: publishers print seven digits or more
static constexpr double not_these = 0.01;       // relative: above it the files do not belong together

double spending(const TradeModel& m, std::size_t n, std::size_t p) {
  Sum sum;
  for (const double v : m.intermediate.row(m.cell(n, p))) sum.add(v);
  sum.add(m.final_demand(n, p));
  return sum.value();
}

double output(const TradeModel& m, std::size_t n, std::size_t j) {
  Sum sum;
  sum.add(m.value_added(n, j));
  for (std::size_t p = 0; p < m.sector_count(); ++p) sum.add(m.intermediate(m.cell(n, p), j));
  return sum.value();
}

static std::string cell_name(const TradeModel& m, std::size_t region, std::size_t sector) {
  return quoted(m.regions[region] + "." + m.sectors[sector]);
}

// What a cell pays is what it sells.
static Findings check_output(const TradeModel& m) {
  Problems problems("value_added.csv, intermediate_use.csv, trade.csv");
  for (std::size_t i = 0; i < m.region_count(); ++i)
    for (std::size_t p = 0; p < m.sector_count(); ++p) {
      const double costs = output(m, i, p), sales = sum_of(m.trade.row(m.flow(p, i)));
      const double gap = std::fabs(costs - sales), size = std::max(std::fabs(costs), sales);
      if (gap <= printed_digits * size) continue;
      const bool is_error = gap > not_these * size;
      problems.add(
          is_error ? Severity::error : Severity::warning, "off-balance", cell_name(m, i, p), "",
          fmt::format("value added and intermediate use {}, sales {}: a gap of {:.2g}", number_text(costs), number_text(sales), gap / size),
          "output equal to sales over all importers, to 1e-6",
          is_error ? "are the files of one release, in one unit?" : "output is taken from the costs");
    }
  problems.throw_if_any_errors();
  return problems.all();
}

// A region's spending on a product can be split by origin only where something is bought, and the other way round.
static Findings check_use(const TradeModel& m) {
  Problems problems("intermediate_use.csv, final_demand.csv, trade.csv");
  for (std::size_t n = 0; n < m.region_count(); ++n)
    for (std::size_t p = 0; p < m.sector_count(); ++p) {
      Sum bought;
      for (std::size_t i = 0; i < m.region_count(); ++i) bought.add(m.trade(m.flow(p, i), n));
      const double spent = spending(m, n, p);
      if (spent != 0 && bought.value() == 0)
        problems.add(Severity::error, "no-origin", cell_name(m, n, p), "", "spends " + number_text(spent) + ", but trade.csv has no seller",
                     "an origin of everything that is used", "add the flows, own region included");
      if (spent == 0 && bought.value() > 0)
        problems.add(Severity::warning, "no-use", cell_name(m, n, p), "", "buys " + number_text(bought.value()) + ", but nobody uses it",
                     "a use of everything that is bought", "its shares by origin are not kept: add the use");
    }
  problems.throw_if_any_errors();
  return problems.all();
}

std::vector<double> trade_imbalances(const TradeModel& m) {
  std::vector<Sum> sums(m.region_count());
  for (std::size_t p = 0; p < m.sector_count(); ++p)
    for (std::size_t i = 0; i < m.region_count(); ++i)
      for (std::size_t n = 0; n < m.region_count(); ++n)
        if (n != i) sums[n].add(m.trade(m.flow(p, i), n)), sums[i].add(-m.trade(m.flow(p, i), n));
  std::vector<double> imbalances;
  for (const Sum& sum : sums) imbalances.push_back(sum.value());
  return imbalances;
}

// Deficits that the files state are those of their trade.
static Findings check_deficits(const TradeModel& m) {
  Problems problems("deficit.csv, trade.csv");
  const std::vector<double> traded = trade_imbalances(m);
  double size = 0;
  for (const double t : traded) size = std::max(size, std::fabs(t));
  for (std::size_t r = 0; r < m.deficit.size(); ++r)
    if (std::fabs(m.deficit[r] - traded[r]) > printed_digits * size)
      problems.add(Severity::warning, "deficit", quoted(m.regions[r]), "",
                   number_text(m.deficit[r]) + " stated, imports less exports are " + number_text(traded[r]), "the two are equal",
                   "the stated one is kept: check its sign and unit");
  return problems.all();
}

Findings check_trade_model(const TradeModel& m) {
  Findings all;
  for (const auto check : {check_output, check_use, check_deficits}) {
    const Findings found = check(m);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace kontor
