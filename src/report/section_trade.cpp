// 5 who sells more or less to whom.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/sum.h"
#include "report/gross_net_table.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static double largest_of(const std::vector<PairChange>& pairs) {
  double largest = 0.0;
  for (const PairChange& p : pairs)
    if (std::isfinite(p.change)) largest = std::max(largest, std::fabs(p.change));
  return largest;
}

namespace {

/// Gross, or net under a closure: how it is called in a caption and on a chart.
struct TradeView {
  std::string id, title;
};

}  // namespace

static std::string trade_figure(const ReportView& view, int year, const TradeView& shown, const std::vector<PairChange>& pairs,
                                const Scale& scale) {
  std::vector<std::string> codes;
  for (const PairChange& p : pairs)
    for (const std::string& code : {p.from, p.to})
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  std::sort(codes.begin(), codes.end(), [&](const std::string& a, const std::string& b) {
    return region_index(view.result.accounts, a) < region_index(view.result.accounts, b);
  });
  const auto place = [&](const std::string& code) {
    return static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
  };
  std::vector<double> size(codes.size(), 0.0);
  for (const PairChange& p : pairs) size[place(p.from)] += std::fabs(p.change), size[place(p.to)] += std::fabs(p.change);
  const auto groups = largest_apart(size, most_columns);
  std::vector<std::size_t> group_of(codes.size());
  HeatMap map;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::size_t i : groups[g]) group_of[i] = g;
    const std::string name = group_name(groups[g], view.region_name(codes[groups[g].front()]), "other regions");
    map.rows.push_back("from " + name);
    map.columns.push_back("to " + name);
  }
  std::vector<std::vector<Sum>> sums(groups.size(), std::vector<Sum>(groups.size()));
  map.values.assign(groups.size(), std::vector<double>(groups.size(), std::nan("")));
  for (const PairChange& p : pairs) {
    Sum& sum = sums[group_of[place(p.from)]][group_of[place(p.to)]];
    sum.add(p.change);
    map.values[group_of[place(p.from)]][group_of[place(p.to)]] = sum.value();
  }
  double largest = 0.0;
  for (const auto& row : map.values)
    for (const double v : row)
      if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  HtmlTable numbers{
      shown.title + " from the region of the row to the region of the column in " + std::to_string(year) + ", " + scale.unit, {""}, {}};
  numbers.header.insert(numbers.header.end(), map.columns.begin(), map.columns.end());
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    map.texts.emplace_back();
    for (const double v : map.values[i]) map.texts.back().push_back(std::isnan(v) ? "" : scale.text(v, true));
    numbers.rows.push_back({map.rows[i]});
    numbers.rows.back().insert(numbers.rows.back().end(), map.texts[i].begin(), map.texts[i].end());
  }
  for (const double share : heat_classes) map.class_texts.push_back(rounded_number(share * largest * scale.factor, 2));
  map.class_texts.push_back(rounded_number(heat_white * largest * scale.factor, 1));
  const std::string caption = shown.title + " between regions in " + std::to_string(year) + ", all sectors, " + scale.unit;
  return figure_html(caption,
                     heat_map_svg({shown.id + "-" + std::to_string(year), caption,
                                   "Sellers are rows, buyers are columns; the diagonal is trade inside a region. Increases are blue; "
                                   "decreases are orange and underlined. The numbers follow in a table."},
                                  map),
                     numbers);
}

// Pairs whose trade changes most in one direction: by the net effect where there is one. The diagonal is no trade between
// regions.
static std::string pair_table(const ReportView& view, int year, bool increases) {
  constexpr std::size_t most = 10;
  const std::vector<NetColumn> columns = net_columns(view);
  std::map<std::pair<std::string, std::string>, GrossNetLine> pairs;
  const auto line_of = [&](const PairChange& p) -> GrossNetLine& {
    GrossNetLine empty{{view.region_name(p.from), view.region_name(p.to)}, std::nan(""), {}, p.base};
    empty.net.assign(columns.size(), std::nan(""));
    return pairs.emplace(std::make_pair(p.from, p.to), empty).first->second;
  };
  for (const PairChange& p : trade_between_regions(view, year))
    if (p.from != p.to) line_of(p).gross = p.change;
  for (std::size_t k = 0; k < columns.size(); ++k)
    for (const PairChange& p : trade_between_regions(view, year, "trade_net", columns[k].term))
      if (p.from != p.to) line_of(p).net[k] = p.change;
  GrossNetTable table;
  const auto leading = [](const GrossNetLine& line) { return line.net.empty() ? line.gross : line.net.front(); };
  for (const auto& [pair, line] : pairs)
    if (increases ? leading(line) > 0 : leading(line) < 0) table.lines.push_back(line);
  std::stable_sort(table.lines.begin(), table.lines.end(),
                   [&](const GrossNetLine& a, const GrossNetLine& b) { return std::fabs(leading(a)) > std::fabs(leading(b)); });
  table.lines.resize(std::min(most, table.lines.size()));
  table.caption = std::string("Largest ") + (increases ? "increases" : "decreases") + " of sales between regions in " +
                  std::to_string(year) + (columns.empty() ? "" : ", by the net effect in the " + columns.front().name);
  table.heads = {"From", "To"}, table.columns = columns;
  table.if_empty = increases ? "No trade between regions increases." : "No trade between regions decreases.";
  return gross_net_html(view, table);
}

// What each region sells out and buys in, over its own border; nations and blocs over theirs.
static std::string border_table(const ReportView& view, int year, const char* indicator, const char* caption) {
  constexpr std::size_t most = 40;
  const std::vector<NetColumn> columns = net_columns(view);
  const auto line_of = [&](const std::string& name, const std::string& code) {
    GrossNetLine line{{name}, view.index.at({indicator, code, "", year, "", "", ""}), {}, 0.0};
    for (const NetColumn& c : columns) line.net.push_back(net_at(view, c, std::string(indicator) + "_net", code, year));
    line.level = view.level(indicator, code);
    return line;
  };
  GrossNetTable table;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    table.lines.push_back(line_of(view.region_name(code), code));
  }
  if (table.lines.size() > most) table.lines = largest_lines(table.lines, most, "other regions, over the border of each");
  for (const NamedRegion& region : groups_of_regions(view)) table.lines.push_back(line_of(region.name, region.code));
  const bool has_abroad = std::any_of(view.result.accounts.regions.begin(), view.result.accounts.regions.end(),
                                      [](const Region& region) { return region.external; });
  if (has_abroad) table.lines.push_back(line_of("All regions, with abroad", ""));
  table.last_is_total = has_abroad;
  table.caption = std::string(caption) + " in " + std::to_string(year);
  table.heads = {"Region"}, table.columns = columns;
  table.if_empty = std::string(caption) + " do not change in " + std::to_string(year) + ".";
  return gross_net_html(view, table);
}

static std::string product_table(const ReportView& view, int year) {
  constexpr std::size_t most = 8;  // of each sign
  std::vector<const EffectRow*> rows;
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "trade" && row.year == year && !row.sector.empty() && row.measure.empty() && row.term.empty() &&
        row.region != row.partner && std::isfinite(row.value) && row.value != 0)
      rows.push_back(&row);
  if (rows.empty()) return "";
  std::stable_sort(rows.begin(), rows.end(), [](const EffectRow* a, const EffectRow* b) { return a->value > b->value; });
  const Scale scale = money_scale(view.result.accounts, std::max(std::fabs(rows.front()->value), std::fabs(rows.back()->value)));
  HtmlTable table{std::string(net_columns(view).empty() ? "By" : "Gross, at fixed prices, by") +
                      " product: the largest increases and decreases in " + std::to_string(year) + ", " + scale.unit,
                  {"From", "To", "Product", "Change"},
                  {},
                  3};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool named = rows[i]->value > 0 ? i < most : i + most >= rows.size();
    if (named)
      table.rows.push_back({view.region_name(rows[i]->region), view.region_name(rows[i]->partner), view.sector_name(rows[i]->sector),
                            scale.text(rows[i]->value, true)});
  }
  return table_html(table);
}

static std::string figure_of(const ReportView& view, int year, const TradeView& shown, const std::vector<PairChange>& pairs) {
  const double largest = largest_of(pairs);
  if (largest == 0.0) return paragraph(shown.title + ": no trade between regions changes in " + std::to_string(year) + ".", "none");
  return trade_figure(view, year, shown, pairs, money_scale(view.result.accounts, largest));
}

static std::string trade_of_year(const ReportView& view, int year) {
  const std::vector<NetColumn> columns = net_columns(view);
  std::string html = border_table(view, year, "exports", "Sales to other regions and abroad") +
                     border_table(view, year, "imports", "Purchases from other regions and abroad");
  if (!columns.empty())
    html += figure_of(view, year, {"chart-trade-net", "Change of sales net, " + columns.front().name + ","},
                      trade_between_regions(view, year, "trade_net", columns.front().term));
  if (!columns.empty() && year != view.shown_year) return html + pair_table(view, year, true) + pair_table(view, year, false);
  html += figure_of(view, year, {"chart-trade", columns.empty() ? "Change of sales" : "Change of sales gross, at fixed prices,"},
                    trade_between_regions(view, year));
  return html + pair_table(view, year, true) + pair_table(view, year, false) + product_table(view, year);
}

std::string section_trade(const ReportView& view) {
  std::string html;
  if (!net_columns(view).empty())
    html = paragraph(
        "Gross is sales at fixed prices, in the proportions of the accounts. Net is what sellers get once prices, incomes and sources of "
        "supply have moved, in money of that year: it can rise because more is sold or because it is dearer.",
        "note");
  for (const int year : view.detail_years()) {
    if (view.detail_years().size() > 1)
      html += "<h3>In " + std::to_string(year) +
              (year == view.last_year ? ", the last year of the horizon" : ", the year of the largest effect") + "</h3>\n";
    html += trade_of_year(view, year);
  }
  return html;
}

}  // namespace kontor
