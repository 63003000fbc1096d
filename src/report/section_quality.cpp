// 10 what was assumed; 11 how good and how old the data are.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/measure_facts.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

std::string section_assumptions(const ReportView& view) {
  std::string html = "<h3>Defaults that were used because the programme is silent</h3>\n";
  HtmlTable defaults{"Defaults used", {"Measure", "Field", "Value", "Why"}, {}, 4};
  for (const DefaultUsed& d : view.result.defaults) {
    const std::vector<std::string> row = {d.measure.empty() ? "programme" : d.measure, d.field, d.value, d.why};
    if (std::find(defaults.rows.begin(), defaults.rows.end(), row) == defaults.rows.end()) defaults.rows.push_back(row);
  }
  html += table_html(defaults, "No default was needed: the programme says everything.");
  HtmlTable ranges{view.result.sure.asked()
                       ? "Ranges the programme gives; the tables above show their central values, the section How sure the draws"
                       : "Ranges the programme gives; the central value is used",
                   {"Measure", "Range"},
                   {},
                   2};
  for (const Written& m : view.result.programme.measures)
    for (const std::string& range : ranges_of(m)) ranges.rows.push_back({m.id, range});
  if (!ranges.rows.empty()) html += "<h3>Ranges</h3>\n" + table_html(ranges);
  html += closure_assumptions_html(view);
  html += net_columns(view).empty() ? "<h3>What numbers of this kind cannot say</h3>\n" : "<h3>What the gross numbers cannot say</h3>\n";
  return html + bullets({"Prices do not move: dearer inputs, wages or exchange rates have no effect on what is bought.",
                         "Nothing is scarce: workers, capacity and money are there whenever they are asked for. Where they are not, the "
                         "effect is smaller.",
                         "Every sector makes its product in the proportions of the table's year, whatever the amount.",
                         "The next unit is like the average one: a new order needs as many jobs and imports per unit as those before.",
                         "Households spend no more because they earn more; that further round is not in these numbers.",
                         "Output counts inputs again at every stage. Value added does not, and is the measure of what is gained.",
                         "There is no time inside a year and no adjustment between years.",
                         "Nothing says what would have happened otherwise, beyond what each measure states about itself."});
}

// What tables of this age missed where it could be measured, and what an error of that size means for the headline.
static std::string hindcast_text(const ReportView& view) {
  const std::vector<Hindcast>& tried = view.result.hindcast;
  if (tried.empty()) return "How well these accounts foretell later years has not been measured.";
  std::string text = "Tried on the past, with tables as old as these would be:";
  double worst = 0.0;
  for (const Hindcast& h : tried) {
    text += std::string(&h == &tried.front() ? " " : "; ") + "the structure of " + std::to_string(h.from) + " with the final use of " +
            std::to_string(h.to) + " (" + h.accounts + ") missed the true output of " + std::to_string(h.to) + " by " +
            rounded_number(100 * h.weighted_error, 2) + " % on average and by more than " + rounded_number(100 * h.worst_decile, 2) +
            " % in one cell in ten";
    worst = std::max(worst, h.weighted_error);
  }
  const double total = view.total("value_added", view.shown_year);
  if (!view.answered || total == 0) return text + ".";
  return text + ". If the effect here is off by as much, " + money_text(view.result.accounts, total) + " in " +
         std::to_string(view.shown_year) + " stands for anything from " + money_text(view.result.accounts, total * (1 - worst)) + " to " +
         money_text(view.result.accounts, total * (1 + worst)) + ".";
}

static std::string findings_table(const Findings& findings, Severity severity, const std::string& caption) {
  constexpr std::size_t most = 100;
  HtmlTable table{caption, {"What", "Where", "Found", "Rule", "What to do"}, {}, 5};
  std::size_t count = 0;
  for (const Finding& f : findings) {
    if (f.severity != severity || ++count > most) continue;
    std::string place = without_folder(f.file);
    if (!f.row.empty()) place += (place.empty() ? "" : ":") + f.row;
    if (!f.column.empty()) place += (place.empty() ? "" : ":") + f.column;
    table.rows.push_back({f.code, place, f.found, f.expected, f.remedy});
  }
  if (table.rows.empty()) return "";
  return table_html(table) + (count > most ? paragraph("The first " + std::to_string(most) + " of " + std::to_string(count) +
                                                           " are shown; `kontor check` lists all.",
                                                       "note")
                                           : "");
}

std::string section_quality(const ReportView& view) {
  const Accounts& a = view.result.accounts;
  const Programme& p = view.result.programme;
  std::string age = "The accounts are of " + std::to_string(a.year) + " in prices of " + std::to_string(a.price_year) + ".";
  if (p.first_year > a.year)
    age += " The programme runs " + std::to_string(p.first_year) + "\u2013" + std::to_string(p.last_year) +
           ", so it is computed in an economy that is " + count_text(static_cast<std::size_t>(p.first_year - a.year)) + " to " +
           count_text(static_cast<std::size_t>(p.last_year - a.year)) + " years older than the programme. No baseline moves it forward.";
  std::string html = paragraph(age);
  html += paragraph(hindcast_text(view));
  std::vector<std::string> estimates;
  for (const Satellite& s : a.satellites)
    if (s.estimate) estimates.push_back((s.name.empty() ? s.code : s.name) + ": an estimate" + (s.source.empty() ? "" : ", " + s.source));
  if (!estimates.empty()) html += "<h3>Estimates</h3>\n" + bullets(estimates);
  if (!a.notes.empty()) html += "<h3>What the makers of these accounts say</h3>\n" + bullets(a.notes);
  const std::string findings = findings_table(view.result.findings, Severity::error, "Errors") +
                               findings_table(view.result.findings, Severity::warning, "Warnings") +
                               findings_table(view.result.findings, Severity::note, "Notes");
  return html + "<h3>Findings of the checks</h3>\n" + (findings.empty() ? paragraph("The checks found nothing.", "none") : findings);
}

}  // namespace kontor
