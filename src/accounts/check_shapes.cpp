#include "kontor/accounts/store.h"
#include "kontor/base/error.h"

namespace kontor {

void check_shapes(const Accounts& a, const std::string& where) {
  const auto expect = [&](const Block& block, std::size_t rows, std::size_t columns, const char* name, bool may_be_empty) {
    if (may_be_empty && block.empty()) return;
    if (block.rows() != rows || block.columns() != columns)
      fail(Exit::data, "bad-shape", where, "", name, std::to_string(block.rows()) + " x " + std::to_string(block.columns()),
           std::to_string(rows) + " x " + std::to_string(columns) + " by the label tables", "import the accounts again");
  };
  const std::size_t n = a.cells.size(), m = a.final_uses.size(), k = a.imports.size(), p = a.primary_rows.size(), s = a.satellites.size();
  expect(a.intermediate, n, n, "intermediate", n == 0);
  expect(a.final_use, n, m, "final_use", n * m == 0);
  expect(a.imports_intermediate, k, n, "imports_intermediate", k * n == 0);
  expect(a.imports_final, k, m, "imports_final", k * m == 0);
  expect(a.primary, p, n, "primary", p * n == 0);
  expect(a.primary_final, p, m, "primary_final", true);
  expect(a.output, 1, n, "output", n == 0);
  expect(a.satellite, s, n, "satellite", s * n == 0);
  expect(a.satellite_final, s, m, "satellite_final", true);
  expect(a.distance, a.regions.size(), a.regions.size(), "distance", true);
  if (!a.imbalances.empty() && a.imbalances.size() != a.regions.size())
    fail(Exit::data, "bad-shape", where, "", "imbalances", std::to_string(a.imbalances.size()) + " imbalances",
         "one for each of " + std::to_string(a.regions.size()) + " regions", "import the accounts again");
  for (const TradeElasticity& e : a.trade_elasticities)
    if (e.sector < 0 || e.sector >= static_cast<int>(a.sectors.size()))
      fail(Exit::data, "unknown-sector", where, "", "trade_elasticities", "sector number " + std::to_string(e.sector),
           "a sector of the accounts", "import the accounts again");
  for (const Cell& cell : a.cells)
    if (!is_leaf(a, cell.region) || a.regions[static_cast<std::size_t>(cell.region)].external)
      fail(Exit::data, "cell-of-parent", where, "", "",
           "region " + quoted(a.regions[static_cast<std::size_t>(cell.region)].code) + " owns cells",
           "only regions without children, and not abroad, own cells", "check regions.csv");
  for (const Region& region : a.regions)
    if (!region.parent.empty() && region_index(a, region.parent) < 0)
      fail(Exit::data, "unknown-parent", where, "", "parent", quoted(region.parent), "the code of another region", "check regions.csv");
}

}  // namespace kontor
