// 5 who sells more or less to whom.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
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

static std::string trade_figure(const ReportView& view, int year, const std::vector<PairChange>& pairs, const Scale& scale) {
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
      "Change of sales from the region of the row to the region of the column in " + std::to_string(year) + ", " + scale.unit, {""}, {}};
  numbers.header.insert(numbers.header.end(), map.columns.begin(), map.columns.end());
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    map.texts.emplace_back();
    for (const double v : map.values[i]) map.texts.back().push_back(std::isnan(v) ? "" : scale.text(v, true));
    numbers.rows.push_back({map.rows[i]});
    numbers.rows.back().insert(numbers.rows.back().end(), map.texts[i].begin(), map.texts[i].end());
  }
  for (const double share : heat_classes) map.class_texts.push_back(rounded_number(share * largest * scale.factor, 2));
  map.class_texts.push_back(rounded_number(heat_white * largest * scale.factor, 1));
  const std::string caption = "Change of trade between regions in " + std::to_string(year) + ", all sectors, " + scale.unit;
  return figure_html(caption,
                     heat_map_svg({"chart-trade-" + std::to_string(year), caption,
                                   "Sellers are rows, buyers are columns; the diagonal is trade inside a region. Increases are blue; "
                                   "decreases are orange and underlined. The numbers follow in a table."},
                                  map),
                     numbers);
}

static std::string pair_table(const ReportView& view, int year, std::vector<PairChange> pairs, const Scale& scale, bool increases) {
  constexpr std::size_t most = 10;
  pairs.erase(std::remove_if(pairs.begin(), pairs.end(),
                             [&](const PairChange& p) { return p.from == p.to || !(increases ? p.change > 0 : p.change < 0); }),
              pairs.end());
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const PairChange& a, const PairChange& b) { return std::fabs(a.change) > std::fabs(b.change); });
  HtmlTable table{
      std::string("Largest ") + (increases ? "increases" : "decreases") + " between regions in " + std::to_string(year) + ", " + scale.unit,
      {"From", "To", "Change", "%", "Level " + std::to_string(view.result.accounts.year)},
      {},
      2};
  for (std::size_t i = 0; i < std::min(most, pairs.size()); ++i) {
    const PairChange& p = pairs[i];
    table.rows.push_back({view.region_name(p.from), view.region_name(p.to), scale.text(p.change, true),
                          p.base > 0 ? rounded_number(100 * p.change / p.base, 2, true) : "n/a",
                          std::isfinite(p.base) ? rounded_number(p.base * scale.factor, 4) : "n/a"});
  }
  return table_html(table, increases ? "No trade between regions increases." : "No trade between regions decreases.");
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
  HtmlTable table{"By product: the largest increases and decreases in " + std::to_string(year) + ", " + scale.unit,
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

static std::string trade_of_year(const ReportView& view, int year) {
  const std::vector<PairChange> pairs = trade_between_regions(view, year);
  if (largest_of(pairs) == 0.0) return paragraph("No trade between regions changes in " + std::to_string(year) + ".", "none");
  std::vector<PairChange> outward = pairs;
  outward.erase(std::remove_if(outward.begin(), outward.end(), [](const PairChange& p) { return p.from == p.to; }), outward.end());
  const Scale scale = money_scale(view.result.accounts, largest_of(pairs)), listed = money_scale(view.result.accounts, largest_of(outward));
  return trade_figure(view, year, pairs, scale) + pair_table(view, year, outward, listed, true) +
         pair_table(view, year, outward, listed, false) + product_table(view, year);
}

std::string section_trade(const ReportView& view) {
  std::string html;
  if (!net_columns(view).empty())
    html = paragraph("These changes are gross, at fixed prices; net trade is trade_net in effects.csv and line 4 of the answer.", "note");
  for (const int year : view.detail_years()) html += trade_of_year(view, year);
  return html;
}

}  // namespace kontor
