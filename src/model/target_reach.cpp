#include "kontor/model/target_reach.h"

#include <algorithm>
#include <cmath>

#include "equilibrium_parts.h"

namespace kontor {

double largest_rate(Instrument instrument) {
  return instrument == Instrument::subsidy ? 1.0 / largest_price_factor - 1.0 : largest_price_factor - 1.0;
}

static bool beyond(const WedgeTarget& target, double log_wedge) {
  constexpr double rounding = 1e-9;  // of a log that was solved to 1e-10
  return !target.held && std::fabs(log_wedge) > std::log(largest_price_factor) + rounding;
}

static bool turned(const WedgeTarget& target, double log_wedge) {
  constexpr double rounding = 1e-9;
  return !target.held && (target.instrument == Instrument::subsidy ? log_wedge > rounding : log_wedge < -rounding);
}

// The share at the bound with this target alone; where there is no equilibrium there, at a half, a quarter or an eighth of
// the bound in logs.
static OutOfReach at_bound(const EquilibriumSolver& solver, const Economy& economy, const WedgeTarget& target,
                           const SolverOptions& options) {
  OutOfReach found{target.measure, target.product, target.instrument, target.share, std::nan(""), std::nan("")};
  Economy alone = economy;
  alone.targets = {target};
  const double bound = std::log1p(largest_rate(target.instrument));
  for (const double part : {1.0, 0.5, 0.25, 0.125}) {
    alone.targets[0].held = true, alone.targets[0].held_at = part * bound;
    const Equilibrium there = solver.solve(alone, {}, options);
    if (!there.solved()) continue;
    found.largest = there.flows.target_share[0], found.rate = std::expm1(part * bound);
    break;
  }
  return found;
}

// Targets whose share would not be reached at the bound if no price but the wedge moved: those to be looked at first, for a
// solver that looks for a wedge that does not exist looks long.
static std::vector<bool> doubtful(const Economy& economy) {
  Work w = work_for(economy);
  std::vector<double> state = base_state(w);
  for (std::size_t k = 0; k < economy.targets.size(); ++k)
    state[w.layout.wedge() + k] = std::log1p(largest_rate(economy.targets[k].instrument));
  evaluate(w, state);
  std::vector<bool> list;
  for (std::size_t k = 0; k < economy.targets.size(); ++k)
    list.push_back(!economy.targets[k].held && w.target_share[k] < economy.targets[k].share);
  return list;
}

Reached solve_within_reach(const EquilibriumSolver& solver, Economy& economy, const SolverOptions& options,
                           const std::vector<double>& start) {
  Reached result;
  const std::vector<bool> first = doubtful(economy);
  for (std::size_t k = 0; k < first.size(); ++k)
    if (first[k])
      if (OutOfReach found = at_bound(solver, economy, economy.targets[k], options); !(found.largest >= found.wanted))
        result.out_of_reach.push_back(std::move(found));
  if (!result.out_of_reach.empty()) return result;
  result.solution = solver.solve(economy, start, options);
  // A wedge of the wrong sign: the share is there without it.
  for (std::size_t round = 0; round < economy.targets.size() && result.solution.solved(); ++round) {
    bool any = false;
    for (std::size_t k = 0; k < economy.targets.size(); ++k)
      if (turned(economy.targets[k], result.solution.flows.log_wedge[k]))
        economy.targets[k].held = any = true, economy.targets[k].held_at = 0.0;
    if (!any) break;
    result.solution = solver.solve(economy, result.solution.state, options);
  }
  const bool solved = result.solution.solved();
  for (std::size_t k = 0; k < economy.targets.size(); ++k) {
    const WedgeTarget& target = economy.targets[k];
    if (target.held || (solved && !beyond(target, result.solution.flows.log_wedge[k]))) continue;
    OutOfReach found = at_bound(solver, economy, target, options);
    // Unsolved together, a target that is reached alone is not the one to leave out.
    if (solved || !(found.largest >= target.share)) result.out_of_reach.push_back(found);
  }
  return result;
}

bool within_reach(const Economy& economy, const Flows& flows) {
  for (std::size_t k = 0; k < economy.targets.size(); ++k)
    if (beyond(economy.targets[k], flows.log_wedge[k]) || turned(economy.targets[k], flows.log_wedge[k])) return false;
  return true;
}

Reachable solve_reachable(const EquilibriumSolver& solver, const Economy& baseline, const Flows& before,
                          const std::vector<const Shock*>& shocks, std::set<std::string>& unreached, const std::vector<double>& start,
                          const SolverOptions& options) {
  for (;;) {
    Reachable result;
    std::vector<const Shock*> counted;
    for (const Shock* shock : shocks) {
      const bool out = std::holds_alternative<Target>(shock->change) && unreached.count(shock->measure) > 0;
      (out ? result.not_counted : counted).push_back(shock);
    }
    result.economy = economy_with(baseline, counted, result.not_counted);
    result.economy.wedge_revenue_before = before.wedge_revenue;
    const bool aims = !result.economy.targets.empty();
    if (!aims || !start.empty()) {
      result.solution = solver.solve(result.economy, start, options);
      if (!aims || (result.solution.solved() && within_reach(result.economy, result.solution.flows))) return result;
    }
    Reached reached = solve_within_reach(solver, result.economy, options);
    if (reached.out_of_reach.empty()) {
      result.solution = std::move(reached.solution);
      return result;
    }
    for (const OutOfReach& target : reached.out_of_reach) unreached.insert(target.measure);
  }
}

}  // namespace kontor
