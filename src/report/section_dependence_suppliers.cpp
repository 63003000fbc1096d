// How few suppliers stand behind what a region buys, beside how much each product matters to it.
#include <algorithm>
#include <cmath>

#include "report/dependence_view.h"
#include "report/html.h"
#include "report/number_format.h"
#include "report/svg.h"

namespace kontor {

namespace {

constexpr const char* indicator = "supplier_concentration";
constexpr double concentrated = 0.4;  // HHI above which the European Commission's screen looks closer

struct Product {
  std::string sector;
  double importance[2], foreign[2], face[2], through[2];  // before, after
  double weight() const { return importance[1] * face[1]; }
};

std::vector<Product> products_of(const DependenceView& d, const std::string& set) {
  std::vector<Product> products;
  const char* states[] = {"before", "after"};
  for (const Sector& sector : d.view.result.accounts.sectors) {
    Product p{sector.code, {}, {}, {}, {}};
    for (int k = 0; k < 2; ++k) {
      p.importance[k] = d.at(indicator, set, sector.code, "importance", states[k]);
      p.foreign[k] = d.at(indicator, set, sector.code, "foreign_share", states[k]);
      p.face[k] = d.at(indicator, set, sector.code, "face_value_foreign", states[k]);
      p.through[k] = d.at(indicator, set, sector.code, "look_through_foreign", states[k]);
    }
    if (std::isfinite(p.importance[1]) && std::isfinite(p.face[1])) products.push_back(p);
  }
  std::stable_sort(products.begin(), products.end(), [](const Product& x, const Product& y) { return x.weight() > y.weight(); });
  return products;
}

double moved(const std::vector<Product>& products) {
  double sum = 0.0;
  for (const Product& p : products)
    if (std::isfinite(p.face[0])) sum += p.importance[1] * std::fabs(p.face[1] - p.face[0]);
  return sum;
}

// More than one origin outside: else every index is 1 and says nothing.
bool has_choice(const std::vector<Product>& products) {
  return std::any_of(products.begin(), products.end(), [](const Product& p) { return p.face[1] < 0.999; });
}

// The set whose suppliers the programme changes most.
std::string most_moved(const DependenceView& d) {
  std::string best;
  double most = -1.0;
  for (const std::string& set : d.sets) {
    const std::vector<Product> products = products_of(d, set);
    if (has_choice(products) && moved(products) > most * (1.0 + 1e-9)) best = set, most = moved(products);
  }
  return best;
}

std::string sentence(const DependenceView& d, const std::string& set, const std::vector<Product>& products, double mean) {
  std::vector<std::string> corner;
  const Product* most = nullptr;
  for (const Product& p : products) {
    if (p.importance[1] > mean && p.face[1] > concentrated) corner.push_back(d.view.sector_name(p.sector));
    if (std::isfinite(p.face[0]) && (!most || std::fabs(p.face[1] - p.face[0]) > std::fabs(most->face[1] - most->face[0]))) most = &p;
  }
  std::string text = "Shown is " + d.name(set) + ", whose suppliers the programme changes most. ";
  const std::string rule = " more than the average with few suppliers outside it (index above 0.4)";
  text += corner.empty() ? "None of its products matters" + rule + "."
                         : "Of its " + std::to_string(products.size()) + " products, those that matter" + rule + ": ";
  for (std::size_t k = 0; k < std::min<std::size_t>(corner.size(), 5); ++k) text += (k ? ", " : "") + corner[k];
  if (corner.size() > 5) text += " and " + count_text(corner.size() - 5) + " more";
  if (!corner.empty()) text += ".";
  if (most && std::fabs(most->face[1] - most->face[0]) > 1e-9)
    text += " The index moves most for " + d.view.sector_name(most->sector) + ", " + share_text(most->importance[1]) +
            " of all that it buys: from " + fixed_number(most->face[0], 4) + " to " + fixed_number(most->face[1], 4) + ".";
  return text;
}

HtmlTable table_of(const DependenceView& d, const std::string& set, const std::vector<Product>& products) {
  HtmlTable table{"Suppliers of " + d.name(set) + " by product in " + std::to_string(d.year) +
                      ": share of all it buys, part bought outside it, and the Herfindahl index of its suppliers outside (1: a single one)",
                  {"Product", "Share of purchases, %", "Bought outside before, %", "after, %", "Index before", "after", "change",
                   "Looking through, after"},
                  {}};
  for (const Product& p : products)
    table.rows.push_back({d.view.sector_name(p.sector), fixed_number(100.0 * p.importance[1], 2), fixed_number(100.0 * p.foreign[0], 2),
                          fixed_number(100.0 * p.foreign[1], 2), fixed_number(p.face[0], 4), fixed_number(p.face[1], 4),
                          index_change_text(p.face[1] - p.face[0]), fixed_number(p.through[1], 4)});
  return table;
}

}  // namespace

std::string supplier_quadrant_html(const DependenceView& d) {
  std::string html = "<h3>Few suppliers of what matters</h3>\n";
  const std::string set = most_moved(d);
  if (set.empty())
    return html + paragraph(
                      "Every region buys from outside it from one origin only, as far as these accounts tell: no index of concentration "
                      "says anything here.",
                      "none");
  const std::vector<Product> products = products_of(d, set);
  const double mean = 1.0 / static_cast<double>(products.size());
  Scatter scatter{"share of all that " + d.name(set) + " buys (scale of square roots)",
                  "index of concentration of suppliers outside it",
                  "matters, and few suppliers",
                  mean,
                  concentrated,
                  {}};
  for (const Product& p : products)
    scatter.points.push_back({d.view.sector_name(p.sector), p.importance[1], p.face[1], p.importance[0], p.face[0],
                              d.view.sector_name(p.sector) + ": share " + share_text(p.importance[1]) + ", index " +
                                  fixed_number(p.face[0], 4) + " before, " + fixed_number(p.face[1], 4) + " after, looking through " +
                                  fixed_number(p.through[1], 4)});
  const std::string caption = "Concentration of suppliers and importance by product, " + d.name(set) + " in " + std::to_string(d.year);
  html += paragraph(sentence(d, set, products, mean));
  html +=
      figure_html(caption,
                  scatter_svg({"chart-suppliers", caption,
                               "Products by their share of all purchases, to the right, and the concentration of their suppliers, upwards. "
                               "Hollow before, solid after. The numbers follow in a table."},
                              scatter),
                  table_of(d, set, products));
  return html + paragraph(
                    "The cross stands at the average share of a product and at an index of 0.4, the bound of the European Commission's "
                    "screen of import dependence. An industry of these accounts holds many products: a single one may depend on one "
                    "supplier where its industry does not.",
                    "note");
}

}  // namespace kontor
