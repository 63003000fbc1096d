#include "kontor/model/real_income_parts.h"

#include <cmath>

#include "equilibrium_parts.h"

namespace kontor {

namespace {

enum Part { terms_of_trade, volume, efficiency, factors, ownership, budget, taxes };

/// One point of the path, and the flows between groups and rows there.
struct Point {
  Economy economy;
  Work work;
  Flows flows;
  Matrix gross, net;  // rows x groups: what users pay, what sellers get
};

Point point_at(Economy economy, const std::vector<double>& state) {
  Point p;
  p.economy = std::move(economy);
  p.work = work_for(p.economy);
  evaluate(p.work, state);
  p.flows = flows_of(p.work);
  const Calibration& base = *p.economy.base;
  p.gross = p.net = Matrix(base.supplier_of.size(), base.group_region.size());
  for (std::size_t product = 0; product < p.work.shift.size(); ++product)
    for (auto q = static_cast<std::size_t>(base.first_row[product]); q < static_cast<std::size_t>(base.first_row[product + 1]); ++q)
      for (std::size_t b = 0; b < p.gross.columns; ++b) {
        const double unit = p.work.row[q] * p.work.ratio(product, b);
        p.gross(q, b) = (*p.economy.weight)(q, b) * unit, p.net(q, b) = (*p.economy.net)(q, b) * unit;
      }
  for (std::size_t k = 0; k < p.economy.targets.size(); ++k) {
    const WedgeTarget& target = p.economy.targets[k];
    const double theta = base.elasticity[static_cast<std::size_t>(target.product)], wedge = p.work.log_wedge[k];
    for (const WedgeTarget::Flow& flow : target.flows)
      if (flow.wedged) {
        p.gross(static_cast<std::size_t>(flow.row), static_cast<std::size_t>(flow.group)) *= std::exp(-theta * wedge);
        p.net(static_cast<std::size_t>(flow.row), static_cast<std::size_t>(flow.group)) *= std::exp(-(theta + 1.0) * wedge);
      }
  }
  return p;
}

double log_price_of_row(const Point& p, std::size_t q) {
  const int cell = p.economy.base->cell_of[q];
  return cell < 0 ? 0.0 : p.work.log_cost[static_cast<std::size_t>(cell)] + p.work.log_rent[static_cast<std::size_t>(cell)];
}

double mean(double a, double b) { return 0.5 * (a + b); }

// What stands in the budget beside incomes, taxes, wedges and fixed purchases: imbalance and everything paid and received.
double other_income(const Point& p, std::size_t r) {
  double final_tax = 0.0;
  const Calibration& base = *p.economy.base;
  for (std::size_t u = 0; u < base.user_cell.size(); ++u)
    if (base.group_region[static_cast<std::size_t>(base.user_group[u])] == static_cast<int>(r))
      final_tax += base.final_part[u] * base.final_tax[u];
  const Work& w = p.work;
  return w.spending[r] * (1.0 - final_tax) - w.owned[r] - w.tax_revenue[r] - w.wedge_revenue[r] + w.fixed_cost[r];
}

// Price changes of what users buy from whom: terms of trade, wedges and the way of the goods.
void add_purchases(const Point& a, const Point& b, std::vector<std::array<double, 7>>& parts) {
  const Calibration& base = *a.economy.base;
  for (std::size_t product = 0; product < a.work.shift.size(); ++product)
    for (std::size_t g = 0; g < a.gross.columns; ++g) {
      std::array<double, 7>& part = parts[static_cast<std::size_t>(base.group_region[g])];
      double explained = 0.0;
      for (auto q = static_cast<std::size_t>(base.first_row[product]); q < static_cast<std::size_t>(base.first_row[product + 1]); ++q) {
        const double gross = mean(a.gross(q, g), b.gross(q, g)), net = mean(a.net(q, g), b.net(q, g));
        if (gross == 0.0) continue;
        const double cost = log_price_of_row(b, q) - log_price_of_row(a, q);
        const auto rate = [&](const Point& p) { return p.net(q, g) > 0.0 ? std::log(p.gross(q, g) / p.net(q, g)) : 0.0; };
        const bool both = a.net(q, g) > 0.0 && b.net(q, g) > 0.0;
        const double wedge = both ? rate(b) - rate(a) : 0.0;
        part[terms_of_trade] -= net * cost;
        part[volume] -= gross * wedge + (gross - net) * cost;
        explained += gross * (cost + wedge);
      }
      const double spent = mean(a.work.demand(product, g), b.work.demand(product, g));
      part[efficiency] -= spent * (b.work.log_price(product, g) - a.work.log_price(product, g)) - explained;
    }
}

void add_cells(const Point& a, const Point& b, std::vector<std::array<double, 7>>& parts) {
  const Calibration& base = *a.economy.base;
  for (std::size_t j = 0; j < base.output.size(); ++j) {
    if (!(base.output[j] > 0.0)) continue;
    const auto r = static_cast<std::size_t>(base.cell_region[j]);
    std::array<double, 7>& part = parts[r];
    const double output = mean(a.work.output[j], b.work.output[j]), cost = b.work.log_cost[j] - a.work.log_cost[j];
    // Where the cell stops or starts, output x change of ln output is the difference that it integrates to.
    const bool made = a.work.output[j] > 0.0 && b.work.output[j] > 0.0;
    const double rise = made           ? std::log(b.work.output[j] / a.work.output[j])
                        : output > 0.0 ? (b.work.output[j] - a.work.output[j]) / output
                                       : 0.0;
    const double quantity = rise - cost;
    // At a limit the price moves more than the cost, and what is made beyond earns its rent: the limit is a factor as well.
    const double rent = b.work.log_rent[j] - a.work.log_rent[j];
    const double sales = mean(a.work.output[j] * std::exp(a.work.log_rent[j]), b.work.output[j] * std::exp(b.work.log_rent[j]));
    part[terms_of_trade] += sales * (cost + rent);
    part[factors] += (sales - output) * quantity;
    part[efficiency] -= output * (1.0 - base.tax_share[j]) * (b.economy.cost_shift[j] - a.economy.cost_shift[j]);
    part[taxes] += output * base.tax_share[j] * quantity;
    const auto pay = [&](const Point& p) { return base.value_added[j] * p.work.value_added_part[j] * p.work.output[j]; };
    part[factors] += pay(b) - pay(a) - mean(pay(a), pay(b)) * (b.work.log_value_added[j] - a.work.log_value_added[j]);
  }
}

void add_regions(const Point& a, const Point& b, std::vector<std::array<double, 7>>& parts) {
  const Calibration& base = *a.economy.base;
  for (std::size_t k = 0; k < b.economy.fixed.size(); ++k) {
    const FixedPurchase& f = b.economy.fixed[k];
    const auto q = static_cast<std::size_t>(f.row);
    if (f.region < 0) continue;
    const double then = k < a.economy.fixed.size() ? drawn_amount(a.work, a.economy.fixed[k]) : 0.0, now = drawn_amount(b.work, f);
    const double price_a = std::exp(log_price_of_row(a, q)), price_b = std::exp(log_price_of_row(b, q));
    std::array<double, 7>& part = parts[static_cast<std::size_t>(f.region)];
    part[terms_of_trade] -= mean(then * price_a, now * price_b) * std::log(price_b / price_a);
    part[budget] -= (now - then) * mean(price_a, price_b);
  }
  for (std::size_t r = 0; r < parts.size(); ++r) {
    std::array<double, 7>& part = parts[r];
    part[volume] += b.work.wedge_revenue[r] - a.work.wedge_revenue[r];
    part[ownership] += (b.work.owned[r] - b.flows.earned_income[r]) - (a.work.owned[r] - a.flows.earned_income[r]);
    part[budget] += other_income(b, r) - other_income(a, r);
  }
  for (std::size_t u = 0; u < base.user_cell.size(); ++u) {
    if (base.user_cell[u] >= 0 || base.final_tax[u] == 0.0) continue;
    const auto r = static_cast<std::size_t>(base.group_region[static_cast<std::size_t>(base.user_group[u])]);
    const double spends = base.final_part[u] * mean(a.work.spending[r], b.work.spending[r]);
    const auto log_price = [&](const Point& p) { return p.work.material_cost[u] / (1.0 - base.final_tax[u]); };
    parts[r][taxes] += base.final_tax[u] * spends * (std::log(b.work.spending[r] / a.work.spending[r]) - (log_price(b) - log_price(a)));
  }
}

// One step of the path, in the money of the baseline's consumer prices.
void add_step(const Point& first, const Point& a, const Point& b, std::vector<std::array<double, 7>>& sums) {
  std::vector<std::array<double, 7>> parts(sums.size(), std::array<double, 7>{});
  add_purchases(a, b, parts);
  add_cells(a, b, parts);
  add_regions(a, b, parts);
  for (std::size_t r = 0; r < sums.size(); ++r) {
    const double deflator = std::exp(first.work.log_index[r] - mean(a.work.log_index[r], b.work.log_index[r]));
    for (std::size_t k = 0; k < 7; ++k) sums[r][k] += deflator * parts[r][k];
    sums[r][budget] += b.economy.consumed[r] - a.economy.consumed[r];
  }
}

}  // namespace

RealIncomeParts split_real_income(const EquilibriumSolver& solver, const Economy& baseline, const Equilibrium& before,
                                  const Economy& economy, const Equilibrium& after, int steps) {
  const std::size_t regions = economy.base->regions.size();
  RealIncomeParts result;
  std::vector<Point> points;
  Economy start = between(baseline, economy, 0.0, before.state);
  Equilibrium at = solver.solve(start);
  for (int k = 0; k <= steps; ++k) {
    Economy here = k == steps ? economy : between(baseline, economy, static_cast<double>(k) / steps, before.state);
    if (k == steps)
      at = after;
    else
      at = solver.solve(here, k == 0 ? std::vector<double>() : at.state);
    if (!at.solved()) {
      result.solved = false;
      return result;
    }
    points.push_back(point_at(std::move(here), at.state));
    points.back().work.economy = &points.back().economy;
  }
  using Sums = std::vector<std::array<double, 7>>;
  Sums fine(regions, std::array<double, 7>{}), coarse = fine;
  for (std::size_t k = 1; k < points.size(); ++k) add_step(points.front(), points[k - 1], points[k], fine);
  for (std::size_t k = 2; k < points.size(); k += 2) add_step(points.front(), points[k - 2], points[k], coarse);
  for (auto& list : result.parts) list.assign(regions, 0.0);
  result.error.assign(regions, 0.0);
  const Point &first = points.front(), &last = points.back();
  for (std::size_t r = 0; r < regions; ++r) {
    const double ratio = std::log(last.work.spending[r] / first.work.spending[r]) - (last.work.log_index[r] - first.work.log_index[r]);
    result.error[r] = first.work.spending[r] * std::expm1(ratio) + economy.consumed[r];
    for (std::size_t k = 0; k < 7; ++k) {
      result.parts[k][r] = (4.0 * fine[r][k] - coarse[r][k]) / 3.0;
      result.error[r] -= result.parts[k][r];
    }
  }
  return result;
}

}  // namespace kontor
