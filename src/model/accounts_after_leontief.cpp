// The fixed-price model's table after a scenario, in prices of the base.
//
//   x' = x + d,   z'(i,j) = (z(i,j) + dz(i,j)) x'(j) / x(j),   Y' = Y + dY,   V' = V diag(x' / x)
//
// dz and dY are what the scenario moves directly, dz at base output. A purchase that moves keeps its buyer's total, so costs
// still sum to output: sum_i z'(i,j) + V'(j) = x'(j). Uses do because d solves (I - A - dA) x' = y + dy.
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/model/accounts_after.h"

namespace kontor {

namespace {

// Rows times a factor a column. Idle columns have zeros, which stay.
Block scaled_columns(const Block& block, const std::vector<double>& factor) {
  if (block.empty()) return block;
  Matrix m = block.copy();
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j) m(i, j) *= factor[j];
  return m;
}

std::vector<double> growth_of_output(const LeontiefSystem& system, const LeontiefSolution& solution) {
  const Accounts& a = system.accounts();
  std::vector<double> growth(system.size(), 1.0);
  Findings findings;
  for (std::size_t j = 0; j < growth.size(); ++j) {
    growth[j] += solution.output[j] * system.inverse_output(j);
    if (system.inverse_output(j) == 0.0 && std::fabs(solution.output[j]) > 1e-9)
      findings.push_back({Severity::error, "idle-cell", a.title, cell_label(a, static_cast<int>(j)), "output",
                          "makes nothing in the accounts and " + number_text(solution.output[j]) + " after the measures",
                          "a cell whose inputs are known", "give the cell its output and inputs, or name another seller"});
  }
  throw_if_errors(findings);
  return growth;
}

// What moves away may leave rounding behind; nobody sells less than nothing for that.
void move(double& cell, double amount) {
  constexpr double rounding = 1e-9;  // share of the purchase, as the check of purchases forgives
  const double before = cell;
  cell += amount;
  if (cell < 0.0 && before >= 0.0 && -cell <= rounding * before) cell = 0.0;
}

// Imports less exports of each region, external ones included.
std::vector<double> net_imports(const Accounts& a) {
  std::vector<Sum> sums(a.regions.size());
  for (int supplier = 0; supplier < supplier_count(a); ++supplier)
    for (int buyer = 0; buyer < buyer_count(a); ++buyer) {
      const int from = supplier_region(a, supplier), to = buyer_region(a, buyer);
      if (from == to) continue;
      const double value = purchase(a, supplier, buyer);
      sums[static_cast<std::size_t>(to)].add(value), sums[static_cast<std::size_t>(from)].add(-value);
    }
  std::vector<double> net;
  for (const Sum& sum : sums) net.push_back(sum.value());
  return net;
}

}  // namespace

Accounts accounts_after(const LeontiefSystem& system, const LeontiefSolution& solution) {
  const Accounts& base = system.accounts();
  const std::size_t n = system.size();
  const std::vector<double> growth = growth_of_output(system, solution);
  Matrix z = base.intermediate.copy(), y = base.final_use.copy(), zi = base.imports_intermediate.copy(), yi = base.imports_final.copy();
  for (const PurchaseChange& c : solution.coefficients) {
    const auto i = static_cast<std::size_t>(c.supplier), j = static_cast<std::size_t>(c.buyer);
    move(i < n ? z(i, j) : zi(i - n, j), c.amount);
  }
  for (const PurchaseChange& c : solution.final_use) {
    const auto i = static_cast<std::size_t>(c.supplier), f = static_cast<std::size_t>(c.buyer) - n;
    move(i < n ? y(i, f) : yi(i - n, f), c.amount);
  }
  Accounts after = base;
  after.intermediate = scaled_columns(Block(std::move(z)), growth);
  after.imports_intermediate = scaled_columns(Block(std::move(zi)), growth);
  after.final_use = std::move(y), after.imports_final = std::move(yi);
  after.primary = scaled_columns(base.primary, growth);
  after.satellite = scaled_columns(base.satellite, growth);
  Matrix x = base.output.copy();
  for (std::size_t j = 0; j < n; ++j) x(0, j) += solution.output[j];
  after.output = std::move(x);
  if (!base.imbalances.empty()) {
    const std::vector<double> then = net_imports(base), now = net_imports(after);
    for (std::size_t r = 0; r < now.size(); ++r) after.imbalances[r] += now[r] - then[r];
  }
  return after;
}

void enter_border_costs(Accounts& a, const std::vector<const Shock*>& shocks) {
  const auto at = [&](int origin, int destination, int sector) -> BorderCost* {
    for (BorderCost& b : a.border_costs)
      if (b.exporter == origin && b.importer == destination && b.sector == sector) return &b;
    return nullptr;
  };
  for (const Shock* shock : shocks) {
    if (const auto* tariff = std::get_if<TariffRate>(&shock->change)) {
      if (BorderCost* b = at(tariff->origin, tariff->destination, tariff->sector))
        b->tariff = tariff->rate;
      else
        a.border_costs.push_back({tariff->sector, tariff->origin, tariff->destination, tariff->rate, std::nan("")});
    }
    const auto forget = [&](int origin, int destination, int sector) {
      if (BorderCost* b = at(origin, destination, sector); b && b->ntm_ave != 0.0) b->ntm_ave = std::nan("");
    };
    if (const auto* cost = std::get_if<TradeCost>(&shock->change)) forget(cost->origin, cost->destination, cost->sector);
    if (const auto* rent = std::get_if<Rent>(&shock->change)) forget(rent->origin, rent->destination, rent->sector);
  }
}

}  // namespace kontor
