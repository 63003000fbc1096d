#include "kontor/indicators/trade_shares.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"

namespace kontor {

static Matrix& flows_of_sector(TradeFlows& flows, int sector) { return flows.flow[static_cast<std::size_t>(sector)]; }

static TradeFlows no_flows(const Accounts& a) {
  return {std::vector<Matrix>(a.sectors.size(), Matrix(a.regions.size(), a.regions.size()))};
}

double TradeFlows::value(int sector, int origin, int destination) const {
  return flow[static_cast<std::size_t>(sector)](static_cast<std::size_t>(origin), static_cast<std::size_t>(destination));
}

double TradeFlows::use(int sector, int destination) const {
  const Matrix& x = flow[static_cast<std::size_t>(sector)];
  Sum sum;
  for (std::size_t i = 0; i < x.rows; ++i) sum.add(x(i, static_cast<std::size_t>(destination)));
  return sum.value();
}

double TradeFlows::share(int sector, int origin, int destination) const {
  const double all = use(sector, destination);
  return all > 0.0 ? value(sector, origin, destination) / all : std::nan("");
}

double TradeFlows::nearness(int sector, int one, int other) const {
  // The uses of the two destinations cancel: the flows themselves will do.
  const double between = value(sector, one, other) * value(sector, other, one);
  const double within = value(sector, one, one) * value(sector, other, other);
  return between > 0.0 && within > 0.0 ? std::log(between / within) : std::nan("");
}

static bool is_stock_or_gap(const Accounts& a, std::size_t use) {
  const FinalRole role = a.categories[static_cast<std::size_t>(a.final_uses[use].category)].role;
  return role == FinalRole::inventories || role == FinalRole::discrepancy || role == FinalRole::exports;
}

TradeFlows trade_flows(const Accounts& a) {
  TradeFlows flows = no_flows(a);
  const auto n = static_cast<int>(a.cells.size());
  for (int supplier = 0; supplier < supplier_count(a); ++supplier) {
    const auto origin = static_cast<std::size_t>(supplier_region(a, supplier));
    Matrix& x = flows_of_sector(flows, supplier_sector(a, supplier));
    for (int buyer = 0; buyer < buyer_count(a); ++buyer) {
      if (buyer >= n && is_stock_or_gap(a, static_cast<std::size_t>(buyer - n))) continue;
      x(origin, static_cast<std::size_t>(buyer_region(a, buyer))) += std::max(purchase(a, supplier, buyer), 0.0);
    }
  }
  return flows;
}

TradeFlows trade_flows(const Calibration& base, const Equilibrium& equilibrium) {
  const Accounts& a = *base.accounts;
  TradeFlows flows = no_flows(a);
  const Matrix& sales = equilibrium.flows.sales;
  const auto at = [&](std::size_t row, std::size_t r) -> double& {
    const int supplier = base.supplier_of[row];
    return flows_of_sector(flows, supplier_sector(a, supplier))(static_cast<std::size_t>(supplier_region(a, supplier)),
                                                                static_cast<std::size_t>(base.regions[r]));
  };
  for (std::size_t q = 0; q < base.supplier_of.size(); ++q)
    for (std::size_t r = 0; r < base.regions.size(); ++r) at(q, r) = sales(q, r);
  for (const FixedPurchase& f : base.fixed) {
    if (f.region < 0) continue;
    const auto q = static_cast<std::size_t>(f.row);
    const double price = base.cell_of[q] < 0 ? 1.0 : std::exp(equilibrium.flows.log_cost[static_cast<std::size_t>(base.cell_of[q])]);
    at(q, static_cast<std::size_t>(f.region)) -= f.amount * price * (f.amount < 0.0 ? equilibrium.flows.drawn_part[q] : 1.0);
  }
  return flows;
}

}  // namespace kontor
