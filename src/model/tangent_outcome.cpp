// The gradient of what is read off a solution: consumer prices, value added at base prices, labour at work.
//
//   value added   y = R [ (1-t) / c - g m ],  m = sum_p share(p) part(p) / P(p)    g, part: as substitution moves them
//   labour        y = labour part x value added's part x R / w
//
// With CES  d ln g = less (d ln M - d ln c0),  d ln part(p) = less_inputs (d ln P(p) - d ln M),  c0: cost before its shift.
#include <cmath>

#include "tangent_parts.h"

namespace kontor {

static void pull_value_added(Run& run, std::size_t j, double back) {
  const Calibration& base = run.base();
  const Work& w = run.w;
  const std::size_t u = at(base.cell_user[j]), b = at(base.user_group[u]);
  const std::span<const double> share = base.share.row(u), price = w.log_price_of_group.row(b);
  const std::span<double> log_price = run.d.log_price_of_group.row(b);
  const double R = w.output[j], made = (1.0 - base.tax_share[j]) * std::exp(-w.log_cost[j]);
  const double less = 1.0 - base.options.substitution_value_added, less_inputs = 1.0 - base.options.substitution_inputs;
  const double goods = 1.0 - base.value_added[j] - base.tax_share[j];
  double inputs = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) {
    if (share[p] == 0.0) continue;
    const double input = share[p] * (w.input_part.values.empty() ? 1.0 : w.input_part(j, p)) * std::exp(-price[p]);
    inputs += input;
    log_price[p] += back * R * w.goods_part[j] * input * (1.0 - less_inputs);
  }
  const double all = R * w.goods_part[j] * inputs;
  const double log_m = back * all * (less_inputs - less), before_tax = back * all * less;
  if (goods > 0.0)
    for (std::size_t p = 0; p < share.size(); ++p)
      if (share[p] != 0.0) log_price[p] += share[p] * (w.input_part.values.empty() ? 1.0 : w.input_part(j, p)) / goods * log_m;
  run.d.output[j] += back * (made - w.goods_part[j] * inputs);
  run.d.log_cost[j] += before_tax - back * R * made;
  if (run.gradient != nullptr) run.gradient->cost_shift[j] -= before_tax;
}

static void pull_labour_at_work(Run& run, std::size_t j, double back) {
  const Calibration& base = run.base();
  const std::size_t r = at(base.cell_region[j]);
  const double unit = base.labour_part[j] * base.value_added[j] * std::exp(-run.w.log_wage[r]);
  run.d.output[j] += back * unit * run.w.value_added_part[j];
  run.d.value_added_part[j] += back * unit * run.w.output[j];
  run.d.log_wage[r] -= back * unit * run.w.value_added_part[j] * run.w.output[j];
}

void pull_outcome(Run& run, const Outcome& outcome) {
  if (!outcome.log_index.empty()) run.d.log_index = outcome.log_index;
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) {
    if (!(run.base().output[j] > 0.0)) continue;
    if (part_of(outcome.value_added, j) != 0.0) pull_value_added(run, j, outcome.value_added[j]);
    if (part_of(outcome.labour, j) != 0.0) pull_labour_at_work(run, j, outcome.labour[j]);
  }
}

}  // namespace kontor
