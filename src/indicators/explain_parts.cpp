#include "explain_parts.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"

namespace kontor {

Explanation& part_named(Explanation& node, const std::string& kind, const std::string& name) {
  for (Explanation& part : node.parts)
    if (part.kind == kind && part.name == name) return part;
  node.parts.push_back({kind, name, 0.0, {}, {}, {}});
  return node.parts.back();
}

static void tidy_below(Explanation& node, std::size_t most, double nothing) {
  for (Explanation& part : node.parts) tidy_below(part, most, nothing);
  if (node.parts.empty()) return;
  auto& parts = node.parts;
  Sum rest;
  rest.add(node.value);
  for (const Explanation& part : parts) rest.add(-part.value);
  parts.erase(std::remove_if(parts.begin(), parts.end(), [&](const Explanation& p) { return std::fabs(p.value) <= nothing; }), parts.end());
  const bool in_order = !parts.empty() && parts.front().kind == "tier";  // one follows from the other: all stay
  if (!in_order)
    std::stable_sort(parts.begin(), parts.end(), [](const Explanation& a, const Explanation& b) {
      if ((a.kind == "others") != (b.kind == "others")) return b.kind == "others";
      return std::fabs(a.value) > std::fabs(b.value);
    });
  if (parts.size() > most + 1 && !in_order) {  // one alone stands under its own name
    Sum others;
    for (std::size_t k = most; k < parts.size(); ++k) others.add(parts[k].value);
    const std::string name = std::to_string(parts.size() - most) + " others";
    parts.resize(most);
    parts.push_back({"others", name, others.value(), {}, {}, {}});
  }
  if (std::fabs(rest.value()) > nothing) parts.push_back({"remainder", "remainder of the method", rest.value(), {}, {}, {}});
}

static double largest_in(const Explanation& node) {
  double largest = std::fabs(node.value);
  for (const Explanation& part : node.parts) largest = std::max(largest, largest_in(part));
  return largest;
}

void tidy(Explanation& root, std::size_t most) { tidy_below(root, most, 1e-12 * largest_in(root)); }

std::vector<int> suppliers_in(const Accounts& a, const std::function<bool(int region)>& region, int sector) {
  std::vector<int> found;
  for (int s = 0; s < supplier_count(a); ++s)
    if ((sector < 0 || supplier_sector(a, s) == sector) && region(supplier_region(a, s))) found.push_back(s);
  return found;
}

std::vector<int> buyers_in(const Accounts& a, const std::function<bool(int region)>& region, int sector) {
  std::vector<int> found;
  const int n = static_cast<int>(a.cells.size());
  for (int b = 0; b < buyer_count(a); ++b) {
    if (sector >= 0 && (b >= n || a.cells[static_cast<std::size_t>(b)].sector != sector)) continue;
    if (region(buyer_region(a, b))) found.push_back(b);
  }
  return found;
}

static void keep_largest(std::vector<SourceCell>& cells, std::size_t most) {
  std::stable_sort(cells.begin(), cells.end(),
                   [](const SourceCell& x, const SourceCell& y) { return std::fabs(x.value) > std::fabs(y.value); });
  if (cells.size() > most) cells.resize(most);
}

std::vector<SourceCell> largest_purchases(const Accounts& a, const std::vector<int>& suppliers, const std::vector<int>& buyers,
                                          std::size_t most) {
  struct Found {
    double value;
    int supplier, buyer;
  };
  std::vector<Found> found;
  for (const int s : suppliers)
    for (const int b : buyers)
      if (const double value = purchase(a, s, b); value != 0.0) {
        if (found.size() == most && !(std::fabs(value) > std::fabs(found.back().value))) continue;
        const auto at = std::find_if(found.begin(), found.end(), [&](const Found& f) { return std::fabs(value) > std::fabs(f.value); });
        found.insert(at, {value, s, b});
        if (found.size() > most) found.pop_back();
      }
  std::vector<SourceCell> cells;
  for (const Found& f : found) cells.push_back({supplier_label(a, f.supplier), buyer_label(a, f.buyer), f.value});
  return cells;
}

std::vector<SourceCell> largest_incomes(const Accounts& a, const RegionGroup& group, int sector, std::size_t most) {
  std::vector<SourceCell> cells;
  for (std::size_t j = 0; j < a.cells.size(); ++j)
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
      if (a.primary_rows[p].value_added && group.has[static_cast<std::size_t>(a.cells[j].region)] &&
          (sector < 0 || a.cells[j].sector == sector) && a.primary(p, j) != 0.0)
        cells.push_back({a.primary_rows[p].code, cell_label(a, static_cast<int>(j)), a.primary(p, j)});
  keep_largest(cells, most);
  return cells;
}

static std::string labelled(const std::string& code, const std::string& name) {
  return name.empty() || name == code ? code : code + " " + name;
}

std::string region_label(const Accounts& a, int region) {
  const Region& r = a.regions[static_cast<std::size_t>(region)];
  return labelled(r.code, r.name);
}

std::string sector_label(const Accounts& a, int sector) {
  const Sector& s = a.sectors[static_cast<std::size_t>(sector)];
  return labelled(s.code, s.name);
}

std::string measure_label(const Programme& programme, const std::string& id) {
  for (const Written& m : programme.measures)
    if (m.id == id) return labelled(id, m.title);
  return id;
}

}  // namespace kontor
