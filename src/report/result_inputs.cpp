#include "kontor/report/result_inputs.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

struct Provenance {
  std::string programme, accounts, accounts_name;  // SHA-256; the folder's name
  std::set<std::string> inputs;                    // SHA-256 of every file that was read
};

[[noreturn]] void not_these_inputs(const fs::path& file, const std::string& found) {
  fail(Exit::data, "not-a-result", file.string(), "", "", found, "a result folder that `kontor run` wrote", "run the programme again");
}

Provenance provenance_of(const fs::path& folder) {
  const fs::path file = folder / "provenance.json";
  const Json json = Json::parse(read_file(file, std::size_t{16} << 20), nullptr, false);
  Provenance p;
  try {
    p.programme = json.at("programme").at("sha256"), p.accounts = json.at("accounts").at("sha256");
    p.accounts_name = json.at("accounts").at("folder");
    for (const Json& input : json.at("inputs")) p.inputs.insert(input.at("sha256").get<std::string>());
  } catch (const Json::exception&) {
    not_these_inputs(file, "this does not say what the result was made from");
  }
  return p;
}

// "name = value" lines; a result that was passed on may have none.
std::map<std::string, std::string> run_log(const fs::path& folder) {
  std::map<std::string, std::string> said;
  std::error_code ignored;
  if (!fs::is_regular_file(folder / "run.log", ignored)) return said;
  for (const std::string& line : split(read_file(folder / "run.log", std::size_t{1} << 20), '\n'))
    if (const std::size_t equals = line.find(" = "); equals != std::string::npos) said[line.substr(0, equals)] = line.substr(equals + 3);
  return said;
}

bool is_there(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "datapackage.json", ignored);
}

fs::path folder_above(const fs::path& folder) { return (fs::absolute(folder) / "..").lexically_normal(); }

fs::path accounts_of(const fs::path& folder, const fs::path& given, const std::map<std::string, std::string>& log, const Provenance& p) {
  if (!given.empty()) return given;
  std::vector<fs::path> places;
  if (log.count("accounts")) places.emplace_back(log.at("accounts"));
  // The result lies beside the programme unless it was told otherwise: what the programme names is seen from there.
  places.push_back(accounts_of_programme(folder / "programme.toml", folder_above(folder)).lexically_normal());
  for (const fs::path& place : places)
    if (is_there(place) && accounts_fingerprint(place) == p.accounts) return place;
  for (const fs::path& place : places)
    if (is_there(place)) return place;  // and is told to be another
  std::vector<std::string> tried;
  for (const fs::path& place : places) tried.push_back(quoted(place.string()));
  fail(Exit::data, "accounts-not-found", folder.string(), "", "",
       "the accounts of this result, " + quoted(p.accounts_name) + ", are not at " + joined(tried, " or "),
       "the accounts that the programme was run on", "say where they are: --accounts FOLDER");
}

}  // namespace

bool is_result(const fs::path& folder) {
  std::error_code ignored;
  const fs::path manifest = folder / "datapackage.json";
  if (!fs::is_regular_file(manifest, ignored)) return false;
  return read_file(manifest, std::size_t{16} << 20).find("\"kontor-result\"") != std::string::npos;
}

ResultInputs inputs_of_result(const fs::path& folder, const fs::path& accounts) {
  const Provenance provenance = provenance_of(folder);
  const std::string text = read_file(folder / "programme.toml", (std::size_t{16} << 20) + 1);
  if (sha256(text) != provenance.programme)
    not_these_inputs(folder / "programme.toml", "this is not the programme that was run: its hash is another");
  const auto log = run_log(folder);
  ResultInputs inputs;
  inputs.accounts_folder = accounts_of(folder, accounts, log, provenance);
  inputs.accounts = read_accounts(inputs.accounts_folder);
  if (accounts_fingerprint(inputs.accounts_folder) != provenance.accounts)
    fail(Exit::data, "other-accounts", inputs.accounts_folder.string(), "", "",
         "these are not the accounts that the result was made from: their hash is another", "sha256 " + provenance.accounts,
         "name the right ones with --accounts FOLDER, or run the programme again");
  verify_accounts(inputs.accounts_folder);
  const fs::path beside = log.count("programme") ? fs::path(log.at("programme")).parent_path() : folder_above(folder);
  inputs.programme = parse_programme(text, (folder / "programme.toml").string(), beside, inputs.accounts);
  for (const auto& [file, hash] : inputs.programme.inputs)
    if (provenance.inputs.count(hash) == 0)
      fail(Exit::data, "other-input", (beside / file).string(), "", "", "this file is not as it was when the programme was run",
           "the file that the result was made from", "put it back, or run the programme again");
  inputs.compiled = compile(inputs.programme, inputs.accounts);
  const Json certificate = Json::parse(read_file(folder / "certificate.json", std::size_t{16} << 20), nullptr, false);
  inputs.gross_only = !certificate.is_object() || !certificate.contains("closures") || certificate["closures"].empty();
  return inputs;
}

}  // namespace kontor
