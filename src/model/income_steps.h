// One step on a way between two economies, as the change of real income that it brings: by region, part, partner and product.
#pragma once

#include <functional>

#include "equilibrium_parts.h"

namespace kontor {

enum IncomePart { terms_of_trade, volume, efficiency, factors, ownership, budget, taxes };

/// A point of the way.
struct IncomePoint {
  const Economy& economy;
  const Work& work;
  const Flows& flows;
  Weights gross, net;  // the economy's, with the wedges that its targets find: times row x ratio, what users pay and sellers get
};

IncomePoint income_point(const Economy& economy, const Work& work, const Flows& flows);

/// Region of the calibration; partner: region of the accounts, -1 where there is none; product -1 likewise. Money at the
/// baseline's consumer prices.
using AddIncome = std::function<void(std::size_t region, IncomePart part, int partner, int product, double value)>;

/// The step from a to b by the midpoint rule; `first`: the baseline, whose prices money is in. What a region sells to itself
/// and buys from itself stands under itself as partner and cancels but for taxes and wedges.
void add_income_step(const Flows& first, const IncomePoint& a, const IncomePoint& b, const AddIncome& add);

}  // namespace kontor
