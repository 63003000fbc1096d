// A satellite row from a CSV with the columns region, sector and value.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"
#include "read/join_table.h"

namespace kontor {

namespace {

struct SatelliteColumns {
  int region, sector, value, group;
};

}  // namespace

static SatelliteColumns columns_of(const JoinTable& table, const SatelliteOptions& options) {
  const auto names = [](const std::string& said, std::vector<std::string> usual) {
    return said.empty() ? usual : std::vector<std::string>{said};
  };
  SatelliteColumns c{};
  c.region = table.required(names(options.region_column, {"region"}));
  c.sector = table.required(names(options.sector_column, {"sector", "industry"}));
  c.group = options.group_column.empty() ? table.column("sector_group") : table.required({options.group_column});
  if (!options.value_column.empty() || table.column("value") >= 0) {
    c.value = table.required(names(options.value_column, {"value"}));
    return c;
  }
  // The only column that is none of the others; text beside the numbers (`basis`, `source`, `note`) is no candidate.
  std::vector<int> candidates;
  for (int i = 0; i < static_cast<int>(table.header().size()); ++i) {
    const std::string& name = table.header()[static_cast<std::size_t>(i)];
    if (i != c.region && i != c.sector && i != c.group && name != "basis" && name != "source" && name != "note") candidates.push_back(i);
  }
  if (candidates.size() != 1) table.required({"value"});  // throws: several columns could be meant, or none
  c.value = candidates.front();
  return c;
}

// The number of a cell, with repeated rows treated as the options say.
static void put_value(Matrix& block, std::size_t row, int cell, double value, Duplicates duplicates, std::vector<std::size_t>& first_line,
                      JoinTable& table, const std::string& name) {
  double& stored = block(row, static_cast<std::size_t>(cell));
  std::size_t& line = first_line[static_cast<std::size_t>(cell)];
  if (line == 0) {
    stored = value;
    line = table.row();
  } else if (duplicates == Duplicates::sum) {
    stored = std::isnan(stored) ? value : std::isnan(value) ? stored : stored + value;
  } else if (duplicates == Duplicates::error) {
    table.problems().error("duplicate", table.row(), "", fmt::format("{} stands in rows {} and {}", quoted(name), line, table.row()),
                           "each cell once", "say `--duplicates sum` or `--duplicates first`, or take one row out");
  }
}

// Block with one more row of NaN, unless row `at` is there already and is cleared.
static Matrix with_row(const Block& block, std::size_t at, std::size_t columns) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Matrix result(std::max(block.rows(), at + 1), columns, nan);
  for (std::size_t i = 0; i < block.rows(); ++i)
    if (i != at) std::copy(block.row(i).begin(), block.row(i).end(), result.row(i).begin());
  return result;
}

static std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 12;
  std::vector<std::string> some(names.begin(), names.begin() + static_cast<long>(std::min(names.size(), shown)));
  return joined(some, ", ") + (names.size() > shown ? fmt::format(", ... ({} in all)", names.size()) : "");
}

// Which regions have no number at all and how many cells have none.
static void report_coverage(const Accounts& a, std::size_t row, Problems& problems) {
  std::vector<std::size_t> cells(a.regions.size(), 0), known(a.regions.size(), 0);
  std::size_t covered = 0;
  for (std::size_t c = 0; c < a.cells.size(); ++c) {
    const auto region = static_cast<std::size_t>(a.cells[c].region);
    ++cells[region];
    if (std::isnan(a.satellite(row, c))) continue;
    ++known[region];
    ++covered;
  }
  std::vector<std::string> without;
  for (std::size_t r = 0; r < cells.size(); ++r)
    if (cells[r] > 0 && known[r] == 0) without.push_back(a.regions[r].code);
  if (covered == a.cells.size()) return;
  problems.warning("coverage", fmt::format("{} of {} cells have a value", covered, a.cells.size()),
                   without.empty() ? "the others are not available, which is not zero"
                                   : "not available, which is not zero, in all of " + list_of(without),
                   "");
}

Imported parse_satellite(const Accounts& accounts, std::string_view bytes, const std::string& name, const SatelliteOptions& options) {
  JoinTable table(bytes, name, options.text);
  const SatelliteColumns columns = columns_of(table, options);
  const Codes regions = region_codes(accounts), sectors = sector_codes(accounts);
  std::map<std::pair<int, int>, int> cells;
  for (std::size_t c = 0; c < accounts.cells.size(); ++c) cells[{accounts.cells[c].region, accounts.cells[c].sector}] = static_cast<int>(c);

  Accounts a = accounts;
  Satellite row = options.row;
  if (row.code.empty()) row.code = table.header()[static_cast<std::size_t>(columns.value)];
  if (row.name.empty()) row.name = row.code;
  if (columns.group >= 0) {
    row.resolution = Resolution::sector_group;
    row.sector_group.assign(a.sectors.size(), "");
  }
  const int found = satellite_index(a, row.code);
  const std::size_t at = found < 0 ? a.satellites.size() : static_cast<std::size_t>(found);
  Matrix block = with_row(a.satellite, at, a.cells.size());
  std::vector<std::size_t> first_line(a.cells.size(), 0);
  while (table.next()) {
    const int region = table.label(columns.region, regions.numbers, regions.names, "region");
    const int sector = table.label(columns.sector, sectors.numbers, sectors.names, "sector");
    const double value = table.number(columns.value) * options.factor;
    if (region < 0 || sector < 0) continue;
    const auto cell = cells.find({region, sector});
    if (cell == cells.end()) {
      table.problems().error("unknown-cell", table.row(), "",
                             quoted(table.text(columns.region) + '.' + table.text(columns.sector)) + " is no cell of the accounts",
                             "a region and a sector that it has", "take the row out");
      continue;
    }
    put_value(block, at, cell->second, value, options.text.duplicates, first_line, table, cell_label(a, cell->second));
    if (columns.group >= 0) row.sector_group[static_cast<std::size_t>(sector)] = table.text(columns.group);
  }
  if (row.unit.empty())
    table.problems().warning("unit", "the unit of satellite " + quoted(row.code) + " is not known", "a unit", "name it");
  if (found < 0)
    a.satellites.push_back(row);
  else
    a.satellites[at] = row;
  a.satellite = std::move(block);
  if (!a.satellite_final.empty()) a.satellite_final = with_row(a.satellite_final, at, a.final_uses.size());
  report_coverage(a, at, table.problems());
  return {std::move(a), table.finish()};
}

Imported join_satellite(const Accounts& accounts, const std::filesystem::path& path, const SatelliteOptions& options) {
  const std::shared_ptr<const MappedFile> file = MappedFile::open(path);
  Imported result = parse_satellite(accounts, file->text(), path.string(), options);
  result.accounts.sources.push_back({path.filename().string(), sha256(file->text()), options.row.source, ""});
  return result;
}

}  // namespace kontor
