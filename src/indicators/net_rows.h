// Rows of one solved economy against its baseline.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/net_effects.h"
#include "kontor/model/equilibrium.h"
#include "region_groups.h"

namespace kontor {

/// What rows are made of: the same for all years of a closure.
struct NetContext {
  const Calibration& base;
  const Accounts& accounts;
  const std::vector<RegionGroup>& groups;
  const Economy& baseline_economy;
  const Flows& baseline;
  bool jobs_free = true;  // the closure leaves employment to the model
};

/// Where rows stand.
struct NetPlace {
  int year = 0;
  std::string measure, term;
};

/// Equivalent variation by region (of the calibration): spending over prices against the baseline's, at base prices,
/// with what measures bought for somebody to use.
std::vector<double> equivalent_variation(const NetContext& context, const Economy& economy, const Flows& flows);
/// Change of value added at base prices by cell.
std::vector<double> value_added_change(const NetContext& context, const Flows& flows);
/// True for a satellite that counts people at work: it moves with labour, not with output.
bool is_jobs(const Satellite& satellite);
/// A satellite's change by cell: jobs with the pay of labour at the wage, others with output. NaN where the accounts have no number.
std::vector<double> satellite_change(const NetContext& context, const Flows& flows, std::size_t satellite);
/// Sum over the regions of a group; only those with cells count.
double group_total(const NetContext& context, const RegionGroup& group, const std::vector<double>& by_region);
std::vector<double> by_region(const Calibration& base, const std::vector<double>& by_cell);

/// Totals by region group.
void add_totals(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows, std::vector<EffectRow>& rows);
/// Prices, budgets and wedges, by region.
void add_prices_and_budgets(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows,
                            std::vector<EffectRow>& rows);
/// First-order check beside cheaper trade: flows of the baseline times the fall of their cost, by the region that buys.
void add_social_savings(const NetContext& context, const NetPlace& place, const std::vector<const Shock*>& shocks,
                        std::vector<EffectRow>& rows);
/// Output over the stated limit of a cell, per cent: what a plant can make is held against what the model sells.
void add_capacity_use(const NetContext& context, const NetPlace& place, const Economy& economy, const Flows& flows,
                      std::vector<EffectRow>& rows);
/// By region and sector, and trade between regions: for the years in detail.
void add_detail(const NetContext& context, const NetPlace& place, const Flows& flows, std::vector<EffectRow>& rows);

}  // namespace kontor
