// A made-up trade model of any size: gravity in trade, every pair of regions trades every product, tariffs on all borders.
// Shares are made directly: as accounts a thousand regions of sixty sectors would be a table of 3.6 thousand million numbers.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/accounts/shock.h"
#include "kontor/model/calibration.h"

namespace kontor {

/// Regions, products and shares; the accounts hold names and lists only, no flows.
struct SyntheticWorld {
  std::shared_ptr<Accounts> accounts;
  Calibration base;
};

/// Numbers between 0 and 1 that are the same everywhere.
class SyntheticNumbers {
 public:
  double operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_ = 7;
};

inline SyntheticWorld synthetic_world(int regions, int products) {
  SyntheticNumbers next;
  const auto n = static_cast<std::size_t>(regions), k = static_cast<std::size_t>(products), cells = n * k;
  SyntheticWorld world;
  world.accounts = std::make_shared<Accounts>();
  Accounts& a = *world.accounts;
  a.kind = AccountsKind::trade_model, a.title = "synthetic", a.year = 2000, a.currency = "USD", a.scale = 1.0;
  for (int p = 0; p < products; ++p) a.sectors.push_back({"S" + std::to_string(p), "", ""});
  a.categories = {{"FD", "final demand", FinalRole::household}};
  a.primary_rows = {{"VA", "value added", PrimaryRole::labour, true}};

  Calibration& c = world.base;
  c.accounts = &a;
  c.options.sourcing = SourcingBy::region;
  c.products = products;
  c.nations = regions;
  std::vector<double> size(n), x(n), y(n);
  for (int r = 0; r < regions; ++r) {
    const auto i = static_cast<std::size_t>(r);
    size[i] = std::exp(3.0 * next()), x[i] = next(), y[i] = next();
    a.regions.push_back({"R" + std::to_string(r), "", "", false});
    a.final_uses.push_back({r, 0});
    c.regions.push_back(r), c.region_number.push_back(r), c.nation.push_back(r);
    for (int p = 0; p < products; ++p) a.cells.push_back({r, p, p}), c.cell_region.push_back(r), c.cell_product.push_back(p);
  }
  for (std::size_t p = 0; p < k; ++p) c.elasticity.push_back(2.0 + 8.0 * next());
  c.options.trade_elasticity = c.elasticity;

  // Rows product by product, users and groups region by region.
  c.row_of_cell.resize(cells), c.cell_user.resize(cells);
  for (std::size_t p = 0; p < k; ++p) {
    c.first_row.push_back(static_cast<int>(p * n));
    for (std::size_t i = 0; i < n; ++i) {
      const auto cell = static_cast<int>(i * k + p);
      c.supplier_of.push_back(cell), c.cell_of.push_back(cell), c.row_of_cell[static_cast<std::size_t>(cell)] = static_cast<int>(p * n + i);
    }
  }
  c.first_row.push_back(static_cast<int>(cells));
  for (std::size_t r = 0; r < n; ++r) {
    c.first_group.push_back(static_cast<int>(r)), c.group_region.push_back(static_cast<int>(r));
    c.first_user.push_back(static_cast<int>(c.user_cell.size()));
    for (std::size_t p = 0; p <= k; ++p) {
      const bool cell = p < k;
      if (cell) c.cell_user[r * k + p] = static_cast<int>(c.user_cell.size());
      c.user_cell.push_back(cell ? static_cast<int>(r * k + p) : -1), c.user_column.push_back(cell ? -1 : static_cast<int>(r));
      c.user_group.push_back(static_cast<int>(r)), c.final_part.push_back(cell ? 0.0 : 1.0), c.final_tax.push_back(0.0);
    }
  }
  c.first_group.push_back(regions), c.first_user.push_back(static_cast<int>(c.user_cell.size()));

  // What users spend on what: value added 30 to 60 % of output, products of unequal weight.
  c.share = Matrix(c.user_cell.size(), k);
  std::vector<double> weight_of(k);
  for (double& w : weight_of) w = 0.2 + next();
  for (std::size_t u = 0; u < c.user_cell.size(); ++u) {
    const double goods = c.user_cell[u] < 0 ? 1.0 : 0.4 + 0.3 * next();
    double sum = 0.0;
    for (std::size_t p = 0; p < k; ++p) sum += c.share(u, p) = weight_of[p] * next();
    for (std::size_t p = 0; p < k; ++p) c.share(u, p) *= goods / sum;
    if (c.user_cell[u] >= 0) c.value_added.push_back(1.0 - goods);
  }

  // Who buys from whom: gravity with distance to the power -1.2, tariffs up to 20 %, and more at home than over borders.
  Matrix weight(cells, n), tariff(cells, n);
  for (std::size_t p = 0; p < k; ++p) {
    std::vector<double> good(n), total(n, 0.0);
    for (double& g : good) g = 0.2 + next();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t r = 0; r < n; ++r) {
        const double apart = 0.02 + std::hypot(x[i] - x[r], y[i] - y[r]);
        tariff(p * n + i, r) = i == r ? 0.0 : 0.2 * next();
        const double pull = size[i] * good[i] * std::pow(apart, -1.2) * (i == r ? 10.0 : 1.0);
        weight(p * n + i, r) = pull, total[r] += pull;
      }
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t r = 0; r < n; ++r) weight(p * n + i, r) /= total[r];
  }
  c.weight = std::make_shared<const Matrix>(std::move(weight));
  c.tariff = std::make_shared<const Matrix>(std::move(tariff));
  c.only_row.resize(k);

  // Levels: value added as the size of the region, spread as at home everything were bought; the baseline is solved anyway.
  c.output.assign(cells, 0.0), c.tax_share.assign(cells, 0.0), c.exports.assign(cells, 0.0);
  c.labour_part.assign(cells, 1.0), c.capital_part.assign(cells, 0.0), c.land_part.assign(cells, 0.0);
  c.spending = size, c.labour_income.assign(n, 0.0), c.capital_income.assign(n, 0.0), c.land_income.assign(n, 0.0);
  c.imbalance.assign(n, 0.0);
  for (std::size_t r = 0; r < n; ++r) {
    const std::size_t final_user = r * (k + 1) + k;
    std::vector<double> out(k, size[r] / static_cast<double>(k));
    for (int pass = 0; pass < 60; ++pass) {
      std::vector<double> use(k);
      for (std::size_t p = 0; p < k; ++p) use[p] = size[r] * c.share(final_user, p);
      for (std::size_t j = 0; j < k; ++j)
        for (std::size_t p = 0; p < k; ++p) use[p] += out[j] * c.share(r * (k + 1) + j, p);
      out = use;
    }
    for (std::size_t p = 0; p < k; ++p) c.output[r * k + p] = out[p], c.labour_income[r] += out[p] * c.value_added[r * k + p];
  }
  return world;
}

/// All tariffs among the first `members` regions at one rate.
inline std::vector<Shock> tariffs_of_a_bloc(const SyntheticWorld& world, int members, double rate) {
  std::vector<Shock> shocks;
  for (int p = 0; p < world.base.products; ++p)
    for (int from = 0; from < members; ++from)
      for (int to = 0; to < members; ++to)
        if (from != to) shocks.push_back({TariffRate{from, to, p, rate}, "bloc", 2000, Step::stated, false, "", false});
  return shocks;
}

}  // namespace kontor
