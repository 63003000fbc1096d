#include "kontor/indicators/welfare_split.h"

#include <cmath>
#include <functional>

#include "kontor/base/error.h"

namespace kontor {

namespace {

/// What the formula sees of one solution.
struct Snapshot {
  Flows flows;
  const Matrix* tariff = nullptr;
};

double log_price(const Calibration& base, const Flows& flows, std::size_t row) {
  const int cell = base.cell_of[row];
  return cell < 0 ? 0.0
                  : flows.log_cost[static_cast<std::size_t>(cell)] +
                        flows.log_rent[static_cast<std::size_t>(cell)];  // abroad's prices stand still
}

WelfareSplit empty_split(const Calibration& base) {
  const std::size_t regions = base.regions.size(), partners = regions + 1;
  WelfareSplit split;
  split.terms_of_trade.assign(regions, 0.0), split.volume.assign(regions, 0.0), split.log_real_income.assign(regions, 0.0);
  split.terms_by_partner = split.volume_by_partner = Matrix(regions, partners);
  split.terms_by_product = split.volume_by_product = Matrix(regions, static_cast<std::size_t>(base.products));
  return split;
}

/// Adds what one flow does, `terms` and `volume` in fractions of the region's spending.
void add(WelfareSplit& split, std::size_t region, std::size_t partner, std::size_t product, double terms, double volume) {
  split.terms_of_trade[region] += terms, split.volume[region] += volume;
  split.terms_by_partner(region, partner) += terms, split.volume_by_partner(region, partner) += volume;
  split.terms_by_product(region, product) += terms, split.volume_by_product(region, product) += volume;
}

using OfFlow = std::function<void(std::size_t row, std::size_t product, std::size_t seller, std::size_t buyer)>;

/// Every flow over a border; abroad is the number behind the regions'.
void for_each_border(const Calibration& base, const OfFlow& visit) {
  const std::size_t abroad = base.regions.size();
  for (std::size_t product = 0; product < static_cast<std::size_t>(base.products); ++product)
    for (auto q = static_cast<std::size_t>(base.first_row[product]); q < static_cast<std::size_t>(base.first_row[product + 1]); ++q) {
      const int cell = base.cell_of[q];
      const std::size_t seller = cell < 0 ? abroad : static_cast<std::size_t>(base.cell_region[static_cast<std::size_t>(cell)]);
      for (std::size_t buyer = 0; buyer <= abroad; ++buyer)
        if (buyer != seller) visit(q, product, seller, buyer);
    }
}

double at(const Matrix& sales, std::size_t row, std::size_t buyer) { return buyer < sales.columns ? sales(row, buyer) : 0.0; }

/// One step of the path by the trapezoidal rule.
void add_step(WelfareSplit& split, const Calibration& base, const Snapshot& a, const Snapshot& b) {
  const std::size_t abroad = base.regions.size();
  const auto mean = [](double x, double y) { return 0.5 * (x + y); };
  for_each_border(base, [&](std::size_t q, std::size_t product, std::size_t seller, std::size_t buyer) {
    const double then = at(a.flows.sales, q, buyer), now = at(b.flows.sales, q, buyer);
    if (!(then > 0.0) || !(now > 0.0)) return;
    const double cost = log_price(base, b.flows, q) - log_price(base, a.flows, q);
    const auto part = [&](std::size_t r) { return mean(then / a.flows.spending[r], now / b.flows.spending[r]); };
    if (seller < abroad) add(split, seller, buyer, product, part(seller) * cost, 0.0);
    if (buyer == abroad) return;
    const double revenue =
        mean((*a.tariff)(q, buyer) * then / a.flows.spending[buyer], (*b.tariff)(q, buyer) * now / b.flows.spending[buyer]);
    add(split, buyer, seller, product, -part(buyer) * cost, revenue * (std::log(now / then) - cost));
  });
}

void set_real_income(WelfareSplit& split, const Flows& before, const Flows& after) {
  for (std::size_t r = 0; r < split.log_real_income.size(); ++r)
    split.log_real_income[r] = std::log(after.spending[r] / before.spending[r]) - (after.log_index[r] - before.log_index[r]);
}

/// target = target + factor (target - other), everything but the exact change.
void extrapolate(WelfareSplit& target, const WelfareSplit& other, double factor) {
  const auto list = [factor](std::vector<double>& x, const std::vector<double>& y) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += factor * (x[i] - y[i]);
  };
  list(target.terms_of_trade, other.terms_of_trade), list(target.volume, other.volume);
  list(target.terms_by_partner.values, other.terms_by_partner.values),
      list(target.volume_by_partner.values, other.volume_by_partner.values);
  list(target.terms_by_product.values, other.terms_by_product.values),
      list(target.volume_by_product.values, other.volume_by_product.values);
}

Matrix tariffs_of(const Calibration& base) { return base.tariff ? *base.tariff : Matrix(base.supplier_of.size(), base.regions.size()); }

/// Where a tariff shock stands in the calibration: its rows are those of the exporter's cells that make the product.
std::vector<std::size_t> rows_of(const Calibration& base, const TariffRate& tariff) {
  std::vector<std::size_t> rows;
  const auto product = static_cast<std::size_t>(tariff.sector);
  for (auto q = static_cast<std::size_t>(base.first_row[product]); q < static_cast<std::size_t>(base.first_row[product + 1]); ++q) {
    const auto supplier = static_cast<std::size_t>(base.supplier_of[q]), cells = base.accounts->cells.size();
    const int seller = supplier < cells ? base.accounts->cells[supplier].region : base.accounts->imports[supplier - cells].region;
    if (seller == tariff.origin) rows.push_back(q);
  }
  return rows;
}

}  // namespace

WelfareSplit first_order_welfare(const Calibration& base, const Equilibrium& before, const Equilibrium& after) {
  WelfareSplit split = empty_split(base);
  const Matrix tariff = tariffs_of(base);
  const std::size_t abroad = base.regions.size();
  const std::vector<double>& income = before.flows.spending;
  for_each_border(base, [&](std::size_t q, std::size_t product, std::size_t seller, std::size_t buyer) {
    const double then = at(before.flows.sales, q, buyer), now = at(after.flows.sales, q, buyer);
    if (!(then > 0.0)) return;
    const double cost = std::expm1(log_price(base, after.flows, q) - log_price(base, before.flows, q));
    if (seller < abroad) add(split, seller, buyer, product, then * cost / income[seller], 0.0);
    if (buyer < abroad)
      add(split, buyer, seller, product, -then * cost / income[buyer], tariff(q, buyer) * (now - then - then * cost) / income[buyer]);
  });
  set_real_income(split, before.flows, after.flows);
  return split;
}

WelfareSplit path_welfare(const EquilibriumSolver& solver, const Economy& baseline, const std::vector<const Shock*>& tariffs,
                          const SolverOptions& options) {
  const Calibration& base = *baseline.base;
  const Matrix rates = tariffs_of(base);
  std::vector<Shock> shocks;
  std::vector<std::vector<std::size_t>> rows;
  std::vector<double> from, to;
  for (const Shock* shock : tariffs) {
    const auto* tariff = std::get_if<TariffRate>(&shock->change);
    if (!tariff)
      fail(Exit::data, "path-of-tariffs", shock->source, "", shock->measure,
           std::string("a change of kind `") + change_name(shock->change) + "`",
           "terms and volume of trade are the whole of welfare for tariffs only", "use split_real_income for other changes");
    const int importer = base.region_number[static_cast<std::size_t>(tariff->destination)];
    rows.push_back(rows_of(base, *tariff));
    from.push_back(rows.back().empty() || importer < 0 ? 0.0 : rates(rows.back().front(), static_cast<std::size_t>(importer)));
    to.push_back(tariff->rate);
    shocks.push_back(*shock);
  }

  constexpr int finest = 32;
  std::vector<Matrix> rate_at(finest + 1, rates);
  std::vector<Snapshot> path;
  std::vector<double> state;
  for (int k = 0; k <= finest; ++k) {
    std::vector<const Shock*> entered, not_counted;
    for (std::size_t i = 0; i < shocks.size(); ++i) {
      auto& tariff = std::get<TariffRate>(shocks[i].change);
      tariff.rate = from[i] + (to[i] - from[i]) * k / finest;
      const int importer = base.region_number[static_cast<std::size_t>(tariff.destination)];
      for (const std::size_t q : rows[i])
        if (importer >= 0) rate_at[static_cast<std::size_t>(k)](q, static_cast<std::size_t>(importer)) = tariff.rate;
      entered.push_back(&shocks[i]);
    }
    Equilibrium here = solver.solve(k == 0 ? baseline : economy_with(baseline, entered, not_counted), state, options);
    if (!here.solved())
      fail(Exit::no_answer, "path-unsolved", "", "", "step " + std::to_string(k), here.outcome, "every step of the path has a solution",
           "take the exact change alone, or a smaller change");
    state = here.state;
    path.push_back({std::move(here.flows), &rate_at[static_cast<std::size_t>(k)]});
  }
  const auto walked = [&](std::size_t stride) {
    WelfareSplit split = empty_split(base);
    for (std::size_t k = stride; k < path.size(); k += stride) add_step(split, base, path[k - stride], path[k]);
    return split;
  };
  // Errors of the trapezoidal rule are h^2, h^4, ...: three walks take the first two away.
  WelfareSplit coarse = walked(4), middle = walked(2), fine = walked(1);
  extrapolate(fine, middle, 1.0 / 3.0), extrapolate(middle, coarse, 1.0 / 3.0);
  extrapolate(fine, middle, 1.0 / 15.0);
  set_real_income(fine, path.front().flows, path.back().flows);
  return fine;
}

}  // namespace kontor
