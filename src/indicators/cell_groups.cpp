#include "cell_groups.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

std::vector<bool> cells_inside(const Accounts& a, const RegionSet& set) {
  std::vector<bool> inside(a.cells.size());
  for (std::size_t i = 0; i < inside.size(); ++i) inside[i] = set.has(a.cells[i].region);
  return inside;
}

static std::string label_of(const Accounts& a, std::size_t sector, const Satellite* satellite) {
  if (!satellite || satellite->resolution == Resolution::cell) return a.sectors[sector].code;
  return satellite->resolution == Resolution::sector_group ? satellite->sector_group[sector] : "";
}

std::vector<CellGroup> cell_groups(const Accounts& a, const RegionSet& set, const Satellite* satellite) {
  const std::vector<bool> inside = cells_inside(a, set);
  std::vector<CellGroup> groups;
  CellGroup all;
  for (std::size_t s = 0; s < a.sectors.size(); ++s) {
    const std::string label = label_of(a, s, satellite);
    if (label.empty()) continue;
    if (std::none_of(groups.begin(), groups.end(), [&](const CellGroup& g) { return g.label == label; })) groups.push_back({label, {}});
  }
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (!inside[i]) continue;
    all.cells.push_back(i);
    const std::string label = label_of(a, static_cast<std::size_t>(a.cells[i].sector), satellite);
    for (CellGroup& group : groups)
      if (group.label == label) group.cells.push_back(i);
  }
  std::erase_if(groups, [](const CellGroup& group) { return group.cells.empty(); });
  groups.push_back(std::move(all));
  return groups;
}

double group_sum(const CellGroup& group, std::span<const double> values) {
  Sum sum;
  for (const std::size_t i : group.cells) {
    if (std::isnan(values[i])) return std::nan("");
    sum.add(values[i]);
  }
  return sum.value();
}

double group_mean(const CellGroup& group, std::span<const double> values, std::span<const double> weights) {
  Sum sum, weight;
  for (const std::size_t i : group.cells) {
    if (!(weights[i] > 0.0)) continue;
    if (std::isnan(values[i])) return std::nan("");
    sum.add(values[i] * weights[i]), weight.add(weights[i]);
  }
  return weight.value() > 0.0 ? sum.value() / weight.value() : std::nan("");
}

std::string cells_in_words(const Accounts& a, const std::vector<std::size_t>& cells, std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min(most, cells.size()); ++k) names.push_back(cell_label(a, static_cast<int>(cells[k])));
  if (cells.size() > most) names.emplace_back("...");
  return std::to_string(cells.size()) + (cells.size() == 1 ? " cell (" : " cells (") + joined(names, ", ") + ")";
}

}  // namespace kontor
