// Net: each measure's effect, and what the net numbers rest on.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/sections.h"

namespace kontor {

static std::string measures_table(const ReportView& view, const NetColumn& own,
                                  const std::vector<std::pair<std::string, std::string>>& lines, bool last_is_total) {
  double largest = 0.0, most_jobs = 0.0;
  // A measure without rows in this year has nothing in it: the total is there, so the year was solved.
  const auto at = [&](const char* indicator, const std::string& id) {
    const double v = net_at(view, own, indicator, "", 0, id);
    return std::isfinite(v) ? v : 0.0;
  };
  const bool with_jobs = own.jobs_free && view.jobs();
  const auto jobs_of = [&](const std::string& id) {
    const double n = net_jobs(view, own, "", id);
    return std::isfinite(n) ? n : 0.0;
  };
  for (const auto& [name, id] : lines) {
    for (const char* indicator : {"equivalent_variation", "value_added_net"}) largest = std::max(largest, std::fabs(at(indicator, id)));
    if (with_jobs) most_jobs = std::max(most_jobs, std::fabs(jobs_of(id)));
  }
  const Scale money = money_scale(view.result.accounts, largest), jobs = plain_scale(most_jobs, "");
  HtmlTable table{"Net effect of each measure by itself in " + std::to_string(view.shown_year) + ", " + own.name + ", " + money.unit,
                  {"Measure", "Real income", "Value added"},
                  {}};
  if (with_jobs) table.header.push_back(jobs_heading(view));
  for (const auto& [name, id] : lines) {
    table.rows.push_back({name, money.text(at("equivalent_variation", id), true), money.text(at("value_added_net", id), true)});
    if (with_jobs) table.rows.back().push_back(jobs.text(jobs_of(id), true));
  }
  table.last_is_total = last_is_total;
  return table_html(table);
}

std::string net_measures_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  std::vector<std::pair<std::string, std::string>> lines;  // name, id
  for (const Written* m : view.committed) lines.emplace_back(m->id + " " + m->title, m->id);
  if (view.committed.size() > 1) lines.emplace_back("Interaction: what they do together only", "(interaction)");
  lines.emplace_back("All together", "");
  return measures_table(view, columns.front(), lines, true);
}

std::string net_pipeline_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  std::vector<std::pair<std::string, std::string>> lines;
  for (const Written* m : view.pipeline) lines.emplace_back(m->id + " " + m->title, m->id);
  return measures_table(view, columns.front(), lines, false);
}

std::string closure_assumptions_html(const ReportView& view) {
  std::string html;
  for (const NetColumn& column : net_columns(view))
    html += "<h3>" + escaped("Closure: " + column.name) + "</h3>\n" + bullets(closure_in_words(view.result.accounts, column.run->closure));
  if (html.empty()) return html;
  if (!view.result.assumptions.empty()) html += "<h3>What the net numbers rest on</h3>\n" + bullets(view.result.assumptions);
  if (!view.result.parameters_used.empty()) html += details("Parameters used, with their sources", bullets(view.result.parameters_used));
  return html;
}

}  // namespace kontor
