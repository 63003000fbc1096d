// Wedges that the model finds: what they do to prices and sales, and the shares that they are to reach.
#include <algorithm>
#include <cmath>

#include "equilibrium_steps.h"

namespace kontor {

namespace {

// Price factor of a target's wedge in a purchase, and what of it the seller keeps; both over the unwedged ones, less one.
struct WedgeFactors {
  double gross = 0.0, net = 0.0;
};

WedgeFactors factors_of(const Work& w, std::size_t k) {
  const double theta = w.economy->base->elasticity[static_cast<std::size_t>(w.economy->targets[k].product)];
  return {std::expm1(-theta * w.log_wedge[k]), std::expm1(-(theta + 1.0) * w.log_wedge[k])};
}

}  // namespace

void add_wedged(Work& w, std::size_t product) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    if (static_cast<std::size_t>(target.product) != product) continue;
    const WedgeFactors factor = factors_of(w, k);
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      if (!flow.wedged) continue;
      w.phi(product, b) += w.economy->weight(q, b) * w.row[q] * factor.gross;
      w.net_phi(product, b) += w.economy->net(q, b) * w.row[q] * factor.net;
    }
  }
}

void add_wedged_sales(Work& w, std::size_t product) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    if (static_cast<std::size_t>(target.product) != product) continue;
    const double net = factors_of(w, k).net;
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      if (flow.wedged) w.sales[q] += w.economy->net(q, b) * w.ratio(product, b) * net;
    }
  }
}

void rents_of_rules(Work& w) {
  const Economy& economy = *w.economy;
  std::fill(w.rule_rent.begin(), w.rule_rent.end(), 0.0);
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = economy.targets[k];
    if (target.instrument != Instrument::procurement) continue;
    const WedgeFactors factor = factors_of(w, k);
    const auto p = static_cast<std::size_t>(target.product);
    for (const WedgeTarget::Flow& flow : target.flows) {
      if (!flow.wedged) continue;
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      // What users pay, less the same without the wedge.
      w.rule_rent[static_cast<std::size_t>(economy.base->group_region[b])] +=
          economy.weight(q, b) * w.row[q] * w.ratio(p, b) * (factor.gross - factor.net);
    }
  }
}

void equations_of_targets(Work& w) {
  for (std::size_t k = 0; k < w.layout.targets; ++k) {
    const WedgeTarget& target = w.economy->targets[k];
    const auto p = static_cast<std::size_t>(target.product);
    const double gross = factors_of(w, k).gross;
    double all = 0.0, producing = 0.0;
    for (const WedgeTarget::Flow& flow : target.flows) {
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      const double value = w.economy->weight(q, b) * w.row[q] * w.ratio(p, b) * (flow.wedged ? 1.0 + gross : 1.0);
      all += value;
      if (flow.producing) producing += value;
    }
    w.target_share[k] = producing / all;
    w.residual[w.layout.wedge() + k] = target.held ? target.held_at - w.log_wedge[k] : target.share - w.target_share[k];
  }
}

}  // namespace kontor
