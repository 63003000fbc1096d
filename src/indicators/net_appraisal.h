// Appraisal: real income over the horizon and the life of what was built, against the resources it took.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net_rows.h"

namespace kontor {

/// One year, by region: the equivalent variation (net of what is paid), the resources that building and upkeep took, and
/// of those what was built.
struct YearOfAppraisal {
  std::vector<double> variation, cost, built;
};

YearOfAppraisal year_of_appraisal(const NetContext& context, const Economy& economy, const Flows& flows);

/// Rows equivalent_variation_discounted, resource_cost_discounted, net_present_value and rate_of_return, by region group.
/// `lasting`: the variation of what stays in the last year of the horizon, by region; it goes on to the end of the life.
void add_appraisal(const NetContext& context, const Programme& programme, const std::map<int, YearOfAppraisal>& years,
                   const std::vector<double>& lasting, const std::string& term, std::vector<EffectRow>& rows);

}  // namespace kontor
