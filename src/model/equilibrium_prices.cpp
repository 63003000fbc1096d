// Prices and sales: one pass over A and B, product by product, and two over the users' shares.
#include <algorithm>
#include <cmath>

#include "equilibrium_steps.h"
#include "kontor/base/parallel.h"
#include "row_products.h"

namespace kontor {

// ln u = -theta ln c, with the scale effect; the largest of a product is taken out so that no power overflows.
static void rows_of_product(Work& w, std::size_t p) {
  const Calibration& base = *w.economy->base;
  const auto first = static_cast<std::size_t>(base.first_row[p]), last = static_cast<std::size_t>(base.first_row[p + 1]);
  double largest = first == last ? 0.0 : -1e300;
  for (std::size_t q = first; q < last; ++q) {
    const int cell = base.cell_of[q];
    double log_u = 0.0;
    if (cell >= 0) {
      const auto j = static_cast<std::size_t>(cell);
      log_u = -base.elasticity[p] * (w.log_cost[j] + w.log_rent[j]);
      if (base.options.scale != 0.0 && w.output[j] > 0.0)
        log_u += base.options.scale * (std::log(w.output[j] / base.output[j]) - w.log_cost[j]);
    }
    w.log_row[q] = log_u;
    largest = std::max(largest, log_u);
  }
  w.shift[p] = largest;
  for (std::size_t q = first; q < last; ++q) w.row[q] = std::exp(w.log_row[q] - largest);
}

// What users pay more or less for a product.
static void prices_of_product(Work& w, std::size_t p) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  rows_of_product(w, p);
  gather(economy, economy.weight, p, w.row, w.phi.row(p));
  if (w.wedges && economy.net.shares_part(economy.weight, p))
    std::ranges::copy(w.phi.row(p), w.net_phi.row(p).begin());
  else if (w.wedges)
    gather(economy, economy.net, p, w.row, w.net_phi.row(p));
  if (!economy.targets.empty()) add_wedged(w, p);
  for (std::size_t b = 0; b < w.phi.columns; ++b) {
    const double phi = w.phi(p, b);
    w.log_price(p, b) = phi > 0.0 ? -(std::log(phi) + w.shift[p]) / base.elasticity[p] : 0.0;
  }
}

// ln of the price of a cell's materials; with substitution also the products' shares within them over the base's.
static double materials(Work& w, std::size_t j, std::size_t u, std::span<const double> log_price, double goods) {
  const Calibration& base = *w.economy->base;
  const double s = base.options.substitution_inputs;
  if (s == 1.0) return w.material_cost[u] / goods;  // sum of share x ln P, already there
  const std::span<const double> share = base.share.row(u);
  double sum = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) sum += share[p] * std::exp((1.0 - s) * log_price[p]);
  const double log_materials = std::log(sum / goods) / (1.0 - s);
  for (std::size_t p = 0; p < share.size(); ++p) w.input_part(j, p) = std::exp((1.0 - s) * (log_price[p] - log_materials));
  return log_materials;
}

double log_pool(const Work& w, std::size_t region) {
  if (w.layout.capitals == 0) return 0.0;
  return w.log_capital_pool[w.layout.capitals == 1 ? 0 : region];
}

// Unit cost of a cell against the state's; the price of its factors stands in q. Capital that stays in the cell earns what
// is left, so q depends on output; with substitution also on the share of value added, which is solved for in place.
static void cost_of(Work& w, std::size_t j) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const auto r = static_cast<std::size_t>(base.cell_region[j]), u = static_cast<std::size_t>(base.cell_user[j]);
  double& residual = w.residual[w.layout.log_cost() + j];
  if (!(base.output[j] > 0.0)) {
    residual = -w.log_cost[j];  // an idle cell keeps its base price
    return;
  }
  const double va = base.value_added[j], tax = base.tax_share[j], goods = 1.0 - va - tax, s = base.options.substitution_value_added;
  const bool fixed = economy.on.capacity && economy.closure.capital == CapitalRule::fixed;
  const double own_capital = fixed ? base.capital_part[j] : 0.0, own_land = economy.on.capacity ? base.land_part[j] : 0.0;
  const double own = own_capital + own_land, log_output = own > 0.0 ? std::log(w.output[j] / base.output[j]) : 0.0;
  const double log_stock = own_capital > 0.0 ? std::log(economy.capital[j]) : 0.0;
  const double before_tax = w.log_cost[j] - economy.cost_shift[j];  // unit cost without the change in productivity
  double log_q = base.labour_part[j] * w.log_wage[r] + (fixed ? 0.0 : base.capital_part[j] * log_pool(w, r));
  if (own > 0.0) log_q += own * (log_output - (1.0 - s) * before_tax) - own_capital * log_stock;
  log_q /= 1.0 - own * (1.0 - s);
  w.log_value_added[j] = log_q;
  w.log_capital[j] = fixed ? log_output - log_stock + (1.0 - s) * (log_q - before_tax) : log_pool(w, r);
  const double log_m =
      goods > 0.0 ? materials(w, j, u, w.log_price_of_group.row(static_cast<std::size_t>(base.user_group[u])), goods) : 0.0;
  double log_c = 0.0;
  if (s == 1.0) {
    log_c = (va * log_q + goods * log_m) / (1.0 - tax);
  } else {
    log_c = std::log((va * std::exp((1.0 - s) * log_q) + goods * std::exp((1.0 - s) * log_m)) / (1.0 - tax)) / (1.0 - s);
    w.value_added_part[j] = std::exp((1.0 - s) * (log_q - before_tax)), w.goods_part[j] = std::exp((1.0 - s) * (log_m - before_tax));
  }
  residual = log_c + economy.cost_shift[j] - w.log_cost[j];
}

// Unit costs and the consumer price index.
static void costs_of_region(Work& w, std::size_t r) {
  const Calibration& base = *w.economy->base;
  double index = 0.0;
  for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b) {
    const auto first = static_cast<std::size_t>(base.first_user[b]), last = static_cast<std::size_t>(base.first_user[b + 1]);
    users_times(base, first, last, w.log_price_of_group.row(b), w.material_cost);
    for (std::size_t u = first; u < last; ++u) {
      if (base.user_cell[u] >= 0)
        cost_of(w, static_cast<std::size_t>(base.user_cell[u]));
      else
        index += base.final_part[u] * w.material_cost[u] / (1.0 - base.final_tax[u]);
    }
  }
  w.log_index[r] = index;
}

// What the users of each group spend on each product; with substitution that depends on their costs.
static void demand_of_region(Work& w, std::size_t r) {
  const Calibration& base = *w.economy->base;
  const bool substitution = base.options.substitution_inputs != 1.0;
  for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b) {
    const auto first = static_cast<std::size_t>(base.first_user[b]), last = static_cast<std::size_t>(base.first_user[b + 1]);
    const std::span<double> demand = w.demand_of_group.row(b);
    for (std::size_t u = first; u < last; ++u) {
      const auto j = static_cast<std::size_t>(base.user_cell[u]);
      if (base.user_cell[u] < 0)
        w.spends[u] = base.final_part[u] * w.spending[r];
      else
        w.spends[u] = base.output[j] > 0.0 ? w.output[j] * w.goods_part[j] : 0.0;
    }
    products_times(base, first, last, w.spends, demand);
    for (std::size_t u = first; u < last && substitution; ++u)
      if (base.user_cell[u] >= 0 && w.spends[u] != 0.0)
        for (std::size_t p = 0; p < demand.size(); ++p)
          demand[p] += base.share(u, p) * w.spends[u] * (w.input_part(static_cast<std::size_t>(base.user_cell[u]), p) - 1.0);
  }
}

// What a product's rows sell to groups, and what its wedges bring in.
static void sales_of_product(Work& w, std::size_t p) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  for (std::size_t b = 0; b < w.phi.columns; ++b) w.ratio(p, b) = w.phi(p, b) > 0.0 ? w.demand(p, b) / w.phi(p, b) : 0.0;
  scatter(economy, economy.net, p, w.ratio.row(p), w.sales);
  if (!economy.targets.empty()) add_wedged_sales(w, p);
  for (auto q = static_cast<std::size_t>(base.first_row[p]); q < static_cast<std::size_t>(base.first_row[p + 1]); ++q)
    w.sales[q] *= w.row[q];
  if (!w.wedges) return;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    double revenue = 0.0;
    for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b)
      revenue += w.demand(p, b) - w.ratio(p, b) * w.net_phi(p, b);
    w.wedge_by_product(p, r) = revenue;
  }
}

void markets_of(Work& w) {
  const CalibrationOptions& technology = w.economy->base->options;
  const int threads = w.large ? thread_count() : 1;
  const auto demand = [&] {
    for_each_block(w.layout.regions, threads, [&](std::size_t r) { demand_of_region(w, r); });
    transpose(w.demand_of_group, w.demand);
  };
  const auto costs = [&] {
    transpose(w.log_price, w.log_price_of_group);
    for_each_block(w.layout.regions, threads, [&](std::size_t r) { costs_of_region(w, r); });
  };
  if (technology.substitution_inputs == 1.0 && technology.substitution_value_added == 1.0) {
    // Spending does not wait for prices, so that each product's part of A and B is read once, while it is in the cache.
    demand();
    for_each_block(w.phi.rows, threads, [&](std::size_t p) { prices_of_product(w, p), sales_of_product(w, p); });
    costs();
  } else {
    for_each_block(w.phi.rows, threads, [&](std::size_t p) { prices_of_product(w, p); });
    costs();
    demand();
    for_each_block(w.phi.rows, threads, [&](std::size_t p) { sales_of_product(w, p); });
  }
}

static double price_of(const Work& w, std::size_t row) { return std::exp(log_price_of_row(w, row)); }

// Nobody makes less than nothing: where more is to be drawn from a stock than its row sells, only so much is drawn as finds
// buyers, from all who draw in the same part, and the cell stands idle.
static void limit_withdrawals(Work& w) {
  const Economy& economy = *w.economy;
  if (w.exhausted) std::fill(w.drawn_part.begin(), w.drawn_part.end(), 1.0);
  const Calibration& base = *economy.base;
  w.exhausted = false;
  const auto short_of_sales = [&](std::size_t q) {
    return w.sales[q] < 0.0 && base.cell_of[q] >= 0 && base.output[static_cast<std::size_t>(base.cell_of[q])] > 0.0;
  };
  for (std::size_t q = 0; q < w.sales.size() && !w.exhausted; ++q) w.exhausted = short_of_sales(q);
  if (!w.exhausted) return;
  std::vector<double> drawn(w.sales.size(), 0.0);
  for (const FixedPurchase& f : economy.fixed)
    if (const auto q = static_cast<std::size_t>(f.row); f.amount < 0.0 && short_of_sales(q)) drawn[q] -= f.amount * price_of(w, q);
  for (const FixedPurchase& f : economy.fixed) {
    const auto q = static_cast<std::size_t>(f.row);
    if (f.amount >= 0.0 || drawn[q] == 0.0) continue;
    w.drawn_part[q] = std::max(1.0 + w.sales[q] / drawn[q], 0.0);
    const double left = (w.drawn_part[q] - 1.0) * f.amount * price_of(w, q);
    w.fixed_value[q] += left;
    if (f.region < 0) continue;
    w.fixed_cost[static_cast<std::size_t>(f.region)] += left;
    if (f.building) w.built_cost[static_cast<std::size_t>(f.region)] += left;
  }
  for (std::size_t q = 0; q < drawn.size(); ++q)
    if (drawn[q] > 0.0) w.sales[q] = 0.0;
}

void other_sales_of_rows(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  // From here on sales hold everything that a row sells: to groups, abroad, and to those who buy whatever the price.
  std::fill(w.fixed_value.begin(), w.fixed_value.end(), 0.0);
  std::fill(w.fixed_cost.begin(), w.fixed_cost.end(), 0.0), std::fill(w.built_cost.begin(), w.built_cost.end(), 0.0);
  for (const FixedPurchase& f : economy.fixed) {
    const auto q = static_cast<std::size_t>(f.row);
    const double value = f.amount * price_of(w, q);
    w.fixed_value[q] += value;
    if (f.region < 0) continue;
    w.fixed_cost[static_cast<std::size_t>(f.region)] += value;
    if (f.building) w.built_cost[static_cast<std::size_t>(f.region)] += value;
  }
  for (std::size_t p = 0; p < w.shift.size(); ++p)
    for (auto q = static_cast<std::size_t>(base.first_row[p]); q < static_cast<std::size_t>(base.first_row[p + 1]); ++q)
      w.sales[q] += w.fixed_value[q] + (economy.exports[q] == 0.0 ? 0.0 : economy.exports[q] * std::exp(w.log_row[q]));
  limit_withdrawals(w);
}

}  // namespace kontor
