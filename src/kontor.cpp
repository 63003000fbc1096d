#include "kontor/kontor.h"

#include <algorithm>
#include <cstdlib>

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "kontor/base/version.h"
#include "kontor/indicators/dependence_of_programme.h"
#include "kontor/indicators/effects.h"
#include "kontor/indicators/net_effects.h"
#include "kontor/model/leontief.h"
#include "kontor/model/programme_states.h"
#include "kontor/programme/programme.h"
#include "kontor/report/write_result.h"

namespace kontor {

static void append(Findings& all, const Findings& more) { all.insert(all.end(), more.begin(), more.end()); }

// What it takes to count a change that this model cannot, in words.
static const char* why_not_counted(const std::string& change) {
  if (change == "factor") return "added capital makes goods when prices let it; needs the equilibrium model";
  if (change == "ownership") return "who earns the added profits; needs the equilibrium model";
  if (change == "capacity") return "a limit of output binds through prices; needs the equilibrium model";
  if (change == "productivity") return "lower costs work through prices; needs the equilibrium model";
  if (change == "trade_cost") return "cheaper transport works through prices; needs the equilibrium model";
  if (change == "rent") return "a rent that falls works through prices; needs the equilibrium model";
  if (change == "tariff" || change == "subsidy") return "works through prices and budgets; needs the equilibrium model";
  if (change == "transfer") return "the payer spends less elsewhere; needs the equilibrium model";
  return "needs the equilibrium model";
}

// A change that the model cannot represent, years put together: one line a measure and kind of change.
static std::vector<NotCounted> not_counted(const std::vector<const Shock*>& shocks) {
  std::vector<NotCounted> list;
  for (const Shock* shock : shocks) {
    const std::string change = change_name(shock->change);
    NotCounted* same = nullptr;
    for (NotCounted& item : list)
      if (item.measure == shock->measure && item.change == change) same = &item;
    if (!same) {
      list.push_back({shock->measure, change, why_not_counted(change), shock->year, shock->year});
      continue;
    }
    same->first_year = std::min(same->first_year, shock->year);
    same->last_year = std::max(same->last_year, shock->year);
  }
  return list;
}

// What a table of this age missed where it could be measured: the rows of the nearest gap of years.
static std::vector<Hindcast> hindcast_for(int age) {
  const CsvTable table = parse_csv(parameter_table("hindcast.csv"), "data/parameters/hindcast.csv");
  std::vector<Hindcast> nearest;
  for (const CsvRow& row : table.rows) {
    const auto number = [&](const char* column) {
      double value = 0.0;
      if (read_number(table.field(row, required_column(table, column)), value) != NumberProblem::none)
        fail(Exit::data, "not-a-number", table.file, std::to_string(row.line), column, "no number", "a number", "restore the shipped file");
      return value;
    };
    const Hindcast h{static_cast<int>(number("from")), static_cast<int>(number("to")), table.field(row, required_column(table, "family")),
                     number("weighted_error"), number("worst_decile")};
    const auto off = [age](const Hindcast& x) { return std::abs(x.to - x.from - age); };
    if (!nearest.empty() && off(h) < off(nearest.front())) nearest.clear();
    if (nearest.empty() || off(h) == off(nearest.front())) nearest.push_back(h);
  }
  return nearest;
}

// A page of the report, no part of the answer: where it has no numbers it says why, and the run goes on.
static Findings add_dependence(const Result& result, const Compiled& compiled, bool gross_only, std::vector<EffectRow>& rows) {
  Findings notes;
  const std::string where = result.accounts_folder.filename().string();
  try {
    ProgrammeStates states(result.accounts, result.programme, compiled, gross_only ? "leontief" : "");
    const DependenceOfProgramme found = dependence_of_programme(states, result.programme, compiled, result.programme.last_year);
    rows.insert(rows.end(), found.rows.begin(), found.rows.end());
    for (const std::string& note : found.notes) notes.push_back({Severity::note, "dependence", where, "", "", note, "", ""});
  } catch (const Error& error) {
    for (Finding finding : error.findings()) {
      finding.severity = Severity::warning;
      finding.found = "no numbers on who depends on whom: " + finding.found;
      notes.push_back(std::move(finding));
    }
  }
  return notes;
}

Result run_programme(const RunOptions& options) {
  Result result;
  result.engine_version = version();

  // The accounts: mapped, every block held against its hash, so that a result can name what it was made from.
  result.accounts_folder = options.accounts.empty() ? accounts_of_programme(options.programme) : options.accounts;
  verify_accounts(result.accounts_folder);
  result.accounts = read_accounts(result.accounts_folder);
  result.accounts_fingerprint = accounts_fingerprint(result.accounts_folder);
  const Accounts& accounts = result.accounts;
  append(result.findings, check_accounts(accounts, result.accounts_folder.filename().string()));
  throw_if_errors(result.findings);

  // The programme: read against the accounts, all mistakes at once; then shocks by measure and year.
  result.programme = read_programme(options.programme, accounts);
  const Compiled compiled = compile(result.programme, accounts);
  result.defaults = result.programme.defaults;
  result.defaults.insert(result.defaults.end(), compiled.defaults.begin(), compiled.defaults.end());
  append(result.findings, result.programme.findings);
  append(result.findings, compiled.findings);

  // The model: one factorisation, certified before anything is solved on it.
  const LeontiefSystem system(accounts);
  ProgrammeEffects effects = effects_of_programme(system, result.programme, compiled);

  // The equilibrium model: prices move, resources are scarce, someone pays. What it counts is counted.
  if (!options.gross_only) {
    const Calibration calibration = calibrate(accounts, calibration_options(accounts, result.programme.parameters, result.parameters_used));
    NetEffects net = net_effects(calibration, result.programme, compiled, effects.rows, effects.years_in_detail, options.attribution);
    effects.rows.insert(effects.rows.end(), net.rows.begin(), net.rows.end());
    effects.not_counted = std::move(net.not_counted);
    result.closures = std::move(net.runs);
    result.assumptions = std::move(net.assumptions);
    append(result.findings, net.findings);
  }

  // Who depends on whom: the accounts before and after, and what indicators say of both.
  append(result.findings, add_dependence(result, compiled, options.gross_only, effects.rows));

  // The result: rows, certificate, what could not be counted, and the answer in five lines.
  result.certificate = certified(system, effects);
  result.not_counted = not_counted(effects.not_counted);
  if (options.strict && !result.not_counted.empty())
    fail(Exit::data, "not-counted", options.programme.string(), "", result.not_counted.front().measure,
         "no model of this run represents `" + result.not_counted.front().change + "`", "with --strict every change must be counted",
         "run without --strict to see the rest");
  result.hindcast = hindcast_for(result.programme.first_year - accounts.year);
  result.effects = std::move(effects.rows);
  result.years_in_detail = std::move(effects.years_in_detail);
  result.answer = answer_lines(result);
  return result;
}

Accounts accounts_after_run(const Result& result, int year) {
  const Compiled compiled = compile(result.programme, result.accounts);
  ProgrammeStates states(result.accounts, result.programme, compiled, result.closures.empty() ? "leontief" : "");
  return states.after(year);
}

}  // namespace kontor
