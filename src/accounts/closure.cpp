#include "kontor/accounts/closure.h"

#include <array>

namespace kontor {

Closure short_run() { return {}; }

Closure long_run() {
  Closure closure;
  closure.name = "long_run";
  closure.labour = LabourRule::mobile;  // a nation of one region has nowhere to move: the same as fixed
  closure.capital = CapitalRule::world_return;
  closure.budget = BudgetRule::tax;
  return closure;
}

static constexpr std::array labour_names = {"fixed", "mobile", "real_wage"};
static constexpr std::array capital_names = {"fixed", "mobile", "world_return"};
static constexpr std::array imbalance_names = {"zero", "fixed", "share", "portfolio"};
static constexpr std::array budget_names = {"lump_sum", "tax", "transfer"};

template <class Rule, class Names>
static bool find_rule(const std::string& name, const Names& names, Rule& rule) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (name == names[i]) {
      rule = static_cast<Rule>(i);
      return true;
    }
  return false;
}

const char* rule_name(LabourRule rule) { return labour_names[static_cast<std::size_t>(rule)]; }
const char* rule_name(CapitalRule rule) { return capital_names[static_cast<std::size_t>(rule)]; }
const char* rule_name(ImbalanceRule rule) { return imbalance_names[static_cast<std::size_t>(rule)]; }
const char* rule_name(BudgetRule rule) { return budget_names[static_cast<std::size_t>(rule)]; }
bool read_rule(const std::string& name, LabourRule& rule) { return find_rule(name, labour_names, rule); }
bool read_rule(const std::string& name, CapitalRule& rule) { return find_rule(name, capital_names, rule); }
bool read_rule(const std::string& name, ImbalanceRule& rule) { return find_rule(name, imbalance_names, rule); }
bool read_rule(const std::string& name, BudgetRule& rule) { return find_rule(name, budget_names, rule); }

}  // namespace kontor
