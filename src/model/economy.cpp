// The accounts under a closure, with shocks entered: what the solver gets.
#include <cmath>

#include "kontor/model/equilibrium.h"

namespace kontor {

// A over one plus the tariff: what the seller keeps. The same table where the accounts hold no tariffs.
static std::shared_ptr<const Matrix> kept_by_sellers(const Calibration& base) {
  if (!base.tariff) return base.weight;
  Matrix net = *base.weight;
  for (std::size_t q = 0; q < net.rows; ++q)
    for (std::size_t b = 0; b < net.columns; ++b) net(q, b) /= 1.0 + (*base.tariff)(q, static_cast<std::size_t>(base.group_region[b]));
  return std::make_shared<const Matrix>(std::move(net));
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
  economy.fund_share.assign(base.regions.size(), 0.0);
  return economy;
}

}  // namespace kontor
