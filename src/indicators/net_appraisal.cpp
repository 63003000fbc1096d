// Net present value   sum_t EV(t) / (1 + d)^(t - t0)   over the horizon, then what lasts until the life of what was built
// first ends; what was built later still has a value then, in proportion to what is left of its life. The equivalent variation is net of
// what payers give up, so costs stand in it already; the rate of return is the discount rate at which it becomes zero.
#include "net_appraisal.h"

#include <algorithm>
#include <cmath>

#include "kontor/indicators/effects.h"

namespace kontor {

YearOfAppraisal year_of_appraisal(const NetContext& context, const Economy& economy, const Flows& flows) {
  YearOfAppraisal year{
      equivalent_variation(context, economy, flows), std::vector<double>(context.base.regions.size(), 0.0), {}, flows.need};
  year.built = year.cost;
  for (const FixedPurchase& f : economy.fixed) {
    if (!f.building || f.region < 0) continue;
    year.cost[static_cast<std::size_t>(f.region)] += f.amount;
    if (!f.upkeep) year.built[static_cast<std::size_t>(f.region)] += f.amount;
  }
  return year;
}

int first_year_of_building(const std::map<int, YearOfAppraisal>& years) {
  for (const auto& [year, y] : years)
    if (std::any_of(y.built.begin(), y.built.end(), [](double c) { return c > 0.0; })) return year;
  return 0;
}

int last_year_of_appraisal(const Programme& programme, const std::map<int, YearOfAppraisal>& years) {
  const int begun = first_year_of_building(years);
  return begun ? std::max(programme.last_year, begun + programme.appraisal.life) : programme.last_year;
}

double present_value(const std::vector<double>& stream, double rate) {
  double value = 0.0, factor = 1.0;
  for (const double x : stream) value += x * factor, factor /= 1.0 + rate;
  return value;
}

// The one rate in (-0.9, 10) at which the stream is worth nothing; NaN where there is none or it pays from the start.
static double rate_of_return(const std::vector<double>& stream) {
  int changes = 0;
  double sign = 0.0;
  for (const double x : stream) {
    if (x == 0.0) continue;
    if (sign != 0.0 && (x > 0.0) != (sign > 0.0)) ++changes;
    sign = x;
  }
  if (changes != 1) return std::nan("");  // none, or several rates would do
  double low = -0.9, high = 10.0;
  const double at_low = present_value(stream, low);
  if ((at_low > 0.0) == (present_value(stream, high) > 0.0)) return std::nan("");
  for (int k = 0; k < 200; ++k) {
    const double middle = 0.5 * (low + high);
    ((present_value(stream, middle) > 0.0) == (at_low > 0.0) ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

void add_appraisal(const NetContext& context, const Programme& programme, const std::map<int, YearOfAppraisal>& years,
                   const std::vector<double>& lasting, const std::string& term, std::vector<EffectRow>& rows, const std::string& measure,
                   int end) {
  const int first = programme.first_year, last = programme.last_year, life = programme.appraisal.life;
  end = std::max(end, last_year_of_appraisal(programme, years));
  const double rate = programme.appraisal.discount_rate;
  const std::string money = money_unit(context.accounts);
  for (const RegionGroup& group : context.groups) {
    std::vector<double> benefit, cost;
    bool any = false;
    for (const int r : context.base.regions) any |= group.has[static_cast<std::size_t>(r)];
    if (!any) continue;
    for (int year = first; year <= end; ++year) {
      const auto at = years.find(year);
      const bool after = year > last;
      benefit.push_back(after ? (lasting.empty() ? 0.0 : group_total(context, group, lasting))
                              : (at == years.end() ? 0.0 : group_total(context, group, at->second.variation)));
      cost.push_back(at == years.end() ? 0.0 : group_total(context, group, at->second.cost));
    }
    const std::vector<double> horizon(benefit.begin(), benefit.begin() + (last - first + 1));
    // What was built later than the first building has a part of its life left.
    if (programme.appraisal.residual_value == ResidualValue::straight_line)
      for (const auto& [year, y] : years)
        benefit.back() += group_total(context, group, y.built) * std::max(0.0, 1.0 - static_cast<double>(end - year) / life);
    const auto add = [&](const char* indicator, double value, const std::string& unit) {
      rows.push_back({indicator, group.name, "", "", first, measure, term, value, unit});
    };
    add("equivalent_variation_discounted", present_value(horizon, rate), money);
    add("resource_cost_discounted", present_value(cost, rate), money);
    add("net_present_value", present_value(benefit, rate), money);
    const double returns = rate_of_return(benefit);
    if (std::isfinite(returns)) add("rate_of_return", 100.0 * returns, "%");
  }
}

}  // namespace kontor
