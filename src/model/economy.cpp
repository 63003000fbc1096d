// The accounts under a closure, with shocks entered: what the solver gets.
#include <algorithm>
#include <cmath>

#include "equilibrium_parts.h"
#include "kontor/model/equilibrium.h"

namespace kontor {

// A over one plus the tariff: what the seller keeps. The same table where the accounts hold no tariffs.
static Weights kept_by_sellers(const Calibration& base) {
  if (!base.tariff) return base.weight;
  Matrix net = base.weight.table();
  for (std::size_t q = 0; q < net.rows; ++q)
    for (std::size_t b = 0; b < net.columns; ++b) net(q, b) /= 1.0 + (*base.tariff)(q, static_cast<std::size_t>(base.group_region[b]));
  return {std::move(net), base.first_row};
}

// Parts of capital income that go to the common fund so that what each region gets from it less what it gives is its
// imbalance: chi labour - iota capital = D. The fund's rate chi is the least that needs no negative part; where a part would
// exceed one, the rest of the imbalance stays as it is.
static std::vector<double> fund_shares(const Calibration& base) {
  double rate = 0.0;
  for (std::size_t r = 0; r < base.regions.size(); ++r) rate = std::max(rate, base.imbalance[r] / base.labour_income[r]);
  std::vector<double> share(base.regions.size(), 0.0);
  for (std::size_t r = 0; r < share.size(); ++r)
    if (base.capital_income[r] > 0.0)
      share[r] = std::clamp((rate * base.labour_income[r] - base.imbalance[r]) / base.capital_income[r], 0.0, 1.0);
  return share;
}

Economy baseline_economy(const Calibration& base, const Closure& closure, const Mechanisms& on) {
  Economy economy;
  economy.base = &base;
  economy.closure = closure;
  economy.on = on;
  economy.weight = base.weight;
  economy.net = kept_by_sellers(base);
  economy.only_row = base.only_row;
  economy.exports = base.exports;
  economy.cost_shift.assign(base.output.size(), 0.0);
  economy.capital.assign(base.output.size(), 1.0);
  economy.labour.assign(base.regions.size(), 1.0);
  economy.fixed = base.fixed;
  economy.consumed.assign(base.regions.size(), 0.0);
  economy.transfers.assign(base.regions.size(), 0.0);
  economy.fund_share = closure.imbalance == ImbalanceRule::portfolio ? fund_shares(base) : std::vector<double>(base.regions.size(), 0.0);
  return economy;
}

// Fewer shocks at once: the economy between two, `part` of the way in what prices and costs are; amounts alike.
Economy between(const Economy& from, const Economy& to, double part, const std::vector<double>& at_from) {
  Economy mid = to;
  // By ratios where both are there: a price that moves in equal steps moves its weights so. What enters, enters in levels.
  const auto mix = [part](const Weights& a, Weights& b, std::size_t product) {
    const std::span<const double> then = a.part(product);
    const std::span<double> now = b.edit(product);
    for (std::size_t i = 0; i < now.size(); ++i) {
      const double x = then[i], y = now[i];
      now[i] = x == y ? x : x > 0.0 && y > 0.0 ? x * std::pow(y / x, part) : (1.0 - part) * x + part * y;
    }
  };
  for (std::size_t p = 0; p < to.weight.parts(); ++p) {
    if (!from.weight.shares_part(to.weight, p)) mix(from.weight, mid.weight, p);
    if (to.net.shares_part(to.weight, p))
      mid.net.share_part(mid.weight, p);
    else if (!from.net.shares_part(to.net, p))
      mix(from.net, mid.net, p);
  }
  const auto mix_list = [part](const std::vector<double>& a, std::vector<double>& b) {
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = (1.0 - part) * a[i] + part * b[i];
  };
  mix_list(from.exports, mid.exports), mix_list(from.cost_shift, mid.cost_shift), mix_list(from.capital, mid.capital);
  mix_list(from.labour, mid.labour), mix_list(from.transfers, mid.transfers);
  mix_list(from.consumed, mid.consumed);
  if (!to.targets.empty()) {  // a target moves from the share that there is without a wedge
    Economy without = from;
    without.targets = to.targets, without.limits.clear();
    Work w = work_for(without);
    std::vector<double> state = at_from;
    state.resize(w.layout.size(), 0.0);
    evaluate(w, state);
    for (std::size_t k = 0; k < mid.targets.size(); ++k)
      mid.targets[k].share = (1.0 - part) * w.target_share[k] + part * to.targets[k].share, mid.targets[k].held_at *= part;
  }
  for (std::size_t k = from.fixed.size(); k < mid.fixed.size(); ++k) mid.fixed[k].amount *= part;
  return mid;
}

}  // namespace kontor
