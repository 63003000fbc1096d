// Programmes: read, checked, edited, saved, and one year of them solved while somebody moves a slider.
#include <chrono>
#include <cmath>

#include "json_body.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/programme/compile_years.h"
#include "kontor/programme/edit.h"
#include "kontor/programme/outline.h"
#include "kontor/programme/overlaps.h"
#include "kontor/programme/programme.h"
#include "kontor/report/findings_json.h"
#include "service.h"

namespace kontor::web {

std::string programme_text(const HttpRequest& request, const Item& item) {
  const Json body = read_body(request.body);
  return body.contains("toml") ? text_member(body, "toml") : read_file(item.path, largest_programme);
}

static HttpAnswer programme(Service& service, const HttpRequest&, const Ids& ids) {
  const Item item = service.project.item(ItemKind::programme, ids[0]);
  const std::string text = read_file(item.path, largest_programme);
  return json_answer(dumped({{"id", item.id}, {"name", item.path.generic_string()}, {"toml", text}, {"hash", sha256(text)}}));
}

static HttpAnswer save(Service& service, const HttpRequest& request, const Ids& ids) {
  if (!service.allow_write)
    fail(Exit::usage, "read-only", "", "", "", "this server does not write", "programmes that stay as they are, or a server that may write",
         "start `kontor serve` with --allow-write");
  const Item item = service.project.item(ItemKind::programme, ids[0]);
  const Json body = read_body(request.body);
  const std::string text = text_member(body, "toml");
  if (text.size() >= largest_programme)
    fail(Exit::data, "too-large", item.path.string(), "", "", "a programme of more than 16 MiB", "at most 16 MiB",
         "put measures into a portfolio CSV");
  static std::mutex one_at_a_time;  // between looking at the file and replacing it
  const std::scoped_lock lock(one_at_a_time);
  if (sha256_of_file(item.path) != text_member(body, "hash"))
    fail(Exit::data, "changed-on-disk", item.path.string(), "", "", "the file has changed since it was read", "the file as it was read",
         "read it again, and make the change again");
  write_file(item.path, text);
  service.project.forget();
  return json_answer(dumped({{"hash", sha256(text)}}));
}

// --- reading ---------------------------------------------------------------------------------------

// Where a programme would lie: by its id, or by a name in the project folder for one that is not saved.
static std::filesystem::path place_of(Service& service, const Json& body) {
  for (const char* member : {"id", "programme"})
    if (const std::string id = text_member(body, member, ""); !id.empty()) return service.project.item(ItemKind::programme, id).path;
  const std::filesystem::path name = text_member(body, "name", "programme.toml");
  if (name.empty() || name.is_absolute() || name.lexically_normal() != name || *name.begin() == "..")
    fail(Exit::usage, "bad-name", "", "", "name", quoted(name.string()), "a name within the project folder", "");
  return name;
}

/// The accounts that a programme names, if the project holds them.
static std::optional<Item> accounts_item(Service& service, const std::string& text, const std::filesystem::path& file) {
  std::string path = accounts_of_text(text, file).lexically_normal().generic_string();
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  for (const Item& item : service.project.items())
    if (item.kind == ItemKind::accounts && item.path == path) return item;
  return std::nullopt;
}

Item needed_accounts(Service& service, const std::string& text, const std::filesystem::path& file) {
  if (std::optional<Item> item = accounts_item(service, text, file)) return *item;
  fail(Exit::data, "outside-project", file.generic_string(), "", "programme.accounts", "the accounts are not in the project folder",
       "accounts that GET /api/project lists", "start `kontor serve` in the folder that holds programme and accounts");
}

static Json field_json(const OutlineField& field, const OutlineTable& table) {
  return {{"value", Json::parse(field.json, nullptr, false)}, {"row", field.row}, {"from", table.from_portfolio ? "csv" : "toml"}};
}

static Json measure_json(const OutlineTable& table, const ProgrammeOutline& outline, int last_year) {
  const MeasureOutline about = measure_outline(table, last_year);
  Json fields = Json::object();
  for (const OutlineField& field : table.fields) fields[field.path] = field_json(field, table);
  Json agreement = nullptr;
  const std::string id = table.text_of("id");
  for (const OutlineTable& a : outline.agreements) {
    const Json covered = Json::parse(a.json_of("measures"), nullptr, false);
    if (covered.is_array() && std::find(covered.begin(), covered.end(), Json(id)) != covered.end()) agreement = a.text_of("id");
  }
  const std::string status = table.text_of("status");
  return {{"id", id},
          {"kind", table.text_of("kind")},
          {"title", table.text_of("title")},
          {"status", status.empty() ? "proposed" : status},
          {"agreement", agreement},
          {"file", table.file},
          {"row", table.row},
          {"from", table.from_portfolio ? "csv" : "toml"},
          {"fields", fields},
          {"first_year", about.first_year ? Json(about.first_year) : Json()},
          {"last_year", about.last_year ? Json(about.last_year) : Json()},
          {"amount", std::isnan(about.amount) ? Json() : Json(about.amount)},
          {"parties", about.parties},
          {"sectors", about.sectors}};
}

static Json header_json(const ProgrammeOutline& outline, const Json& accounts) {
  const OutlineTable& p = outline.programme;
  const auto value = [&](const char* path) {
    const Json json = Json::parse(p.json_of(path), nullptr, false);
    return json.is_discarded() ? Json() : json;
  };
  const Json horizon = value("horizon");
  const bool has_years = horizon.is_array() && !horizon.empty() && horizon.front().is_number() && horizon.back().is_number();
  Json blocs = Json::object(), agreements = Json::array(), fields = Json::object();
  for (const auto& [name, json] : outline.blocs) blocs[name] = Json::parse(json, nullptr, false);
  for (const OutlineTable& a : outline.agreements) {
    Json agreement = Json::object();
    for (const OutlineField& field : a.fields) agreement[field.path] = Json::parse(field.json, nullptr, false);
    agreements.push_back(agreement);
  }
  for (const OutlineField& field : p.fields) fields[field.path] = field_json(field, p);
  Json uncertainty = Json::object();
  for (const OutlineField& field : outline.uncertainty.fields) uncertainty[field.path] = field_json(field, outline.uncertainty);
  return {{"id", p.text_of("id")},
          {"title", p.text_of("title")},
          {"accounts", accounts},
          {"first_year", has_years ? horizon.front() : Json()},
          {"last_year", has_years ? horizon.back() : Json()},
          {"currency", value("currency")},
          {"base_year", value("base_year")},
          {"price_year", value("price_year")},
          {"closure", value("closure")},
          {"blocs", blocs},
          {"agreements", agreements},
          {"fields", fields},
          {"uncertainty", uncertainty}};
}

static Json overlaps_json(const Programme& programme, const Accounts& accounts) {
  Json list = Json::array();
  for (const Overlap& o : overlaps_of_programme(programme, accounts))
    list.push_back({{"measures", {programme.measures[o.first].id, programme.measures[o.second].id}},
                    {"what", o.what},
                    {"counted_twice", o.counted_twice},
                    {"meant", o.meant}});
  return list;
}

struct Checked {
  Json overlaps = Json::array();
  Findings findings;
};

// Everything that is wrong with a text, worst first in the order of the steps: it cannot be read, its accounts are not here, it
// does not fit them, it does not compile. Overlaps are there once it fits.
static Checked checked(Service& service, const std::string& text, const std::filesystem::path& file) {
  Checked found;
  try {
    const auto accounts = service.project.accounts(needed_accounts(service, text, file));
    const Programme programme = read_programme_text(text, file, *accounts);
    found.overlaps = overlaps_json(programme, *accounts);
    const Compiled compiled = compile(programme, *accounts);
    found.findings = programme.findings;
    found.findings.insert(found.findings.end(), compiled.findings.begin(), compiled.findings.end());
  } catch (const Error& error) {
    found.findings = error.findings();
  }
  return found;
}

static HttpAnswer read(Service& service, const HttpRequest& request, const Ids&) {
  const Json body = read_body(request.body);
  const std::filesystem::path file = place_of(service, body);
  const std::string text = text_member(body, "toml");
  const ProgrammeOutline outline = outline_of(text, file);
  Json accounts = nullptr;
  if (outline.findings.empty() && !outline.programme.text_of("accounts").empty())
    if (const auto item = accounts_item(service, text, file)) accounts = item->id;
  Json header = header_json(outline, accounts), measures = Json::array();
  const int last = header["last_year"].is_number() ? header["last_year"].get<int>() : 0;
  for (const OutlineTable& table : outline.measures) measures.push_back(measure_json(table, outline, last));
  const Checked found = checked(service, text, file);
  return json_answer("{\"programme\": " + dumped(header) + ",\n\"measures\": " + dumped(measures) +
                     ",\n\"overlaps\": " + dumped(found.overlaps) + ",\n\"findings\": " + findings_json(found.findings) + "}\n");
}

// --- editing ---------------------------------------------------------------------------------------

static std::vector<std::pair<std::string, std::string>> fields_of(const Json& edit) {
  std::vector<std::pair<std::string, std::string>> fields;
  if (edit.contains("fields") && edit["fields"].is_object())
    for (const auto& [path, value] : edit["fields"].items()) fields.emplace_back(path, dumped(value));
  return fields;
}

static ProgrammeEdit edit_from(const Json& edit) {
  if (!edit.is_object()) fail(Exit::usage, "bad-request", "", "", "edits", "an edit that is no object", "{ measure, field, value }", "");
  if (edit.contains("add")) return MeasureAdded{text_member(edit, "add"), text_member(edit, "id"), fields_of(edit)};
  if (edit.contains("remove")) return MeasureRemoved{text_member(edit, "remove")};
  const bool goes = !edit.contains("value") || edit["value"].is_null();
  return FieldEdit{text_member(edit, "measure", ""), text_member(edit, "field"), goes ? "" : dumped(edit["value"])};
}

static EditedProgramme edited_text(const Json& body, const std::filesystem::path& file) {
  if (!body.contains("edits") || !body["edits"].is_array())
    fail(Exit::usage, "bad-request", "", "", "edits", "no list of edits", "edits: [{ measure, field, value }]", "");
  std::vector<ProgrammeEdit> edits;
  for (const Json& one : body["edits"]) edits.push_back(edit_from(one));
  return edit_programme(text_member(body, "toml"), file, edits);
}

static HttpAnswer edit(Service& service, const HttpRequest& request, const Ids&) {
  const Json body = read_body(request.body);
  const EditedProgramme edited = edited_text(body, place_of(service, body));
  return json_answer("{\"toml\": " + dumped(edited.text) + ",\n\"findings\": " + findings_json(edited.findings) + "}\n");
}

// --- live ------------------------------------------------------------------------------------------

static Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

/// Rows of one place under the names that the page uses.
struct LivePlace {
  std::string region, sector;
  std::map<std::string, double> values;
};

static const std::map<std::string, std::string>& live_names() {
  static const std::map<std::string, std::string> names = {{"equivalent_variation", "real_income"},
                                                           {"real_income", "real_income_percent"},
                                                           {"value_added_net", "value_added"},
                                                           {"value_added_net_percent", "value_added_percent"},
                                                           {"output_net", "output"},
                                                           {"output_net_percent", "output_percent"},
                                                           {"jobs_net", "jobs"},
                                                           {"exports_net", "exports"},
                                                           {"imports_net", "imports"},
                                                           {"gdp", "gdp"},
                                                           {"gni", "gni"},
                                                           {"consumer_prices", "consumer_prices_percent"},
                                                           {"real_wage", "real_wage_percent"},
                                                           {"budget_need", "budget_need"}};
  return names;
}

static Json place_json(const LivePlace& place, std::initializer_list<const char*> names) {
  Json json = Json::object();
  for (const char* name : names) {
    const auto found = place.values.find(name);
    json[name] = found == place.values.end() ? Json() : number(found->second);
  }
  return json;
}

static Json live_json(const LiveAnswer& answer) {
  std::vector<LivePlace> regions, sectors;
  const auto place = [](std::vector<LivePlace>& places, const std::string& region, const std::string& sector) -> LivePlace& {
    // Rows of a place follow each other, or nearly.
    for (LivePlace& known : places)
      if (known.region == region && known.sector == sector) return known;
    places.push_back({region, sector, {}});
    return places.back();
  };
  Json cells = Json::array(), wedges = Json::array();
  for (const EffectRow& row : answer.rows) {
    const auto name = live_names().find(row.indicator);
    if (row.indicator == "wedge" || row.indicator == "target_share") {
      wedges.push_back({{"measure", row.measure}, {"sector", row.sector}, {"indicator", row.indicator}, {"value", number(row.value)}});
    } else if (name == live_names().end() || !row.partner.empty()) {
      continue;
    } else if (row.sector.empty()) {
      place(regions, row.region, "").values[name->second] = row.value;
    } else if (row.region.empty()) {
      place(sectors, "", row.sector).values[name->second] = row.value;
    } else if (row.indicator == "value_added_net") {
      cells.push_back({row.region, row.sector, number(row.value)});
    }
  }
  Json json = Json::object(), listed = Json::array(), by_sector = Json::array();
  for (const LivePlace& region : regions) {
    Json one = {{"region", region.region}};
    one.update(place_json(region, {"real_income", "real_income_percent", "value_added", "value_added_percent", "jobs", "exports", "imports",
                                   "gdp", "gni", "consumer_prices_percent", "real_wage_percent", "budget_need"}));
    if (region.region.empty())
      json["total"] = one;
    else
      listed.push_back(one);
  }
  for (const LivePlace& sector : sectors) {
    Json one = {{"sector", sector.sector}};
    one.update(place_json(sector, {"value_added", "value_added_percent", "output", "output_percent", "jobs"}));
    by_sector.push_back(one);
  }
  json["regions"] = listed, json["sectors"] = by_sector, json["cells"] = cells, json["instruments"] = wedges;
  json["not_counted"] = answer.not_counted;
  return json;
}

// The text that is to be solved: as it is, or with edits that nobody has let go of yet.
static std::string live_text(const Json& body, const std::filesystem::path& file) {
  if (!body.contains("edits")) return text_member(body, "toml");
  EditedProgramme edited = edited_text(body, file);
  if (has_errors(edited.findings)) throw Error(Exit::data, std::move(edited.findings));
  return std::move(edited.text);
}

static HttpAnswer live(Service& service, const HttpRequest& request, const Ids&) {
  const auto start = std::chrono::steady_clock::now();
  const Json body = read_body(request.body);
  const std::filesystem::path file = place_of(service, body);
  const std::string text = live_text(body, file);
  const auto accounts = service.project.accounts(needed_accounts(service, text, file));
  const Programme programme = read_programme_text(text, file, *accounts);
  const long year = number_member(body, "year", programme.last_year);
  const Compiled compiled = compile_years(programme, *accounts, LiveModel::years_of(programme, static_cast<int>(year)));
  const auto kept = service.live.model(accounts, programme);
  const std::scoped_lock lock(kept->guard);
  const LiveAnswer found = kept->model->solve(programme, compiled, static_cast<int>(year), flag_member(body, "pipeline", false));
  Json json = {{"year", year}, {"closure", found.closure}};
  json.update(live_json(found));
  json["iterations"] = found.iterations;
  json["milliseconds"] = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return json_answer(dumped(json));
}

std::span<const Route> programme_routes() {
  static constexpr Route routes[] = {{"POST", "/api/programmes/read", read},
                                     {"POST", "/api/programmes/edit", edit},
                                     {"GET", "/api/programmes/*", programme},
                                     {"PUT", "/api/programmes/*", save},
                                     {"POST", "/api/live", live}};
  return routes;
}

}  // namespace kontor::web
