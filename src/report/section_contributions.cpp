// Which measure brings how much of real income to whom: each alone and what they do together, and the same as parts that add up.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static const char* const income = "equivalent_variation";

static double part_of(const ReportView& view, const std::string& region, const std::string& measure, const std::string& term) {
  return view.index.at({income, region, "", view.shown_year, measure, term, ""});
}

// Measures that are at work in the shown year, the largest first; the part alone is written where the measure has rows.
static std::vector<const Written*> at_work(const ReportView& view) {
  std::vector<const Written*> list;
  for (const Written* m : view.committed)
    if (std::isfinite(part_of(view, "", m->id, "path"))) list.push_back(m);
  std::stable_sort(list.begin(), list.end(), [&](const Written* a, const Written* b) {
    return std::fabs(part_of(view, "", a->id, "path")) > std::fabs(part_of(view, "", b->id, "path"));
  });
  return list;
}

static std::string figure(const ReportView& view, const NetColumn& own, const std::vector<const Written*>& measures) {
  constexpr std::size_t most_parts = 6, most_bars = 24;
  std::vector<NamedRegion> regions;
  for (const NamedRegion& r : net_regions(view, own))
    if (r.leaf) regions.push_back(r);
  const auto gain = [&](const NamedRegion& r) { return net_at(view, own, income, r.code); };
  std::stable_sort(regions.begin(), regions.end(),
                   [&](const NamedRegion& a, const NamedRegion& b) { return std::fabs(gain(a)) > std::fabs(gain(b)); });
  const std::size_t left_out = regions.size() > most_bars ? regions.size() - most_bars : 0;
  regions.resize(regions.size() - left_out);
  std::stable_sort(regions.begin(), regions.end(), [&](const NamedRegion& a, const NamedRegion& b) { return gain(a) > gain(b); });

  std::vector<std::string> parts;
  const std::size_t named = measures.size() > most_parts ? most_parts - 1 : measures.size();
  for (std::size_t k = 0; k < named; ++k) parts.push_back(measures[k]->id + " " + measures[k]->title);
  if (named < measures.size()) parts.push_back(std::to_string(measures.size() - named) + " other measures");
  parts.push_back("interaction");
  double largest = 0.0;
  for (const NamedRegion& r : regions) largest = std::max(largest, std::fabs(gain(r)));
  const Scale money = money_scale(view.result.accounts, largest);
  std::vector<StackedBar> bars;
  HtmlTable numbers{"Real income in " + std::to_string(view.shown_year) + " by measure alone, " + money.unit, {"Region"}, {}};
  numbers.header.insert(numbers.header.end(), parts.begin(), parts.end());
  numbers.header.push_back("Together");
  for (const NamedRegion& r : regions) {
    StackedBar bar{r.name, std::vector<double>(parts.size(), 0.0), {}, money.text(gain(r), true)};
    for (std::size_t k = 0; k < measures.size(); ++k) {
      const double alone = part_of(view, r.code, measures[k]->id, own.term);
      if (std::isfinite(alone)) bar.values[std::min(k, named)] += alone;
    }
    double rest = gain(r);
    for (std::size_t k = 0; k + 1 < parts.size(); ++k) rest -= bar.values[k];
    bar.values.back() = rest;
    numbers.rows.push_back({r.name});
    for (const double v : bar.values) bar.texts.push_back(money.text(v, true)), numbers.rows.back().push_back(bar.texts.back());
    numbers.rows.back().push_back(bar.total);
    bars.push_back(std::move(bar));
  }
  if (bars.empty()) return "";
  const std::string caption = "Real income by region in " + std::to_string(view.shown_year) + ", " + own.name +
                              ": what each measure does alone, and what they do together only, " + money.unit +
                              (left_out ? " (the " + std::to_string(most_bars) + " regions that change most)" : "");
  return figure_html(caption,
                     stacked_svg({"chart-contributions", caption,
                                  "One bar a region: gains to the right of zero, losses to the left, the interaction hatched; the mark and "
                                  "the number behind the bar are the sum."},
                                 parts, bars),
                     numbers);
}

static std::string rules_table(const ReportView& view, const NetColumn& own, const std::vector<const Written*>& measures,
                               const std::string& region, const std::string& name) {
  const bool sets = std::any_of(measures.begin(), measures.end(),
                                [&](const Written* m) { return std::isfinite(part_of(view, region, m->id, "shapley")); });
  const double whole = net_at(view, own, income, region);
  double largest = std::fabs(whole);
  for (const Written* m : measures) largest = std::max(largest, std::fabs(part_of(view, region, m->id, "path")));
  const Scale money = money_scale(view.result.accounts, largest);
  HtmlTable table{"Parts of the real income of " + name + " in " + std::to_string(view.shown_year) + ", " + own.name + ", " + money.unit,
                  {"Measure", "Part along the path", "Alone"},
                  {}};
  if (sets) table.header.insert(table.header.begin() + 2, "Part after Shapley"), table.header.push_back("Last in");
  double interaction = whole;
  for (const Written* m : measures) {
    const double alone = part_of(view, region, m->id, own.term);
    interaction -= std::isfinite(alone) ? alone : 0.0;
    table.rows.push_back({m->id + " " + m->title, money.text(part_of(view, region, m->id, "path"), true)});
    if (sets) table.rows.back().push_back(money.text(part_of(view, region, m->id, "shapley"), true));
    table.rows.back().push_back(money.text(alone, true));
    if (sets) table.rows.back().push_back(money.text(part_of(view, region, m->id, "last_in"), true));
  }
  table.rows.push_back({"Interaction: what they do together only", "in the parts"});
  if (sets) table.rows.back().push_back("in the parts");
  table.rows.back().push_back(money.text(interaction, true));
  if (sets) table.rows.back().push_back("");
  table.rows.push_back({"All together", money.text(whole, true)});
  if (sets) table.rows.back().push_back(money.text(whole, true));
  table.rows.back().push_back(money.text(whole, true));
  if (sets) table.rows.back().push_back("");
  table.last_is_total = true;
  return table_html(table);
}

// Where part and effect alone are furthest from each other, in words.
static std::string what_differs(const ReportView& view, const NetColumn& own, const std::vector<const Written*>& measures) {
  const Written* most = nullptr;
  double gap = 0.0, size = 0.0;
  for (const Written* m : measures) {
    const double path = part_of(view, "", m->id, "path"), alone = part_of(view, "", m->id, own.term);
    size = std::max(size, std::fabs(path));
    if (std::isfinite(alone) && std::fabs(path - alone) > std::fabs(gap)) gap = path - alone, most = m;
  }
  if (!most || std::fabs(gap) < 1e-3 * size) return "Hardly any of it is due to measures acting on each other.";
  const std::string brings = most->id + " brings " + money_text(view.result.accounts, part_of(view, "", most->id, "path")) +
                             " among the others and " + money_text(view.result.accounts, part_of(view, "", most->id, own.term)) + " alone";
  return brings + (gap > 0.0 ? ": it gains from what the others do." : ": the others take away from what it does.");
}

std::string contributions_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const NetColumn& own = columns.front();
  const std::vector<const Written*> measures = at_work(view);
  if (measures.size() < 2) return "";
  std::string html = "<h3>Which measure brings how much</h3>\n";
  html += figure(view, own, measures);
  html += paragraph(
      "The part along the path is what a measure adds while all grow together from nothing to their full size; the parts add up to the "
      "whole, so that nothing is left over as interaction. Alone is what it does without the others. " +
      what_differs(view, own, measures));
  html += rules_table(view, own, measures, "", "all regions");
  std::vector<NamedRegion> regions;
  for (const NamedRegion& r : net_regions(view, own))
    if (r.leaf) regions.push_back(r);
  const auto less = [&](const NamedRegion& a, const NamedRegion& b) {
    return net_at(view, own, income, a.code) < net_at(view, own, income, b.code);
  };
  if (regions.size() > 1) {
    const auto [low, high] = std::minmax_element(regions.begin(), regions.end(), less);
    html += rules_table(view, own, measures, high->code, high->name) + rules_table(view, own, measures, low->code, low->name);
  }
  return html + paragraph("Any of these numbers is taken apart further by kontor explain.", "note");
}

}  // namespace kontor
