// What is known of pairs of regions and of regions themselves: border costs, distances, names and parents.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "kontor/read/join.h"
#include "read/join_table.h"

namespace kontor {

using ParseJoin = Imported (*)(const Accounts&, std::string_view, const std::string&, const ImportOptions&);

static Imported join_file(const Accounts& accounts, const std::filesystem::path& path, const ImportOptions& options, ParseJoin parse) {
  const std::shared_ptr<const MappedFile> file = MappedFile::open(path);
  Imported result = parse(accounts, file->text(), path.string(), options);
  result.accounts.sources.push_back({path.filename().string(), sha256(file->text()), "", ""});
  return result;
}

Imported join_border_costs(const Accounts& a, const std::filesystem::path& path, const ImportOptions& options) {
  return join_file(a, path, options, parse_border_costs);
}
Imported join_distances(const Accounts& a, const std::filesystem::path& path, const ImportOptions& options) {
  return join_file(a, path, options, parse_distances);
}
Imported join_regions(const Accounts& a, const std::filesystem::path& path, const ImportOptions& options) {
  return join_file(a, path, options, parse_regions);
}

// A rate is a share of the value: 5 where 0.05 is meant is the usual slip.
static void check_rate(double rate, const char* what, JoinTable& table) {
  constexpr double highest = 4;  // 400 %: above any tariff that is a rate and not a slip
  if (rate < -1 || rate > highest)
    table.problems().error("rate", table.row(), what, number_text(rate), "a share of the value: 0.05 is 5 %",
                           "divide by 100 if it is in per cent");
}

Imported parse_border_costs(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options) {
  JoinTable table(bytes, name, options);
  const Codes regions = region_codes(accounts), sectors = sector_codes(accounts);
  const int sector_column = table.required({"sector"}), exporter_column = table.required({"exporter"}),
            importer_column = table.required({"importer"});
  const int tariff_column = table.column("tariff"), ntm_column = table.column("ntm_ave");
  if (tariff_column < 0 && ntm_column < 0) table.required({"tariff", "ntm_ave"});
  Accounts a = accounts;
  a.border_costs.clear();
  std::map<std::array<int, 3>, std::size_t> first_line;
  while (table.next()) {
    BorderCost cost;
    cost.sector = table.label(sector_column, sectors.numbers, sectors.names, "sector");
    cost.exporter = table.label(exporter_column, regions.numbers, regions.names, "region");
    cost.importer = table.label(importer_column, regions.numbers, regions.names, "region");
    cost.tariff = table.number(tariff_column);
    cost.ntm_ave = table.number(ntm_column);
    check_rate(cost.tariff, "tariff", table);
    check_rate(cost.ntm_ave, "ntm_ave", table);
    if (cost.sector < 0 || cost.exporter < 0 || cost.importer < 0) continue;
    const auto [first, is_new] = first_line.emplace(std::array<int, 3>{cost.sector, cost.exporter, cost.importer}, table.row());
    if (!is_new)
      table.problems().error("duplicate", table.row(), "",
                             fmt::format("the same border and sector stand in rows {} and {}", first->second, table.row()), "each once",
                             "take one row out");
    a.border_costs.push_back(cost);
  }
  return {std::move(a), table.finish()};
}

static void put_distance(Matrix& km, std::size_t from, std::size_t to, double value, JoinTable& table) {
  double& stored = km(from, to);
  if (value < 0) table.problems().error("distance", table.row(), "km", number_text(value), "a distance of at least 0 km", "correct it");
  if (!std::isnan(stored) && stored != value)
    table.problems().error("duplicate", table.row(), "km",
                           fmt::format("{} km here and {} km before", number_text(value), number_text(stored)), "one distance for a pair",
                           "take one row out");
  stored = value;
}

static void read_pairs(JoinTable& table, const Codes& regions, Matrix& km) {
  const int origin = table.required({"origin"}), destination = table.required({"destination"}), column = table.required({"km"});
  while (table.next()) {
    const int from = table.label(origin, regions.numbers, regions.names, "region"),
              to = table.label(destination, regions.numbers, regions.names, "region");
    const double value = table.number(column);
    if (from >= 0 && to >= 0 && !std::isnan(value))
      put_distance(km, static_cast<std::size_t>(from), static_cast<std::size_t>(to), value, table);
  }
}

// A square table: the first column and the header name the regions.
static void read_square(JoinTable& table, const Codes& regions, Matrix& km) {
  std::vector<int> columns = {-1};
  for (std::size_t j = 1; j < table.header().size(); ++j) {
    const auto found = regions.numbers.find(table.header()[j]);
    if (found == regions.numbers.end())
      table.problems().error("unknown-region", 1, column_name(table.header()[j], j), "unknown region " + quoted(table.header()[j]),
                             "a region of the accounts", did_you_mean(table.header()[j], regions.names));
    columns.push_back(found == regions.numbers.end() ? -1 : found->second);
  }
  while (table.next()) {
    const int from = table.label(0, regions.numbers, regions.names, "region");
    for (std::size_t j = 1; j < columns.size(); ++j) {
      const double value = table.number(static_cast<int>(j));
      if (from >= 0 && columns[j] >= 0 && !std::isnan(value))
        put_distance(km, static_cast<std::size_t>(from), static_cast<std::size_t>(columns[j]), value, table);
    }
  }
}

Imported parse_distances(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options) {
  JoinTable table(bytes, name, options);
  const Codes regions = region_codes(accounts);
  const std::size_t n = accounts.regions.size();
  Matrix km(n, n, std::numeric_limits<double>::quiet_NaN());
  const bool in_pairs = table.column("origin") >= 0 || table.column("destination") >= 0;
  in_pairs ? read_pairs(table, regions, km) : read_square(table, regions, km);
  std::size_t mirrored = 0, missing = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (std::isnan(km(i, j)) && !std::isnan(km(j, i))) km(i, j) = km(j, i), ++mirrored;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) missing += i != j && std::isnan(km(i, j));
  if (mirrored) table.problems().note("mirrored", fmt::format("{} distances are given one way only", mirrored), "they hold both ways");
  if (missing)
    table.problems().warning("coverage", fmt::format("{} pairs of regions have no distance", missing), "not available, which is not zero",
                             "add them if they are needed");
  Accounts a = accounts;
  a.distance = std::move(km);
  return {std::move(a), table.finish()};
}

// True if following the parents from a region leads back to it.
static bool is_own_ancestor(const Accounts& a, std::size_t region) {
  std::string parent = a.regions[region].parent;
  for (std::size_t steps = 0; steps < a.regions.size() && !parent.empty(); ++steps) {
    if (parent == a.regions[region].code) return true;
    const int next = region_index(a, parent);
    parent = next < 0 ? "" : a.regions[static_cast<std::size_t>(next)].parent;
  }
  return false;
}

Imported parse_regions(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options) {
  JoinTable table(bytes, name, options);
  const int code_column = table.required({"code"}), name_column = table.column("name"), parent_column = table.column("parent");
  if (name_column < 0 && parent_column < 0) table.required({"name", "parent"});
  struct Row {
    std::string name, parent;
    std::size_t line;
  };
  std::map<std::string, Row> rows;
  std::vector<std::string> order;
  std::set<std::string> parents;
  while (table.next()) {
    const std::string code = table.text(code_column);
    const auto [first, is_new] = rows.emplace(code, Row{table.text(name_column), table.text(parent_column), table.row()});
    if (!is_new)
      table.problems().error("duplicate", table.row(), "code",
                             fmt::format("{} stands in rows {} and {}", quoted(code), first->second.line, table.row()), "each region once",
                             "take one row out");
    else
      order.push_back(code);
    if (!first->second.parent.empty()) parents.insert(first->second.parent);
  }
  Accounts a = accounts;
  const Codes known = region_codes(accounts);
  const std::size_t before = a.regions.size();
  for (const std::string& code : order) {
    const Row& row = rows.at(code);
    const auto found = known.numbers.find(code);
    if (found == known.numbers.end() && !parents.contains(code)) {
      table.problems().error("unknown-region", row.line, "code", "unknown region " + quoted(code),
                             "a region of the accounts or the parent of one", did_you_mean(code, known.names));
      continue;
    }
    if (!row.parent.empty() && !known.numbers.contains(row.parent) && !rows.contains(row.parent))
      table.problems().error("unknown-region", row.line, "parent", "parent " + quoted(row.parent) + " has no row of its own",
                             "a region of the accounts or of this file", did_you_mean(row.parent, order));
    if (found == known.numbers.end()) {
      a.regions.push_back({code, row.name.empty() ? code : row.name, row.parent, false});
      continue;
    }
    Region& region = a.regions[static_cast<std::size_t>(found->second)];
    if (!row.name.empty()) region.name = row.name;
    if (parent_column >= 0) region.parent = row.parent;
  }
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    if (is_own_ancestor(a, r))
      table.problems().error("parents", 0, "parent", quoted(a.regions[r].code) + " is its own ancestor", "parents that lead to the top",
                             "correct the parents");
    else if (!is_leaf(a, static_cast<int>(r)) &&
             std::any_of(a.cells.begin(), a.cells.end(), [&](const Cell& c) { return c.region == static_cast<int>(r); }))
      table.problems().error("parents", 0, "parent", "region " + quoted(a.regions[r].code) + " has cells and is a parent",
                             "only regions without children have cells", "give the nation a code of its own");
  }
  Findings findings = table.finish();
  if (a.regions.size() > before && !a.distance.empty()) {  // distances are regions by regions: the new ones are not known
    Matrix km(a.regions.size(), a.regions.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < before; ++i) std::copy(a.distance.row(i).begin(), a.distance.row(i).end(), km.row(i).begin());
    a.distance = std::move(km);
  }
  return {std::move(a), std::move(findings)};
}

}  // namespace kontor
