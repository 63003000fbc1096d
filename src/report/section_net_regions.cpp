// Regions net: who gains and who loses real income, what they make and earn, jobs, wages and prices; nations and blocs after
// them.
#include <algorithm>
#include <cmath>

#include "report/gross_net_table.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static std::string real_income_figure(const ReportView& view, const NetColumn& column) {
  constexpr std::size_t most = 60;
  double largest = 0.0;
  std::vector<NamedRegion> regions = ranked_net_regions(view, column);
  regions.erase(std::remove_if(regions.begin(), regions.end(), [](const NamedRegion& r) { return !r.leaf; }), regions.end());
  for (const NamedRegion& r : regions)
    if (const double v = net_at(view, column, "real_income", r.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  if (largest == 0.0) return "";
  const Scale percent = percent_scale(largest);
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const bool middle = regions.size() > most && i >= most / 2 && i < regions.size() - most / 2;
    const double value = net_at(view, column, "real_income", regions[i].code);
    if (!middle) bars.push_back({regions[i].name, value, percent_cell(percent, value)});
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

static double largest_of(const ReportView& view, const std::vector<NetColumn>& columns, const std::vector<NamedRegion>& regions,
                         const std::vector<std::string>& indicators) {
  double largest = 0.0;
  for (const NetColumn& c : columns)
    for (const NamedRegion& r : regions)
      for (const std::string& indicator : indicators)
        if (const double v = net_at(view, c, indicator, r.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  return largest;
}

static Scale levels_of(const ReportView& view, const NetColumn& column, const std::vector<NamedRegion>& regions,
                       const std::string& indicator) {
  double highest = 0.0, lowest = 0.0;
  for (const NamedRegion& r : regions)
    if (const double v = net_level(view, column, indicator, r.code); v > 0) {
      highest = std::max(highest, v);
      lowest = lowest > 0 ? std::min(lowest, v) : v;
    }
  return level_scale(view.result.accounts, lowest, highest);
}

// Regions, nations and blocs, then all together.
static std::vector<NamedRegion> with_total(std::vector<NamedRegion> regions) {
  regions.push_back({"", "All regions", false});
  return regions;
}

// Real income, the closures side by side; where people move, per head as well.
static std::string real_income_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  const NetColumn& own = columns.front();
  const std::vector<NamedRegion> ranked = ranked_net_regions(view, own), regions = with_total(ranked);
  const Scale money = money_scale(view.result.accounts, largest_of(view, columns, ranked, {"equivalent_variation"})),
              levels = levels_of(view, own, ranked, "equivalent_variation");
  const Scale percent = percent_scale(largest_of(view, columns, ranked, {"real_income", "real_income_per_head"}));
  HtmlTable table{"Real income by region in " + std::to_string(view.shown_year) + ", net; changes in " + money.unit, {"Region"}, {}};
  // Where every nation is one region nobody has anywhere to go, and per head says the same again.
  const auto people_move = [&](const NetColumn& c) {
    constexpr double rounding = 1e-6;  // per cent
    return std::any_of(ranked.begin(), ranked.end(), [&](const NamedRegion& r) {
      return std::fabs(net_at(view, c, "real_income_per_head", r.code) - net_at(view, c, "real_income", r.code)) > rounding;
    });
  };
  for (const NetColumn& c : columns) {
    table.header.insert(table.header.end(), {"Net, " + c.name, "%"});
    if (people_move(c)) table.header.push_back("per head, %");
  }
  table.header.push_back("Final spending, " + levels.unit);
  for (const NamedRegion& r : regions) {
    table.rows.push_back({r.name});
    for (const NetColumn& c : columns) {
      table.rows.back().push_back(money.text(net_at(view, c, "equivalent_variation", r.code), true));
      table.rows.back().push_back(percent_cell(percent, net_at(view, c, "real_income", r.code)));
      if (people_move(c)) table.rows.back().push_back(percent_cell(percent, net_at(view, c, "real_income_per_head", r.code)));
    }
    table.rows.back().push_back(levels.text(net_level(view, own, "equivalent_variation", r.code)));
  }
  table.last_is_total = true;
  std::string html = table_html(table);
  std::string moving;
  for (const NetColumn& c : columns)
    if (people_move(c)) moving += (moving.empty() ? "" : ", ") + c.name;
  if (!moving.empty())
    html +=
        paragraph("People move between the regions of a nation (" + moving +
                      "): the real income of a region is that of all who live there afterwards, so it rises where people arrive. Per head "
                      "is what one of them has.",
                  "note");
  return html +
         paragraph("A nation or a bloc has the sum of its regions' equivalent variations over the sum of their final spending.", "note");
}

// What is made and earned in a region beside what its residents own of it.
static std::string product_table(const ReportView& view, const NetColumn& column) {
  const std::vector<NamedRegion> ranked = ranked_net_regions(view, column);
  const Scale money = money_scale(view.result.accounts, largest_of(view, {column}, ranked, {"gdp", "gni", "value_added_net"})),
              levels = levels_of(view, column, ranked, "gdp");
  const Scale percent = percent_scale(largest_of(view, {column}, ranked, {"gdp_percent", "gni_percent", "value_added_net_percent"}));
  HtmlTable table{
      "GDP, GNI and value added by region in " + std::to_string(view.shown_year) + ", net, " + column.name + "; changes in " + money.unit,
      {"Region", "GDP", "%", "GNI", "%", "Value added", "%", "Level of GDP, " + levels.unit},
      {}};
  for (const NamedRegion& r : with_total(ranked)) {
    table.rows.push_back({r.name});
    for (const char* indicator : {"gdp", "gni", "value_added_net"}) {
      table.rows.back().push_back(money.text(net_at(view, column, indicator, r.code), true));
      table.rows.back().push_back(percent_cell(percent, net_at(view, column, net_percent_name(indicator), r.code)));
    }
    table.rows.back().push_back(levels.text(net_level(view, column, "gdp", r.code)));
  }
  table.last_is_total = true;
  return table_html(table);
}

static std::string jobs_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  if (!view.jobs()) return "";
  GrossNetTable table;
  table.columns = free_columns(columns);
  for (const NamedRegion& r : with_total(ranked_net_regions(view, columns.front()))) {
    GrossNetLine line{{r.name}, view.jobs_change(r.code), {}, view.level(view.jobs_indicator(), r.code)};
    for (const NetColumn& c : table.columns) line.net.push_back(net_jobs(view, c, r.code));
    table.lines.push_back(line);
  }
  table.caption =
      jobs_heading(view) + " by region in " + std::to_string(view.shown_year) + ", " + view.jobs()->unit + fixed_jobs_note(columns);
  table.heads = {"Region"}, table.money = false, table.last_is_total = true;
  table.if_empty = "No jobs change in " + std::to_string(view.shown_year) + ".";
  return gross_net_html(view, table);
}

// Prices have no level but the accounts' own, which is 100.
static std::string prices_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  const std::vector<NamedRegion> ranked = ranked_net_regions(view, columns.front());
  const Scale percent = percent_scale(largest_of(view, columns, ranked, {"real_wage", "consumer_prices", "capital_return"}));
  HtmlTable table{
      "Wages and prices by region in " + std::to_string(view.shown_year) + ", net: per cent against those of the accounts (100)",
      {"Region"},
      {}};
  for (const NetColumn& c : columns)
    table.header.insert(table.header.end(), {"Real wage, " + c.name, "Consumer prices, " + c.name, "Return on capital, " + c.name});
  for (const NamedRegion& r : ranked) {
    if (!r.leaf) continue;
    table.rows.push_back({r.name});
    for (const NetColumn& c : columns)
      for (const char* indicator : {"real_wage", "consumer_prices", "capital_return"}) {
        const double v = net_at(view, c, indicator, r.code);
        table.rows.back().push_back(percent_cell(percent, v));
      }
  }
  return table_html(table);
}

static std::string spread_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  HtmlTable table{
      "Spread of real spending per worker between regions, Theil index in " + std::to_string(view.shown_year) + "; 0 where all are alike",
      {"Closure", "Before", "After", "Change", "%"},
      {}};
  for (const NetColumn& c : columns) {
    const double before = net_at(view, c, "theil_base"), after = net_at(view, c, "theil");
    if (std::isfinite(before) && std::isfinite(after))
      table.rows.push_back({c.name, rounded_number(before, 6), rounded_number(after, 6), rounded_number(after - before, 3, true),
                            before > 0 ? rounded_number(100 * (after / before - 1), 3, true) : "n/a"});
  }
  if (table.rows.empty())
    return paragraph("Spread between regions (Theil index): not available, these accounts do not hold the jobs of every region.", "none");
  return table_html(table) + paragraph("A minus means that regions become more alike.", "note");
}

std::string net_regions_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  std::string html;
  for (const NetColumn& column : columns) html += real_income_figure(view, column);
  html += real_income_table(view, columns);
  for (const NetColumn& column : columns) html += product_table(view, column);
  return html + jobs_table(view, columns) + prices_table(view, columns) + spread_table(view, columns);
}

}  // namespace kontor
