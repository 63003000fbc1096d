#include "kontor/model/programme_states.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/scenarios.h"
#include "kontor/model/target_reach.h"

namespace kontor {

struct ProgrammeStates::Made {
  const Accounts& accounts;
  const Programme& programme;
  std::string closure;
  std::vector<NamedScenario> scenarios;
  std::vector<const Shock*> not_counted;
  bool wedges = false;  // some measure puts one somewhere: every state has the row for it

  std::optional<LeontiefSystem> leontief;

  std::optional<Calibration> calibration;
  std::optional<Economy> baseline;
  std::optional<EquilibriumSolver> solver;
  Equilibrium base_solution;
  std::optional<Accounts> base_accounts;
  std::optional<std::set<std::string>> left_out;  // measures whose target is out of reach in the last year

  const Scenario* scenario(View view, int year, const std::string& measure) const;
  Reachable solve(const Scenario& asked) { return solve_reachable(*solver, *baseline, base_solution.flows, asked.shocks, *left_out); }
};

static Closure closure_named(const std::string& name, const Programme& programme, const Calibration& calibration) {
  if (name.empty() || name == programme.closure_rules.name) return programme.closure_rules;
  const bool owns_capital =
      std::any_of(calibration.capital_income.begin(), calibration.capital_income.end(), [](double income) { return income > 0.0; });
  if (!owns_capital)
    fail(Exit::data, "one-factor", "", "", "--closure", "the accounts hold one factor for all, and " + name + " tells capital from labour",
         "a closure that the accounts can carry", "leave --closure out: the programme's own is taken");
  return name == "short_run" ? short_run() : long_run();
}

static bool makes_wedge(const Change& change) {
  return std::holds_alternative<TariffRate>(change) || std::holds_alternative<Subsidy>(change) || std::holds_alternative<Rent>(change) ||
         std::holds_alternative<Target>(change);
}

// States that are compared have the same rows: one that has nothing to say about wedges says zero.
static void add_wedge_row(Accounts& a) {
  if (a.primary_rows.back().code == wedge_row_code) return;
  a.primary_rows.push_back(wedge_row);
  for (Block Accounts::*block : {&Accounts::primary, &Accounts::primary_final}) {
    const std::size_t columns = block == &Accounts::primary ? a.cells.size() : a.final_uses.size();
    Matrix m(a.primary_rows.size(), columns);
    if (!(a.*block).empty()) std::copy((a.*block).values().begin(), (a.*block).values().end(), m.values.begin());
    a.*block = std::move(m);
  }
}

[[noreturn]] static void no_answer(const std::string& closure, const std::string& when, const Equilibrium& found) {
  fail(Exit::no_answer, "no-answer", "", "", "", "closure " + closure + ", " + when + ": " + found.outcome,
       "an equilibrium within the tolerance", "try another year, measure or --closure");
}

ProgrammeStates::ProgrammeStates(const Accounts& accounts, const Programme& programme, const Compiled& compiled, const std::string& closure)
    : made_(new Made{accounts, programme, closure, scenarios_of(programme, compiled), {}, false, {}, {}, {}, {}, {}, {}, {}}) {
  const std::vector<std::string> known = {"leontief", "short_run", "long_run"};
  if (!closure.empty() && closure != programme.closure_rules.name && std::find(known.begin(), known.end(), closure) == known.end())
    fail(Exit::usage, "unknown-closure", "", "", "--closure", "unknown closure " + quoted(closure),
         joined(known, ", ") + ", or the programme's own", did_you_mean(closure, known));
  if (closure == "leontief") {
    made_->leontief.emplace(accounts);
    return;
  }
  std::vector<std::string> used;  // listed by the run itself
  made_->calibration = calibrate(accounts, calibration_options(accounts, programme.parameters, used));
  const Closure rules = closure_named(closure, programme, *made_->calibration);
  made_->closure = rules.name;
  made_->wedges = std::any_of(compiled.shocks.begin(), compiled.shocks.end(), [](const Shock& shock) { return makes_wedge(shock.change); });
  made_->baseline = baseline_economy(*made_->calibration, rules);
  made_->solver.emplace(*made_->baseline);
  made_->base_solution = made_->solver->solve(*made_->baseline);
  if (!made_->base_solution.solved()) no_answer(rules.name, "baseline", made_->base_solution);
}

ProgrammeStates::~ProgrammeStates() = default;
ProgrammeStates::ProgrammeStates(ProgrammeStates&&) noexcept = default;
ProgrammeStates& ProgrammeStates::operator=(ProgrammeStates&&) noexcept = default;

const std::string& ProgrammeStates::closure() const { return made_->closure; }
const std::vector<const Shock*>& ProgrammeStates::not_counted() const { return made_->not_counted; }

const Accounts& ProgrammeStates::before() {
  if (made_->leontief) return made_->accounts;
  if (!made_->base_accounts) {
    made_->base_accounts = accounts_after(*made_->baseline, made_->base_solution, made_->base_solution.flows);
    if (made_->wedges) add_wedge_row(*made_->base_accounts);
  }
  return *made_->base_accounts;
}

static void check_asked(const Programme& programme, int year, const std::string& measure) {
  if (year < programme.first_year || year > programme.last_year)
    fail(Exit::usage, "unknown-year", "", "", "--year", "the year " + std::to_string(year),
         "a year of the horizon, " + std::to_string(programme.first_year) + " to " + std::to_string(programme.last_year),
         "ask for one of these");
  if (measure.empty()) return;
  std::vector<std::string> ids;
  for (const Written& m : programme.measures) ids.push_back(m.id);
  if (std::find(ids.begin(), ids.end(), measure) == ids.end())
    fail(Exit::usage, "unknown-measure", "", "", "--measure", "unknown measure " + quoted(measure), "a measure of the programme",
         did_you_mean(measure, ids));
}

const Scenario* ProgrammeStates::Made::scenario(View view, int year, const std::string& measure) const {
  for (const NamedScenario& named : scenarios)
    if (named.view == view && named.scenario.year == year && named.measure == measure) return &named.scenario;
  return nullptr;
}

Accounts ProgrammeStates::after(int year, const std::string& measure) {
  Made& m = *made_;
  check_asked(m.programme, year, measure);
  m.not_counted.clear();
  Scenario scenario{year, {}};
  if (const Scenario* found = m.scenario(measure.empty() ? View::headline : View::measure, year, measure)) scenario = *found;
  Accounts after;
  if (scenario.shocks.empty()) {
    after = before();
  } else if (m.leontief) {
    const LeontiefSolution solution = solve_leontief(*m.leontief, {scenario}).front();
    after = accounts_after(*m.leontief, solution);
    m.not_counted = solution.not_counted;
  } else {
    if (!m.left_out) {  // as the run has it: a target that cannot be reached in the end is left out of every year
      m.left_out.emplace();
      if (const Scenario* last = m.scenario(View::headline, m.programme.last_year, "")) m.solve(*last);
    }
    Reachable found = m.solve(scenario);
    if (!found.solution.solved()) no_answer(m.closure, std::to_string(year), found.solution);
    m.not_counted = std::move(found.not_counted);
    after = accounts_after(found.economy, found.solution, m.base_solution.flows);
    if (m.wedges) add_wedge_row(after);
    enter_border_costs(after, scenario.shocks);
  }
  const std::string what = measure.empty() ? m.programme.id : m.programme.id + ", " + measure + " alone";
  after.title = m.accounts.title + " after " + what;
  after.year = year;
  after.made_by = "kontor run of " + m.programme.id;
  after.notes.push_back("Not observed: the accounts of " + std::to_string(m.accounts.year) + " after " + what + " as it stands in " +
                        std::to_string(year) + ", " +
                        (m.leontief
                             ? "leontief model, prices of the base."
                             : "equilibrium model, closure " + m.closure + ", in money of its prices; no growth between the two years."));
  return after;
}

}  // namespace kontor
