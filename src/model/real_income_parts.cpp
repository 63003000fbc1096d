#include "kontor/model/real_income_parts.h"

#include <cmath>

#include "income_steps.h"

namespace kontor {

namespace {

/// A point of the path with what it refers to.
struct Kept {
  Economy economy;
  Work work;
  Flows flows;
  std::unique_ptr<IncomePoint> point;
};

std::unique_ptr<Kept> kept_at(Economy economy, const std::vector<double>& state) {
  auto kept = std::make_unique<Kept>();
  kept->economy = std::move(economy);
  kept->work = work_for(kept->economy);
  evaluate(kept->work, state);
  kept->flows = flows_of(kept->work);
  kept->point = std::make_unique<IncomePoint>(income_point(kept->economy, kept->work, kept->flows));
  return kept;
}

using Sums = std::vector<std::array<double, 7>>;

void add_to(Sums& sums, const Flows& first, const Kept& a, const Kept& b) {
  add_income_step(first, *a.point, *b.point,
                  [&](std::size_t region, IncomePart part, int, int, double value) { sums[region][part] += value; });
}

}  // namespace

RealIncomeParts split_real_income(const EquilibriumSolver& solver, const Economy& baseline, const Equilibrium& before,
                                  const Economy& economy, const Equilibrium& after, int steps) {
  const std::size_t regions = economy.base->regions.size();
  RealIncomeParts result;
  std::vector<std::unique_ptr<Kept>> points;
  Economy start = between(baseline, economy, 0.0, before.state);
  Equilibrium at = solver.solve(start);
  for (int k = 0; k <= steps; ++k) {
    Economy here = k == steps ? economy : between(baseline, economy, static_cast<double>(k) / steps, before.state);
    if (k == steps)
      at = after;
    else
      at = solver.solve(here, k == 0 ? std::vector<double>() : at.state);
    if (!at.solved()) {
      result.solved = false;
      return result;
    }
    points.push_back(kept_at(std::move(here), at.state));
  }
  Sums fine(regions, std::array<double, 7>{}), coarse = fine;
  for (std::size_t k = 1; k < points.size(); ++k) add_to(fine, points.front()->flows, *points[k - 1], *points[k]);
  for (std::size_t k = 2; k < points.size(); k += 2) add_to(coarse, points.front()->flows, *points[k - 2], *points[k]);
  for (auto& list : result.parts) list.assign(regions, 0.0);
  result.error.assign(regions, 0.0);
  const Flows &first = points.front()->flows, &last = points.back()->flows;
  for (std::size_t r = 0; r < regions; ++r) {
    const double ratio = std::log(last.spending[r] / first.spending[r]) - (last.log_index[r] - first.log_index[r]);
    result.error[r] = first.spending[r] * std::expm1(ratio) + economy.consumed[r];
    for (std::size_t k = 0; k < 7; ++k) {
      result.parts[k][r] = (4.0 * fine[r][k] - coarse[r][k]) / 3.0;
      result.error[r] -= result.parts[k][r];
    }
  }
  return result;
}

}  // namespace kontor
