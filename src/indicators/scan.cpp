// The scan: gradient of the goal, steps within reach, ranking, and the top solved again.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "scan_parts.h"

namespace kontor {

// Mean ranks: equal values share theirs.
static std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) ranks[order[k]] = 0.5 * static_cast<double>(i + end - 1);
    i = end;
  }
  return ranks;
}

double rank_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 3) return std::nan("");
  const std::vector<double> a = ranks_of(x), b = ranks_of(y);
  const double mean = 0.5 * static_cast<double>(x.size() - 1);
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    ab += (a[i] - mean) * (b[i] - mean), aa += (a[i] - mean) * (a[i] - mean), bb += (b[i] - mean) * (b[i] - mean);
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : std::nan("");
}

namespace {

/// Solves again at most this many candidates for one place in the list, where somebody would lose.
constexpr std::size_t most_tries = 10;
constexpr std::size_t others_named = 3;  // gains, and losses, elsewhere

class Scanning {
 public:
  Scanning(const ScanBase& base, const ScanOptions& options)
      : base_(base),
        c_(*base.calibration),
        a_(*c_.accounts),
        options_(options),
        tangent_(base.economy, base.now.state),
        solver_(tangent_) {}

  Scan run() {
    Scan out{goal_text(options_.goal), goal_unit(a_, options_.goal), base_.economy.closure.name, a_.year, !base_.shocks.empty(), {}, {}};
    std::vector<LeverKind> kinds = options_.kinds;
    if (kinds.empty()) kinds.assign(std::begin(all_lever_kinds), std::end(all_lever_kinds));
    const std::vector<Lever> all = levers_of(base_, kinds);
    for (const LeverKind kind : kinds) lists_[kind].kind = kind;
    for (const Lever& lever : all) choose(lever);
    values_ = lever_values(base_, levers_, gradient_of(goal_outcome(base_, options_.goal, tangent_)));
    if (options_.nobody_loses) real_incomes();
    std::map<LeverKind, std::string> rules;
    reach_ = steps_within_reach(base_, levers_, options_, rules);
    for (const LeverKind kind : kinds) {
      lists_[kind].step_rule = rules[kind];
      rank(lists_[kind]);
      out.lists.push_back(std::move(lists_[kind]));
    }
    out.notes = options_.facts.notes;
    return out;
  }

 private:
  const ScanBase& base_;
  const Calibration& c_;
  const Accounts& a_;
  const ScanOptions& options_;
  Tangent tangent_;
  JacobianSolver solver_;
  std::optional<WrittenPlaces> written_;
  std::vector<Lever> levers_;
  std::vector<double> values_;
  std::vector<std::vector<double>> incomes_;  // by region of the calibration: values of all levers
  std::vector<Reach> reach_;
  std::map<LeverKind, ScanList> lists_;

  EconomyGradient gradient_of(const Outcome& outcome) const {
    bool converged = false;
    EconomyGradient gradient = sensitivity(solver_, outcome, &converged);
    if (!converged)
      fail(Exit::no_answer, "no-gradient", "", "", "", "the transposed equations of the economy were not solved", "a gradient to 1e-11",
           "try the other closure");
    return gradient;
  }

  bool touches(const Lever& lever) const {
    const auto asked = [](const std::vector<int>& list, int one) { return std::find(list.begin(), list.end(), one) != list.end(); };
    if (!options_.sectors.empty() && !asked(options_.sectors, lever.sector)) return false;
    return options_.regions.empty() || asked(options_.regions, lever.origin) ||
           (lever.destination >= 0 && asked(options_.regions, lever.destination));
  }

  void choose(const Lever& lever) {
    if (!touches(lever)) return;
    ScanList& list = lists_[lever.kind];
    if (options_.programme && is_restricted(*options_.programme, a_, lever)) {
      ++list.restricted;
      return;
    }
    if (options_.only_unwritten && written_ && !written_->on(lever).empty()) {
      ++list.written;
      return;
    }
    ++list.levers;
    levers_.push_back(lever);
  }

  void real_incomes() {
    for (const int region : c_.regions) {
      const Goal one = {{GoalKind::real_income, {a_.regions[static_cast<std::size_t>(region)].code, {region}}, 1.0}};
      incomes_.push_back(lever_values(base_, levers_, gradient_of(goal_outcome(base_, one, tangent_))));
    }
  }

  double allowed(std::size_t r) const { return -options_.tolerance * base_.before.flows.spending[r]; }

  bool somebody_loses_to_first_order(std::size_t lever, double step) const {
    for (std::size_t r = 0; r < incomes_.size(); ++r)
      if (incomes_[r][lever] * step < allowed(r)) return true;
    return false;
  }

  // What of the step is tried: no more than is within reach.
  double tried(std::size_t k) const {
    if (!(options_.step_percent > 0.0)) return reach_[k].step;
    return std::min(reach_[k].step, step_of_percent(levers_[k].kind, options_.step_percent));
  }

  void rank(ScanList& list) {
    std::vector<std::size_t> order;
    std::vector<double> raw, sizes, ranked, ranked_sizes;
    for (std::size_t k = 0; k < levers_.size(); ++k) {
      if (levers_[k].kind != list.kind) continue;
      const double size = lever_size(base_, levers_[k]);
      if (size > 0.0 && values_[k] > 0.0) raw.push_back(values_[k]), sizes.push_back(size);
      if (reach_[k].why_not) {
        list.not_judged.push_back({levers_[k], reach_[k].why_not, size});
        continue;
      }
      ++list.judged;
      if (!(reach_[k].step > 0.0)) continue;
      ++list.within_reach;
      if (!(values_[k] > 0.0)) continue;
      ranked.push_back(values_[k] * reach_[k].step), ranked_sizes.push_back(size);
      order.push_back(k);
    }
    list.raw_correlation = rank_correlation(raw, sizes);
    list.ranked_correlation = rank_correlation(ranked, ranked_sizes);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return values_[i] * reach_[i].step > values_[j] * reach_[j].step; });
    fill(list, order);
  }

  void fill(ScanList& list, const std::vector<std::size_t>& order) {
    std::size_t next = 0, tries = most_tries * options_.top;
    while (list.list.size() < options_.top && next < order.size() && tries > 0) {
      std::vector<std::size_t> batch;
      for (; next < order.size() && batch.size() < std::min(options_.top - list.list.size(), tries); ++next) {
        if (options_.nobody_loses && somebody_loses_to_first_order(order[next], tried(order[next])))
          ++list.losing;
        else
          batch.push_back(order[next]);
      }
      std::vector<Opportunity> found(batch.size());
      std::vector<char> lost(batch.size(), 0);
      for_each_block(batch.size(), thread_count(), [&](std::size_t i) { found[i] = opportunity(batch[i], lost[i]); });
      tries -= batch.size();
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (options_.nobody_loses && lost[i])
          ++list.losing;
        else
          list.list.push_back(std::move(found[i]));
      }
    }
  }

  Opportunity opportunity(std::size_t k, char& lost) const {
    Opportunity o;
    o.lever = levers_[k];
    o.feasible = reach_[k].step, o.tried = tried(k);
    o.marginal = 0.01 * values_[k], o.first_order = values_[k] * o.tried;
    o.size = lever_size(base_, o.lever);
    o.implied = reach_[k].implied, o.predicted = reach_[k].predicted;
    if (written_) o.measures = written_->on(o.lever);
    solve_again(o, lost);
    o.quality = quality_of(base_, o);
    return o;
  }

  void solve_again(Opportunity& o, char& lost) const {
    const std::vector<Shock> shocks = lever_shocks(base_, o.lever, o.tried);
    std::vector<const Shock*> all;
    for (const Shock& shock : shocks) all.push_back(&shock);
    Equilibrium found;
    try {
      found = solve_with(base_, all);
    } catch (const Error&) {  // more would move than there is
    }
    lost = 1;
    if (found.flows.spending.empty() || !found.solved()) return;
    o.exact = goal_gain(base_, options_.goal, found.flows);
    std::vector<double> change = real_income_changes(base_, found.flows);
    const std::vector<double> before = real_income_changes(base_, base_.now.flows);
    lost = 0;
    std::vector<std::size_t> order;
    for (std::size_t r = 0; r < change.size(); ++r) {
      change[r] -= before[r];
      if (change[r] < allowed(r)) lost = 1;
      if (!in_goal(c_.regions[r]) && std::fabs(change[r]) > 1e-9 * base_.before.flows.spending[r]) order.push_back(r);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return change[i] > change[j]; });
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool gain = i < others_named && change[order[i]] > 0.0;
      const bool loss = i + others_named >= order.size() && change[order[i]] < 0.0;
      if (gain || loss) o.others.emplace_back(c_.regions[order[i]], change[order[i]]);
    }
  }

  // Of one region's real income the others are named; of all regions' together every one is.
  bool in_goal(int region) const {
    for (const GoalPart& part : options_.goal)
      if (part.kind == GoalKind::real_income && part.regions.regions.size() < c_.regions.size() && part.regions.has(region)) return true;
    return false;
  }
};

}  // namespace

Scan scan(const ScanBase& base, const ScanOptions& options) { return Scanning(base, options).run(); }

}  // namespace kontor
