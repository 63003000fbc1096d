// The equations at a state. One pass over A and B: gather prices, then sales; all else is linear in cells or regions.
#include <algorithm>
#include <cmath>

#include "equilibrium_parts.h"
#include "kontor/base/parallel.h"
#include "row_products.h"

namespace kontor {

Layout layout_of(const Economy& economy) {
  const Calibration& base = *economy.base;
  Layout layout{base.output.size(), base.regions.size(), 0, economy.targets.size()};
  if (economy.on.capacity && economy.closure.capital == CapitalRule::mobile) layout.capitals = layout.regions;
  if (economy.on.capacity && economy.closure.capital == CapitalRule::world_return) layout.capitals = 1;
  return layout;
}

std::vector<double> region_scales(const Calibration& base) {
  std::vector<double> sum(base.regions.size(), 0.0), count(base.regions.size(), 0.0);
  for (std::size_t j = 0; j < base.output.size(); ++j)
    sum[static_cast<std::size_t>(base.cell_region[j])] += base.output[j], count[static_cast<std::size_t>(base.cell_region[j])] += 1.0;
  for (std::size_t r = 0; r < sum.size(); ++r) sum[r] /= count[r];
  return sum;
}

Work work_for(const Economy& economy) {
  const Calibration& base = *economy.base;
  Work w;
  w.economy = &economy;
  w.layout = layout_of(economy);
  w.scale = region_scales(base);
  w.wedges = economy.net != economy.weight || !economy.targets.empty();
  w.scale_free = base.closed && economy.on.incomes && economy.on.wages;
  const std::size_t n = base.output.size(), regions = base.regions.size(), rows = base.supplier_of.size();
  const auto products = static_cast<std::size_t>(base.products);
  const std::size_t groups = base.group_region.size(), users = base.user_cell.size();
  w.large = rows * groups > 300000;  // entries; below, threads cost more than they save
  for (auto* list : {&w.log_cost, &w.output, &w.log_value_added, &w.log_capital, &w.value_added_part, &w.goods_part}) list->assign(n, 0.0);
  for (auto* list : {&w.log_wage, &w.spending, &w.wedge_revenue, &w.tax_revenue, &w.labour_pay, &w.capital_pay, &w.land_pay, &w.owned,
                     &w.fixed_cost, &w.built_cost, &w.need, &w.log_index, &w.log_labour, &w.imbalance})
    list->assign(regions, 0.0);
  for (auto* list : {&w.log_row, &w.row, &w.sales, &w.fixed_value}) list->assign(rows, 0.0);
  w.shift.assign(products, 0.0);
  w.log_capital_pool.assign(w.layout.capitals, 0.0);
  w.log_wedge.assign(w.layout.targets, 0.0), w.target_share.assign(w.layout.targets, 0.0);
  w.material_cost.assign(users, 0.0), w.spends.assign(users, 0.0);
  for (auto* table : {&w.phi, &w.log_price, &w.demand, &w.ratio}) *table = Matrix(products, groups);
  if (w.wedges) w.net_phi = Matrix(products, groups);
  w.wedge_by_product = Matrix(products, regions);
  w.log_price_of_group = w.demand_of_group = Matrix(groups, products);
  if (base.options.substitution_inputs != 1.0) w.input_part = Matrix(n, products);
  w.residual.assign(w.layout.size(), 0.0);
  return w;
}

std::vector<double> base_state(const Work& w) {
  std::vector<double> z(w.layout.size(), 0.0);
  const Calibration& base = *w.economy->base;
  for (std::size_t j = 0; j < w.layout.cells; ++j)
    z[w.layout.output() + j] = base.output[j] / w.scale[static_cast<std::size_t>(base.cell_region[j])];
  for (std::size_t r = 0; r < w.layout.regions; ++r) z[w.layout.spending() + r] = 1.0;
  return z;
}

namespace {

void read_state(Work& w, const std::vector<double>& z) {
  const Calibration& base = *w.economy->base;
  const Layout& at = w.layout;
  for (std::size_t j = 0; j < at.cells; ++j) {
    w.log_cost[j] = z[at.log_cost() + j];
    w.output[j] = z[at.output() + j] * w.scale[static_cast<std::size_t>(base.cell_region[j])];
  }
  for (std::size_t r = 0; r < at.regions; ++r) w.log_wage[r] = z[at.wage() + r], w.spending[r] = z[at.spending() + r] * base.spending[r];
  for (std::size_t k = 0; k < at.capitals; ++k) w.log_capital_pool[k] = z[at.capital() + k];
  for (std::size_t k = 0; k < at.targets; ++k) w.log_wedge[k] = z[at.wedge() + k];
}

// ln u = -theta ln c, with the scale effect; the largest of a product is taken out so that no power overflows.
void rows_of(Work& w) {
  const Calibration& base = *w.economy->base;
  for (std::size_t p = 0; p < w.shift.size(); ++p) {
    const auto first = static_cast<std::size_t>(base.first_row[p]), last = static_cast<std::size_t>(base.first_row[p + 1]);
    double largest = first == last ? 0.0 : -1e300;
    for (std::size_t q = first; q < last; ++q) {
      const int cell = base.cell_of[q];
      double log_u = 0.0;
      if (cell >= 0) {
        const auto j = static_cast<std::size_t>(cell);
        log_u = -base.elasticity[p] * w.log_cost[j];
        if (base.options.scale != 0.0 && w.output[j] > 0.0)
          log_u += base.options.scale * (std::log(w.output[j] / base.output[j]) - w.log_cost[j]);
      }
      w.log_row[q] = log_u;
      largest = std::max(largest, log_u);
    }
    w.shift[p] = largest;
    for (std::size_t q = first; q < last; ++q) w.row[q] = std::exp(w.log_row[q] - largest);
  }
}

// Price factor of a target's wedge in a purchase, and what of it the seller keeps; both over the unwedged ones, less one.
struct WedgeFactors {
  double gross = 0.0, net = 0.0;
};

WedgeFactors factors_of(const Work& w, std::size_t k) {
  const double theta = w.economy->base->elasticity[static_cast<std::size_t>(w.economy->targets[k].product)];
  return {std::expm1(-theta * w.log_wedge[k]), std::expm1(-(theta + 1.0) * w.log_wedge[k])};
}

void add_wedged(Work& w, std::size_t product) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    if (static_cast<std::size_t>(target.product) != product) continue;
    const WedgeFactors factor = factors_of(w, k);
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      if (!flow.wedged) continue;
      w.phi(product, b) += (*w.economy->weight)(q, b) * w.row[q] * factor.gross;
      w.net_phi(product, b) += (*w.economy->net)(q, b) * w.row[q] * factor.net;
    }
  }
}

void add_wedged_sales(Work& w, std::size_t product) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    if (static_cast<std::size_t>(target.product) != product) continue;
    const double net = factors_of(w, k).net;
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      if (flow.wedged) w.sales[q] += (*w.economy->net)(q, b) * w.ratio(product, b) * net;
    }
  }
}

void equations_of_targets(Work& w) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    const auto p = static_cast<std::size_t>(target.product);
    const double gross = factors_of(w, k).gross;
    double all = 0.0, producing = 0.0;
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      const double value = (*w.economy->weight)(q, b) * w.row[q] * w.ratio(p, b) * (flow.wedged ? 1.0 + gross : 1.0);
      all += value;
      if (flow.producing) producing += value;
    }
    w.target_share[k] = producing / all;
    w.residual[w.layout.wedge() + k] = target.share - w.target_share[k];
  }
}

// What users pay more or less for each product, and what that costs each user.
void prices_of(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const auto groups = w.phi.columns;
  const auto product = [&](std::size_t p) {
    gather(economy, *economy.weight, p, w.row, w.phi.row(p));
    if (w.wedges) gather(economy, *economy.net, p, w.row, w.net_phi.row(p));
    if (!economy.targets.empty()) add_wedged(w, p);
    for (std::size_t b = 0; b < groups; ++b) {
      const double phi = w.phi(p, b);
      w.log_price(p, b) = phi > 0.0 ? -(std::log(phi) + w.shift[p]) / base.elasticity[p] : 0.0;
    }
  };
  for_each_block(w.phi.rows, w.large ? thread_count() : 1, product);
  transpose(w.log_price, w.log_price_of_group);
}

// ln of the price of a cell's materials; with substitution also the products' shares within them over the base's.
double materials(Work& w, std::size_t j, std::size_t u, std::span<const double> log_price, double goods) {
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
void cost_of(Work& w, std::size_t j) {
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
    w.value_added_part[j] = w.goods_part[j] = 1.0;
  } else {
    log_c = std::log((va * std::exp((1.0 - s) * log_q) + goods * std::exp((1.0 - s) * log_m)) / (1.0 - tax)) / (1.0 - s);
    w.value_added_part[j] = std::exp((1.0 - s) * (log_q - before_tax)), w.goods_part[j] = std::exp((1.0 - s) * (log_m - before_tax));
  }
  residual = log_c + economy.cost_shift[j] - w.log_cost[j];
}

// Unit costs, the consumer price index, and what the users of each group spend on each product.
void region_of(Work& w, std::size_t r) {
  const Calibration& base = *w.economy->base;
  const bool substitution = base.options.substitution_inputs != 1.0;
  double index = 0.0;
  for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b) {
    const auto first = static_cast<std::size_t>(base.first_user[b]), last = static_cast<std::size_t>(base.first_user[b + 1]);
    const std::span<double> demand = w.demand_of_group.row(b);
    users_times(base, first, last, w.log_price_of_group.row(b), w.material_cost);
    for (std::size_t u = first; u < last; ++u) {
      if (base.user_cell[u] < 0) {
        w.spends[u] = base.final_part[u] * w.spending[r];
        index += base.final_part[u] * w.material_cost[u] / (1.0 - base.final_tax[u]);
        continue;
      }
      const auto j = static_cast<std::size_t>(base.user_cell[u]);
      cost_of(w, j);
      w.spends[u] = base.output[j] > 0.0 ? w.output[j] * w.goods_part[j] : 0.0;
    }
    products_times(base, first, last, w.spends, demand);
    for (std::size_t u = first; u < last && substitution; ++u)
      if (base.user_cell[u] >= 0 && w.spends[u] != 0.0)
        for (std::size_t p = 0; p < demand.size(); ++p)
          demand[p] += base.share(u, p) * w.spends[u] * (w.input_part(static_cast<std::size_t>(base.user_cell[u]), p) - 1.0);
  }
  w.log_index[r] = index;
}

void sales_of_rows(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  transpose(w.demand_of_group, w.demand);
  const auto product = [&](std::size_t p) {
    for (std::size_t b = 0; b < w.phi.columns; ++b) w.ratio(p, b) = w.phi(p, b) > 0.0 ? w.demand(p, b) / w.phi(p, b) : 0.0;
    scatter(economy, *economy.net, p, w.ratio.row(p), w.sales);
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
  };
  for_each_block(w.phi.rows, w.large ? thread_count() : 1, product);
  // From here on sales hold everything that a row sells: to groups, abroad, and to those who buy whatever the price.
  std::fill(w.fixed_value.begin(), w.fixed_value.end(), 0.0);
  std::fill(w.fixed_cost.begin(), w.fixed_cost.end(), 0.0), std::fill(w.built_cost.begin(), w.built_cost.end(), 0.0);
  for (const FixedPurchase& f : economy.fixed) {
    const auto q = static_cast<std::size_t>(f.row);
    const double value = f.amount * (base.cell_of[q] < 0 ? 1.0 : std::exp(w.log_cost[static_cast<std::size_t>(base.cell_of[q])]));
    w.fixed_value[q] += value;
    if (f.region < 0) continue;
    w.fixed_cost[static_cast<std::size_t>(f.region)] += value;
    if (f.building) w.built_cost[static_cast<std::size_t>(f.region)] += value;
  }
  for (std::size_t p = 0; p < w.shift.size(); ++p)
    for (auto q = static_cast<std::size_t>(base.first_row[p]); q < static_cast<std::size_t>(base.first_row[p + 1]); ++q)
      w.sales[q] += w.fixed_value[q] + (economy.exports[q] == 0.0 ? 0.0 : economy.exports[q] * std::exp(w.log_row[q]));
}

// Labour of each region over its base: given, or shared out within the nation by real spending per head.
void labour_supply(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  for (std::size_t r = 0; r < w.layout.regions; ++r) w.log_labour[r] = std::log(economy.labour[r]);
  if (economy.closure.labour != LabourRule::mobile) return;
  const double part = economy.closure.labour_elasticity / (1.0 + economy.closure.labour_elasticity);
  std::vector<double> weight(static_cast<std::size_t>(base.nations), 0.0), total = weight;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double pull = part * (std::log(w.spending[r] / base.spending[r]) - w.log_index[r]);
    weight[static_cast<std::size_t>(base.nation[r])] += base.labour_income[r];
    total[static_cast<std::size_t>(base.nation[r])] += base.labour_income[r] * std::exp(pull);
    w.log_labour[r] += pull;
  }
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const auto nation = static_cast<std::size_t>(base.nation[r]);
    w.log_labour[r] -= std::log(total[nation] / weight[nation]);
  }
}

void pay_of_factors(Work& w) {
  const Calibration& base = *w.economy->base;
  for (auto* list : {&w.labour_pay, &w.capital_pay, &w.land_pay, &w.tax_revenue}) std::fill(list->begin(), list->end(), 0.0);
  for (std::size_t j = 0; j < w.layout.cells; ++j) {
    if (!(base.output[j] > 0.0)) continue;
    const auto r = static_cast<std::size_t>(base.cell_region[j]);
    const double pay = base.value_added[j] * w.value_added_part[j] * w.output[j];
    w.labour_pay[r] += base.labour_part[j] * pay, w.capital_pay[r] += base.capital_part[j] * pay, w.land_pay[r] += base.land_part[j] * pay;
    w.tax_revenue[r] += base.tax_share[j] * w.output[j];
  }
}

// Factor income of the residents: wages at the state's wage, capital as the closure and the owners have it.
void incomes_of(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const bool world = economy.on.capacity && economy.closure.capital == CapitalRule::world_return;
  const bool fixed = economy.on.capacity && economy.closure.capital == CapitalRule::fixed;
  const bool given = economy.on.wages && economy.closure.labour != LabourRule::real_wage;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double labour = given ? base.labour_income[r] * std::exp(w.log_wage[r] + w.log_labour[r]) : w.labour_pay[r];
    const double capital = world ? base.capital_income[r] * std::exp(log_pool(w, r)) : w.capital_pay[r];
    w.owned[r] = labour + capital + w.land_pay[r];
  }
  // What added capital earns: its part of the cell's pay where capital stays, else its stock at the common return.
  const auto added = [&](std::size_t j) {
    const double stock = base.capital_part[j] * base.value_added[j];
    if (fixed) return stock * w.value_added_part[j] * w.output[j] * (1.0 - 1.0 / economy.capital[j]);
    return economy.on.capacity
               ? stock * base.output[j] * (economy.capital[j] - 1.0) * std::exp(log_pool(w, static_cast<std::size_t>(base.cell_region[j])))
               : 0.0;
  };
  if (world)
    for (std::size_t j = 0; j < w.layout.cells; ++j)
      if (economy.capital[j] != 1.0) w.owned[static_cast<std::size_t>(base.cell_region[j])] += added(j);
  if (!economy.on.ownership) return;
  for (const OwnedPart& part : economy.owned) {
    const auto j = static_cast<std::size_t>(part.cell);
    if (part.owner >= 0) w.owned[static_cast<std::size_t>(part.owner)] += part.share * added(j);
    w.owned[static_cast<std::size_t>(base.cell_region[j])] -= part.share * added(j);
  }
}

// What a region spends beyond its income. In a closed world the shares are shifted so that they sum to zero.
void imbalances_of(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const ImbalanceRule rule = economy.closure.imbalance;
  std::fill(w.imbalance.begin(), w.imbalance.end(), 0.0);
  if (rule == ImbalanceRule::zero) return;
  if (rule == ImbalanceRule::fixed) {
    w.imbalance = base.imbalance;
    return;
  }
  double sum = 0.0, world = 0.0;
  const auto base_income = [&](std::size_t r) { return base.labour_income[r] + base.capital_income[r] + base.land_income[r]; };
  if (rule == ImbalanceRule::share) {
    for (std::size_t r = 0; r < w.layout.regions; ++r) {
      w.imbalance[r] = base.imbalance[r] / base_income(r) * w.owned[r];
      sum += w.imbalance[r], world += w.owned[r];
    }
    if (base.closed)
      for (std::size_t r = 0; r < w.layout.regions; ++r) w.imbalance[r] -= sum / world * w.owned[r];
    return;
  }
  // Portfolio: each region gives the share iota of its capital income to a common fund, which pays by labour income.
  double fund = 0.0, fund_base = 0.0, labour = 0.0, labour_base = 0.0;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double iota = economy.fund_share[r];
    fund += iota * w.capital_pay[r], fund_base += iota * base.capital_income[r];
    labour += w.labour_pay[r], labour_base += base.labour_income[r];
  }
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double paid = economy.fund_share[r] * w.capital_pay[r], received = fund / labour * w.labour_pay[r];
    const double rest =
        base.imbalance[r] - (fund_base / labour_base * base.labour_income[r] - economy.fund_share[r] * base.capital_income[r]);
    w.imbalance[r] = received - paid + rest;
  }
}

// What the measures cost each budget: what it builds and pays others, less what wedges bring in beyond the baseline.
void needs_of(Work& w) {
  const Economy& economy = *w.economy;
  for (std::size_t r = 0; r < w.layout.regions; ++r)
    w.need[r] = economy.wedge_revenue_before.empty()
                    ? 0.0
                    : w.built_cost[r] - economy.transfers[r] - (w.wedge_revenue[r] - economy.wedge_revenue_before[r]);
}

void equations_of_regions(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const Layout& at = w.layout;
  std::fill(w.wedge_revenue.begin(), w.wedge_revenue.end(), 0.0);
  if (w.wedges)
    for (std::size_t p = 0; p < w.shift.size(); ++p)
      for (std::size_t r = 0; r < at.regions; ++r) w.wedge_revenue[r] += w.wedge_by_product(p, r);
  labour_supply(w);
  pay_of_factors(w);
  incomes_of(w);
  imbalances_of(w);
  needs_of(w);
  double need = 0.0;
  const bool paid = economy.closure.budget == BudgetRule::transfer;
  for (std::size_t r = 0; r < at.regions && paid; ++r) need += w.need[r];
  std::vector<double> payment(at.regions, 0.0);
  if (paid)
    for (const auto& [region, share] : economy.closure.payers)
      if (const int r = base.region_number[static_cast<std::size_t>(region)]; r >= 0) payment[static_cast<std::size_t>(r)] += share * need;
  const bool taxed = economy.closure.budget == BudgetRule::tax && economy.closure.labour == LabourRule::real_wage;
  for (std::size_t r = 0; r < at.regions; ++r) {
    double& wage = w.residual[at.wage() + r];
    if (!economy.on.wages)
      wage = -w.log_wage[r];
    else if (economy.closure.labour == LabourRule::real_wage)
      wage = w.log_index[r] - (taxed ? std::log1p(-w.need[r] / w.labour_pay[r]) : 0.0) - w.log_wage[r];
    else
      wage = std::log(w.labour_pay[r] / base.labour_income[r]) - w.log_wage[r] - w.log_labour[r];
    double income = w.owned[r] + w.tax_revenue[r] + w.wedge_revenue[r] + w.imbalance[r] + economy.transfers[r] - w.fixed_cost[r];
    if (paid) income += w.need[r] - payment[r];
    double final_tax = 0.0;
    for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b)
      for (auto u = static_cast<std::size_t>(base.first_user[b]); u < static_cast<std::size_t>(base.first_user[b + 1]); ++u)
        final_tax += base.final_part[u] * base.final_tax[u];
    income += final_tax * w.spending[r];
    w.residual[at.spending() + r] =
        economy.on.incomes ? (income - w.spending[r]) / base.spending[r] : 1.0 - w.spending[r] / base.spending[r];
  }
}

void equations_of_capital(Work& w) {
  const Calibration& base = *w.economy->base;
  const Layout& at = w.layout;
  if (at.capitals == 0) return;
  const bool one = w.economy->closure.capital == CapitalRule::world_return;
  if (one && !base.closed) {
    w.residual[at.capital()] = -w.log_capital_pool[0];  // abroad's return is given, as its prices are
    return;
  }
  std::vector<double> pay(at.capitals, 0.0), stock(at.capitals, 0.0);
  for (std::size_t r = 0; r < at.regions; ++r) pay[one ? 0 : r] += w.capital_pay[r];
  for (std::size_t j = 0; j < at.cells; ++j) {
    const auto r = static_cast<std::size_t>(base.cell_region[j]);
    stock[one ? 0 : r] += base.capital_part[j] * base.value_added[j] * base.output[j] * w.economy->capital[j];
  }
  for (std::size_t k = 0; k < at.capitals; ++k)
    w.residual[at.capital() + k] = stock[k] > 0.0 ? std::log(pay[k] / stock[k]) - w.log_capital_pool[k] : -w.log_capital_pool[k];
}

}  // namespace

void evaluate(Work& w, const std::vector<double>& z) {
  const Calibration& base = *w.economy->base;
  read_state(w, z);
  rows_of(w);
  prices_of(w);
  for_each_block(w.layout.regions, w.large ? thread_count() : 1, [&](std::size_t r) { region_of(w, r); });
  sales_of_rows(w);
  for (std::size_t j = 0; j < w.layout.cells; ++j)
    w.residual[w.layout.output() + j] =
        (w.sales[static_cast<std::size_t>(base.row_of_cell[j])] - w.output[j]) / w.scale[static_cast<std::size_t>(base.cell_region[j])];
  equations_of_regions(w);
  equations_of_capital(w);
  equations_of_targets(w);
}

}  // namespace kontor
