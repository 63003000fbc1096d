// 1 the answer; 2 from gross to net, and the years.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/report/write_result.h"
#include "report/measure_facts.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

std::string jobs_heading(const ReportView& view) {
  const Satellite* jobs = view.jobs();
  if (!jobs) return "";
  return jobs->estimate ? "Jobs (estimate)" : "Jobs";
}

static std::vector<std::string> headline_row(const ReportView& view, const std::string& name, const std::string& indicator, bool money) {
  const double change = view.index.at({indicator, "", "", view.shown_year, "", "", ""});
  if (!std::isfinite(change)) return {};
  const double percent = view.index.at({indicator + "_percent", "", "", view.shown_year, "", "", ""}), level = view.level(indicator);
  const auto text = [&](double value, bool sign) {
    return !std::isfinite(value) ? std::string("n/a")
           : money               ? money_text(view.result.accounts, value, sign)
                                 : rounded_number(value, sign ? 3 : 4, sign);
  };
  return {name, text(change, true), std::isfinite(percent) ? percent_text(percent) : "n/a", text(level, false)};
}

std::string section_answer(const ReportView& view) {
  const std::vector<std::string> lines = view.result.answer.empty() ? answer_lines(view.result) : view.result.answer;
  std::string html = "<ol class=\"answer\">\n";
  for (const std::string& line : lines) html += "<li>" + escaped(line) + "</li>\n";
  html += "</ol>\n";
  if (!view.answered || view.committed.empty()) return html;
  HtmlTable table{"All regions together in " + std::to_string(view.shown_year) + ": change a year against the economy of " +
                      std::to_string(view.result.accounts.year) + ", with its level",
                  {"", "Change", "In per cent", "Level"},
                  {}};
  for (const auto& row : {headline_row(view, "Value added", "value_added", true), headline_row(view, "Output", "output", true),
                          headline_row(view, jobs_heading(view), view.jobs_indicator(), false)})
    if (!row.empty()) table.rows.push_back(row);
  html += table_html(table);
  std::vector<std::string> with_ranges;
  for (const Written* m : view.committed)
    if (!ranges_of(*m).empty()) with_ranges.push_back(m->id);
  if (!with_ranges.empty())
    html += paragraph("These are central values. The programme gives ranges for " +
                          std::string(with_ranges.size() == 1 ? "one measure" : count_text(with_ranges.size()) + " measures") +
                          " (section 10); they have not been run through, so no range is given for the effects.",
                      "note");
  return html;
}

// The steps of some years added up, in the order in which the rows give them, and the net they lead to.
static std::vector<WaterfallBar> steps_of(const ReportView& view, const std::vector<int>& years) {
  std::vector<std::pair<std::string, Sum>> steps;
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator != "gross_to_net" || !row.region.empty() || !row.sector.empty() || !row.measure.empty()) continue;
    if (std::find(years.begin(), years.end(), row.year) == years.end()) continue;
    auto at = std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.first == row.term; });
    if (at == steps.end()) at = steps.insert(steps.end(), {row.term, Sum()});
    at->second.add(row.value);
  }
  std::vector<WaterfallBar> bars;
  for (const auto& [name, sum] : steps) bars.push_back({name, sum.value(), "", WaterfallKind::step});
  if (bars.empty()) return bars;
  Sum net;
  for (const int year : years) net.add(view.total("value_added", year));
  bars.push_back({"net of what is counted", net.value(), "", WaterfallKind::total});
  return bars;
}

static std::string net_figure(const ReportView& view, const std::string& id, const std::string& when, const std::vector<int>& years) {
  std::vector<WaterfallBar> bars = steps_of(view, years);
  if (bars.empty()) return "";
  double largest = 0.0, level = 0.0;
  for (const WaterfallBar& bar : bars) {
    if (bar.kind == WaterfallKind::step) level += bar.value;
    largest = std::max({largest, std::fabs(bar.value), std::fabs(level)});
  }
  const Scale scale = money_scale(view.result.accounts, largest);
  for (WaterfallBar& bar : bars) bar.text = scale.text(bar.value, true);
  for (const char* step : {"limits of capacity", "prices", "financing", "ownership"})
    bars.push_back({step, 0.0, "not yet counted", WaterfallKind::pending});
  const std::string caption = "From gross to net: value added " + when + ", " + scale.unit;
  HtmlTable numbers{caption, {"Step", "Adds or takes"}, {}};
  for (const WaterfallBar& bar : bars) numbers.rows.push_back({bar.label, bar.text});
  return figure_html(
      caption,
      waterfall_svg(
          {id, caption, "A waterfall: each bar starts where the one before ends; hatched bars take away. Framed bars are not yet counted."},
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
  for (const Line& line : lines) table.rows.push_back({line.name, scale.text(line.shown), scale.text(line.all)});
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
  const std::string caption = "Change of value added by year, all regions together, " + scale.unit;
  return figure_html(caption,
                     years_svg({"chart-years", caption,
                                "One column a year. Lasting effects are solid, temporary ones hatched. The numbers follow in a table."},
                               bars),
                     numbers);
}

std::string section_gross_to_net(const ReportView& view) {
  std::string html = paragraph(
      "A contract is not growth. The first bar is the whole chain of suppliers that the programme would set in motion if all of it were "
      "new; "
      "each further bar is one more thing switched on and solved again.");
  std::vector<int> all;
  for (int year = view.result.programme.first_year; year > 0 && year <= view.last_year; ++year) all.push_back(year);
  const std::string horizon = "over " + std::to_string(view.result.programme.first_year) + "\u2013" + std::to_string(view.last_year);
  const std::string figures = net_figure(view, "chart-net", "in " + std::to_string(view.shown_year), {view.shown_year}) +
                              (all.size() > 1 ? net_figure(view, "chart-net-horizon",
                                                           horizon + ", temporary effects included, years added up without discount", all)
                                              : "");
  if (figures.empty()) return html + paragraph("There are no steps to show.", "none");
  html += figures;
  html += paragraph(
      "Limits of capacity, changes of prices, financing and ownership are not yet counted. Each of them can take away from the net effect "
      "shown; none of them is in these numbers.",
      "note");
  return html + beside_the_bars(view, "O" + horizon.substr(1)) + years_figure(view);
}

}  // namespace kontor
