// The tangent between cells and groups: sourcing and prices one way, sales the other.
//
//   d ln u   = -theta (d ln c + d ln m) + psi (d ln R - d ln c)
//   d Phi    = sum_q A u (d ln u + d ln A)            d ln P = -d Phi / (theta Phi) - ln P d theta / theta
//   d sales  = u sum_b B (d (E/Phi) + E/Phi d ln B) + sales d ln u
//
// A flow's factor in front of A is (1 + sum of targets' factors); a target's factor is (1+rate)^-theta - 1.
#include <algorithm>
#include <cmath>

#include "kontor/base/parallel.h"
#include "row_products.h"
#include "tangent_parts.h"

namespace kontor {

namespace {

using Factor = TargetFactor;

template <class Visit>
void each_wedged(const Run& run, const Visit& visit) {
  for (std::size_t k = 0; k < run.w.layout.targets; ++k) {
    const WedgeTarget& target = run.economy().targets[k];
    const Factor factor = factor_of(run, k);
    for (const WedgeTarget::Flow& flow : target.flows)
      if (flow.wedged) visit(k, at(target.product), at(flow.row), at(flow.group), factor);
  }
}

/// All targets' factors of one flow, plus one.
Factor whole_factor(const Run& run, std::size_t row, std::size_t group) {
  Factor all{1.0, 1.0};
  each_wedged(run, [&](std::size_t, std::size_t, std::size_t q, std::size_t b, const Factor& f) {
    if (q == row && b == group) all.gross += f.gross, all.net += f.net;
  });
  return all;
}

std::size_t product_of(const Calibration& base, std::size_t row) {
  return at(
      static_cast<int>(std::upper_bound(base.first_row.begin(), base.first_row.end(), static_cast<int>(row)) - base.first_row.begin()) - 1);
}

bool one_table(const Run& run, std::size_t product) { return run.economy().net.shares_part(run.economy().weight, product); }

/// B u: the state keeps it only where there are wedges.
double net_phi(const Run& run, std::size_t p, std::size_t b) { return run.w.wedges ? run.w.net_phi(p, b) : run.w.phi(p, b); }

template <class Visit>
void each_changed(const Run& run, const Visit& visit) {
  if (run.change == nullptr) return;
  for (const FlowChange& flow : run.change->flows) {
    const std::size_t p = product_of(run.base(), at(flow.row));
    visit(p, at(flow.row), at(flow.group), log_weights(flow, run.base().elasticity[p]));
  }
}

void each_product(const Run& run, const std::function<void(std::size_t)>& work) {
  for_each_block(run.w.phi.rows, run.w.large ? thread_count() : 1, work);
}

}  // namespace

// --- rows ----------------------------------------------------------------------------------------------

void push_rows(Run& run) {
  const Calibration& base = run.base();
  const double scale = base.options.scale;
  for (std::size_t p = 0; p < run.w.shift.size(); ++p)
    for (std::size_t q = at(base.first_row[p]); q < at(base.first_row[p + 1]); ++q) {
      run.d.log_row[q] = 0.0;
      if (base.cell_of[q] < 0) continue;
      const std::size_t j = at(base.cell_of[q]);
      run.d.log_row[q] = -base.elasticity[p] * (run.d.log_cost[j] + run.d.log_rent[j]);
      if (scale != 0.0 && run.w.output[j] > 0.0) run.d.log_row[q] += scale * (run.d.output[j] / run.w.output[j] - run.d.log_cost[j]);
      if (run.change != nullptr) run.d.log_row[q] -= (run.w.log_cost[j] + run.w.log_rent[j]) * part_of(run.change->elasticity, p);
    }
}

void pull_rows(Run& run) {
  const Calibration& base = run.base();
  const double scale = base.options.scale;
  for (std::size_t p = 0; p < run.w.shift.size(); ++p)
    for (std::size_t q = at(base.first_row[p]); q < at(base.first_row[p + 1]); ++q) {
      if (base.cell_of[q] < 0) continue;
      const std::size_t j = at(base.cell_of[q]);
      const double back = run.d.log_row[q];
      run.d.log_cost[j] -= base.elasticity[p] * back, run.d.log_rent[j] -= base.elasticity[p] * back;
      if (scale != 0.0 && run.w.output[j] > 0.0) run.d.output[j] += scale / run.w.output[j] * back, run.d.log_cost[j] -= scale * back;
      if (run.gradient != nullptr) run.gradient->elasticity[p] -= (run.w.log_cost[j] + run.w.log_rent[j]) * back;
    }
}

// --- prices --------------------------------------------------------------------------------------------

void push_prices(Run& run) {
  const Economy& economy = run.economy();
  const Work& w = run.w;
  const Weights &weight = economy.weight, &net = economy.net;
  std::vector<double> x(w.row.size());
  for (std::size_t q = 0; q < x.size(); ++q) x[q] = w.row[q] * run.d.log_row[q];
  each_product(run, [&](std::size_t p) {
    gather(economy, weight, p, x, run.d.phi.row(p));
    if (one_table(run, p))
      std::copy(run.d.phi.row(p).begin(), run.d.phi.row(p).end(), run.d.net_phi.row(p).begin());
    else
      gather(economy, net, p, x, run.d.net_phi.row(p));
  });
  each_wedged(run, [&](std::size_t k, std::size_t p, std::size_t q, std::size_t b, const Factor& f) {
    const double theta = run.change == nullptr ? 0.0 : part_of(run.change->elasticity, p);
    run.d.phi(p, b) += weight(q, b) * (f.gross * x[q] + w.row[q] * (f.gross_by_wedge * run.d.log_wedge[k] + f.gross_by_theta * theta));
    run.d.net_phi(p, b) += net(q, b) * (f.net * x[q] + w.row[q] * (f.net_by_wedge * run.d.log_wedge[k] + f.net_by_theta * theta));
  });
  each_changed(run, [&](std::size_t p, std::size_t q, std::size_t b, const LogWeights& log) {
    const Factor f = whole_factor(run, q, b);
    run.d.phi(p, b) += weight(q, b) * w.row[q] * f.gross * log.gross;
    run.d.net_phi(p, b) += net(q, b) * w.row[q] * f.net * log.net;
  });
  each_product(run, [&](std::size_t p) {
    const double theta = run.base().elasticity[p], by_theta = run.change == nullptr ? 0.0 : part_of(run.change->elasticity, p) / theta;
    for (std::size_t b = 0; b < w.phi.columns; ++b)
      run.d.log_price(p, b) = w.phi(p, b) > 0.0 ? -run.d.phi(p, b) / (theta * w.phi(p, b)) - w.log_price(p, b) * by_theta : 0.0;
  });
  transpose(run.d.log_price, run.d.log_price_of_group);
}

void pull_prices(Run& run) {
  const Economy& economy = run.economy();
  const Work& w = run.w;
  const Weights &weight = economy.weight, &net = economy.net;
  transpose(run.d.log_price_of_group, run.d.log_price);
  std::vector<double> x(w.row.size()), other(w.row.size());
  each_product(run, [&](std::size_t p) {
    const double theta = run.base().elasticity[p];
    double by_theta = 0.0;
    for (std::size_t b = 0; b < w.phi.columns; ++b) {
      if (!(w.phi(p, b) > 0.0)) continue;
      run.d.phi(p, b) -= run.d.log_price(p, b) / (theta * w.phi(p, b));
      by_theta -= w.log_price(p, b) * run.d.log_price(p, b) / theta;
    }
    if (run.gradient != nullptr) run.gradient->elasticity[p] += by_theta;
    if (one_table(run, p)) {
      std::vector<double> both(w.phi.columns);
      for (std::size_t b = 0; b < both.size(); ++b) both[b] = run.d.phi(p, b) + run.d.net_phi(p, b);
      scatter(economy, weight, p, both, x);
      return;
    }
    scatter(economy, weight, p, run.d.phi.row(p), x);
    scatter(economy, net, p, run.d.net_phi.row(p), other);
    for (std::size_t q = at(run.base().first_row[p]); q < at(run.base().first_row[p + 1]); ++q) x[q] += other[q];
  });
  each_wedged(run, [&](std::size_t k, std::size_t p, std::size_t q, std::size_t b, const Factor& f) {
    const double gross = weight(q, b) * run.d.phi(p, b), kept = net(q, b) * run.d.net_phi(p, b);
    x[q] += f.gross * gross + f.net * kept;
    run.d.log_wedge[k] += w.row[q] * (f.gross_by_wedge * gross + f.net_by_wedge * kept);
    if (run.gradient != nullptr) run.gradient->elasticity[p] += w.row[q] * (f.gross_by_theta * gross + f.net_by_theta * kept);
  });
  for (std::size_t q = 0; q < x.size(); ++q) run.d.log_row[q] += w.row[q] * x[q];
}

// --- purchases whatever the price ------------------------------------------------------------------------

static double price_of(const Run& run, std::size_t row) {
  const int cell = run.base().cell_of[row];
  return cell < 0 ? 1.0 : std::exp(run.w.log_cost[at(cell)] + run.w.log_rent[at(cell)]);
}

/// A withdrawal from a stock that is drawn only as far as it finds buyers: it follows the row's other sales.
static bool follows_sales(const Run& run, const FixedPurchase& f) { return f.amount < 0.0 && run.w.drawn_part[at(f.row)] < 1.0; }

/// What one unit more of a row's other sales adds to such a withdrawal: minus its part of all.
static std::vector<double> drawn_by_sales(const Run& run) {
  const std::vector<FixedPurchase>& fixed = run.economy().fixed;
  std::vector<double> all(run.w.sales.size(), 0.0), part(fixed.size(), 0.0);
  for (const FixedPurchase& f : fixed)
    if (follows_sales(run, f)) all[at(f.row)] -= f.amount;
  for (std::size_t k = 0; k < fixed.size(); ++k)
    if (follows_sales(run, fixed[k])) part[k] = fixed[k].amount / all[at(fixed[k].row)];
  return part;
}

static void push_purchase(Run& run, const FixedPurchase& f, double d_value) {
  run.d.fixed_value[at(f.row)] += d_value;
  if (f.region < 0) return;
  run.d.fixed_cost[at(f.region)] += d_value;
  if (f.building) run.d.built_cost[at(f.region)] += d_value;
}

void push_fixed(Run& run) {
  for (auto* list : {&run.d.fixed_value, &run.d.fixed_cost, &run.d.built_cost}) std::fill(list->begin(), list->end(), 0.0);
  for (const FixedPurchase& f : run.economy().fixed)
    if (const int cell = run.base().cell_of[at(f.row)]; cell >= 0 && !follows_sales(run, f))
      push_purchase(run, f, f.amount * price_of(run, at(f.row)) * (run.d.log_cost[at(cell)] + run.d.log_rent[at(cell)]));
  if (run.change != nullptr)
    for (const FixedPurchase& f : run.change->fixed) push_purchase(run, f, f.amount * price_of(run, at(f.row)));
}

void pull_fixed(Run& run) {
  for (const FixedPurchase& f : run.economy().fixed) {
    const int cell = run.base().cell_of[at(f.row)];
    if (cell < 0 || follows_sales(run, f)) continue;
    double back = run.d.fixed_value[at(f.row)];
    if (f.region >= 0) back += run.d.fixed_cost[at(f.region)] + (f.building ? run.d.built_cost[at(f.region)] : 0.0);
    const double of_price = f.amount * price_of(run, at(f.row)) * back;
    run.d.log_cost[at(cell)] += of_price, run.d.log_rent[at(cell)] += of_price;
  }
  if (run.gradient == nullptr) return;
  for (std::size_t q = 0; q < run.d.fixed_value.size(); ++q) run.gradient->price_of_row[q] = price_of(run, q);
  run.gradient->sold_by_row = run.d.fixed_value;
  run.gradient->paid_by_region = run.d.fixed_cost;
  run.gradient->built_by_region = run.d.built_cost;
}

// --- sales ---------------------------------------------------------------------------------------------

void push_sales(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  const Work& w = run.w;
  const Weights& net = economy.net;
  transpose(run.d.demand_of_group, run.d.demand);
  each_product(run, [&](std::size_t p) {
    for (std::size_t b = 0; b < w.phi.columns; ++b)
      run.d.ratio(p, b) = w.phi(p, b) > 0.0 ? (run.d.demand(p, b) - w.ratio(p, b) * run.d.phi(p, b)) / w.phi(p, b) : 0.0;
    scatter(economy, net, p, run.d.ratio.row(p), run.d.sales);
  });
  each_wedged(run, [&](std::size_t k, std::size_t p, std::size_t q, std::size_t b, const Factor& f) {
    const double theta = run.change == nullptr ? 0.0 : part_of(run.change->elasticity, p);
    run.d.sales[q] +=
        net(q, b) * (f.net * run.d.ratio(p, b) + w.ratio(p, b) * (f.net_by_wedge * run.d.log_wedge[k] + f.net_by_theta * theta));
  });
  each_changed(run, [&](std::size_t p, std::size_t q, std::size_t b, const LogWeights& log) {
    run.d.sales[q] += net(q, b) * whole_factor(run, q, b).net * w.ratio(p, b) * log.net;
  });
  for (std::size_t q = 0; q < w.row.size(); ++q) {
    run.d.sales[q] = w.row[q] * run.d.sales[q] + (w.sales[q] - w.fixed_value[q]) * run.d.log_row[q] + run.d.fixed_value[q];
    if (run.change != nullptr) run.d.sales[q] += std::exp(w.log_row[q]) * part_of(run.change->exports, q);
  }
  if (w.exhausted) {
    const std::vector<double> part = drawn_by_sales(run);
    for (std::size_t k = 0; k < part.size(); ++k)
      if (part[k] != 0.0) push_purchase(run, economy.fixed[k], part[k] * run.d.sales[at(economy.fixed[k].row)]);
    for (std::size_t k = 0; k < part.size(); ++k)
      if (part[k] != 0.0) run.d.sales[at(economy.fixed[k].row)] = 0.0;
  }
  std::fill(run.d.wedge_revenue.begin(), run.d.wedge_revenue.end(), 0.0);
  for (std::size_t p = 0; p < w.phi.rows; ++p)
    for (std::size_t b = 0; b < w.phi.columns; ++b)
      run.d.wedge_revenue[at(base.group_region[b])] +=
          run.d.demand(p, b) - run.d.ratio(p, b) * net_phi(run, p, b) - w.ratio(p, b) * run.d.net_phi(p, b);
}

void pull_sales(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  const Work& w = run.w;
  const Weights& net = economy.net;
  std::vector<double> x(w.row.size());
  if (w.exhausted) {
    const std::vector<double> part = drawn_by_sales(run);
    for (std::size_t k = 0; k < part.size(); ++k)
      if (part[k] != 0.0) run.d.sales[at(economy.fixed[k].row)] = 0.0;
    for (std::size_t k = 0; k < part.size(); ++k) {
      const FixedPurchase& f = economy.fixed[k];
      if (part[k] != 0.0 && f.region >= 0)
        run.d.sales[at(f.row)] += part[k] * (run.d.fixed_cost[at(f.region)] + (f.building ? run.d.built_cost[at(f.region)] : 0.0));
    }
  }
  for (std::size_t q = 0; q < w.row.size(); ++q) {
    x[q] = w.row[q] * run.d.sales[q];
    run.d.log_row[q] += (w.sales[q] - w.fixed_value[q]) * run.d.sales[q];
    run.d.fixed_value[q] += run.d.sales[q];
    if (run.gradient != nullptr) run.gradient->exports[q] = std::exp(w.log_row[q]) * run.d.sales[q];
  }
  each_product(run, [&](std::size_t p) {
    std::vector<double> gathered(w.phi.columns);
    gather(economy, net, p, x, gathered);
    for (std::size_t b = 0; b < gathered.size(); ++b) run.d.ratio(p, b) += gathered[b];
  });
  each_wedged(run, [&](std::size_t k, std::size_t p, std::size_t q, std::size_t b, const Factor& f) {
    run.d.ratio(p, b) += net(q, b) * f.net * x[q];
    run.d.log_wedge[k] += net(q, b) * w.ratio(p, b) * f.net_by_wedge * x[q];
    if (run.gradient != nullptr) run.gradient->elasticity[p] += net(q, b) * w.ratio(p, b) * f.net_by_theta * x[q];
  });
  each_product(run, [&](std::size_t p) {
    for (std::size_t b = 0; b < w.phi.columns; ++b) {
      const double revenue = run.d.wedge_revenue[at(base.group_region[b])];
      run.d.ratio(p, b) -= net_phi(run, p, b) * revenue;
      run.d.net_phi(p, b) -= w.ratio(p, b) * revenue;
      run.d.demand(p, b) = revenue;
      if (!(w.phi(p, b) > 0.0)) continue;
      run.d.demand(p, b) += run.d.ratio(p, b) / w.phi(p, b);
      run.d.phi(p, b) -= w.ratio(p, b) * run.d.ratio(p, b) / w.phi(p, b);
    }
  });
  transpose(run.d.demand, run.d.demand_of_group);
}

// --- flows ---------------------------------------------------------------------------------------------

// The transpose of what push_prices and push_sales do with changed flows, for all of them: cost -theta in both tables, a
// wedge -theta in A and -(theta + 1) in B.
void pull_flows(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  const Weights &weight = economy.weight, &net = economy.net;
  EconomyGradient& g = *run.gradient;
  const auto add = [&](std::size_t p, std::size_t q, std::size_t b, double gross_factor, double net_factor) {
    const double theta = base.elasticity[p], u = run.w.row[q];
    const double gross = weight(q, b) * gross_factor * u * run.d.phi(p, b);
    const double kept = net(q, b) * net_factor * u * (run.d.net_phi(p, b) + run.w.ratio(p, b) * run.d.sales[q]);
    g.cost(q, b) -= theta * (gross + kept);
    g.wedge(q, b) -= theta * gross + (theta + 1.0) * kept;
  };
  each_product(run, [&](std::size_t p) {
    for (std::size_t q = at(base.first_row[p]); q < at(base.first_row[p + 1]); ++q)
      for (std::size_t b = 0; b < weight.columns(); ++b)
        if (weight(q, b) != 0.0) add(p, q, b, 1.0, 1.0);
  });
  each_wedged(run, [&](std::size_t, std::size_t p, std::size_t q, std::size_t b, const Factor& f) { add(p, q, b, f.gross, f.net); });
}

}  // namespace kontor
