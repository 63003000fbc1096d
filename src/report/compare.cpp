#include "kontor/report/compare.h"

#include <cmath>
#include <map>
#include <tuple>

#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/report/rows.h"
#include "kontor/report/text_table.h"

namespace kontor {

using Key = std::tuple<std::string, std::string, std::string, std::string, int, std::string, std::string>;

static Key key_of(const EffectRow& r) { return {r.indicator, r.region, r.sector, r.partner, r.year, r.measure, r.term}; }

// Base levels say nothing about a programme.
static bool is_level(const EffectRow& row) {
  return row.indicator.size() > 5 && row.indicator.compare(row.indicator.size() - 5, 5, "_base") == 0;
}

static bool is_shown(const EffectRow& row, bool everything) {
  return everything || (!is_level(row) && row.sector.empty() && row.partner.empty() && row.measure.empty() && row.term.empty());
}

static std::string name_of(const Programme& programme) { return programme.title.empty() ? programme.id : programme.title; }

static void note_differences(const Result& a, const Result& b, Findings& findings) {
  const auto note = [&](const char* code, const std::string& found, const char* expected) {
    findings.push_back({Severity::warning, code, "", "", "", found, expected, "read the differences with this in mind"});
  };
  if (a.accounts_fingerprint != b.accounts_fingerprint)
    note("different-accounts", "the two results stand on different accounts (" + a.accounts.title + "; " + b.accounts.title + ")",
         "a difference may come from the accounts and not from the programme");
  if (money_unit(a.accounts) != money_unit(b.accounts) || a.accounts.price_year != b.accounts.price_year)
    note("different-units",
         "the first is in " + money_unit(a.accounts) + " of " + std::to_string(a.accounts.price_year) + ", the second in " +
             money_unit(b.accounts) + " of " + std::to_string(b.accounts.price_year),
         "levels cannot be compared, percentages can");
  if (a.certificate.model != b.certificate.model || a.programme.closure != b.programme.closure)
    note("different-models",
         "model and closure: " + a.certificate.model + ", " + a.programme.closure + "; " + b.certificate.model + ", " + b.programme.closure,
         "a difference may come from the model");
}

// Draw by draw, where both were drawn alike: how sure the difference is.
static void compare_draws(const Result& a, const Result& b, bool everything, Comparison& result) {
  if (!a.sure.asked() || !b.sure.asked()) return;
  const auto note = [&](Severity severity, const char* code, std::string found, const char* expected, const char* remedy) {
    result.findings.push_back({severity, code, "", "", "", std::move(found), expected, remedy});
  };
  const DrawnDifference difference = difference_of(a.sure.table, b.sure.table);
  if (a.sure.seed != b.sure.seed || a.sure.rule != b.sure.rule || !difference.apart.empty()) {
    note(Severity::warning, "other-draws",
         difference.apart.empty() ? "the two results have draws of another seed or rule"
                                  : "both results draw these numbers, but not alike: " + joined(difference.apart, ", "),
         "draw k of the one and of the other stand for one state of the world",
         "use the same seed, rule and groups, and add new measures at the end of the file; no range is given for the difference");
    return;
  }
  note(Severity::note, "same-draws", "the difference of " + std::to_string(difference.draws) + " draws that both have solved", "",
       "rows with the term `difference p5` to `difference p95`, mean and deviation, and gain_probability: B better than A");
  for (EffectRow row : difference.rows) {
    if (!everything && row.indicator != "real_income" && row.indicator != "equivalent_variation" && row.indicator != "gain_probability")
      continue;
    for (const EffectRow& known : a.effects)
      if (row.unit.empty() && known.term == "p50" && known.indicator == row.indicator) row.unit = known.unit;
    row.term = row.term.empty() ? "difference" : "difference " + row.term;
    result.rows.push_back({row, std::nan(""), std::nan("")});
  }
}

Comparison compare(const Result& a, const Result& b, bool everything) {
  Comparison result{name_of(a.programme), name_of(b.programme), {}, {}};
  note_differences(a, b, result.findings);
  std::map<Key, const EffectRow*> in_b;
  for (const EffectRow& row : b.effects)
    if (is_shown(row, everything)) in_b.emplace(key_of(row), &row);
  for (const EffectRow& row : a.effects) {
    if (!is_shown(row, everything)) continue;
    const auto other = in_b.find(key_of(row));
    const double value = other == in_b.end() ? std::nan("") : other->second->value;
    result.rows.push_back({row, row.value, value});
    result.rows.back().row.value = value - row.value;
    if (other != in_b.end()) in_b.erase(other);
  }
  for (const EffectRow& row : b.effects)
    if (const auto left = in_b.find(key_of(row)); left != in_b.end() && left->second == &row) {
      result.rows.push_back({row, std::nan(""), row.value});
      result.rows.back().row.value = std::nan("");
    }
  compare_draws(a, b, everything, result);
  return result;
}

std::string comparison_text(const Comparison& comparison) {
  PrintedTable table{"A: " + comparison.title_a + "\nB: " + comparison.title_b,
                     {{"indicator"},
                      {"region"},
                      {"sector"},
                      {"partner"},
                      {"year", true},
                      {"measure"},
                      {"term"},
                      {"A", true},
                      {"B", true},
                      {"B - A", true},
                      {"unit"}},
                     {}};
  for (const ComparedRow& c : comparison.rows)
    table.rows.push_back({c.row.indicator, c.row.region.empty() ? "(all)" : c.row.region, c.row.sector, c.row.partner,
                          c.row.year ? std::to_string(c.row.year) : "", c.row.measure, c.row.term, table_number(c.a, 6),
                          table_number(c.b, 6), table_number(c.row.value, 6), c.row.unit});
  // A column that is empty throughout says nothing.
  for (std::size_t j = table.columns.size(); j-- > 0;) {
    bool used = false;
    for (const auto& row : table.rows) used = used || !row[j].empty();
    if (used || table.rows.empty()) continue;
    table.columns.erase(table.columns.begin() + static_cast<long>(j));
    for (auto& row : table.rows) row.erase(row.begin() + static_cast<long>(j));
  }
  return findings_text(comparison.findings) + table_text(table, 28);
}

static std::vector<EffectRow> long_rows(const Comparison& comparison) {
  std::vector<EffectRow> rows;
  for (const ComparedRow& c : comparison.rows) {
    const std::string before = c.row.term.empty() ? "" : c.row.term + '/';
    for (const auto& [term, value] : {std::pair{"a", c.a}, {"b", c.b}, {"difference", c.row.value}}) {
      rows.push_back(c.row);
      rows.back().term = before + term;
      rows.back().value = value;
    }
  }
  return rows;
}

std::string comparison_csv(const Comparison& comparison) { return rows_csv(long_rows(comparison)); }

std::string comparison_json(const Comparison& comparison) {
  std::string findings;
  for (const Finding& f : comparison.findings) findings += (findings.empty() ? "" : ",") + json_text(to_line(f));
  return "{\n\"a\": " + json_text(comparison.title_a) + ",\n\"b\": " + json_text(comparison.title_b) + ",\n\"findings\": [" + findings +
         "],\n\"rows\": " + rows_json(long_rows(comparison)) + "\n}\n";
}

}  // namespace kontor
