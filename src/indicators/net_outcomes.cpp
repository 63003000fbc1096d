#include "net_outcomes.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

void NetOutcomes::add_series(std::string indicator, std::string unit, OutcomeShape shape, std::size_t count) {
  series_.push_back({std::move(indicator), std::move(unit), shape, size_, count});
  size_ += count;
}

NetOutcomes::NetOutcomes(const NetContext& context) : context_(context) {
  const Accounts& a = context.accounts;
  const std::string money = money_unit(a);
  const std::size_t regions = context.base.regions.size(), cells = a.cells.size();
  for (const char* name : {"equivalent_variation", "gdp", "gni"}) add_series(name, money, OutcomeShape::region, regions);
  for (const char* name : {"value_added_net", "output_net"}) add_series(name, money, OutcomeShape::cell, cells);
  for (const Satellite& satellite : a.satellites)
    if (!is_jobs(satellite) || context.jobs_free) add_series(satellite.code + "_net", satellite_unit(satellite), OutcomeShape::cell, cells);
  add_series("trade_net", money, OutcomeShape::pair, a.regions.size() * a.regions.size());
  for (std::size_t r = 0; r < a.regions.size(); ++r)
    if (a.regions[r].external) abroad_ = static_cast<int>(r);
}

// Income over consumer prices, against the baseline's.
static std::vector<double> real_change(const NetContext& context, const Flows& flows, std::vector<double> Flows::*income) {
  std::vector<double> change(context.base.regions.size());
  const Flows& then = context.baseline;
  for (std::size_t r = 0; r < change.size(); ++r) {
    const double before = (then.*income)[r] + (then.tax_revenue[r] + then.wedge_revenue[r]);
    const double now = (flows.*income)[r] + (flows.tax_revenue[r] + flows.wedge_revenue[r]);
    change[r] = now * std::exp(then.log_index[r] - flows.log_index[r]) - before;
  }
  return change;
}

std::vector<double> NetOutcomes::values(const Economy& economy, const Flows& flows) const {
  const Accounts& a = context_.accounts;
  std::vector<double> all;
  all.reserve(size_);
  const auto append = [&](const std::vector<double>& list) { all.insert(all.end(), list.begin(), list.end()); };
  append(equivalent_variation(context_, economy, flows));
  append(real_change(context_, flows, &Flows::earned_income));
  append(real_change(context_, flows, &Flows::owned_income));
  append(value_added_change(context_, flows));
  for (std::size_t j = 0; j < a.cells.size(); ++j)
    all.push_back(flows.output[j] * std::exp(-flows.log_cost[j]) - context_.baseline.output[j] * std::exp(-context_.baseline.log_cost[j]));
  for (std::size_t s = 0; s < a.satellites.size(); ++s)
    if (!is_jobs(a.satellites[s]) || context_.jobs_free) append(satellite_change(context_, flows, s));
  std::vector<double> pairs(a.regions.size() * a.regions.size(), 0.0);
  for (std::size_t q = 0; q < flows.sales.rows; ++q) {
    const auto from = static_cast<std::size_t>(supplier_region(a, context_.base.supplier_of[q]));
    for (std::size_t c = 0; c < flows.sales.columns; ++c) {
      const int to = c + 1 == flows.sales.columns ? abroad_ : context_.base.regions[c];
      if (to >= 0) pairs[from * a.regions.size() + static_cast<std::size_t>(to)] += flows.sales(q, c) - context_.baseline.sales(q, c);
    }
  }
  append(pairs);
  return all;
}

double NetOutcomes::total(const std::vector<double>& values, const OutcomeSeries& series, const RegionGroup& group, int sector) const {
  const Accounts& a = context_.accounts;
  Sum sum;
  for (std::size_t i = 0; i < series.count; ++i) {
    const bool by_cell = series.shape == OutcomeShape::cell;
    const int region = by_cell ? a.cells[i].region : context_.base.regions[i];
    if (group.has[static_cast<std::size_t>(region)] && (sector < 0 || (by_cell && a.cells[i].sector == sector)))
      sum.add(values[series.first + i]);
  }
  return sum.value();
}

double NetOutcomes::over_border(const std::vector<double>& values, const RegionGroup& group, bool inward) const {
  const OutcomeSeries& pairs = series_.back();
  const std::size_t regions = context_.accounts.regions.size();
  Sum sum;
  for (std::size_t r = 0; r < regions; ++r)
    for (std::size_t d = 0; d < regions; ++d)
      if (group.has[r] != inward && group.has[d] == inward) sum.add(values[pairs.first + r * regions + d]);
  return sum.value();
}

void NetOutcomes::add_rows(const std::vector<double>& values, const NetPlace& place, bool detail, std::vector<EffectRow>& rows) const {
  const Accounts& a = context_.accounts;
  const auto add = [&](const std::string& indicator, const std::string& region, const std::string& sector, double value,
                       const std::string& unit) {
    if (!std::isnan(value)) rows.push_back({indicator, region, sector, "", place.year, place.measure, place.term, value, unit});
  };
  const auto has_cells = [&](const RegionGroup& group) {
    return std::any_of(context_.base.regions.begin(), context_.base.regions.end(),
                       [&](int r) { return group.has[static_cast<std::size_t>(r)]; });
  };
  for (const OutcomeSeries& series : series_) {
    for (const RegionGroup& group : context_.groups) {
      if (series.shape == OutcomeShape::pair || !has_cells(group)) continue;
      const double value = total(values, series, group);
      add(series.indicator, group.name, "", value, series.unit);
      const double spent = group_total(context_, group, context_.baseline.spending);
      if (series.first == 0 && spent > 0.0) add("real_income", group.name, "", 100.0 * value / spent, "%");
    }
    if (series.shape != OutcomeShape::cell || !detail) continue;
    if (series.indicator != "value_added_net" && series.indicator != "output_net") continue;
    for (std::size_t j = 0; j < a.cells.size(); ++j)
      add(series.indicator, a.regions[static_cast<std::size_t>(a.cells[j].region)].code,
          a.sectors[static_cast<std::size_t>(a.cells[j].sector)].code, values[series.first + j], series.unit);
  }
  for (const RegionGroup& group : context_.groups) {
    add("exports_net", group.name, "", over_border(values, group, false), series_.back().unit);
    add("imports_net", group.name, "", over_border(values, group, true), series_.back().unit);
  }
}

}  // namespace kontor
