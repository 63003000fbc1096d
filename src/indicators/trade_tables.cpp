#include "trade_tables.h"

#include <algorithm>

#include "kontor/base/sum.h"

namespace kontor {

TradeTables trade_tables(const Picture& picture) {
  const Accounts& a = picture.accounts();
  const std::size_t n = a.cells.size(), k = a.imports.size(), regions = a.regions.size();
  TradeTables t{Matrix(n + k, regions), Matrix(n + k, regions), Matrix(n + k, regions)};
  const auto region_of_cell = [&](std::size_t j) { return static_cast<std::size_t>(a.cells[j].region); };
  const auto region_of_use = [&](std::size_t f) { return static_cast<std::size_t>(a.final_uses[f].region); };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) t.intermediate(i, region_of_cell(j)) += a.intermediate(i, j);
    for (std::size_t l = 0; l < regions; ++l) {
      t.final_use(i, l) = picture.final_use()(i, l);
      t.origin(i, l) = picture.value_added()[i] * picture.called_for()(i, l);
    }
  }
  for (std::size_t m = 0; m < k; ++m) {
    for (std::size_t j = 0; j < n; ++j) {
      t.intermediate(n + m, region_of_cell(j)) += a.imports_intermediate(m, j);
      const double coefficient = a.imports_intermediate(m, j) * picture.system().inverse_output(j);
      for (std::size_t l = 0; l < regions; ++l) t.origin(n + m, l) += coefficient * picture.called_for()(j, l);
    }
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
      t.final_use(n + m, region_of_use(f)) += a.imports_final(m, f);
      t.origin(n + m, region_of_use(f)) += a.imports_final(m, f);
    }
  }
  return t;
}

std::vector<int> regions_outside(const Accounts& a, const RegionSet* set, const RegionSet& other) {
  std::vector<int> outside;
  for (int r = 0; r < static_cast<int>(a.regions.size()); ++r)
    if (is_leaf(a, r) && !other.has(r) && (!set || set->has(r))) outside.push_back(r);
  return outside;
}

std::vector<double> by_sector(const Accounts& a, const Matrix& table, const std::vector<int>& sellers, const std::vector<int>& buyers) {
  std::vector<Sum> sums(a.sectors.size() + 1);
  for (int supplier = 0; supplier < supplier_count(a); ++supplier) {
    if (!std::binary_search(sellers.begin(), sellers.end(), supplier_region(a, supplier))) continue;
    for (const int buyer : buyers) {
      const double value = table(static_cast<std::size_t>(supplier), static_cast<std::size_t>(buyer));
      sums[static_cast<std::size_t>(supplier_sector(a, supplier))].add(value);
      sums.back().add(value);
    }
  }
  std::vector<double> values;
  for (const Sum& sum : sums) values.push_back(sum.value());
  return values;
}

}  // namespace kontor
