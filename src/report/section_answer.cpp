// 1 the answer; 2 from gross to net, and the years.
#include <algorithm>
#include <cmath>

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

static std::vector<WaterfallBar> waterfall_bars(const ReportView& view, const Scale& scale) {
  std::vector<WaterfallBar> bars;
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "gross_to_net" && row.region.empty() && row.sector.empty() && row.year == view.shown_year && row.measure.empty())
      bars.push_back({row.term, row.value, scale.text(row.value, true), WaterfallKind::step});
  if (bars.empty()) return bars;
  const double net = view.total("value_added", view.shown_year);
  bars.push_back({"net of what is counted", net, scale.text(net, true), WaterfallKind::total});
  for (const char* step : {"limits of capacity", "prices", "financing", "ownership"})
    bars.push_back({step, 0.0, "not yet counted", WaterfallKind::pending});
  return bars;
}

static double largest_of(const std::vector<WaterfallBar>& bars) {
  double largest = 0.0, level = 0.0;
  for (const WaterfallBar& bar : bars) {
    if (bar.kind == WaterfallKind::step) level += bar.value;
    largest = std::max({largest, std::fabs(bar.value), std::fabs(level)});
  }
  return largest;
}

static std::string beside_the_bars(const ReportView& view, const Scale& scale) {
  double contracts = 0.0;
  for (const Written* m : view.committed) contracts += view.index.change({"contract_value", "", "", view.shown_year, m->id, "", ""});
  HtmlTable table{"Beside the bars and not in them, " + scale.unit + " in " + std::to_string(view.shown_year), {"", "Amount"}, {}};
  table.rows.push_back({"Stated value of contracts and building in this year", scale.text(contracts)});
  table.rows.push_back(
      {"Change of output (turnover, counts inputs again at every stage)", scale.text(view.total("output", view.shown_year), true)});
  for (const auto& [indicator, words] : {std::pair{"extra_cost", "Extra cost to final users, where a new source is dearer"}})
    if (const double value = view.index.at({indicator, "", "", view.shown_year, "", "", ""}); std::isfinite(value))
      table.rows.push_back({words, scale.text(value, true)});
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
  const Scale scale = money_scale(view.result.accounts, largest_of(waterfall_bars(view, Scale{})));
  const std::vector<WaterfallBar> bars = waterfall_bars(view, scale);
  std::string html = paragraph(
      "A contract is not growth. The first bar is the whole chain of suppliers that the programme would set in motion if all of it were "
      "new; "
      "each further bar is one more thing switched on and solved again.");
  if (bars.empty()) return html + paragraph("There are no steps to show in this year.", "none");
  HtmlTable numbers{
      "From gross to net, value added, " + scale.unit + " in " + std::to_string(view.shown_year), {"Step", "Adds or takes"}, {}};
  for (const WaterfallBar& bar : bars) numbers.rows.push_back({bar.label, bar.text});
  const std::string caption = "From gross to net: value added in " + std::to_string(view.shown_year) + ", " + scale.unit;
  html += figure_html(
      caption,
      waterfall_svg({"chart-net", caption,
                     "A waterfall: each bar starts where the one before ends; hatched bars take away. Framed bars are not yet counted."},
                    bars),
      numbers);
  html += paragraph(
      "Limits of capacity, changes of prices, financing and ownership are not yet counted. Each of them can take away from the net effect "
      "shown; none of them is in these numbers.",
      "note");
  return html + beside_the_bars(view, scale) + years_figure(view);
}

}  // namespace kontor
