#include "programme/fields.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "programme/values.h"

namespace kontor {

FieldRows rows_of(std::span<const Field> first, std::span<const Field> second) {
  FieldRows rows;
  for (const Field& field : first) rows.push_back(&field);
  for (const Field& field : second) rows.push_back(&field);
  return rows;
}

bool is_numeric(FieldType type) {
  return type == FieldType::number || type == FieldType::share || type == FieldType::amount || type == FieldType::year ||
         type == FieldType::years || type == FieldType::shares || type == FieldType::profile;
}

bool is_list(FieldType type) {
  return type == FieldType::years || type == FieldType::regions || type == FieldType::sectors || type == FieldType::period ||
         type == FieldType::shares || type == FieldType::profile || type == FieldType::measures || type == FieldType::trade_costs ||
         type == FieldType::choices || type == FieldType::groups;
}

bool is_table(FieldType type) {
  return type == FieldType::region_shares || type == FieldType::sector_shares || type == FieldType::sector_parts ||
         type == FieldType::named_shares || type == FieldType::names;
}

static bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// A key is known if it is a field or the beginning of one ("money" of "money.total").
static void find_unknown_keys(const Raw& table, const FieldRows& rows, const std::string& prefix, const std::string& what,
                              Findings& findings) {
  for (const auto& [name, value] : table.entries) {
    const std::string path = prefix + name;
    bool is_field = false, is_part = false;
    for (const Field* row : rows) {
      is_field |= path == row->name;
      is_part |= begins_with(row->name, path + '.');
    }
    if (is_part && value.kind == RawKind::table) {
      find_unknown_keys(value, rows, path + '.', what, findings);
    } else if (!is_field && is_part) {
      findings.push_back(problem_at(value, path, "wrong-kind", shown(value) + " in " + what, "a table { ... } is expected here",
                                    "see `kontor measures` for its fields"));
    } else if (!is_field) {
      std::vector<std::string> known;
      for (const Field* row : rows) {
        const std::string_view field = row->name;
        if (!begins_with(field, prefix)) continue;
        const std::string_view rest = field.substr(prefix.size());
        const std::string next = prefix + std::string(rest.substr(0, rest.find('.')));
        if (std::find(known.begin(), known.end(), next) == known.end()) known.push_back(next);
      }
      findings.push_back(problem_at(value, path, "unknown-key", "unknown key " + quoted(path) + " in " + what, did_you_mean(path, known),
                                    "correct or remove it"));
    }
  }
}

std::map<std::string, Value> read_fields(const Raw& table, const FieldRows& rows, const KnownLabels& labels, const std::string& what,
                                         Findings& findings) {
  find_unknown_keys(table, rows, "", what, findings);
  std::map<std::string, Value> values;
  for (const Field* row : rows) {
    const Raw* raw = table.find(row->name);
    const bool has_parts =
        std::any_of(rows.begin(), rows.end(), [&](const Field* r) { return begins_with(r->name, std::string(row->name) + '.'); });
    if (raw && raw->kind == RawKind::table && has_parts) continue;  // e.g. closure = { labour = ... }
    if (raw) {
      Value value;
      value.source = raw->source();
      if (read_value(*row, *raw, labels, value, findings)) values.emplace(row->name, std::move(value));
    } else if (row->required) {
      findings.push_back(problem_at(table, row->name, "missing-field", what + " has no `" + row->name + '`', row->meaning, "add it"));
    }
  }
  return values;
}

}  // namespace kontor
