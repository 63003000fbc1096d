// What public money buys. Its cost is what the measures need from the budgets of regions, this year and every year that
// they last, discounted; the gain is net of it already, so that a present value per unit above zero is a gain.
// Method: docs/methods/net_effects.md
#include "public_money.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

// The satellite whose rows are jobs; -1 if the accounts hold none.
static int jobs_satellite(const Accounts& a) {
  for (std::size_t s = 0; s < a.satellites.size(); ++s)
    if (is_jobs(a.satellites[s])) return static_cast<int>(s);
  return -1;
}

LastingYear lasting_year(const NetContext& context, const Economy& economy, const Flows& flows) {
  LastingYear year{equivalent_variation(context, economy, flows), flows.need, {}};
  if (const int s = jobs_satellite(context.accounts); s >= 0 && context.jobs_free)
    year.jobs = by_region(context.base, satellite_change(context, flows, static_cast<std::size_t>(s)));
  return year;
}

bool is_public_money(const std::vector<const Shock*>& shocks) {
  return std::any_of(shocks.begin(), shocks.end(), [](const Shock* shock) {
    const auto* target = std::get_if<Target>(&shock->change);
    return shock->building || std::holds_alternative<Transfer>(shock->change) || std::holds_alternative<Subsidy>(shock->change) ||
           std::holds_alternative<TariffRate>(shock->change) || (target && target->instrument != Instrument::procurement);
  });
}

// Over the regions of a group whose number is known; NaN if none is.
static double known_total(const NetContext& context, const RegionGroup& group, const std::vector<double>& by_region) {
  Sum sum;
  bool any = false;
  for (std::size_t r = 0; r < by_region.size(); ++r)
    if (group.has[static_cast<std::size_t>(context.base.regions[r])] && !std::isnan(by_region[r])) sum.add(by_region[r]), any = true;
  return any ? sum.value() : std::nan("");
}

// A sum over a group of what a year holds; a year that was not solved has nothing in it.
static double in_group(const NetContext& context, const RegionGroup& group, const std::vector<double>& by_region) {
  return by_region.empty() ? 0.0 : group_total(context, group, by_region);
}

static double public_cost(const NetContext& context, const RegionGroup& group, const Programme& programme, const PublicMoney& money) {
  std::vector<double> stream;
  for (int year = programme.first_year; year <= money.end; ++year) {
    const auto at = money.years.find(year);
    stream.push_back(year > programme.last_year ? in_group(context, group, money.lasting.need)
                     : at == money.years.end()  ? 0.0
                                                : in_group(context, group, at->second.need));
  }
  return present_value(stream, programme.appraisal.discount_rate);
}

// Lasting jobs at fixed prices, over the regions whose jobs are known where some are not.
static double gross_jobs(const Accounts& a, const RegionGroup& group, const std::string& measure, int year,
                         const std::vector<EffectRow>& gross) {
  const int s = jobs_satellite(a);
  if (s < 0) return std::nan("");
  const std::string& code = a.satellites[static_cast<std::size_t>(s)].code;
  const double all = value_of(gross, {code, group.name, "", "", measure, "lasting", year});
  return std::isnan(all) ? value_of(gross, {code, group.name, "", "", measure, "lasting, where known", year}) : all;
}

static double latest(const std::vector<EffectRow>& rows, const char* indicator, const std::string& region, const PublicMoney& money) {
  for (auto row = rows.rbegin(); row != rows.rend(); ++row)
    if (row->indicator == indicator && row->region == region && row->measure == money.measure && row->term == money.term) return row->value;
  return std::nan("");
}

void add_public_money(const NetContext& context, const Programme& programme, const PublicMoney& money, const std::vector<EffectRow>& gross,
                      std::vector<EffectRow>& rows) {
  constexpr double bears = 0.01;     // of the money of all who pay: who bears less has no cost per job of his own
  constexpr double no_job = 1e-9;    // of a region's jobs: smaller is what the solver leaves
  constexpr double rounding = 1e-9;  // of the same money: transfers among all cancel to no less
  const Accounts& a = context.accounts;
  const int last = programme.last_year, jobs_row = jobs_satellite(a);
  const std::string unit = money_unit(a);
  double paid = 0.0;
  std::vector<double> cost;
  for (const RegionGroup& group : context.groups) {
    cost.push_back(public_cost(context, group, programme, money));
    paid = std::max(paid, cost.back());
  }
  std::vector<double> people;
  if (jobs_row >= 0) {
    const auto row = a.satellite.row(static_cast<std::size_t>(jobs_row));
    people = by_region(context.base, {row.begin(), row.end()});
  }
  for (std::size_t g = 0; g < context.groups.size(); ++g) {
    const RegionGroup& group = context.groups[g];
    if (std::none_of(context.base.regions.begin(), context.base.regions.end(),
                     [&](int r) { return group.has[static_cast<std::size_t>(r)]; }))
      continue;
    const auto add = [&](const char* indicator, int year, double value, const std::string& in) {
      if (std::isfinite(value)) rows.push_back({indicator, group.name, "", "", year, money.measure, money.term, value, in});
    };
    const double jobs = known_total(context, group, money.lasting.jobs), then = known_total(context, group, people);
    if (jobs_row >= 0 && context.jobs_free) {
      const double here = money.lasting.jobs.empty() ? 0.0 : jobs;
      add("jobs_lasting_net", last, here, satellite_unit(a.satellites[static_cast<std::size_t>(jobs_row)]));
    }
    add("public_cost_discounted", programme.first_year, cost[g], unit);
    // All together have a ratio wherever there is a cost; a part of them where it bears enough of it.
    if (!money.spends || !(cost[g] > (group.name.empty() ? rounding : bears) * paid)) continue;
    const double worth = latest(rows, "net_present_value", group.name, money), income = in_group(context, group, money.lasting.variation);
    add("present_value_per_public_money", programme.first_year, worth / cost[g], "per unit");
    add("real_income_per_public_money", last, income / cost[g], "a year, per unit");
    const double in_millions = cost[g] * a.scale / 1e6, gross_count = gross_jobs(a, group, money.measure, last, gross);
    if (jobs_row >= 0) add("jobs_per_public_money", last, jobs / in_millions, "jobs per million " + a.currency);
    if (jobs > no_job * then) add("cost_per_job", last, cost[g] / jobs, unit);
    if (gross_count > no_job * then) add("cost_per_job_gross", last, cost[g] / gross_count, unit);
  }
}

}  // namespace kontor
