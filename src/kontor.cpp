#include "kontor/kontor.h"

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/version.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/leontief.h"
#include "kontor/programme/programme.h"

namespace kontor {

static void append(Findings& all, const Findings& more) { all.insert(all.end(), more.begin(), more.end()); }

// A change that the model cannot represent, years put together: one line a measure and kind of change.
static std::vector<NotCounted> not_counted(const std::vector<const Shock*>& shocks) {
  std::vector<NotCounted> list;
  for (const Shock* shock : shocks) {
    const std::string change = change_name(shock->change);
    NotCounted* same = nullptr;
    for (NotCounted& item : list)
      if (item.measure == shock->measure && item.change == change) same = &item;
    if (!same) {
      list.push_back({shock->measure, change, "needs the equilibrium model: prices, factors or budgets move", shock->year, shock->year});
      continue;
    }
    same->first_year = std::min(same->first_year, shock->year);
    same->last_year = std::max(same->last_year, shock->year);
  }
  return list;
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

  // The result: rows, certificate, what could not be counted, and the answer in five lines.
  result.certificate = certified(system, effects);
  result.not_counted = not_counted(effects.not_counted);
  if (options.strict && !result.not_counted.empty())
    fail(Exit::data, "not-counted", options.programme.string(), "", result.not_counted.front().measure,
         "the leontief model cannot represent `" + result.not_counted.front().change + "`", "with --strict every change must be counted",
         "run without --strict to see the rest");
  result.effects = std::move(effects.rows);
  result.years_in_detail = std::move(effects.years_in_detail);
  return result;
}

}  // namespace kontor
