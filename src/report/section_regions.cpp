// 3 regions: who gains, who loses; 4 sectors.
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
                                           const Scale& jobs) {
  const auto term = [&](const char* which) {
    return money.text(view.index.at({"value_added", code, "", view.shown_year, "", which, ""}), true);
  };
  const double percent = view.index.at({"value_added_percent", code, "", view.shown_year, "", "", ""});
  std::vector<std::string> row = {
      name,
      money.text(view.change("value_added", code), true),
      std::isfinite(percent) ? rounded_number(percent, 2, true) : "n/a",
      term("temporary"),
      view.index.has({"value_added", code, "", view.shown_year, "", "lasting", ""}) ? term("lasting") : "0",
      money.text(view.index.at({"value_added_discounted", code, "", view.result.programme.first_year, "", "", ""}), true),
      money.text(view.change("output", code), true)};
  if (view.jobs()) row.push_back(jobs.text(view.jobs_change(code), true));
  row.push_back(money.text(view.index.at({"exports", code, "", view.shown_year, "", "", ""}), true));
  row.push_back(money.text(view.index.at({"imports", code, "", view.shown_year, "", "", ""}), true));
  return row;
}

static std::string region_table(const ReportView& view, const Scale& money) {
  const Scale jobs = plain_scale(largest_change(view, view.jobs_indicator()), "");
  HtmlTable table{"Regions in " + std::to_string(view.shown_year) + ", " + money.unit +
                      " where not said otherwise; sales and purchases are with other regions and abroad",
                  {"Region", "Value added", "%", "of it temporary", "of it lasting", "over the horizon, discounted", "Output"},
                  {}};
  if (view.jobs()) table.header.push_back(jobs_heading(view));
  table.header.insert(table.header.end(), {"Sales out", "Purchases in"});
  for (const int r : by_gain(view))
    table.rows.push_back(region_row(view, view.region_name(code_of(view, r)), code_of(view, r), money, jobs));
  for (const Region& region : view.result.accounts.regions)  // nations and other parents, each the sum of its regions
    if (leaves_of(view.result.accounts, region_index(view.result.accounts, region.code)).size() < view.regions.size() && !region.external &&
        !is_leaf(view.result.accounts, region_index(view.result.accounts, region.code)) &&
        view.index.has({"value_added", region.code, "", view.shown_year, "", "", ""}))
      table.rows.push_back(region_row(view, view.region_name(region.code) + " (its regions together)", region.code, money, jobs));
  for (const auto& [name, members] : view.result.programme.blocs)
    if (view.index.has({"value_added", name, "", view.shown_year, "", "", ""}))
      table.rows.push_back(region_row(view, name + " (bloc)", name, money, jobs));
  table.rows.push_back(region_row(view, "All regions", "", money, jobs));
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
  return html;
}

// --- sectors ---------------------------------------------------------------------------------------

// Value added by sector and region in one year; where there are many of either, the smallest are put together.
static HeatMap sector_map(const ReportView& view, int year, Scale& scale) {
  const auto& sectors = view.result.accounts.sectors;
  std::vector<double> sector_size(sectors.size(), 0.0), region_size(view.regions.size(), 0.0);
  const auto value_at = [&](std::size_t region, std::size_t sector) {
    return view.index.at({"value_added", code_of(view, view.regions[region]), sectors[sector].code, year, "", "", ""});
  };
  for (std::size_t r = 0; r < view.regions.size(); ++r)
    for (std::size_t s = 0; s < sectors.size(); ++s)
      if (const double v = value_at(r, s); std::isfinite(v)) sector_size[s] += std::fabs(v), region_size[r] += std::fabs(v);
  const auto rows = largest_apart(sector_size, most_rows), columns = largest_apart(region_size, most_columns);
  HeatMap map;
  double largest = 0.0;
  for (const auto& column : columns)
    map.columns.push_back(group_name(column, view.region_name(code_of(view, view.regions[column.front()])), "other regions"));
  for (const auto& row : rows) {
    map.rows.push_back(group_name(row, view.sector_name(sectors[row.front()].code), "other sectors"));
    map.values.emplace_back();
    for (const auto& column : columns) {
      Sum sum;
      bool any = false;
      for (const std::size_t s : row)
        for (const std::size_t r : column)
          if (const double v = value_at(r, s); std::isfinite(v)) sum.add(v), any = true;
      map.values.back().push_back(any ? sum.value() : std::nan(""));
      if (any) largest = std::max(largest, std::fabs(sum.value()));
    }
  }
  scale = money_scale(view.result.accounts, largest);
  for (const auto& row : map.values) {
    map.texts.emplace_back();
    for (const double v : row) map.texts.back().push_back(std::isnan(v) ? "" : scale.text(v, true));
  }
  for (const double share : heat_classes) map.class_texts.push_back(rounded_number(share * largest * scale.factor, 2));
  map.class_texts.push_back(rounded_number(heat_white * largest * scale.factor, 1));
  if (largest == 0.0) map.rows.clear();
  return map;
}

static std::string sectors_of_year(const ReportView& view, int year) {
  Scale scale;
  const HeatMap map = sector_map(view, year, scale);
  if (map.rows.empty()) return paragraph("No sector changes in " + std::to_string(year) + ".", "none");
  HtmlTable numbers{"Change of value added by sector and region in " + std::to_string(year) + ", " + scale.unit, {"Sector"}, {}};
  numbers.header.insert(numbers.header.end(), map.columns.begin(), map.columns.end());
  numbers.header.push_back("All regions");
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    numbers.rows.push_back({map.rows[i]});
    numbers.rows.back().insert(numbers.rows.back().end(), map.texts[i].begin(), map.texts[i].end());
    Sum sum;
    for (const double v : map.values[i])
      if (std::isfinite(v)) sum.add(v);
    numbers.rows.back().push_back(scale.text(sum.value(), true));
  }
  const std::string caption = "Change of value added by sector and region in " + std::to_string(year) + ", " + scale.unit;
  std::string html = figure_html(
      caption,
      heat_map_svg(
          {"chart-sectors-" + std::to_string(year), caption,
           "Sectors are rows, regions are columns. Gains are blue; losses are orange and underlined. The numbers follow in a table."},
          map),
      numbers);
  if (view.result.accounts.sectors.size() > most_rows || view.regions.size() > most_columns)
    html += paragraph("Those that change most are shown one by one, the others together; effects.csv has all of them.", "note");
  return html;
}

std::string section_sectors(const ReportView& view) {
  std::string html;
  if (!net_columns(view).empty())
    html = paragraph("These maps are gross, at fixed prices; net value added by cell is value_added_net in effects.csv.", "note");
  for (const int year : view.detail_years()) html += sectors_of_year(view, year);
  return html;
}

}  // namespace kontor
