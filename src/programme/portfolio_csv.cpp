// A portfolio in CSV: one measure a row, dotted headers ("money.total"), lists separated by `;`, named shares as
// `name=0.3;name2=0.7`, ranges as `low=0.1;mid=0.3;high=0.6`, trade costs as `XA>XB=-0.03` (`XA<>XB` both ways).
// A row becomes the table that the same measure would be in TOML.
#include <algorithm>
#include <cmath>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "programme/fields.h"

namespace kontor {

// The fields that a header may name. `low`, `mid` and `high` may follow a field that holds a number.
static const Field* field_of(std::string_view path, const MeasureKind* kind) {
  for (const Field& field : common_fields())
    if (path == field.name) return &field;
  if (kind) {
    for (const Field& field : kind->fields)
      if (path == field.name) return &field;
    return nullptr;
  }
  for (const MeasureKind* any : measure_kinds())
    if (const Field* field = field_of(path, any)) return field;
  return nullptr;
}

static std::string without_range_part(const std::string& path) {
  for (const char* part : {".low", ".mid", ".high"})
    if (path.size() > std::string_view(part).size() && path.ends_with(part))
      return path.substr(0, path.size() - std::string_view(part).size());
  return path;
}

static Raw text_or_number(std::string_view text, bool numeric, Raw place) {
  text = trimmed(text);
  place.kind = RawKind::text;
  place.text = text;
  double number = 0.0;
  if (numeric && read_number(text, number) == NumberProblem::none) {
    place.kind = RawKind::number;
    place.number = number;
    place.integer = number == std::floor(number);
  }
  return place;
}

static Raw named_numbers(const std::string& cell, const Raw& place) {
  Raw table = place;
  table.kind = RawKind::table;
  for (const std::string& part : split(cell, ';')) {
    if (trimmed(part).empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string name(trimmed(std::string_view(part).substr(0, equals)));
    table.entries.push_back(
        {name, text_or_number(equals == std::string::npos ? "" : std::string_view(part).substr(equals + 1), true, place)});
  }
  return table;
}

static Raw trade_costs(const std::string& cell, const Raw& place) {
  Raw list = place;
  list.kind = RawKind::list;
  for (const auto& [pair, change] : named_numbers(cell, place).entries) {
    const bool both = pair.find("<>") != std::string::npos;
    const std::size_t mark = pair.find(both ? "<>" : ">");
    Raw item = place;
    item.entries.push_back({"from", text_or_number(std::string_view(pair).substr(0, mark), false, place)});
    item.entries.push_back(
        {"to", text_or_number(mark == std::string::npos ? "" : std::string_view(pair).substr(mark + (both ? 2 : 1)), false, place)});
    item.entries.push_back({"change", change});
    Raw flag = place;
    flag.kind = RawKind::flag;
    flag.flag = both;
    item.entries.push_back({"both_ways", flag});
    list.items.push_back(std::move(item));
  }
  return list;
}

static Raw cell_value(const std::string& cell, const Field* field, const Raw& place) {
  if (!field) return text_or_number(cell, false, place);
  const bool numeric = is_numeric(field->type);
  if (field->type == FieldType::trade_costs) return trade_costs(cell, place);
  if (is_table(field->type) || (numeric && cell.find('=') != std::string::npos)) return named_numbers(cell, place);
  if (is_list(field->type)) {
    Raw list = place;
    list.kind = RawKind::list;
    for (const std::string& part : split(cell, ';')) list.items.push_back(text_or_number(part, numeric, place));
    return list;
  }
  Raw value = text_or_number(cell, numeric, place);
  if (field->type == FieldType::flag && (value.text == "true" || value.text == "false")) {
    value.kind = RawKind::flag;
    value.flag = value.text == "true";
  }
  return value;
}

// False if the row already says something else at that path: a number beside a range of it.
static bool insert(Raw& table, std::string_view path, Raw value) {
  const std::size_t dot = path.find('.');
  const std::string first(path.substr(0, dot));
  auto found = std::find_if(table.entries.begin(), table.entries.end(), [&](const RawEntry& e) { return e.name == first; });
  if (dot == std::string_view::npos) {
    if (found != table.entries.end()) return false;
    table.entries.push_back({first, std::move(value)});
    return true;
  }
  if (found == table.entries.end()) {
    Raw inner;
    inner.file = value.file, inner.line = value.line, inner.column = value.column;
    table.entries.push_back({first, std::move(inner)});
    found = table.entries.end() - 1;
  }
  return found->value.kind == RawKind::table && insert(found->value, path.substr(dot + 1), std::move(value));
}

static void check_header(const CsvTable& table, Findings& findings) {
  std::vector<std::string> known;
  for (const Field& field : common_fields()) known.emplace_back(field.name);
  for (const MeasureKind* kind : measure_kinds())
    for (const Field& field : kind->fields)
      if (std::find(known.begin(), known.end(), field.name) == known.end()) known.emplace_back(field.name);
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const std::string& name = table.header[i];
    const std::string place = name + " (" + std::to_string(i + 1) + ')';
    const auto before = std::find(table.header.begin(), table.header.begin() + static_cast<long>(i), name);
    if (before != table.header.begin() + static_cast<long>(i))
      findings.push_back(
          {Severity::error, "duplicate-column", table.file, "1", place,
           "column " + quoted(name) + " stands at " + std::to_string(before - table.header.begin() + 1) + " and " + std::to_string(i + 1),
           "a column stands once", "remove one"});
    if (!field_of(name, nullptr) && !field_of(without_range_part(name), nullptr))
      findings.push_back({Severity::error, "unknown-key", table.file, "1", place, "unknown column " + quoted(name),
                          did_you_mean(name, known), "use the field names of `kontor measures`"});
  }
}

std::vector<Raw> read_portfolio(std::string_view text, const std::string& file, Findings& findings) {
  const CsvTable table = parse_csv(text, file);
  const std::size_t before = findings.size();
  check_header(table, findings);
  std::vector<Raw> measures;
  if (findings.size() > before) return measures;
  const int kind_column = table.column("kind");
  for (const CsvRow& row : table.rows) {
    Raw measure;
    measure.file = file;
    measure.line = static_cast<long>(row.line);
    const MeasureKind* kind = find_measure_kind(table.field(row, kind_column));
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      if (trimmed(row.fields[i]).empty()) continue;
      Raw place;
      place.file = file, place.line = measure.line, place.column = static_cast<long>(i + 1);
      const Field* field = field_of(table.header[i], kind);
      if (!field) field = field_of(without_range_part(table.header[i]), kind);
      if (!insert(measure, table.header[i], cell_value(row.fields[i], field, place)))
        findings.push_back(problem_at(place, table.header[i], "duplicate-key", "the row says it twice: a number and a range of it",
                                      "one of the two", "empty one of the cells"));
    }
    measures.push_back(std::move(measure));
  }
  return measures;
}

}  // namespace kontor
