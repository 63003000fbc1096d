#include "kontor/programme/outline.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/programme/programme.h"
#include "programme/raw.h"

namespace kontor {

using Json = nlohmann::ordered_json;

std::string OutlineTable::json_of(std::string_view path) const {
  for (const OutlineField& field : fields)
    if (field.path == path) return field.json;
  return "";
}

std::string OutlineTable::text_of(std::string_view path) const {
  const Json value = Json::parse(json_of(path), nullptr, false);
  return value.is_string() ? value.get<std::string>() : "";
}

static Json json_of(const Raw& raw) {
  switch (raw.kind) {
    case RawKind::text:
    case RawKind::date: return raw.text;
    case RawKind::number: return raw.integer && std::abs(raw.number) < 1e15 ? Json(static_cast<long>(raw.number)) : Json(raw.number);
    case RawKind::flag: return raw.flag;
    case RawKind::list: {
      Json list = Json::array();
      for (const Raw& item : raw.items) list.push_back(json_of(item));
      return list;
    }
    case RawKind::table: {
      Json table = Json::object();
      for (const auto& [name, value] : raw.entries) table[name] = json_of(value);
      return table;
    }
  }
  return nullptr;
}

using Rows = std::vector<std::span<const Field>>;

// Whether fields lie below this path, so that the table there is no value of its own.
static bool holds_fields(const Rows& rows, const std::string& path) {
  for (const auto& part : rows)
    for (const Field& field : part)
      if (std::string_view(field.name).substr(0, path.size() + 1) == path + '.') return true;
  return false;
}

static void add_fields(const Raw& table, const std::string& prefix, const Rows& rows, std::vector<OutlineField>& fields) {
  for (const auto& [name, value] : table.entries) {
    const std::string path = prefix.empty() ? name : prefix + '.' + name;
    if (value.kind == RawKind::table && holds_fields(rows, path))
      add_fields(value, path, rows, fields);
    else
      fields.push_back({path, json_of(value).dump(-1, ' ', false, Json::error_handler_t::replace), value.line});
  }
}

static OutlineTable table_of(const Raw& raw, const Rows& rows, bool from_portfolio = false) {
  OutlineTable table{raw.file, raw.line, from_portfolio, {}};
  add_fields(raw, "", rows, table.fields);
  return table;
}

static Rows rows_of_measure(const Raw& raw) {
  const Raw* name = raw.find("kind");
  const MeasureKind* kind = name && name->kind == RawKind::text ? find_measure_kind(name->text) : nullptr;
  Rows rows = {common_fields()};
  if (kind) rows.push_back(kind->fields);
  return rows;
}

// --- what a measure is about ------------------------------------------------------------------------

static void add_name(std::vector<std::string>& names, const Json& name) {
  if (name.is_string() && std::find(names.begin(), names.end(), name.get<std::string>()) == names.end()) names.push_back(name);
}

static void add_names(std::vector<std::string>& names, const Json& value) {
  add_name(names, value);
  if (value.is_array())
    for (const Json& item : value) add_name(names, item);
  if (value.is_object())
    for (const auto& [name, share] : value.items()) add_name(names, name);
}

static double middle_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_object() && value.contains("mid") && value["mid"].is_number() ? value["mid"].get<double>() : std::nan("");
}

// "2026-07" or 2026.
static int year_in(const Json& value) {
  if (value.is_number()) return static_cast<int>(value.get<double>());
  return value.is_string() ? static_cast<int>(read_integer(value.get<std::string>().substr(0, 4)).value_or(0)) : 0;
}

static void add_years(MeasureOutline& about, std::string_view path, const Json& value, int last_of_horizon) {
  const auto take = [&](int first, int last) {
    if (first <= 0 || last <= 0) return;
    about.first_year = about.first_year ? std::min(about.first_year, first) : first;
    about.last_year = std::max(about.last_year, last);
  };
  if ((path == "period" || path == "capex.years" || path == "cost.years") && value.is_array() && !value.empty())
    take(year_in(value.front()), year_in(value.back()));
  for (const char* lasting : {"output.start", "opens", "start", "target.start", "target.by"})
    if (path == lasting) take(year_in(value), std::max(year_in(value), last_of_horizon));
}

MeasureOutline measure_outline(const OutlineTable& measure, int last_of_horizon) {
  MeasureOutline about;
  about.amount = std::nan("");
  const MeasureKind* kind = find_measure_kind(measure.text_of("kind"));
  for (const OutlineField& field : measure.fields) {
    const Json value = Json::parse(field.json, nullptr, false);
    add_years(about, field.path, value, last_of_horizon);
    for (const char* money : {"money.total", "capex.total", "cost.total", "product.value"})
      if (field.path == money && std::isnan(about.amount)) about.amount = middle_of(value);
    if (!kind) continue;
    for (const Field& row : kind->fields) {
      if (field.path != row.name) continue;
      if (row.type == FieldType::region || row.type == FieldType::regions || row.type == FieldType::region_shares)
        add_names(about.parties, value);
      if (row.type == FieldType::sector || row.type == FieldType::sectors || row.type == FieldType::sector_shares)
        add_names(about.sectors, value);
      if (row.type == FieldType::trade_costs && value.is_array())
        for (const Json& item : value)
          for (const char* end : {"from", "to"})
            if (item.is_object() && item.contains(end)) add_name(about.parties, item[end]);
    }
  }
  return about;
}

static void add_portfolio(const std::filesystem::path& file, ProgrammeOutline& outline) {
  const std::string name = outline.programme.text_of("portfolio");
  if (name.empty() || name.find("://") != std::string::npos) return;
  for (const Raw& row : read_portfolio(read_file(file.parent_path() / name, std::size_t{16} << 20), name, outline.findings))
    outline.measures.push_back(table_of(row, rows_of_measure(row), true));
}

ProgrammeOutline outline_of(std::string_view text, const std::filesystem::path& file) {
  ProgrammeOutline outline;
  try {
    const Raw root = read_toml(text, file.string());
    if (const Raw* programme = root.find("programme")) outline.programme = table_of(*programme, {programme_fields()});
    if (const Raw* uncertainty = root.find("uncertainty")) outline.uncertainty = table_of(*uncertainty, {uncertainty_fields()});
    if (const Raw* blocs = root.find("blocs"))
      for (const auto& [name, members] : blocs->entries) outline.blocs.emplace_back(name, json_of(members).dump());
    if (const Raw* agreements = root.find("agreement"))
      for (const Raw& item : agreements->items) outline.agreements.push_back(table_of(item, {agreement_fields()}));
    if (const Raw* measures = root.find("measure"))
      for (const Raw& item : measures->items) outline.measures.push_back(table_of(item, rows_of_measure(item)));
    add_portfolio(file, outline);
  } catch (const Error& error) {
    outline.findings.insert(outline.findings.end(), error.findings().begin(), error.findings().end());
  }
  return outline;
}

}  // namespace kontor
