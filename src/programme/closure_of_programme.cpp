// Closure: a preset, or a table whose parts that are not named come from a preset. Budgets that named payers close
// need their shares; anywhere else payers would do nothing, so they are refused.
#include <algorithm>

#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"

namespace kontor {

static const Raw& place_of(const Raw& header, const char* field) {
  const Raw* raw = header.find(field);
  return raw ? *raw : header;
}

// A part as written, or that of the preset, which is then listed as a default. Words were checked when the field was read.
template <class Rule>
static void read_part(const std::map<std::string, Value>& values, const char* field, const std::string& preset, Rule& rule,
                      std::vector<std::string>& words, Programme& programme) {
  const std::string name = std::string("closure.") + field;
  if (values.count(name)) {
    read_rule(values.at(name).text, rule);
    words.push_back(std::string(field) + '=' + values.at(name).text);
  } else {
    programme.defaults.push_back({"", name, rule_name(rule), "not given: as in " + preset});
  }
}

// Leaf regions and their shares; a region that stands in two of the names pays both.
static void read_payers(const Value& value, const Accounts& accounts, Programme& programme) {
  auto& payers = programme.closure_rules.payers;
  double total = 0.0;
  for (const auto& [name, share] : value.weights)
    for (const auto& [leaf, weight] : income_weights(programme, accounts, name)) {
      const int region = leaf;
      auto known = std::find_if(payers.begin(), payers.end(), [region](const auto& p) { return p.first == region; });
      if (known == payers.end()) known = payers.insert(payers.end(), {leaf, 0.0});
      known->second += weight * share.mid;
      total += weight * share.mid;
    }
  for (auto& payer : payers) payer.second /= total;  // people write shares with a few decimals
}

static void read_elasticity(const std::map<std::string, Value>& values, const Raw& header, Programme& programme, Findings& findings) {
  Closure& closure = programme.closure_rules;
  const auto parameter = programme.parameters.find("labour_mobility");
  if (parameter != programme.parameters.end()) closure.labour_elasticity = parameter->second;
  if (!values.count("closure.labour_elasticity")) return;
  const Raw& place = place_of(header, "closure.labour_elasticity");
  const Range& written = values.at("closure.labour_elasticity").number;
  closure.labour_elasticity = written.mid;
  if (written.low <= 0.0 || written.high > 100.0)
    findings.push_back(problem_at(place, "closure.labour_elasticity", "out-of-range",
                                  '`' + number_text(written.low <= 0.0 ? written.low : written.high) + "` in `closure.labour_elasticity`",
                                  "an elasticity above 0 and up to 100", "for people who do not move write labour = \"fixed\""));
  else if (closure.labour != LabourRule::mobile)
    findings.push_back(problem_at(place, "closure.labour_elasticity", "no-use",
                                  std::string("an elasticity of moving where labour is \"") + rule_name(closure.labour) + '"',
                                  "it is used where labour is \"mobile\"", "remove it, or write labour = \"mobile\""));
}

void read_closure(const std::map<std::string, Value>& values, const Raw& place, const Accounts& accounts, Programme& programme,
                  Findings& findings) {
  const auto text = [&](const char* field) { return values.count(field) ? values.at(field).text : std::string(); };
  const bool is_word = values.count("closure") > 0, has_preset = values.count("closure.preset") > 0;
  const bool is_table = std::any_of(values.begin(), values.end(), [](const auto& v) { return v.first.rfind("closure.", 0) == 0; });
  const std::string preset = is_word ? text("closure") : has_preset ? text("closure.preset") : "short_run";
  Closure& closure = programme.closure_rules;
  closure = preset == "long_run" ? long_run() : short_run();
  programme.closure = preset;
  if (is_table) {
    std::vector<std::string> words;
    if (has_preset) words.push_back("preset=" + preset);
    read_part(values, "labour", preset, closure.labour, words, programme);
    read_part(values, "capital", preset, closure.capital, words, programme);
    read_part(values, "imbalance", preset, closure.imbalance, words, programme);
    read_part(values, "budget", preset, closure.budget, words, programme);
    if (!words.empty()) programme.closure = joined(words, ";");
  } else if (!is_word && !place.find("closure")) {
    programme.defaults.push_back({"", "closure", preset, "not given"});
  }
  fit_closure(values, place, accounts, programme, findings);
  closure.name = programme.closure;
  read_elasticity(values, place, programme, findings);

  const bool pays = closure.budget == BudgetRule::transfer;
  if (values.count("closure.payers") && pays) {
    read_payers(values.at("closure.payers"), accounts, programme);
  } else if (values.count("closure.payers")) {
    findings.push_back(problem_at(place_of(place, "closure.payers"), "closure.payers", "no-use",
                                  std::string("payers where the budget is \"") + rule_name(closure.budget) + '"',
                                  "payers go with budget = \"transfer\"", "remove them, or write budget = \"transfer\""));
  } else if (pays && !place.find("closure.payers")) {
    findings.push_back(problem_at(place_of(place, "closure.budget"), "closure.payers", "missing-field",
                                  "budget = \"transfer\" without `closure.payers`", "who closes the budgets, shares that sum to 1",
                                  "add payers = { REGION = 1.0 }"));
  }
}

}  // namespace kontor
