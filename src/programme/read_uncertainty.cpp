// [uncertainty]: what is drawn and how. Names of numbers are held against those that there are when draws begin.
#include <algorithm>

#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"

namespace kontor {

bool Uncertainty::varies(std::string_view what) const { return std::find(vary.begin(), vary.end(), what) != vary.end(); }

static double within(const std::map<std::string, Value>& values, const Raw* table, const char* field, double high, double fallback,
                     Findings& findings) {
  if (!values.count(field)) return fallback;
  const Range& range = values.at(field).number;
  if (!range.is_range() && range.mid >= 0.0 && range.mid <= high) return range.mid;
  findings.push_back(problem_at(*table->find(field), field, "out-of-range",
                                '`' + number_text(range.is_range() ? range.high : range.mid) + "` in `" + field + '`',
                                "one number from 0 to " + number_text(high), "correct it"));
  return fallback;
}

static void check_closures(const Raw* table, const Uncertainty& u, Findings& findings) {
  const bool varies = u.varies("closure");
  if (varies == !u.closures.empty()) return;
  findings.push_back(problem_at(
      *table->find(varies ? "vary" : "closures"), varies ? "vary" : "closures", varies ? "missing-field" : "no-use",
      varies ? "closures are drawn and none is named" : "closures that are not drawn", "`closures` goes with \"closure\" in `vary`",
      varies ? "add closures = { own = 0.5, long_run = 0.5 }" : "add \"closure\" to `vary`, or remove them"));
}

void read_uncertainty(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* table = root.find("uncertainty");
  if (!table) return;
  const auto values = read_fields(*table, rows_of(uncertainty_fields()), labels, "[uncertainty]", findings);
  Uncertainty& u = programme.uncertainty;
  u.file = table->file, u.row = std::to_string(table->line);
  constexpr double largest_seed = 9007199254740992.0;  // 2^53: every whole number up to here is exact
  u.draws = static_cast<int>(whole_number(values, table, "draws", 1, 1e6, u.draws, findings));
  u.seed = static_cast<long>(whole_number(values, table, "seed", 0, largest_seed, 1, findings));
  if (values.count("vary")) u.vary = values.at("vary").list;
  if (values.count("rule")) u.rule = values.at("rule").text;
  if (values.count("distribution")) u.distribution = values.at("distribution").names;
  if (values.count("groups")) u.groups = values.at("groups").groups;
  if (values.count("closures"))
    for (const auto& [name, weight] : values.at("closures").weights) u.closures.emplace_back(name, weight.mid);
  u.elasticity_error = within(values, table, "elasticity_error", 1.0, 0.0, findings);
  u.accounts_error = within(values, table, "accounts_error", 10.0, 1.0, findings);
  if (values.count("fan")) u.fan = values.at("fan").flag;
  if (!table->find("closures") || values.count("closures")) check_closures(table, u, findings);
}

}  // namespace kontor
