// A small world with everything in it that the equilibrium model knows: two regions of a nation and one abroad of it, three
// sectors, one cell without output, land, taxes, tariffs, stocks that fall, and on request a region outside (open).
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>

#include "kontor/model/equilibrium.h"

namespace kontor::test {

/// Numbers between 0 and 1 that are the same everywhere.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  double operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  double around(double size) { return size * (2.0 * (*this)() - 1.0); }

 private:
  std::uint64_t state_;
};

inline Accounts small_world(bool open) {
  Numbers next(5);
  Accounts a;
  a.title = "small world", a.year = 2020, a.currency = "EUR";
  a.regions = {{"A", "A", "", false}, {"A1", "A1", "A", false}, {"A2", "A2", "A", false}, {"B", "B", "", false}};
  if (open) a.regions.push_back({"X", "abroad", "", true});
  a.sectors = {{"1", "one", ""}, {"2", "two", ""}, {"3", "three", ""}};
  for (int r = 1; r <= 3; ++r)
    for (int s = 0; s < 3; ++s) a.cells.push_back({r, s, s});
  const std::size_t n = a.cells.size(), idle = n - 1;  // B makes no product 3
  a.categories = {{"H", "households", FinalRole::household},
                  {"I", "investment", FinalRole::investment},
                  {"V", "stocks", FinalRole::inventories},
                  {"E", "exports", FinalRole::exports}};
  for (int r = 1; r <= 3; ++r) a.final_uses.push_back({r, 0});
  a.final_uses.push_back({1, 1}), a.final_uses.push_back({3, 1}), a.final_uses.push_back({1, 2});
  if (open) a.final_uses.push_back({4, 3});
  if (open) a.imports = {{4, 0}, {4, 1}};
  a.primary_rows = {{"L", "wages", PrimaryRole::labour, true},
                    {"K", "surplus", PrimaryRole::capital, true},
                    {"N", "rents", PrimaryRole::land, true},
                    {"T", "taxes", PrimaryRole::tax, false}};
  const std::size_t m = a.final_uses.size(), k = a.imports.size();
  Matrix z(n, n), y(n, m), zi(k, n), yi(k, m), x(1, n), v(4, n), vf(4, m);
  const auto flow = [&](int seller_region, int buyer_region, double size) {
    return size * (0.2 + next()) * (seller_region == buyer_region ? 3.0 : 1.0);
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (i == idle) continue;
    for (std::size_t j = 0; j < n; ++j)
      if (j != idle) z(i, j) = flow(a.cells[i].region, a.cells[j].region, 3.0);
    for (std::size_t f = 0; f < m; ++f) y(i, f) = flow(a.cells[i].region, a.final_uses[f].region, f < 3 ? 30.0 : 8.0);
    y(i, 5) *= i % 2 == 0 ? 0.1 : -0.1;
    for (std::size_t j = 0; j < n; ++j) x(0, i) += z(i, j);
    for (std::size_t f = 0; f < m; ++f) x(0, i) += y(i, f);
  }
  z(4, 2) = 0.0;  // a flow that does not exist; the row's total follows from its stock
  for (std::size_t q = 0; q < k; ++q) {
    for (std::size_t j = 0; j < idle; ++j) zi(q, j) = flow(0, 1, 3.0);
    for (std::size_t f = 0; f < 5; ++f) yi(q, f) = flow(0, 1, 15.0);
  }
  for (std::size_t j = 0; j < idle; ++j) {
    double rest = x(0, j);
    for (std::size_t i = 0; i < n; ++i) rest -= z(i, j);
    for (std::size_t q = 0; q < k; ++q) rest -= zi(q, j);
    const double part = 0.5 + 0.2 * next();
    v(0, j) = rest * part, v(2, j) = j % 3 == 0 ? 0.1 * rest : 0.0, v(3, j) = 0.05 * rest * next();
    v(1, j) = rest - v(0, j) - v(2, j) - v(3, j);
  }
  for (std::size_t f = 0; f < 3; ++f) vf(3, f) = 20.0;
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.primary_final = std::move(vf);
  a.imports_intermediate = std::move(zi), a.imports_final = std::move(yi);
  a.border_costs = {{0, 3, 1, 0.10, 0.0}, {0, 3, 2, 0.10, 0.0}, {1, 1, 3, 0.05, 0.0}, {1, 2, 3, 0.05, 0.0}};
  return a;
}

/// Shocks of every kind: weights, wedges, costs, factors, purchases, transfers, owners, two limits of which the first binds,
/// and a share to be reached.
inline Economy shocked(const Economy& baseline, bool with_target, double size = 1.0) {
  Numbers next(11);
  Economy e = baseline;
  const Calibration& base = *e.base;
  Matrix weight = e.weight.table(), net = e.net.table();
  for (std::size_t p = 0; p < base.elasticity.size(); ++p)
    for (int q = base.first_row[p]; q < base.first_row[p + 1]; ++q)
      for (std::size_t b = 0; b < weight.columns; ++b) {
        const double cost = size * next.around(0.05), wedge = size * next.around(0.05);
        const auto row = static_cast<std::size_t>(q);
        weight(row, b) *= std::exp(-base.elasticity[p] * (cost + wedge));
        net(row, b) *= std::exp(-base.elasticity[p] * (cost + wedge) - wedge);
      }
  e.weight = {std::move(weight), e.base->first_row}, e.net = {std::move(net), e.base->first_row};
  for (double& c : e.cost_shift) c += size * next.around(0.05);
  for (double& k : e.capital) k *= std::exp(size * 0.1 * next());
  for (double& l : e.labour) l *= std::exp(size * next.around(0.05));
  e.fixed.push_back({0, 2, size * 4.0, false}), e.fixed.push_back({base.row_of_cell[4], 0, size * 3.0, true});
  e.transfers = {size * 5.0, size * -2.0, size * -3.0};
  e.owned = {{2, 1, 0.5}, {0, 6, 0.3}};
  e.limits = {{1, 0.92 * base.output[1]}, {6, 1.5 * base.output[6]}};
  e.fund_share = {0.3, 0.2, 0.4};
  e.wedge_revenue_before = {1.0, 2.0, 1.5};
  if (!with_target) return e;
  // Users in region 0 shall buy a little more of product 1 from their own region.
  WedgeTarget target{"T", Instrument::subsidy, 1, 0.0, {}};
  for (int b = base.first_group[0]; b < base.first_group[1]; ++b)
    for (int q = base.first_row[1]; q < base.first_row[2]; ++q) {
      const bool home = base.cell_of[static_cast<std::size_t>(q)] == 1;
      if (e.weight(static_cast<std::size_t>(q), static_cast<std::size_t>(b)) > 0.0) target.flows.push_back({q, b, home, home});
    }
  target.share = 0.5;
  e.targets.push_back(target);
  return e;
}

/// Every closure: labour x capital x imbalance x budget.
inline std::vector<Closure> all_closures() {
  std::vector<Closure> all;
  for (const LabourRule labour : {LabourRule::fixed, LabourRule::mobile, LabourRule::real_wage})
    for (const CapitalRule capital : {CapitalRule::fixed, CapitalRule::mobile, CapitalRule::world_return})
      for (const ImbalanceRule imbalance : {ImbalanceRule::zero, ImbalanceRule::fixed, ImbalanceRule::share, ImbalanceRule::portfolio})
        for (const BudgetRule budget : {BudgetRule::lump_sum, BudgetRule::tax, BudgetRule::transfer})
          all.push_back({std::string(rule_name(labour)) + " " + rule_name(capital) + " " + rule_name(imbalance) + " " + rule_name(budget),
                         labour,
                         capital,
                         imbalance,
                         budget,
                         1.5,
                         {{1, 0.4}, {3, 0.6}}});
  return all;
}

/// The kinds of technology and sourcing that the calibration knows.
inline std::vector<CalibrationOptions> all_options() {
  CalibrationOptions plain;
  plain.trade_elasticity = {3.0, 5.0, 7.0};
  CalibrationOptions ces = plain, scale = plain, region = plain;
  ces.substitution_inputs = 0.4, ces.substitution_value_added = 0.7;
  scale.scale = 0.3, scale.sourcing = SourcingBy::use, scale.substitution_value_added = 0.5;
  region.sourcing = SourcingBy::region, region.substitution_inputs = 1.3;
  return {plain, ces, scale, region};
}

}  // namespace kontor::test
