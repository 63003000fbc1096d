#include "read/wide_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr double rounding = 1e-6;         // table units: one dollar where the unit is a million
static constexpr double worth_a_warning = 1e-3;  // gap as a share of output
static constexpr double not_this_table = 0.05;   // such a gap is a damaged or misread table
static constexpr std::size_t most_listed = 10;

using Key = std::pair<std::string, std::string>;  // region, code

namespace {

/// Which row and column of the sheet is what.
struct Layout {
  std::vector<std::size_t> cell_rows, cell_columns;    // by cell
  std::vector<std::size_t> use_columns;                // by final use
  std::vector<std::size_t> primary_rows;               // of the sheet, by primary row
  std::ptrdiff_t output_column = -1, output_row = -1;  // -1: none
};

}  // namespace

static bool is_one_of(std::span<const char* const> codes, const std::string& code) {
  return std::any_of(codes.begin(), codes.end(), [&](const char* c) { return code == c; });
}

static std::string name_of(const WideLabel& label) { return label.region.empty() ? label.code : label.region + '.' + label.code; }

static void complain(Findings& findings, const char* code, const WideTable& table, const WideLabel* row, const WideLabel* column,
                     std::string found, std::string expected, std::string remedy) {
  findings.push_back({Severity::error, code, table.file, row ? row->place : "", column ? name_of(*column) + " (" + column->place + ")" : "",
                      std::move(found), std::move(expected), std::move(remedy)});
}

// Blank edges and letters that only look alike make two labels of one: both are refused.
static void check_labels(const WideTable& table, std::span<const WideLabel> labels, Findings& findings) {
  std::map<std::string, std::string> seen;  // skeleton and label
  for (const WideLabel& label : labels)
    for (const std::string* text : {&label.region, &label.code}) {
      if (trimmed(*text).size() != text->size())
        complain(findings, "near-duplicate-label", table, &label, nullptr, "label " + quoted(*text) + " has a blank at its edge",
                 "did you mean " + quoted(std::string(trimmed(*text))) + "?", "take the blank out");
      const std::string& twin = seen.emplace(look_alike_skeleton(*text), *text).first->second;
      if (twin != *text)
        complain(findings, "look-alike-label", table, &label, nullptr,
                 "labels " + quoted(*text) + " and " + quoted(twin) + " look alike but differ in their letters",
                 "one spelling, in one alphabet", "write both in the same alphabet");
    }
}

static std::map<Key, std::size_t> index_of(const WideTable& table, std::span<const WideLabel> labels, Findings& findings) {
  std::map<Key, std::size_t> index;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto [first, fresh] = index.emplace(Key{labels[i].region, labels[i].code}, i);
    if (!fresh)
      complain(findings, "duplicate-label", table, &labels[i], nullptr, quoted(name_of(labels[i])) + " stands twice",
               "also at " + labels[first->second].place, "keep one of the two");
  }
  return index;
}

// Regions, sectors and cells from the rows; final uses from the columns that are no cells.
static Layout lay_out(const WideTable& table, const WideMeaning& meaning, Accounts& a) {
  Findings findings;
  check_labels(table, table.rows, findings);
  check_labels(table, table.columns, findings);
  const auto columns = index_of(table, table.columns, findings);
  const auto rows = index_of(table, table.rows, findings);
  throw_if_errors(findings);
  Layout layout;
  std::map<std::string, int> regions, sectors, categories;
  std::vector<std::string> region_codes, known_columns;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const WideLabel& row = table.rows[i];
    if (row.region.empty()) {
      const auto known =
          std::find_if(meaning.primary.begin(), meaning.primary.end(), [&](const PrimaryRow& p) { return p.code == row.code; });
      if (known != meaning.primary.end()) {
        a.primary_rows.push_back(*known);
        layout.primary_rows.push_back(i);
      } else if (is_one_of(meaning.output, row.code)) {
        layout.output_row = static_cast<std::ptrdiff_t>(i);
      } else if (!is_one_of(meaning.totals, row.code)) {
        complain(findings, "unknown-row", table, &row, nullptr, "row " + quoted(row.code) + " belongs to no region",
                 "a row of a region and sector, or a known primary input", "take the row out");
      }
      continue;
    }
    const auto [region, new_region] = regions.emplace(row.region, static_cast<int>(a.regions.size()));
    if (new_region) a.regions.push_back({row.region, row.region, "", false}), region_codes.push_back(row.region);
    const auto [sector, new_sector] = sectors.emplace(row.code, static_cast<int>(a.sectors.size()));
    if (new_sector) a.sectors.push_back({row.code, row.name.empty() ? row.code : row.name, ""});
    a.cells.push_back({region->second, sector->second, sector->second});
    layout.cell_rows.push_back(i);
    const auto column = columns.find({row.region, row.code});
    if (column == columns.end())
      complain(findings, "missing-column", table, &row, nullptr, "row " + quoted(name_of(row)) + " has no column of the same name",
               "each producer stands in a row and in a column", "is the sheet complete?");
    else
      layout.cell_columns.push_back(column->second);
  }
  for (const WideParent& part : meaning.parents) {
    if (!regions.count(part.region)) continue;
    Region& region = a.regions[static_cast<std::size_t>(regions[part.region])];
    region.name = part.name, region.parent = part.parent;
    if (regions.emplace(part.parent, static_cast<int>(a.regions.size())).second)
      a.regions.push_back({part.parent, part.parent_name, "", false}), region_codes.push_back(part.parent);
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const WideLabel& column = table.columns[c];
    if (rows.count({column.region, column.code}) && !column.region.empty()) continue;
    if (column.region.empty()) {
      if (is_one_of(meaning.output, column.code))
        layout.output_column = static_cast<std::ptrdiff_t>(c);
      else if (!is_one_of(meaning.totals, column.code))
        complain(findings, "unknown-column", table, nullptr, &column, "column " + quoted(column.code) + " belongs to no region",
                 "a column of a region, or gross output at the end", "take the column out");
      continue;
    }
    if (sectors.count(column.code)) {
      complain(findings, "missing-row", table, nullptr, &column, "column " + quoted(name_of(column)) + " has no row of the same name",
               "each producer stands in a row and in a column", "is the sheet complete?");
      continue;
    }
    const auto region = regions.find(column.region);
    if (region == regions.end()) {
      complain(findings, "unknown-region", table, nullptr, &column, "unknown region " + quoted(column.region),
               did_you_mean(column.region, region_codes), "correct the header");
      continue;
    }
    const auto known =
        std::find_if(meaning.categories.begin(), meaning.categories.end(), [&](const FinalCategory& f) { return f.code == column.code; });
    if (known == meaning.categories.end()) {
      std::vector<std::string> codes;
      for (const FinalCategory& f : meaning.categories) codes.push_back(f.code);
      complain(findings, "unknown-final-use", table, nullptr, &column, "unknown final use " + quoted(column.code),
               did_you_mean(column.code, codes), "correct the header");
      continue;
    }
    const auto [category, fresh] = categories.emplace(column.code, static_cast<int>(a.categories.size()));
    if (fresh) a.categories.push_back(*known);
    a.final_uses.push_back({region->second, category->second});
    layout.use_columns.push_back(c);
  }
  if (a.cells.empty() && !has_errors(findings))
    fail(Exit::data, "no-cells", table.file, "", "", "no row stands for a region and sector", "rows of producers",
         "is this the right file?");
  throw_if_errors(findings);
  return layout;
}

static Matrix taken(const WideTable& table, const std::vector<std::size_t>& rows, const std::vector<std::size_t>& columns) {
  Matrix block(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto from = table.numbers.row(rows[i]);
    const auto to = block.row(i);
    for (std::size_t j = 0; j < columns.size(); ++j) to[j] = from[columns[j]];
  }
  return block;
}

static std::string figure(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

static std::string percent(double share) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4f %%", 100 * share);
  return text;
}

static Finding finding(Severity severity, const char* code, const WideTable& table, std::string found, std::string expected = "",
                       std::string remedy = "") {
  return {severity, code, table.file, "", "", std::move(found), std::move(expected), std::move(remedy)};
}

static void check_flows(const WideTable& table, const Layout& layout, const Matrix& z, const Matrix& y, const ImportOptions& options,
                        const Accounts& a, Findings& notes) {
  Findings errors;
  std::size_t negative = 0;
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t j = 0; j < z.columns; ++j)
      if (z(i, j) < 0 && ++negative <= 200 && !options.allow_negative)
        complain(errors, "negative-flow", table, &table.rows[layout.cell_rows[i]], &table.columns[layout.cell_columns[j]],
                 "a sale of " + figure(z(i, j)) + " by " + quoted(cell_label(a, static_cast<int>(i))),
                 "flows between producers are not negative", "correct it, or keep it with --allow-negative");
  throw_if_errors(errors);
  if (negative)
    notes.push_back(finding(Severity::warning, "negative-flow", table, std::to_string(negative) + " negative flows between producers",
                            "kept, as --allow-negative says", "balance with GRAS, not with RAS"));
  std::vector<std::size_t> by_category(a.categories.size());
  for (std::size_t i = 0; i < y.rows; ++i)
    for (std::size_t k = 0; k < y.columns; ++k)
      if (y(i, k) < 0) ++by_category[static_cast<std::size_t>(a.final_uses[k].category)];
  for (std::size_t c = 0; c < by_category.size(); ++c)
    if (by_category[c]) {
      const bool usual = a.categories[c].role == FinalRole::inventories || a.categories[c].role == FinalRole::discrepancy;
      notes.push_back(finding(usual ? Severity::note : Severity::warning, "negative-final-use", table,
                              std::to_string(by_category[c]) + " negative cells of final use " + quoted(a.categories[c].code) + " (" +
                                  a.categories[c].name + ")",
                              usual ? "stocks can be run down" : "kept as the publisher has them"));
    }
}

namespace {

/// What the sheet says of output beside what its rows and columns add up to.
struct Totals {
  std::vector<double> reported, rows, inputs, costs;  // costs: inputs and primary rows
  bool whole_numbers = true;
};

}  // namespace

static Totals totals_of(const WideTable& table, const Layout& layout, const Matrix& z, const Matrix& y, const Matrix& v) {
  Totals t;
  const std::size_t n = z.rows;
  std::vector<Sum> inputs(n);
  for (std::size_t i = 0; i < n; ++i) {
    Sum row;
    for (std::size_t j = 0; j < n; ++j) {
      const double flow = z(i, j);
      row.add(flow);
      inputs[j].add(flow);
      t.whole_numbers = t.whole_numbers && flow == std::trunc(flow);
    }
    for (const double use : y.row(i)) row.add(use);
    t.rows.push_back(row.value());
    if (layout.output_column >= 0)
      t.reported.push_back(table.numbers(layout.cell_rows[i], static_cast<std::size_t>(layout.output_column)));
    else if (layout.output_row >= 0)
      t.reported.push_back(table.numbers(static_cast<std::size_t>(layout.output_row), layout.cell_columns[i]));
  }
  for (std::size_t j = 0; j < n; ++j) {
    t.inputs.push_back(inputs[j].value());
    for (std::size_t p = 0; p < v.rows; ++p) inputs[j].add(v(p, j));
    t.costs.push_back(inputs[j].value());
  }
  return t;
}

static std::vector<double> chosen_output(const WideTable& table, const Totals& t, bool has_primary, const ImportOptions& options,
                                         Accounts& a, Findings& notes) {
  GrossOutput choice = options.gross_output;
  if (choice == GrossOutput::reported && t.reported.empty()) {
    if (options.gross_output_chosen)
      fail(Exit::data, "no-output", table.file, "", "", "the sheet reports no gross output", "a column of gross output",
           "choose --gross-output row_sums");
    notes.push_back(finding(Severity::warning, "no-output", table, "the sheet reports no gross output", "row sums are taken instead"));
    choice = GrossOutput::row_sums;
  }
  if (choice == GrossOutput::column_sums && !has_primary)
    fail(Exit::data, "no-primary-inputs", table.file, "", "", "the sheet has no primary inputs, so its columns do not add up to output",
         "--gross-output column_sums needs rows of primary inputs", "choose reported or row_sums");
  a.gross_output = choice == GrossOutput::reported ? "reported" : choice == GrossOutput::row_sums ? "row_sums" : "column_sums";
  return choice == GrossOutput::reported ? t.reported : choice == GrossOutput::row_sums ? t.rows : t.costs;
}

static void check_output(const WideTable& table, const std::vector<double>& x, const Totals& t, const Accounts& a, Findings& notes) {
  Findings errors;
  std::vector<std::string> empty, negative_residual;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::string label = cell_label(a, static_cast<int>(i));
    const auto refuse = [&](const char* code, const std::string& found, const char* rule, const char* remedy) {
      errors.push_back({Severity::error, code, table.file, "", label, found, rule, remedy});
    };
    if (x[i] < 0) refuse("negative-output", "gross output of " + figure(x[i]), "output is not negative", "correct the sheet");
    if (x[i] == 0 && t.inputs[i] > rounding)
      refuse("inputs-without-output", quoted(label) + " has no output but inputs of " + figure(t.inputs[i]),
             "who makes nothing uses nothing", "correct the sheet, or merge the sector with another");
    if (x[i] == 0) empty.push_back(label);
    if (x[i] > 0 && t.inputs[i] > x[i]) negative_residual.push_back(label);
  }
  throw_if_errors(errors);
  if (!empty.empty())
    notes.push_back(finding(Severity::note, "zero-output", table,
                            std::to_string(empty.size()) + " cells with no output: " + joined(empty, " "), "their coefficients are zero"));
  if (!negative_residual.empty())
    notes.push_back(
        finding(Severity::warning, "inputs-above-output", table,
                std::to_string(negative_residual.size()) + " cells buy more inputs than they make: " + joined(negative_residual, " "),
                "their value added is negative", "do not read their shares"));
}

// Which gaps are too large for this to be the table it claims to be; the largest are listed.
static void check_gaps(const WideTable& table, const std::vector<double>& x, const std::vector<double>& gap, double tolerated,
                       const char* against, const Accounts& a, Findings& notes) {
  std::vector<std::pair<double, std::size_t>> large;
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const double size = std::fabs(gap[i]), level = std::max(std::fabs(x[i]), std::fabs(x[i] - gap[i]));
    if (size > tolerated && size > worth_a_warning * level) large.emplace_back(-size / level, i);
  }
  if (large.empty()) return;
  std::sort(large.begin(), large.end());
  std::string list;
  for (std::size_t l = 0; l < std::min(most_listed, large.size()); ++l) {
    const std::size_t i = large[l].second;
    list += (l ? ", " : "") + cell_label(a, static_cast<int>(i)) + " " + figure(x[i]) + " against " + figure(x[i] - gap[i]);
  }
  const std::string found = std::to_string(large.size()) + " cells off balance (output against " + against + "), the largest: " + list;
  if (-large.front().first > not_this_table)
    fail(Exit::data, "off-balance", table.file, "", "", found, "a gap of more than 5 % is no rounding",
         "are columns swapped, or is the file damaged?");
  notes.push_back(finding(Severity::warning, "off-balance", table, found, "a gap of more than 0.1 %", "balance the accounts"));
}

// What output exceeds the uses by, kept as one final-use column per region and never spread.
static Matrix with_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& x, const Totals& t, Matrix y,
                       Accounts& a, Findings& notes) {
  std::vector<double> gap;
  Sum absolute, output;
  for (std::size_t i = 0; i < x.size(); ++i) {
    gap.push_back(x[i] - t.rows[i]);
    absolute.add(std::fabs(gap[i]));
    output.add(x[i]);
  }
  const auto [least, most] = std::minmax_element(gap.begin(), gap.end());
  if (std::max(-*least, *most) <= rounding) return y;
  const bool truncated = meaning.truncated && t.whole_numbers;
  const auto columns = static_cast<double>(x.size() + y.columns);  // each of them was cut by less than one
  check_gaps(table, x, gap, truncated ? columns : rounding, "row sum", a, notes);
  notes.push_back(finding(Severity::note, "gap", table,
                          "output exceeds the sum of uses by " + figure(*least) + " to " + figure(*most) +
                              " a row; absolute gaps add up to " + figure(absolute.value()) + ", " +
                              percent(absolute.value() / output.value()) + " of gross output" +
                              (truncated ? std::string("; ") + meaning.truncated : ""),
                          "kept as final use `gap` of the seller's region, not spread"));
  const auto category = static_cast<int>(a.categories.size());
  a.categories.push_back({"gap", "Gross output less the sum of recorded uses", FinalRole::discrepancy});
  Matrix wider(y.rows, y.columns + a.regions.size());
  for (std::size_t r = 0; r < a.regions.size(); ++r) a.final_uses.push_back({static_cast<int>(r), category});
  for (std::size_t i = 0; i < y.rows; ++i) {
    std::copy(y.row(i).begin(), y.row(i).end(), wider.row(i).begin());
    wider(i, y.columns + static_cast<std::size_t>(a.cells[i].region)) = gap[i];
  }
  return wider;
}

static Matrix primary_with_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& x, const Totals& t, Matrix v,
                               Accounts& a, Findings& notes) {
  const std::size_t n = x.size();
  if (v.rows == 0) {
    a.primary_rows = {meaning.residual};
    Matrix residual(1, n);
    for (std::size_t j = 0; j < n; ++j) residual(0, j) = x[j] - t.inputs[j];
    notes.push_back(finding(Severity::note, "residual-primary", table, "the sheet has no primary inputs",
                            "one row `" + meaning.residual.code + "`: " + meaning.residual.name));
    return residual;
  }
  std::vector<double> gap;
  for (std::size_t j = 0; j < n; ++j) gap.push_back(x[j] - t.costs[j]);
  const auto [least, most] = std::minmax_element(gap.begin(), gap.end());
  if (std::max(-*least, *most) <= rounding) return v;
  check_gaps(table, x, gap, meaning.truncated && t.whole_numbers ? static_cast<double>(n + v.rows) : rounding, "costs", a, notes);
  notes.push_back(finding(Severity::note, "cost-gap", table,
                          "output exceeds the sum of costs by " + figure(*least) + " to " + figure(*most) + " a column",
                          "kept as primary row `gap`, which is no value added"));
  a.primary_rows.push_back({"gap", "Gross output less the sum of recorded costs", PrimaryRole::mixed, false});
  v.values.insert(v.values.end(), gap.begin(), gap.end());
  ++v.rows;
  return v;
}

Imported wide_accounts(const WideTable& table, const WideMeaning& meaning, const ImportOptions& options) {
  Imported result;
  Accounts& a = result.accounts;
  Findings& notes = result.findings;
  const Layout layout = lay_out(table, meaning, a);
  Matrix z = taken(table, layout.cell_rows, layout.cell_columns);
  Matrix y = taken(table, layout.cell_rows, layout.use_columns);
  Matrix v = taken(table, layout.primary_rows, layout.cell_columns);
  Matrix on_final_use = taken(table, layout.primary_rows, layout.use_columns);
  check_flows(table, layout, z, y, options, a, notes);
  const Totals t = totals_of(table, layout, z, y, v);
  const std::vector<double> x = chosen_output(table, t, v.rows > 0, options, a, notes);
  check_output(table, x, t, a, notes);
  y = with_gap(table, meaning, x, t, std::move(y), a, notes);
  v = primary_with_gap(table, meaning, x, t, std::move(v), a, notes);
  if (std::any_of(on_final_use.values.begin(), on_final_use.values.end(), [](double value) { return value != 0; })) {
    Matrix wider(v.rows, y.columns);
    for (std::size_t p = 0; p < on_final_use.rows; ++p)
      std::copy(on_final_use.row(p).begin(), on_final_use.row(p).end(), wider.row(p).begin());
    a.primary_final = std::move(wider);
  }
  a.intermediate = std::move(z);
  a.final_use = std::move(y);
  a.primary = std::move(v);
  Matrix output(1, x.size());
  output.values = x;
  a.output = std::move(output);
  for (const Finding& note : notes)
    if (note.code == "gap" || note.code == "cost-gap") a.notes.push_back(note.found + "; " + note.expected);
  return result;
}

}  // namespace kontor
