// 7 each measure by itself; 8 the pipeline.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "report/measure_facts.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static double own(const ReportView& view, const std::string& indicator, const std::string& measure, int year,
                  const std::string& region = "") {
  return view.index.change({indicator, region, "", year, measure, "", ""});
}

static double over_horizon(const ReportView& view, const std::string& measure) {
  Sum sum;
  for (const int year : view.years) sum.add(own(view, "value_added", measure, year));
  double largest = 0.0;
  for (const int year : view.years) largest = std::max(largest, std::fabs(view.total("value_added", year)));
  return std::fabs(sum.value()) < 1e-10 * largest ? 0.0 : sum.value();  // the rounding of an interaction that is none
}

static Scale measure_scale(const ReportView& view, const std::vector<const Written*>& measures) {
  double largest = std::fabs(view.total("value_added", view.shown_year));
  for (const Written* m : measures)
    largest = std::max({largest, std::fabs(own(view, "value_added", m->id, view.shown_year)), std::fabs(over_horizon(view, m->id))});
  return money_scale(view.result.accounts, largest);
}

// Rows "M1 Harvesters ... own effect", the interaction and the total that they add up to.
static HtmlTable effect_table(const ReportView& view, const std::vector<const Written*>& measures, const Scale& scale, bool with_total) {
  const std::string year = std::to_string(view.shown_year);
  HtmlTable table{std::string(net_columns(view).empty() ? "Value" : "Gross, at fixed prices: value") +
                      " added that each measure moves by itself, " + scale.unit,
                  {"Measure", "Kind", "Status", "In " + year, "Over the horizon"},
                  {},
                  3};
  if (view.jobs()) table.header.push_back(jobs_heading(view) + " in " + year);
  double most_jobs = std::fabs(view.total(view.jobs_indicator(), view.shown_year));
  for (const Written* m : measures) most_jobs = std::max(most_jobs, std::fabs(own(view, view.jobs_indicator(), m->id, view.shown_year)));
  const Scale jobs = plain_scale(most_jobs, "");
  const auto add = [&](const std::string& name, const std::string& kind, const std::string& status, const std::string& id) {
    table.rows.push_back(
        {name, kind, status, scale.text(own(view, "value_added", id, view.shown_year), true), scale.text(over_horizon(view, id), true)});
    if (view.jobs()) table.rows.back().push_back(jobs.text(view.jobs_change("", id), true));
  };
  for (const Written* m : measures) add(m->id + " " + m->title, m->kind, m->status, m->id);
  if (!with_total) return table;
  if (measures.size() > 1) add("Interaction: what they do together only", "", "", "(interaction)");
  add("All together", "", "", "");
  table.last_is_total = true;
  return table;
}

static void fact(std::string& html, const std::string& name, const std::string& text) {
  if (!text.empty()) html += "<dt>" + escaped(name) + "</dt><dd>" + escaped(text) + "</dd>\n";
}

static std::string best_and_worst(const ReportView& view, const std::string& measure) {
  std::string best, worst;
  double high = 0.0, low = 0.0;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    const double value = own(view, "value_added", measure, view.shown_year, code);
    if (value > high) high = value, best = code;
    if (value < low) low = value, worst = code;
  }
  std::string text;
  if (!best.empty()) text = view.region_name(best) + " gains most, " + money_text(view.result.accounts, high);
  if (!worst.empty())
    text += (text.empty() ? "" : "; ") + view.region_name(worst) + " loses most, " + money_text(view.result.accounts, low);
  return text;
}

static std::string not_counted_text(const ReportView& view, const std::string& measure) {
  std::vector<std::string> parts;
  for (const NotCounted& n : view.result.not_counted)
    if (n.measure == measure)
      parts.push_back(n.change + " " + std::to_string(n.first_year) +
                      (n.last_year > n.first_year ? "\u2013" + std::to_string(n.last_year) : "") + ": " + n.why);
  return joined(parts, "; ");
}

static std::string unproven_text(const ReportView& view, const std::string& measure) {
  const std::vector<std::string> unproven = unproven_measures(view.result);
  return std::find(unproven.begin(), unproven.end(), measure) == unproven.end()
             ? ""
             : "unproven: the file does not say what would have happened anyway";
}

// "+103 million EUR of real income, +45.3 million EUR of value added and +1 120 jobs in 2035, short run".
static std::string net_effect_text(const ReportView& view, const std::string& measure) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const NetColumn& c = columns.front();
  const double income = net_at(view, c, "equivalent_variation", "", 0, measure), added = net_at(view, c, "value_added_net", "", 0, measure);
  const std::string when = " in " + std::to_string(view.shown_year) + ", " + c.name;
  if (!std::isfinite(income)) return "nothing" + when + ": it has nothing in that year";
  const double percent = net_at(view, c, "real_income", "", 0, measure), jobs = net_jobs(view, c, "", measure);
  return money_text(view.result.accounts, income) + (std::isfinite(percent) ? " (" + percent_text(percent) + ")" : "") +
         " of real income, " + money_text(view.result.accounts, added) + " of value added" +
         (std::isfinite(jobs) ? ", " + rounded_number(jobs, 3, true) + " jobs" : "") + when;
}

static std::string worth_text(const ReportView& view, const std::string& measure) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const auto at = [&](const char* indicator) {
    return net_at(view, columns.front(), indicator, "", view.result.programme.first_year, measure);
  };
  const double worth = at("net_present_value"), returns = at("rate_of_return"), cost = at("public_cost_discounted"),
               each = at("present_value_per_public_money");
  if (!std::isfinite(worth)) return "";
  std::string text = "net present value " + money_text(view.result.accounts, worth);
  if (std::isfinite(returns)) text += ", rate of return " + rounded_number(returns, 2) + " %";
  if (std::isfinite(each))
    text += "; public cost " + money_text(view.result.accounts, cost, false) + ", " + rounded_number(each, 3, true) + " a unit of it";
  return text;
}

static std::string net_best_and_worst(const ReportView& view, const std::string& measure) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  std::string best, worst;
  double high = 0.0, low = 0.0;
  for (const int r : view.regions) {
    const std::string& code = view.result.accounts.regions[static_cast<std::size_t>(r)].code;
    const double value = net_at(view, columns.front(), "equivalent_variation", code, 0, measure);
    if (value > high) high = value, best = code;
    if (value < low) low = value, worst = code;
  }
  std::string text;
  if (!best.empty()) text = view.region_name(best) + " gains most real income, " + money_text(view.result.accounts, high);
  if (!worst.empty())
    text += (text.empty() ? "" : "; ") + view.region_name(worst) + " loses most, " + money_text(view.result.accounts, low);
  return text;
}

static std::string article(const ReportView& view, const Written& m) {
  std::string html = "<article>\n<h3>" + escaped(m.id + (m.title.empty() ? "" : " " + m.title)) + "</h3>\n<dl>\n";
  fact(html, "Kind and status", m.kind + ", " + m.status);
  Accounts as_written;
  as_written.currency = view.result.programme.currency;
  as_written.scale = 1.0;
  const double stated = stated_money(m);
  fact(html, "Stated value", std::isfinite(stated) ? money_text(as_written, stated, false) : "not stated");
  fact(html, "Period", measure_period(m));
  fact(html, "Where", measure_regions(view.result.accounts, m));
  fact(html, "Sector", view.sector_name(measure_sector(m)));
  fact(html, "Replaces", shares_text(view.result.accounts, m, "replaces") + shares_text(view.result.accounts, m, "displaces"));
  const std::string year = std::to_string(view.shown_year);
  fact(html, "Net effect by itself", net_effect_text(view, m.id));
  fact(html, "Worth over its life", worth_text(view, m.id));
  fact(html, "Net by region in " + year, net_best_and_worst(view, m.id));
  const bool net = !net_columns(view).empty();
  fact(html, net ? "Gross effect on value added, at fixed prices" : "Own effect on value added",
       money_text(view.result.accounts, own(view, "value_added", m.id, view.shown_year)) + " in " + year + ", " +
           money_text(view.result.accounts, over_horizon(view, m.id)) + " over the horizon (not discounted)");
  fact(html, (net ? "Gross by region in " : "Regions in ") + year, best_and_worst(view, m.id));
  fact(html, "Additionality", unproven_text(view, m.id));
  fact(html, "Evidence", m.evidence.empty() ? "none given" : m.evidence);
  fact(html, "Not counted", not_counted_text(view, m.id));
  fact(html, "Agreement", joined(agreements_of(view.result.programme, m.id), "; "));
  html += "</dl>\n";
  HtmlTable fields{"Fields as written, " + without_folder(m.source), {"Field", "Value"}, {}, 2};
  for (const auto& [name, value] : written_fields(m)) fields.rows.push_back({name, value});
  return html + details("As written in the programme", table_html(fields)) + "</article>\n";
}

std::string section_measures(const ReportView& view) {
  if (view.committed.empty()) return paragraph("No measure is signed, running or done.", "none");
  const Scale scale = measure_scale(view, view.committed);
  const HtmlTable table = effect_table(view, view.committed, scale, true);
  std::vector<Bar> bars;
  const auto bar = [&](const std::string& label, const std::string& id) {
    const double value = over_horizon(view, id);
    bars.push_back({label, value, scale.text(value, true)});
  };
  for (const Written* m : view.committed) bar(m->id + " " + m->title, m->id);
  if (view.committed.size() > 1) bar("Interaction", "(interaction)");
  const std::string caption = std::string(net_columns(view).empty() ? "Value" : "Gross, at fixed prices: value") +
                              " added that each measure moves by itself over the horizon, years added up without discount, " + scale.unit;
  std::string html = net_measures_html(view) + public_money_html(view) + contributions_html(view) +
                     paragraph((net_columns(view).empty() ? std::string() : std::string("What follows is gross, at fixed prices. ")) +
                               "Each measure is solved alone. What the measures do only together is the interaction; it is zero where none "
                               "of them changes what is "
                               "bought from whom.");
  html += figure_html(caption, bar_chart_svg({"chart-measures", caption, "One bar a measure and one for their interaction."}, bars), {});
  html += table_html(table);
  for (const Written* m : view.committed) html += article(view, *m);
  return html;
}

std::string section_pipeline(const ReportView& view) {
  if (view.pipeline.empty()) return paragraph("The programme has no ideas, proposals or memoranda.", "none");
  const Scale scale = measure_scale(view, view.pipeline);
  std::string html = paragraph(
      "Ideas, proposals and memoranda are not agreed. What follows is what they would do by themselves; none of it is in the headline or "
      "in any other section.");
  const std::vector<NetColumn> columns = net_columns(view);
  html += net_pipeline_html(view) + public_money_of_measures_html(view, view.pipeline, false);
  if (!columns.empty()) {
    const double income = view.index.at({"equivalent_variation", "", "", view.shown_year, "", "pipeline", ""}),
                 added = view.index.at({"value_added_net", "", "", view.shown_year, "", "pipeline", ""});
    if (std::isfinite(income))
      html += paragraph("On top of what is agreed, all of them together would move real income by " +
                        money_text(view.result.accounts, income) + " and value added by " + money_text(view.result.accounts, added) +
                        " in " + std::to_string(view.shown_year) + ", net, " + columns.front().name + ".");
    html += "<h3>Gross, at fixed prices</h3>\n";
  }
  html += table_html(effect_table(view, view.pipeline, scale, false));
  const double together = view.index.at({"value_added", "", "", view.shown_year, "", "pipeline", ""});
  if (std::isfinite(together))
    html +=
        paragraph("On top of what is agreed, all of them together would move value added" + std::string(columns.empty() ? "" : ", gross,") +
                  " by " + money_text(view.result.accounts, together) + " in " + std::to_string(view.shown_year) + ".");
  for (const Written* m : view.pipeline) html += article(view, *m);
  return html;
}

}  // namespace kontor
