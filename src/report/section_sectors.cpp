// 4 sectors: gross beside net, and where in which region.
#include <algorithm>
#include <cmath>
#include <set>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "report/gross_net_table.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

namespace {

struct Quantity {
  const char* name;
  std::string gross, net;
  bool money = true;
};

/// One map: net under a closure, or gross.
struct Map {
  std::string id, title, indicator, term;
};

}  // namespace

// Jobs may be known by group of sectors only, "A+B+C": its first sector and how many more.
static std::string name_of_sectors(const ReportView& view, const std::string& code) {
  if (sector_index(view.result.accounts, code) >= 0) return view.sector_name(code);
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= code.size();) {
    const std::size_t to = std::min(code.find('+', from), code.size());
    parts.push_back(code.substr(from, to - from)), from = to + 1;
  }
  for (const std::string& part : parts)
    if (sector_index(view.result.accounts, part) < 0) return code;
  return view.sector_name(parts.front()) + ", and " + count_text(parts.size() - 1) + " more sectors";
}

static std::string sector_table(const ReportView& view, int year, const Quantity& quantity, const std::vector<NetColumn>& columns,
                                const std::string& note) {
  constexpr std::size_t most = 15;
  std::vector<std::string> codes;  // in order of appearance
  std::set<std::string> seen;
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == quantity.gross && row.region.empty() && !row.sector.empty() && row.year == year && row.measure.empty() &&
        row.term.empty() && seen.insert(row.sector).second)
      codes.push_back(row.sector);
  const auto line_of = [&](const std::string& name, const std::string& code) {
    GrossNetLine line{{name}, view.index.at({quantity.gross, "", code, year, "", "", ""}), {}, 0.0};
    for (const NetColumn& c : columns) {
      line.net.push_back(net_at(view, c, quantity.net, "", year, "", code));
      if (quantity.money) line.net_percent.push_back(net_at(view, c, quantity.net + "_percent", "", year, "", code));
    }
    line.level = view.index.at({quantity.gross + "_base", "", code, view.result.accounts.year, "", "", ""});
    return line;
  };
  GrossNetTable table;
  for (const std::string& code : codes) table.lines.push_back(line_of(name_of_sectors(view, code), code));
  if (table.lines.empty()) return "";
  table.lines = largest_lines(table.lines, most, "other sectors");
  table.lines.push_back(line_of("All sectors", ""));
  table.caption = std::string(quantity.name) + " by sector, all regions together, in " + std::to_string(year) + note;
  table.heads = {"Sector"}, table.columns = columns, table.money = quantity.money, table.last_is_total = true;
  table.if_empty = std::string(quantity.name) + " of no sector changes in " + std::to_string(year) + ".";
  return gross_net_html(view, table);
}

// Two levels of value added: where they differ, the reader has to know which percentage is of which.
static std::string levels_note(const ReportView& view) {
  const std::string note = value_added_levels_note(view);
  return note.empty() ? "" : paragraph(note, "note");
}

static std::string sector_tables(const ReportView& view, int year) {
  const std::vector<NetColumn> columns = net_columns(view);
  std::string html = sector_table(view, year, {"Value added", "value_added", "value_added_net"}, columns, "") + levels_note(view);
  html += sector_table(view, year, {"Output", "output", "output_net"}, columns, "");
  if (!view.jobs()) return html;
  const std::string jobs = view.jobs_indicator();
  const std::string table = sector_table(view, year, {view.jobs()->estimate ? "Jobs (estimate)" : "Jobs", jobs, jobs + "_net", false},
                                         free_columns(columns), fixed_jobs_note(columns));
  if (table.empty() && !html.empty())
    return html + paragraph(view.jobs()->resolution == Resolution::region
                                ? "Jobs by sector: not available, the source of these accounts' jobs tells no sectors apart."
                                : "Jobs by sector: not available over all regions, for some have no number; effects.csv has the others.",
                            "note");
  return html + table;
}

// A matrix by sector and region in one year; where there are many of either, the smallest are put together.
static HeatMap sector_map(const ReportView& view, int year, const Map& shown, Scale& scale) {
  const auto& sectors = view.result.accounts.sectors;
  const auto code_of = [&](std::size_t region) {
    return view.result.accounts.regions[static_cast<std::size_t>(view.regions[region])].code;
  };
  std::vector<double> sector_size(sectors.size(), 0.0), region_size(view.regions.size(), 0.0);
  const auto value_at = [&](std::size_t region, std::size_t sector) {
    return view.index.at({shown.indicator, code_of(region), sectors[sector].code, year, "", shown.term, ""});
  };
  for (std::size_t r = 0; r < view.regions.size(); ++r)
    for (std::size_t s = 0; s < sectors.size(); ++s)
      if (const double v = value_at(r, s); std::isfinite(v)) sector_size[s] += std::fabs(v), region_size[r] += std::fabs(v);
  const auto rows = largest_apart(sector_size, most_rows), columns = largest_apart(region_size, most_columns);
  HeatMap map;
  double largest = 0.0;
  for (const auto& column : columns) map.columns.push_back(group_name(column, view.region_name(code_of(column.front())), "other regions"));
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

static std::string map_figure(const ReportView& view, int year, const Map& shown) {
  Scale scale;
  const HeatMap map = sector_map(view, year, shown, scale);
  if (map.rows.empty()) return paragraph(shown.title + ": no sector changes in " + std::to_string(year) + ".", "none");
  const std::string caption = shown.title + " by sector and region in " + std::to_string(year) + ", " + scale.unit;
  HtmlTable numbers{caption, {"Sector"}, {}};
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
  return figure_html(
      caption,
      heat_map_svg(
          {shown.id + "-" + std::to_string(year), caption,
           "Sectors are rows, regions are columns. Gains are blue; losses are orange and underlined. The numbers follow in a table."},
          map),
      numbers);
}

static std::string sectors_of_year(const ReportView& view, int year) {
  const std::vector<NetColumn> columns = net_columns(view);
  std::string html = sector_tables(view, year);
  if (!columns.empty())
    html += map_figure(view, year,
                       {"chart-sectors-net", "Value added net, " + columns.front().name + ",", "value_added_net", columns.front().term});
  if (columns.empty() || year == view.shown_year)
    html +=
        map_figure(view, year,
                   {"chart-sectors", columns.empty() ? "Change of value added" : "Value added gross, at fixed prices,", "value_added", ""});
  if (view.result.accounts.sectors.size() > most_rows || view.regions.size() > most_columns)
    html += paragraph("Those that change most are shown one by one, the others together; effects.csv has all of them.", "note");
  return html;
}

std::string section_sectors(const ReportView& view) {
  std::string html;
  for (const int year : view.detail_years()) {
    if (view.detail_years().size() > 1)
      html += "<h3>In " + std::to_string(year) +
              (year == view.last_year ? ", the last year of the horizon" : ", the year of the largest effect") + "</h3>\n";
    html += sectors_of_year(view, year);
    if (year == view.shown_year) html += unit_costs_html(view);
  }
  return html;
}

}  // namespace kontor
