// Appraisal: real income over the horizon and the life of what was built, against the resources it took.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net_rows.h"

namespace kontor {

/// One year, by region: the equivalent variation (net of what is paid), the resources that building and upkeep took, of
/// those what was built, and what the measures cost the budget (Flows::need).
struct YearOfAppraisal {
  std::vector<double> variation, cost, built, need = {};
};

YearOfAppraisal year_of_appraisal(const NetContext& context, const Economy& economy, const Flows& flows);

/// The first year in which something is built, 0 if nothing is.
int first_year_of_building(const std::map<int, YearOfAppraisal>& years);
/// The last year that counts: the life of what was built first, or the horizon where that is longer.
int last_year_of_appraisal(const Programme& programme, const std::map<int, YearOfAppraisal>& years);
/// Worth of a stream in its first year.
double present_value(const std::vector<double>& stream, double rate);

/// Rows equivalent_variation_discounted, resource_cost_discounted, net_present_value and rate_of_return, by region group.
/// `lasting`: the variation of what stays in the last year of the horizon, by region; it goes on to the end of the life.
/// `measure` alone counts to `end`, the programme's last year, so that measures can be compared; 0: its own.
void add_appraisal(const NetContext& context, const Programme& programme, const std::map<int, YearOfAppraisal>& years,
                   const std::vector<double>& lasting, const std::string& term, std::vector<EffectRow>& rows,
                   const std::string& measure = "", int end = 0);

}  // namespace kontor
