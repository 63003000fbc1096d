// Who depends on whom: whose value added meets the final demand of each region, before and after.
#include <algorithm>
#include <cmath>

#include "report/dependence_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

static const char* look_through = "self_sufficiency_look_through";

DependenceView::DependenceView(const ReportView& report) : view(report) {
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator != look_through || row.term.find("/after") == std::string::npos) continue;
    year = row.year;
    if (std::find(sets.begin(), sets.end(), row.region) == sets.end()) sets.push_back(row.region);
    if (row.term == "bloc/after" && around(row.region).empty()) around_.emplace_back(row.region, row.partner);
  }
}

double DependenceView::at(const std::string& indicator, const std::string& set, const std::string& sector, const std::string& term,
                          const std::string& state, const std::string& partner, const std::string& measure) const {
  return view.index.at({indicator, set, sector, year, measure, term.empty() ? state : term + '/' + state, partner});
}

std::string DependenceView::around(const std::string& set) const {
  for (const auto& [one, around] : around_)
    if (one == set) return around;
  return "";
}

bool DependenceView::is_region(const std::string& set) const {
  const int r = region_index(view.result.accounts, set);
  return r >= 0 && is_leaf(view.result.accounts, r);
}

std::string DependenceView::name(const std::string& set) const {
  return region_index(view.result.accounts, set) < 0 ? set + " (bloc)" : view.region_name(set);
}

std::string share_text(double share) { return fixed_number(100.0 * share, 1) + " %"; }

// Two tables of one economy differ by rounding below 1e-9 of a share.
static bool is_rounding(double difference) { return std::fabs(difference) < 1e-9; }

std::string points_text(double difference) {
  if (!std::isfinite(difference)) return "n/a";
  return is_rounding(difference) ? "none" : fixed_number(100.0 * difference, 3, true);
}

std::string index_change_text(double difference) {
  if (!std::isfinite(difference)) return "n/a";
  return is_rounding(difference) ? "none" : fixed_number(difference, 4, true);
}

namespace {

struct Parts {
  std::string set, around;
  double own[3], bloc[3], others[3], taxes[3];  // before, after, change
};

std::vector<Parts> parts_of(const DependenceView& d) {
  std::vector<Parts> all;
  for (const std::string& set : d.sets) {
    Parts p{set, d.around(set), {}, {}, {}, {}};
    const char* states[] = {"before", "after", "change"};
    for (int k = 0; k < 3; ++k) {
      p.own[k] = d.at(look_through, set, "", "own", states[k]);
      p.bloc[k] = p.around.empty() ? 0.0 : d.at(look_through, set, "", "bloc", states[k], p.around);
      p.others[k] = d.at(look_through, set, "", "others", states[k], p.around);
      const double taxes = d.at(look_through, set, "", "taxes", states[k]);
      p.taxes[k] = std::isnan(taxes) ? 0.0 : taxes;
    }
    all.push_back(p);
  }
  return all;
}

// "63.9 are value added of its own, 8.4 of the rest of Finland and 24.11 of others, 24.14 before (-0.029 points)"
std::string words_of(const DependenceView& d, const Parts& p) {
  std::string text = fixed_number(100.0 * p.own[1], 1) + " are value added of its own";
  if (!p.around.empty()) text += ", " + fixed_number(100.0 * p.bloc[1], 1) + " of the rest of " + d.name(p.around);
  text += " and " + fixed_number(100.0 * p.others[1], 2) + " of others";
  if (is_rounding(p.others[2])) return text + ", as before.";
  return text + ", " + fixed_number(100.0 * p.others[0], 2) + " before (" + points_text(p.others[2]) + " points).";
}

// Nations and blocs first, then the region that comes to rely on others least, and the one that comes to rely on them most.
std::vector<std::string> sentences(const DependenceView& d, const std::vector<Parts>& parts) {
  const std::string each = "of each 100 " + d.view.result.accounts.currency + " of its final use, ";
  std::vector<std::string> list;
  const Parts *least = nullptr, *most = nullptr;
  for (const Parts& p : parts) {
    if (!d.is_region(p.set)) {
      list.push_back(d.name(p.set) + ": " + each + words_of(d, p));
      continue;
    }
    if (std::isfinite(p.others[2]) && (!least || p.others[2] < least->others[2])) least = &p;
    if (std::isfinite(p.others[2]) && (!most || p.others[2] > most->others[2])) most = &p;
  }
  constexpr double worth_a_sentence = 5e-6;  // share: it prints as 0.001 points
  if (least && least->others[2] < -worth_a_sentence)
    list.push_back("The region whose reliance on others falls most is " + d.name(least->set) + ": " + each + words_of(d, *least));
  if (most && most->others[2] > worth_a_sentence)
    list.push_back("The region whose reliance on others rises most is " + d.name(most->set) + ": " + each + words_of(d, *most));
  else
    list.push_back("No region comes to rely more on others.");
  return list;
}

std::string look_through_html(const DependenceView& d) {
  const std::vector<Parts> parts = parts_of(d);
  const bool nations = std::any_of(parts.begin(), parts.end(), [](const Parts& p) { return !p.around.empty(); });
  const bool taxed = std::any_of(parts.begin(), parts.end(), [](const Parts& p) { return p.taxes[1] != 0.0; });
  std::vector<PartsBar> bars;
  const std::string caption =
      "Whose value added meets final demand in " + std::to_string(d.year) + ", % of final demand; in brackets: change of others, points";
  HtmlTable numbers{
      "Whose value added meets final demand, before and after in " + std::to_string(d.year) + ", % of final demand; change in points",
      {"Region", "Own before", "after", "change"},
      {}};
  if (nations) numbers.header.insert(numbers.header.end(), {"Rest of nation or bloc before", "after", "change"});
  numbers.header.insert(numbers.header.end(), {"Others before", "after", "change"});
  for (const Parts& p : parts) {
    bars.push_back({d.name(p.set),
                    {p.own[1], p.bloc[1], p.others[1], p.taxes[1]},
                    "others " + fixed_number(100.0 * p.others[1], 1) + " (" + points_text(p.others[2]) + ")"});
    std::vector<std::string> row = {d.name(p.set)};
    const auto add = [&](const double* v) {
      row.insert(row.end(), {fixed_number(100.0 * v[0], 2), fixed_number(100.0 * v[1], 2), points_text(v[2])});
    };
    add(p.own);
    if (nations && !p.around.empty()) add(p.bloc);
    if (nations && p.around.empty()) row.insert(row.end(), {"", "", ""});
    add(p.others);
    numbers.rows.push_back(std::move(row));
  }
  std::vector<std::string> names = {"own", nations ? "rest of nation or bloc" : "rest of bloc", "others"};
  if (taxed) names.push_back("taxes on the way");
  if (bars.size() > 60) bars.resize(60);  // a page; the table has all
  return bullets(sentences(d, parts)) +
         figure_html(caption,
                     parts_svg({"chart-look-through", caption,
                                "One bar a region: its own value added is solid, that of its nation or bloc "
                                "light, that of others hatched. The numbers follow in a table."},
                               names, bars),
                     numbers) +
         (taxed ? paragraph("What is missing to 100 are product taxes that producers pay on the way: nobody's value added.", "note") : "");
}

}  // namespace

std::string section_dependence(const ReportView& view) {
  const DependenceView d(view);
  if (d.sets.empty())
    return paragraph("This result holds no rows of dependence: it was made by an earlier version. Run the programme again.", "none");
  const bool gross = view.result.closures.empty();
  std::string html = paragraph(
      "What is bought from a neighbour may be made of things from further away. These numbers look through the chains: they follow every "
      "purchase "
      "back to where its value was added. Before and after are the accounts of " +
          std::to_string(view.result.accounts.year) + " without and with what is agreed, as it stands in " + std::to_string(d.year) + ", " +
          (gross ? "at fixed prices." : "at the prices of the net effect (" + view.result.closures.front().closure.name + ")."),
      "note");
  html += look_through_html(d) + supplier_quadrant_html(d) + upstream_html(d) + closings_html(d);
  return html +
         paragraph("Any other indicator, year, measure or bloc: `kontor indicators RESULT NAME`; `kontor indicators --list` names them.",
                   "note");
}

}  // namespace kontor
