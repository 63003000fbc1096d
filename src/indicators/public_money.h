// Value for public money: present value, real income and jobs per unit of it, and what a lasting job costs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net_appraisal.h"

namespace kontor {

/// What goes on after the horizon: the last year without what ends, by region.
struct LastingYear {
  std::vector<double> variation, need;
  std::vector<double> jobs;  // change against the baseline; NaN where not known; empty where the closure fixes jobs
};

LastingYear lasting_year(const NetContext& context, const Economy& economy, const Flows& flows);

/// True if any of these touches a budget: building, a transfer, a subsidy, a tariff, a target that is not a rule.
bool is_public_money(const std::vector<const Shock*>& shocks);

/// One set of measures, all together or one alone, under one closure.
struct PublicMoney {
  const std::map<int, YearOfAppraisal>& years;
  const LastingYear& lasting;
  int end = 0;         // the last year that counts
  bool spends = true;  // is_public_money of all its shocks
  std::string measure, term;
};

/// Rows public_cost_discounted and jobs_lasting_net by region group; and, for all regions and for those groups that bear a
/// hundredth of the cost, present_value_per_public_money, real_income_per_public_money, jobs_per_public_money, cost_per_job and
/// cost_per_job_gross. Reads net_present_value from `rows` and lasting jobs at fixed prices from `gross`.
void add_public_money(const NetContext& context, const Programme& programme, const PublicMoney& money, const std::vector<EffectRow>& gross,
                      std::vector<EffectRow>& rows);

}  // namespace kontor
