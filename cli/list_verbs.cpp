// measures, models, formats: the lists, from the rows.
#include <fmt/format.h>

#include <iostream>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/models.h"
#include "kontor/programme/programme.h"
#include "kontor/read/join.h"
#include "kontor/read/reader.h"
#include "kontor/report/lists.h"
#include "verbs.h"

namespace kontor::cli {

static void print_fields(std::span<const Field> rows) {
  for (const Field& f : rows)
    std::cout << fmt::format("  {:<28} {}{}{}\n  {:<28}   {}\n", f.name, type_words(f.type), *f.choices ? std::string(" ") + f.choices : "",
                             f.required ? ", required" : "", "", f.meaning);
}

static void check_kind(const std::string& name) {
  std::vector<std::string> names;
  for (const MeasureKind* kind : measure_kinds()) names.emplace_back(kind->name);
  for (const ProgrammeTable& own : programme_tables()) names.emplace_back(own.name);
  if (std::find(names.begin(), names.end(), name) == names.end())
    fail(Exit::usage, "usage", "", "", "", "unknown kind of measure " + quoted(name), did_you_mean(name, names),
         "`kontor measures` lists them");
}

void add_measures(CLI::App& verb, Common& common) {
  static std::string name;
  verb.add_option("KIND", name, "one kind, or one table of the programme file, with all its fields");
  verb.callback([&common] {
    if (!name.empty()) check_kind(name);
    if (common.json) {
      std::cout << measures_json(name) << '\n';
      return;
    }
    for (const ProgrammeTable& table : programme_tables()) {
      if (name != table.name) continue;
      std::cout << fmt::format("{:<20} {}\n", table.name, table.summary);
      print_fields(table.fields);
    }
    for (const MeasureKind* kind : measure_kinds()) {
      if (!name.empty() && name != kind->name) continue;
      std::cout << fmt::format("{:<20} {}\n", kind->name, kind->summary);
      if (!name.empty()) print_fields(kind->fields);
    }
    if (name.empty())
      std::cout << "\n`kontor measures KIND` shows the fields of one kind; so it does for the tables programme, appraisal, uncertainty,\n"
                   "parameters and agreement of the programme file.\n";
  });
}

void add_models(CLI::App& verb, Common& common) {
  verb.callback([&common] {
    if (common.json) std::cout << models_json() << '\n';
    for (const ModelRow& model : models())
      if (!common.json)
        std::cout << fmt::format("{:<12} {}\n{:<12} counts: {}\n{:<12} not counted: {}\n", model.name, model.summary, "",
                                 joined(model.counts, ", "), "", joined(model.does_not_count, ", "));
  });
}

static void print_format(const char* name, const std::string& summary, const char* source, const char* tried_on,
                         std::span<const Setting> settings) {
  std::cout << fmt::format("{:<20} {}\n{:<20} source: {}\n", name, summary, "", source);
  if (tried_on) std::cout << fmt::format("{:<20} tried on: {}\n", "", tried_on);
  for (const Setting& s : settings) std::cout << fmt::format("{:<20} --with {}={}: {}\n", "", s.name, s.values, s.meaning);
}

void add_formats(CLI::App& verb, Common& common) {
  verb.callback([&common] {
    if (common.json) {
      std::cout << formats_json() << '\n';
      return;
    }
    for (const Reader* r : readers()) print_format(r->name, r->summary, r->source, r->tried_on, r->settings);
    for (const JoinFormat& j : join_formats())
      print_format(j.name, std::string(j.summary) + "; joined with --into ACCOUNTS", j.source, nullptr, j.settings);
  });
}

}  // namespace kontor::cli
