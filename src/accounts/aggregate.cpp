#include "kontor/accounts/aggregate.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"

namespace kontor {

namespace {

/// Where an old index goes: new indices with weights.
using Targets = std::vector<std::vector<std::pair<int, double>>>;

/// A concordance resolved against labels: new codes in order of first appearance, names, and where each old one goes.
struct Resolved {
  std::vector<std::string> codes, names;
  Targets targets;
};

}  // namespace

static Concordance concordance_of(const CsvTable& table) {
  const std::string& file = table.file;
  if (table.header.size() < 2)
    fail(Exit::data, "missing-column", file, "1", "", "one column", "columns from, to[, weight][, name]", "add the columns");
  int from = table.column("from"), to = table.column("to");
  if (from < 0 || to < 0) from = 0, to = 1;
  const int weight = table.column("weight"), name = table.column("name");
  Concordance concordance{file, {}};
  std::map<std::string, double> sums;
  std::map<std::string, std::size_t> first_line;
  Findings findings;
  for (const CsvRow& row : table.rows) {
    Mapping line{table.field(row, from), table.field(row, to), table.field(row, name), 1.0};
    const std::string& written = table.field(row, weight);
    if (!written.empty() && (read_number(written, line.weight) != NumberProblem::none || line.weight < 0.0))
      findings.push_back({Severity::error, "bad-weight", file, std::to_string(row.line), "weight", quoted(written),
                          "a number of zero or more", "correct it"});
    sums[line.from] += line.weight;
    first_line.emplace(line.from, row.line);
    concordance.lines.push_back(std::move(line));
  }
  constexpr double rounding = 1e-6;  // weights are written with a few digits
  for (const auto& [label, sum] : sums)
    if (std::fabs(sum - 1.0) > rounding)
      findings.push_back({Severity::error, "weights-do-not-sum", file, std::to_string(first_line[label]), "weight",
                          "the weights of " + quoted(label) + " sum to " + number_text(sum), "a sum of 1", "correct the weights"});
  throw_if_errors(findings);
  return concordance;
}

Concordance read_concordance(const std::string& file) {
  Concordance concordance = concordance_of(read_csv(file));
  concordance.sha256 = sha256_of_file(file);
  return concordance;
}

Concordance parse_concordance(std::string_view text, const std::string& name) {
  Concordance concordance = concordance_of(parse_csv(text, name));
  concordance.sha256 = sha256(text);
  return concordance;
}

static Resolved resolve(const Concordance& concordance, const std::vector<std::string>& codes, const std::vector<std::string>& names,
                        const std::vector<bool>& needed, const char* kind) {
  Resolved resolved;
  resolved.targets.resize(codes.size());
  if (concordance.lines.empty()) {
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (!needed[i]) continue;
      resolved.targets[i].emplace_back(static_cast<int>(resolved.codes.size()), 1.0);
      resolved.codes.push_back(codes[i]);
      resolved.names.push_back(names[i]);
    }
    return resolved;
  }
  Findings findings;
  for (const Mapping& line : concordance.lines) {
    const auto old = std::find(codes.begin(), codes.end(), line.from);
    if (old == codes.end()) {
      findings.push_back({Severity::error, std::string("unknown-") + kind, concordance.file, "", "",
                          "unknown " + std::string(kind) + ' ' + quoted(line.from), "a " + std::string(kind) + " of the accounts",
                          did_you_mean(line.from, codes)});
      continue;
    }
    auto at = std::find(resolved.codes.begin(), resolved.codes.end(), line.to);
    if (at == resolved.codes.end()) {
      const auto same = std::find(codes.begin(), codes.end(), line.to);
      resolved.codes.push_back(line.to);
      resolved.names.push_back(!line.name.empty()    ? line.name
                               : same != codes.end() ? names[static_cast<std::size_t>(same - codes.begin())]
                                                     : line.to);
      at = resolved.codes.end() - 1;
    }
    if (line.weight != 0.0)
      resolved.targets[static_cast<std::size_t>(old - codes.begin())].emplace_back(static_cast<int>(at - resolved.codes.begin()),
                                                                                   line.weight);
  }
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (needed[i] && resolved.targets[i].empty())
      findings.push_back({Severity::error, std::string("unmapped-") + kind, concordance.file, "", "",
                          std::string(kind) + ' ' + quoted(codes[i]) + " is not mapped", "every " + std::string(kind) + " goes somewhere",
                          "add a line for it"});
  throw_if_errors(findings);
  return resolved;
}

namespace {

/// Pairs (region, something) mapped by two concordances to new pairs, in region-major order.
struct PairMap {
  std::vector<std::pair<int, int>> pairs;
  Targets targets;
};

}  // namespace

static PairMap map_pairs(const std::vector<std::pair<int, int>>& old, const Targets& first, const Targets& second) {
  std::map<std::pair<int, int>, int> index;
  for (const auto& [a, b] : old)
    for (const auto& [to_a, unused] : first[static_cast<std::size_t>(a)])
      for (const auto& [to_b, also_unused] : second[static_cast<std::size_t>(b)]) index.emplace(std::pair{to_a, to_b}, 0);
  PairMap map;
  for (auto& [pair, at] : index) at = static_cast<int>(map.pairs.size()), map.pairs.push_back(pair);
  for (const auto& [a, b] : old) {
    auto& targets = map.targets.emplace_back();
    for (const auto& [to_a, weight_a] : first[static_cast<std::size_t>(a)])
      for (const auto& [to_b, weight_b] : second[static_cast<std::size_t>(b)])
        targets.emplace_back(index.at({to_a, to_b}), weight_a * weight_b);
  }
  return map;
}

// Adds up rows, then columns. Empty targets mean "kept as it is".
static Block add_up(const Block& block, const Targets* rows, std::size_t new_rows, const Targets* columns, std::size_t new_columns) {
  if (block.empty()) return {};
  Matrix by_rows(rows ? new_rows : block.rows(), block.columns());
  for (std::size_t i = 0; i < block.rows(); ++i) {
    const auto add = [&](std::size_t to, double weight) {
      for (std::size_t j = 0; j < block.columns(); ++j) by_rows(to, j) += weight * block(i, j);
    };
    if (!rows)
      add(i, 1.0);
    else
      for (const auto& [to, weight] : (*rows)[i]) add(static_cast<std::size_t>(to), weight);
  }
  if (!columns) return Block(std::move(by_rows));
  Matrix result(by_rows.rows, new_columns);
  for (std::size_t i = 0; i < by_rows.rows; ++i)
    for (std::size_t j = 0; j < by_rows.columns; ++j)
      for (const auto& [to, weight] : (*columns)[j]) result(i, static_cast<std::size_t>(to)) += weight * by_rows(i, j);
  return Block(std::move(result));
}

// Groups of new sectors that share an old group cannot be told apart by the satellite's source.
static std::vector<std::string> merged_groups(const std::vector<std::string>& old_groups, const Resolved& sectors) {
  std::vector<std::size_t> root(sectors.codes.size());
  std::iota(root.begin(), root.end(), 0);
  std::map<std::string, std::size_t> owner;
  for (std::size_t old = 0; old < old_groups.size(); ++old)
    for (const auto& [to, weight] : sectors.targets[old]) {
      const auto s = static_cast<std::size_t>(to);
      const auto [at, is_new] = owner.emplace(old_groups[old], root[s]);
      if (!is_new) std::replace(root.begin(), root.end(), root[s], std::size_t{at->second});
      for (auto& [group, r] : owner)
        if (group == old_groups[old]) r = root[s];
    }
  std::vector<std::string> groups;
  for (std::size_t s = 0; s < root.size(); ++s) {
    std::string name;
    for (std::size_t other = 0; other < root.size(); ++other)
      if (root[other] == root[s]) name += (name.empty() ? "" : "+") + sectors.codes[other];
    groups.push_back(name);
  }
  return groups;
}

// Distance between groups of regions: mean over members weighted by output, unknown if any member's is.
static Block distances_between(const Accounts& a, const Targets& regions, std::size_t count) {
  if (a.distance.empty()) return {};
  std::vector<double> output(a.regions.size(), 0.0);
  for (std::size_t i = 0; i < a.cells.size(); ++i) output[static_cast<std::size_t>(a.cells[i].region)] += a.output(0, i);
  Matrix sum(count, count), weight(count, count);
  for (std::size_t r = 0; r < a.regions.size(); ++r)
    for (std::size_t s = 0; s < a.regions.size(); ++s)
      for (const auto& [to_r, w_r] : regions[r])
        for (const auto& [to_s, w_s] : regions[s]) {
          const double w = w_r * w_s * output[r] * output[s];
          if (w == 0.0) continue;
          sum(static_cast<std::size_t>(to_r), static_cast<std::size_t>(to_s)) += w * a.distance(r, s);
          weight(static_cast<std::size_t>(to_r), static_cast<std::size_t>(to_s)) += w;
        }
  for (std::size_t i = 0; i < sum.values.size(); ++i)
    sum.values[i] = weight.values[i] > 0 ? sum.values[i] / weight.values[i] : std::nan("");
  return Block(std::move(sum));
}

// Regions after aggregation: the new leaves, then those parents that still have children.
static std::vector<Region> new_regions(const Accounts& a, const Resolved& resolved) {
  std::vector<Region> regions;
  for (std::size_t r = 0; r < resolved.codes.size(); ++r) regions.push_back({resolved.codes[r], resolved.names[r], "", false});
  std::vector<std::vector<std::string>> parents(regions.size());
  for (std::size_t old = 0; old < a.regions.size(); ++old)
    for (const auto& [to, weight] : resolved.targets[old]) {
      parents[static_cast<std::size_t>(to)].push_back(a.regions[old].parent);
      regions[static_cast<std::size_t>(to)].external |= a.regions[old].external;
    }
  for (std::size_t r = 0; r < regions.size(); ++r) {
    auto& p = parents[r];
    const bool same = !p.empty() && std::all_of(p.begin(), p.end(), [&](const std::string& x) { return x == p.front(); });
    if (!same || p.front().empty() || p.front() == regions[r].code) continue;
    if (std::find(resolved.codes.begin(), resolved.codes.end(), p.front()) == resolved.codes.end()) regions[r].parent = p.front();
  }
  for (const Region& old : a.regions) {
    const bool used = std::any_of(regions.begin(), regions.begin() + static_cast<long>(resolved.codes.size()),
                                  [&](const Region& r) { return r.parent == old.code; });
    if (used) regions.push_back({old.code, old.name, "", false});
  }
  return regions;
}

// An elasticity belongs to the sector it was estimated for: it is kept where a new sector is just that old one.
static void keep_elasticities(const Accounts& a, const Resolved& sectors, Accounts& out) {
  std::vector<int> members(out.sectors.size(), 0);
  for (const auto& targets : sectors.targets)
    for (const auto& [to, weight] : targets) ++members[static_cast<std::size_t>(to)];
  for (TradeElasticity e : a.trade_elasticities) {
    const auto& targets = sectors.targets[static_cast<std::size_t>(e.sector)];
    if (targets.size() != 1 || members[static_cast<std::size_t>(targets.front().first)] != 1) continue;
    e.sector = targets.front().first;
    out.trade_elasticities.push_back(e);
  }
  if (out.trade_elasticities.size() < a.trade_elasticities.size())
    out.notes.push_back("Trade elasticities of sectors that were added up were left out by the aggregation: the shipped ones are used.");
}

// Purchases of a group of regions no longer share the origins of its members, so the sums are a table.
static void note_lost_kind(const Accounts& a, Accounts& out) {
  if (a.kind == AccountsKind::trade_model)
    out.notes.push_back(
        "The finer accounts are those of a trade model; their sums are a table, balanced by final use `gap`, without the imbalances that "
        "their source states.");
  else if (!a.imbalances.empty())
    out.notes.push_back("Imbalances that the finer accounts state were left out by the aggregation: they are taken from the flows.");
}

Accounts aggregate(const Accounts& a, const Concordance& region_map, const Concordance& sector_map) {
  std::vector<std::string> region_codes, region_names, sector_codes, sector_names;
  std::vector<bool> leaf, all(a.sectors.size(), true);
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    region_codes.push_back(a.regions[r].code), region_names.push_back(a.regions[r].name);
    leaf.push_back(is_leaf(a, static_cast<int>(r)));
  }
  for (const Sector& s : a.sectors) sector_codes.push_back(s.code), sector_names.push_back(s.name);
  const Resolved regions = resolve(region_map, region_codes, region_names, leaf, "region");
  const Resolved sectors = resolve(sector_map, sector_codes, sector_names, all, "sector");

  Accounts out;
  out.title = a.title, out.year = a.year, out.price_year = a.price_year, out.currency = a.currency, out.scale = a.scale;
  out.valuation = a.valuation, out.gross_output = a.gross_output, out.sources = a.sources, out.notes = a.notes;
  out.categories = a.categories, out.primary_rows = a.primary_rows;
  out.regions = new_regions(a, regions);
  for (std::size_t s = 0; s < sectors.codes.size(); ++s)
    out.sectors.push_back({sectors.codes[s], sectors.names[s], sector_map.lines.empty() ? a.sectors[s].classification : ""});

  Targets same_category(a.categories.size());
  for (std::size_t c = 0; c < same_category.size(); ++c) same_category[c].emplace_back(static_cast<int>(c), 1.0);
  std::vector<std::pair<int, int>> cells, uses, imports;
  for (const Cell& c : a.cells) cells.emplace_back(c.region, c.sector);
  for (const FinalUse& f : a.final_uses) uses.emplace_back(f.region, f.category);
  for (const Import& i : a.imports) imports.emplace_back(i.region, i.sector);
  const PairMap cell_map = map_pairs(cells, regions.targets, sectors.targets);
  const PairMap use_map = map_pairs(uses, regions.targets, same_category);
  const PairMap import_map = map_pairs(imports, regions.targets, sectors.targets);
  for (const auto& [r, s] : cell_map.pairs) {
    if (out.regions[static_cast<std::size_t>(r)].external)
      fail(Exit::data, "external-with-cells", region_map.file, "", "",
           "region " + quoted(out.regions[static_cast<std::size_t>(r)].code) + " would hold cells and be external",
           "external regions are not added to others", "map the external region to itself");
    out.cells.push_back({r, s, s});
  }
  for (const auto& [r, c] : use_map.pairs) out.final_uses.push_back({r, c});
  for (const auto& [r, s] : import_map.pairs) out.imports.push_back({r, s});

  const std::size_t n = out.cells.size(), m = out.final_uses.size(), k = out.imports.size();
  const Targets *by_cell = &cell_map.targets, *by_use = &use_map.targets, *by_import = &import_map.targets;
  out.intermediate = add_up(a.intermediate, by_cell, n, by_cell, n);
  out.final_use = add_up(a.final_use, by_cell, n, by_use, m);
  out.imports_intermediate = add_up(a.imports_intermediate, by_import, k, by_cell, n);
  out.imports_final = add_up(a.imports_final, by_import, k, by_use, m);
  out.primary = add_up(a.primary, nullptr, 0, by_cell, n);
  out.primary_final = add_up(a.primary_final, nullptr, 0, by_use, m);
  out.output = add_up(a.output, nullptr, 0, by_cell, n);
  out.satellite = add_up(a.satellite, nullptr, 0, by_cell, n);  // NaN of a member makes the sum NaN, as it should
  out.satellite_final = add_up(a.satellite_final, nullptr, 0, by_use, m);
  out.satellites = a.satellites;
  for (Satellite& s : out.satellites)
    if (!s.sector_group.empty()) s.sector_group = merged_groups(s.sector_group, sectors);
  const Block leaf_distances = distances_between(a, regions.targets, regions.codes.size());
  if (!leaf_distances.empty()) {
    Matrix distance(out.regions.size(), out.regions.size(), std::nan(""));
    for (std::size_t r = 0; r < leaf_distances.rows(); ++r)
      for (std::size_t s = 0; s < leaf_distances.columns(); ++s) distance(r, s) = leaf_distances(r, s);
    out.distance = Block(std::move(distance));
  }
  keep_elasticities(a, sectors, out);
  note_lost_kind(a, out);
  if (!a.border_costs.empty())
    out.notes.push_back(
        "Tariffs and non-tariff measures of the finer accounts were left out by the aggregation: join rates for the new regions and "
        "sectors.");
  return out;
}

Accounts aggregate_and_say(const Accounts& fine, const Concordance& regions, const Concordance& sectors, const std::string& title) {
  Accounts coarse = aggregate(fine, regions, sectors);
  if (!title.empty()) coarse.title = title;
  coarse.made_by = fine.made_by + "; kontor aggregate";
  for (const auto& [option, used] : {std::pair(" --regions ", &regions), std::pair(" --sectors ", &sectors)}) {
    if (used->file.empty()) continue;
    const std::string name = std::filesystem::path(used->file).filename().string();
    coarse.made_by += option + name;
    coarse.sources.push_back({name, used->sha256, "concordance", ""});
  }
  return coarse;
}

}  // namespace kontor
