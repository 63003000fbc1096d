#include "kontor/kontor.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/job.h"
#include "kontor/base/parallel.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "kontor/base/version.h"
#include "kontor/indicators/dependence_of_programme.h"
#include "kontor/indicators/effects.h"
#include "kontor/indicators/net_effects.h"
#include "kontor/indicators/net_ranges.h"
#include "kontor/indicators/scan_question.h"
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
  if (change == "capacity") return "the cell makes nothing in the accounts, and an idle cell stays idle";
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

// A target out of its instrument's reach: the change of shares that it stands for, under each closure.
static void add_unreached(const std::vector<UnreachedTarget>& unreached, const std::vector<Shock>& shocks, std::vector<NotCounted>& list) {
  for (const UnreachedTarget& u : unreached) {
    NotCounted item{u.target.measure, "target", "out of reach under the closure " + u.closure + ": " + reason_of(u), u.year, u.year};
    for (const Shock& shock : shocks)
      if (shock.measure == u.target.measure && std::holds_alternative<Target>(shock.change))
        item.first_year = std::min(item.first_year, shock.year), item.last_year = std::max(item.last_year, shock.year);
    list.push_back(std::move(item));
  }
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

/// What stands beside the programme's effects.
struct Asides {
  std::vector<EffectRow> rows;
  std::vector<std::string> assumptions;
  Findings findings;
};

// None of them waits for another.
static Asides asides_of(const Result& result, const Calibration& calibration, const Compiled& compiled,
                        const std::vector<UnreachedTarget>& unreached) {
  AppraisalRanges ranges;
  Asides opportunities, dependence;
  for_each_block(3, thread_count(), [&](std::size_t k) {
    if (k == 0) {
      // The same with all measures at the ends of their ranges, for the appraisal.
      std::vector<std::string> left_out;
      for (const UnreachedTarget& u : unreached)
        if (u.term.empty()) left_out.push_back(u.target.measure);
      ranges = appraisal_ranges(calibration, result.programme, left_out);
    } else if (k == 1) {
      // What nobody has written down: what every pair's trade cost and tariff would bring the parties, the best of it solved.
      opportunities.rows = opportunities_of(calibration, result.programme, compiled, opportunities.findings);
    } else {
      // Who depends on whom: the accounts before and after, and what indicators say of both.
      dependence.findings = add_dependence(result, compiled, false, dependence.rows);
    }
  });
  Asides all{std::move(ranges.rows), {}, std::move(ranges.findings)};
  for (const std::string& range : ranges.written) all.assumptions.push_back("range in the appraisal: " + range);
  for (const Asides* one : {&opportunities, &dependence}) {
    all.rows.insert(all.rows.end(), one->rows.begin(), one->rows.end());
    append(all.findings, one->findings);
  }
  return all;
}

// The accounts: mapped, every block held against its hash, so that a result can name what it was made from. The programme:
// read against the accounts, all mistakes at once.
static Result opened(const RunOptions& options) {
  Result result;
  result.engine_version = version();

  const std::string text = options.text.empty() ? read_file(options.programme, largest_programme) : options.text;
  result.accounts_folder = options.accounts.empty() ? accounts_of_text(text, options.programme) : options.accounts;
  verify_accounts(result.accounts_folder);
  result.accounts = read_accounts(result.accounts_folder);
  result.accounts_fingerprint = accounts_fingerprint(result.accounts_folder);
  append(result.findings, check_accounts(result.accounts, result.accounts_folder.filename().string()));
  throw_if_errors(result.findings);
  result.programme = read_programme_text(text, options.programme, result.accounts);
  return result;
}

// The model whose draws are asked for. Nothing agreed means nothing to be unsure of.
static DrawModel draw_model(const LeontiefSystem& system, const Calibration& calibration, const Programme& programme,
                            const std::vector<int>& years) {
  if (years.empty())
    fail(Exit::data, "no-headline", programme.file, "", "uncertainty", "draws of a programme in which nothing is signed, running or done",
         "draws are of the headline, which holds what is agreed", "set the status of the measures that are, or run without --draws");
  return DrawModel(system, calibration, programme, years);
}

int draws_of_programme(const RunOptions& options) { return opened(options).programme.uncertainty.draws; }

DrawPart draw_part(const RunOptions& options, const std::filesystem::path& folder) {
  const Result result = opened(options);
  const Compiled compiled = compile(result.programme, result.accounts);
  const LeontiefSystem system(result.accounts);
  std::vector<std::string> used;
  const Calibration calibration = calibrate(result.accounts, calibration_options(result.accounts, result.programme.parameters, used));
  const std::vector<int> years = years_of_draws(result.programme, compiled, effects_of_programme(system, result.programme, compiled).rows);
  const std::string fingerprint = draws_fingerprint(result, years);
  const auto from_folder = [&](const std::filesystem::path& path) {
    const auto whole = [](const std::filesystem::path& p) { return std::filesystem::absolute(p).lexically_normal(); };
    return path.empty() ? std::string() : whole(path).lexically_relative(whole(folder)).string();
  };
  return {computed_draws(draw_model(system, calibration, result.programme, years), options.draws, fingerprint), fingerprint,
          from_folder(options.programme), from_folder(options.accounts)};
}

// The shares that are done are rough: what a bar needs that somebody looks at.
Result run_programme(const RunOptions& options) {
  begin_step("reading accounts and programme", 0.0);
  Result result = opened(options);
  const Accounts& accounts = result.accounts;

  // Shocks by measure and year.
  const Compiled compiled = compile(result.programme, accounts);
  result.defaults = result.programme.defaults;
  result.defaults.insert(result.defaults.end(), compiled.defaults.begin(), compiled.defaults.end());
  append(result.findings, result.programme.findings);
  append(result.findings, compiled.findings);

  // The model: one factorisation, certified before anything is solved on it.
  begin_step("gross, at fixed prices", 0.05);
  const LeontiefSystem system(accounts);
  ProgrammeEffects effects = effects_of_programme(system, result.programme, compiled);

  std::vector<UnreachedTarget> unreached;

  // The equilibrium model: prices move, resources are scarce, someone pays. What it counts is counted.
  if (!options.gross_only) {
    const Calibration calibration = calibrate(accounts, calibration_options(accounts, result.programme.parameters, result.parameters_used));
    begin_step("net, in equilibrium", 0.1);
    NetEffects net = net_effects(calibration, result.programme, compiled, effects.rows, effects.years_in_detail, options.attribution);
    effects.rows.insert(effects.rows.end(), net.rows.begin(), net.rows.end());
    effects.not_counted = std::move(net.not_counted);
    unreached = std::move(net.unreached);
    result.closures = std::move(net.runs);
    result.assumptions = std::move(net.assumptions);
    append(result.findings, net.findings);

    // What further pages of the report ask.
    begin_step("dependence, opportunities, ranges", 0.35);
    Asides asides = asides_of(result, calibration, compiled, unreached);
    effects.rows.insert(effects.rows.end(), asides.rows.begin(), asides.rows.end());
    result.assumptions.insert(result.assumptions.end(), asides.assumptions.begin(), asides.assumptions.end());
    append(result.findings, asides.findings);

    // How sure: the same again for other values of what is not known.
    if (options.draws.last > 0) {
      begin_step("draws", 0.6);
      const std::vector<int> years = years_of_draws(result.programme, compiled, effects.rows);
      add_draws(result, draw_model(system, calibration, result.programme, years), options.draws, years);
    }
  } else {
    append(result.findings, add_dependence(result, compiled, true, effects.rows));
  }

  begin_step("the answer", 0.95);

  // The result: rows, certificate, what could not be counted, and the answer in five lines.
  result.certificate = certified(system, effects);
  result.not_counted = not_counted(effects.not_counted);
  if (options.strict && !result.not_counted.empty())
    fail(Exit::data, "not-counted", options.programme.string(), "", result.not_counted.front().measure,
         "no model of this run represents `" + result.not_counted.front().change + "`", "with --strict every change must be counted",
         "run without --strict to see the rest");
  add_unreached(unreached, compiled.shocks, result.not_counted);
  if (options.strict && !result.not_counted.empty())
    fail(Exit::data, "target-out-of-reach", options.programme.string(), "", result.not_counted.front().measure,
         "the target is " + result.not_counted.front().why, "with --strict every change must be counted",
         "lower the target, choose another instrument, or run without --strict to see the rest");
  result.hindcast = hindcast_for(result.programme.first_year - accounts.year);
  result.effects.insert(result.effects.begin(), std::make_move_iterator(effects.rows.begin()), std::make_move_iterator(effects.rows.end()));
  result.years_in_detail = std::move(effects.years_in_detail);
  result.answer = answer_lines(result);
  return result;
}

Result merge_parts(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& programme,
                   const std::filesystem::path& accounts) {
  if (folders.empty())
    fail(Exit::usage, "usage", "", "", "parts", "no part", "folders that `kontor run PROGRAMME --draws A:B` wrote", "name at least one");
  std::vector<DrawPart> parts;
  for (const std::filesystem::path& folder : folders) parts.push_back(read_part(folder));
  const DrawTable table = join_parts(parts, folders);
  const auto beside = [&](const std::filesystem::path& given, const std::string& noted) {
    return !given.empty() ? given : noted.empty() ? std::filesystem::path() : (folders.front() / noted).lexically_normal();
  };
  RunOptions options;
  options.programme = beside(programme, parts.front().programme), options.accounts = beside(accounts, parts.front().accounts);
  options.draws.first = 1, options.draws.last = table.draws.back().number, options.draws.given = &table;
  options.draws.fingerprint = parts.front().fingerprint;
  return run_programme(options);
}

Accounts accounts_after_run(const Result& result, int year) {
  const Compiled compiled = compile(result.programme, result.accounts);
  ProgrammeStates states(result.accounts, result.programme, compiled, result.closures.empty() ? "leontief" : "");
  return states.after(year);
}

}  // namespace kontor
