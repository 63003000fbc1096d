// Goals: what the user wants more of, as a weighted sum of what solutions say, and its slopes.
//
//   real income   C0 [ (C / C0) / (P / P0) - 1 ], the equivalent variation     dy = C0 (C/C0)/(P/P0) (d ln C - d ln P)
//   value added   at base prices, summed over cells
//   jobs          sum of e (labour pay / w) / (labour pay0 / w0)
#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/indicators/scan.h"
#include "model/equilibrium_parts.h"

namespace kontor {

static constexpr GoalKind all_goals[] = {GoalKind::real_income, GoalKind::jobs, GoalKind::value_added,
                                         GoalKind::self_sufficiency_look_through};

const char* goal_name(GoalKind kind) {
  switch (kind) {
    case GoalKind::real_income: return "real_income";
    case GoalKind::jobs: return "jobs";
    case GoalKind::value_added: return "value_added";
    case GoalKind::self_sufficiency_look_through: return "self_sufficiency_look_through";
  }
  return "";
}

static GoalKind goal_kind(const std::string& name) {
  std::vector<std::string> names;
  for (const GoalKind kind : all_goals) {
    if (name == goal_name(kind)) return kind;
    names.emplace_back(goal_name(kind));
  }
  fail(Exit::data, "unknown-goal", "", "", "--goal", "unknown goal " + quoted(name), did_you_mean(name, names),
       "GOAL, GOAL:REGION or GOAL:REGION=WEIGHT, e.g. --goal real_income:" + std::string("REGION"));
}

static GoalPart goal_part(const Accounts& a, const Blocs& blocs, const std::string& text) {
  GoalPart part;
  std::string rest = text;
  if (const std::size_t equals = text.rfind('='); equals != std::string::npos) {
    const std::string weight = text.substr(equals + 1);
    if (read_number(weight, part.weight) != NumberProblem::none || part.weight == 0.0)
      fail(Exit::data, "goal-weight", "", "", "--goal", quoted(weight), "a weight that is a number other than 0", "e.g. real_income:A=2");
    rest = text.substr(0, equals);
  }
  const std::size_t colon = rest.find(':');
  part.kind = goal_kind(rest.substr(0, colon));
  if (colon != std::string::npos) {
    part.regions = region_set(a, blocs, rest.substr(colon + 1));
  } else {
    for (const RegionSet& set : single_regions(a)) part.regions.regions.push_back(set.regions.front());
  }
  std::erase_if(part.regions.regions, [&](int r) { return cells_of(a, r).empty(); });
  if (part.regions.regions.empty())
    fail(Exit::data, "goal-region", "", "", "--goal", quoted(text) + " names a region without production accounts",
         "a region that makes something: only trade is known of the others", "name another region");
  if (part.kind == GoalKind::jobs && satellite_index(a, "jobs") < 0)
    fail(Exit::data, "no-jobs", "", "", "--goal", "the accounts hold no jobs", "a satellite `jobs`",
         "join one (kontor import --format satellite), or ask for value_added");
  return part;
}

Goal read_goal(const Accounts& a, const Blocs& blocs, const std::vector<std::string>& texts) {
  Goal goal;
  for (const std::string& text : texts)
    for (const std::string& one : split(text, ',')) goal.push_back(goal_part(a, blocs, std::string(trimmed(one))));
  if (goal.empty()) goal.push_back(goal_part(a, blocs, "real_income"));
  for (const GoalPart& part : goal)
    if (part.kind == GoalKind::self_sufficiency_look_through && goal.size() > 1)
      fail(Exit::data, "goal-apart", "", "", "--goal", "self_sufficiency_look_through stands beside another goal",
           "it is a share at fixed prices and adds to nothing else", "ask for it alone");
  return goal;
}

std::string goal_text(const Goal& goal) {
  std::string text;
  for (const GoalPart& part : goal) {
    std::string name = goal_name(part.kind);
    std::replace(name.begin(), name.end(), '_', ' ');
    text += (text.empty() ? "" : " + ") + (part.weight == 1.0 ? "" : number_text(part.weight) + " x ") + name + " of " +
            (part.regions.code.empty() ? "all regions together" : part.regions.code);
  }
  return text;
}

static std::string unit_of(const Accounts& a, GoalKind kind) {
  if (kind == GoalKind::self_sufficiency_look_through) return "share";
  return kind == GoalKind::jobs ? satellite_unit(a.satellites[static_cast<std::size_t>(satellite_index(a, "jobs"))]) : money_unit(a);
}

std::string goal_unit(const Accounts& a, const Goal& goal) {
  for (const GoalPart& part : goal)
    if (unit_of(a, part.kind) != unit_of(a, goal.front().kind)) return "weighted points";
  return unit_of(a, goal.front().kind);
}

// --- values --------------------------------------------------------------------------------------------------

static double log_real_spending(const ScanBase& base, const Flows& flows, std::size_t r) {
  const Flows& before = base.before.flows;
  return std::log(flows.spending[r] / before.spending[r]) - (flows.log_index[r] - before.log_index[r]);
}

std::vector<double> real_income_changes(const ScanBase& base, const Flows& flows) {
  std::vector<double> change(flows.spending.size());
  for (std::size_t r = 0; r < change.size(); ++r)
    change[r] = base.before.flows.spending[r] * std::expm1(log_real_spending(base, flows, r)) + base.economy.consumed[r];
  return change;
}

static const double* jobs_of(const Accounts& a) { return a.satellite.row(static_cast<std::size_t>(satellite_index(a, "jobs"))).data(); }

// Jobs for each unit of labour pay over wage; 0 where none are known.
static double jobs_per_labour(const ScanBase& base, std::size_t j) {
  const Flows& before = base.before.flows;
  const double jobs = jobs_of(*base.calibration->accounts)[j], pay = before.labour_pay[j];
  if (std::isnan(jobs) || !(pay > 0.0)) return 0.0;
  return jobs / pay * std::exp(before.log_wage[static_cast<std::size_t>(base.calibration->cell_region[j])]);
}

double goal_gain(const ScanBase& base, const Goal& goal, const Flows& flows) {
  const Calibration& c = *base.calibration;
  const Flows& now = base.now.flows;
  Sum gain;
  for (const GoalPart& part : goal) {
    const auto asked = [&](std::size_t r) { return part.regions.has(c.regions[r]); };
    for (std::size_t r = 0; r < c.regions.size() && part.kind == GoalKind::real_income; ++r) {
      if (!asked(r)) continue;
      const double from = log_real_spending(base, now, r);  // consumed stays: what measures buy is in both
      gain.add(part.weight * base.before.flows.spending[r] * std::exp(from) * std::expm1(log_real_spending(base, flows, r) - from));
    }
    for (std::size_t j = 0; j < c.output.size(); ++j) {
      if (!asked(static_cast<std::size_t>(c.cell_region[j]))) continue;
      if (part.kind == GoalKind::value_added) gain.add(part.weight * (flows.value_added[j] - now.value_added[j]));
      if (part.kind != GoalKind::jobs) continue;
      const auto r = static_cast<std::size_t>(c.cell_region[j]);
      gain.add(part.weight * jobs_per_labour(base, j) *
               (flows.labour_pay[j] * std::exp(-flows.log_wage[r]) - now.labour_pay[j] * std::exp(-now.log_wage[r])));
    }
  }
  return gain.value();
}

Outcome goal_outcome(const ScanBase& base, const Goal& goal, const Tangent& tangent) {
  const Calibration& c = *base.calibration;
  const Layout& place = tangent.work().layout;
  Outcome outcome;
  outcome.state.assign(place.size(), 0.0), outcome.log_index.assign(place.regions, 0.0);
  outcome.value_added.assign(place.cells, 0.0), outcome.labour.assign(place.cells, 0.0);
  for (const GoalPart& part : goal) {
    if (part.kind == GoalKind::jobs && base.economy.closure.labour != LabourRule::real_wage)
      fail(Exit::data, "jobs-fixed", "", "", "--goal",
           "jobs under a closure that gives employment (labour = " + std::string(rule_name(base.economy.closure.labour)) + ')',
           "labour = real_wage, as in short_run: elsewhere no lever moves jobs", "use --closure short_run, or ask for real_income");
    for (std::size_t r = 0; r < c.regions.size() && part.kind == GoalKind::real_income; ++r) {
      if (!part.regions.has(c.regions[r])) continue;
      const double slope = part.weight * base.before.flows.spending[r] * std::exp(log_real_spending(base, base.now.flows, r));
      outcome.state[place.spending() + r] += slope / tangent.state()[place.spending() + r];
      outcome.log_index[r] -= slope;
    }
    for (std::size_t j = 0; j < place.cells; ++j) {
      if (!part.regions.has(c.regions[static_cast<std::size_t>(c.cell_region[j])])) continue;
      if (part.kind == GoalKind::value_added) outcome.value_added[j] += part.weight;
      if (part.kind == GoalKind::jobs) outcome.labour[j] += part.weight * jobs_per_labour(base, j);
    }
  }
  return outcome;
}

}  // namespace kontor
