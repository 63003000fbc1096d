// 2 from gross to net: the waterfall, what stands beside it, and the years.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "report/measure_facts.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

// The steps of some years added up, in the order in which the rows give them, and the net they lead to. Where the
// equilibrium model ran, the total of the fixed-price model stands between its steps and those that follow.
static std::vector<WaterfallBar> steps_of(const ReportView& view, const std::vector<int>& years, bool net) {
  std::vector<std::pair<std::string, Sum>> steps;
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator != "gross_to_net" || !row.region.empty() || !row.sector.empty() || !row.measure.empty()) continue;
    if (std::find(years.begin(), years.end(), row.year) == years.end()) continue;
    auto at = std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.first == row.term; });
    if (at == steps.end()) at = steps.insert(steps.end(), {row.term, Sum()});
    at->second.add(row.value);
  }
  std::vector<WaterfallBar> bars;
  const auto add_total = [&](const char* name, const char* indicator) {
    Sum sum;
    for (const int year : years) sum.add(view.total(indicator, year));
    bars.push_back({name, sum.value(), "", WaterfallKind::total});
  };
  for (const auto& [name, sum] : steps) {
    if (net && name == "cheaper supply and instruments") add_total("at fixed prices", "value_added");
    bars.push_back({name, sum.value(), "", WaterfallKind::step});
  }
  if (!bars.empty()) add_total(net ? "net" : "net of what is counted", net ? "value_added_net" : "value_added");
  return bars;
}

static std::string net_figure(const ReportView& view, const std::string& id, const std::string& when, const std::vector<int>& years,
                              bool net) {
  std::vector<WaterfallBar> bars = steps_of(view, years, net);
  if (bars.empty()) return "";
  double largest = 0.0, level = 0.0;
  for (const WaterfallBar& bar : bars) {
    if (bar.kind == WaterfallKind::step) level += bar.value;
    largest = std::max({largest, std::fabs(bar.value), std::fabs(level)});
  }
  constexpr double rounding = 1e-10;  // of the largest bar: what is left where two solutions are the same
  for (WaterfallBar& bar : bars)
    if (std::fabs(bar.value) < rounding * largest) bar.value = 0.0;
  const Scale scale = money_scale(view.result.accounts, largest);
  for (WaterfallBar& bar : bars) bar.text = scale.text(bar.value, true);
  if (!net)
    for (const char* step : {"limits of capacity", "prices", "financing", "ownership"})
      bars.push_back({step, 0.0, "not counted in this run", WaterfallKind::pending});
  const std::string caption = "From gross to net: value added " + when + ", " + scale.unit;
  HtmlTable numbers{caption, {"Step", "Adds or takes"}, {}};
  for (const WaterfallBar& bar : bars) numbers.rows.push_back({bar.label, bar.text});
  return figure_html(caption,
                     waterfall_svg({id, caption,
                                    std::string("A waterfall: each bar starts where the one before ends; hatched bars take away.") +
                                        (net ? " Dark bars are totals." : " Framed bars are not counted in this run.")},
                                   bars),
                     numbers);
}

static std::string beside_the_bars(const ReportView& view, const std::string& horizon) {
  const auto contracts = [&](int year) {
    Sum sum;
    for (const Written* m : view.committed) sum.add(view.index.change({"contract_value", "", "", year, m->id, "", ""}));
    return sum.value();
  };
  struct Line {
    const char* name;
    double shown, all;
  };
  std::vector<Line> lines = {
      {"Stated value of contracts and building", contracts(view.shown_year), 0.0},
      {"Change of output (turnover: counts inputs again at every stage)", view.total("output", view.shown_year), 0.0},
      {"Extra cost to final users, where a new source is dearer", view.total("extra_cost", view.shown_year), 0.0}};
  double largest = 0.0;
  for (int year = view.result.programme.first_year; year > 0 && year <= view.last_year; ++year) {
    lines[0].all += contracts(year);
    lines[1].all += view.total("output", year);
    lines[2].all += view.total("extra_cost", year);
  }
  if (lines[2].all == 0.0) lines.pop_back();
  for (const Line& line : lines) largest = std::max({largest, std::fabs(line.shown), std::fabs(line.all)});
  const Scale scale = money_scale(view.result.accounts, largest);
  HtmlTable table{"Beside the bars and not in them, " + scale.unit, {"", "In " + std::to_string(view.shown_year), horizon}, {}};
  for (const Line& line : lines) {
    const bool is_change = &line != &lines.front();
    table.rows.push_back({line.name, scale.text(line.shown, is_change), scale.text(line.all, is_change)});
  }
  return table_html(table);
}

static std::string years_figure(const ReportView& view) {
  double largest = 0.0;
  for (const int year : view.years) largest = std::max(largest, std::fabs(view.total("value_added", year)));
  const Scale scale = money_scale(view.result.accounts, largest);
  std::vector<YearBar> bars;
  HtmlTable numbers{"Value added by year, " + scale.unit, {"Year", "Lasting", "Temporary", "Together"}, {}};
  for (int year = view.result.programme.first_year; year <= view.last_year && view.result.programme.first_year > 0; ++year) {
    const double total = view.total("value_added", year);
    const double temporary = view.index.change({"value_added", "", "", year, "", "temporary", ""});
    const double lasting = view.index.has({"value_added", "", "", year, "", "lasting", ""})
                               ? view.index.at({"value_added", "", "", year, "", "lasting", ""})
                               : total - temporary;
    bars.push_back({year, lasting, temporary, scale.text(total, true)});
    numbers.rows.push_back({std::to_string(year), scale.text(lasting, true), scale.text(temporary, true), scale.text(total, true)});
  }
  if (bars.empty()) return "";
  const std::string caption = std::string("Change of value added by year, all regions together, ") +
                              (net_columns(view).empty() ? "" : "gross, at fixed prices, ") + scale.unit;
  return figure_html(caption,
                     years_svg({"chart-years", caption,
                                "One column a year. Lasting effects are solid, temporary ones hatched. The numbers follow in a table."},
                               bars),
                     numbers);
}

// What stands beside the bars of a run with both models: years of the horizon in columns, closures side by side.
static std::string beside_the_net_bars(const ReportView& view, const std::vector<NetColumn>& columns, const std::vector<int>& all) {
  struct Line {
    const char *name, *gross, *net;
  };
  const Line lines[] = {{"Stated value of contracts and building", "contract_value", ""},
                        {"Value added, gross chain effect", "gross chain effect", ""},
                        {"Value added, at fixed prices", "value_added", ""},
                        {"Value added, net", "", "value_added_net"},
                        {"Output at fixed prices (turnover: counts inputs again at every stage)", "output", ""},
                        {"Output, net", "", "output_net"},
                        {"Extra cost to final users at fixed prices, where a new source is dearer", "extra_cost", ""},
                        {"Real income (equivalent variation)", "", "equivalent_variation"}};
  const auto gross_at = [&](const std::string& indicator, int year) {
    if (indicator == "gross chain effect") return view.index.change({"gross_to_net", "", "", year, "", indicator, ""});
    if (indicator != "contract_value") return view.total(indicator, year);
    Sum sum;
    for (const Written* m : view.committed) sum.add(view.index.change({indicator, "", "", year, m->id, "", ""}));
    return sum.value();
  };
  const std::string shown = std::to_string(view.shown_year), horizon = std::to_string(all.front()) + "\u2013" + std::to_string(all.back());
  HtmlTable table{"", {""}, {}};
  std::vector<std::vector<int>> spans = {{view.shown_year}};
  if (all.size() > 1) spans.push_back(all);
  for (const auto& span : spans)
    for (const NetColumn& c : columns) table.header.push_back((span.size() > 1 ? horizon : shown) + ", " + c.name);
  std::vector<std::vector<double>> values;
  double largest = 0.0;
  for (const Line& line : lines) {
    values.emplace_back();
    for (const auto& span : spans)
      for (const NetColumn& c : columns) {
        Sum sum;
        for (const int year : span) sum.add(*line.gross ? gross_at(line.gross, year) : net_at(view, c, line.net, "", year));
        values.back().push_back(sum.value());
        if (std::isfinite(sum.value())) largest = std::max(largest, std::fabs(sum.value()));
      }
  }
  const Scale scale = money_scale(view.result.accounts, largest);
  table.caption = "Side by side, " + scale.unit + "; the horizon's years added up without discount";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::string(lines[i].gross) == "extra_cost" && std::all_of(values[i].begin(), values[i].end(), [](double v) { return v == 0; }))
      continue;
    table.rows.push_back({lines[i].name});
    for (const double v : values[i]) table.rows.back().push_back(scale.text(v, i > 0));
  }
  return table_html(table) + paragraph("What is gross is the same under every closure: prices do not move in it.", "note");
}

static std::string order_text(const NetColumn& own) {
  return "The bars are in this order: the whole chain of suppliers as if all of it were new; margins and taxes out; what would happen "
         "anyway out; displaced suppliers out (to here at fixed prices); then, each solved again in the equilibrium model under the " +
         own.name +
         " closure, cheaper supply and the instruments of the measures; limits of capacity; wages and prices; how it is paid for and what "
         "incomes are spent on; who owns the added profits. Each bar is one more thing switched on and solved again, the order matters: in "
         "another order the bars would have other lengths, the two ends would be the same.";
}

std::string section_gross_to_net(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  const bool net = !columns.empty();
  std::string html = paragraph(
      "A contract is not growth. The first bar is the whole chain of suppliers that the programme would set in motion if all of it were "
      "new; each further bar is one more thing switched on and solved again.");
  if (net) html = paragraph("A contract is not growth. " + order_text(columns.front()));
  std::vector<int> all;
  for (int year = view.result.programme.first_year; year > 0 && year <= view.last_year; ++year) all.push_back(year);
  const std::string horizon = "over " + std::to_string(view.result.programme.first_year) + "\u2013" + std::to_string(view.last_year);
  const std::string figures =
      net_figure(view, "chart-net", "in " + std::to_string(view.shown_year), {view.shown_year}, net) +
      (all.size() > 1
           ? net_figure(view, "chart-net-horizon", horizon + ", temporary effects included, years added up without discount", all, net)
           : "");
  if (figures.empty()) return html + paragraph("There are no steps to show.", "none");
  html += figures;
  if (net)
    return html + beside_the_net_bars(view, columns, all) + appraisal_html(view) + "<h3>Year by year</h3>\n" + net_years_html(view) +
           years_figure(view);
  html += paragraph(
      "Limits of capacity, changes of prices, financing and ownership are not counted in this run, which was made with --gross-only. Each "
      "of "
      "them can take away from the net effect shown; none of them is in these numbers.",
      "note");
  return html + beside_the_bars(view, "O" + horizon.substr(1)) + years_figure(view);
}

}  // namespace kontor
