// From the solver's state to what an economist reads: quantities, incomes, trade.
#include <cmath>

#include "equilibrium_steps.h"
#include "kontor/base/parallel.h"
#include "lapack.h"

namespace kontor {

// Output less inputs, both at base prices. Taxes and margins keep their part of the quantity.
static double real_value_added(const Work& w, std::size_t j) {
  const Calibration& base = *w.economy->base;
  const auto u = static_cast<std::size_t>(base.cell_user[j]);
  const std::span<const double> share = base.share.row(u);
  const std::span<const double> log_price = w.log_price_of_group.row(static_cast<std::size_t>(base.user_group[u]));
  double inputs = 0.0;
  for (std::size_t p = 0; p < share.size(); ++p) {
    if (share[p] == 0.0) continue;
    const double part = w.input_part.values.empty() ? 1.0 : w.input_part(j, p);
    inputs += share[p] * part * std::exp(-log_price[p]);
  }
  return w.output[j] * ((1.0 - base.tax_share[j]) * std::exp(-w.log_cost[j]) - w.goods_part[j] * inputs);
}

// What each row sells to each region at the price the seller gets; abroad in the last column.
static Matrix sales_by_region(const Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  Matrix sales(base.supplier_of.size(), w.layout.regions + 1);
  for_each_block(w.shift.size(), w.large ? thread_count() : 1, [&](std::size_t p) {
    const int one = 1;
    for (auto q = static_cast<std::size_t>(base.first_row[p]); q < static_cast<std::size_t>(base.first_row[p + 1]); ++q) {
      const double *net = economy.net.row(q).data(), *ratio = w.ratio.row(p).data();
      for (std::size_t r = 0; r < w.layout.regions; ++r) {  // its groups stand side by side
        const int first = base.first_group[r], count = base.first_group[r + 1] - first;
        sales(q, r) = w.row[q] * ddot_(&count, net + first, &one, ratio + first, &one);
      }
      if (economy.exports[q] != 0.0) sales(q, w.layout.regions) += economy.exports[q] * std::exp(w.log_row[q]);
    }
  });
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = economy.targets[k];
    const auto p = static_cast<std::size_t>(target.product);
    const double net = std::expm1(-(base.elasticity[p] + 1.0) * w.log_wedge[k]);
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      if (flow.wedged) sales(q, static_cast<std::size_t>(base.group_region[b])) += economy.net(q, b) * w.row[q] * w.ratio(p, b) * net;
    }
  }
  for (const FixedPurchase& f : economy.fixed) {
    const auto q = static_cast<std::size_t>(f.row);
    sales(q, f.region < 0 ? w.layout.regions : static_cast<std::size_t>(f.region)) += drawn_amount(w, f) * std::exp(log_price_of_row(w, q));
  }
  return sales;
}

Flows flows_of(const Work& w, bool sales) {
  const Calibration& base = *w.economy->base;
  Flows f;
  f.log_cost = w.log_cost, f.output = w.output, f.log_capital = w.log_capital;
  f.log_rent = w.log_rent;
  f.value_added.assign(w.layout.cells, 0.0), f.labour_pay = f.capital_pay = f.rent = f.value_added;
  f.earned_income.assign(w.layout.regions, 0.0);
  for (std::size_t j = 0; j < w.layout.cells; ++j) {
    if (!(base.output[j] > 0.0)) continue;
    f.value_added[j] = real_value_added(w, j);
    const double pay = base.value_added[j] * w.value_added_part[j] * w.output[j];
    f.labour_pay[j] = base.labour_part[j] * pay, f.capital_pay[j] = base.capital_part[j] * pay;
    f.rent[j] = w.output[j] * std::expm1(w.log_rent[j]);
    f.earned_income[static_cast<std::size_t>(base.cell_region[j])] += pay + f.rent[j];
  }
  f.log_wage = w.log_wage, f.log_index = w.log_index, f.spending = w.spending, f.owned_income = w.owned;
  f.log_labour = w.log_labour;
  if (!w.economy->on.wages || w.economy->closure.labour == LabourRule::real_wage)  // employment follows demand
    for (std::size_t r = 0; r < w.layout.regions; ++r) f.log_labour[r] = std::log(w.labour_pay[r] / base.labour_income[r]) - w.log_wage[r];
  f.tax_revenue = w.tax_revenue, f.wedge_revenue = w.wedge_revenue, f.imbalance = w.imbalance;
  for (std::size_t u = 0; u < base.user_cell.size(); ++u) {  // what final users pay in taxes is income of their region as well
    const auto r = static_cast<std::size_t>(base.group_region[static_cast<std::size_t>(base.user_group[u])]);
    f.tax_revenue[r] += base.final_part[u] * base.final_tax[u] * w.spending[r];
  }
  f.fixed_cost = w.fixed_cost, f.built_cost = w.built_cost, f.need = w.need, f.rule_rent = w.rule_rent;
  f.log_wedge = w.log_wedge, f.target_share = w.target_share;
  f.drawn_part = w.drawn_part;
  if (sales) f.sales = sales_by_region(w);
  return f;
}

}  // namespace kontor
