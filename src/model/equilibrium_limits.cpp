// Limits of capacity: quantity Q(j) at most K(j), price m(j) times unit cost, and
//
//   ln m >= 0,   s = ln K - ln Q >= 0,   ln m x s = 0      as      ln m + s - sqrt((ln m)^2 + s^2) = 0
//
// The last form (Fischer 1992) is smooth but at the corner where both are zero, so it is solved like any other equation.
#include <cmath>

#include "equilibrium_steps.h"

namespace kontor {

double log_price_of_row(const Work& w, std::size_t row) {
  const int cell = w.economy->base->cell_of[row];
  return cell < 0 ? 0.0 : w.log_cost[static_cast<std::size_t>(cell)] + w.log_rent[static_cast<std::size_t>(cell)];
}

void equations_of_limits(Work& w) {
  for (std::size_t k = 0; k < w.layout.limits; ++k) {
    const Capacity& limit = w.economy->limits[k];
    const auto j = static_cast<std::size_t>(limit.cell);
    const double rent = w.log_rent[j], slack = std::log(limit.limit / w.output[j]) + w.log_cost[j], length = std::hypot(rent, slack);
    w.slack[k] = slack;
    w.residual[w.layout.rent() + k] = rent + slack - length;
    const double corner = std::sqrt(0.5);  // at the corner any slope between the two sides serves
    w.limit_by_rent[k] = 1.0 - (length > 0.0 ? rent / length : corner);
    w.limit_by_slack[k] = 1.0 - (length > 0.0 ? slack / length : corner);
  }
}

}  // namespace kontor
