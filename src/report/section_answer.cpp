// 1 the answer: five lines and the numbers behind them, gross beside net.
#include <algorithm>
#include <cmath>

#include "kontor/report/write_result.h"
#include "report/measure_facts.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

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

static std::string gross_table(const ReportView& view) {
  HtmlTable table{"All regions together in " + std::to_string(view.shown_year) + ": change a year against the economy of " +
                      std::to_string(view.result.accounts.year) + ", with its level",
                  {"", "Change", "In per cent", "Level"},
                  {}};
  for (const auto& row : {headline_row(view, "Value added", "value_added", true), headline_row(view, "Output", "output", true),
                          headline_row(view, jobs_heading(view), view.jobs_indicator(), false)})
    if (!row.empty()) table.rows.push_back(row);
  return table_html(table);
}

// One cell: the change with its share of the level.
static std::string with_percent(const std::string& change, double percent) {
  return std::isfinite(percent) ? change + " (" + percent_text(percent) + ")" : change;
}

// Gross beside net: the same words mean the same thing across a row, and what a model does not have says so.
static std::string net_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  const Accounts& accounts = view.result.accounts;
  HtmlTable table{"All regions together in " + std::to_string(view.shown_year) + ": change a year against the economy of " +
                      std::to_string(accounts.year) + ", and the level it is a share of",
                  {"", "Gross, at fixed prices"},
                  {}};
  for (const NetColumn& c : columns) table.header.push_back("Net, " + c.name);
  table.header.push_back("Level");
  double largest = 0.0;
  for (const NetColumn& c : columns)
    for (const char* indicator : {"value_added_net", "output_net", "equivalent_variation", "gdp", "gni"})
      if (const double v = net_at(view, c, indicator); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  const Scale scale = money_scale(accounts, largest);
  table.caption += "; changes in " + scale.unit;
  struct Line {
    const char *name, *gross, *net;
  };
  for (const Line& line : {Line{"Value added", "value_added", "value_added_net"},
                           {"Output", "output", "output_net"},
                           {"Real income", "", "equivalent_variation"},
                           {"GDP", "", "gdp"},
                           {"GNI", "", "gni"}}) {
    std::vector<std::string> row = {line.name, "\u2013"};
    if (*line.gross && std::isfinite(view.index.at({line.gross, "", "", view.shown_year, "", "", ""})))
      row.back() = with_percent(scale.text(view.total(line.gross, view.shown_year), true),
                                view.index.at({std::string(line.gross) + "_percent", "", "", view.shown_year, "", "", ""}));
    for (const NetColumn& c : columns)
      row.push_back(with_percent(scale.text(net_at(view, c, line.net), true), net_at(view, c, net_percent_name(line.net))));
    const double level = net_level(view, columns.front(), line.net);
    row.push_back(std::isfinite(level) ? money_text(accounts, level, false) : "n/a");
    table.rows.push_back(row);
  }
  if (view.jobs()) {
    const std::string jobs = view.jobs_indicator();
    const auto count = [](double value, double percent) {
      return std::isfinite(value) ? with_percent(rounded_number(value, 3, true), percent) : "n/a";
    };
    std::vector<std::string> row = {jobs_heading(view),
                                    count(view.jobs_change(""), view.index.at({jobs + "_percent", "", "", view.shown_year, "", "", ""}))};
    for (const NetColumn& c : columns)
      row.push_back(c.jobs_free ? count(net_jobs(view, c), net_at(view, c, jobs + "_net_percent")) : "fixed by closure");
    row.push_back(rounded_number(view.level(jobs), 4));
    table.rows.push_back(row);
  }
  return table_html(table) +
         paragraph(
             std::string(
                 "Gross is what the chains of suppliers would turn over at fixed prices with everything free; net is what is left once "
                 "prices move, resources are scarce and someone pays. Real income is what residents can buy more or less of; it is the "
                 "number to judge a programme by (the equivalent variation); GDP and GNI stand at given consumer prices. ") +
                 value_added_levels_note(view),
             "note");
}

std::string section_answer(const ReportView& view) {
  const std::vector<std::string> lines = view.result.answer.empty() ? answer_lines(view.result) : view.result.answer;
  std::string html = "<ol class=\"answer\">\n";
  for (const std::string& line : lines) html += "<li>" + escaped(line) + "</li>\n";
  html += "</ol>\n";
  if (!view.answered || view.committed.empty()) return html;
  const std::vector<NetColumn> columns = net_columns(view);
  html += columns.empty() ? gross_table(view) : net_table(view, columns);
  std::vector<std::string> with_ranges;
  for (const Written* m : view.committed)
    if (!ranges_of(*m).empty()) with_ranges.push_back(m->id);
  if (!with_ranges.empty() && !view.result.sure.asked())
    html += paragraph(
        "These are central values. The programme gives ranges for " +
            std::string(with_ranges.size() == 1 ? "one measure" : count_text(with_ranges.size()) + " measures") +
            " (section Assumptions and defaults); they have not been run through, so no range is given for the effects: add --draws to the "
            "command.",
        "note");
  return html;
}

}  // namespace kontor
