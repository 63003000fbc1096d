#include "read/wiod_jobs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"

namespace kontor {

namespace fs = std::filesystem;

static constexpr double thousand = 1000;  // persons per table unit
static constexpr const char* citation =
    "ILOSTAT, employment by sex and economic activity (EMP_TEMP_SEX_ECO_NB), 2013, scaled to 2011 with the ILO modelled estimates of total "
    "employment (November 2024); sections split over industries in proportion to gross output less intermediate inputs: an estimate";

// Group of each sector, by its code where the table has none.
static std::vector<std::string> groups_of(const Accounts& a, std::string_view text, const std::string& file) {
  std::vector<std::string> groups;
  for (const Sector& sector : a.sectors) groups.push_back(sector.code);
  const CsvTable table = parse_csv(text, file);
  const int code = required_column(table, "code"), group = required_column(table, "group");
  for (const CsvRow& row : table.rows)
    if (const int sector = sector_index(a, table.field(row, code)); sector >= 0)
      groups[static_cast<std::size_t>(sector)] = table.field(row, group);
  return groups;
}

static Finding at(const CsvTable& table, const CsvRow& row, const char* code, const char* column, std::string found, std::string expected,
                  const char* remedy) {
  return {Severity::error, code, table.file, std::to_string(row.line), column, std::move(found), std::move(expected), remedy};
}

// Regions that the table holds in part: a sum over them would look whole and be too small.
static void refuse_partial_regions(const Accounts& a, const Matrix& jobs, const CsvTable& table, Findings& findings) {
  std::map<int, std::pair<std::size_t, std::size_t>> known;  // region: cells with jobs, cells
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    auto& [with_jobs, all] = known[a.cells[i].region];
    with_jobs += !std::isnan(jobs(0, i));
    ++all;
  }
  for (const auto& [region, count] : known)
    if (count.first > 0 && count.first < count.second)
      findings.push_back({Severity::error, "partial-region", table.file, "", "",
                          "jobs of " + quoted(a.regions[static_cast<std::size_t>(region)].code) + " in " + std::to_string(count.first) +
                              " of " + std::to_string(count.second) + " industries",
                          "all industries of a region or none", "add the missing rows"});
}

void add_jobs(Accounts& a, std::string_view jobs_csv, const std::string& jobs_file, std::string_view groups_csv,
              const std::string& groups_file) {
  const CsvTable table = parse_csv(jobs_csv, jobs_file);
  const int region_column = required_column(table, "region"), sector_column = required_column(table, "industry"),
            jobs_column = required_column(table, "employment_1000"), basis_column = table.column("basis");
  std::vector<std::string> regions, sectors;
  for (const Region& r : a.regions) regions.push_back(r.code);
  for (const Sector& s : a.sectors) sectors.push_back(s.code);
  Matrix jobs(1, a.cells.size(), std::nan(""));
  std::set<std::string> broad;
  Findings findings;
  for (const CsvRow& row : table.rows) {
    const std::string &region = table.field(row, region_column), &sector = table.field(row, sector_column);
    const int r = region_index(a, region), s = sector_index(a, sector), cell = r < 0 || s < 0 ? -1 : cell_index(a, r, s);
    double value = 0;
    if (r < 0)
      findings.push_back(at(table, row, "unknown-region", "region", "unknown region " + quoted(region), did_you_mean(region, regions), ""));
    else if (cell < 0)
      findings.push_back(
          at(table, row, "unknown-sector", "industry", "unknown industry " + quoted(sector), did_you_mean(sector, sectors), ""));
    else if (read_number(table.field(row, jobs_column), value) != NumberProblem::none || value < 0)
      findings.push_back(at(table, row, "not-a-number", "employment_1000", quoted(table.field(row, jobs_column)),
                            "thousand persons, zero or more", "leave the region out where it is not known"));
    else if (!std::isnan(jobs(0, static_cast<std::size_t>(cell))))
      findings.push_back(
          at(table, row, "duplicate-label", "", quoted(region + '.' + sector) + " stands twice", "one row a cell", "keep one of the two"));
    else
      jobs(0, static_cast<std::size_t>(cell)) = value * thousand;
    if (table.field(row, basis_column) == "AGGREGATE") broad.insert(region);
  }
  refuse_partial_regions(a, jobs, table, findings);
  throw_if_errors(findings);
  std::vector<std::string> missing;
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    const std::vector<int> cells = cells_of(a, static_cast<int>(r));
    if (!cells.empty() && std::isnan(jobs(0, static_cast<std::size_t>(cells.front())))) missing.push_back(a.regions[r].code);
  }
  Satellite satellite{"jobs", "Employment", "persons", true, Resolution::cell, {}, citation};
  if (!groups_csv.empty()) {
    satellite.resolution = Resolution::sector_group;
    satellite.sector_group = groups_of(a, groups_csv, groups_file);
    a.sources.push_back({fs::path(groups_file).filename().string(), sha256(groups_csv), "", ""});
  }
  a.satellites = {satellite};
  a.satellite = std::move(jobs);
  a.sources.push_back({fs::path(jobs_file).filename().string(), sha256(jobs_csv), citation, "ILOSTAT terms of use"});
  a.notes.push_back("Jobs are an estimate made from sections of activity; industries of one section cannot be compared by output per job.");
  if (!broad.empty())
    a.notes.push_back("Jobs of " + joined({broad.begin(), broad.end()}, ", ") +
                      " are known in a few broad groups only, coarser than the others.");
  if (!missing.empty()) a.notes.push_back("Jobs are not available for " + joined(missing, ", ") + '.');
}

}  // namespace kontor
