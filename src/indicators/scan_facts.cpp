// Distances and borders between regions: of the accounts, or of a file in the layout of CEPII's GeoDist.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/scan.h"
#include "read/text_source.h"

namespace kontor {

PairFacts pair_facts_of(const Accounts& a) {
  PairFacts facts;
  if (a.distance.empty()) return facts;
  facts.km = Matrix(a.regions.size(), a.regions.size(), std::nan(""));
  for (std::size_t i = 0; i < facts.km.rows; ++i)
    for (std::size_t j = 0; j < facts.km.columns; ++j) facts.km(i, j) = a.distance(i, j);
  facts.source = "the accounts' distances";
  return facts;
}

static int first_column(const CsvTable& table, const std::vector<const char*>& names) {
  for (const char* name : names)
    if (const int column = table.column(name); column >= 0) return column;
  return required_column(table, names.front());  // says which columns there are
}

namespace {

/// A column of the file and the matrix that it fills; the matrix stays empty where the file has no such column.
struct Fact {
  const char* name;
  int column;
  Matrix* to;
  bool distance;
};

}  // namespace

static double number_at(const CsvTable& table, const CsvRow& row, int column, bool distance) {
  const std::string& text = table.field(row, column);
  if (text.empty() || text == "NA" || text == ".") return std::nan("");
  double value = 0.0;
  if (read_number(text, value) != NumberProblem::none || value < 0.0 || (!distance && value > 1.0))
    fail(Exit::data, "not-a-number", table.file, std::to_string(row.line), table.header[static_cast<std::size_t>(column)], quoted(text),
         distance ? "kilometres, at least 0" : "0 or 1", "correct it; leave it empty where it is not known");
  return value;
}

PairFacts read_pair_facts(const std::string& file, const Accounts& a) {
  const TextSource source = read_text(file, "utf-8");
  const CsvTable table = parse_csv(source.text, file);
  const int from = first_column(table, {"iso_o", "origin"}), to = first_column(table, {"iso_d", "destination"});
  PairFacts facts;
  facts.source = std::filesystem::path(file).filename().string();
  std::vector<Fact> columns = {{"km", first_column(table, {"distw", "dist", "km"}), &facts.km, true},
                               {"contig", table.column("contig"), &facts.contiguous, false},
                               {"comlang_off", table.column("comlang_off"), &facts.language, false},
                               {"colony", table.column("colony"), &facts.colony, false}};
  for (Fact& fact : columns)
    if (fact.column >= 0) *fact.to = Matrix(a.regions.size(), a.regions.size(), std::nan(""));
  std::set<std::pair<int, int>> seen;
  std::set<int> found;
  for (const CsvRow& row : table.rows) {
    const int origin = region_index(a, table.field(row, from)), destination = region_index(a, table.field(row, to));
    if (origin < 0 || destination < 0) continue;  // the file may know the whole world
    if (!seen.insert({origin, destination}).second)
      fail(Exit::data, "duplicate", file, std::to_string(row.line), "", lever_id(a, {LeverKind::trade_cost, origin, destination, 0}),
           "each pair once", "take one row out");
    found.insert(origin), found.insert(destination);
    for (const Fact& fact : columns)
      if (fact.column >= 0)
        (*fact.to)(static_cast<std::size_t>(origin), static_cast<std::size_t>(destination)) =
            number_at(table, row, fact.column, fact.distance);
  }
  std::vector<std::string> missing;
  for (const RegionSet& set : single_regions(a))
    if (found.count(set.regions.front()) == 0) missing.push_back(set.code);
  if (found.empty())
    fail(Exit::data, "no-pairs", file, "", table.header[static_cast<std::size_t>(from)], "none of its regions is one of the accounts",
         "codes as in the accounts: " +
             joined({missing.begin(), missing.begin() + static_cast<long>(std::min<std::size_t>(5, missing.size()))}, ", ") + ", ...",
         "rename them in the file");
  if (!missing.empty())
    facts.notes.push_back(facts.source + " has no distances of " + joined(missing, ", ") + ": their pairs are not judged");
  return facts;
}

}  // namespace kontor
