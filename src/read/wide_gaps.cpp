#include "read/wide_gaps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"

namespace kontor {

static constexpr double worth_a_warning = 1e-3;  // gap as a share of output
static constexpr double not_this_table = 0.05;   // such a gap is a damaged or misread table
static constexpr std::size_t most_listed = 10;
Finding wide_remark(Severity severity, const char* code, const WideTable& table, std::string found, std::string expected,
                    std::string remedy) {
  return {severity, code, table.file, "", "", std::move(found), std::move(expected), std::move(remedy)};
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
    list += (l ? ", " : "") + cell_label(a, static_cast<int>(i)) + " " + fmt::format("{:.6g}", x[i]) + " against " +
            fmt::format("{:.6g}", x[i] - gap[i]);
  }
  const std::string found = std::to_string(large.size()) + " cells off balance (output against " + against + "), the largest: " + list;
  if (-large.front().first > not_this_table)
    fail(Exit::data, "off-balance", table.file, "", "", found, "a gap of more than 5 % is no rounding",
         "are columns swapped, or is the file damaged?");
  notes.push_back(wide_remark(Severity::warning, "off-balance", table, found, "a gap of more than 0.1 %", "balance the accounts"));
}

// What output exceeds the uses by, kept as one final-use column per region and never spread.
Matrix with_use_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& x, const WideTotals& t, Matrix y,
                    Accounts& a, Findings& notes) {
  std::vector<double> gap;
  Sum absolute, output;
  for (std::size_t i = 0; i < x.size(); ++i) {
    gap.push_back(x[i] - t.rows[i]);
    absolute.add(std::fabs(gap[i]));
    output.add(x[i]);
  }
  const auto [least, most] = std::minmax_element(gap.begin(), gap.end());
  if (std::max(-*least, *most) <= wide_rounding) return y;
  const bool truncated = meaning.truncated && t.whole_numbers;
  const auto columns = static_cast<double>(x.size() + y.columns);  // each of them was cut by less than one
  check_gaps(table, x, gap, truncated ? columns : wide_rounding, "row sum", a, notes);
  notes.push_back(wide_remark(Severity::note, "gap", table,
                              "output exceeds the sum of uses by " + fmt::format("{:.6g}", *least) + " to " + fmt::format("{:.6g}", *most) +
                                  " a row; absolute gaps add up to " + fmt::format("{:.6g}", absolute.value()) + ", " +
                                  fmt::format("{:.4f} %", 100 * (absolute.value() / output.value())) + " of gross output" +
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

Matrix with_cost_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& x, const WideTotals& t, Matrix v,
                     Accounts& a, Findings& notes) {
  const std::size_t n = x.size();
  if (v.rows == 0) {
    a.primary_rows = {meaning.residual};
    Matrix residual(1, n);
    for (std::size_t j = 0; j < n; ++j) residual(0, j) = x[j] - t.inputs[j];
    notes.push_back(wide_remark(Severity::note, "residual-primary", table, "the sheet has no primary inputs",
                                "one row `" + meaning.residual.code + "`: " + meaning.residual.name));
    return residual;
  }
  std::vector<double> gap;
  for (std::size_t j = 0; j < n; ++j) gap.push_back(x[j] - t.costs[j]);
  const auto [least, most] = std::minmax_element(gap.begin(), gap.end());
  if (std::max(-*least, *most) <= wide_rounding) return v;
  check_gaps(table, x, gap, meaning.truncated && t.whole_numbers ? static_cast<double>(n + v.rows) : wide_rounding, "costs", a, notes);
  notes.push_back(wide_remark(
      Severity::note, "cost-gap", table,
      "output exceeds the sum of costs by " + fmt::format("{:.6g}", *least) + " to " + fmt::format("{:.6g}", *most) + " a column",
      "kept as primary row `gap`, which is no value added"));
  a.primary_rows.push_back({"gap", "Gross output less the sum of recorded costs", PrimaryRole::mixed, false});
  v.values.insert(v.values.end(), gap.begin(), gap.end());
  ++v.rows;
  return v;
}

}  // namespace kontor
