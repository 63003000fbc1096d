#include "report/net_view.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

static std::string name_of(const ClosureRun& run) {
  if (run.closure.name == "short_run") return "short run";
  if (run.closure.name == "long_run") return "long run";
  return "programme's closure";
}

std::vector<NetColumn> net_columns(const ReportView& view) {
  std::vector<NetColumn> columns;
  if (!view.answered) return columns;
  for (const ClosureRun& run : view.result.closures)
    if (run.certificate.solved()) columns.push_back({run.term, name_of(run), &run, run.closure.labour == LabourRule::real_wage});
  if (!columns.empty() && !columns.front().term.empty()) columns.clear();  // without the programme's own there is no headline
  return columns;
}

double net_at(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region, int year,
              const std::string& measure, const std::string& sector) {
  return view.index.at({indicator, region, sector, year ? year : view.shown_year, measure, column.term, ""});
}

std::string net_percent_name(const std::string& indicator) {
  return indicator == "equivalent_variation" ? "real_income" : indicator + "_percent";
}

double net_level(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region) {
  const double change = net_at(view, column, indicator, region), percent = net_at(view, column, net_percent_name(indicator), region);
  return percent != 0.0 ? 100.0 * change / percent : std::nan("");
}

bool net_jobs_partial(const ReportView& view, const NetColumn& column) {
  return !std::isfinite(net_at(view, column, view.jobs_indicator() + "_net"));
}

double net_jobs(const ReportView& view, const NetColumn& column, const std::string& region, const std::string& measure) {
  const std::string indicator = view.jobs_indicator() + "_net";
  const double written = net_at(view, column, indicator, region, 0, measure);
  if (std::isfinite(written) || !region.empty()) return written;
  Sum sum;
  bool any = false;
  for (const int r : view.regions) {
    const double jobs = net_at(view, column, indicator, view.result.accounts.regions[static_cast<std::size_t>(r)].code, 0, measure);
    if (std::isfinite(jobs)) sum.add(jobs), any = true;
  }
  return any ? sum.value() : std::nan("");
}

std::string net_text(const ReportView& view, const NetColumn& column, const std::string& indicator, const std::string& region) {
  const double change = net_at(view, column, indicator, region), percent = net_at(view, column, net_percent_name(indicator), region);
  return money_text(view.result.accounts, change) + (std::isfinite(percent) ? " (" + percent_text(percent) + ")" : "");
}

std::string discounted_unit(const ReportView& view, const Scale& money) {
  return money.unit + " of " + std::to_string(view.result.accounts.price_year) + ", discounted to " +
         std::to_string(view.result.programme.first_year);
}

std::string value_added_levels_note(const ReportView& view) {
  constexpr double same = 1e-3;  // smaller than what a percentage shows
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const double net = net_level(view, columns.front(), "value_added_net"), gross = view.level("value_added");
  if (!(std::fabs(net - gross) > same * gross)) return "";
  return "Percentages of value added: gross is a share of " + money_text(view.result.accounts, gross, false) +
         ", taxes less subsidies on production included; net is a share of " + money_text(view.result.accounts, net, false) +
         ", what labour, capital and land earn.";
}

std::vector<std::string> closure_in_words(const Accounts& accounts, const Closure& closure) {
  std::vector<std::string> words;
  switch (closure.labour) {
    case LabourRule::fixed:
      words.push_back("Labour: employment of every region is given; its wage adjusts. Jobs are fixed by closure.");
      break;
    case LabourRule::mobile:
      words.push_back("Labour: employment of every nation is given; people move between its regions, " +
                      number_text(closure.labour_elasticity) +
                      " per cent more of them where real consumption per worker is one per cent higher. Jobs are fixed by closure.");
      break;
    case LabourRule::real_wage: words.push_back("Labour: wages follow consumer prices; employment adjusts, so jobs are free."); break;
  }
  switch (closure.capital) {
    case CapitalRule::fixed: words.push_back("Capital: stays in its region and sector; each earns its own return."); break;
    case CapitalRule::mobile: words.push_back("Capital: moves between the sectors of its region; the region has one return."); break;
    case CapitalRule::world_return:
      words.push_back("Capital: moves between all regions at one return; what is added belongs to the world's owners.");
      break;
  }
  switch (closure.imbalance) {
    case ImbalanceRule::zero: words.push_back("Trade: imports equal exports in every region, before and after."); break;
    case ImbalanceRule::fixed: words.push_back("Trade: each region's surplus or deficit stays as in the accounts, in money."); break;
    case ImbalanceRule::share: words.push_back("Trade: each region's surplus or deficit stays the same share of its income."); break;
    case ImbalanceRule::portfolio:
      words.push_back("Trade: part of local capital income goes to a common fund, which pays by labour income.");
      break;
  }
  switch (closure.budget) {
    case BudgetRule::lump_sum: words.push_back("Budget: what a region's budget gains or loses, its residents have or lack at once."); break;
    case BudgetRule::tax: words.push_back("Budget: a tax on labour closes it."); break;
    case BudgetRule::transfer: {
      std::vector<std::string> payers;
      for (const auto& [region, share] : closure.payers)
        if (region >= 0 && region < static_cast<int>(accounts.regions.size()))
          payers.push_back(accounts.regions[static_cast<std::size_t>(region)].code + " " + rounded_number(100 * share, 3) + " %");
      words.push_back("Budget: closed by named payers" + (payers.empty() ? "" : ": " + joined(payers, ", ")) + ".");
      break;
    }
  }
  return words;
}

std::string closure_in_short(const Closure& closure) {
  std::string labour, capital, budget;
  switch (closure.labour) {
    case LabourRule::fixed: labour = "employment fixed"; break;
    case LabourRule::mobile: labour = "employment fixed by nation"; break;
    case LabourRule::real_wage: labour = "jobs free at given real wages"; break;
  }
  switch (closure.capital) {
    case CapitalRule::fixed: capital = "capital stays where it is"; break;
    case CapitalRule::mobile: capital = "capital moves between sectors"; break;
    case CapitalRule::world_return: capital = "capital moves at the world's return"; break;
  }
  switch (closure.budget) {
    case BudgetRule::lump_sum: budget = "residents carry the budget's gains and costs"; break;
    case BudgetRule::tax: budget = "a tax on labour pays"; break;
    case BudgetRule::transfer: budget = "named payers pay"; break;
  }
  return labour + ", " + capital + ", " + budget;
}

std::vector<NamedRegion> groups_of_regions(const ReportView& view) {
  const Accounts& accounts = view.result.accounts;
  std::vector<NamedRegion> groups;
  for (const Region& region : accounts.regions) {
    const int r = region_index(accounts, region.code);
    if (!region.external && !is_leaf(accounts, r) && leaves_of(accounts, r).size() < view.regions.size())
      groups.push_back({region.code, view.region_name(region.code) + " (its regions together)", false});
  }
  for (const auto& [name, members] : view.result.programme.blocs) groups.push_back({name, name + " (bloc)", false});
  return groups;
}

std::vector<NamedRegion> net_regions(const ReportView& view, const NetColumn& column) {
  const auto has = [&](const std::string& code) { return std::isfinite(net_at(view, column, "equivalent_variation", code)); };
  std::vector<NamedRegion> named;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    if (has(code)) named.push_back({code, view.region_name(code), true});
  }
  for (const NamedRegion& group : groups_of_regions(view))
    if (has(group.code)) named.push_back(group);
  return named;
}

std::vector<NamedRegion> ranked_net_regions(const ReportView& view, const NetColumn& column) {
  std::vector<NamedRegion> regions = net_regions(view, column);
  std::stable_sort(regions.begin(), regions.end(), [&](const NamedRegion& a, const NamedRegion& b) {
    if (!a.leaf || !b.leaf) return a.leaf && !b.leaf;
    return net_at(view, column, "real_income", a.code) > net_at(view, column, "real_income", b.code);
  });
  return regions;
}

}  // namespace kontor
