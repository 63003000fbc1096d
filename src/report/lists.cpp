#include "kontor/report/lists.h"

#include <nlohmann/json.hpp>

#include "kontor/model/models.h"
#include "kontor/read/join.h"
#include "kontor/read/reader.h"

namespace kontor {

using Json = nlohmann::ordered_json;

const char* type_words(FieldType type) {
  switch (type) {
    case FieldType::text: return "text";
    case FieldType::number: return "number";
    case FieldType::share: return "share, 0 to 1";
    case FieldType::amount: return "amount of money";
    case FieldType::year: return "year";
    case FieldType::years: return "list of years";
    case FieldType::flag: return "true or false";
    case FieldType::region: return "region";
    case FieldType::regions: return "list of regions";
    case FieldType::sector: return "sector";
    case FieldType::sectors: return "list of sectors or \"all\"";
    case FieldType::category: return "final-use category";
    case FieldType::choice: return "one of";
    case FieldType::shares: return "list of shares";
    case FieldType::region_shares: return "shares by region";
    case FieldType::sector_shares: return "shares by sector";
    case FieldType::named_shares: return "shares of";
    case FieldType::period: return "first and last month";
    case FieldType::profile: return "list of shares that sum to 1";
    case FieldType::sector_parts: return "parts by sector, summing to 1 or less";
    case FieldType::trade_costs: return "list of { from, to, change, both_ways, sectors }";
    case FieldType::measures: return "list of measures";
    case FieldType::choices: return "list of";
    case FieldType::groups: return "list of lists of names";
    case FieldType::names: return "name, or table of names, of";
  }
  return "";
}

static Json fields_of(std::span<const Field> rows) {
  Json fields = Json::array();
  for (const Field& f : rows)
    fields.push_back(
        {{"name", f.name}, {"type", type_words(f.type)}, {"choices", f.choices}, {"required", f.required}, {"meaning", f.meaning}});
  return fields;
}

static Json row_of(const char* name, const char* summary, std::span<const Field> rows) {
  return {{"name", name}, {"summary", summary}, {"fields", fields_of(rows)}};
}

std::string measures_json(std::string_view name) {
  Json list = Json::array();
  for (const ProgrammeTable& table : programme_tables())
    if (name == table.name) list.push_back(row_of(table.name, table.summary, table.fields));
  for (const MeasureKind* kind : measure_kinds())
    if (name.empty() || name == kind->name) list.push_back(row_of(kind->name, kind->summary, kind->fields));
  return list.dump(1);
}

std::string common_fields_json() { return fields_of(common_fields()).dump(1); }

std::string programme_tables_json() {
  Json list = Json::array();
  for (const ProgrammeTable& table : programme_tables()) list.push_back(row_of(table.name, table.summary, table.fields));
  return list.dump(1);
}

std::string models_json() {
  Json list = Json::array();
  for (const ModelRow& model : models())
    list.push_back({{"name", model.name}, {"summary", model.summary}, {"counts", model.counts}, {"does_not_count", model.does_not_count}});
  return list.dump(1);
}

static Json settings_of(std::span<const Setting> settings) {
  Json list = Json::array();
  for (const Setting& s : settings) list.push_back({{"name", s.name}, {"values", s.values}, {"meaning", s.meaning}});
  return list;
}

std::string formats_json() {
  Json list = Json::array();
  for (const Reader* r : readers())
    list.push_back({{"name", r->name},
                    {"summary", r->summary},
                    {"source", r->source},
                    {"tried_on", r->tried_on},
                    {"settings", settings_of(r->settings)}});
  for (const JoinFormat& j : join_formats())
    list.push_back({{"name", j.name},
                    {"summary", std::string(j.summary) + "; joined with --into ACCOUNTS"},
                    {"source", j.source},
                    {"tried_on", ""},
                    {"settings", settings_of(j.settings)}});
  return list.dump(1);
}

}  // namespace kontor
