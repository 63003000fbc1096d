// What it costs whose budget, which instruments reach the targets, and where real income comes from.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/section_capacity.h"
#include "report/sections.h"

namespace kontor {

namespace {

struct Need {
  std::string name, code;
  double shown = 0.0, largest = 0.0, percent = 0.0, discounted = 0.0;
  int year = 0;
  bool leaf = true;
};

}  // namespace

static Need need_of(const ReportView& view, const NetColumn& column, const NamedRegion& region) {
  Need need{region.name, region.code};
  need.leaf = region.leaf;
  need.shown = net_at(view, column, "budget_need", region.code);
  need.discounted = net_at(view, column, "public_cost_discounted", region.code, view.result.programme.first_year);
  for (const int year : view.years) {
    const double value = net_at(view, column, "budget_need", region.code, year);
    if (!std::isfinite(value) || std::fabs(value) <= std::fabs(need.largest)) continue;
    need.largest = value, need.year = year;
    need.percent = net_at(view, column, "budget_need_percent", region.code, year);
  }
  return need;
}

// Budgets that have to find something, or are left with something, in the shown year and in the year of the largest need;
// nations and blocs after them, then all.
static std::string needs_table(const ReportView& view, const NetColumn& column) {
  constexpr double least = 1e-6;  // of the largest need
  std::vector<Need> needs;
  double most = 0.0, highest = 0.0;
  for (const NamedRegion& region : net_regions(view, column)) needs.push_back(need_of(view, column, region));
  needs.push_back(need_of(view, column, {"", "All regions", false}));
  const auto level_of = [](const Need& n) { return n.percent != 0.0 ? 100.0 * n.largest / n.percent : std::nan(""); };
  for (const Need& n : needs) most = std::max(most, std::fabs(n.largest));
  if (most == 0.0) return "";
  needs.erase(std::remove_if(needs.begin(), needs.end(), [&](const Need& n) { return std::fabs(n.largest) < least * most; }), needs.end());
  std::stable_sort(needs.begin(), needs.end(), [](const Need& a, const Need& b) {
    if (!a.leaf || !b.leaf) return a.leaf && !b.leaf;
    return a.largest > b.largest;
  });
  double discounted = most;
  for (const Need& n : needs) {
    if (std::isfinite(level_of(n))) highest = std::max(highest, level_of(n));
    if (std::isfinite(n.discounted)) discounted = std::max(discounted, std::fabs(n.discounted));
  }
  const Scale scale = money_scale(view.result.accounts, discounted), levels = money_scale(view.result.accounts, highest);
  HtmlTable table{"What the measures cost the budget of each region, " + column.name + ", " + scale.unit + "; a minus is a gain",
                  {"Region", "In " + std::to_string(view.shown_year), "In its dearest year", "Which year", "% of its value added",
                   "Value added, " + levels.unit, "Over the life, discounted"},
                  {}};
  for (const Need& n : needs)
    table.rows.push_back({n.name, std::isfinite(n.shown) ? scale.text(n.shown, false) : "n/a", scale.text(n.largest, false),
                          std::to_string(n.year), rounded_number(n.percent, 2) + " %", levels.text(level_of(n)),
                          std::isfinite(n.discounted) ? scale.text(n.discounted, false) : "n/a"});
  table.last_is_total = needs.back().code.empty();
  return table_html(table) +
         paragraph(
             "Value added is the factor income earned in the region, of the accounts. A region pays for what it builds and keeps in "
             "repair, for what it transfers less what it receives, and for subsidies less what tariffs bring.",
             "note");
}

// "out of reach: 80 % wanted in 2030, at most 41 %", of whichever year it was seen in; empty if it was not.
static std::string unreached_text(const ReportView& view, const NetColumn& column, const std::string& measure) {
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "target_wanted" && row.measure == measure && row.term == column.term) {
      const double largest = net_at(view, column, "target_largest", "", row.year, measure, row.sector);
      return "out of reach: " + rounded_number(row.value, 4) + " % wanted in " + std::to_string(row.year) +
             (std::isfinite(largest) ? ", at most " + rounded_number(largest, 4) + " %" : ", no equilibrium");
    }
  return "";
}

// The wedge that reaches each target, in the words of its instrument.
static std::string instruments_table(const ReportView& view, const std::vector<NetColumn>& columns) {
  HtmlTable table{"What it takes to reach the targets in " + std::to_string(view.shown_year), {"Measure", "Product", "Instrument"}, {}, 3};
  for (const NetColumn& c : columns) table.header.push_back("Rate on the price, " + c.name);
  table.header.push_back("Share of the users' purchases reached, %");
  for (const Written* m : view.committed) {
    if (m->kind != "import_substitution") continue;
    const std::string sector = m->has("product.sector") ? m->at("product.sector").text : "";
    const std::string instrument = m->has("instrument") ? m->at("instrument").text : "subsidy";
    std::vector<std::string> row = {m->id, view.sector_name(sector), instrument == "procurement" ? "procurement rule" : instrument};
    for (const NetColumn& c : columns) {
      const double wedge = net_at(view, c, "wedge", "", 0, m->id, sector);
      if (const std::string out_of_reach = unreached_text(view, c, m->id); !std::isfinite(wedge) && !out_of_reach.empty()) {
        row.push_back(out_of_reach);
        continue;
      }
      row.push_back(!std::isfinite(wedge) ? "n/a" : rounded_number(instrument == "subsidy" ? -wedge : wedge, 2) + " %");
    }
    const double share = net_at(view, columns.front(), "target_share", "", 0, m->id, sector);
    row.push_back(std::isfinite(share) ? rounded_number(share, 4) : "n/a");
    table.rows.push_back(row);
  }
  if (table.rows.empty()) return "";
  return table_html(table) +
         paragraph(
             "The rate of a subsidy lowers the price of the new origin; that of a tariff raises the price of the others. A procurement "
             "rule acts like a tariff that nobody collects: its rate is what the rule is worth to those whom it protects.",
             "note");
}

// Cheaper transport: the first-order check beside the solved effect.
static std::string savings_note(const ReportView& view, const NetColumn& own) {
  const double saved = net_at(view, own, "social_savings");
  if (!std::isfinite(saved)) return "";
  return paragraph(
      "Social savings in " + std::to_string(view.shown_year) + ": " + money_text(view.result.accounts, saved) +
          ", what today's flows cost less to move. They are a first-order check on the part of real income called efficiency, and no gain "
          "beside it: adding the two would count one gain twice.",
      "note");
}

std::string budgets_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  return needs_table(view, columns.front()) + instruments_table(view, columns) + capacity_html(view, columns);
}

std::string real_income_parts_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const NetColumn& own = columns.front();
  HtmlTable table{"", {"Region", "Real income"}, {}};
  std::vector<std::string> parts;
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "real_income_part" && row.region.empty() && row.term != "error of the path") parts.push_back(row.term);
  if (parts.empty() || view.shown_year != view.last_year) return "";
  for (const std::string& part : parts) table.header.push_back(part);
  const auto part_of = [&](const std::string& region, const std::string& part) {
    return view.index.at({"real_income_part", region, "", view.shown_year, "", part, ""});
  };
  std::vector<NamedRegion> regions = ranked_net_regions(view, own);
  regions.push_back({"", "All regions together", false});
  double largest = 0.0;
  for (const NamedRegion& r : regions)
    for (const std::string& part : parts) largest = std::max(largest, std::fabs(part_of(r.code, part)));
  const Scale scale = money_scale(view.result.accounts, largest);
  table.caption = "Where real income comes from in " + std::to_string(view.shown_year) + ", net, " + own.name + ", " + scale.unit;
  for (const NamedRegion& r : regions) {
    std::vector<std::string> row = {r.name, scale.text(net_at(view, own, "equivalent_variation", r.code), true)};
    for (const std::string& part : parts) row.push_back(scale.text(part_of(r.code, part), true));
    table.rows.push_back(row);
  }
  table.last_is_total = true;
  return "<h3>Where it comes from</h3>\n" + table_html(table) +
         paragraph(
             "The parts are integrated along the way from the baseline to the programme and add up to real income. Terms of trade: what a "
             "region "
             "sells against what it buys. Efficiency: productivity, and what goods cost less to move. Factors: more labour and capital at "
             "work. "
             "Ownership: profits from and to elsewhere. Budget: what is paid, received and bought. Taxes: constant rates on what grows.",
             "note") +
         savings_note(view, own);
}

}  // namespace kontor
