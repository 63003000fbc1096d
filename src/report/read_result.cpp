#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/report/draw_files.h"
#include "kontor/report/rows.h"
#include "kontor/report/write_result.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::json;

[[noreturn]] static void not_a_result(const fs::path& file, const std::string& found) {
  fail(Exit::data, "not-a-result", file.string(), "", "", found, "a result folder that `kontor run` wrote", "run the programme again");
}

// Our own files are shallow; anything deeper was not written by us and is not parsed: deep nesting overflows the stack.
static bool is_shallow(const std::string& text) {
  constexpr int deepest = 16;
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_text && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      in_text = !in_text;
    else if (!in_text && (text[i] == '[' || text[i] == '{') && ++depth > deepest)
      return false;
    else if (!in_text && (text[i] == ']' || text[i] == '}'))
      --depth;
  }
  return true;
}

static Json read_json(const fs::path& file) {
  const std::string text = read_file(file);
  if (!is_shallow(text)) not_a_result(file, "this is nested too deeply");
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) not_a_result(file, "this is not a JSON object");
  return json;
}

static double number(const Json& json) { return json.is_number() ? json.get<double>() : std::nan(""); }

static Certificate certificate_from(const Json& json) {
  Certificate c;
  c.model = json.at("model"), c.outcome = json.at("outcome"), c.criterion = json.at("criterion");
  c.size = json.at("size"), c.iterations = json.at("iterations");
  c.backward_error = number(json.at("backward_error")), c.condition = number(json.at("condition")), c.digits = number(json.at("digits"));
  c.largest_column_sum = number(json.at("largest_column_sum")), c.largest_column = json.at("largest_column");
  c.spectral_radius = number(json.at("spectral_radius"));
  for (const Json& i : json.at("identities")) c.identities.push_back({i.at("name"), number(i.at("gap")), number(i.at("bound"))});
  return c;
}

static ClosureRun closure_from(const Json& json, const Accounts& accounts) {
  ClosureRun run;
  run.term = json.at("term"), run.closure.name = json.at("name");
  const bool known = read_rule(json.at("labour").get<std::string>(), run.closure.labour) &&
                     read_rule(json.at("capital").get<std::string>(), run.closure.capital) &&
                     read_rule(json.at("imbalance").get<std::string>(), run.closure.imbalance) &&
                     read_rule(json.at("budget").get<std::string>(), run.closure.budget);
  if (!known) not_a_result("certificate.json", "a closure of another name than this version knows");
  run.closure.labour_elasticity = number(json.at("labour_elasticity"));
  for (const auto& [region, share] : json.at("payers").items())
    run.closure.payers.emplace_back(region_index(accounts, region), number(share));
  Certificate& c = run.certificate;
  c.model = "equilibrium", c.outcome = json.at("outcome"), c.criterion = json.at("criterion");
  c.size = json.at("size"), c.iterations = json.at("iterations"), c.starts = json.at("starts"), c.solutions = json.at("solutions");
  c.residual = number(json.at("residual")), c.walras = number(json.at("walras")), c.market = number(json.at("market"));
  return run;
}

// Results of versions before the equilibrium model have none of this.
static void read_closures(const Json& json, Result& result) {
  if (!json.contains("closures")) return;
  for (const Json& c : json.at("closures")) result.closures.push_back(closure_from(c, result.accounts));
  for (const Json& line : json.at("assumptions")) result.assumptions.push_back(line);
  for (const Json& line : json.at("parameters_used")) result.parameters_used.push_back(line);
}

static void read_about(const Json& about, Result& result) {
  const Json& p = about.at("programme");
  result.programme.id = p.at("id"), result.programme.title = p.at("title"), result.programme.closure = p.at("closure");
  result.programme.base_year = p.at("base_year");
  result.programme.first_year = p.at("horizon").at(0), result.programme.last_year = p.at("horizon").at(1);
  result.programme.appraisal.discount_rate = number(p.at("discount_rate"));
  for (const Json& m : p.at("measures")) {
    Written measure;
    measure.id = m.at("id"), measure.kind = m.at("kind"), measure.status = m.at("status"), measure.title = m.at("title");
    result.programme.measures.push_back(std::move(measure));
  }
  const Json& a = about.at("accounts");
  result.accounts_folder = a.at("folder").get<std::string>();
  result.accounts.title = a.at("title"), result.accounts.currency = a.at("currency"), result.accounts.valuation = a.at("valuation");
  result.accounts.year = a.at("year"), result.accounts.price_year = a.at("price_year"), result.accounts.scale = a.at("scale");
  for (const Json& r : a.at("regions")) result.accounts.regions.push_back({r.at("code"), r.at("name"), r.at("parent"), r.at("external")});
  for (const Json& s : a.at("sectors")) result.accounts.sectors.push_back({s.at("code"), s.at("name"), s.at("classification")});
  for (const Json& s : a.at("satellites")) {
    Satellite satellite;
    satellite.code = s.at("code"), satellite.name = s.at("name"), satellite.unit = s.at("unit");
    satellite.estimate = s.at("estimate"), satellite.source = s.at("source");
    result.accounts.satellites.push_back(std::move(satellite));
  }
  for (const Json& line : about.at("summary")) result.answer.push_back(line);
}

Result read_result(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    fail(Exit::environment, "file", folder.string(), "", "", "there is no such folder", "a result folder was expected", "check the path");
  if (!fs::exists(folder / "about.json", ignored)) not_a_result(folder, "no about.json in this folder");
  Result result;
  const Json about = read_json(folder / "about.json"), certificate = read_json(folder / "certificate.json"),
             provenance = read_json(folder / "provenance.json");
  try {
    read_about(about, result);
    result.certificate = certificate_from(certificate);
    read_closures(certificate, result);
    result.engine_version = provenance.at("engine_version");
    result.accounts_fingerprint = provenance.at("accounts").at("sha256");
    result.programme.file = provenance.at("programme").at("file");
  } catch (const Json::exception&) {
    not_a_result(folder, "a field is missing from about.json, certificate.json or provenance.json, or has another type");
  }
  result.programme.text = read_file(folder / "programme.toml");
  result.effects = read_rows_csv(read_file(folder / "effects.csv"), (folder / "effects.csv").string());
  if (fs::exists(folder / "draws.csv", ignored)) {
    result.sure.table = read_draws_csv(read_file(folder / "draws.csv"), (folder / "draws.csv").string());
    const Json u = provenance.value("uncertainty", Json());
    if (u.is_object()) result.sure.rule = u.value("rule", ""), result.sure.seed = u.value("seed", 0L);
  }
  return result;
}

}  // namespace kontor
