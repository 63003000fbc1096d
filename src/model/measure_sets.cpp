// Sets of measures, from small to large: a set starts where the solution without one of its measures and that of this measure
// alone lead together, which misses only what this one does with the others.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <mutex>

#include "equilibrium_parts.h"
#include "kontor/base/attribution.h"
#include "kontor/base/parallel.h"
#include "kontor/model/measure_parts.h"

namespace kontor {

namespace {

/// A solution of one set; wedges by the measure whose target they reach.
struct SolvedSet {
  std::vector<double> state;  // without what stands behind the closure's unknowns
  std::map<std::string, double> wedges;
  std::vector<double> change;
};

class Sets {
 public:
  Sets(const MeasuresInPart& measures, const EquilibriumSolver& solver, const Equilibrium& before, const ChangeBetween& change)
      : measures_(measures), solver_(solver), change_(change), base_work_(work_for(measures.baseline())) {
    evaluate(base_work_, before.state);
    base_flows_ = flows_of(base_work_);
    SolvedSet nobody;
    nobody.state.assign(before.state.begin(), before.state.begin() + static_cast<std::ptrdiff_t>(base_work_.layout.wedge()));
    nobody.change = change_({measures_.baseline(), base_work_, base_flows_}, {measures_.baseline(), base_work_, base_flows_});
    solved_[0] = std::move(nobody);
  }

  // Each with all smaller ones that it starts from. Those of one size do not wait for each other.
  void solve_all(std::vector<PlayerSet> sets) {
    for (std::size_t m = 0; m < measures_.count(); ++m) sets.push_back(PlayerSet{1} << m);
    std::sort(sets.begin(), sets.end(),
              [](PlayerSet a, PlayerSet b) { return std::popcount(a) != std::popcount(b) ? std::popcount(a) < std::popcount(b) : a < b; });
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
    for (std::size_t first = 0; first < sets.size();) {
      std::size_t last = first;
      while (last < sets.size() && std::popcount(sets[last]) == std::popcount(sets[first])) ++last;
      for (std::size_t k = first; k < last; ++k) solved_[sets[k]];  // room for it, before anybody writes
      for_each_block(last - first, thread_count(), [&](std::size_t k) {
        if (sets[first + k] != 0) solve(sets[first + k]);
      });
      first = last;
    }
  }

  const std::vector<double>& change_of(PlayerSet set) const { return solved_.at(set).change; }
  std::size_t count() const { return solved_.size(); }

  /// Of the first set without a solution; empty if all have one.
  std::string problem() const { return problems_.empty() ? std::string() : problems_.begin()->second; }

 private:
  void solve(PlayerSet set) {
    std::vector<bool> in(measures_.count());
    for (std::size_t m = 0; m < in.size(); ++m) in[m] = (set >> m & 1) != 0;
    const Economy economy = measures_.of_set(in);
    Work w = work_for(economy);
    const Equilibrium found = solver_.solve(economy, start_of(set, economy, w.layout));
    SolvedSet& mine = solved_.at(set);
    mine.change.assign(change_of(0).size(), std::nan(""));
    if (!found.solved()) {
      const std::scoped_lock lock(guard_);
      problems_[set] = found.outcome;
      mine.state = solved_.at(0).state;
      return;
    }
    mine.state.assign(found.state.begin(), found.state.begin() + static_cast<std::ptrdiff_t>(w.layout.wedge()));
    for (std::size_t k = 0; k < economy.targets.size(); ++k) mine.wedges[economy.targets[k].measure] = found.state[w.layout.wedge() + k];
    evaluate(w, found.state);
    mine.change = change_({measures_.baseline(), base_work_, base_flows_}, {economy, w, found.flows});
  }

  std::vector<double> start_of(PlayerSet set, const Economy& economy, const Layout& layout) const {
    std::vector<double> start(layout.size(), 0.0);
    const SolvedSet* without = &solved_.at(0);
    const SolvedSet* alone = without;
    if (std::popcount(set) > 1)
      for (std::size_t m = 0; m < measures_.count(); ++m) {
        const PlayerSet one = PlayerSet{1} << m;
        if ((set & one) == 0 || solved_.count(set & ~one) == 0) continue;
        without = &solved_.at(set & ~one), alone = &solved_.at(one);
        break;
      }
    const std::vector<double>& nobody = solved_.at(0).state;
    for (std::size_t i = 0; i < nobody.size(); ++i) start[i] = without->state[i] + alone->state[i] - nobody[i];
    for (std::size_t i = layout.output(); i < layout.capital(); ++i)  // levels stay positive
      if ((i < layout.wage() || i >= layout.spending()) && nobody[i] > 0.0) start[i] = std::max(start[i], 0.1 * nobody[i]);
    for (std::size_t k = 0; k < economy.targets.size(); ++k)
      for (const SolvedSet* from : {without, alone})
        if (const auto wedge = from->wedges.find(economy.targets[k].measure); wedge != from->wedges.end())
          start[layout.wedge() + k] = wedge->second;
    return start;
  }

  const MeasuresInPart& measures_;
  const EquilibriumSolver& solver_;
  const ChangeBetween& change_;
  Work base_work_;
  Flows base_flows_;
  std::map<PlayerSet, SolvedSet> solved_;
  std::map<PlayerSet, std::string> problems_;
  std::mutex guard_;
};

}  // namespace

SetOutcomes outcomes_of_sets(const MeasuresInPart& measures, const EquilibriumSolver& solver, const Equilibrium& before,
                             const ChangeBetween& change, const SetOptions& options) {
  const int players = static_cast<int>(measures.count());
  const bool exact = players <= most_exact_players;
  const PlayerSet everybody = (PlayerSet{1} << players) - 1;
  Sets sets(measures, solver, before, change);
  const auto orders = exact ? std::vector<std::vector<int>>() : sampled_orders(players, options.orders, options.seed);
  std::vector<PlayerSet> asked;
  for (PlayerSet set = 1; exact && set <= everybody; ++set) asked.push_back(set);
  for (const std::vector<int>& order : orders)
    for (PlayerSet set = 0; const int m : order) asked.push_back(set |= PlayerSet{1} << m);
  for (int m = 0; m < players; ++m) asked.push_back(everybody & ~(PlayerSet{1} << m));
  asked.push_back(everybody);
  sets.solve_all(asked);

  SetOutcomes result;
  result.sets = sets.count() - 1, result.outcome = sets.problem();
  if (!result.solved()) return result;
  result.whole = sets.change_of(everybody);
  const std::size_t outcomes = result.whole.size();
  result.alone = result.last_in = Matrix(measures.count(), outcomes);
  for (std::size_t m = 0; m < measures.count(); ++m)
    for (std::size_t o = 0; o < outcomes; ++o) {
      result.alone(m, o) = sets.change_of(PlayerSet{1} << m)[o];
      result.last_in(m, o) = result.whole[o] - sets.change_of(everybody & ~(PlayerSet{1} << m))[o];
    }
  const auto copy_to = [&](Matrix& values, std::size_t row, PlayerSet set) {
    std::copy(sets.change_of(set).begin(), sets.change_of(set).end(), values.row(row).begin());
  };
  if (exact) {
    Matrix values(std::size_t{1} << players, outcomes);
    for (PlayerSet set = 0; set <= everybody; ++set) copy_to(values, set, set);
    result.parts = shapley(values, players);
    return result;
  }
  std::vector<Matrix> steps;
  for (const std::vector<int>& order : orders) {
    Matrix values(order.size() + 1, outcomes);
    PlayerSet set = 0;
    copy_to(values, 0, 0);
    for (std::size_t i = 0; i < order.size(); ++i) copy_to(values, i + 1, set |= PlayerSet{1} << order[i]);
    steps.push_back(std::move(values));
  }
  SampledShapley sampled = shapley(orders, steps);
  result.parts = std::move(sampled.parts), result.standard_error = std::move(sampled.standard_error);
  return result;
}

}  // namespace kontor
