#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "accounts/store_files.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/npy.h"
#include "kontor/base/text.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

[[noreturn]] static void refuse_manifest(const fs::path& file, const std::string& what) {
  fail(Exit::data, "bad-manifest", file.string(), "", "", what, "the manifest that `kontor import` writes", "import the accounts again");
}

static Json read_manifest(const fs::path& folder) {
  const fs::path file = folder / "datapackage.json";
  std::error_code ignored;
  if (!fs::exists(folder, ignored))
    fail(Exit::environment, "file", folder.string(), "", "", "there is no such folder", "an accounts folder",
         "check the path, or make one with `kontor import`");
  if (!fs::is_directory(folder, ignored))
    fail(Exit::environment, "file", folder.string(), "", "", "this is a file", "an accounts folder was expected",
         "run `kontor import` on it first");
  if (!fs::exists(file, ignored))
    fail(Exit::data, "not-accounts", folder.string(), "", "", "no datapackage.json in this folder", "an accounts folder",
         "make one with `kontor import`");
  const std::string text = read_file(file, largest_manifest);
  // Depth is bounded before the library sees the text: it would crash on copying a very deep one.
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    if (depth > 64) refuse_manifest(file, "nested more than 64 deep");
  }
  Json manifest = Json::parse(text, nullptr, false);
  if (manifest.is_discarded() || !manifest.is_object()) refuse_manifest(file, "not valid JSON");
  if (manifest.value("name", "") != "kontor-accounts") refuse_manifest(file, "not a manifest of kontor accounts");
  if (manifest.value("format_version", 0) != 1) refuse_manifest(file, "another format version than 1");
  return manifest;
}

static CsvTable label_table(const fs::path& folder, const char* name) { return read_csv((folder / name).string()); }

// Index of a code in a list of labels; a label that is missing there means a damaged folder.
template <class Items>
static int index_of(const Items& items, const std::string& code, const CsvTable& table, const CsvRow& row) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].code == code) return static_cast<int>(i);
  fail(Exit::data, "unknown-label", table.file, std::to_string(row.line), "", "unknown label " + quoted(code), "a code of the label tables",
       "import the accounts again");
}

// `listed`: the files that the manifest names; some tables are there only where the accounts need them.
static void read_labels(const fs::path& folder, const std::set<std::string>& listed, Accounts& a) {
  const auto rows = [&](const char* name, const std::vector<std::string>& columns, const auto& add) {
    const CsvTable table = label_table(folder, name);
    std::vector<int> at;
    for (const std::string& column : columns) at.push_back(required_column(table, column));
    for (const CsvRow& row : table.rows) {
      std::vector<std::string> fields;
      for (const int column : at) fields.push_back(table.field(row, column));
      add(fields, table, row);
    }
  };
  using Fields = const std::vector<std::string>&;
  rows("regions.csv", {"code", "name", "parent", "external"}, [&](Fields f, const CsvTable&, const CsvRow&) {
    a.regions.push_back({f[0], f[1], f[2], f[3] == "yes"});
  });
  rows("sectors.csv", {"code", "name", "classification"}, [&](Fields f, const CsvTable&, const CsvRow&) {
    a.sectors.push_back({f[0], f[1], f[2]});
  });
  // Cells repeat a few hundred labels thousands of times, so labels are looked up in a map once per table.
  const auto fast_index = [](const auto& items) {
    std::map<std::string, int, std::less<>> index;
    for (std::size_t i = 0; i < items.size(); ++i) index.emplace(items[i].code, static_cast<int>(i));
    return index;
  };
  const auto regions = fast_index(a.regions), sectors = fast_index(a.sectors);
  const auto find = [](const auto& index, const std::string& code, const CsvTable& table, const CsvRow& row) {
    const auto found = index.find(code);
    if (found == index.end())
      fail(Exit::data, "unknown-label", table.file, std::to_string(row.line), "", "unknown label " + quoted(code),
           "a code of the label tables", "import the accounts again");
    return found->second;
  };
  rows("cells.csv", {"region", "sector", "product"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    a.cells.push_back({find(regions, f[0], t, r), find(sectors, f[1], t, r), find(sectors, f[2], t, r)});
  });
  rows("categories.csv", {"code", "name", "role"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    FinalCategory category{f[0], f[1], FinalRole::household};
    if (!read_role(f[2], category.role))
      fail(Exit::data, "unknown-role", t.file, std::to_string(r.line), "role", "unknown role " + quoted(f[2]), "",
           "import the accounts again");
    a.categories.push_back(category);
  });
  rows("final_uses.csv", {"region", "category"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    a.final_uses.push_back({find(regions, f[0], t, r), index_of(a.categories, f[1], t, r)});
  });
  rows("primary_rows.csv", {"code", "name", "role", "value_added"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    PrimaryRow primary{f[0], f[1], PrimaryRole::mixed, f[3] == "yes"};
    if (!read_role(f[2], primary.role))
      fail(Exit::data, "unknown-role", t.file, std::to_string(r.line), "role", "unknown role " + quoted(f[2]), "",
           "import the accounts again");
    a.primary_rows.push_back(primary);
  });
  rows("imports.csv", {"region", "sector"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    a.imports.push_back({find(regions, f[0], t, r), find(sectors, f[1], t, r)});
  });
  rows("satellites.csv", {"code", "name", "unit", "estimate", "resolution", "sector_group", "source"},
       [&](Fields f, const CsvTable&, const CsvRow&) {
         const Resolution resolution = f[4] == "region"         ? Resolution::region
                                       : f[4] == "sector_group" ? Resolution::sector_group
                                                                : Resolution::cell;
         a.satellites.push_back(
             {f[0], f[1], f[2], f[3] == "yes", resolution, f[5].empty() ? std::vector<std::string>{} : split(f[5], ';'), f[6]});
       });
  rows("border_costs.csv", {"sector", "exporter", "importer", "tariff", "ntm_ave"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
    BorderCost cost{find(sectors, f[0], t, r), find(regions, f[1], t, r), find(regions, f[2], t, r), std::nan(""), std::nan("")};
    if (!f[3].empty() && read_number(f[3], cost.tariff) != NumberProblem::none)
      fail(Exit::data, "not-a-number", t.file, std::to_string(r.line), "tariff", quoted(f[3]), "a number", "");
    if (!f[4].empty() && read_number(f[4], cost.ntm_ave) != NumberProblem::none)
      fail(Exit::data, "not-a-number", t.file, std::to_string(r.line), "ntm_ave", quoted(f[4]), "a number", "");
    a.border_costs.push_back(cost);
  });
  const auto number = [](const std::string& text, const char* column, const CsvTable& t, const CsvRow& r) {
    double value = std::nan("");
    if (!text.empty() && read_number(text, value) != NumberProblem::none)
      fail(Exit::data, "not-a-number", t.file, std::to_string(r.line), column, quoted(text), "a number", "import the accounts again");
    return value;
  };
  if (listed.count(elasticities_file))
    rows(elasticities_file, {"sector", "value", "standard_error", "source"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
      a.trade_elasticities.push_back({find(sectors, f[0], t, r), number(f[1], "value", t, r), number(f[2], "standard_error", t, r), f[3]});
    });
  if (listed.count(imbalances_file)) {
    a.imbalances.assign(a.regions.size(), std::nan(""));
    rows(imbalances_file, {"region", "value"}, [&](Fields f, const CsvTable& t, const CsvRow& r) {
      a.imbalances[static_cast<std::size_t>(find(regions, f[0], t, r))] = number(f[1], "value", t, r);
    });
  }
}

static void read_header(const Json& manifest, const fs::path& file, Accounts& a) {
  try {
    a.title = manifest.at("title").get<std::string>();
    a.year = manifest.at("year").get<int>();
    a.price_year = manifest.at("price_year").get<int>();
    a.currency = manifest.at(money).at("currency").get<std::string>();
    a.scale = manifest.at(money).at("scale").get<double>();
    a.valuation = manifest.at(money).at("valuation").get<std::string>();
    a.gross_output = manifest.at("gross_output").get<std::string>();
    a.made_by = manifest.at("made_by").get<std::string>();
    for (const Json& s : manifest.at("sources")) {
      std::string hash = s.at("hash").get<std::string>();
      if (hash.rfind("sha256:", 0) == 0) hash = hash.substr(7);
      a.sources.push_back({s.at("path").get<std::string>(), hash, s.at("title").get<std::string>(), s.at("licence").get<std::string>()});
    }
    a.notes = manifest.at("notes").get<std::vector<std::string>>();
    const std::string kind = manifest.value(accounts_kind, kind_name(AccountsKind::table));
    if (!read_kind(kind, a.kind)) refuse_manifest(file, "accounts of an unknown kind " + quoted(kind));
  } catch (const Json::exception&) {
    refuse_manifest(file, "a field is missing or of the wrong type");
  }
}

// What the manifest says of each file in the folder.
static std::vector<Json> resources_of(const Json& manifest, const fs::path& file) {
  if (!manifest.contains("resources") || !manifest["resources"].is_array()) refuse_manifest(file, "no list of resources");
  std::vector<Json> resources(manifest["resources"].begin(), manifest["resources"].end());
  for (const Json& r : resources) {
    const bool complete = r.is_object() && r.contains("path") && r["path"].is_string() && r.contains("hash") && r["hash"].is_string() &&
                          r.contains("bytes") && r["bytes"].is_number_unsigned();
    if (!complete) refuse_manifest(file, "a resource without path, bytes or hash");
    const std::string path = r["path"];
    if (path.find('/') != std::string::npos) refuse_manifest(file, "a resource outside the folder: " + quoted(path));
  }
  return resources;
}

Accounts read_accounts(const fs::path& folder) {
  const Json manifest = read_manifest(folder);
  const fs::path file = folder / "datapackage.json";
  Accounts accounts;
  read_header(manifest, file, accounts);
  std::set<std::string> listed;
  for (const Json& r : resources_of(manifest, file)) {
    const std::string path = r["path"];
    std::error_code problem;
    const auto size = fs::file_size(folder / path, problem);
    if (problem || size != r["bytes"].get<std::uintmax_t>())
      fail(Exit::data, "damaged-accounts", (folder / path).string(), "", "",
           problem ? "the file is missing" : std::to_string(size) + " bytes",
           "the manifest says " + std::to_string(r["bytes"].get<std::uintmax_t>()) + " bytes", "import the accounts again");
    listed.insert(path);
  }
  read_labels(folder, listed, accounts);
  for (const BlockFile& block : block_files) {
    const std::string name = std::string(block.name) + ".npy";
    if (listed.count(name))
      accounts.*block.member = map_npy(folder / name);
    else if (block.required && !accounts.cells.empty())
      refuse_manifest(file, "no block " + name);
  }
  check_shapes(accounts, folder.string());
  return accounts;
}

void verify_accounts(const fs::path& folder) {
  Findings findings;
  for (const Json& r : resources_of(read_manifest(folder), folder / "datapackage.json")) {
    const std::string path = r["path"], expected = r["hash"];
    if ("sha256:" + sha256_of_file(folder / path) != expected)
      findings.push_back({Severity::error, "damaged-accounts", (folder / path).string(), "", "",
                          "the content differs from its SHA-256 in the manifest", "files of an accounts folder are not edited by hand",
                          "import the accounts again"});
  }
  throw_if_errors(findings);
}

std::string accounts_fingerprint(const fs::path& folder) { return sha256_of_file(folder / "datapackage.json"); }

}  // namespace kontor
