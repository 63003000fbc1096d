// The tangent inside a region: from prices and factor returns to unit costs, the price index and spending by product.
//
//   d ln c  = v d ln q + (1 - v) d ln m            v: share of value added in cost at the state
//   d ln q  = [labour d ln w + capital d ln return + own (d ln R - (1-s) d ln c0) - own capital d ln K] / (1 - own (1-s))
//   d E(p)  = share(p) (d R part + R d part)       part: cost share over base share, moves with substitution only
#include <algorithm>
#include <cmath>

#include "kontor/base/parallel.h"
#include "tangent_parts.h"

namespace kontor {

namespace {

/// Slopes of a cell's cost, all at the state.
struct Cell {
  std::size_t j = 0, r = 0, user = 0;
  double goods = 0.0, less = 0.0;  // share of goods in output; 1 - substitution with value added
  double by_wage = 0.0, by_pool = 0.0, by_stock = 0.0, by_output = 0.0, by_cost = 0.0;  // of ln q; by_output per unit of R
  double value_added = 0.0, materials = 0.0;                                            // of ln c: by ln q and by ln of the materials price
};

Cell slopes(const Run& run, std::size_t j) {
  const Calibration& base = run.base();
  const Economy& economy = run.economy();
  Cell cell;
  cell.j = j, cell.r = at(base.cell_region[j]), cell.user = at(base.cell_user[j]);
  cell.goods = 1.0 - base.value_added[j] - base.tax_share[j];
  cell.less = 1.0 - base.options.substitution_value_added;
  const bool fixed = economy.on.capacity && economy.closure.capital == CapitalRule::fixed;
  const double own_capital = fixed ? base.capital_part[j] : 0.0;
  const double own = own_capital + (economy.on.capacity ? base.land_part[j] : 0.0);
  const double whole = 1.0 - own * cell.less;
  cell.by_wage = base.labour_part[j] / whole;
  cell.by_pool = fixed || run.w.layout.capitals == 0 ? 0.0 : base.capital_part[j] / whole;
  cell.by_stock = -own_capital / whole;
  cell.by_output = own > 0.0 ? own / (whole * run.w.output[j]) : 0.0;
  cell.by_cost = own > 0.0 ? -own * cell.less / whole : 0.0;
  const double va = base.value_added[j] * run.w.value_added_part[j], goods = cell.goods * run.w.goods_part[j];
  const double cost = cell.less == 0.0 ? 1.0 - base.tax_share[j] : va + goods;
  cell.value_added = va / cost, cell.materials = goods / cost;
  return cell;
}

double input_part(const Run& run, std::size_t j, std::size_t p) {
  return run.base().options.substitution_inputs == 1.0 ? 1.0 : run.w.input_part(j, p);
}

void push_cell(Run& run, const Cell& cell, std::span<const double> log_price, std::span<double> demand) {
  const std::size_t j = cell.j;
  const std::span<const double> share = run.base().share.row(cell.user);
  const double less_inputs = 1.0 - run.base().options.substitution_inputs, R = run.w.output[j], part = run.w.goods_part[j];
  const double shift = run.change == nullptr ? 0.0 : part_of(run.change->cost_shift, j);
  const double stock = run.change == nullptr ? 0.0 : part_of(run.change->log_capital, j);
  const double before_tax = run.d.log_cost[j] - shift;
  const double log_q = cell.by_wage * run.d.log_wage[cell.r] + cell.by_pool * run.d.pool_of_region[cell.r] + cell.by_stock * stock +
                       cell.by_output * run.d.output[j] + cell.by_cost * before_tax;
  double log_m = 0.0;
  if (cell.goods > 0.0)
    for (std::size_t p = 0; p < share.size(); ++p) log_m += share[p] * input_part(run, j, p) * log_price[p] / cell.goods;
  run.d.residual[run.w.layout.log_cost() + j] = cell.value_added * log_q + cell.materials * log_m + shift - run.d.log_cost[j];
  run.d.value_added_part[j] = cell.less * run.w.value_added_part[j] * (log_q - before_tax);
  const double spends = part * run.d.output[j] + R * cell.less * part * (log_m - before_tax);
  for (std::size_t p = 0; p < share.size(); ++p)
    if (share[p] != 0.0) demand[p] += share[p] * input_part(run, j, p) * (spends + R * part * less_inputs * (log_price[p] - log_m));
}

void pull_cell(Run& run, const Cell& cell, std::span<double> log_price, std::span<const double> demand) {
  const std::size_t j = cell.j;
  const std::span<const double> share = run.base().share.row(cell.user);
  const double less_inputs = 1.0 - run.base().options.substitution_inputs, R = run.w.output[j], part = run.w.goods_part[j];
  double spends = 0.0, log_m = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) {
    if (share[p] == 0.0) continue;
    const double all = share[p] * input_part(run, j, p) * demand[p];
    spends += all;
    log_price[p] += R * part * less_inputs * all, log_m -= R * part * less_inputs * all;
  }
  run.d.output[j] += part * spends;
  log_m += R * cell.less * part * spends;
  double before_tax = -R * cell.less * part * spends;
  const double added = cell.less * run.w.value_added_part[j] * run.d.value_added_part[j];
  double log_q = added;
  before_tax -= added;
  const double residual = run.d.residual[run.w.layout.log_cost() + j];
  log_q += cell.value_added * residual, log_m += cell.materials * residual;
  if (cell.goods > 0.0)
    for (std::size_t p = 0; p < share.size(); ++p) log_price[p] += share[p] * input_part(run, j, p) * log_m / cell.goods;
  run.d.log_wage[cell.r] += cell.by_wage * log_q;
  run.d.pool_of_region[cell.r] += cell.by_pool * log_q;
  run.d.output[j] += cell.by_output * log_q;
  before_tax += cell.by_cost * log_q;
  run.d.log_cost[j] += before_tax - residual;
  if (run.gradient == nullptr) return;
  run.gradient->log_capital[j] += cell.by_stock * log_q;
  run.gradient->cost_shift[j] += residual - before_tax;
}

void push_final_use(Run& run, std::size_t u, std::size_t r, std::span<const double> log_price, std::span<double> demand) {
  const std::span<const double> share = run.base().share.row(u);
  const double part = run.base().final_part[u], spends = part * run.d.spending[r];
  double cost = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) cost += share[p] * log_price[p], demand[p] += share[p] * spends;
  run.d.log_index[r] += part * cost / (1.0 - run.base().final_tax[u]);
}

void pull_final_use(Run& run, std::size_t u, std::size_t r, std::span<double> log_price, std::span<const double> demand) {
  const std::span<const double> share = run.base().share.row(u);
  const double part = run.base().final_part[u], cost = part / (1.0 - run.base().final_tax[u]) * run.d.log_index[r];
  double spends = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) log_price[p] += share[p] * cost, spends += share[p] * demand[p];
  run.d.spending[r] += part * spends;
}

// The same walk both ways: the users of a region touch nothing of another region's.
template <class Step>
void each_user(Run& run, const Step& step) {
  const Calibration& base = run.base();
  for_each_block(run.w.layout.regions, run.w.large ? thread_count() : 1, [&](std::size_t r) {
    for (std::size_t b = at(base.first_group[r]); b < at(base.first_group[r + 1]); ++b)
      for (std::size_t u = at(base.first_user[b]); u < at(base.first_user[b + 1]); ++u) step(r, b, u);
  });
}

}  // namespace

void push_cells(Run& run) {
  const Calibration& base = run.base();
  const std::size_t capitals = run.w.layout.capitals;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r)
    run.d.pool_of_region[r] = capitals == 0 ? 0.0 : run.d.log_capital_pool[capitals == 1 ? 0 : r];
  std::fill(run.d.log_index.begin(), run.d.log_index.end(), 0.0);
  std::fill(run.d.demand_of_group.values.begin(), run.d.demand_of_group.values.end(), 0.0);
  each_user(run, [&](std::size_t r, std::size_t b, std::size_t u) {
    if (base.user_cell[u] < 0) {
      if (base.final_part[u] != 0.0) push_final_use(run, u, r, run.d.log_price_of_group.row(b), run.d.demand_of_group.row(b));
    } else if (const std::size_t j = at(base.user_cell[u]); base.output[j] > 0.0) {
      push_cell(run, slopes(run, j), run.d.log_price_of_group.row(b), run.d.demand_of_group.row(b));
    } else {
      run.d.residual[run.w.layout.log_cost() + j] = -run.d.log_cost[j];
    }
  });
}

void pull_cells(Run& run) {
  const Calibration& base = run.base();
  const std::size_t capitals = run.w.layout.capitals;
  each_user(run, [&](std::size_t r, std::size_t b, std::size_t u) {
    if (base.user_cell[u] < 0) {
      if (base.final_part[u] != 0.0) pull_final_use(run, u, r, run.d.log_price_of_group.row(b), run.d.demand_of_group.row(b));
    } else if (const std::size_t j = at(base.user_cell[u]); base.output[j] > 0.0) {
      pull_cell(run, slopes(run, j), run.d.log_price_of_group.row(b), run.d.demand_of_group.row(b));
    } else {
      run.d.log_cost[j] -= run.d.residual[run.w.layout.log_cost() + j];
    }
  });
  for (std::size_t r = 0; r < run.w.layout.regions && capitals > 0; ++r)
    run.d.log_capital_pool[capitals == 1 ? 0 : r] += run.d.pool_of_region[r];
}

}  // namespace kontor
