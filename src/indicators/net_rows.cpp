// What a solved economy says: real income, value added, jobs, prices, trade, budgets; each against the baseline solved under
// the same closure.
#include "net_rows.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

static void add(std::vector<EffectRow>& rows, const NetPlace& place, std::string indicator, std::string region, std::string sector,
                std::string partner, double value, std::string unit) {
  rows.push_back({std::move(indicator), std::move(region), std::move(sector), std::move(partner), place.year, place.measure, place.term,
                  value, std::move(unit)});
}

std::vector<double> by_region(const Calibration& base, const std::vector<double>& by_cell) {
  std::vector<Sum> sums(base.regions.size());
  for (std::size_t j = 0; j < by_cell.size(); ++j) sums[static_cast<std::size_t>(base.cell_region[j])].add(by_cell[j]);
  std::vector<double> totals;
  for (const Sum& sum : sums) totals.push_back(sum.value());
  return totals;
}

double group_total(const NetContext& context, const RegionGroup& group, const std::vector<double>& values) {
  Sum sum;
  for (std::size_t r = 0; r < values.size(); ++r)
    if (group.has[static_cast<std::size_t>(context.base.regions[r])]) sum.add(values[r]);
  return sum.value();
}

static bool has_any(const NetContext& context, const RegionGroup& group) {
  return std::any_of(context.base.regions.begin(), context.base.regions.end(),
                     [&](int r) { return group.has[static_cast<std::size_t>(r)]; });
}

std::vector<double> equivalent_variation(const NetContext& context, const Economy& economy, const Flows& flows) {
  std::vector<double> variation(flows.spending.size());
  for (std::size_t r = 0; r < variation.size(); ++r) {
    const double ratio = std::log(flows.spending[r] / context.baseline.spending[r]) - (flows.log_index[r] - context.baseline.log_index[r]);
    variation[r] = context.baseline.spending[r] * std::expm1(ratio) + economy.consumed[r];
  }
  return variation;
}

std::vector<double> value_added_change(const NetContext& context, const Flows& flows) {
  std::vector<double> change(flows.value_added.size());
  for (std::size_t j = 0; j < change.size(); ++j) change[j] = flows.value_added[j] - context.baseline.value_added[j];
  return change;
}

// Quantity at base prices.
static double quantity(const Flows& flows, std::size_t j) { return flows.output[j] * std::exp(-flows.log_cost[j]); }

static double jobs_ratio(const NetContext& context, const Flows& flows, std::size_t j) {
  const auto r = static_cast<std::size_t>(context.base.cell_region[j]);
  if (!(context.baseline.labour_pay[j] > 0.0)) return 1.0;
  return flows.labour_pay[j] / context.baseline.labour_pay[j] * std::exp(context.baseline.log_wage[r] - flows.log_wage[r]);
}

bool is_jobs(const Satellite& satellite) { return satellite.code == "jobs" || satellite.unit == "persons" || satellite.unit == "jobs"; }

std::vector<double> satellite_change(const NetContext& context, const Flows& flows, std::size_t s) {
  const Accounts& a = context.accounts;
  std::vector<double> change(a.cells.size());
  for (std::size_t j = 0; j < change.size(); ++j) {
    const double then = quantity(context.baseline, j);
    const double ratio = is_jobs(a.satellites[s]) ? jobs_ratio(context, flows, j) : then > 0.0 ? quantity(flows, j) / then : 1.0;
    change[j] = a.satellite(s, j) * (ratio - 1.0);
  }
  return change;
}

// Income over consumer prices, less the baseline's: money at the baseline's prices.
static std::vector<double> deflated_change(const NetContext& context, const Flows& flows, const std::vector<double>& now,
                                           const std::vector<double>& then) {
  std::vector<double> change(now.size());
  for (std::size_t r = 0; r < now.size(); ++r) change[r] = now[r] * std::exp(context.baseline.log_index[r] - flows.log_index[r]) - then[r];
  return change;
}

static std::vector<double> with_taxes(const std::vector<double>& income, const Flows& flows) {
  std::vector<double> sum = income;
  for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += flows.tax_revenue[r] + flows.wedge_revenue[r];
  return sum;
}

namespace {
struct RegionRow {
  std::string name, unit;
  std::vector<double> change, level;  // by region
};
}  // namespace

static std::vector<RegionRow> indicators_of(const NetContext& context, const Economy& economy, const Flows& flows) {
  const Accounts& a = context.accounts;
  const Calibration& base = context.base;
  const std::string money = money_unit(a);
  std::vector<double> output(a.cells.size()), output_then(a.cells.size());
  for (std::size_t j = 0; j < output.size(); ++j) {
    output_then[j] = quantity(context.baseline, j);
    output[j] = quantity(flows, j) - output_then[j];
  }
  const std::vector<double> gdp = with_taxes(context.baseline.earned_income, context.baseline);
  const std::vector<double> gni = with_taxes(context.baseline.owned_income, context.baseline);
  std::vector<RegionRow> list = {
      {"equivalent_variation", money, equivalent_variation(context, economy, flows), context.baseline.spending},
      {"value_added_net", money, by_region(base, value_added_change(context, flows)), by_region(base, context.baseline.value_added)},
      {"output_net", money, by_region(base, output), by_region(base, output_then)},
      {"gdp", money, deflated_change(context, flows, with_taxes(flows.earned_income, flows), gdp), gdp},
      {"gni", money, deflated_change(context, flows, with_taxes(flows.owned_income, flows), gni), gni}};
  for (std::size_t s = 0; s < a.satellites.size(); ++s) {
    if (is_jobs(a.satellites[s]) && !context.jobs_free) continue;  // fixed by closure: no number is a number here
    const std::vector<double> level(a.satellite.row(s).begin(), a.satellite.row(s).end());
    list.push_back({a.satellites[s].code + "_net", satellite_unit(a.satellites[s]), by_region(base, satellite_change(context, flows, s)),
                    by_region(base, level)});
  }
  return list;
}

void add_totals(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows,
                std::vector<EffectRow>& rows) {
  const bool people_move = economy.closure.labour == LabourRule::mobile;
  for (const RegionRow& indicator : indicators_of(context, economy, flows))
    for (const RegionGroup& group : context.groups) {
      if (!has_any(context, group)) continue;
      const double change = group_total(context, group, indicator.change), level = group_total(context, group, indicator.level);
      if (std::isnan(change)) continue;
      const bool income = indicator.name == "equivalent_variation";
      add(rows, place, indicator.name, group.name, "", "", change, indicator.unit);
      if (level > 0.0)
        add(rows, place, income ? "real_income" : indicator.name + "_percent", group.name, "", "", 100.0 * change / level, "%");
      if (!income || !people_move) continue;
      double labour = 0.0, before = 0.0;
      for (std::size_t r = 0; r < context.base.regions.size(); ++r)
        if (group.has[static_cast<std::size_t>(context.base.regions[r])]) {
          before += context.base.labour_income[r] * std::exp(context.baseline.log_labour[r]);
          labour += context.base.labour_income[r] * std::exp(flows.log_labour[r]);
        }
      add(rows, place, "real_income_per_head", group.name, "", "", 100.0 * ((1.0 + change / level) * before / labour - 1.0), "%");
    }
}

static const std::string& code_of(const NetContext& context, std::size_t r) {
  return context.accounts.regions[static_cast<std::size_t>(context.base.regions[r])].code;
}

static void add_theil(const NetContext& context, const NetPlace& place, const Flows& flows, std::vector<EffectRow>& rows) {
  const Accounts& a = context.accounts;
  const int jobs = satellite_index(a, "jobs");
  if (jobs < 0) return;
  std::vector<double> cells(a.satellite.row(static_cast<std::size_t>(jobs)).begin(), a.satellite.row(static_cast<std::size_t>(jobs)).end());
  const std::vector<double> workers = by_region(context.base, cells);
  const auto spread = [&](const Flows& at) {
    Sum income, heads, theil;
    std::vector<double> real(workers.size());
    for (std::size_t r = 0; r < real.size(); ++r) {
      real[r] = at.spending[r] * std::exp(-at.log_index[r]);
      income.add(real[r]), heads.add(workers[r] * std::exp(at.log_labour[r]));
    }
    for (std::size_t r = 0; r < real.size(); ++r) {
      const double part = real[r] / income.value(), people = workers[r] * std::exp(at.log_labour[r]) / heads.value();
      theil.add(part * std::log(part / people));
    }
    return theil.value();
  };
  const double after = spread(flows);
  if (std::isnan(after)) return;  // some region's jobs are not known
  add(rows, place, "theil", "", "", "", after, "index");
  add(rows, place, "theil_base", "", "", "", spread(context.baseline), "index");
}

// What the region's capital earns a piece against the baseline, per cent: the mean of its cells, by what they earned then.
static double capital_return(const NetContext& context, const Flows& flows, std::size_t r) {
  Sum now, then;
  for (std::size_t j = 0; j < flows.log_capital.size(); ++j) {
    if (context.base.cell_region[j] != static_cast<int>(r)) continue;
    const double pay = context.baseline.capital_pay[j];
    now.add(pay * std::exp(flows.log_capital[j] - context.baseline.log_capital[j])), then.add(pay);
  }
  return then.value() > 0.0 ? 100.0 * (now.value() / then.value() - 1.0) : std::nan("");
}

void add_prices_and_budgets(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows,
                            std::vector<EffectRow>& rows) {
  const std::string money = money_unit(context.accounts);
  for (std::size_t r = 0; r < context.base.regions.size(); ++r) {
    const std::string& code = code_of(context, r);
    const double wage = flows.log_wage[r] - context.baseline.log_wage[r], prices = flows.log_index[r] - context.baseline.log_index[r];
    add(rows, place, "wage", code, "", "", 100.0 * std::expm1(wage), "%");
    add(rows, place, "consumer_prices", code, "", "", 100.0 * std::expm1(prices), "%");
    add(rows, place, "real_wage", code, "", "", 100.0 * std::expm1(wage - prices), "%");
    if (const double paid = capital_return(context, flows, r); !std::isnan(paid))
      add(rows, place, "capital_return", code, "", "", paid, "%");
    if (flows.rule_rent[r] != 0.0) add(rows, place, "rule_rent", code, "", "", flows.rule_rent[r], money);
  }
  std::vector<double> revenue(context.base.regions.size());
  for (std::size_t r = 0; r < revenue.size(); ++r) revenue[r] = flows.wedge_revenue[r] - context.baseline.wedge_revenue[r];
  for (const RegionGroup& group : context.groups) {
    if (!has_any(context, group)) continue;
    add(rows, place, "wedge_revenue", group.name, "", "", group_total(context, group, revenue), money);
    const double need = group_total(context, group, flows.need), level = group_total(context, group, context.baseline.earned_income);
    add(rows, place, "budget_need", group.name, "", "", need, money);
    if (level > 0.0) add(rows, place, "budget_need_percent", group.name, "", "", 100.0 * need / level, "%");
  }
  for (std::size_t k = 0; k < economy.targets.size() && place.measure.empty(); ++k) {  // as they act together
    const WedgeTarget& target = economy.targets[k];
    NetPlace at = place;
    at.measure = target.measure;
    const std::string& sector = context.accounts.sectors[static_cast<std::size_t>(target.product)].code;
    add(rows, at, "wedge", "", sector, "", 100.0 * std::expm1(flows.log_wedge[k]), "%");
    add(rows, at, "target_share", "", sector, "", 100.0 * flows.target_share[k], "%");
  }
  if (place.measure.empty()) add_theil(context, place, flows, rows);
}

void add_social_savings(const NetContext& context, const NetPlace& place, const std::vector<const Shock*>& shocks,
                        std::vector<EffectRow>& rows) {
  const Calibration& base = context.base;
  std::vector<Sum> saved(base.regions.size());
  bool any = false;
  for (const Shock* shock : shocks) {
    const auto* cost = std::get_if<TradeCost>(&shock->change);
    if (!cost) continue;
    const int region = base.region_number[static_cast<std::size_t>(cost->destination)];
    const int supplier = supplier_index(context.accounts, cost->origin, cost->sector);
    if (region < 0 || supplier < 0) continue;
    for (int q = base.first_row[static_cast<std::size_t>(cost->sector)]; q < base.first_row[static_cast<std::size_t>(cost->sector) + 1];
         ++q)
      if (base.supplier_of[static_cast<std::size_t>(q)] == supplier) {
        saved[static_cast<std::size_t>(region)].add(-std::log(cost->ratio) *
                                                    context.baseline.sales(static_cast<std::size_t>(q), static_cast<std::size_t>(region)));
        any = true;
      }
  }
  if (!any) return;
  std::vector<double> values;
  for (const Sum& sum : saved) values.push_back(sum.value());
  for (const RegionGroup& group : context.groups)
    if (has_any(context, group))
      add(rows, place, "social_savings", group.name, "", "", group_total(context, group, values), money_unit(context.accounts));
}

void add_capacity_use(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows,
                      std::vector<EffectRow>& rows) {
  for (const Capacity& limit : economy.limits) {
    const auto j = static_cast<std::size_t>(limit.cell);
    add(rows, place, "capacity_use", code_of(context, static_cast<std::size_t>(context.base.cell_region[j])),
        context.accounts.sectors[static_cast<std::size_t>(context.accounts.cells[j].sector)].code, "",
        100.0 * quantity(flows, j) / limit.limit, "%");
    const std::string& sector = context.accounts.sectors[static_cast<std::size_t>(context.accounts.cells[j].sector)].code;
    const std::string& region = code_of(context, static_cast<std::size_t>(context.base.cell_region[j]));
    add(rows, place, "capacity_rent", region, sector, "", flows.rent[j], money_unit(context.accounts));
    add(rows, place, "capacity_value", region, sector, "", std::exp(flows.log_cost[j]) * std::expm1(flows.log_rent[j]),
        "per unit of output");
  }
}

// Unit cost of a cell against the average of all who make the product, weighted with the baseline's output.
static std::vector<double> relative_costs(const NetContext& context, const Flows& flows) {
  const Calibration& base = context.base;
  std::vector<double> sum(static_cast<std::size_t>(base.products), 0.0), weight = sum;
  for (std::size_t j = 0; j < base.output.size(); ++j) {
    const auto p = static_cast<std::size_t>(base.cell_product[j]);
    sum[p] += context.baseline.output[j] * (flows.log_cost[j] - context.baseline.log_cost[j]), weight[p] += context.baseline.output[j];
  }
  std::vector<double> relative(base.output.size());
  for (std::size_t j = 0; j < relative.size(); ++j) {
    const auto p = static_cast<std::size_t>(base.cell_product[j]);
    relative[j] = flows.log_cost[j] - context.baseline.log_cost[j] - (weight[p] > 0.0 ? sum[p] / weight[p] : 0.0);
  }
  return relative;
}

// What a region sells to another, and over the borders of each group.
static void add_trade(const NetContext& context, const NetPlace& place, const Flows& flows, std::vector<EffectRow>& rows) {
  const Calibration& base = context.base;
  const Accounts& a = context.accounts;
  const std::string money = money_unit(a);
  int abroad = -1;  // the external regions stand in one column
  for (std::size_t r = 0; r < a.regions.size(); ++r)
    if (a.regions[r].external) abroad = static_cast<int>(r);
  const std::size_t columns = flows.sales.columns;
  std::vector<std::vector<Sum>> pairs(a.regions.size(), std::vector<Sum>(a.regions.size()));
  for (std::size_t q = 0; q < flows.sales.rows; ++q)
    for (std::size_t c = 0; c < columns; ++c) {
      const int to = c + 1 == columns ? abroad : base.regions[c];
      const double change = flows.sales(q, c) - context.baseline.sales(q, c);
      if (to >= 0) pairs[static_cast<std::size_t>(supplier_region(a, base.supplier_of[q]))][static_cast<std::size_t>(to)].add(change);
    }
  for (std::size_t r = 0; r < pairs.size(); ++r)
    for (std::size_t d = 0; d < pairs.size(); ++d)
      if (is_leaf(a, static_cast<int>(r)) && is_leaf(a, static_cast<int>(d)) && pairs[r][d].value() != 0.0)
        add(rows, place, "trade_net", a.regions[r].code, "", a.regions[d].code, pairs[r][d].value(), money);
  for (const RegionGroup& group : context.groups) {
    Sum exports, imports;
    for (std::size_t r = 0; r < pairs.size(); ++r)
      for (std::size_t d = 0; d < pairs.size(); ++d) {
        if (group.has[r] && !group.has[d]) exports.add(pairs[r][d].value());
        if (!group.has[r] && group.has[d]) imports.add(pairs[r][d].value());
      }
    add(rows, place, "exports_net", group.name, "", "", exports.value(), money);
    add(rows, place, "imports_net", group.name, "", "", imports.value(), money);
  }
}

// Satellites by region and sector, and by sector over all regions: no finer than their source allows.
static void add_satellite_detail(const NetContext& context, const NetPlace& place, const Flows& flows, std::vector<EffectRow>& rows) {
  const Accounts& a = context.accounts;
  for (std::size_t s = 0; s < a.satellites.size(); ++s) {
    const Satellite& satellite = a.satellites[s];
    if (satellite.resolution == Resolution::region || (is_jobs(satellite) && !context.jobs_free)) continue;
    const std::vector<double> change = satellite_change(context, flows, s);
    std::map<std::pair<std::string, std::string>, Sum> sums;  // region or none; sector or its group
    for (std::size_t j = 0; j < change.size(); ++j) {
      const auto sector = static_cast<std::size_t>(a.cells[j].sector);
      const std::string& name = satellite.resolution == Resolution::cell ? a.sectors[sector].code : satellite.sector_group[sector];
      sums[{code_of(context, static_cast<std::size_t>(context.base.cell_region[j])), name}].add(change[j]);
      sums[{"", name}].add(change[j]);
    }
    for (const auto& [where, sum] : sums)
      if (!std::isnan(sum.value()))
        add(rows, place, satellite.code + "_net", where.first, where.second, "", sum.value(), satellite_unit(satellite));
  }
}

void add_detail(const NetContext& context, const NetPlace& place, const Flows& flows, std::vector<EffectRow>& rows) {
  const Calibration& base = context.base;
  const Accounts& a = context.accounts;
  const std::string money = money_unit(a);
  const std::vector<double> added = value_added_change(context, flows), relative = relative_costs(context, flows);
  std::vector<Sum> sector_added(a.sectors.size()), sector_output = sector_added, added_then = sector_added, output_then = sector_added;
  for (std::size_t j = 0; j < base.output.size(); ++j) {
    const std::string &region = code_of(context, static_cast<std::size_t>(base.cell_region[j])),
                      &sector = a.sectors[static_cast<std::size_t>(a.cells[j].sector)].code;
    const double output = quantity(flows, j) - quantity(context.baseline, j);
    add(rows, place, "value_added_net", region, sector, "", added[j], money);
    add(rows, place, "output_net", region, sector, "", output, money);
    add(rows, place, "unit_cost", region, sector, "", 100.0 * std::expm1(flows.log_cost[j] - context.baseline.log_cost[j]), "%");
    add(rows, place, "relative_unit_cost", region, sector, "", 100.0 * std::expm1(relative[j]), "%");
    sector_added[static_cast<std::size_t>(a.cells[j].sector)].add(added[j]);
    sector_output[static_cast<std::size_t>(a.cells[j].sector)].add(output);
    added_then[static_cast<std::size_t>(a.cells[j].sector)].add(context.baseline.value_added[j]);
    output_then[static_cast<std::size_t>(a.cells[j].sector)].add(quantity(context.baseline, j));
  }
  for (std::size_t s = 0; s < a.sectors.size(); ++s) {
    add(rows, place, "value_added_net", "", a.sectors[s].code, "", sector_added[s].value(), money);
    add(rows, place, "output_net", "", a.sectors[s].code, "", sector_output[s].value(), money);
    if (const double then = added_then[s].value(); then > 0.0)
      add(rows, place, "value_added_net_percent", "", a.sectors[s].code, "", 100.0 * sector_added[s].value() / then, "%");
    if (const double then = output_then[s].value(); then > 0.0)
      add(rows, place, "output_net_percent", "", a.sectors[s].code, "", 100.0 * sector_output[s].value() / then, "%");
  }
  add_satellite_detail(context, place, flows, rows);
  add_trade(context, place, flows, rows);
}

}  // namespace kontor
