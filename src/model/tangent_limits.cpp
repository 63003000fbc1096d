// The tangent of limits: d F = a d ln m + b ds,   ds = d ln K - d ln R + d ln c,   a and b as equations_of_limits left them.
#include "tangent_parts.h"

namespace kontor {

void push_limits(Run& run) {
  for (std::size_t k = 0; k < run.w.layout.limits; ++k) {
    const std::size_t j = at(run.economy().limits[k].cell);
    double slack = run.d.log_cost[j] - run.d.output[j] / run.w.output[j];
    if (run.change != nullptr) slack += part_of(run.change->log_limits, k);
    run.d.residual[run.w.layout.rent() + k] = run.w.limit_by_rent[k] * run.d.log_rent[j] + run.w.limit_by_slack[k] * slack;
  }
}

void pull_limits(Run& run) {
  for (std::size_t k = 0; k < run.w.layout.limits; ++k) {
    const std::size_t j = at(run.economy().limits[k].cell);
    const double back = run.d.residual[run.w.layout.rent() + k], slack = run.w.limit_by_slack[k] * back;
    run.d.log_rent[j] += run.w.limit_by_rent[k] * back;
    run.d.log_cost[j] += slack, run.d.output[j] -= slack / run.w.output[j];
    if (run.gradient != nullptr) run.gradient->log_limits[k] = slack;
  }
}

}  // namespace kontor
