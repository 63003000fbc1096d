// What a closure needs of the accounts: a rule for capital needs capital, a wage that follows prices needs something else
// that is scarce, else any size of the economy would do. What was written and cannot be is refused; what was not written
// is chosen so that it can.
#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"

namespace kontor {

static bool earns(const Accounts& accounts, std::initializer_list<PrimaryRole> roles) {
  if (accounts.kind == AccountsKind::trade_model) return false;  // one factor for all
  for (std::size_t m = 0; m < accounts.primary_rows.size(); ++m)
    for (const PrimaryRole role : roles)
      if (accounts.primary_rows[m].role == role)
        for (std::size_t j = 0; j < accounts.cells.size(); ++j)
          if (accounts.primary(m, j) > 0.0) return true;
  return false;
}

// "value added in one row, no capital": what the message says that the accounts hold.
static std::string factors_held(const Accounts& accounts) {
  if (accounts.kind == AccountsKind::trade_model) return "the accounts are a trade model, whose value added is one factor for all";
  std::vector<std::string> rows;
  for (const PrimaryRow& row : accounts.primary_rows)
    if (row.role != PrimaryRole::tax && row.role != PrimaryRole::margin) rows.push_back(row.code + " (" + role_name(row.role) + ")");
  return rows.empty() ? "the accounts hold no factor of production" : "the accounts hold " + joined(rows, ", ");
}

void fit_closure(const std::map<std::string, Value>& values, const Raw& place, const Accounts& accounts, Programme& programme,
                 Findings& findings) {
  Closure& closure = programme.closure_rules;
  if (earns(accounts, {PrimaryRole::capital, PrimaryRole::mixed})) return;
  const bool land = earns(accounts, {PrimaryRole::land});
  const std::string possible =
      std::string("closure = { labour = \"fixed\"") + (land ? ", or \"mobile\" or \"real_wage\"" : ", or \"mobile\"") +
      "; capital = \"mobile\", which then moves nothing; imbalance = \"zero\", \"fixed\" or \"share\"; any budget }";
  const auto refuse = [&](const char* field, const std::string& asked, const char* why) {
    const Raw* raw = place.find(field);
    findings.push_back(problem_at(raw ? *raw : place, field, "closure-without-factor", asked + ", and " + factors_held(accounts), why,
                                  "possible here: " + possible));
  };
  const auto written = [&](const char* field) { return values.count(field) > 0; };
  for (const char* field : {"closure", "closure.preset"})
    if (written(field)) {
      refuse(field, "the preset \"" + values.at(field).text + "\" says what becomes of capital", "both presets need a row of capital");
      return;
    }
  const auto choose = [&](const char* field, const char* value, const char* why) {
    for (DefaultUsed& used : programme.defaults)
      if (used.measure.empty() && used.field == field) used = {"", field, value, why};
  };
  if (written("closure.capital") && closure.capital != CapitalRule::mobile)
    refuse("closure.capital", std::string("capital = \"") + rule_name(closure.capital) + '"', "a rule for capital needs a row of capital");
  if (closure.imbalance == ImbalanceRule::portfolio)
    refuse("closure.imbalance", "imbalance = \"portfolio\"", "a fund of capital income needs a row of capital");
  if (written("closure.labour") && closure.labour == LabourRule::real_wage && !land)
    refuse("closure.labour", "labour = \"real_wage\"", "beside a wage that follows prices something must be scarce");
  if (!written("closure.capital")) {
    closure.capital = CapitalRule::mobile;
    choose("closure.capital", "mobile", "not given: the accounts hold no capital, so the rule moves nothing");
  }
  if (!written("closure.labour") && !land) {
    closure.labour = LabourRule::fixed;
    choose("closure.labour", "fixed", "not given: labour is the only factor of the accounts, and something must be scarce");
  }
  if (!place.find("closure")) {
    programme.closure = std::string("labour=") + rule_name(closure.labour) + ";capital=mobile";
    choose("closure", programme.closure.c_str(), "not given: the presets need capital, which the accounts do not hold");
  }
}

}  // namespace kontor
