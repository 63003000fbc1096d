// From gross to net: what a programme does once prices move, resources are scarce and someone pays.
//
// The programme is solved in the equilibrium model under its own closure, year by year against the solved baseline; the
// two presets stand side by side. Rows of the programme's closure have an empty term, those of the other its name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kontor/indicators/table.h"
#include "kontor/model/calibration.h"
#include "kontor/model/certificate.h"
#include "kontor/model/target_reach.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// One closure that was solved, and how well.
struct ClosureRun {
  std::string term;  // of its rows; empty for the programme's own
  Closure closure;
  Certificate certificate;
};

/// A target that its instrument does not reach under a closure, in the last year in which that was seen. Under that closure
/// its measure's change of shares is not counted in any year; everything else is.
struct UnreachedTarget {
  std::string term, closure;  // term of the rows; closure by name
  int year = 0;
  OutOfReach target;
};

/// "at most 41 % at a tariff of 400 %, the largest that is tried": why, for tables and findings.
std::string reason_of(const UnreachedTarget& target);

struct NetEffects {
  std::vector<EffectRow> rows;
  std::vector<UnreachedTarget> unreached;
  std::vector<ClosureRun> runs;
  std::vector<const Shock*> not_counted;
  std::vector<std::string> assumptions;  // in words: factors, elasticities, gaps of the table
  Findings findings;
};

/// How the effects of the years in detail are split over the measures. Method: docs/methods/attribution.md
struct AttributionOptions {
  bool path = true;      // along the way on which all measures grow together
  bool shapley = false;  // over the sets of measures: 2^n solutions a year
  int orders = 64;       // sampled pairs of orders of entry, where there are more than twelve measures
  std::uint64_t seed = 1;
};

/// Rows (values in accounts units unless said otherwise):
///
///   real_income            region: exact, per cent of its final spending (the equivalent variation over spending)
///   equivalent_variation   region: the same in money at base prices; measures' public purchases count as consumed
///   real_income_per_head   region: per cent, where people move
///   value_added_net        region, sector: output less inputs, both at base prices; with _percent
///   output_net             region, sector: quantity at base prices
///   jobs_net               region, sector: only where the closure leaves jobs free; with _percent by region
///   gdp, gni               region: factor income and taxes earned in it, owned by it, over consumer prices; with _percent
///   wage, consumer_prices, real_wage, capital_return        region, per cent
///   unit_cost, relative_unit_cost   region, sector, per cent: against the base; against competitors in the same product
///   exports_net, imports_net, trade_net (partner)           at new prices, world value added the yardstick
///   budget_need            region: what the measures cost its budget; budget_need_percent of its value added
///   wedge_revenue          region: tariffs and other wedges, change
///   wedge, target_share    measure, sector: the rate that reaches a target, per cent; the share reached
///   social_savings         region that buys: baseline flows x fall of their trade cost; measure as well
///   target_wanted, target_largest   measure, sector: of a target out of reach, the share that it asks for and the largest
///                          that the instrument reaches, per cent
///   rule_rent              region: what procurement rules take from users and leave with them
///   capacity_use           region, sector: quantity over the stated limit, per cent
///   capacity_rent          region, sector: what the limit earns its owners, at new prices
///   capacity_value         region, sector: price less unit cost of one more unit, per unit of output at base prices
///   theil                  spread of real spending per worker between regions; theil_base
///   NAME_net               region, sector: satellites other than jobs, in proportion to output
///   gross_to_net           terms after the steps of the fixed-price model, and the net effect as value_added_net
///   equivalent_variation_discounted, net_present_value, rate_of_return, resource_cost_discounted     region; measure as well
///   public_cost_discounted, jobs_lasting_net                region; measure as well: what the budgets need over the life; jobs
///                          that the last year has without what ends before
///   present_value_per_public_money, real_income_per_public_money, jobs_per_public_money, cost_per_job, cost_per_job_gross
///                          the same, where a budget is touched (indicators/public_money.h)
///   real_income_part       region: where the equivalent variation of the last year comes from, terms as in
///                          kontor/model/real_income_parts.h; their sum and the "error of the path" is it
///   equivalent_variation, real_income, value_added_net, output_net, gdp, gni, NAME_net, exports_net, imports_net with
///   measure and term path | shapley: that measure's part, in the years in detail; value_added_net and output_net by sector
///   as well; last_in: what goes if it alone is left out; shapley_error: standard error of a sample; measure "(remainder)":
///   what the parts of the path leave
///   attribution_error      term path: upper estimate of the parts' error, over the largest effect of the same name; share
///   ... with measure: that measure alone, in the years in detail;  term pipeline: what is not agreed yet, on top
///
/// Throws Error(no_answer) if a closure has no trustworthy solution.
NetEffects net_effects(const Calibration& calibration, const Programme& programme, const Compiled& compiled,
                       const std::vector<EffectRow>& gross, const std::vector<int>& years_in_detail,
                       const AttributionOptions& attribution = {});

}  // namespace kontor
