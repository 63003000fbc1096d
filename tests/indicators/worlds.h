// The same accounts in another order and in another money.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor::test {

using Order = std::vector<std::size_t>;  // new place to old place

inline Order every(std::size_t count) {
  Order order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

/// Places 0, 1, 2, ... in steps that reach each once: an order that keeps no neighbours.
inline Order shuffled(std::size_t count) {
  std::size_t step = count / 2 + 1;
  while (std::gcd(step, std::max<std::size_t>(count, 1)) != 1) ++step;
  Order order;
  for (std::size_t i = 0, at = count ? count - 1 : 0; i < count; ++i, at = (at + step) % count) order.push_back(at);
  return order;
}

inline Order reversed(const Order& order) {
  Order back(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) back[order[i]] = i;
  return back;
}

inline Block in_order(const Block& block, const Order& rows, const Order& columns) {
  if (block.empty()) return block;
  Matrix m(block.rows(), block.columns());
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j) m(i, j) = block(rows[i], columns[j]);
  return m;
}

/// Regions and sectors in another order, and cells, columns and rows with them.
inline Accounts permuted(const Accounts& a) {
  const Order regions = shuffled(a.regions.size()), sectors = shuffled(a.sectors.size());
  const Order region_now = reversed(regions), sector_now = reversed(sectors);
  const auto new_region = [&](int r) { return static_cast<int>(region_now[static_cast<std::size_t>(r)]); };
  const auto new_sector = [&](int s) { return static_cast<int>(sector_now[static_cast<std::size_t>(s)]); };
  Order cells = every(a.cells.size()), uses = every(a.final_uses.size()), imports = every(a.imports.size());
  std::sort(cells.begin(), cells.end(), [&](std::size_t i, std::size_t j) {
    return std::pair(new_region(a.cells[i].region), new_sector(a.cells[i].sector)) <
           std::pair(new_region(a.cells[j].region), new_sector(a.cells[j].sector));
  });
  std::sort(uses.begin(), uses.end(), [&](std::size_t i, std::size_t j) {
    return std::pair(new_region(a.final_uses[i].region), -a.final_uses[i].category) <
           std::pair(new_region(a.final_uses[j].region), -a.final_uses[j].category);
  });
  std::sort(imports.begin(), imports.end(), [&](std::size_t i, std::size_t j) {
    return std::pair(new_region(a.imports[i].region), new_sector(a.imports[i].sector)) <
           std::pair(new_region(a.imports[j].region), new_sector(a.imports[j].sector));
  });
  Accounts b = a;
  for (std::size_t r = 0; r < regions.size(); ++r) b.regions[r] = a.regions[regions[r]];
  for (std::size_t s = 0; s < sectors.size(); ++s) b.sectors[s] = a.sectors[sectors[s]];
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& old = a.cells[cells[i]];
    b.cells[i] = {new_region(old.region), new_sector(old.sector), new_sector(old.product)};
  }
  for (std::size_t f = 0; f < uses.size(); ++f)
    b.final_uses[f] = {new_region(a.final_uses[uses[f]].region), a.final_uses[uses[f]].category};
  for (std::size_t k = 0; k < imports.size(); ++k)
    b.imports[k] = {new_region(a.imports[imports[k]].region), new_sector(a.imports[imports[k]].sector)};
  for (Satellite& s : b.satellites) {
    const std::vector<std::string> old = s.sector_group;
    for (std::size_t k = 0; k < old.size(); ++k) s.sector_group[k] = old[sectors[k]];
  }
  for (BorderCost& c : b.border_costs)
    c.sector = new_sector(c.sector), c.exporter = new_region(c.exporter), c.importer = new_region(c.importer);
  for (TradeElasticity& e : b.trade_elasticities) e.sector = new_sector(e.sector);
  for (std::size_t r = 0; r < a.imbalances.size(); ++r) b.imbalances[r] = a.imbalances[regions[r]];
  const Order primary = every(a.primary_rows.size()), satellites = every(a.satellites.size());
  b.intermediate = in_order(a.intermediate, cells, cells), b.final_use = in_order(a.final_use, cells, uses);
  b.imports_intermediate = in_order(a.imports_intermediate, imports, cells), b.imports_final = in_order(a.imports_final, imports, uses);
  b.primary = in_order(a.primary, primary, cells), b.primary_final = in_order(a.primary_final, primary, uses);
  b.output = in_order(a.output, every(1), cells);
  b.satellite = in_order(a.satellite, satellites, cells), b.satellite_final = in_order(a.satellite_final, satellites, uses);
  b.distance = in_order(a.distance, regions, regions);
  return b;
}

/// Every amount of money times a number.
inline Accounts in_money(const Accounts& a, double times) {
  Accounts b = a;
  for (Block Accounts::*block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::imports_intermediate, &Accounts::imports_final,
                                 &Accounts::primary, &Accounts::primary_final, &Accounts::output}) {
    if ((a.*block).empty()) continue;
    Matrix m = (a.*block).copy();
    for (double& value : m.values) value *= times;
    b.*block = std::move(m);
  }
  for (double& value : b.imbalances) value *= times;
  return b;
}

}  // namespace kontor::test
