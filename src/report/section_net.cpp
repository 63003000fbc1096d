// Net tables: real income by region, each measure's net effect, and what the net numbers rest on.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static double largest_variation(const ReportView& view, const NetColumn& column, const std::vector<NamedRegion>& regions) {
  double largest = 0.0;
  for (const NamedRegion& r : regions)
    for (const char* indicator : {"equivalent_variation", "value_added_net", "gdp", "gni"})
      if (const double v = net_at(view, column, indicator, r.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  return largest;
}

// Regions from the largest gain of real income to the largest loss, nations and blocs after them.
static std::vector<NamedRegion> ranked_regions(const ReportView& view, const NetColumn& column) {
  std::vector<NamedRegion> regions = net_regions(view, column);
  std::stable_sort(regions.begin(), regions.end(), [&](const NamedRegion& a, const NamedRegion& b) {
    if (!a.leaf || !b.leaf) return a.leaf && !b.leaf;
    return net_at(view, column, "real_income", a.code) > net_at(view, column, "real_income", b.code);
  });
  return regions;
}

static std::string real_income_figure(const ReportView& view, const NetColumn& column) {
  constexpr std::size_t most = 60;
  double largest = 0.0;
  std::vector<NamedRegion> regions = ranked_regions(view, column);
  regions.erase(std::remove_if(regions.begin(), regions.end(), [](const NamedRegion& r) { return !r.leaf; }), regions.end());
  for (const NamedRegion& r : regions)
    if (const double v = net_at(view, column, "real_income", r.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  if (largest == 0.0) return "";
  const Scale percent = plain_scale(largest, "");
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const bool middle = regions.size() > most && i >= most / 2 && i < regions.size() - most / 2;
    const double value = net_at(view, column, "real_income", regions[i].code);
    if (!middle) bars.push_back({regions[i].name, value, percent.text(value, true)});
    if (middle && i == most / 2)
      bars.push_back({"other regions (" + std::to_string(regions.size() - most) + ")", std::nan(""), "in the table"});
  }
  const std::string caption =
      "Real income by region in " + std::to_string(view.shown_year) + ", " + column.name + ", per cent of final spending";
  return figure_html(caption,
                     bar_chart_svg({"chart-real-income" + (column.term.empty() ? "" : "-" + column.term), caption,
                                    "Bars sorted from the largest gain to the largest loss; losses are hatched and run to the left."},
                                   bars),
                     {});
}

static std::string net_region_table(const ReportView& view, const NetColumn& column) {
  const std::vector<NamedRegion> regions = ranked_regions(view, column);
  const Scale money = money_scale(view.result.accounts, largest_variation(view, column, regions));
  HtmlTable table{
      "Regions in " + std::to_string(view.shown_year) + ", net, " + column.name + ", " + money.unit + " where not said otherwise",
      {"Region", "Real income", "%", "GDP", "GNI", "Value added", "%"},
      {}};
  if (column.jobs_free && view.jobs()) table.header.push_back(jobs_heading(view));
  table.header.insert(table.header.end(), {"Real wage, %", "Consumer prices, %"});
  const auto percent = [&](const std::string& indicator, const std::string& code) {
    const double v = net_at(view, column, indicator, code);
    return std::isfinite(v) ? fixed_number(v, 3, true) : "";
  };
  const auto row = [&](const std::string& name, const std::string& code) {
    std::vector<std::string> cells = {name};
    cells.push_back(money.text(net_at(view, column, "equivalent_variation", code), true));
    cells.push_back(percent("real_income", code));
    for (const char* indicator : {"gdp", "gni", "value_added_net"})
      cells.push_back(money.text(net_at(view, column, indicator, code), true));
    cells.push_back(percent("value_added_net_percent", code));
    if (column.jobs_free && view.jobs()) cells.push_back(rounded_number(net_jobs(view, column, code), 3, true));
    for (const char* indicator : {"real_wage", "consumer_prices"}) cells.push_back(percent(indicator, code));
    table.rows.push_back(cells);
  };
  for (const NamedRegion& r : regions) row(r.name, r.code);
  row("All regions", "");
  table.last_is_total = true;
  return table_html(table);
}

std::string net_regions_html(const ReportView& view) {
  std::string html;
  for (const NetColumn& column : net_columns(view)) {
    html += real_income_figure(view, column) + net_region_table(view, column);
    const double before = net_at(view, column, "theil_base"), after = net_at(view, column, "theil");
    if (std::isfinite(before) && std::isfinite(after))
      html += paragraph("Spread of real spending per worker between regions (Theil index), " + column.name + ": " +
                        rounded_number(before, 6) + " before, " + rounded_number(after, 6) + " after; lower is more equal.");
  }
  return html;
}

std::string net_measures_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const NetColumn& own = columns.front();
  double largest = 0.0;
  std::vector<std::pair<std::string, std::string>> lines;  // name, id
  for (const Written* m : view.committed) lines.emplace_back(m->id + " " + m->title, m->id);
  if (view.committed.size() > 1) lines.emplace_back("Interaction: what they do together only", "(interaction)");
  lines.emplace_back("All together", "");
  // A measure without rows in this year has nothing in it: the total is there, so the year was solved.
  const auto at = [&](const char* indicator, const std::string& id) {
    const double v = net_at(view, own, indicator, "", 0, id);
    return std::isfinite(v) ? v : 0.0;
  };
  for (const auto& [name, id] : lines)
    for (const char* indicator : {"equivalent_variation", "value_added_net"}) largest = std::max(largest, std::fabs(at(indicator, id)));
  const Scale money = money_scale(view.result.accounts, largest);
  HtmlTable table{"Net effect of each measure by itself in " + std::to_string(view.shown_year) + ", " + own.name + ", " + money.unit,
                  {"Measure", "Real income", "Value added"},
                  {}};
  const bool jobs = own.jobs_free && view.jobs();
  if (jobs) table.header.push_back(jobs_heading(view));
  for (const auto& [name, id] : lines) {
    table.rows.push_back({name, money.text(at("equivalent_variation", id), true), money.text(at("value_added_net", id), true)});
    if (!jobs) continue;
    const double n = net_jobs(view, own, "", id);
    table.rows.back().push_back(id == "(interaction)" ? "not available" : rounded_number(std::isfinite(n) ? n : 0.0, 3, true));
  }
  table.last_is_total = true;
  return table_html(table);
}

std::string closure_assumptions_html(const ReportView& view) {
  std::string html;
  for (const NetColumn& column : net_columns(view))
    html += "<h3>" + escaped("Closure: " + column.name) + "</h3>\n" + bullets(closure_in_words(view.result.accounts, column.run->closure));
  if (html.empty()) return html;
  if (!view.result.assumptions.empty()) html += "<h3>What the net numbers rest on</h3>\n" + bullets(view.result.assumptions);
  if (!view.result.parameters_used.empty()) html += details("Parameters used, with their sources", bullets(view.result.parameters_used));
  return html;
}

}  // namespace kontor
