// [parameters]: numbers of the model that go before what the accounts and the shipped tables say. A name that nothing
// reads would be a number that the user believes in and nobody uses: unknown names are errors.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"
#include "programme/values.h"

namespace kontor {

static constexpr std::string_view by_sector = "trade_elasticity.";

namespace {
/// Which numbers a parameter may be.
struct Limits {
  double low = 0.0, high = 0.0;
  bool with_low = false, with_high = false;
  const char* rule = "";
  bool hold(double x) const { return (with_low ? x >= low : x > low) && (with_high ? x <= high : x < high); }
};
}  // namespace

static Limits limits_of(const std::string& name) {
  if (name == "labour_share" || name == "mixed_labour_share") return {0.0, 1.0, false, false, "a share above 0 and below 1"};
  if (name == "scale") return {0.0, 1.0, true, false, "from 0 to below 1"};
  return {0.0, 100.0, false, true, "an elasticity above 0 and up to 100"};
}

// The row of a name; nullptr with a finding if it is not known. `trade_elasticity.SECTOR` reads as `trade_elasticity`.
static const Field* row_of(const std::string& name, const Raw& raw, const KnownLabels& labels, Findings& findings) {
  std::vector<std::string> known;
  for (const Field& row : parameter_fields()) {
    if (name == row.name) return &row;
    known.emplace_back(row.name);
  }
  if (name.rfind(by_sector, 0) == 0) {
    const std::string sector = name.substr(by_sector.size());
    if (std::find(labels.sectors.begin(), labels.sectors.end(), sector) != labels.sectors.end()) return &parameter_fields().front();
    findings.push_back(problem_at(raw, "parameters." + name, "unknown-sector", "unknown sector " + quoted(sector),
                                  did_you_mean(sector, labels.sectors), "use a label of the accounts"));
    return nullptr;
  }
  known.push_back("trade_elasticity.SECTOR");
  findings.push_back(problem_at(raw, "parameters." + name, "unknown-key", "unknown parameter " + quoted(name), did_you_mean(name, known),
                                "`kontor measures parameters` lists them"));
  return nullptr;
}

static bool is_range(const Raw& raw) { return raw.find("low") || raw.find("mid") || raw.find("high"); }

static void read_parameter(const std::string& name, const Raw& raw, const KnownLabels& labels, Programme& programme, Findings& findings) {
  // A table of names: trade_elasticity = { C26 = 4.0 } is trade_elasticity.C26.
  if (raw.kind == RawKind::table && !is_range(raw)) {
    if (raw.entries.empty())
      findings.push_back(problem_at(raw, "parameters." + name, "wrong-kind", "an empty table", "NAME = number", "write a number"));
    for (const auto& [part, inner] : raw.entries) read_parameter(name + '.' + part, inner, labels, programme, findings);
    return;
  }
  const Field* row = row_of(name, raw, labels, findings);
  if (!row) return;
  const std::string path = "parameters." + name;
  const Field named = {path.c_str(), FieldType::number, false, row->meaning};
  Value value;
  if (!read_value(named, raw, labels, value, findings)) return;
  const Limits limits = limits_of(row->name);
  for (const double number : {value.number.low, value.number.high})
    if (!limits.hold(number)) {
      findings.push_back(
          problem_at(raw, path, "out-of-range", '`' + number_text(number) + "` in `" + path + '`', limits.rule, row->meaning));
      return;
    }
  value.source = raw.source();
  if (value.number.is_range()) programme.parameter_ranges[name] = value;
  if (!programme.parameters.emplace(name, value.number.mid).second)
    findings.push_back(problem_at(raw, path, "duplicate-key", quoted(name) + " stands twice", "a parameter stands once", "remove one"));
}

void read_parameters(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* table = root.find("parameters");
  if (!table) return;
  for (const auto& [name, raw] : table->entries) read_parameter(name, raw, labels, programme, findings);
}

}  // namespace kontor
