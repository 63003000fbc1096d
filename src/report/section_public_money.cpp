// What public money buys, measure by measure: cost, present value, real income, jobs, and what a lasting job costs.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

namespace {

struct Line {
  std::string name, region, measure;
  NetColumn column;
};

}  // namespace

static std::string money_table(const ReportView& view, const std::string& caption, const char* head, const std::vector<Line>& lines,
                               bool last_is_total) {
  const int first = view.result.programme.first_year, last = view.last_year;
  const auto at = [&](const char* indicator, const Line& line, int year) {
    return net_at(view, line.column, indicator, line.region, year, line.measure);
  };
  double largest = 0.0, dearest = 0.0, most_jobs = 0.0;
  const auto take = [](double& most, double v) {
    if (std::isfinite(v)) most = std::max(most, std::fabs(v));
  };
  for (const Line& line : lines) {
    for (const char* indicator : {"public_cost_discounted", "net_present_value"}) take(largest, at(indicator, line, first));
    for (const char* indicator : {"cost_per_job", "cost_per_job_gross"}) take(dearest, at(indicator, line, last));
    take(most_jobs, at("jobs_lasting_net", line, last));
  }
  if (largest == 0.0) return "";
  constexpr double rounding = 1e-9;  // of the largest: what is left where two solutions are the same
  const Scale money = money_scale(view.result.accounts, largest), a_job = money_scale(view.result.accounts, dearest),
              counts = plain_scale(most_jobs, "");
  HtmlTable table{
      caption + ", " + discounted_unit(view, money) + ", where not said otherwise",
      {head, "Public cost", "Net present value", "per unit of cost", "Real income in " + std::to_string(last) + ", per unit of cost"},
      {}};
  if (view.jobs())
    table.header.insert(table.header.end(), {"Lasting jobs, net", "per million " + view.result.accounts.currency,
                                             "Cost per job, net, " + a_job.unit, "gross, " + a_job.unit});
  const auto ratio = [](double value) { return std::isfinite(value) ? rounded_number(value, 3, true) : std::string("n/a"); };
  for (const Line& line : lines) {
    const double worth = at("net_present_value", line, first), cost = at("public_cost_discounted", line, first);
    std::vector<std::string> row = {line.name, money.text(std::fabs(cost) < rounding * largest ? 0.0 : cost), money.text(worth, true),
                                    ratio(at("present_value_per_public_money", line, first)),
                                    ratio(at("real_income_per_public_money", line, last))};
    if (view.jobs()) {
      row.push_back(line.column.jobs_free ? counts.text(at("jobs_lasting_net", line, last), true) : "fixed");
      row.push_back(line.column.jobs_free ? ratio(at("jobs_per_public_money", line, last)) : "n/a");
      for (const char* indicator : {"cost_per_job", "cost_per_job_gross"}) row.push_back(a_job.text(at(indicator, line, last)));
    }
    table.rows.push_back(row);
  }
  table.last_is_total = last_is_total;
  return table_html(table);
}

std::string public_money_of_measures_html(const ReportView& view, const std::vector<const Written*>& measures, bool with_total) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  std::vector<Line> lines;
  for (const Written* m : measures) lines.push_back({m->id + " " + m->title, "", m->id, columns.front()});
  if (with_total) lines.push_back({"All together", "", "", columns.front()});
  return money_table(view, "What public money buys, each measure by itself, " + columns.front().name, "Measure", lines, with_total);
}

// All measures together: the closures side by side, nations and blocs, and folded away every region that bears enough of it.
static std::string together(const ReportView& view, const std::vector<NetColumn>& columns) {
  std::vector<Line> all;
  std::string regions;
  for (const NetColumn& column : columns) {
    all.push_back({"All regions, " + column.name, "", "", column});
    std::vector<Line> lines;
    for (const NamedRegion& region : net_regions(view, column)) {
      if (!std::isfinite(net_at(view, column, "present_value_per_public_money", region.code, view.result.programme.first_year))) continue;
      (region.leaf ? lines : all).push_back({region.leaf ? region.name : region.name + ", " + column.name, region.code, "", column});
    }
    if (!lines.empty())
      regions += details("By region, " + column.name,
                         money_table(view, "Regions that bear a hundredth of the cost or more, " + column.name, "Region", lines, false));
  }
  return money_table(view, "What public money buys, all measures together", "Regions and closure", all, false) + regions;
}

std::string public_money_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty() || !std::isfinite(net_at(view, columns.front(), "public_cost_discounted", "", view.result.programme.first_year)))
    return "";
  return "<h3>What public money buys</h3>\n" +
         paragraph(
             "Public cost is what the measures need from the budgets of the regions: building, upkeep, payments to others and subsidies, "
             "less "
             "what tariffs bring, over the life of what is built, discounted. The owners' part of a joint venture counts with their "
             "region; "
             "what abroad pays is no cost here. Real income is net of the cost already, so a net present value above zero is a gain after "
             "everybody has paid.") +
         public_money_of_measures_html(view, view.committed, true) + together(view, columns) +
         paragraph(
             "A lasting job is one that the last year has without what ends before. Cost per job is public cost over lasting jobs: net as "
             "the model finds them once wages, prices and payers' spending have moved, gross at fixed prices with everything free. It is "
             "n/a where nothing is paid, where no job lasts, and net where the closure fixes jobs. A measure that costs no budget, such as "
             "a "
             "procurement rule, can cost jobs and real income all the same.",
             "note");
}

}  // namespace kontor
