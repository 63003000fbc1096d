// Where the unknowns stand, and room for what is computed from them.
#include "equilibrium_parts.h"

namespace kontor {

Layout layout_of(const Economy& economy) {
  const Calibration& base = *economy.base;
  Layout layout{base.output.size(), base.regions.size(), 0, economy.targets.size(), 0};
  if (economy.on.capacity) layout.limits = economy.limits.size();
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
  w.wedges = !economy.net.shares_all(economy.weight) || !economy.targets.empty();
  w.scale_free = base.closed && economy.on.incomes && economy.on.wages;
  const std::size_t n = base.output.size(), regions = base.regions.size(), rows = base.supplier_of.size();
  const auto products = static_cast<std::size_t>(base.products);
  const std::size_t groups = base.group_region.size(), users = base.user_cell.size();
  w.large = rows * groups > 300000;  // entries; below, threads cost more than they save
  for (auto* list : {&w.log_cost, &w.output, &w.log_value_added, &w.log_capital, &w.log_rent}) list->assign(n, 0.0);
  for (auto* list : {&w.value_added_part, &w.goods_part}) list->assign(n, 1.0);
  for (auto* list : {&w.slack, &w.limit_by_rent, &w.limit_by_slack}) list->assign(w.layout.limits, 0.0);
  for (auto* list : {&w.log_wage, &w.spending, &w.wedge_revenue, &w.tax_revenue, &w.labour_pay, &w.capital_pay, &w.land_pay, &w.owned,
                     &w.fixed_cost, &w.built_cost, &w.need, &w.log_index, &w.log_labour, &w.imbalance, &w.rule_rent, &w.rent})
    list->assign(regions, 0.0);
  for (auto* list : {&w.log_row, &w.row, &w.sales, &w.fixed_value}) list->assign(rows, 0.0);
  w.drawn_part.assign(rows, 1.0);
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

bool stands_idle(const Work& w, std::size_t j) {
  if (!w.exhausted) return false;
  const Calibration& base = *w.economy->base;
  return !keeps_own_factor(w, j) && w.drawn_part[static_cast<std::size_t>(base.row_of_cell[j])] < 1.0;
}

std::string idle_text(const Work& w) {
  const Calibration& base = *w.economy->base;
  constexpr int most_named = 3;
  std::string names;
  int count = 0;
  for (std::size_t j = 0; j < w.layout.cells; ++j) {
    if (!stands_idle(w, j) || ++count > most_named) continue;
    const int region = base.regions[static_cast<std::size_t>(base.cell_region[j])];
    names += (names.empty() ? "" : ", ") + base.accounts->regions[static_cast<std::size_t>(region)].code + " " +
             base.accounts->sectors[static_cast<std::size_t>(base.cell_product[j])].code;
  }
  if (count == 0) return "";
  if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
  return "; " + names + (count == 1 ? " makes" : " make") +
         " nothing: what the table draws from stock covers all sales, and no more is drawn";
}

}  // namespace kontor
