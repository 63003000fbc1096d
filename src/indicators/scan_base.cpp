// The economy that is scanned: the solved baseline, or the programme in it, and what comes on top.
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/model/target_reach.h"
#include "scan_parts.h"

namespace kontor {

static constexpr SolverOptions tight = {1e-12, 400, 8};  // gains are small parts of incomes

// As tight as rounding allows: where the tolerance is out of reach of a large table, the usual one.
static Equilibrium solved(const EquilibriumSolver& solver, const Economy& economy, const std::vector<double>& start) {
  Equilibrium found = solver.solve(economy, start, tight);
  return found.solved() ? found : solver.solve(economy, start);
}

// Costs and wedges multiply, the last tariff counts: as where shocks enter.
static void note_prices(ScanBase& base) {
  const auto here = [&](const auto& change) -> InPlace& {
    const std::array<int, 3> key = {change.origin, change.destination, change.sector};
    return base.in_place.try_emplace(key, in_place(base, key[0], key[1], key[2])).first->second;
  };
  for (const Shock* shock : base.shocks) {
    if (const auto* cost = std::get_if<TradeCost>(&shock->change)) here(*cost).log_cost += std::log(cost->ratio);
    if (const auto* rent = std::get_if<Rent>(&shock->change)) here(*rent).log_wedge += std::log(rent->ratio);
    if (const auto* gift = std::get_if<Subsidy>(&shock->change)) here(*gift).log_wedge += std::log1p(-gift->rate);
    if (const auto* rate = std::get_if<TariffRate>(&shock->change)) here(*rate).tariff = rate->rate;
  }
}

// The programme in it. A target that is out of reach is none of it.
static void enter_programme(ScanBase& base) {
  base.now = base.before, base.economy = base.baseline;
  base.economy.wedge_revenue_before = base.before.flows.wedge_revenue;
  if (base.shocks.empty()) return;
  std::vector<const Shock*> not_counted;
  const auto enter = [&] {
    base.economy = economy_with(base.baseline, base.shocks, not_counted);
    base.economy.wedge_revenue_before = base.before.flows.wedge_revenue;
    base.now = solved(*base.solver, base.economy, base.economy.targets.empty() ? base.before.state : std::vector<double>());
  };
  enter();
  if (base.economy.targets.empty() || (base.now.solved() && within_reach(base.economy, base.now.flows))) return;
  std::set<std::string> unreached;
  solve_reachable(*base.solver, base.baseline, base.before.flows, base.shocks, unreached);
  std::erase_if(base.shocks,
                [&](const Shock* shock) { return std::holds_alternative<Target>(shock->change) && unreached.count(shock->measure) > 0; });
  enter();
}

ScanBase solve_scan_base(const Calibration& calibration, const Closure& closure, const std::vector<const Shock*>& shocks) {
  ScanBase base;
  base.calibration = &calibration, base.shocks = shocks;
  note_prices(base);
  base.baseline = baseline_economy(calibration, closure);
  base.solver = std::make_shared<const EquilibriumSolver>(base.baseline);
  base.before = solved(*base.solver, base.baseline, {});
  const auto require = [&](const Equilibrium& found, const char* what) {
    if (!found.solved())
      fail(Exit::no_answer, "no-answer", "", "", "", "closure " + closure.name + ", " + what + ": " + found.outcome,
           "an equilibrium within the tolerance", "look at `kontor check` of the accounts; try the other closure");
  };
  require(base.before, "baseline");
  std::vector<const Shock*> not_counted, moves;
  enter_programme(base);
  require(base.now, "with the programme");
  for (const Shock* shock : base.shocks)
    if (std::holds_alternative<std::vector<Sourcing>>(shock->change)) moves.push_back(shock);
  base.sourced = moves.empty() ? base.baseline.weight : economy_with(base.baseline, moves, not_counted).weight;
  return base;
}

Equilibrium solve_with(const ScanBase& base, const std::vector<const Shock*>& more) {
  std::vector<const Shock*> all = base.shocks, not_counted;
  all.insert(all.end(), more.begin(), more.end());
  Economy economy = economy_with(base.baseline, all, not_counted);
  economy.wedge_revenue_before = base.before.flows.wedge_revenue;
  const bool same = economy.targets.size() == base.economy.targets.size();
  return solved(*base.solver, economy, same ? base.now.state : std::vector<double>());
}

}  // namespace kontor
