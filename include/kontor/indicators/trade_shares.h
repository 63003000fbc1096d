// Trade shares: what part of a region's purchases of a product comes from each origin, and how far two regions are apart.
//
//   pi(i,n) = X(i,n) / sum_k X(k,n)                  origin i in the use of region n
//   h(i,n)  = ln [ pi(i,n) pi(n,i) / (pi(n,n) pi(i,i)) ]
//
// In a trade model of elasticity theta, h = -theta ln(t(i,n) t(n,i)): costs of production cancel, the cost of trade is left
// (Head and Ries 2001). X leaves out stocks, the table's gaps and negative entries: what has no price decision behind it.
#pragma once

#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

struct TradeFlows {
  std::vector<Matrix> flow;  // by sector: origins x destinations, regions as in the accounts, accounts units

  double value(int sector, int origin, int destination) const;
  /// What the destination buys from everywhere, itself included.
  double use(int sector, int destination) const;
  /// pi, 0 to 1; NaN where the destination buys none.
  double share(int sector, int origin, int destination) const;
  /// h; NaN where one of the four flows is not above 0.
  double nearness(int sector, int one, int other) const;
};

TradeFlows trade_flows(const Accounts& accounts);
/// The same at an equilibrium, in its prices; without wedges the two agree at the baseline.
TradeFlows trade_flows(const Calibration& base, const Equilibrium& equilibrium);

}  // namespace kontor
