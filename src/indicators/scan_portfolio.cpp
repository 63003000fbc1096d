// The best set of candidates under a budget, with exact solves and a bound.
#include "kontor/indicators/scan_portfolio.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"

namespace kontor {

namespace {

/// A set of candidates, solved: what it brings, and whether it is allowed.
struct SolvedPortfolio {
  double gain = 0.0;
  bool allowed = true;
  std::vector<double> incomes;  // by region of the calibration, change
};

using Set = std::vector<std::size_t>;  // ascending

class Choosing {
 public:
  Choosing(const ScanBase& base, const std::vector<Candidate>& candidates, const PortfolioOptions& options)
      : base_(base), candidates_(candidates), options_(options), before_(real_income_changes(base, base.now.flows)) {}

  Portfolio run() {
    Portfolio out;
    out.goal = goal_text(options_.goal), out.unit = goal_unit(*base_.calibration->accounts, options_.goal), out.budget = options_.budget;
    const std::size_t n = candidates_.size();
    std::vector<Set> first;
    for (std::size_t i = 0; i < n; ++i) first.push_back({i});
    Set all(n);
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (n > 1) first.push_back(all);
    for (std::size_t i = 0; i < n && n > 2; ++i) {
      Set others = all;
      others.erase(others.begin() + static_cast<long>(i));
      first.push_back(others);
    }
    solve_all(first);
    out.exhaustive = n <= options_.exhaustive_to;
    const Set best = out.exhaustive ? of_all_sets(n) : greedy(n);
    out.bound = knapsack_bound(all);
    finish(out, best);
    return out;
  }

 private:
  const ScanBase& base_;
  const std::vector<Candidate>& candidates_;
  const PortfolioOptions& options_;
  const std::vector<double> before_;
  std::map<Set, SolvedPortfolio> solved_;
  std::size_t refused_ = 0;

  double cost_of(const Set& set) const {
    double cost = 0.0;
    for (const std::size_t i : set) cost += candidates_[i].cost;
    return cost;
  }
  bool affordable(const Set& set) const { return cost_of(set) <= options_.budget * (1.0 + 1e-12); }

  SolvedPortfolio solve(const Set& set) const {
    std::vector<const Shock*> shocks;
    for (const std::size_t i : set)
      for (const Shock& shock : candidates_[i].shocks) shocks.push_back(&shock);
    SolvedPortfolio solved;
    solved.incomes.assign(before_.size(), 0.0);
    if (shocks.empty()) return solved;
    Equilibrium found;
    try {
      found = solve_with(base_, shocks);
    } catch (const Error&) {  // candidates that cannot stand together: more would move than there is
      solved.allowed = false;
    }
    if (!found.solved() || found.flows.spending.empty()) {
      solved.allowed = false, solved.gain = std::nan("");
      return solved;
    }
    solved.gain = goal_gain(base_, options_.goal, found.flows);
    solved.incomes = real_income_changes(base_, found.flows);
    for (std::size_t r = 0; r < before_.size(); ++r) {
      solved.incomes[r] -= before_[r];
      if (options_.nobody_loses && solved.incomes[r] < -options_.tolerance * base_.before.flows.spending[r]) solved.allowed = false;
    }
    return solved;
  }

  void solve_all(const std::vector<Set>& sets) {
    std::vector<Set> fresh;
    for (const Set& set : sets)
      if (solved_.count(set) == 0 && std::find(fresh.begin(), fresh.end(), set) == fresh.end()) fresh.push_back(set);
    std::vector<SolvedPortfolio> found(fresh.size());
    for_each_block(fresh.size(), thread_count(), [&](std::size_t i) { found[i] = solve(fresh[i]); });
    for (std::size_t i = 0; i < fresh.size(); ++i) solved_[fresh[i]] = std::move(found[i]);
  }

  // Larger gain; of equal ones the cheaper, then the earlier.
  bool better(const Set& set, const Set& best, double best_gain) const {
    const double gain = solved_.at(set).gain;
    return gain > best_gain || (gain == best_gain && cost_of(set) < cost_of(best));
  }

  Set of_all_sets(std::size_t n) {
    std::vector<Set> sets;
    for (std::size_t bits = 1; bits < (std::size_t{1} << n); ++bits) {
      Set set;
      for (std::size_t i = 0; i < n; ++i)
        if (bits >> i & 1U) set.push_back(i);
      if (affordable(set)) sets.push_back(set);
    }
    solve_all(sets);
    Set best;
    double gain = 0.0;
    for (const Set& set : sets) {
      if (!solved_.at(set).allowed)
        ++refused_;
      else if (better(set, best, gain))
        best = set, gain = solved_.at(set).gain;
    }
    return best;
  }

  Set with(Set set, std::size_t i) const {
    set.insert(std::upper_bound(set.begin(), set.end(), i), i);
    return set;
  }

  Set greedy(std::size_t n) {
    Set best;
    double gain = 0.0;
    for (;;) {
      std::vector<Set> sets;
      std::vector<std::size_t> added;
      for (std::size_t i = 0; i < n; ++i)
        if (std::find(best.begin(), best.end(), i) == best.end() && affordable(with(best, i)))
          sets.push_back(with(best, i)), added.push_back(i);
      solve_all(sets);
      double most = 0.0;
      std::size_t choice = sets.size();
      for (std::size_t k = 0; k < sets.size(); ++k) {
        const SolvedPortfolio& s = solved_.at(sets[k]);
        if (!s.allowed) ++refused_;
        const double per_cost = (s.gain - gain) / candidates_[added[k]].cost;
        if (s.allowed && per_cost > most) most = per_cost, choice = k;
      }
      if (choice == sets.size()) break;
      best = sets[choice], gain = solved_.at(best).gain;
    }
    for (std::size_t i = 0; i < n; ++i)  // one large candidate may beat many small ones
      if (affordable({i}) && solved_.at({i}).allowed && solved_.at({i}).gain > gain) best = {i}, gain = solved_.at({i}).gain;
    return best;
  }

  // What candidate i adds at most: alone, or on top of all the others.
  double most_of(std::size_t i, const Set& all) const {
    const double alone = solved_.at({i}).gain;
    if (all.size() < 2) return alone;
    Set others = all;
    others.erase(std::find(others.begin(), others.end(), i));
    const double last = solved_.at(all).gain - solved_.at(others).gain;
    return std::isnan(last) ? alone : std::isnan(alone) ? last : std::max(alone, last);
  }

  double knapsack_bound(const Set& all) const {
    std::vector<std::pair<double, double>> items;  // gain, cost
    for (const std::size_t i : all)
      if (const double most = most_of(i, all); most > 0.0 && candidates_[i].cost <= options_.budget)
        items.emplace_back(most, candidates_[i].cost);
    std::stable_sort(items.begin(), items.end(), [](const auto& x, const auto& y) { return x.first * y.second > y.first * x.second; });
    double left = options_.budget, bound = 0.0;
    for (const auto& [most, cost] : items) {
      const double part = std::min(1.0, left / cost);
      bound += part * most, left -= part * cost;
    }
    return bound;
  }

  void finish(Portfolio& out, const Set& best) {
    out.cost = cost_of(best);
    out.gain = best.empty() ? 0.0 : solved_.at(best).gain;
    // In the order of gain a unit of cost alone: what each adds on top of those before it.
    Set order = best;
    const auto per_cost = [&](std::size_t i) { return solved_.at({i}).gain / candidates_[i].cost; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return per_cost(i) > per_cost(j); });
    Set so_far;
    double before = 0.0;
    for (const std::size_t i : order) {
      so_far = with(so_far, i);
      solve_all({so_far});
      const double now = solved_.at(so_far).gain;
      out.chosen.push_back({candidates_[i].id, candidates_[i].cost, solved_.at({i}).gain, now - before});
      before = now;
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (std::find(best.begin(), best.end(), i) == best.end())
        out.left.push_back({candidates_[i].id, candidates_[i].cost, solved_.at({i}).gain, std::nan("")});
    if (!best.empty())
      for (std::size_t r = 0; r < before_.size(); ++r) out.others.emplace_back(base_.calibration->regions[r], solved_.at(best).incomes[r]);
    if (out.exhaustive) out.notes.push_back("every set of candidates within the budget was solved: none is better");
    if (out.gain > out.bound * (1.0 + 1e-9))
      out.notes.push_back("the candidates reinforce each other beyond what each adds alone or last: the bound does not hold");
    out.solves = solved_.size(), out.refused = refused_;
  }
};

}  // namespace

Portfolio best_portfolio(const ScanBase& base, const std::vector<Candidate>& candidates, const PortfolioOptions& options) {
  return Choosing(base, candidates, options).run();
}

std::vector<EffectRow> portfolio_rows(const Accounts& a, const Portfolio& p) {
  std::vector<EffectRow> rows;
  const auto add = [&](const char* indicator, const std::string& region, const std::string& measure, double value,
                       const std::string& unit) {
    rows.push_back({indicator, region, "", "", a.year, measure, "", value, unit});
  };
  add("portfolio_gain", "", "", p.gain, p.unit), add("portfolio_bound", "", "", p.bound, p.unit);
  add("portfolio_cost", "", "", p.cost, "money"), add("portfolio_budget", "", "", p.budget, "money");
  for (const auto* list : {&p.chosen, &p.left})
    for (const ChosenCandidate& c : *list) {
      add("portfolio_chosen", "", c.id, list == &p.chosen ? 1.0 : 0.0, "0 or 1");
      add("portfolio_candidate_cost", "", c.id, c.cost, "money");
      add("portfolio_alone", "", c.id, c.alone, p.unit);
      if (list == &p.chosen) add("portfolio_added", "", c.id, c.added, p.unit);
    }
  for (const auto& [region, change] : p.others)
    add("portfolio_real_income", a.regions[static_cast<std::size_t>(region)].code, "", change, money_unit(a));
  return rows;
}

}  // namespace kontor
