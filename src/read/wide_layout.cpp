#include "read/wide_layout.h"

#include <algorithm>
#include <map>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

using Key = std::pair<std::string, std::string>;  // region, code

static bool is_one_of(std::span<const char* const> codes, const std::string& code) {
  return std::any_of(codes.begin(), codes.end(), [&](const char* c) { return code == c; });
}

static std::string name_of(const WideLabel& label) { return label.region.empty() ? label.code : label.region + '.' + label.code; }
Finding wide_problem(const char* code, const WideTable& table, const WideLabel* row, const WideLabel* column, std::string found,
                     std::string expected, std::string remedy) {
  return {Severity::error,
          code,
          table.file,
          row ? row->place : "",
          column ? name_of(*column) + " (" + column->place + ")" : "",
          std::move(found),
          std::move(expected),
          std::move(remedy)};
}

// Blank edges and letters that only look alike make two labels of one: both are refused.
static void check_labels(const WideTable& table, std::span<const WideLabel> labels, Findings& findings) {
  std::map<std::string, std::string> seen;  // skeleton and label
  for (const WideLabel& label : labels)
    for (const std::string* text : {&label.region, &label.code}) {
      if (trimmed(*text).size() != text->size())
        findings.push_back(wide_problem("near-duplicate-label", table, &label, nullptr,
                                        "label " + quoted(*text) + " has a blank at its edge",
                                        "did you mean " + quoted(std::string(trimmed(*text))) + "?", "take the blank out"));
      const std::string& twin = seen.emplace(look_alike_skeleton(*text), *text).first->second;
      if (twin != *text)
        findings.push_back(wide_problem("look-alike-label", table, &label, nullptr,
                                        "labels " + quoted(*text) + " and " + quoted(twin) + " look alike but differ in their letters",
                                        "one spelling, in one alphabet", "write both in the same alphabet"));
    }
}

static std::map<Key, std::size_t> index_of(const WideTable& table, std::span<const WideLabel> labels, Findings& findings) {
  std::map<Key, std::size_t> index;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto [first, fresh] = index.emplace(Key{labels[i].region, labels[i].code}, i);
    if (!fresh)
      findings.push_back(wide_problem("duplicate-label", table, &labels[i], nullptr, quoted(name_of(labels[i])) + " stands twice",
                                      "also at " + labels[first->second].place, "keep one of the two"));
  }
  return index;
}
namespace {

/// What is known while the labels are gone through.
struct Builder {
  const WideTable& table;
  const WideMeaning& meaning;
  Accounts& a;
  WideLayout layout;
  std::map<Key, std::size_t> rows, columns;
  std::map<std::string, int> regions, sectors, categories;
  Findings findings;

  void complain(const char* code, const WideLabel* row, const WideLabel* column, std::string found, std::string expected,
                std::string remedy) {
    findings.push_back(wide_problem(code, table, row, column, std::move(found), std::move(expected), std::move(remedy)));
  }
};

}  // namespace

// A row without a region: a primary input, output, or a total that only adds others up.
static void add_common_row(Builder& b, std::size_t i) {
  const WideLabel& row = b.table.rows[i];
  const auto& primary = b.meaning.primary;
  const auto known = std::find_if(primary.begin(), primary.end(), [&](const PrimaryRow& p) { return p.code == row.code; });
  if (known != primary.end()) {
    b.a.primary_rows.push_back(*known);
    b.layout.primary_rows.push_back(i);
  } else if (is_one_of(b.meaning.output, row.code)) {
    b.layout.output_row = static_cast<std::ptrdiff_t>(i);
  } else if (!is_one_of(b.meaning.totals, row.code)) {
    b.complain("unknown-row", &row, nullptr, "row " + quoted(row.code) + " belongs to no region",
               "a row of a region and sector, or a known primary input", "take the row out");
  }
}

static void add_cell(Builder& b, std::size_t i) {
  const WideLabel& row = b.table.rows[i];
  const auto [region, new_region] = b.regions.emplace(row.region, static_cast<int>(b.a.regions.size()));
  if (new_region) b.a.regions.push_back({row.region, row.region, "", false});
  const auto [sector, new_sector] = b.sectors.emplace(row.code, static_cast<int>(b.a.sectors.size()));
  if (new_sector) b.a.sectors.push_back({row.code, row.name.empty() ? row.code : row.name, ""});
  b.a.cells.push_back({region->second, sector->second, sector->second});
  b.layout.cell_rows.push_back(i);
  const auto column = b.columns.find({row.region, row.code});
  if (column == b.columns.end())
    b.complain("missing-column", &row, nullptr, "row " + quoted(name_of(row)) + " has no column of the same name",
               "each producer stands in a row and in a column", "is the sheet complete?");
  else
    b.layout.cell_columns.push_back(column->second);
}

static void add_parents(Builder& b) {
  for (const WideParent& part : b.meaning.parents) {
    const auto found = b.regions.find(part.region);
    if (found == b.regions.end()) continue;
    Region& region = b.a.regions[static_cast<std::size_t>(found->second)];
    region.name = part.name, region.parent = part.parent;
    if (b.regions.emplace(part.parent, static_cast<int>(b.a.regions.size())).second)
      b.a.regions.push_back({part.parent, part.parent_name, "", false});
  }
}

// A column that is no producer's: output, a total, or final use.
static void add_other_column(Builder& b, std::size_t c) {
  const WideLabel& column = b.table.columns[c];
  if (column.region.empty()) {
    if (is_one_of(b.meaning.output, column.code))
      b.layout.output_column = static_cast<std::ptrdiff_t>(c);
    else if (!is_one_of(b.meaning.totals, column.code))
      b.complain("unknown-column", nullptr, &column, "column " + quoted(column.code) + " belongs to no region",
                 "a column of a region, or gross output at the end", "take the column out");
    return;
  }
  if (b.sectors.count(column.code))
    return b.complain("missing-row", nullptr, &column, "column " + quoted(name_of(column)) + " has no row of the same name",
                      "each producer stands in a row and in a column", "is the sheet complete?");
  const auto region = b.regions.find(column.region);
  if (region == b.regions.end()) {
    std::vector<std::string> codes;
    for (const Region& r : b.a.regions) codes.push_back(r.code);
    return b.complain("unknown-region", nullptr, &column, "unknown region " + quoted(column.region), did_you_mean(column.region, codes),
                      "correct the header");
  }
  const auto& categories = b.meaning.categories;
  const auto known = std::find_if(categories.begin(), categories.end(), [&](const FinalCategory& f) { return f.code == column.code; });
  if (known == categories.end()) {
    std::vector<std::string> codes;
    for (const FinalCategory& f : categories) codes.push_back(f.code);
    return b.complain("unknown-final-use", nullptr, &column, "unknown final use " + quoted(column.code), did_you_mean(column.code, codes),
                      "correct the header");
  }
  const auto [category, fresh] = b.categories.emplace(column.code, static_cast<int>(b.a.categories.size()));
  if (fresh) b.a.categories.push_back(*known);
  b.a.final_uses.push_back({region->second, category->second});
  b.layout.use_columns.push_back(c);
}

WideLayout lay_out(const WideTable& table, const WideMeaning& meaning, Accounts& a) {
  Builder b{table, meaning, a, {}, {}, {}, {}, {}, {}, {}};
  check_labels(table, table.rows, b.findings);
  check_labels(table, table.columns, b.findings);
  b.columns = index_of(table, table.columns, b.findings);
  b.rows = index_of(table, table.rows, b.findings);
  throw_if_errors(b.findings);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (table.rows[i].region.empty())
      add_common_row(b, i);
    else
      add_cell(b, i);
  add_parents(b);
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].region.empty() || !b.rows.count({table.columns[c].region, table.columns[c].code})) add_other_column(b, c);
  if (a.cells.empty() && !has_errors(b.findings))
    fail(Exit::data, "no-cells", table.file, "", "", "no row stands for a region and sector", "rows of producers",
         "is this the right file?");
  throw_if_errors(b.findings);
  return b.layout;
}

}  // namespace kontor
