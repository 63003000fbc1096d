// The tangent of targets: the shares that wedges are to reach, and what procurement rules take from users and leave with them.
#include <cmath>

#include "tangent_parts.h"

namespace kontor {

TargetFactor factor_of(const Run& run, std::size_t k) {
  const double theta = run.base().elasticity[at(run.economy().targets[k].product)], wedge = run.w.log_wedge[k];
  const double gross = std::exp(-theta * wedge), net = std::exp(-(theta + 1.0) * wedge);
  return {
      std::expm1(-theta * wedge), std::expm1(-(theta + 1.0) * wedge), -theta * gross, -(theta + 1.0) * net, -wedge * gross, -wedge * net};
}

LogWeights log_weights(const FlowChange& flow, double theta) {
  const double both = flow.weight - theta * (flow.cost + flow.wedge);
  return {both, both - flow.wedge};
}

// d share = sum over its flows of (producing - share) d value / sum of values.
template <class Visit>
static void each_flow_of_target(const Run& run, std::size_t k, const Visit& visit) {
  const WedgeTarget& target = run.economy().targets[k];
  const std::size_t p = at(target.product);
  const TargetFactor factor = factor_of(run, k);
  double all = 0.0;
  for (const WedgeTarget::Flow& flow : target.flows)
    all += run.economy().weight(at(flow.row), at(flow.group)) * run.w.row[at(flow.row)] * run.w.ratio(p, at(flow.group)) *
           (flow.wedged ? 1.0 + factor.gross : 1.0);
  for (const WedgeTarget::Flow& flow : target.flows) {
    const double unit = run.economy().weight(at(flow.row), at(flow.group)) * run.w.row[at(flow.row)];
    const double by_value = ((flow.producing ? 1.0 : 0.0) - run.w.target_share[k]) / all;
    visit(p, flow, unit * by_value, flow.wedged ? 1.0 + factor.gross : 1.0, factor);
  }
}

void push_targets(Run& run) {
  for (std::size_t k = 0; k < run.w.layout.targets; ++k) {
    if (run.economy().targets[k].held) {
      run.d.residual[run.w.layout.wedge() + k] = -run.d.log_wedge[k];
      continue;
    }
    double share = 0.0;
    each_flow_of_target(run, k, [&](std::size_t p, const WedgeTarget::Flow& flow, double unit, double part, const TargetFactor& f) {
      const std::size_t b = at(flow.group);
      share += unit * part * (run.d.ratio(p, b) + run.w.ratio(p, b) * run.d.log_row[at(flow.row)]);
      if (flow.wedged) share += unit * run.w.ratio(p, b) * f.gross_by_wedge * run.d.log_wedge[k];
      if (run.change == nullptr) return;
      if (flow.wedged) share += unit * run.w.ratio(p, b) * f.gross_by_theta * part_of(run.change->elasticity, p);
      for (const FlowChange& change : run.change->flows)
        if (change.row == flow.row && change.group == flow.group)
          share += unit * part * run.w.ratio(p, b) * log_weights(change, run.base().elasticity[p]).gross;
    });
    run.d.residual[run.w.layout.wedge() + k] = -share;
    if (run.change != nullptr) run.d.residual[run.w.layout.wedge() + k] += part_of(run.change->target_shares, k);
  }
}

void pull_targets(Run& run) {
  for (std::size_t k = 0; k < run.w.layout.targets; ++k) {
    const double back = -run.d.residual[run.w.layout.wedge() + k];
    if (run.economy().targets[k].held) {
      run.d.log_wedge[k] += back;
      continue;
    }
    each_flow_of_target(run, k, [&](std::size_t p, const WedgeTarget::Flow& flow, double unit, double part, const TargetFactor& f) {
      const std::size_t b = at(flow.group);
      run.d.ratio(p, b) += unit * part * back;
      run.d.log_row[at(flow.row)] += unit * part * run.w.ratio(p, b) * back;
      if (flow.wedged) run.d.log_wedge[k] += unit * run.w.ratio(p, b) * f.gross_by_wedge * back;
      if (run.gradient == nullptr) return;
      if (flow.wedged) run.gradient->elasticity[p] += unit * run.w.ratio(p, b) * f.gross_by_theta * back;
      const double log_gross = unit * part * run.w.ratio(p, b) * back, theta = run.base().elasticity[p];
      run.gradient->cost(at(flow.row), b) -= theta * log_gross, run.gradient->wedge(at(flow.row), b) -= theta * log_gross;
    });
    if (run.gradient != nullptr) run.gradient->target_shares[k] = -back;
  }
}

// --- rents of procurement rules: A u (E / Phi) (gross - net) over the flows that bear the wedge ------------------------

template <class Visit>
static void each_ruled_flow(const Run& run, const Visit& visit) {
  for (std::size_t k = 0; k < run.w.layout.targets; ++k) {
    const WedgeTarget& target = run.economy().targets[k];
    if (target.instrument != Instrument::procurement) continue;
    const TargetFactor factor = factor_of(run, k);
    for (const WedgeTarget::Flow& flow : target.flows)
      if (flow.wedged)
        visit(k, at(target.product), flow, run.economy().weight(at(flow.row), at(flow.group)) * run.w.row[at(flow.row)], factor);
  }
}

void push_rule_rents(Run& run) {
  for (double& rent : run.d.rule_rent) rent = 0.0;
  each_ruled_flow(run, [&](std::size_t k, std::size_t p, const WedgeTarget::Flow& flow, double unit, const TargetFactor& f) {
    const std::size_t b = at(flow.group);
    const double ratio = run.w.ratio(p, b), part = f.gross - f.net;
    double d =
        part * (run.d.ratio(p, b) + ratio * run.d.log_row[at(flow.row)]) + ratio * (f.gross_by_wedge - f.net_by_wedge) * run.d.log_wedge[k];
    if (run.change != nullptr) {
      d += ratio * (f.gross_by_theta - f.net_by_theta) * part_of(run.change->elasticity, p);
      for (const FlowChange& change : run.change->flows)
        if (change.row == flow.row && change.group == flow.group) d += part * ratio * log_weights(change, run.base().elasticity[p]).gross;
    }
    run.d.rule_rent[at(run.base().group_region[b])] += unit * d;
  });
}

void pull_rule_rents(Run& run) {
  each_ruled_flow(run, [&](std::size_t k, std::size_t p, const WedgeTarget::Flow& flow, double unit, const TargetFactor& f) {
    const std::size_t b = at(flow.group);
    const double back = unit * run.d.rule_rent[at(run.base().group_region[b])], ratio = run.w.ratio(p, b), part = f.gross - f.net;
    run.d.ratio(p, b) += part * back, run.d.log_row[at(flow.row)] += part * ratio * back;
    run.d.log_wedge[k] += ratio * (f.gross_by_wedge - f.net_by_wedge) * back;
    if (run.gradient == nullptr) return;
    run.gradient->elasticity[p] += ratio * (f.gross_by_theta - f.net_by_theta) * back;
    const double of_cost = run.base().elasticity[p] * part * ratio * back;
    run.gradient->cost(at(flow.row), b) -= of_cost, run.gradient->wedge(at(flow.row), b) -= of_cost;
  });
}

}  // namespace kontor
