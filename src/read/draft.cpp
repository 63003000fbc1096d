#include "read/draft.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <new>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr double zero_output = 1e-9;             // table units a year; anything smaller is rounding
static constexpr double rounding_of_fractions = 1e-11;  // relative; sums of decimal fractions differ by less
static constexpr std::size_t most_cells = 50000;        // 20 GB of flows; the largest published tables have about 20,000

void Draft::make_blocks(const std::string& file) {
  const std::size_t n = accounts.cells.size(), m = accounts.final_uses.size(), k = accounts.imports.size();
  const std::size_t p = accounts.primary_rows.size(), s = accounts.satellites.size();
  if (n > most_cells || m > most_cells || k > most_cells)
    fail(Exit::data, "too-many-cells", file, "", "", fmt::format("{} cells, {} final uses, {} imports", n, m, k),
         fmt::format("at most {} of each", most_cells), "is a column of labels a column of numbers?");
  const double bytes =
      8.0 * (static_cast<double>(n + k) * static_cast<double>(n + m + 1) + static_cast<double>(p + s) * static_cast<double>(n + m));
  const double memory = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  const auto no_memory = [&] {
    fail(Exit::environment, "memory", file, "", "", fmt::format("not enough memory: needs about {:.1f} GiB", bytes / (1 << 30)), "",
         "use a machine with more memory, or aggregate the table first");
  };
  if (bytes > memory) no_memory();
  try {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    intermediate = Matrix(n, n);
    final_use = Matrix(n, m);
    imports_intermediate = Matrix(k, n);
    imports_final = Matrix(k, m);
    primary = Matrix(p, n);
    primary_final = Matrix(p, m);
    satellite = Matrix(s, n, nan);
    satellite_final = Matrix(s, m, nan);
  } catch (const std::bad_alloc&) {
    no_memory();
  }
}

namespace {

/// Sums of one table, cell by cell: what is sold, what goods cost, what is paid besides, all compensated.
struct Totals {
  std::vector<double> uses, inputs, primary;
};

}  // namespace

static void add_columns(const Matrix& matrix, std::vector<Sum>& sums) {
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.columns; ++j) sums[j].add(matrix(i, j));
}

static std::vector<double> values_of(const std::vector<Sum>& sums) {
  std::vector<double> values;
  for (const Sum& sum : sums) values.push_back(sum.value());
  return values;
}

static Totals totals_of(const Draft& d) {
  const std::size_t n = d.intermediate.rows;
  std::vector<Sum> uses(n), inputs(n), primary(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (const double z : d.intermediate.row(i)) uses[i].add(z);
    for (const double y : d.final_use.row(i)) uses[i].add(y);
  }
  add_columns(d.intermediate, inputs);
  add_columns(d.imports_intermediate, inputs);
  add_columns(d.primary, primary);
  return {values_of(uses), values_of(inputs), values_of(primary)};
}

static std::string cell_name(const Accounts& a, std::size_t cell) { return quoted(cell_label(a, static_cast<int>(cell))); }

// Output of each cell and how it came about.
static std::vector<double> settled_output(const Draft& d, const Totals& t, const ImportOptions& options, Accounts& a, Problems& problems) {
  switch (options.gross_output) {
    case GrossOutput::column_sums: {
      if (d.primary.rows == 0)
        problems.error("gross-output", 0, "", "--gross-output column_sums, but there are no primary inputs", "rows of primary inputs",
                       "use row_sums, or add the primary inputs");
      a.gross_output = "column_sums";
      std::vector<double> output = t.inputs;
      for (std::size_t j = 0; j < output.size(); ++j) output[j] += t.primary[j];
      return output;
    }
    case GrossOutput::reported:
      if (!d.reported_output.empty()) {
        a.gross_output = "reported";
        return d.reported_output;
      }
      problems.note("gross-output", "the file reports no output", "output is the sum of all uses of each cell");
      break;
    case GrossOutput::row_sums:
      if (!d.reported_output.empty())
        problems.note("gross-output", "the reported output was not used",
                      "output is the sum of all uses of each cell, as --gross-output says");
      break;
  }
  a.gross_output = "row_sums";
  return t.uses;
}

// Gaps of cells against output, largest first; those above the tolerance are errors, as many as `listed` by name.
static void report_gaps(const Accounts& a, const std::vector<double>& output, const std::vector<double>& other, double tolerance,
                        const std::string& code, const std::string& what, const std::string& remedy, Problems& problems) {
  struct Gap {
    std::size_t cell;
    double size, relative;
  };
  constexpr std::size_t listed = 10;
  const double floor = 1e-6 * std::fabs(sum_of(output));  // a gap of a millionth of the whole table is rounding even in a tiny cell
  std::vector<Gap> gaps;
  for (std::size_t i = 0; i < output.size(); ++i) {
    const double gap = output[i] - other[i], relative = std::fabs(gap) / std::max(std::fabs(output[i]), std::fabs(other[i]));
    if (std::fabs(gap) > rounding_of_fractions * std::max(std::fabs(output[i]), std::fabs(other[i]))) gaps.push_back({i, gap, relative});
  }
  const auto is_error = [&](const Gap& g) { return g.relative > tolerance && std::fabs(g.size) > floor; };
  std::stable_sort(gaps.begin(), gaps.end(), [&](const Gap& x, const Gap& y) {
    if (is_error(x) != is_error(y)) return is_error(x);
    return std::fabs(x.size) > std::fabs(y.size);
  });
  for (std::size_t g = 0; g < gaps.size() && g < listed; ++g) {
    const Gap& gap = gaps[g];
    problems.add(is_error(gap) ? Severity::error : Severity::warning, code, cell_name(a, gap.cell), "",
                 fmt::format("output {} against {} {}: a gap of {} ({:.2g} of output)", number_text(output[gap.cell]), what,
                             number_text(other[gap.cell]), number_text(gap.size), gap.relative),
                 fmt::format("gaps of at most {} % of output", 100 * tolerance), remedy);
  }
  if (gaps.size() > listed)
    problems.warning(code, fmt::format("{} more cells have a gap between output and {}", gaps.size() - listed, what), "", remedy);
}

// The gap between output and uses as its own final use: a category `gap` with one column per region, never spread.
static void keep_gap(Draft& d, const std::vector<double>& output, const Totals& t, double tolerance, Accounts& a, Problems& problems) {
  const std::size_t n = output.size();
  double least = 0, most = 0, scale = 0;
  Sum total, uses;
  for (std::size_t i = 0; i < n; ++i) {
    const double gap = output[i] - t.uses[i];
    least = i == 0 ? gap : std::min(least, gap);
    most = i == 0 ? gap : std::max(most, gap);
    scale = std::max(scale, std::fabs(gap) / std::max({std::fabs(output[i]), std::fabs(t.uses[i]), zero_output}));
    total.add(gap);
    uses.add(t.uses[i]);
  }
  if (scale <= rounding_of_fractions) return;
  const bool is_expected = a.kind == AccountsKind::trade_model;  // purchases by trade shares need not add up to output
  if (!is_expected)
    report_gaps(a, output, t.uses, tolerance, "output-gap", "the sum of its uses", "check the totals, or say --gross-output row_sums",
                problems);
  const std::string text =
      fmt::format("output differs from the sum of uses by {} to {} a cell, {} in all ({:.2g} of uses)", number_text(least),
                  number_text(most), number_text(total.value()), std::fabs(total.value()) / std::fabs(uses.value()));
  const char* kept = "the gap is kept as final use `gap`, one column per region; it is not spread";
  if (is_expected)
    problems.note("output-gap", text, kept, "compare two solved equilibria: these flows are not one");
  else
    problems.warning("output-gap", text, kept, "say --gross-output row_sums if the uses are right");
  a.notes.push_back(text + "; kept as final use `gap`");

  int category = category_index(a, "gap");
  if (category < 0) {
    category = static_cast<int>(a.categories.size());
    a.categories.push_back({"gap", "Gap between reported output and uses", FinalRole::discrepancy});
  }
  std::map<int, std::size_t> column_of_region;
  for (const Cell& cell : a.cells)
    if (column_of_region.emplace(cell.region, a.final_uses.size()).second) a.final_uses.push_back({cell.region, category});
  const auto widened = [&](const Matrix& old, double fill) {
    Matrix wide(old.rows, a.final_uses.size(), fill);
    for (std::size_t i = 0; i < old.rows; ++i) std::copy(old.row(i).begin(), old.row(i).end(), wide.row(i).begin());
    return wide;
  };
  d.final_use = widened(d.final_use, 0);
  d.imports_final = widened(d.imports_final, 0);
  d.primary_final = widened(d.primary_final, 0);
  d.satellite_final = widened(d.satellite_final, 0);
  for (std::size_t i = 0; i < n; ++i) d.final_use(i, column_of_region[a.cells[i].region]) = output[i] - t.uses[i];
}

static void settle_primary(Draft& d, const std::vector<double>& output, const Totals& t, double tolerance, Accounts& a,
                           Problems& problems) {
  const std::size_t n = output.size();
  if (d.primary.rows > 0) {
    std::vector<double> costs = t.inputs;
    for (std::size_t j = 0; j < n; ++j) costs[j] += t.primary[j];
    report_gaps(a, output, costs, tolerance, "cost-gap", "the sum of its costs", "correct the table, or use `balance`", problems);
    return;
  }
  problems.note("residual", "the file has no primary inputs (VA rows)",
                "the row `residual` is output minus inputs: labour, capital and taxes together");
  a.notes.emplace_back("no primary inputs in the source: the row `residual` is output minus inputs");
  a.primary_rows = {{"residual", "Output minus inputs", PrimaryRole::mixed, true}};
  d.primary = Matrix(1, n);
  d.primary_final = Matrix(1, d.final_use.columns);
  for (std::size_t j = 0; j < n; ++j) d.primary(0, j) = output[j] - t.inputs[j];
}

// What makes coefficients impossible (no output, yet inputs) or surprising (costs above output).
static void check_columns(const Accounts& a, const std::vector<double>& output, const std::vector<double>& inputs, Problems& problems) {
  for (std::size_t j = 0; j < output.size(); ++j) {
    const std::string name = cell_name(a, j);
    if (std::fabs(output[j]) <= zero_output && std::fabs(inputs[j]) > zero_output)
      problems.add(Severity::error, "zero-output", name, "", fmt::format("no output but inputs of {}", number_text(inputs[j])),
                   "a cell that buys inputs makes something", "add its output, or take its inputs out");
    else if (std::fabs(output[j]) <= zero_output)
      problems.add(Severity::note, "zero-output", name, "", "no output and no inputs", "its coefficients are 0", "");
    else if (output[j] < 0)
      problems.add(Severity::error, "negative-output", name, "", fmt::format("output {}", number_text(output[j])), "output of at least 0",
                   "check final use: changes in inventories larger than sales?");
    else if (inputs[j] > output[j] * (1 + rounding_of_fractions))
      problems.add(Severity::warning, "column-above-one", name, "",
                   fmt::format("inputs {} are {:.4g} times output {}: the column sum is above 1", number_text(inputs[j]),
                               inputs[j] / output[j], number_text(output[j])),
                   "inputs below output", "check the column; models refuse it only if it makes a multiplier negative");
  }
}

Accounts finish_draft(Draft d, const ImportOptions& options, double tolerance, Problems& problems) {
  Accounts a = std::move(d.accounts);
  const Totals t = totals_of(d);
  const std::vector<double> output = settled_output(d, t, options, a, problems);
  check_columns(a, output, t.inputs, problems);
  if (a.gross_output != "row_sums") keep_gap(d, output, t, tolerance, a, problems);
  if (a.gross_output != "column_sums") settle_primary(d, output, t, tolerance, a, problems);
  problems.throw_if_any_errors();

  if (options.year) a.year = options.year;
  if (!a.price_year) a.price_year = a.year;
  if (!options.currency.empty()) a.currency = options.currency;
  if (options.scale > 0) a.scale = options.scale;
  if (!options.title.empty()) a.title = options.title;
  if (a.year == 0) problems.warning("no-year", "the year of the accounts is not known", "a year", "say --year");
  if (a.currency.empty()) problems.warning("no-currency", "the currency of the accounts is not known", "a currency", "say --currency");

  Matrix x(1, output.size());
  x.values = output;
  a.output = std::move(x);
  a.intermediate = std::move(d.intermediate);
  a.final_use = std::move(d.final_use);
  a.imports_intermediate = std::move(d.imports_intermediate);
  a.imports_final = std::move(d.imports_final);
  a.primary = std::move(d.primary);
  a.primary_final = std::move(d.primary_final);
  a.satellite = std::move(d.satellite);
  a.satellite_final = std::move(d.satellite_final);
  return a;
}

void check_reference_total(const Accounts& a, double reference, Problems& problems) {
  const double total = sum_of(a.output.values());
  if (reference <= 0 || total <= 0) return;
  const double thousands = std::round(std::log10(total / reference) / 3);
  const std::string text = fmt::format("total output {} against the reference {}", number_text(total), number_text(reference));
  const double off = total / reference / std::pow(1000.0, thousands);
  if (thousands != 0 && off > 0.5 && off < 2)
    problems.warning(
        "scale",
        text + fmt::format(": {} a factor {:.0f}", thousands > 0 ? "larger by" : "smaller by", std::pow(1000.0, std::fabs(thousands))),
        "values in the stated scale", "are they in thousands or in single units? say --scale");
  else if (std::fabs(total / reference - 1) > 0.05)
    problems.warning("reference-total", text + fmt::format(": {:.3g} times", total / reference), "a total within 5 % of the reference",
                     "is it the same year, price and valuation?");
}

}  // namespace kontor
