// 3 regions: who gains, who loses.
#include <algorithm>
#include <cmath>
#include <functional>

#include "kontor/base/sum.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static const std::string& code_of(const ReportView& view, int region) {
  return view.result.accounts.regions[static_cast<std::size_t>(region)].code;
}

// Leaves sorted by what they gain, losers last.
static std::vector<int> by_gain(const ReportView& view) {
  std::vector<int> order = view.regions;
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return view.change("value_added", code_of(view, a)) > view.change("value_added", code_of(view, b));
  });
  return order;
}

static double largest_change(const ReportView& view, const std::string& indicator) {
  double largest = 0.0;
  for (const int r : view.regions) largest = std::max(largest, std::fabs(view.change(indicator, code_of(view, r))));
  return largest;
}

// Bars from the largest gain to the largest loss. With many regions the middle is left to the table.
static std::string gains_figure(const ReportView& view, const std::string& id, const std::string& caption,
                                const std::function<double(const std::string&)>& value_of_region) {
  constexpr std::size_t most = 60;
  std::vector<std::pair<double, std::string>> gains;
  double largest = 0.0;
  for (const int r : view.regions) {
    gains.emplace_back(value_of_region(code_of(view, r)), code_of(view, r));
    largest = std::max(largest, std::fabs(gains.back().first));
  }
  if (largest == 0.0) return "";
  std::stable_sort(gains.begin(), gains.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  const Scale scale = money_scale(view.result.accounts, largest);
  std::vector<Bar> bars;
  Sum left_out;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    const bool is_middle = gains.size() > most && i >= most / 2 && i < gains.size() - most / 2;
    if (is_middle)
      left_out.add(gains[i].first);
    else
      bars.push_back({view.region_name(gains[i].second), gains[i].first, scale.text(gains[i].first, true)});
    if (is_middle && i + 1 == gains.size() - most / 2)
      bars.push_back({"other regions (" + std::to_string(gains.size() - most) + ")", left_out.value(), scale.text(left_out.value(), true)});
  }
  const std::string whole = caption + ", " + scale.unit;
  return figure_html(whole,
                     bar_chart_svg({id, whole,
                                    "Bars sorted from the largest gain to the largest loss; losses are hatched and run to the left. The "
                                    "table of regions below has the numbers."},
                                   bars),
                     {});
}

static std::vector<std::string> region_row(const ReportView& view, const std::string& name, const std::string& code, const Scale& money,
                                           const Scale& levels, const Scale& jobs) {
  const auto term = [&](const char* which) {
    return money.text(view.index.at({"value_added", code, "", view.shown_year, "", which, ""}), true);
  };
  const double percent = view.index.at({"value_added_percent", code, "", view.shown_year, "", "", ""});
  std::vector<std::string> row = {
      name,
      money.text(view.change("value_added", code), true),
      std::isfinite(percent) ? rounded_number(percent, 2, true) : "n/a",
      levels.text(view.level("value_added", code)),
      term("temporary"),
      view.index.has({"value_added", code, "", view.shown_year, "", "lasting", ""}) ? term("lasting") : "0",
      money.text(view.index.at({"value_added_discounted", code, "", view.result.programme.first_year, "", "", ""}), true),
      money.text(view.change("output", code), true)};
  if (!net_columns(view).empty()) return row;  // jobs and trade have tables of their own, gross beside net
  if (view.jobs()) row.push_back(jobs.text(view.jobs_change(code), true));
  row.push_back(money.text(view.index.at({"exports", code, "", view.shown_year, "", "", ""}), true));
  row.push_back(money.text(view.index.at({"imports", code, "", view.shown_year, "", "", ""}), true));
  return row;
}

static std::string region_table(const ReportView& view, const Scale& money) {
  const Scale jobs = plain_scale(largest_change(view, view.jobs_indicator()), "");
  double highest = 0.0, lowest = 0.0;
  for (const int r : view.regions)
    if (const double v = view.level("value_added", code_of(view, r)); v > 0) {
      highest = std::max(highest, v);
      lowest = lowest > 0 ? std::min(lowest, v) : v;
    }
  const Scale levels = level_scale(view.result.accounts, lowest, highest);
  HtmlTable table{
      "Regions in " + std::to_string(view.shown_year) + ", " + money.unit + " where not said otherwise" +
          (net_columns(view).empty() ? "; sales and purchases are with other regions and abroad" : ", gross, at fixed prices"),
      {"Region", "Value added", "%", "Level, " + levels.unit, "of it temporary", "of it lasting", "over the horizon, discounted", "Output"},
      {}};
  const bool net = !net_columns(view).empty();
  if (view.jobs() && !net) table.header.push_back(jobs_heading(view));
  if (!net) table.header.insert(table.header.end(), {"Sales out", "Purchases in"});
  for (const int r : by_gain(view))
    table.rows.push_back(region_row(view, view.region_name(code_of(view, r)), code_of(view, r), money, levels, jobs));
  for (const Region& region : view.result.accounts.regions)  // nations and other parents, each the sum of its regions
    if (leaves_of(view.result.accounts, region_index(view.result.accounts, region.code)).size() < view.regions.size() && !region.external &&
        !is_leaf(view.result.accounts, region_index(view.result.accounts, region.code)) &&
        view.index.has({"value_added", region.code, "", view.shown_year, "", "", ""}))
      table.rows.push_back(region_row(view, view.region_name(region.code) + " (its regions together)", region.code, money, levels, jobs));
  for (const auto& [name, members] : view.result.programme.blocs)
    if (view.index.has({"value_added", name, "", view.shown_year, "", "", ""}))
      table.rows.push_back(region_row(view, name + " (bloc)", name, money, levels, jobs));
  table.rows.push_back(region_row(view, "All regions", "", money, levels, jobs));
  table.last_is_total = true;
  return table_html(table);
}

std::string section_regions(const ReportView& view) {
  const Scale money = money_scale(view.result.accounts, largest_change(view, "value_added"));
  const int first = view.result.programme.first_year;
  const std::string gross = net_columns(view).empty() ? "" : "Gross, at fixed prices: ";
  std::string html = gross.empty() ? "" : net_regions_html(view) + real_income_parts_html(view) + "<h3>Gross, at fixed prices</h3>\n";
  html += gains_figure(view, "chart-regions",
                       (gross.empty() ? "Change" : gross + "change") + " of value added by region in " + std::to_string(view.shown_year),
                       [&](const std::string& code) { return view.change("value_added", code); });
  html += gains_figure(
      view, "chart-regions-horizon",
      "The same over " + std::to_string(first) + "\u2013" + std::to_string(view.last_year) + ", temporary effects included, discounted",
      [&](const std::string& code) {
        return view.index.change({"value_added_discounted", code, "", first, "", "", ""});
      });
  html += region_table(view, money);
  if (const Satellite* jobs = view.jobs(); jobs && jobs->estimate)
    html += paragraph("Jobs are estimates" + (jobs->source.empty() ? std::string(".") : ": " + jobs->source + ".") +
                          (jobs->resolution == Resolution::cell ? "" : " They mean nothing at a finer grain than is shown here."),
                      "note");
  return html + satellites_html(view);
}

}  // namespace kontor
