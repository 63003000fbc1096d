#include "read/long_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr std::size_t most_pairs = std::size_t{1} << 27;  // (region, label) pairs: far above any table

LongShape shape_of(const LongRows& input, const std::string& external_regions, const std::string& file) {
  LongShape shape;
  shape.regions = static_cast<std::size_t>(input.regions.size());
  const auto sectors = static_cast<std::size_t>(input.sectors.size());
  if (shape.regions * sectors > most_pairs || shape.regions * shape.regions > most_pairs)
    fail(Exit::data, "too-many-labels", file, "", "", fmt::format("{} regions and {} sectors", shape.regions, sectors),
         "as many labels as a table of accounts has", "is a column of labels a column of numbers?");
  for (int s = 0; s < input.sectors.size(); ++s) shape.kinds.push_back(sector_kind(input.sectors[s].text));
  shape.external.assign(shape.regions, 0);
  shape.flows.assign(shape.regions * shape.regions, 0);
  if (external_regions.empty()) return shape;
  std::vector<std::string> names;
  for (int r = 0; r < input.regions.size(); ++r) names.push_back(input.regions[r].text);
  for (const std::string& name : split(external_regions, ';')) {
    const int region = input.regions.find(name);
    if (region < 0)
      fail(Exit::usage, "unknown-region", "", "", "--with external", "no region " + quoted(name) + " in the file", "",
           did_you_mean(name, names));
    shape.external[static_cast<std::size_t>(region)] = 1;
  }
  return shape;
}

static std::string flow_name(const LongRows& in, const LongRow& row) {
  return quoted(in.regions[row.from_region].text + '.' + in.sectors[row.from_sector].text) + " to " +
         quoted(in.regions[row.to_region].text + '.' + in.sectors[row.to_sector].text);
}

namespace {
struct Rule {
  const char* expected;
  const char* remedy;
};
}  // namespace

// The rule that the labels of a row break; none if they make sense together.
static const Rule* broken_rule(const LongRows& in, const LongShape& shape, const LongRow& row) {
  static constexpr Rule no_sector = {"a sector on both sides", "fill in from_sector and to_sector"};
  static constexpr Rule no_region = {"a region on both sides", "fill in from_region and to_region"};
  static constexpr Rule final_sells = {"final use buys, it does not sell", "`FD` stands in to_sector"};
  static constexpr Rule name_buys = {"`VA:` and `SAT:` rows do not buy", "they stand in from_sector"};
  static constexpr Rule output_of_none = {"output `X` belongs to a sector", "name the sector on the other side"};
  static constexpr Rule other_region = {"`X`, `VA:` and `SAT:` belong to the region of the sector beside them",
                                        "leave their region empty or repeat it"};
  static constexpr Rule abroad = {"an external region has no output, primary inputs or satellites", "take the row out"};
  const std::string &from = in.regions[row.from_region].text, &to = in.regions[row.to_region].text;
  const SectorKind seller = shape.kind(row.from_sector), buyer = shape.kind(row.to_sector);
  if (in.sectors[row.from_sector].text.empty() || in.sectors[row.to_sector].text.empty()) return &no_sector;
  if (seller == SectorKind::final_use) return &final_sells;
  if (buyer == SectorKind::primary || buyer == SectorKind::satellite) return &name_buys;
  if (buyer == SectorKind::output) {
    if (seller != SectorKind::sector) return &output_of_none;
    if (from.empty()) return &no_region;
    if (shape.is_external(row.from_region)) return &abroad;
    return to.empty() || to == from ? nullptr : &other_region;
  }
  if (to.empty()) return &no_region;
  if (seller == SectorKind::sector) return from.empty() ? &no_region : nullptr;
  if (seller == SectorKind::output && buyer != SectorKind::sector) return &output_of_none;
  if (shape.is_external(row.to_region) && buyer == SectorKind::sector) return &abroad;
  return from.empty() || from == to ? nullptr : &other_region;
}

void check_rows(LongRows& in, LongShape& shape, Problems& problems) {
  const auto is_bad = [&](LongRow& row) {
    if (const Rule* rule = broken_rule(in, shape, row)) {
      problems.error("row", row.line, "", flow_name(in, row), rule->expected, rule->remedy);
      return true;
    }
    // From here on both sides of X, VA and SAT rows carry the region of their sector.
    if (shape.kind(row.to_sector) == SectorKind::output) row.to_region = row.from_region;
    if (shape.kind(row.from_sector) != SectorKind::sector)
      row.from_region = row.to_region;
    else if (shape.kind(row.to_sector) == SectorKind::sector)
      shape.flow(row.from_region, row.to_region) |= 2;
    else if (shape.kind(row.to_sector) == SectorKind::final_use)
      shape.flow(row.from_region, row.to_region) |= 1;
    return false;
  };
  std::erase_if(in.rows, is_bad);
}

void settle_duplicates(LongRows& in, const ImportOptions& options, Problems& problems) {
  const auto sectors = static_cast<std::uint64_t>(in.sectors.size());
  const std::uint64_t pairs = sectors * static_cast<std::uint64_t>(in.regions.size());  // below 2^27, so a key fits
  const auto key_of = [&](const LongRow& r) {
    return (static_cast<std::uint64_t>(r.from_region) * sectors + static_cast<std::uint64_t>(r.from_sector)) * pairs +
           static_cast<std::uint64_t>(r.to_region) * sectors + static_cast<std::uint64_t>(r.to_sector);
  };
  // An open-addressing table of row numbers + 1: the only thing here that must be quick on millions of rows.
  std::size_t slots = 16;
  while (slots < 2 * in.rows.size()) slots *= 2;
  std::vector<std::uint32_t> table(slots, 0);
  std::vector<char> drop(in.rows.size(), 0);
  std::size_t repeated = 0;
  for (std::size_t k = 0; k < in.rows.size(); ++k) {
    const std::uint64_t key = key_of(in.rows[k]);
    std::size_t slot = (key * 0x9E3779B97F4A7C15u >> 20) & (slots - 1);
    while (table[slot] && key_of(in.rows[table[slot] - 1]) != key) slot = (slot + 1) & (slots - 1);
    if (!table[slot]) {
      table[slot] = static_cast<std::uint32_t>(k + 1);
      continue;
    }
    LongRow& first = in.rows[table[slot] - 1];
    const LongRow& again = in.rows[k];
    drop[k] = 1;
    ++repeated;
    if (options.duplicates == Duplicates::error)
      problems.error("duplicate", again.line, "",
                     flow_name(in, again) + " stands in rows " + std::to_string(first.line) + " and " + std::to_string(again.line),
                     "each flow once", "say `--duplicates sum` or `--duplicates first`, or take one row out");
    if (options.duplicates == Duplicates::sum)
      first.value = std::isnan(first.value) ? again.value : std::isnan(again.value) ? first.value : first.value + again.value;
  }
  if (repeated == 0) return;
  std::size_t k = 0;
  std::erase_if(in.rows, [&](const LongRow&) { return drop[k++] != 0; });
  if (options.duplicates != Duplicates::error)
    problems.note("duplicate", std::to_string(repeated) + " rows give a flow a second time",
                  options.duplicates == Duplicates::sum ? "they were added up" : "the first of each was kept");
}

void settle_values(LongRows& in, const LongShape& shape, const ImportOptions& options, Problems& problems) {
  std::size_t missing = 0, first_missing = 0;
  for (const LongRow& row : in.rows) {
    const SectorKind seller = shape.kind(row.from_sector);
    if (std::isnan(row.value) && seller != SectorKind::satellite && missing++ == 0) first_missing = row.line;
    if (!(row.value < 0) || seller != SectorKind::sector || shape.kind(row.to_sector) != SectorKind::sector) continue;
    if (options.allow_negative)
      problems.add(Severity::note, "negative-flow", std::to_string(row.line), "value", flow_name(in, row) + " is " + number_text(row.value),
                   "kept, as --allow-negative says", "balance with GRAS, not RAS");
    else
      problems.error("negative-flow", row.line, "value", flow_name(in, row) + " is " + number_text(row.value),
                     "intermediate flows of at least 0", "correct it, or say `--allow-negative`");
  }
  if (missing == 0) return;
  const auto no_value = [&](const LongRow& row) { return std::isnan(row.value) && shape.kind(row.from_sector) != SectorKind::satellite; };
  std::erase_if(in.rows, no_value);
  problems.add(options.missing_zero ? Severity::note : Severity::warning, "missing-value", std::to_string(first_missing), "value",
               std::to_string(missing) + " rows have no value, the first here", "they stand as 0 in the table",
               "fill them in, or say `--missing zero` if they are zero");
}

// A region that trades inside itself has production accounts; every pair of such regions should have its block.
static std::size_t check_blocks(const LongRows& in, const LongShape& shape, const ImportOptions& options, Problems& problems) {
  const auto count = static_cast<int>(shape.regions);
  std::size_t absent = 0;
  for (int r = 0; r < count; ++r)
    for (int s = 0; s < count; ++s) {
      if (!shape.flow(r, r) || !shape.flow(s, s) || shape.flow(r, s) || shape.is_external(r) || shape.is_external(s)) continue;
      ++absent;
      const std::string found = "no flows from " + quoted(in.regions[r].text) + " to " + quoted(in.regions[s].text);
      if (options.missing_zero)
        problems.note("missing-block", found, "taken as zero, as --missing says");
      else
        problems.error("missing-block", 0, "", found, "every pair of regions has its block of flows",
                       "add it, or say `--missing zero` if there is no such trade");
    }
  return absent;
}

std::size_t check_regions(const LongRows& in, const LongShape& shape, const ImportOptions& options, Problems& problems) {
  const auto count = static_cast<int>(shape.regions);
  for (int r = 0; r < count; ++r) {
    const Label& label = in.regions[r];
    if (label.text.empty() || shape.is_external(r)) continue;
    char sells = 0, buys = 0;
    for (int s = 0; s < count; ++s) {
      sells |= shape.flow(r, s);
      buys |= shape.flow(s, r);
    }
    const std::string remedy = "say `--with external=" + label.text + "` if it stands for abroad";
    if (!(sells & 2) && !(buys & 2))
      problems.error("no-cells", label.row, label.column,
                     "region " + quoted(label.text) +
                         (sells  ? " only sells to final use"
                          : buys ? " only buys for final use"
                                 : " has no flows"),
                     "a region with production accounts of its own", remedy);
    else if (!sells || !(buys & 2))
      problems.add(Severity::warning, "one-way-region", std::to_string(label.row), label.column,
                   "region " + quoted(label.text) + (sells ? " sells but buys no inputs" : " buys inputs but sells nothing"), "", remedy);
  }
  return check_blocks(in, shape, options, problems);
}

}  // namespace kontor
