// From the grid of regions and sectors to accounts: labels, the cells that exist, blocks.
#include <algorithm>
#include <cmath>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/settings.h"
#include "read/supply_use_trade.h"

namespace kontor {

static void label_regions(const SupplyUseTrade& t, const ImportOptions& options, Accounts& a) {
  const std::string file = setting(options, "regions"), nation = setting(options, "nation");
  std::vector<std::string> parents;
  for (const std::string& code : t.regions) {
    if (code == "ABROAD")
      fail(Exit::data, "reserved-label", "regions.csv", "", "region", "a region called `ABROAD`",
           "this code is kept for the external region", "give the region another code");
    a.regions.push_back({code, code, "", false});
  }
  if (!file.empty()) {
    const std::string text = read_file(file);
    const CsvTable table = parse_csv(text, file);
    const int code = required_column(table, "code"), name = required_column(table, "name"), parent = required_column(table, "parent");
    for (Region& region : a.regions) {
      const auto row =
          std::find_if(table.rows.begin(), table.rows.end(), [&](const CsvRow& r) { return table.field(r, code) == region.code; });
      if (row == table.rows.end())
        fail(Exit::data, "unknown-label", file, "", "code", "no row for region " + quoted(region.code),
             "a row for each region of the tables", "add the row, or leave out --with regions");
      region.name = table.field(*row, name);
      region.parent = table.field(*row, parent);
      if (!region.parent.empty() && std::find(parents.begin(), parents.end(), region.parent) == parents.end())
        parents.push_back(region.parent);
    }
    const std::filesystem::path path = file;
    a.sources.push_back({(path.parent_path().filename() / path.filename()).generic_string(), sha256(text),
                         setting(options, "regions_citation"), setting(options, "regions_licence")});
  }
  for (const std::string& parent : parents)
    a.regions.push_back({parent, parents.size() == 1 && !nation.empty() ? nation : parent, "", false});
  a.regions.push_back({"ABROAD", "Abroad", "", true});
}

static void label_uses(const SupplyUseTrade& t, Accounts& a) {
  a.categories = {{"household", "Households", FinalRole::household},
                  {"government", "Government", FinalRole::government},
                  {"investment", "Investment", FinalRole::investment},
                  {"inventories", "Changes in inventories", FinalRole::inventories},
                  {"exports", "Exports", FinalRole::exports}};
  for (std::size_t d = 0; d < t.region_count(); ++d)
    for (int category = 0; category < 4; ++category) a.final_uses.push_back({static_cast<int>(d), category});
  const int abroad = static_cast<int>(a.regions.size()) - 1;
  a.final_uses.push_back({abroad, 4});
  for (std::size_t s = 0; s < t.sector_codes.size(); ++s) {
    a.sectors.push_back({t.sector_codes[s], t.sector_names[s], ""});
    a.imports.push_back({abroad, static_cast<int>(s)});
  }
  a.primary_rows = {{"labour", "Compensation of employees", PrimaryRole::labour, true},
                    {"capital", "Gross operating surplus and mixed income", PrimaryRole::capital, true},
                    {"land", "Rent of land and natural resources", PrimaryRole::land, true},
                    {"production_tax", "Other taxes less subsidies on production", PrimaryRole::tax, true},
                    {"product_tax", "Taxes less subsidies on products", PrimaryRole::tax, false}};
}

static constexpr std::size_t product_tax_row = 4;
static constexpr std::size_t inventories_column = 3;  // within a region's final-use columns

// Cells that produce, buy or sell anything at all; the others do not exist.
static std::vector<std::size_t> cells_that_exist(const SupplyUseTrade& t, const Grid& grid) {
  std::vector<std::size_t> cells;
  for (std::size_t cell = 0; cell < grid.regions * grid.sectors; ++cell) {
    const std::size_t column = t.buyer(cell / grid.sectors, cell % grid.sectors);
    bool exists = grid.output(0, cell) != 0 || grid.stocks(0, cell) != 0 || grid.taxes(0, column) != 0;
    for (const double v : grid.sales.row(cell)) exists = exists || v != 0;
    for (std::size_t r = 0; r < grid.sales.rows; ++r) exists = exists || grid.sales(r, column) != 0;
    for (std::size_t r = 0; r < grid.imports.rows; ++r) exists = exists || grid.imports(r, column) != 0;
    for (std::size_t p = 0; p < grid.primary.rows; ++p) exists = exists || grid.primary(p, cell) != 0;
    if (exists) cells.push_back(cell);
  }
  return cells;
}

// Adds a row of purchases of the grid to the two halves of the accounts: cells, and final-use columns.
static void split_row(const SupplyUseTrade& t, const std::vector<std::size_t>& cells, std::span<const double> from,
                      std::span<double> to_cells, std::span<double> to_final) {
  const std::size_t sectors = t.industries.size();
  for (std::size_t j = 0; j < cells.size(); ++j) to_cells[j] += from[t.buyer(cells[j] / sectors, cells[j] % sectors)];
  Sum exports;
  for (std::size_t d = 0; d < t.region_count(); ++d) {
    for (std::size_t f = 0; f < exports_user; ++f) to_final[d * 4 + f] += from[t.buyer(d, sectors + f)];
    exports.add(from[t.buyer(d, sectors + exports_user)]);
  }
  to_final[t.region_count() * 4] += exports.value();
}

void fill_accounts(const SupplyUseTrade& t, const Grid& grid, Accounts& a) {
  const std::vector<std::size_t> cells = cells_that_exist(t, grid);
  for (const std::size_t cell : cells) {
    const auto region = static_cast<int>(cell / grid.sectors), sector = static_cast<int>(cell % grid.sectors);
    a.cells.push_back({region, sector, sector});
  }
  const std::size_t n = cells.size(), m = a.final_uses.size(), k = a.imports.size(), p = a.primary_rows.size();
  Matrix z(n, n), y(n, m), imports(k, n), imports_final(k, m), v(p, n), v_final(p, m), x(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    split_row(t, cells, grid.sales.row(cells[i]), z.row(i), y.row(i));
    y(i, cells[i] / grid.sectors * 4 + inventories_column) += grid.stocks(0, cells[i]);
    x(0, i) = grid.output(0, cells[i]);
    for (std::size_t row = 0; row < grid.primary.rows; ++row) v(row, i) = grid.primary(row, cells[i]);
  }
  for (std::size_t c = 0; c < k; ++c) split_row(t, cells, grid.imports.row(c), imports.row(c), imports_final.row(c));
  split_row(t, cells, grid.taxes.row(0), v.row(product_tax_row), v_final.row(product_tax_row));
  if (grid.jobs.rows > 0) {
    Matrix jobs(1, n);
    for (std::size_t i = 0; i < n; ++i) jobs(0, i) = grid.jobs(0, cells[i]);
    a.satellites.push_back({"jobs",
                            "Employed persons",
                            "persons",
                            true,
                            Resolution::region,
                            {},
                            "national employment by industry x the regions' shares in the industry's labour costs"});
    a.satellite = std::move(jobs);
  }
  a.intermediate = std::move(z), a.final_use = std::move(y), a.imports_intermediate = std::move(imports);
  a.imports_final = std::move(imports_final), a.primary = std::move(v), a.primary_final = std::move(v_final), a.output = std::move(x);
  if (t.distance.rows > 0) {
    Matrix distance(a.regions.size(), a.regions.size(), std::nan(""));
    for (std::size_t o = 0; o < t.region_count(); ++o)
      for (std::size_t d = 0; d < t.region_count(); ++d) distance(o, d) = t.distance(o, d);
    a.distance = std::move(distance);
  }
}

void label_accounts(const SupplyUseTrade& t, const ImportOptions& options, Accounts& a) {
  label_regions(t, options, a);
  label_uses(t, a);
}

}  // namespace kontor
