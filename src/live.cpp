#include "kontor/live.h"

#include <algorithm>
#include <map>
#include <set>

#include "indicators/net_rows.h"
#include "indicators/region_groups.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/model/calibration.h"
#include "kontor/model/equilibrium.h"
#include "kontor/model/scenarios.h"
#include "kontor/model/target_reach.h"

namespace kontor {

struct LiveModel::Made {
  std::shared_ptr<const Accounts> accounts;
  Closure closure;
  std::map<std::string, double> parameters;
  Calibration calibration;
  Economy baseline;
  EquilibriumSolver solver;
  Equilibrium base_solution;
  std::map<int, std::vector<double>> states;  // by year: where the last answer ended

  Made(std::shared_ptr<const Accounts> a, const Programme& programme)
      : accounts(std::move(a)),
        closure(programme.closure_rules),
        parameters(programme.parameters),
        calibration(calibrated(*accounts, programme)),
        baseline(baseline_economy(calibration, closure)),
        solver(baseline),
        base_solution(solver.solve(baseline)) {}

  static Calibration calibrated(const Accounts& accounts, const Programme& programme) {
    std::vector<std::string> used;  // listed by the run itself
    return calibrate(accounts, calibration_options(accounts, programme.parameters, used));
  }

  /// From where the last answer for that year ended.
  Reachable solve(int year, const std::vector<const Shock*>& shocks, std::set<std::string>& left_out) const;
  void keep(int year, const Reachable& found) { states[year] = found.solution.state; }
};

[[noreturn]] static void no_answer(const Closure& closure, const std::string& when, const std::string& outcome) {
  fail(Exit::no_answer, "no-answer", "", "", "", "closure " + closure.name + ", " + when + ": " + outcome,
       "an equilibrium within the tolerance", "smaller numbers, another year, or another closure");
}

LiveModel::LiveModel(std::shared_ptr<const Accounts> accounts, const Programme& programme)
    : made_(std::make_unique<Made>(std::move(accounts), programme)) {
  if (!made_->base_solution.solved()) no_answer(made_->closure, "baseline", made_->base_solution.outcome);
}

LiveModel::~LiveModel() = default;
LiveModel::LiveModel(LiveModel&&) noexcept = default;
LiveModel& LiveModel::operator=(LiveModel&&) noexcept = default;

bool LiveModel::fits(const Programme& programme) const {
  const Closure &a = made_->closure, &b = programme.closure_rules;
  return a.name == b.name && a.labour == b.labour && a.capital == b.capital && a.imbalance == b.imbalance && a.budget == b.budget &&
         a.labour_elasticity == b.labour_elasticity && a.payers == b.payers && made_->parameters == programme.parameters;
}

Reachable LiveModel::Made::solve(int year, const std::vector<const Shock*>& shocks, std::set<std::string>& left_out) const {
  const auto last = states.find(year);
  const std::vector<double>& start = last != states.end() ? last->second : base_solution.state;
  Reachable found = solve_reachable(solver, baseline, base_solution.flows, shocks, left_out, start);
  // A start that leads nowhere is no reason to have no answer.
  if (!found.solution.solved()) found = solve_reachable(solver, baseline, base_solution.flows, shocks, left_out);
  if (!found.solution.solved()) no_answer(closure, std::to_string(year), found.solution.outcome);
  return found;
}

static std::vector<const Shock*> shocks_of(const Programme& programme, const Compiled& compiled, int year, bool pipeline) {
  std::set<std::string> counted;
  for (const Written& measure : programme.measures)
    if (pipeline || is_committed(measure)) counted.insert(measure.id);
  std::vector<const Shock*> shocks;
  for (const Shock& shock : compiled.shocks)
    if (shock.year == year && counted.count(shock.measure)) shocks.push_back(&shock);
  return shocks;
}

LiveAnswer LiveModel::solve(const Programme& programme, const Compiled& compiled, int year, bool pipeline) {
  if (!fits(programme))
    fail(Exit::usage, "other-closure", "", "", "closure", "the programme has another closure or other parameters than the model",
         "those that it was made with", "make a new model");
  if (year < programme.first_year || year > programme.last_year)
    fail(Exit::usage, "unknown-year", "", "", "year", "the year " + std::to_string(year),
         "a year of the horizon, " + std::to_string(programme.first_year) + " to " + std::to_string(programme.last_year),
         "ask for one of these");
  Made& m = *made_;
  const std::vector<const Shock*> shocks = shocks_of(programme, compiled, year, pipeline);
  const bool aims = std::any_of(shocks.begin(), shocks.end(), [](const Shock* s) { return std::holds_alternative<Target>(s->change); });
  Reachable found;
  if (aims && year != programme.last_year) {
    // Both at a time; what the last year leaves out is left out again in the year that is asked for.
    const std::vector<const Shock*> at_end = shocks_of(programme, compiled, programme.last_year, pipeline);
    std::set<std::string> left_out, left_out_at_end;
    Reachable last;
    for_each_block(2, thread_count(), [&](std::size_t k) {
      if (k == 0)
        found = m.solve(year, shocks, left_out);
      else
        last = m.solve(programme.last_year, at_end, left_out_at_end);
    });
    m.keep(programme.last_year, last);
    if (left_out_at_end != left_out) {
      left_out_at_end.insert(left_out.begin(), left_out.end());
      found = m.solve(year, shocks, left_out_at_end);
    }
  } else {
    std::set<std::string> left_out;
    found = m.solve(year, shocks, left_out);
  }
  m.keep(year, found);

  LiveAnswer answer;
  answer.closure = m.closure.name, answer.iterations = found.solution.iterations;
  const std::vector<RegionGroup> groups = region_groups(*m.accounts, programme);
  const NetContext context{m.calibration, *m.accounts,           groups,
                           m.baseline,    m.base_solution.flows, m.closure.labour == LabourRule::real_wage};
  const NetPlace place{year, "", ""};
  add_totals(context, place, found.economy, found.solution.flows, answer.rows);
  add_prices_and_budgets(context, place, found.economy, found.solution.flows, answer.rows);
  add_capacity_use(context, place, found.economy, found.solution.flows, answer.rows);
  add_detail(context, place, found.solution.flows, answer.rows);
  for (const Shock* shock : found.not_counted) {
    const std::string line = shock->measure + ": " + change_name(shock->change);
    if (std::find(answer.not_counted.begin(), answer.not_counted.end(), line) == answer.not_counted.end())
      answer.not_counted.push_back(line);
  }
  return answer;
}

}  // namespace kontor
