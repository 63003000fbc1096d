#include <functional>
#include <nlohmann/json.hpp>

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
  // Accounts that hold neither have no file of them.
  if (!a.trade_elasticities.empty())
    tables.emplace_back(elasticities_file,
                        table_text("sector,value,standard_error,source", a.trade_elasticities.size(), [&](std::size_t i) {
                          const TradeElasticity& e = a.trade_elasticities[i];
                          return Fields{sector(e.sector), number_text(e.value), number_text(e.standard_error), e.source};
                        }));
  if (!a.imbalances.empty())
    tables.emplace_back(imbalances_file, table_text("region,value", a.imbalances.size(), [&](std::size_t r) {
                          return Fields{a.regions[r].code, number_text(a.imbalances[r])};
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
  Json manifest = {{"profile", "data-package"},
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
  if (a.kind != AccountsKind::table) manifest[accounts_kind] = kind_name(a.kind);
  write_new_file(out.path() / "datapackage.json", manifest.dump(1) + "\n");
  out.commit();
}

}  // namespace kontor
