#include "read/wide_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/wide_gaps.h"
#include "read/wide_layout.h"

namespace kontor {

static Matrix taken(const WideTable& table, const std::vector<std::size_t>& rows, const std::vector<std::size_t>& columns) {
  Matrix block(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto from = table.numbers.row(rows[i]);
    const auto to = block.row(i);
    for (std::size_t j = 0; j < columns.size(); ++j) to[j] = from[columns[j]];
  }
  return block;
}
static void check_flows(const WideTable& table, const WideLayout& layout, const Matrix& z, const Matrix& y, const ImportOptions& options,
                        const Accounts& a, Findings& notes) {
  Findings errors;
  std::size_t negative = 0;
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t j = 0; j < z.columns; ++j)
      if (z(i, j) < 0 && ++negative <= 200 && !options.allow_negative)
        errors.push_back(wide_problem("negative-flow", table, &table.rows[layout.cell_rows[i]], &table.columns[layout.cell_columns[j]],
                                      "a sale of " + fmt::format("{:.6g}", z(i, j)) + " by " + quoted(cell_label(a, static_cast<int>(i))),
                                      "flows between producers are not negative", "correct it, or keep it with --allow-negative"));
  throw_if_errors(errors);
  if (negative)
    notes.push_back(wide_remark(Severity::warning, "negative-flow", table, std::to_string(negative) + " negative flows between producers",
                                "kept, as --allow-negative says", "balance with GRAS, not with RAS"));
  std::vector<std::size_t> by_category(a.categories.size());
  for (std::size_t i = 0; i < y.rows; ++i)
    for (std::size_t k = 0; k < y.columns; ++k)
      if (y(i, k) < 0) ++by_category[static_cast<std::size_t>(a.final_uses[k].category)];
  for (std::size_t c = 0; c < by_category.size(); ++c)
    if (by_category[c]) {
      const bool usual = a.categories[c].role == FinalRole::inventories || a.categories[c].role == FinalRole::discrepancy;
      notes.push_back(wide_remark(usual ? Severity::note : Severity::warning, "negative-final-use", table,
                                  std::to_string(by_category[c]) + " negative cells of final use " + quoted(a.categories[c].code) + " (" +
                                      a.categories[c].name + ")",
                                  usual ? "stocks can be run down" : "kept as the publisher has them"));
    }
}
static WideTotals totals_of(const WideTable& table, const WideLayout& layout, const Matrix& z, const Matrix& y, const Matrix& v) {
  WideTotals t;
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

static std::vector<double> chosen_output(const WideTable& table, const WideTotals& t, bool has_primary, const ImportOptions& options,
                                         Accounts& a, Findings& notes) {
  GrossOutput choice = options.gross_output;
  if (choice == GrossOutput::reported && t.reported.empty()) {
    if (options.gross_output_chosen)
      fail(Exit::data, "no-output", table.file, "", "", "the sheet reports no gross output", "a column of gross output",
           "choose --gross-output row_sums");
    notes.push_back(wide_remark(Severity::warning, "no-output", table, "the sheet reports no gross output", "row sums are taken instead"));
    choice = GrossOutput::row_sums;
  }
  if (choice == GrossOutput::column_sums && !has_primary)
    fail(Exit::data, "no-primary-inputs", table.file, "", "", "the sheet has no primary inputs, so its columns do not add up to output",
         "--gross-output column_sums needs rows of primary inputs", "choose reported or row_sums");
  a.gross_output = choice == GrossOutput::reported ? "reported" : choice == GrossOutput::row_sums ? "row_sums" : "column_sums";
  return choice == GrossOutput::reported ? t.reported : choice == GrossOutput::row_sums ? t.rows : t.costs;
}

static void check_output(const WideTable& table, const std::vector<double>& x, const WideTotals& t, const Accounts& a, Findings& notes) {
  Findings errors;
  std::vector<std::string> empty, negative_residual;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::string label = cell_label(a, static_cast<int>(i));
    const auto refuse = [&](const char* code, const std::string& found, const char* rule, const char* remedy) {
      errors.push_back({Severity::error, code, table.file, "", label, found, rule, remedy});
    };
    if (x[i] < 0)
      refuse("negative-output", "gross output of " + fmt::format("{:.6g}", x[i]), "output is not negative", "correct the sheet");
    if (x[i] == 0 && t.inputs[i] > wide_rounding)
      refuse("inputs-without-output", quoted(label) + " has no output but inputs of " + fmt::format("{:.6g}", t.inputs[i]),
             "who makes nothing uses nothing", "correct the sheet, or merge the sector with another");
    if (x[i] == 0) empty.push_back(label);
    if (x[i] > 0 && t.inputs[i] > x[i]) negative_residual.push_back(label);
  }
  throw_if_errors(errors);
  if (!empty.empty())
    notes.push_back(wide_remark(Severity::note, "zero-output", table,
                                std::to_string(empty.size()) + " cells with no output: " + joined(empty, " "),
                                "their coefficients are zero"));
  if (!negative_residual.empty())
    notes.push_back(
        wide_remark(Severity::warning, "inputs-above-output", table,
                    std::to_string(negative_residual.size()) + " cells buy more inputs than they make: " + joined(negative_residual, " "),
                    "their value added is negative", "do not read their shares"));
}
Imported wide_accounts(const WideTable& table, const WideMeaning& meaning, const ImportOptions& options) {
  Imported result;
  Accounts& a = result.accounts;
  Findings& notes = result.findings;
  const WideLayout layout = lay_out(table, meaning, a);
  Matrix z = taken(table, layout.cell_rows, layout.cell_columns);
  Matrix y = taken(table, layout.cell_rows, layout.use_columns);
  Matrix v = taken(table, layout.primary_rows, layout.cell_columns);
  Matrix on_final_use = taken(table, layout.primary_rows, layout.use_columns);
  check_flows(table, layout, z, y, options, a, notes);
  const WideTotals t = totals_of(table, layout, z, y, v);
  const std::vector<double> x = chosen_output(table, t, v.rows > 0, options, a, notes);
  check_output(table, x, t, a, notes);
  y = with_use_gap(table, meaning, x, t, std::move(y), a, notes);
  v = with_cost_gap(table, meaning, x, t, std::move(v), a, notes);
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
