// Appraisal: real income over the horizon and the life of what was built, against the resources it took.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net_rows.h"

namespace kontor {

/// One year, by region: the equivalent variation (net of what is paid) and the resources that building took.
struct YearOfAppraisal {
  std::vector<double> variation, cost;
};

/// What building takes in an economy, by the region where it is built, base prices.
std::vector<double> resource_cost(const NetContext& context, const Economy& economy);

/// Rows equivalent_variation_discounted, resource_cost_discounted, net_present_value and rate_of_return, by region group.
/// `lasting`: the variation of what stays in the last year of the horizon, by region; it goes on to the end of the life.
void add_appraisal(const NetContext& context, const Programme& programme, const std::map<int, YearOfAppraisal>& years,
                   const std::vector<double>& lasting, const std::string& term, std::vector<EffectRow>& rows);

}  // namespace kontor
