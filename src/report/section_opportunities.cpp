// 14 what the programme does not hold and would be worth a look, each with its reason. Rows: kontor/indicators/scan.h.
#include <algorithm>
#include <cmath>
#include <map>

#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

namespace {

/// Everything that the rows say of one lever.
struct Found {
  std::string from, to, sector, kind;
  std::map<std::string, double> number;  // by indicator
  std::string unit;                      // of the gain
  std::vector<std::pair<std::string, double>> others;
  double at(const std::string& indicator) const {
    const auto found = number.find("opportunity_" + indicator);
    return found == number.end() ? std::nan("") : found->second;
  }
};

std::vector<Found> found_in(const ReportView& view) {
  std::map<std::string, Found> by_lever;
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator.rfind("opportunity_", 0) != 0 || row.measure.empty()) continue;
    Found& found = by_lever[row.measure];
    if (row.indicator == "opportunity_other") {
      found.others.emplace_back(row.region, row.value);
      continue;
    }
    found.from = row.region, found.to = row.partner, found.sector = row.sector, found.kind = row.term;
    found.number[row.indicator] = row.value;
    if (row.indicator == "opportunity_first_order") found.unit = row.unit;
  }
  std::vector<Found> list;
  for (auto& [lever, found] : by_lever) list.push_back(std::move(found));
  std::stable_sort(list.begin(), list.end(), [](const Found& x, const Found& y) {
    return x.kind != y.kind ? x.kind > y.kind : x.at("rank") < y.at("rank");  // trade costs before tariffs
  });
  return list;
}

double gain_of(const Found& f) { return std::isfinite(f.at("exact")) ? f.at("exact") : f.at("first_order"); }

// Who loses most, where somebody does.
std::string loser(const ReportView& view, const Found& f) {
  const auto worst = std::min_element(f.others.begin(), f.others.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
  if (worst == f.others.end() || !(worst->second < 0.0)) return "";
  return " Most of all " + view.region_name(worst->first) + " would lose by it (" + money_text(view.result.accounts, worst->second) + ").";
}

std::string reason(const ReportView& view, const Found& f) {
  const std::string what = view.sector_name(f.sector) + " from " + view.region_name(f.from) + " to " + view.region_name(f.to) + ": ";
  const std::string gain =
      money_text(view.result.accounts, gain_of(f)) + " a year" +
      (std::isfinite(f.at("exact")) ? " by solving again, " + money_text(view.result.accounts, f.at("first_order")) + " to first order"
                                    : " to first order");
  if (f.kind == "tariff")
    return what + "a tariff stands in the way that no measure touches; without it the parties' real income would change by " + gain + "." +
           loser(view, f);
  return what + "by the accounts this trade costs " + rounded_number(f.at("implied_cost"), 3) +
         " % more than trade at home, where distance, borders and the other pairs suggest " + rounded_number(f.at("expected_cost"), 3) +
         " %; a fall of " + rounded_number(f.at("tried"), 3) + " % would close the gap and bring the parties " + gain + "." +
         loser(view, f);
}

HtmlTable table_of(const ReportView& view, const std::vector<Found>& list) {
  double largest = 0.0, largest_flow = 0.0;
  for (const Found& f : list) largest = std::max(largest, std::fabs(gain_of(f))), largest_flow = std::max(largest_flow, f.at("flow"));
  const Scale scale = money_scale(view.result.accounts, largest), flows = money_scale(view.result.accounts, largest_flow);
  HtmlTable table{"Gain in the parties' real income if the cost of the pair's trade fell as far as is within reach, " + scale.unit +
                      " a year; present flow in " + flows.unit,
                  {"From", "To", "Product", "Kind", "Step, %", "Per 1 %", "Present flow", "First order", "Solved again"},
                  {},
                  4};
  for (const Found& f : list)
    table.rows.push_back({view.region_name(f.from), view.region_name(f.to), view.sector_name(f.sector),
                          f.kind == "tariff" ? "tariff" : "trade cost", rounded_number(f.at("tried"), 3),
                          scale.text(f.at("marginal"), true), flows.text(f.at("flow")), scale.text(f.at("first_order"), true),
                          scale.text(f.at("exact"), true)});
  return table;
}

}  // namespace

std::string section_opportunities(const ReportView& view) {
  const std::vector<Found> list = found_in(view);
  if (list.empty())
    return paragraph(
        "Nothing is listed here: the equilibrium model did not run, or no pair of the parties trades at a higher cost than pairs like it.",
        "none");
  std::string html = paragraph(
      "Pairs and products that no measure of the programme touches and whose trade costs more than distance, borders and comparable pairs "
      "explain. "
      "They are ranked by what one per cent is worth times what is within reach, not by what one per cent is worth alone, which mostly "
      "says where flows are large. "
      "What it would take is not known: a gain is what it may cost a year at most. Pairs under trade restrictions are left out, and "
      "nothing is led through a third region.");
  html += table_html(table_of(view, list));
  std::vector<std::string> reasons;
  for (const Found& f : list) reasons.push_back(reason(view, f));
  html += bullets(reasons);
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "opportunity_rank_correlation" && row.term == "trade_cost" && std::isfinite(row.value))
      html += paragraph("Rank correlation of value times step with the present flow: " + rounded_number(row.value, 2) +
                            (row.value > 0.95 ? ". Above 0.95: this list says little more than where trade is large." : "."),
                        "note");
  if (view.result.programme.closure_rules.labour == LabourRule::real_wage)
    html += paragraph(
        "Jobs are free under this closure, so a gain is a multiple of the cost that is saved, the step's part of the flow; with employment "
        "given it is smaller.",
        "note");
  return html + paragraph(
                    "Flows between regions of one nation are estimates as a rule, and a gap may be the estimate's. `kontor scan` asks for "
                    "other goals, levers and steps.",
                    "note");
}

}  // namespace kontor
