// measures, models, formats: the lists, from the rows.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/models.h"
#include "kontor/programme/programme.h"
#include "kontor/read/join.h"
#include "kontor/read/reader.h"
#include "verbs.h"

namespace kontor::cli {

using Json = nlohmann::ordered_json;

static const char* type_name(FieldType type) {
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

static Json json_of(const char* name, const char* summary, std::span<const Field> rows) {
  Json fields = Json::array();
  for (const Field& f : rows)
    fields.push_back(
        {{"name", f.name}, {"type", type_name(f.type)}, {"choices", f.choices}, {"required", f.required}, {"meaning", f.meaning}});
  return {{"name", name}, {"summary", summary}, {"fields", fields}};
}

static void print_fields(std::span<const Field> rows) {
  for (const Field& f : rows)
    std::cout << fmt::format("  {:<28} {}{}{}\n  {:<28}   {}\n", f.name, type_name(f.type), *f.choices ? std::string(" ") + f.choices : "",
                             f.required ? ", required" : "", "", f.meaning);
}

void add_measures(CLI::App& verb, Common& common) {
  static std::string name;
  verb.add_option("KIND", name, "one kind, or one table of the programme file, with all its fields");
  verb.callback([&common] {
    const ProgrammeTable* table = nullptr;
    for (const ProgrammeTable& own : programme_tables())
      if (name == own.name) table = &own;
    if (!name.empty() && !table && !find_measure_kind(name)) {
      std::vector<std::string> names;
      for (const MeasureKind* kind : measure_kinds()) names.emplace_back(kind->name);
      for (const ProgrammeTable& own : programme_tables()) names.emplace_back(own.name);
      fail(Exit::usage, "usage", "", "", "", "unknown kind of measure " + kontor::quoted(name), did_you_mean(name, names),
           "`kontor measures` lists them");
    }
    Json list = Json::array();
    if (table) {
      list.push_back(json_of(table->name, table->summary, table->fields));
      if (!common.json) {
        std::cout << fmt::format("{:<20} {}\n", table->name, table->summary);
        print_fields(table->fields);
      }
    }
    for (const MeasureKind* kind : measure_kinds()) {
      if (!name.empty() && name != kind->name) continue;
      list.push_back(json_of(kind->name, kind->summary, kind->fields));
      if (common.json) continue;
      std::cout << fmt::format("{:<20} {}\n", kind->name, kind->summary);
      if (name.empty()) continue;
      print_fields(kind->fields);
    }
    if (common.json)
      std::cout << list.dump(1) << '\n';
    else if (name.empty())
      std::cout << "\n`kontor measures KIND` shows the fields of one kind; so it does for the tables programme, appraisal, uncertainty,\n"
                   "parameters and agreement of the programme file.\n";
  });
}

void add_models(CLI::App& verb, Common& common) {
  verb.callback([&common] {
    Json list = Json::array();
    for (const ModelRow& model : models()) {
      list.push_back(
          {{"name", model.name}, {"summary", model.summary}, {"counts", model.counts}, {"does_not_count", model.does_not_count}});
      if (!common.json)
        std::cout << fmt::format("{:<12} {}\n{:<12} counts: {}\n{:<12} not counted: {}\n", model.name, model.summary, "",
                                 joined(model.counts, ", "), "", joined(model.does_not_count, ", "));
    }
    if (common.json) std::cout << list.dump(1) << '\n';
  });
}

static Json json_of(std::span<const Setting> settings) {
  Json list = Json::array();
  for (const Setting& s : settings) list.push_back({{"name", s.name}, {"values", s.values}, {"meaning", s.meaning}});
  return list;
}

static void print_format(const char* name, const std::string& summary, const char* source, const char* tried_on,
                         std::span<const Setting> settings) {
  std::cout << fmt::format("{:<20} {}\n{:<20} source: {}\n", name, summary, "", source);
  if (tried_on) std::cout << fmt::format("{:<20} tried on: {}\n", "", tried_on);
  for (const Setting& s : settings) std::cout << fmt::format("{:<20} --with {}={}: {}\n", "", s.name, s.values, s.meaning);
}

void add_formats(CLI::App& verb, Common& common) {
  verb.callback([&common] {
    Json list = Json::array();
    for (const Reader* r : readers()) {
      list.push_back({{"name", r->name},
                      {"summary", r->summary},
                      {"source", r->source},
                      {"tried_on", r->tried_on},
                      {"settings", json_of(r->settings)}});
      if (!common.json) print_format(r->name, r->summary, r->source, r->tried_on, r->settings);
    }
    for (const JoinFormat& j : join_formats()) {
      const std::string summary = std::string(j.summary) + "; joined with --into ACCOUNTS";
      list.push_back({{"name", j.name}, {"summary", summary}, {"source", j.source}, {"tried_on", ""}, {"settings", json_of(j.settings)}});
      if (!common.json) print_format(j.name, summary, j.source, nullptr, j.settings);
    }
    if (common.json) std::cout << list.dump(1) << '\n';
  });
}

}  // namespace kontor::cli
