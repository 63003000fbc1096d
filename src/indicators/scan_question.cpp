// A scan from text to answer: accounts and programme read, the economy solved, levers ranked or candidates chosen.
#include "kontor/indicators/scan_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"

namespace kontor {

namespace fs = std::filesystem;

[[noreturn]] static void wrong(const char* flag, const std::string& value, const std::string& expected, const std::string& remedy) {
  fail(Exit::usage, "usage", "", "", flag, quoted(value), expected, remedy);
}

// --- closures --------------------------------------------------------------------------------------------------

template <class Rule>
static void choose(const std::string& word, std::span<const Rule> rules, Rule& rule) {
  std::vector<std::string> known;
  for (const Rule each : rules) known.emplace_back(rule_name(each));
  if (!read_rule(word, rule)) wrong("--closure", word, "one of " + joined(known, ", "), did_you_mean(word, known));
}

Closure closure_of_text(const std::string& text) {
  static constexpr LabourRule labour[] = {LabourRule::fixed, LabourRule::mobile, LabourRule::real_wage};
  static constexpr CapitalRule capital[] = {CapitalRule::fixed, CapitalRule::mobile, CapitalRule::world_return};
  static constexpr ImbalanceRule imbalance[] = {ImbalanceRule::zero, ImbalanceRule::fixed, ImbalanceRule::share, ImbalanceRule::portfolio};
  static constexpr BudgetRule budget[] = {BudgetRule::lump_sum, BudgetRule::tax, BudgetRule::transfer};
  if (text == "short_run" || text.empty()) return short_run();
  if (text == "long_run") return long_run();
  const std::vector<std::string> parts = split(text, ',');
  Closure closure = std::find(parts.begin(), parts.end(), "preset=long_run") != parts.end() ? long_run() : short_run();
  const std::vector<std::string> known = {"short_run", "long_run", "labour", "capital", "imbalance", "budget", "preset"};
  for (const std::string& part : parts) {
    const std::size_t equals = part.find('=');
    const std::string key = part.substr(0, equals), word = equals == std::string::npos ? "" : part.substr(equals + 1);
    if (equals == std::string::npos) wrong("--closure", part, "short_run, long_run, or labour=...,capital=...", did_you_mean(key, known));
    if (key == "labour")
      choose<LabourRule>(word, labour, closure.labour);
    else if (key == "capital")
      choose<CapitalRule>(word, capital, closure.capital);
    else if (key == "imbalance")
      choose<ImbalanceRule>(word, imbalance, closure.imbalance);
    else if (key == "budget")
      choose<BudgetRule>(word, budget, closure.budget);
    else if (key != "preset" || (word != "short_run" && word != "long_run"))
      wrong("--closure", part, "a part of a closure", did_you_mean(key, known));
  }
  if (closure.budget == BudgetRule::transfer)
    wrong("--closure", text, "a budget that needs no named payers", "write payers in the programme's closure, or use budget=lump_sum");
  closure.name = text;
  return closure;
}

// --- what the user says ------------------------------------------------------------------------------------------

static double per_cent(const char* flag, const std::string& text, double otherwise, double below) {
  if (text.empty()) return otherwise;
  const std::string number = text.back() == '%' ? text.substr(0, text.size() - 1) : text;
  double value = 0.0;
  if (read_number(trimmed(number), value) != NumberProblem::none || !(value > 0.0) || !(value < below))
    wrong(flag, text, "per cent, above 0 and below " + number_text(below), std::string("e.g. ") + flag + " 1%");
  return value;
}

static long whole(const char* flag, const std::string& text, long otherwise, long least, long most) {
  if (text.empty()) return otherwise;
  const auto value = read_integer(text);
  if (!value || *value < least || *value > most)
    wrong(flag, text, "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
          "leave it out for " + std::to_string(otherwise));
  return *value;
}

static std::vector<std::string> taken_apart(const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts)
    for (const std::string& name : split(text, ',')) names.push_back(name);
  return names;
}

static std::vector<LeverKind> kinds_of(const std::vector<std::string>& texts) {
  std::vector<std::string> known;
  for (const LeverKind kind : all_lever_kinds) known.emplace_back(lever_name(kind));
  std::vector<LeverKind> kinds;
  for (const std::string& name : taken_apart(texts)) {
    LeverKind kind{};
    if (!read_lever_kind(name, kind))
      fail(Exit::usage, "unknown-lever", "", "", "--lever", "unknown lever " + quoted(name), "a kind of lever", did_you_mean(name, known));
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  return kinds;
}

static std::vector<int> sectors_of(const Accounts& a, const std::vector<std::string>& texts) {
  std::vector<std::string> codes;
  for (const Sector& s : a.sectors) codes.push_back(s.code);
  std::vector<int> sectors;
  for (const std::string& name : taken_apart(texts)) {
    sectors.push_back(sector_index(a, name));
    if (sectors.back() < 0)
      fail(Exit::usage, "unknown-sector", "", "", "--sector", "unknown sector " + quoted(name), "a sector of the accounts",
           did_you_mean(name, codes));
  }
  return sectors;
}

static std::vector<int> leaves(const Accounts& a, const Blocs& blocs, const std::vector<std::string>& texts) {
  std::vector<int> regions;
  for (const std::string& name : taken_apart(texts))
    for (const int r : region_set(a, blocs, name).regions) regions.push_back(r);
  return regions;
}

// The error of a table of this age where it could be measured, in a sentence; empty for a table of the year itself.
static std::string age_note(int age) {
  const CsvTable table = parse_csv(parameter_table("hindcast.csv"), "data/parameters/hindcast.csv");
  double error = std::nan("");
  long off = 1000;
  for (const CsvRow& row : table.rows) {
    const auto from = read_integer(table.field(row, required_column(table, "from"))),
               to = read_integer(table.field(row, required_column(table, "to")));
    if (!from || !to || std::labs(*to - *from - age) >= off) continue;
    off = std::labs(*to - *from - age);
    read_number(table.field(row, required_column(table, "weighted_error")), error);
  }
  if (age <= 0 || std::isnan(error)) return "";
  return fmt::format(
      "the table is {} years older than the year it is asked of: where that could be measured, output by cell was missed by {:.0f} % "
      "on the mean over the nearest span of years (docs/hindcast.md)",
      age, 100.0 * error);
}

static std::vector<std::string> notes_of(const Accounts& a, const Goal& goal, int year) {
  std::vector<std::string> notes;
  if (const std::string age = age_note(year - a.year); !age.empty()) notes.push_back(age);
  for (const GoalPart& part : goal)
    if (part.kind == GoalKind::jobs) {
      const Satellite& jobs = a.satellites[static_cast<std::size_t>(satellite_index(a, "jobs"))];
      if (jobs.estimate) notes.emplace_back("jobs are an estimate: " + jobs.source);
      if (jobs.resolution != Resolution::cell)
        notes.emplace_back(std::string("jobs mean something by ") +
                           (jobs.resolution == Resolution::region ? "region" : "group of sectors") + " only, not by cell");
    }
  notes.emplace_back("what a step costs is not counted: a gain is what it may cost a year at most");
  return notes;
}

// --- the answer ----------------------------------------------------------------------------------------------------

std::vector<const Shock*> shocks_in_place(const Programme& programme, const Compiled& compiled, int year) {
  std::vector<const Shock*> shocks;
  for (const Shock& shock : compiled.shocks) {
    const auto measure =
        std::find_if(programme.measures.begin(), programme.measures.end(), [&](const Written& m) { return m.id == shock.measure; });
    if (shock.year == year && measure != programme.measures.end() && is_committed(*measure)) shocks.push_back(&shock);
  }
  return shocks;
}

ScanAnswer answer_scan(const ScanQuestion& q) {
  std::error_code ignored;
  const bool is_accounts = fs::is_directory(q.target, ignored);
  if (!q.budget.empty() && q.costs.empty())
    fail(Exit::data, "no-costs", "", "", "--budget", "a budget without costs", "what each candidate costs",
         "add --costs FILE: candidate,cost,step");
  if (q.budget.empty() && !q.costs.empty())
    fail(Exit::data, "no-budget", "", "", "--costs", "costs without a budget", "what may be spent", "add --budget AMOUNT");
  ScanAnswer answer;
  const fs::path folder = is_accounts ? q.target : q.accounts.empty() ? accounts_of_programme(q.target) : q.accounts;
  const auto accounts = std::make_shared<const Accounts>(read_accounts(folder));
  answer.accounts = accounts;
  answer.findings = check_accounts(*accounts, folder.filename().string());
  throw_if_errors(answer.findings);
  answer.findings.clear();  // notes on the accounts are `kontor check`'s

  Programme programme;
  Compiled compiled;
  std::vector<std::string> bloc_texts = q.blocs, parameters_used;
  if (!is_accounts) {
    programme = read_programme(q.target, *accounts);
    compiled = compile(programme, *accounts);
    for (const auto& [name, members] : programme.blocs) bloc_texts.push_back(name + '=' + joined(members, ","));
  } else if (!q.year.empty()) {
    wrong("--year", q.year, "a programme whose horizon it is in", "leave it out: accounts are of one year");
  }
  const Blocs blocs = read_blocs(*accounts, bloc_texts);
  const int year =
      static_cast<int>(whole("--year", q.year, is_accounts ? accounts->year : programme.last_year,
                             is_accounts ? accounts->year : programme.first_year, is_accounts ? accounts->year : programme.last_year));
  ScanOptions options;
  options.goal = read_goal(*accounts, blocs, q.goals);
  options.kinds = kinds_of(q.levers);
  options.regions = leaves(*accounts, blocs, q.regions), options.sectors = sectors_of(*accounts, q.sectors);
  options.top = static_cast<std::size_t>(whole("--top", q.top, 20, 1, 10000));
  options.step_percent = per_cent("--step", q.step, 0.0, 100.0),
  options.capital_percent = per_cent("--capital-step", q.capital_step, 1.0, 1000.0);
  options.nobody_loses = q.nobody_loses, options.tolerance = 0.01 * per_cent("--tolerance", q.tolerance, 1e-4, 100.0);
  options.only_unwritten = q.only_new;
  options.facts = q.distances.empty() ? pair_facts_of(*accounts) : read_pair_facts(q.distances, *accounts);
  if (!is_accounts) options.programme = &programme, options.compiled = &compiled;

  const Closure closure = q.closure.empty() && !is_accounts ? programme.closure_rules : closure_of_text(q.closure);
  const Calibration calibration = calibrate(*accounts, calibration_options(*accounts, programme.parameters, parameters_used));
  const ScanBase base =
      solve_scan_base(calibration, closure, is_accounts ? std::vector<const Shock*>() : shocks_in_place(programme, compiled, year));
  if (!q.budget.empty()) {
    double budget = 0.0;
    if (read_number(q.budget, budget) != NumberProblem::none || !(budget > 0.0))
      fail(Exit::data, "budget", "", "", "--budget", quoted(q.budget), "an amount above 0",
           "single units of the currency, as costs are stated");
    const std::vector<Candidate> candidates = read_candidates(q.costs, base, options.programme, options.compiled, year);
    if (options.goal.front().kind == GoalKind::self_sufficiency_look_through)
      fail(Exit::data, "no-portfolio", "", "", "--goal", "a portfolio for self_sufficiency_look_through", "a goal of the equilibrium model",
           "use real_income, jobs or value_added");
    answer.portfolio = best_portfolio(base, candidates, {options.goal, budget, options.nobody_loses, options.tolerance});
    return answer;
  }
  answer.scan =
      options.goal.front().kind == GoalKind::self_sufficiency_look_through ? scan_self_sufficiency(base, options) : scan(base, options);
  const std::vector<std::string> notes = notes_of(*accounts, options.goal, year);
  answer.scan.notes.insert(answer.scan.notes.end(), notes.begin(), notes.end());
  return answer;
}

// --- in a run --------------------------------------------------------------------------------------------------------

// Leaves of the parties of agreements and of the regions that measures name; all where there are none.
static std::vector<int> parties_of(const Programme& programme, const Accounts& a) {
  std::vector<bool> is_party(a.regions.size(), false);
  const auto add = [&](const std::string& name) {
    for (const int r : regions_named(programme, a, name)) is_party[static_cast<std::size_t>(r)] = true;
  };
  for (const Agreement& agreement : programme.agreements)
    for (const std::string& party : agreement.parties) add(party);
  for (const Written& measure : programme.measures)
    for (const auto& [path, value] : measure.fields) {
      if (path == "seller.region" || path == "buyer.region" || path == "host.region" || path == "where.region") add(value.text);
      if (path == "produced_in")
        for (const auto& [name, share] : value.weights) add(name);
      if (path == "members")
        for (const std::string& name : value.list) add(name);
      for (const TradeCostChange& change : value.trade_costs) add(change.from), add(change.to);
    }
  std::vector<int> parties;
  for (std::size_t r = 0; r < is_party.size(); ++r)
    if (is_party[r] && !cells_of(a, static_cast<int>(r)).empty()) parties.push_back(static_cast<int>(r));
  return parties;
}

static std::vector<EffectRow> opportunities(const Calibration& calibration, const Programme& programme, const Compiled& compiled) {
  const Accounts& a = *calibration.accounts;
  const ScanBase base = solve_scan_base(calibration, programme.closure_rules, shocks_in_place(programme, compiled, programme.last_year));
  ScanOptions options;
  const std::vector<int> parties = parties_of(programme, a);
  options.goal = parties.empty() ? read_goal(a, {}, {}) : Goal{{GoalKind::real_income, {"the parties", parties}, 1.0}};
  options.kinds = {LeverKind::trade_cost, LeverKind::tariff};
  options.regions = parties;
  options.top = 10;
  options.only_unwritten = true;
  options.facts = pair_facts_of(a);
  options.programme = &programme, options.compiled = &compiled;
  Scan found = scan(base, options);
  found.year = programme.last_year;
  return scan_rows(a, found, false);
}

std::vector<EffectRow> opportunities_of(const Calibration& calibration, const Programme& programme, const Compiled& compiled,
                                        Findings& findings) {
  try {
    return opportunities(calibration, programme, compiled);
  } catch (const Error& error) {
    if (error.exit() != Exit::no_answer) throw;
    findings.push_back({Severity::note, "no-scan", "", "", "",
                        "what is not in the programme was not looked for: " + error.findings().front().found, "",
                        "ask `kontor scan` with another closure"});
    return {};
  }
}

}  // namespace kontor
