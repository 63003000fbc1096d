// Dependence that moves upstream with a product that is now made at home, and what the largest suppliers' absence would cost.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/sum.h"
#include "report/dependence_view.h"
#include "report/html.h"
#include "report/number_format.h"

namespace kontor {

namespace {

/// A product that a measure makes in a region, and what of others stands behind it.
struct Made {
  std::string measure, region, sector, around;
  double own = 0.0, bloc = 0.0, others = 0.0, others_before = 0.0;
  std::vector<std::pair<double, std::string>> behind;  // share, sector elsewhere; largest first
};

std::vector<Made> made_products(const DependenceView& d) {
  std::vector<Made> all;
  const auto find = [&](const EffectRow& row, const std::string& sector) -> Made& {
    for (Made& m : all)
      if (m.measure == row.measure && m.region == row.region && m.sector == sector) return m;
    all.push_back({row.measure, row.region, sector, "", 0.0, 0.0, 0.0, 0.0, {}});
    return all.back();
  };
  for (const EffectRow& row : d.view.result.effects) {
    if (row.indicator == "upstream_content") {
      Made& m = find(row, row.sector);
      if (row.term == "own/after") m.own = row.value;
      if (row.term == "bloc/after") m.bloc = row.value, m.around = row.partner;
      if (row.term == "others/after") m.others = row.value;
      if (row.term == "others/before") m.others_before = row.value;
    }
    if (row.indicator == "upstream_foreign" && row.term == "after" && row.value > 0.0)
      find(row, row.partner).behind.emplace_back(row.value, row.sector);
  }
  for (Made& m : all) std::stable_sort(m.behind.begin(), m.behind.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
  return all;
}

std::string title_of(const DependenceView& d, const std::string& id) {
  for (const Written& m : d.view.result.programme.measures)
    if (m.id == id && !m.title.empty()) return id + ", " + m.title;
  return id;
}

std::string largest_behind(const DependenceView& d, const Made& m) {
  std::string text;
  for (std::size_t k = 0; k < std::min<std::size_t>(m.behind.size(), 3); ++k)
    text += (k ? ", " : "") + d.view.sector_name(m.behind[k].second) + " " + fixed_number(100.0 * m.behind[k].first, 1);
  return text;
}

// Of what a measure's building phase buys, the part that is bought outside the nation of the product.
std::string building_sentence(const DependenceView& d, const Made& m) {
  const Accounts& a = d.view.result.accounts;
  Sum all, outside;
  const int nation = nation_of(a, region_index(a, m.region));
  for (const EffectRow& row : d.view.result.effects) {
    if (row.indicator != "building_purchases" || row.measure != m.measure) continue;
    all.add(row.value);
    const int seller = region_index(a, row.region);
    if (seller < 0 || nation_of(a, seller) != nation) outside.add(row.value);
  }
  if (!(all.value() > 0.0)) return "";
  return " Its building phase buys " + money_text(a, all.value(), false) + " of works and equipment, " +
         money_text(a, outside.value(), false) + " of it (" + fixed_number(100.0 * outside.value() / all.value(), 0) + " %) from outside " +
         d.view.region_name(a.regions[static_cast<std::size_t>(nation)].code) + ".";
}

struct Closing {
  std::string region, supplier;
  double money = 0.0, before = 0.0, after = 0.0;  // value added after, accounts units; per cent
  double change() const { return after - before; }
};

std::vector<Closing> closings(const DependenceView& d) {
  std::vector<Closing> all;
  for (const EffectRow& row : d.view.result.effects)
    if (row.indicator == "loss_supplier" && row.sector.empty() && row.term == "value_added_percent/after" && std::isfinite(row.value))
      all.push_back({row.region, row.partner, d.at("loss_supplier", row.region, "", "value_added", "after", row.partner),
                     d.at("loss_supplier", row.region, "", "value_added_percent", "before", row.partner), row.value});
  // In the order of the accounts: nothing here is a ranking.
  const auto place = [&](const Closing& c) {
    return std::pair(region_index(d.view.result.accounts, c.region), region_index(d.view.result.accounts, c.supplier));
  };
  std::stable_sort(all.begin(), all.end(), [&](const Closing& x, const Closing& y) { return place(x) < place(y); });
  return all;
}

std::string closing_sentence(const DependenceView& d, const Closing& c, const char* verb) {
  return std::string("The programme ") + verb + " most the exposure of " + d.view.region_name(c.region) + " to " +
         d.view.region_name(c.supplier) + ": from " + fixed_number(c.before, 2) + " to " + fixed_number(c.after, 2) +
         " % of its value added (" + fixed_number(c.change(), 3, true) + " points).";
}

}  // namespace

std::string upstream_html(const DependenceView& d) {
  const std::vector<Made> products = made_products(d);
  if (products.empty()) return "";
  std::string html = "<h3>Dependence that moves upstream</h3>\n";
  const std::string& currency = d.view.result.accounts.currency;
  std::vector<std::string> lines;
  HtmlTable table{"What stands behind a product that is made at home now, of each 100 " + currency + " of it in " + std::to_string(d.year),
                  {"Measure", "Product", "Made in", "Own value added", "Rest of nation", "Others", "Others before"},
                  {},
                  3};
  for (const Made& m : products) {
    std::string line = title_of(d, m.measure) + ": each 100 " + currency + " of " + d.view.sector_name(m.sector) + " made in " +
                       d.view.region_name(m.region) + " hold " + fixed_number(100.0 * m.own, 1) + " of its own value added";
    if (!m.around.empty()) line += ", " + fixed_number(100.0 * m.bloc, 1) + " of the rest of " + d.view.region_name(m.around);
    line += " and " + fixed_number(100.0 * m.others, 1) + " of others";
    if (!m.behind.empty()) line += ", above all " + largest_behind(d, m);
    line += ".";
    lines.push_back(line + building_sentence(d, m));
    table.rows.push_back({m.measure, d.view.sector_name(m.sector), d.view.region_name(m.region), fixed_number(100.0 * m.own, 1),
                          m.around.empty() ? "" : fixed_number(100.0 * m.bloc, 1), fixed_number(100.0 * m.others, 1),
                          fixed_number(100.0 * m.others_before, 1)});
  }
  html += paragraph(
      "What is made at home is no longer bought whole from elsewhere, but its components, services and machines are: the part of others "
      "below is the dependence that stays, one step further up.");
  return html + bullets(lines) + table_html(table) +
         paragraph(
             "By average technology of the industry in that region: a plant that assembles imported parts holds more of others. "
             "Equipment counts in the building phase, not in the product.",
             "note");
}

std::string closings_html(const DependenceView& d) {
  const std::vector<Closing> all = closings(d);
  if (all.empty()) return "";
  std::string html = "<h3>If a large supplier delivered nothing</h3>\n";
  html += paragraph(
      "For each region its three largest suppliers in the accounts, one at a time: what would be missing if that supplier delivered "
      "nothing, nobody "
      "made it up, and every user passed the shortage on. It is an upper bound for the first months, it says how exposed a region is and "
      "whether the "
      "programme softens or sharpens it, and it ranks nobody.");
  const Closing *softened = nullptr, *sharpened = nullptr;
  for (const Closing& c : all) {
    if (!std::isfinite(c.change())) continue;
    if (!softened || c.change() < softened->change()) softened = &c;
    if (!sharpened || c.change() > sharpened->change()) sharpened = &c;
  }
  constexpr double rounding = 5e-4;  // points: it prints as 0.001
  std::vector<std::string> lines;
  if (softened && softened->change() < -rounding) lines.push_back(closing_sentence(d, *softened, "softens"));
  if (sharpened && sharpened->change() > rounding) lines.push_back(closing_sentence(d, *sharpened, "sharpens"));
  if (lines.empty()) lines.push_back("The programme changes no such exposure by as much as 0.001 points.");
  double largest = 0.0;
  for (const Closing& c : all)
    if (std::isfinite(c.money)) largest = std::max(largest, std::fabs(c.money));
  const Scale money = money_scale(d.view.result.accounts, largest / 10.0);  // the smaller ones have digits too
  HtmlTable table{
      "Value added of a region that would be missing without one of its three largest suppliers, % of its value added; level in " +
          money.unit,
      {"Region", "Supplier", "Before, %", "After, %", "Change, points", "Level after, " + money.unit},
      {},
      2};
  for (const Closing& c : all)
    table.rows.push_back({d.view.region_name(c.region), d.view.region_name(c.supplier), fixed_number(c.before, 2), fixed_number(c.after, 2),
                          std::fabs(c.change()) < rounding ? "none" : fixed_number(c.change(), 3, true), money.text(c.money)});
  return html + bullets(lines) + details("The exposures of every region", table_html(table));
}

}  // namespace kontor
