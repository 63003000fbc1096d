#include "kontor/report/write_result.h"

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/report/draw_files.h"
#include "kontor/report/rows.h"
#include "report/effect_index.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

static const char* result_profile = "kontor-result";

static std::string dumped(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; }

// JSON has no infinity and no NaN.
static Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

static Json certificate_object(const Certificate& c) {
  Json identities = Json::array();
  for (const Identity& i : c.identities)
    identities.push_back({{"name", i.name}, {"gap", number(i.gap)}, {"bound", number(i.bound)}, {"holds", i.holds()}});
  return {{"model", c.model},
          {"outcome", c.outcome},
          {"criterion", c.criterion},
          {"size", c.size},
          {"iterations", c.iterations},
          {"backward_error", number(c.backward_error)},
          {"condition", number(c.condition)},
          {"digits", number(c.digits)},
          {"fewest_digits", fewest_digits},
          {"largest_column_sum", number(c.largest_column_sum)},
          {"largest_column", c.largest_column},
          {"spectral_radius", number(c.spectral_radius)},
          {"identities", identities}};
}

// How the equilibrium model was closed, and how well each closure was solved.
static Json closures_array(const Result& result) {
  Json closures = Json::array();
  for (const ClosureRun& run : result.closures) {
    const Closure& k = run.closure;
    const Certificate& c = run.certificate;
    Json payers = Json::object();
    for (const auto& [region, share] : k.payers)
      if (region >= 0 && region < static_cast<int>(result.accounts.regions.size()))
        payers[result.accounts.regions[static_cast<std::size_t>(region)].code] = number(share);
    closures.push_back({{"term", run.term},
                        {"name", k.name},
                        {"labour", rule_name(k.labour)},
                        {"capital", rule_name(k.capital)},
                        {"imbalance", rule_name(k.imbalance)},
                        {"budget", rule_name(k.budget)},
                        {"labour_elasticity", number(k.labour_elasticity)},
                        {"payers", payers},
                        {"outcome", c.outcome},
                        {"criterion", c.criterion},
                        {"size", c.size},
                        {"iterations", c.iterations},
                        {"residual", number(c.residual)},
                        {"walras", number(c.walras)},
                        {"market", number(c.market)},
                        {"starts", c.starts},
                        {"solutions", c.solutions}});
  }
  return closures;
}

std::string certificate_json(const Result& result) {
  Json json = certificate_object(result.certificate);
  json["closures"] = closures_array(result);
  json["assumptions"] = result.assumptions;
  json["parameters_used"] = result.parameters_used;
  return dumped(json);
}

// Rows are shown only where the certificate allows numbers.
static const std::vector<EffectRow>& shown_rows(const Result& result) {
  static const std::vector<EffectRow> none;
  return is_trustworthy(result.certificate) ? result.effects : none;
}

static std::vector<std::string> answer_of(const Result& result) { return result.answer.empty() ? answer_lines(result) : result.answer; }

std::string effects_csv(const Result& result) { return rows_csv(shown_rows(result)); }

std::string result_json(const Result& result) {
  std::string json = "{\n\"outcome\": " + json_text(result.certificate.outcome);
  json += ",\n\"certificate\": " + certificate_object(result.certificate).dump(-1, ' ', false, Json::error_handler_t::replace);
  json += ",\n\"summary\": " + Json(answer_of(result)).dump(-1, ' ', false, Json::error_handler_t::replace);
  for (const auto& [name, value] : {std::pair<const char*, Json>{"closures", closures_array(result)},
                                    {"assumptions", result.assumptions},
                                    {"parameters_used", result.parameters_used}})
    json += ",\n\"" + std::string(name) + "\": " + value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return json + ",\n\"rows\": " + rows_json(shown_rows(result)) + "\n}\n";
}

static std::string about_json(const Result& result) {
  const Programme& p = result.programme;
  const Accounts& a = result.accounts;
  Json regions = Json::array(), sectors = Json::array(), satellites = Json::array(), measures = Json::array();
  for (const Region& r : a.regions) regions.push_back({{"code", r.code}, {"name", r.name}, {"parent", r.parent}, {"external", r.external}});
  for (const Sector& s : a.sectors) sectors.push_back({{"code", s.code}, {"name", s.name}, {"classification", s.classification}});
  for (const Satellite& s : a.satellites)
    satellites.push_back({{"code", s.code}, {"name", s.name}, {"unit", s.unit}, {"estimate", s.estimate}, {"source", s.source}});
  for (const Written& m : p.measures) measures.push_back({{"id", m.id}, {"kind", m.kind}, {"status", m.status}, {"title", m.title}});
  const Json about = {{"outcome", result.certificate.outcome},
                      {"summary", answer_of(result)},
                      {"programme",
                       {{"id", p.id},
                        {"title", p.title},
                        {"base_year", p.base_year},
                        {"horizon", {p.first_year, p.last_year}},
                        {"closure", p.closure},
                        {"discount_rate", p.appraisal.discount_rate},
                        {"measures", measures}}},
                      {"accounts",
                       {{"title", a.title},
                        {"folder", result.accounts_folder.filename().string()},
                        {"year", a.year},
                        {"price_year", a.price_year},
                        {"currency", a.currency},
                        {"scale", a.scale},
                        {"unit", money_unit(a)},
                        {"valuation", a.valuation},
                        {"regions", regions},
                        {"sectors", sectors},
                        {"satellites", satellites}}}};
  return dumped(about);
}

// What was drawn, how, and what was not; null where nothing was.
static Json uncertainty_object(const Result& result) {
  const HowSure& sure = result.sure;
  if (!sure.asked()) return nullptr;
  Json varied = Json::array(), failed = Json::array();
  for (const Varied& v : sure.varied)
    varied.push_back({{"name", v.name},
                      {"distribution", v.distribution},
                      {"low", number(v.low)},
                      {"mid", number(v.mid)},
                      {"high", number(v.high)},
                      {"source", v.source}});
  for (const auto& [reason, count] : sure.reasons) failed.push_back({{"reason", reason}, {"draws", count}});
  return {{"draws", sure.table.draws.size()},
          {"rule", sure.rule},
          {"seed", sure.seed},
          {"varied", varied},
          {"accounts", sure.cells},
          {"not_varied", sure.fixed},
          {"failed", failed},
          {"quadrature_points", sure.quadrature_points},
          {"quadrature_failure", sure.quadrature_failure}};
}

static std::string provenance_json(const Result& result) {
  const Programme& p = result.programme;
  Json inputs = Json::array(), sources = Json::array();
  for (const auto& [file, hash] : p.inputs) inputs.push_back({{"file", without_folder(file)}, {"sha256", hash}});
  for (const Source& s : result.accounts.sources)
    sources.push_back({{"file", without_folder(s.file)}, {"sha256", s.sha256}, {"citation", s.citation}, {"licence", s.licence}});
  return dumped({{"engine", "kontor"},
                 {"engine_version", result.engine_version},
                 {"model", result.certificate.model},
                 {"closure", p.closure},
                 {"seed", p.uncertainty.seed},
                 {"programme", {{"file", without_folder(p.file)}, {"sha256", sha256(p.text)}}},
                 {"accounts", {{"folder", result.accounts_folder.filename().string()}, {"sha256", result.accounts_fingerprint}}},
                 {"inputs", inputs},
                 {"uncertainty", uncertainty_object(result)},
                 {"deflator", {{"factor", p.deflator}, {"source", p.deflator_source}}},
                 {"sources", sources}});
}

static Json effects_schema() {
  Json fields = Json::array();
  for (const std::string& column : effect_columns())
    fields.push_back({{"name", column}, {"type", column == "year" ? "integer" : column == "value" ? "number" : "string"}});
  return {{"fields", fields}, {"missingValues", {""}}};
}

// A name that holds a line end cannot be told in a line.
static std::string without_line_ends(const std::string& path) { return path.find('\n') == std::string::npos ? path : std::string(); }

static void refuse_other_folders(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) return;
  const fs::path manifest = folder / "datapackage.json";
  if (fs::exists(manifest, ignored) && read_file(manifest).find(result_profile) != std::string::npos) return;
  fail(Exit::environment, "output-exists", folder.string(), "", "", "this folder exists and is not a result",
       "--force replaces results only", "choose another --out");
}

// Where things lay: the one file that may differ between two runs of one programme, and no part of the package.
static std::string run_log(const Result& result) {
  const auto place = [](const fs::path& path) { return without_line_ends(fs::absolute(path).lexically_normal().string()); };
  std::string log;
  if (!result.programme.file.empty()) log += "programme = " + place(result.programme.file) + '\n';
  if (!result.accounts_folder.empty()) log += "accounts = " + place(result.accounts_folder) + '\n';
  return log;
}

std::vector<std::pair<std::string, std::string>> result_files(const Result& result) {
  struct File {
    std::string name;
    std::function<std::string()> make;
    std::string content = {}, hash = {};
  };
  std::vector<File> made = {
      {"effects.csv", [&] { return effects_csv(result); }},         {"about.json", [&] { return about_json(result); }},
      {"summary.txt", [&] { return summary_text(result); }},        {"certificate.json", [&] { return certificate_json(result); }},
      {"provenance.json", [&] { return provenance_json(result); }}, {"programme.toml", [&] { return result.programme.text; }},
      {"report.html", [&] { return report_html(result); }}};
  if (result.sure.asked()) made.push_back({"draws.csv", [&] { return draws_csv(result.sure.table); }});
  for_each_block(made.size(), thread_count(),
                 [&](std::size_t k) { made[k].content = made[k].make(), made[k].hash = sha256(made[k].content); });
  std::vector<std::pair<std::string, std::string>> files;
  Json resources = Json::array();
  for (File& file : made) {
    const auto& [name, content] = files.emplace_back(file.name, std::move(file.content));
    const std::size_t dot = name.find('.');
    Json resource = {{"name", name.substr(0, dot)},
                     {"path", name},
                     {"format", name.substr(dot + 1)},
                     {"bytes", content.size()},
                     {"hash", "sha256:" + file.hash}};
    if (name == "effects.csv") resource.update({{"profile", "tabular-data-resource"}, {"encoding", "utf-8"}, {"schema", effects_schema()}});
    resources.push_back(resource);
  }
  files.emplace_back("datapackage.json", dumped({{"profile", "data-package"},
                                                 {"kind", result_profile},
                                                 {"name", result.programme.id},
                                                 {"title", result.programme.title},
                                                 {"version", result.engine_version},
                                                 {"resources", resources}}));
  return files;
}

void write_result(const Result& result, const fs::path& folder, bool force) {
  if (force) refuse_other_folders(folder);
  NewFolder out(folder, force);
  for (const auto& [name, content] : result_files(result)) write_new_file(out.path() / name, content);
  write_new_file(out.path() / "run.log", run_log(result));
  out.commit();
}

}  // namespace kontor
