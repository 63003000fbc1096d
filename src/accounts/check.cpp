#include "kontor/accounts/check.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "accounts/check_trade.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

namespace {

constexpr double gap_worth_a_warning = 1e-3;  // share of the cell's output
constexpr double gap_that_is_an_error = 0.5;  // half the output: columns swapped, a block missing
constexpr std::size_t listed = 10;            // worst cases of a kind that are named; the rest is counted

/// A cell and how bad it is.
struct Case {
  int cell = 0;
  double value = 0.0, share = 0.0;
};

class Check {
 public:
  Check(const Accounts& accounts, const std::string& where) : a_(accounts), where_(where) {}

  Findings run() {
    labels();
    parents();
    balance();
    negative_flows();
    idle_cells();
    column_sums();
    value_added_signs();
    satellites();
    check_trade(a_, where_, findings_);
    if (a_.gross_output == "reported") gap_column();
    return std::move(findings_);
  }

 private:
  void add(Severity severity, std::string code, std::string place, std::string found, std::string expected, std::string remedy) {
    findings_.push_back(
        {severity, std::move(code), where_, "", std::move(place), std::move(found), std::move(expected), std::move(remedy)});
  }

  // Names the worst cases one by one and counts the rest.
  void add_worst(std::vector<Case> cases, Severity severity, const std::string& code, const std::function<std::string(const Case&)>& found,
                 const std::string& expected, const std::string& remedy) {
    std::sort(cases.begin(), cases.end(),
              [](const Case& x, const Case& y) { return x.share != y.share ? x.share > y.share : x.cell < y.cell; });
    for (std::size_t i = 0; i < cases.size() && i < listed; ++i)
      add(severity, code, cell_label(a_, cases[i].cell), found(cases[i]), expected, remedy);
    if (cases.size() > listed) add(Severity::note, code, "", fmt::format("and {} more", cases.size() - listed), "", "");
  }

  void look_alikes(const char* kind, const std::vector<std::string>& codes) {
    std::map<std::string, std::string> seen;
    for (const std::string& code : codes) {
      std::string skeleton = look_alike_skeleton(trimmed(code));
      std::transform(skeleton.begin(), skeleton.end(), skeleton.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      const auto [at, is_new] = seen.emplace(skeleton, code);
      if (!is_new)
        add(at->second == code ? Severity::error : Severity::warning, "look-alike-label", kind,
            quoted(at->second) + " and " + quoted(code) + (at->second == code ? " stand twice" : " look alike"),
            "labels that differ are seen to differ", "correct one of them in the source and import again");
    }
  }

  void labels() {
    std::vector<std::string> regions, sectors;
    for (const Region& r : a_.regions) regions.push_back(r.code);
    for (const Sector& s : a_.sectors) sectors.push_back(s.code);
    look_alikes("region", regions);
    look_alikes("sector", sectors);
  }

  void parents() {
    for (std::size_t r = 0; r < a_.regions.size(); ++r) {
      int up = static_cast<int>(r);
      for (std::size_t steps = 0; up >= 0 && !a_.regions[static_cast<std::size_t>(up)].parent.empty(); ++steps) {
        up = region_index(a_, a_.regions[static_cast<std::size_t>(up)].parent);
        if (steps <= a_.regions.size()) continue;
        add(Severity::error, "circle-of-parents", a_.regions[r].code, "its parents lead back to itself", "a tree of regions",
            "correct the parents");
        return;
      }
    }
  }

  void balance() {
    std::vector<Case> warnings, errors, row_cases;
    const std::size_t n = a_.cells.size();
    std::vector<Sum> columns(n);
    for (std::size_t i = 0; i < n; ++i) {
      const auto z = a_.intermediate.row(i);
      Sum row;
      for (std::size_t j = 0; j < n; ++j) row.add(z[j]), columns[j].add(z[j]);
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f) row.add(a_.final_use(i, f));
      sort_gap(static_cast<int>(i), a_.output(0, i), row.value(), "uses", row_cases);
    }
    for (const Block* block : {&a_.imports_intermediate, &a_.primary})
      for (std::size_t r = 0; r < block->rows(); ++r)
        for (std::size_t j = 0; j < n; ++j) columns[j].add((*block)(r, j));
    std::vector<Case> column_cases;
    for (std::size_t j = 0; j < n; ++j) sort_gap(static_cast<int>(j), a_.output(0, j), columns[j].value(), "costs", column_cases);
    if (a_.kind == AccountsKind::trade_model)
      note_uses_of_trade_model(a_, where_, findings_);
    else
      report_gaps(row_cases, "uses (intermediate and final)");
    report_gaps(column_cases, "costs (inputs, imports, primary rows)");
  }

  void sort_gap(int cell, double output, double sum, const char*, std::vector<Case>& cases) const {
    const double gap = output - sum, size = std::max(std::fabs(output), std::fabs(sum));
    if (size > 0 && std::fabs(gap) > gap_worth_a_warning * size) cases.push_back({cell, gap, std::fabs(gap) / size});
  }

  void report_gaps(const std::vector<Case>& cases, const std::string& side) {
    std::vector<Case> warnings, errors;
    for (const Case& c : cases) (c.share > gap_that_is_an_error ? errors : warnings).push_back(c);
    const auto found = [&](const Case& c) {
      return fmt::format("output {} and {} differ by {} ({:.2f} %)", number_text(a_.output(0, static_cast<std::size_t>(c.cell))), side,
                         number_text(c.value), 100 * c.share);
    };
    add_worst(errors, Severity::error, "out-of-balance", found, "output = " + side,
              "are columns swapped or a block missing? correct the source and import again");
    add_worst(warnings, Severity::warning, "out-of-balance", found, "output = " + side,
              "balance the table at its source, or import with --gross-output row_sums and read what that changes");
  }

  void negative_flows() {
    std::vector<Case> cases;
    for (std::size_t i = 0; i < a_.cells.size(); ++i) {
      double worst = 0.0;
      for (const double z : a_.intermediate.row(i)) worst = std::min(worst, z);
      if (worst < 0.0) cases.push_back({static_cast<int>(i), worst, -worst});
    }
    add_worst(
        cases, Severity::warning, "negative-flow", [](const Case& c) { return "a negative intermediate sale: " + number_text(c.value); },
        "sales of zero or more", "correct it at the source; multipliers with negative coefficients are hard to read");
    std::map<int, std::size_t> by_category;
    for (std::size_t i = 0; i < a_.cells.size(); ++i)
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f)
        if (a_.final_use(i, f) < 0.0) ++by_category[a_.final_uses[f].category];
    for (const auto& [category, count] : by_category) {
      const FinalCategory& c = a_.categories[static_cast<std::size_t>(category)];
      const bool usual = c.role == FinalRole::inventories || c.role == FinalRole::discrepancy;
      add(usual ? Severity::note : Severity::warning, "negative-final-use", c.code,
          fmt::format("{} negative cells in {}", count, c.name.empty() ? c.code : c.name),
          c.role == FinalRole::discrepancy ? "a gap may have either sign"
          : usual                          ? "inventories may fall"
                                           : "purchases of zero or more",
          usual ? "" : "check these cells; shares of such a column are not used for displacement");
    }
  }

  void idle_cells() {
    std::vector<std::string> idle;
    std::vector<Case> wrong;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) {
      if (a_.output(0, j) != 0.0) continue;
      double inputs = 0.0;
      for (std::size_t i = 0; i < a_.cells.size(); ++i) inputs += std::fabs(a_.intermediate(i, j));
      if (inputs > 0.0)
        wrong.push_back({static_cast<int>(j), inputs, inputs});
      else
        idle.push_back(cell_label(a_, static_cast<int>(j)));
    }
    add_worst(
        wrong, Severity::error, "inputs-without-output",
        [](const Case& c) { return "output is zero but inputs are " + number_text(c.value); }, "a cell that makes nothing uses nothing",
        "give its output or remove its inputs");
    if (!idle.empty())
      add(Severity::note, "idle-cells", "", fmt::format("{} cells with zero output: {}", idle.size(), joined(idle, " ")), "",
          "their coefficients are 0");
  }

  void column_sums() {
    std::vector<double> sums(a_.cells.size(), 0.0);
    for (std::size_t i = 0; i < a_.cells.size(); ++i)
      for (std::size_t j = 0; j < a_.cells.size(); ++j)
        if (a_.output(0, j) > 0.0) sums[j] += a_.intermediate(i, j) / a_.output(0, j);
    std::vector<Case> cases;
    for (std::size_t j = 0; j < sums.size(); ++j)
      if (sums[j] >= 1.0) cases.push_back({static_cast<int>(j), sums[j], sums[j]});
    add_worst(
        cases, Severity::warning, "column-over-one", [](const Case& c) { return fmt::format("inputs are {:.4f} of output", c.value); },
        "a column sum of A below one", "value added of this cell is negative: check its output and inputs");
  }

  void value_added_signs() {
    std::vector<Case> cases;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) {
      const double v = value_added(a_, static_cast<int>(j));
      if (v < 0.0) cases.push_back({static_cast<int>(j), v, -v});
    }
    add_worst(
        cases, Severity::warning, "negative-value-added", [](const Case& c) { return "value added is " + number_text(c.value); },
        "value added above zero", "subsidised or loss-making cells exist; check that this is one");
  }

  void satellites() {
    for (std::size_t s = 0; s < a_.satellites.size(); ++s) {
      std::size_t missing = 0, stray = 0;
      std::vector<double> ratios;
      for (std::size_t j = 0; j < a_.cells.size(); ++j) {
        const double value = a_.satellite(s, j);
        if (std::isnan(value))
          ++missing;
        else if (value != 0.0 && a_.output(0, j) == 0.0)
          ++stray;
      }
      const std::string& code = a_.satellites[s].code;
      if (missing)
        add(Severity::note, "satellite-gaps", code, fmt::format("not available for {} of {} cells", missing, a_.cells.size()), "",
            "effects on it leave those cells out and say so");
      if (stray)
        add(Severity::warning, "satellite-without-output", code, fmt::format("{} cells with {} but no output", stray, code), "",
            "check the join of labels");
      satellite_outliers(s);
    }
  }

  // Per unit of output, a cell should be within a factor of thirty of the same sector elsewhere.
  void satellite_outliers(std::size_t s) {
    constexpr double odd_ratio = 30.0;
    constexpr double large_enough = 1e-5;  // share of total output below which a cell is too small to judge
    const double total = sum_of(a_.output.values());
    std::vector<Case> cases;
    for (std::size_t sector = 0; sector < a_.sectors.size(); ++sector) {
      std::vector<std::pair<double, int>> ratios;
      for (std::size_t j = 0; j < a_.cells.size(); ++j)
        if (a_.cells[j].sector == static_cast<int>(sector) && a_.output(0, j) > large_enough * total && a_.satellite(s, j) > 0.0)
          ratios.emplace_back(a_.satellite(s, j) / a_.output(0, j), static_cast<int>(j));
      if (ratios.size() < 4) continue;
      std::sort(ratios.begin(), ratios.end());
      const double median = ratios[ratios.size() / 2].first;
      for (const auto& [ratio, cell] : ratios)
        if (ratio > odd_ratio * median || ratio < median / odd_ratio)
          cases.push_back({cell, ratio / median, std::max(ratio / median, median / ratio)});
    }
    const std::string code = a_.satellites[s].code;
    add_worst(
        cases, Severity::note, "outlier",
        [&](const Case& c) { return fmt::format("{} per unit of output is {:.3g} times the sector's median", code, c.value); }, "",
        "real differences of price and technology exist; check units and labels");
  }

  void gap_column() {
    for (std::size_t f = 0; f < a_.final_uses.size(); ++f)
      if (a_.categories[static_cast<std::size_t>(a_.final_uses[f].category)].role == FinalRole::discrepancy) return report_gap_column();
  }

  void report_gap_column() {
    Sum absolute, output;
    double low = 0.0, high = 0.0;
    for (std::size_t i = 0; i < a_.cells.size(); ++i) {
      output.add(a_.output(0, i));
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f) {
        if (a_.categories[static_cast<std::size_t>(a_.final_uses[f].category)].role != FinalRole::discrepancy) continue;
        const double gap = a_.final_use(i, f);
        absolute.add(std::fabs(gap));
        low = std::min(low, gap), high = std::max(high, gap);
      }
    }
    if (absolute.value() == 0.0) return;
    add(Severity::note, "gap-column", "",
        fmt::format("reported output differs from uses by {} to {} a row, {:.4f} % of output in all", number_text(low), number_text(high),
                    100 * absolute.value() / output.value()),
        "", "kept as a final-use column of its own; --gross-output row_sums leaves it out");
  }

  const Accounts& a_;
  const std::string& where_;
  Findings findings_;
};

}  // namespace

Findings check_accounts(const Accounts& accounts, const std::string& where) { return Check(accounts, where).run(); }

BalanceGaps balance_gaps(const Accounts& a) {
  BalanceGaps gaps;
  const std::size_t n = a.cells.size();
  std::vector<Sum> columns(n);
  Sum row_total, column_total, output;
  for (std::size_t i = 0; i < n; ++i) {
    Sum row;
    for (std::size_t j = 0; j < n; ++j) row.add(a.intermediate(i, j)), columns[j].add(a.intermediate(i, j));
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) row.add(a.final_use(i, f));
    const double gap = std::fabs(a.output(0, i) - row.value());
    gaps.row = std::max(gaps.row, gap);
    row_total.add(gap), output.add(std::fabs(a.output(0, i)));
  }
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t r = 0; r < a.imports.size(); ++r) columns[j].add(a.imports_intermediate(r, j));
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p) columns[j].add(a.primary(p, j));
    const double gap = std::fabs(a.output(0, j) - columns[j].value());
    gaps.column = std::max(gaps.column, gap);
    column_total.add(gap);
  }
  if (output.value() > 0.0) {
    gaps.row_share = row_total.value() / output.value();
    gaps.column_share = column_total.value() / output.value();
  }
  return gaps;
}

}  // namespace kontor
