// The files of a trade model: regions, sectors with their elasticities, and five long tables.
#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "read/folder_tables.h"
#include "read/settings.h"
#include "read/trade_model.h"

namespace kontor {

namespace fs = std::filesystem;

static constexpr std::size_t largest_file = std::size_t{512} << 20;  // bytes; two million flows of 60 bytes are 120 MB
static constexpr std::size_t most_cells = 12000;                     // regions x sectors: the result is dense, 1.2 GB at this size
static constexpr double highest_rate = 4;                            // 400 %: above it a rate is more likely written in per cent

static void refuse_second_label(const CsvTable& table, const char* column, std::size_t labels) {
  if (labels != table.rows.size())
    fail(Exit::data, "duplicate-label", table.file, "", column, "a label stands twice", "one row for each", "remove the second row");
}

static void read_labels(const TableFolder& folder, TradeModel& m) {
  const CsvTable regions = folder.table("regions.csv"), sectors = folder.table("sectors.csv");
  m.regions = labels_of(regions, "region");
  m.sectors = labels_of(sectors, "sector");
  refuse_second_label(regions, "region", m.regions.size());
  refuse_second_label(sectors, "sector", m.sectors.size());
  if (m.region_count() * m.sector_count() > most_cells)
    fail(Exit::data, "too-large", sectors.file, "", "",
         std::to_string(m.region_count()) + " regions x " + std::to_string(m.sector_count()) + " sectors",
         "at most " + std::to_string(most_cells) + " cells", "import fewer regions, or coarser sectors");

  const int theta = required_column(sectors, "theta"), error = sectors.column("standard_error");
  Problems problems(sectors.file);
  for (const CsvRow& row : sectors.rows) {
    const std::size_t errors = problems.error_count();
    const double value = number_at(sectors, row, theta, folder.options, Sign::any, problems);
    if (problems.error_count() == errors && value <= 0)
      problems.error("elasticity", row.line, place_of(sectors, theta), number_text(value), "a trade elasticity above 0",
                     "purchases move away from what grows dearer: is the sign turned, or the value missing?");
    m.theta.push_back(value);
    const bool stated = error >= 0 && !sectors.field(row, error).empty();
    m.theta_error.push_back(stated ? number_at(sectors, row, error, folder.options, Sign::not_negative, problems) : std::nan(""));
  }
  problems.throw_if_any_errors();
}

// The column of rates to use: the one that --with tariff names, or the only one there is. -1: there is none.
static int tariff_column(const CsvTable& table, const ImportOptions& options) {
  std::vector<std::string> columns;
  for (const std::string& name : table.header)
    if (name.rfind("tariff", 0) == 0) columns.push_back(name);
  const std::string wanted = setting(options, "tariff");
  if (wanted.empty() && columns.size() > 1)
    fail(Exit::usage, "setting", table.file, "", "--with tariff",
         std::to_string(columns.size()) + " columns of tariffs: " + joined(columns, ", "), "the one to use",
         "say --with tariff=" + columns.front());
  if (wanted.empty()) return columns.empty() ? -1 : table.column(columns.front());
  if (table.column(wanted) < 0 || std::find(columns.begin(), columns.end(), wanted) == columns.end())
    fail(Exit::usage, "setting", table.file, "", "--with tariff", "no column of tariffs " + quoted(wanted),
         columns.empty() ? "columns whose names begin with `tariff`" : "one of: " + joined(columns, ", "), did_you_mean(wanted, columns));
  return table.column(wanted);
}

static void put_tariff(const TradeModel& m, const CsvTable& table, const CsvRow& row, int column, AtPlace at, double rate, double& stored,
                       Problems& problems) {
  const auto error = [&](const std::string& found, const char* expected, const char* remedy) {
    problems.error("tariff", row.line, place_of(table, column), found, expected, remedy);
  };
  if (rate <= -1) error(number_text(rate), "a share of the net value above -1: 0.05 is 5 %", "divide by 100 if it is in per cent");
  if (rate > highest_rate)
    problems.add(Severity::warning, "tariff", std::to_string(row.line), place_of(table, column), number_text(rate),
                 "a share of the net value: 0.05 is 5 %", "divide by 100 if it is in per cent");
  if (at[1] == at[2] && rate != 0)
    error(number_text(rate) + " on what " + m.regions[at[1]] + " sells to itself", "0: a tariff is taken at a border",
          "set it to 0, or give the tax as a part of value added");
  if (!std::isnan(stored) && stored != rate)
    error(number_text(rate) + " here and " + number_text(stored) + " before", "one rate for a flow", "take one row out");
  stored = rate;
}

static void read_trade(const TableFolder& folder, TradeModel& m) {
  const std::size_t regions = m.region_count();
  m.trade = Matrix(m.sector_count() * regions, regions);
  m.tariff = Matrix(m.sector_count() * regions, regions, std::nan(""));
  const CsvTable table = folder.table("trade.csv");
  const int column = tariff_column(table, folder.options);
  if (column >= 0) m.tariff_column = table.header[static_cast<std::size_t>(column)];
  read_cells(folder, table, {{"sector", m.sectors}, {"exporter", m.regions}, {"importer", m.regions}}, Sign::not_negative,
             [&](AtPlace at, double v, const CsvRow& row, Problems& problems) {
               m.trade(m.flow(at[0], at[1]), at[2]) += v;
               if (column < 0) return;
               const double rate = number_at(table, row, column, folder.options, Sign::any, problems);
               put_tariff(m, table, row, column, at, rate, m.tariff(m.flow(at[0], at[1]), at[2]), problems);
             });
}

TradeModel read_trade_model_files(const fs::path& path, const ImportOptions& options) {
  TradeModel m;
  const TableFolder folder{path, options, "a folder with the tables of a trade model", "docs/formats.md", largest_file, m.sources};
  folder.check();
  read_labels(folder, m);
  const Axis region("region", m.regions), sector("sector", m.sectors), input("input", m.sectors);
  const Sign sign = options.allow_negative ? Sign::any : Sign::not_negative;
  const auto by_cell = [&](const char* name, Matrix& into) {
    into = Matrix(m.region_count(), m.sector_count());
    read_cells(folder, folder.table(name), {region, sector}, sign,
               [&](AtPlace at, double v, const CsvRow&, Problems&) { into(at[0], at[1]) += v; });
  };
  by_cell("value_added.csv", m.value_added);
  by_cell("final_demand.csv", m.final_demand);
  m.intermediate = Matrix(m.region_count() * m.sector_count(), m.sector_count());
  read_cells(folder, folder.table("intermediate_use.csv"), {region, input, sector}, sign,
             [&](AtPlace at, double v, const CsvRow&, Problems&) { m.intermediate(m.cell(at[0], at[1]), at[2]) += v; });
  read_trade(folder, m);
  if (!folder.found("deficit.csv").empty()) {
    // One row a region; the column is named after what it holds.
    CsvTable table = folder.table("deficit.csv");
    const int column = required_column(table, "deficit");
    table.header[static_cast<std::size_t>(column)] = "value";
    m.deficit.assign(m.region_count(), std::nan(""));
    read_cells(folder, table, {region}, Sign::any, [&](AtPlace at, double v, const CsvRow&, Problems&) { m.deficit[at[0]] = v; });
    Problems problems(table.file);
    for (std::size_t r = 0; r < m.region_count(); ++r)
      if (std::isnan(m.deficit[r]))
        problems.error("missing-value", 0, "deficit", "no deficit of " + quoted(m.regions[r]), "one for each region, or no file",
                       "add the row");
    problems.throw_if_any_errors();
  }
  return m;
}

}  // namespace kontor
