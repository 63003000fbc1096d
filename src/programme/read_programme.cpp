// From the text of a programme to its measures. Every error is collected before anything is thrown.
#include <algorithm>
#include <array>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "programme/parts_of_programme.h"
#include "programme/raw.h"

namespace kontor {

bool is_committed(const Written& measure) { return measure.status == "signed" || measure.status == "running" || measure.status == "done"; }

Finding problem_in(const Written& measure, const std::string& field, Severity severity, const char* code, std::string found,
                   std::string expected, std::string remedy) {
  const std::string& place = measure.has(field) ? measure.at(field).source : measure.source;
  const std::size_t colon = place.rfind(':');
  return {severity,
          code,
          place.substr(0, colon),
          place.substr(colon + 1),
          field,
          "measure `" + measure.id + "`: " + std::move(found),
          std::move(expected),
          std::move(remedy)};
}

std::string read_named_file(const Value& value, const std::string& field, const std::filesystem::path& folder, Programme& programme) {
  const std::size_t colon = value.source.rfind(':');
  if (value.text.find("://") != std::string::npos)
    fail(Exit::data, "url", value.source.substr(0, colon), value.source.substr(colon + 1), field, "an address " + quoted(value.text),
         "kontor works offline and opens files only", "save the file beside the programme and name it");
  std::string text = read_file(folder / value.text, std::size_t{16} << 20);
  const std::pair<std::string, std::string> input(value.text, sha256(text));
  if (std::find(programme.inputs.begin(), programme.inputs.end(), input) == programme.inputs.end()) programme.inputs.push_back(input);
  return text;
}

std::vector<int> regions_named(const Programme& programme, const Accounts& accounts, const std::string& name) {
  std::vector<int> leaves;
  const auto bloc = programme.blocs.find(name);
  const std::vector<std::string> members = bloc == programme.blocs.end() ? std::vector<std::string>{name} : bloc->second;
  for (const std::string& member : members) {
    const int region = region_index(accounts, member);
    if (region < 0) continue;
    for (const int leaf : leaves_of(accounts, region))
      if (std::find(leaves.begin(), leaves.end(), leaf) == leaves.end()) leaves.push_back(leaf);
  }
  return leaves;
}

static KnownLabels labels_of(const Accounts& accounts) {
  KnownLabels labels;
  for (const Region& region : accounts.regions) labels.regions.push_back(region.code);
  for (const Sector& sector : accounts.sectors) labels.sectors.push_back(sector.code);
  for (const FinalCategory& category : accounts.categories) labels.categories.push_back(category.code);
  for (const FinalCategory& category : accounts.categories)
    if (const std::string role = role_name(category.role);
        std::find(labels.categories.begin(), labels.categories.end(), role) == labels.categories.end())
      labels.categories.push_back(role);
  return labels;
}

static void read_blocs(const Raw& root, KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* table = root.find("blocs");
  if (!table) return;
  static constexpr Field members = {"blocs", FieldType::regions, true, "NAME = [\"REGION\", ...]"};
  std::vector<std::string> names;
  for (const auto& [name, raw] : table->entries) {
    Value value;
    const std::size_t before = findings.size();
    const FieldRows rows = {&members};
    Raw holder = *table;
    holder.entries = {{"blocs", raw}};
    const auto values = read_fields(holder, rows, labels, "[blocs]", findings);
    if (std::find(labels.regions.begin(), labels.regions.end(), name) != labels.regions.end())
      findings.push_back(problem_at(raw, "blocs." + name, "bloc-name", "a bloc called " + quoted(name),
                                    "the accounts have a region of that name", "choose another name"));
    if (findings.size() > before) continue;
    programme.blocs[name] = values.at("blocs").list;
    names.push_back(name);
  }
  labels.regions.insert(labels.regions.end(), names.begin(), names.end());
}

static void use_default(Programme& programme, const char* field, std::string value, const char* why) {
  programme.defaults.push_back({"", field, std::move(value), why});
}

static void read_horizon(const std::map<std::string, Value>& values, const Raw& table, bool has_measures, const Accounts& accounts,
                         Programme& programme, Findings& findings) {
  programme.first_year = programme.last_year = accounts.year;
  const auto horizon = values.find("horizon");
  if (horizon == values.end()) {
    if (has_measures && !table.find("horizon"))
      findings.push_back(problem_at(table, "horizon", "missing-field", "[programme] has no `horizon`", "[first, last] year of the effects",
                                    "add horizon = [2026, 2035]"));
    return;
  }
  const std::vector<double>& years = horizon->second.numbers;
  constexpr double longest = 100;  // years
  if (years.size() > 2 || years.back() - years.front() >= longest) {
    findings.push_back(problem_at(*table.find("horizon"), "horizon", "wrong-kind",
                                  "a horizon of " + std::to_string(years.size()) + " years", "[first, last] year, at most 100 years apart",
                                  "write horizon = [2026, 2035]"));
    return;
  }
  programme.first_year = static_cast<int>(years.front());
  programme.last_year = static_cast<int>(years.back());
}

static void read_header(const Raw& root, const std::map<std::string, Value>& values, const KnownLabels& labels, const std::string& name,
                        const Accounts& accounts, Programme& programme, Findings& findings) {
  const auto text = [&](const char* field) { return values.count(field) ? values.at(field).text : std::string(); };
  const auto year = [&](const char* field) { return values.count(field) ? static_cast<int>(values.at(field).number.mid) : 0; };
  programme.id = text("id");
  if (programme.id.empty())
    use_default(programme, "id", programme.id = std::filesystem::path(name).stem().string(), "not given: the file's name");
  programme.title = text("title").empty() ? programme.id : text("title");
  programme.currency = text("currency");
  programme.price_year = year("price_year");
  programme.base_year = year("base_year");
  if (programme.base_year == 0)
    use_default(programme, "base_year", std::to_string(programme.base_year = accounts.year), "not given: the accounts' year");
  const Raw* table = root.find("programme");
  if (programme.base_year != accounts.year)
    programme.findings.push_back({Severity::note, "base-year", name, table ? std::to_string(table->line) : "", "base_year",
                                  "base year " + std::to_string(programme.base_year) + ", accounts of " + std::to_string(accounts.year),
                                  "effects are in the economy of the accounts' year", "no forecast lies between the two"});
  programme.finance_default = text("finance_default");
  if (programme.finance_default.empty()) {
    programme.finance_default = "home_budget";
    use_default(programme, "finance_default", programme.finance_default, "not given: the region where the money is spent pays");
  } else if (programme.finance_default != "home_budget" &&
             std::find(labels.regions.begin(), labels.regions.end(), programme.finance_default) == labels.regions.end()) {
    std::vector<std::string> known = labels.regions;
    known.insert(known.begin(), "home_budget");
    findings.push_back(problem_at(*root.find("programme.finance_default"), "finance_default", "unknown-region",
                                  "unknown payer " + quoted(programme.finance_default), did_you_mean(programme.finance_default, known),
                                  "write \"home_budget\" or a region"));
  }
}

double whole_number(const std::map<std::string, Value>& values, const Raw* table, const char* field, double low, double high,
                    double fallback, Findings& findings) {
  if (!values.count(field)) return fallback;
  const double number = values.at(field).number.mid;
  if (number == std::floor(number) && number >= low && number <= high) return number;
  findings.push_back(problem_at(*table->find(field), field, "out-of-range", '`' + number_text(number) + "` in `" + field + '`',
                                "a whole number from " + number_text(low) + " to " + number_text(high), "correct it"));
  return fallback;
}

static void read_settings(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* appraisal = root.find("appraisal");
  std::map<std::string, Value> values;
  if (appraisal) values = read_fields(*appraisal, rows_of(appraisal_fields()), labels, "[appraisal]", findings);
  if (values.count("discount_rate"))
    programme.appraisal.discount_rate = values.at("discount_rate").number.mid;
  else
    use_default(programme, "appraisal.discount_rate", number_text(programme.appraisal.discount_rate), "not given");
  if (!values.count("residual_value")) use_default(programme, "appraisal.residual_value", "straight_line", "not given");
  if (values.count("residual_value") && values.at("residual_value").text == "none")
    programme.appraisal.residual_value = ResidualValue::none;
  if (!values.count("life")) use_default(programme, "appraisal.life", std::to_string(programme.appraisal.life), "not given");
  programme.appraisal.life = static_cast<int>(whole_number(values, appraisal, "life", 1, 100, programme.appraisal.life, findings));
}

static void read_agreements(const Raw& root, const KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* list = root.find("agreement");
  if (!list) return;
  for (const Raw& table : list->items) {
    const auto values = read_fields(table, rows_of(agreement_fields()), labels, "[[agreement]]", findings);
    Agreement agreement;
    agreement.source = table.source();
    for (auto& [name, value] : values) {
      if (name == "id") agreement.id = value.text;
      if (name == "title") agreement.title = value.text;
      if (name == "date") agreement.date = value.text;
      if (name == "parties") agreement.parties = value.list;
      if (name == "measures") agreement.measures = value.list;
    }
    programme.agreements.push_back(std::move(agreement));
  }
}

void read_measure(const Raw& table, const KnownLabels& labels, Programme& programme, Findings& findings) {
  const Raw* kind_name = table.find("kind");
  const Raw* id = table.find("id");
  const std::string what = id && id->kind == RawKind::text ? "measure " + quoted(id->text) : "a measure without id";
  const MeasureKind* kind = kind_name && kind_name->kind == RawKind::text ? find_measure_kind(kind_name->text) : nullptr;
  if (!kind) {
    std::vector<std::string> known;
    for (const MeasureKind* row : measure_kinds()) known.emplace_back(row->name);
    findings.push_back(
        kind_name ? problem_at(*kind_name, "kind", "unknown-kind", "unknown kind " + shown(*kind_name) + " of " + what,
                               did_you_mean(kind_name->text, known), "`kontor measures` lists the kinds")
                  : problem_at(table, "kind", "missing-field", what + " has no `kind`", "one of: " + joined(known, ", "), "add it"));
    return;
  }
  Written measure;
  measure.source = table.source();
  measure.kind = kind->name;
  measure.fields = read_fields(table, rows_of(common_fields(), kind->fields), labels, what, findings);
  const auto text = [&](const char* field) { return measure.has(field) ? measure.at(field).text : std::string(); };
  measure.id = text("id");
  measure.title = text("title");
  measure.evidence = text("evidence");
  if (measure.id.empty() && id && id->kind == RawKind::text)
    findings.push_back(problem_at(*id, "id", "missing-field", "an empty id", "a short name, once in the programme", "write one"));
  if (measure.has("status"))
    measure.status = text("status");
  else
    programme.defaults.push_back({measure.id, "status", measure.status, "not given"});
  programme.measures.push_back(std::move(measure));
}

static std::vector<Raw> tables_of_measures(const Raw& root, Findings& findings) {
  static constexpr std::array known = {"programme", "appraisal", "agreement", "measure", "uncertainty", "blocs", "parameters"};
  std::vector<Raw> tables;
  for (const auto& [name, raw] : root.entries) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      findings.push_back(problem_at(raw, name, "unknown-key", "unknown table or key " + quoted(name),
                                    did_you_mean(name, {known.begin(), known.end()}), "correct or remove it"));
      continue;
    }
    const bool is_list = name == "measure" || name == "agreement";
    const bool right = raw.kind == (is_list ? RawKind::list : RawKind::table) &&
                       std::all_of(raw.items.begin(), raw.items.end(), [](const Raw& item) { return item.kind == RawKind::table; });
    if (!right)
      findings.push_back(problem_at(raw, name, "wrong-kind", shown(raw) + " for `" + name + '`',
                                    is_list ? "tables that begin with [[" + name + "]]" : "a table that begins with [" + name + ']',
                                    "correct it"));
    else if (name == "measure")
      tables = raw.items;
  }
  return tables;
}

Programme parse_programme(std::string_view text, const std::string& name, const std::filesystem::path& folder, const Accounts& accounts) {
  const Raw root = read_toml(text, name);
  Programme programme;
  programme.file = name;
  programme.text = text;
  Findings findings;
  std::vector<Raw> tables = tables_of_measures(root, findings);
  throw_if_errors(findings);

  Raw nothing;
  nothing.file = name, nothing.line = 1;
  const Raw& header = root.find("programme") ? *root.find("programme") : nothing;
  KnownLabels labels = labels_of(accounts);
  read_blocs(root, labels, programme, findings);
  const auto values = read_fields(header, rows_of(programme_fields()), labels, "[programme]", findings);
  read_header(root, values, labels, name, accounts, programme, findings);
  if (values.count("accounts")) programme.accounts = folder / values.at("accounts").text;
  if (values.count("portfolio")) {
    const std::string csv = read_named_file(values.at("portfolio"), "portfolio", folder, programme);
    for (Raw& table : read_portfolio(csv, values.at("portfolio").text, findings)) tables.push_back(std::move(table));
  }
  read_horizon(values, header, !tables.empty(), accounts, programme, findings);
  if (!tables.empty())
    read_deflator(values.count("deflator") ? &values.at("deflator") : nullptr, header, folder, accounts, programme, findings);
  if (values.count("restricted")) read_restricted(values.at("restricted"), folder, labels, programme, findings);
  read_settings(root, labels, programme, findings);
  read_uncertainty(root, labels, programme, findings);
  read_parameters(root, labels, programme, findings);
  read_closure(values, header, accounts, programme, findings);
  read_agreements(root, labels, programme, findings);
  for (const Raw& table : tables) read_measure(table, labels, programme, findings);
  for (Written& measure : programme.measures)
    if (measure.has("tariff.file")) read_tariffs(measure, folder, labels, accounts, programme, findings);
  check_programme(programme, findings);
  throw_if_errors(findings);
  programme.findings.insert(programme.findings.end(), findings.begin(), findings.end());
  if (tables.empty())
    programme.findings.push_back({Severity::note, "no-measures", name, "", "", "the programme has no measures",
                                  "every result equals the accounts", "add a [[measure]]"});
  return programme;
}

Programme read_programme_text(std::string_view text, const std::filesystem::path& file, const Accounts& accounts) {
  Programme programme = parse_programme(text, file.string(), file.parent_path(), accounts);
  programme.inputs.insert(programme.inputs.begin(), {file.filename().string(), sha256(text)});
  return programme;
}

Programme read_programme(const std::filesystem::path& file, const Accounts& accounts) {
  return read_programme_text(read_file(file, largest_programme), file, accounts);
}

static std::filesystem::path accounts_in(std::string_view text, const std::string& file, const std::filesystem::path& folder) {
  const Raw root = read_toml(text, file);
  const Raw* accounts = root.find("programme.accounts");
  if (!accounts || accounts->kind != RawKind::text || accounts->text.empty())
    fail(Exit::data, "missing-field", file, "", "programme.accounts", "[programme] names no accounts", "the folder of the accounts",
         "add accounts = \"FOLDER\" to [programme]");
  if (accounts->text.find("://") != std::string::npos)
    fail(Exit::data, "url", file, std::to_string(accounts->line), "programme.accounts", "an address " + quoted(accounts->text),
         "kontor works offline and opens folders only", "save the accounts beside the programme");
  return folder / accounts->text;
}

std::filesystem::path accounts_of_text(std::string_view text, const std::filesystem::path& file) {
  return accounts_in(text, file.string(), file.parent_path());
}

std::filesystem::path accounts_of_programme(const std::filesystem::path& file, const std::filesystem::path& folder) {
  return accounts_in(read_file(file, largest_programme), file.string(), folder);
}

std::filesystem::path accounts_of_programme(const std::filesystem::path& file) { return accounts_of_programme(file, file.parent_path()); }

}  // namespace kontor
