#include "kontor/accounts/store.h"

#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/npy.h"
#include "kontor/base/text.h"

namespace kontor {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A block of the folder: file name, what it is, and the member that holds it.
struct BlockFile {
  const char* name;
  const char* meaning;
  Block Accounts::*member;
  bool required;
};

constexpr const char* money = "money";
constexpr BlockFile block_files[] = {
    {"intermediate", "sales of cell (row) to cell (column)", &Accounts::intermediate, true},
    {"final_use", "sales of cell (row) to final use (column)", &Accounts::final_use, true},
    {"imports_intermediate", "purchases of cell (column) from an external region's product (row)", &Accounts::imports_intermediate, false},
    {"imports_final", "purchases of final use (column) from an external region's product (row)", &Accounts::imports_final, false},
    {"primary", "primary inputs (row) of cell (column)", &Accounts::primary, true},
    {"primary_final", "taxes and margins (row) paid on final use (column)", &Accounts::primary_final, false},
    {"output", "gross output of cell (column)", &Accounts::output, true},
    {"satellite", "satellite row (row) of cell (column), NaN where not available", &Accounts::satellite, false},
    {"satellite_final", "satellite row (row) of final use (column), NaN where not available", &Accounts::satellite_final, false},
    {"distance", "kilometres from region (row) to region (column), NaN where not available", &Accounts::distance, false},
};

constexpr std::size_t largest_manifest = std::size_t{16} << 20;  // bytes

}  // namespace

// A label table: the header and one line per item.
static std::string table_text(const std::string& header, std::size_t count,
                              const std::function<std::vector<std::string>(std::size_t)>& row) {
  std::string text = header + '\n';
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<std::string> fields = row(i);
    for (std::size_t f = 0; f < fields.size(); ++f) text += (f ? "," : "") + csv_field(fields[f]);
    text += '\n';
  }
  return text;
}

static const char* yes_no(bool value) { return value ? "yes" : "no"; }

static const char* resolution_name(Resolution r) {
  return r == Resolution::cell ? "cell" : r == Resolution::sector_group ? "sector_group" : "region";
}

static std::vector<std::pair<std::string, std::string>> label_tables(const Accounts& a) {
  using Fields = std::vector<std::string>;
  const auto region = [&](int r) { return a.regions[static_cast<std::size_t>(r)].code; };
  const auto sector = [&](int s) { return a.sectors[static_cast<std::size_t>(s)].code; };
  std::vector<std::pair<std::string, std::string>> tables;
  tables.emplace_back("regions.csv", table_text("code,name,parent,external", a.regions.size(), [&](std::size_t i) {
                        const Region& r = a.regions[i];
                        return Fields{r.code, r.name, r.parent, yes_no(r.external)};
                      }));
  tables.emplace_back("sectors.csv", table_text("code,name,classification", a.sectors.size(), [&](std::size_t i) {
                        return Fields{a.sectors[i].code, a.sectors[i].name, a.sectors[i].classification};
                      }));
  tables.emplace_back("cells.csv", table_text("region,sector,product", a.cells.size(), [&](std::size_t i) {
                        return Fields{region(a.cells[i].region), sector(a.cells[i].sector), sector(a.cells[i].product)};
                      }));
  tables.emplace_back("categories.csv", table_text("code,name,role", a.categories.size(), [&](std::size_t i) {
                        return Fields{a.categories[i].code, a.categories[i].name, role_name(a.categories[i].role)};
                      }));
  tables.emplace_back(
      "final_uses.csv", table_text("region,category", a.final_uses.size(), [&](std::size_t i) {
        return Fields{region(a.final_uses[i].region), a.categories[static_cast<std::size_t>(a.final_uses[i].category)].code};
      }));
  tables.emplace_back("primary_rows.csv", table_text("code,name,role,value_added", a.primary_rows.size(), [&](std::size_t i) {
                        const PrimaryRow& p = a.primary_rows[i];
                        return Fields{p.code, p.name, role_name(p.role), yes_no(p.value_added)};
                      }));
  tables.emplace_back("imports.csv", table_text("region,sector", a.imports.size(), [&](std::size_t i) {
                        return Fields{region(a.imports[i].region), sector(a.imports[i].sector)};
                      }));
  tables.emplace_back(
      "satellites.csv", table_text("code,name,unit,estimate,resolution,sector_group,source", a.satellites.size(), [&](std::size_t i) {
        const Satellite& s = a.satellites[i];
        return Fields{s.code, s.name, s.unit, yes_no(s.estimate), resolution_name(s.resolution), joined(s.sector_group, ";"), s.source};
      }));
  tables.emplace_back(
      "border_costs.csv", table_text("sector,exporter,importer,tariff,ntm_ave", a.border_costs.size(), [&](std::size_t i) {
        const BorderCost& b = a.border_costs[i];
        return Fields{sector(b.sector), region(b.exporter), region(b.importer), number_text(b.tariff), number_text(b.ntm_ave)};
      }));
  return tables;
}

void write_accounts(const Accounts& a, const fs::path& folder, bool force) {
  check_shapes(a, folder.string());
  if (std::error_code ignored; force && fs::exists(folder, ignored) && !fs::exists(folder / "datapackage.json", ignored))
    fail(Exit::environment, "output-exists", folder.string(), "", "", "this folder is not an accounts folder",
         "--force replaces accounts only", "choose another --out");
  NewFolder out(folder, force);
  Json resources = Json::array();
  for (const auto& [name, text] : label_tables(a)) {
    write_new_file(out.path() / name, text);
    resources.push_back({{"name", name.substr(0, name.size() - 4)},
                         {"path", name},
                         {"format", "csv"},
                         {"encoding", "utf-8"},
                         {"bytes", text.size()},
                         {"hash", "sha256:" + sha256(text)}});
  }
  for (const BlockFile& file : block_files) {
    const Block& block = a.*file.member;
    if (block.empty()) continue;
    const std::string name = std::string(file.name) + ".npy";
    const std::string hash = write_npy(out.path() / name, block);
    resources.push_back({{"name", file.name},
                         {"path", name},
                         {"format", "npy"},
                         {"description", file.meaning},
                         {"rows", block.rows()},
                         {"columns", block.columns()},
                         {"bytes", npy_header(block.rows(), block.columns()).size() + block.rows() * block.columns() * sizeof(double)},
                         {"hash", "sha256:" + hash}});
  }
  Json sources = Json::array();
  for (const Source& s : a.sources)
    sources.push_back({{"path", s.file}, {"hash", "sha256:" + s.sha256}, {"title", s.citation}, {"licence", s.licence}});
  const Json manifest = {{"profile", "data-package"},
                         {"name", "kontor-accounts"},
                         {"format_version", 1},
                         {"title", a.title},
                         {"year", a.year},
                         {"price_year", a.price_year},
                         {money, {{"currency", a.currency}, {"scale", a.scale}, {"valuation", a.valuation}}},
                         {"gross_output", a.gross_output},
                         {"made_by", a.made_by},
                         {"sources", sources},
                         {"notes", a.notes},
                         {"resources", resources}};
  write_new_file(out.path() / "datapackage.json", manifest.dump(1) + "\n");
  out.commit();
}

// --- reading ---------------------------------------------------------------------------------------

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

static void read_labels(const fs::path& folder, Accounts& a) {
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
  read_labels(folder, accounts);
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

void check_shapes(const Accounts& a, const std::string& where) {
  const auto expect = [&](const Block& block, std::size_t rows, std::size_t columns, const char* name, bool may_be_empty) {
    if (may_be_empty && block.empty()) return;
    if (block.rows() != rows || block.columns() != columns)
      fail(Exit::data, "bad-shape", where, "", name, std::to_string(block.rows()) + " x " + std::to_string(block.columns()),
           std::to_string(rows) + " x " + std::to_string(columns) + " by the label tables", "import the accounts again");
  };
  const std::size_t n = a.cells.size(), m = a.final_uses.size(), k = a.imports.size(), p = a.primary_rows.size(), s = a.satellites.size();
  expect(a.intermediate, n, n, "intermediate", n == 0);
  expect(a.final_use, n, m, "final_use", n * m == 0);
  expect(a.imports_intermediate, k, n, "imports_intermediate", k * n == 0);
  expect(a.imports_final, k, m, "imports_final", k * m == 0);
  expect(a.primary, p, n, "primary", p * n == 0);
  expect(a.primary_final, p, m, "primary_final", true);
  expect(a.output, 1, n, "output", n == 0);
  expect(a.satellite, s, n, "satellite", s * n == 0);
  expect(a.satellite_final, s, m, "satellite_final", true);
  expect(a.distance, a.regions.size(), a.regions.size(), "distance", true);
  for (const Cell& cell : a.cells)
    if (!is_leaf(a, cell.region) || a.regions[static_cast<std::size_t>(cell.region)].external)
      fail(Exit::data, "cell-of-parent", where, "", "",
           "region " + quoted(a.regions[static_cast<std::size_t>(cell.region)].code) + " owns cells",
           "only regions without children, and not abroad, own cells", "check regions.csv");
  for (const Region& region : a.regions)
    if (!region.parent.empty() && region_index(a, region.parent) < 0)
      fail(Exit::data, "unknown-parent", where, "", "parent", quoted(region.parent), "the code of another region", "check regions.csv");
}

}  // namespace kontor
