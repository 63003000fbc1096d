// The files of a supply, use and trade folder: long CSV tables, plain or gzipped. A row that is absent is a
// zero cell; a row that is there must have known labels and a number.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "read/folder_tables.h"
#include "read/supply_use_trade.h"

namespace kontor {

namespace fs = std::filesystem;

static constexpr std::size_t largest_file = std::size_t{64} << 20;  // bytes; the largest table of a nation has a few megabytes
static constexpr std::size_t most_cells = 12000;                    // regions x sectors: the result is dense, 1.2 GB at this size

// --- the tables ------------------------------------------------------------------------------------

static void read_labels(const TableFolder& folder, SupplyUseTrade& t) {
  const CsvTable regions = folder.table("regions.csv");
  t.regions = labels_of(regions, "region");
  const int persons = regions.column("employment_persons");
  Problems problems(regions.file);
  for (const CsvRow& row : regions.rows)
    t.employed.push_back(persons < 0 ? std::nan("") : number_at(regions, row, persons, folder.options, Sign::not_negative, problems));

  const CsvTable sectors = folder.table("sectors.csv");
  t.commodities = labels_of(sectors, "commodity");
  t.industries = labels_of(sectors, "industry");
  const int name = sectors.column("name_en"), commodity = required_column(sectors, "commodity");
  if (t.commodities.size() != sectors.rows.size() || t.industries.size() != sectors.rows.size() || t.regions.size() != regions.rows.size())
    fail(Exit::data, "duplicate-label", t.regions.size() != regions.rows.size() ? regions.file : sectors.file, "", "",
         "a label stands twice", "one row for each region, and for each sector with its commodity and its industry",
         "remove the second row");
  for (const CsvRow& row : sectors.rows) {
    // C_05_09 is the commodity of sector 05_09.
    const std::string& code = sectors.field(row, commodity);
    t.sector_codes.push_back(code.rfind("C_", 0) == 0 ? code.substr(2) : code);
    t.sector_names.push_back(name < 0 ? t.sector_codes.back() : sectors.field(row, name));
  }
  problems.throw_if_any_errors();
  if (t.regions.size() * t.industries.size() > most_cells)
    fail(Exit::data, "too-large", sectors.file, "", "",
         std::to_string(t.regions.size()) + " regions x " + std::to_string(t.industries.size()) + " sectors",
         "at most " + std::to_string(most_cells) + " cells", "import fewer regions, or coarser sectors");
  t.users = t.industries;
  t.users.insert(t.users.end(), final_users.begin(), final_users.end());
}

static void read_use(const TableFolder& folder, SupplyUseTrade& t, const Axis& source) {
  const std::vector<Axis> axes = {{"commodity", t.commodities}, source, {"user", t.users}, {"region", t.regions}};
  const auto read = [&](const char* name, Sign sign, std::array<Matrix, 2>& into) {
    into.fill(Matrix(t.product_count(), t.region_count() * t.user_count()));
    read_cells(folder, folder.table(name), axes, sign,
               [&](AtPlace at, double v, const CsvRow&, Problems&) { into[at[1]](at[0], t.buyer(at[3], at[2])) += v; });
  };
  read("use_delivered.csv", folder.options.allow_negative ? Sign::any : Sign::not_negative, t.delivered);
  read("use_tax.csv", Sign::any, t.tax);
}

static void read_trade(const TableFolder& folder, SupplyUseTrade& t, const Axis& source) {
  const std::size_t regions = t.region_count(), products = t.product_count();
  t.trade.fill(Matrix(regions * products, regions));
  read_cells(folder, folder.table("trade.csv"), {{"commodity", t.commodities}, source, {"origin", t.regions}, {"destination", t.regions}},
             Sign::not_negative,
             [&](AtPlace at, double v, const CsvRow&, Problems&) { t.trade[at[1]](t.product(at[2], at[0]), at[3]) += v; });

  const CsvTable supply = folder.table("margin_supply.csv");
  t.margins = labels_of(supply, "margin");
  for (const std::string& margin : t.margins) {
    const auto commodity = std::find(t.commodities.begin(), t.commodities.end(), margin);
    if (commodity == t.commodities.end())
      fail(Exit::data, "unknown-label", supply.file, "", "margin", "unknown margin " + quoted(margin),
           "a commodity of sectors.csv: margins are services of an industry", did_you_mean(margin, t.commodities));
    t.margin_commodity.push_back(static_cast<int>(commodity - t.commodities.begin()));
  }
  t.margin_supply = Matrix(t.margins.size() * regions * regions, regions);
  read_cells(folder, supply, {{"margin", t.margins}, {"origin", t.regions}, {"destination", t.regions}, {"producer", t.regions}},
             Sign::not_negative,
             [&](AtPlace at, double v, const CsvRow&, Problems&) { t.margin_supply(t.margin_link(at[0], at[1], at[2]), at[3]) += v; });
  t.trade_margin.fill(Matrix(products * t.margins.size(), regions * regions));
  read_cells(folder, folder.table("trade_margin.csv"),
             {{"commodity", t.commodities}, source, {"margin", t.margins}, {"origin", t.regions}, {"destination", t.regions}},
             Sign::not_negative, [&](AtPlace at, double v, const CsvRow&, Problems&) {
               t.trade_margin[at[1]](t.margin_row(at[0], at[2]), t.link(at[3], at[4])) += v;
             });
}

static void read_by_industry(const TableFolder& folder, SupplyUseTrade& t) {
  const Axis industry("industry", t.industries), region("region", t.regions);
  const auto read = [&](const char* name, Sign sign, Matrix& into) {
    into = Matrix(t.industries.size(), t.region_count());
    read_cells(folder, folder.table(name), {industry, region}, sign,
               [&](AtPlace at, double v, const CsvRow&, Problems&) { into(at[0], at[1]) += v; });
  };
  read("primary_capital.csv", Sign::any, t.capital);
  read("primary_land.csv", Sign::any, t.land);
  read("primary_production_tax.csv", Sign::any, t.production_tax);
  read("stocks.csv", Sign::any, t.stocks);
  if (!folder.found("share_labour_comp.csv").empty()) read("share_labour_comp.csv", Sign::not_negative, t.labour_share);

  const CsvTable labour = folder.table("primary_labour.csv");
  t.labour = Matrix(t.industries.size(), t.region_count());
  read_cells(folder, labour, {industry, {"occupation", labels_of(labour, "occupation")}, region}, Sign::not_negative,
             [&](AtPlace at, double v, const CsvRow&, Problems&) { t.labour(at[0], at[2]) += v; });

  t.make = Matrix(t.region_count() * t.product_count(), t.industries.size());
  read_cells(folder, folder.table("supply_make.csv"), {{"commodity", t.commodities}, industry, region}, Sign::not_negative,
             [&](AtPlace at, double v, const CsvRow&, Problems&) { t.make(t.product(at[2], at[0]), at[1]) += v; });
}

// A square table with region codes in the first row and the first column.
static void read_distance(const TableFolder& folder, SupplyUseTrade& t) {
  if (folder.found("distance.csv").empty()) return;
  const CsvTable table = folder.table("distance.csv");
  t.distance = Matrix(t.region_count(), t.region_count(), std::nan(""));
  Problems problems(table.file);
  for (const CsvRow& row : table.rows) {
    const auto from = std::find(t.regions.begin(), t.regions.end(), row.fields[0]);
    if (from == t.regions.end())
      problems.error("unknown-label", row.line, "", "unknown label " + quoted(row.fields[0]), "a region of regions.csv",
                     did_you_mean(row.fields[0], t.regions));
    else
      for (std::size_t d = 0; d < t.region_count(); ++d)
        t.distance(static_cast<std::size_t>(from - t.regions.begin()), d) =
            number_at(table, row, required_column(table, t.regions[d]), folder.options, Sign::not_negative, problems);
  }
  problems.throw_if_any_errors();
}

SupplyUseTrade read_supply_use_trade_files(const fs::path& path, const ImportOptions& options) {
  SupplyUseTrade tables;
  const TableFolder folder{
      path, options, "a folder of regional supply, use and trade tables", "docs/methods/supply_use_trade.md", largest_file, tables.sources};
  folder.check();
  read_labels(folder, tables);
  const Axis source("source", {origin_names.begin(), origin_names.end()});
  read_use(folder, tables, source);
  read_trade(folder, tables, source);
  read_by_industry(folder, tables);
  read_distance(folder, tables);
  const std::string employment = "national/employment_by_industry_1975_2017.csv";
  if (const fs::path file = folder.found(employment); !file.empty())
    tables.national_persons = read_national_persons(folder.text_of(file, employment), file.string(), options.year, tables.sector_codes);
  return tables;
}

}  // namespace kontor
