// Emissions, energy, water: whatever the accounts hold beside money and jobs, before and after.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

namespace {

// What a region has before, and what changes it.
struct SatelliteLine {
  std::string name, code;
};

}  // namespace

static std::string satellite_table(const ReportView& view, const Satellite& satellite, const std::vector<NetColumn>& columns) {
  constexpr std::size_t most = 60;
  const std::string& code = satellite.code;
  std::vector<SatelliteLine> lines;
  for (const int r : view.regions) {
    const std::string& region = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    if (lines.size() < most) lines.push_back({view.region_name(region), region});
  }
  for (const NamedRegion& group : groups_of_regions(view)) lines.push_back({group.name, group.code});
  lines.push_back({"All regions", ""});
  const auto gross_of = [&](const std::string& region) { return view.index.at({code, region, "", view.shown_year, "", "", ""}); };
  const auto net_of = [&](const NetColumn& c, const std::string& region) { return net_at(view, c, code + "_net", region); };
  double largest = 0.0, highest = 0.0;
  for (const SatelliteLine& line : lines) {
    if (const double v = view.level(code, line.code); std::isfinite(v)) highest = std::max(highest, v);
    if (const double v = gross_of(line.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
    for (const NetColumn& c : columns)
      if (const double v = net_of(c, line.code); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  }
  const Scale changes = plain_scale(largest, ""), levels = plain_scale(highest, "");
  const std::string name = satellite.name.empty() ? code : satellite.name, year = std::to_string(view.shown_year);
  HtmlTable table{name + " by region in " + year + ", " + satellite.unit + " a year" + (satellite.estimate ? ", an estimate" : ""),
                  {"Region", "Before (" + std::to_string(view.result.accounts.year) + ")", columns.empty() ? "Change" : "Gross", "%"},
                  {}};
  for (const NetColumn& c : columns) table.header.insert(table.header.end(), {"Net, " + c.name, "%", "After"});
  if (columns.empty()) table.header.push_back("After");
  for (const SatelliteLine& line : lines) {
    const double level = view.level(code, line.code), gross = gross_of(line.code);
    const auto percent = [&](double change) {
      return std::isfinite(change) && level > 0 ? rounded_number(100 * change / level, 2, true) : "n/a";
    };
    std::vector<std::string> row = {line.name, levels.text(level), changes.text(gross, true), percent(gross)};
    if (columns.empty()) row.push_back(levels.text(level + gross));
    for (const NetColumn& c : columns) {
      const double net = net_of(c, line.code);
      row.insert(row.end(), {changes.text(net, true), percent(net), levels.text(level + net)});
    }
    table.rows.push_back(row);
  }
  table.last_is_total = true;
  return table_html(table) + (view.regions.size() > most
                                  ? paragraph("The first " + std::to_string(most) + " regions are shown; effects.csv has all.", "note")
                                  : "");
}

std::string satellites_html(const ReportView& view) {
  std::string html = "<h3>Emissions and other accounts beside money</h3>\n", tables;
  const Satellite* jobs = view.jobs();
  for (const Satellite& satellite : view.result.accounts.satellites)
    if (!jobs || satellite.code != jobs->code) tables += satellite_table(view, satellite, net_columns(view));
  if (tables.empty())
    return html + paragraph("Not available: these accounts hold no emissions, energy or other amounts beside money" +
                                std::string(jobs ? " and jobs." : "."),
                            "none");
  return html + tables +
         paragraph("They move in proportion to the output of each region and sector; a cleaner or dirtier technology is not in them.",
                   "note");
}

}  // namespace kontor
