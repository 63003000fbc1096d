// A gross effect: each measure alone and what they do together only; within a measure the tiers of suppliers, and within a
// tier the largest structural paths (Waugh 1950; Defourny and Thorbecke 1984).
//
//   number = a x,  x = (I + A + A^2 + ...) d          a: number per unit of output, in the region and sector asked for
//   tier k = a A^k d,  path i0 -> i1 -> ... -> ik:  d(i0) A(i1... read from user to supplier
//
// d: what the measure asks of each cell at once: final purchases, and purchases that change their supplier at base output.
#include <algorithm>
#include <cmath>

#include "cell_effects.h"
#include "explain_parts.h"
#include "kontor/base/error.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/scenarios.h"

namespace kontor {

namespace {

constexpr std::size_t tiers_with_paths = 3, tiers_shown = 6;

class GrossExplanation {
 public:
  explicit GrossExplanation(const Asked& asked) : asked_(asked), a_(asked.accounts), system_(asked.accounts), per_unit_(per_unit()) {
    if (!asked.question.closure.empty() && asked.question.closure != "leontief")
      fail(Exit::usage, "gross-number", "", "", "--closure", asked.question.indicator + " is a number at fixed prices", "no closure",
           "ask for " + asked.question.indicator + "_net, or leave --closure out");
  }

  Explained explain() {
    Explained result;
    result.model = "leontief";
    const int s = satellite_index(a_, asked_.question.indicator);
    result.unit = s >= 0 ? satellite_unit(a_.satellites[static_cast<std::size_t>(s)]) : money_unit(a_);
    std::vector<Scenario> scenarios;
    std::vector<std::string> ids;  // empty: all together
    for (const NamedScenario& named : scenarios_of(asked_.programme, asked_.compiled)) {
      if (named.scenario.year != asked_.year || (named.view != View::headline && named.view != View::measure)) continue;
      if (named.view == View::measure && !committed(named.measure)) continue;
      scenarios.push_back(named.scenario), ids.push_back(named.measure);
    }
    if (scenarios.empty()) {
      result.notes.push_back("no agreed measure is at work in this year");
      return result;
    }
    const std::vector<LeontiefSolution> solutions = solve_leontief(system_, scenarios);
    double alone = 0.0;
    for (std::size_t k = 0; k < solutions.size(); ++k) {
      if (ids[k].empty()) {
        result.tree.value = number(solutions[k].output);
        continue;
      }
      result.tree.parts.push_back(measure_node(measure_label(asked_.programme, ids[k]), solutions[k]));
      alone += result.tree.parts.back().value;
    }
    if (result.tree.parts.size() > 1)
      result.tree.parts.push_back({"interaction", "what they do together only", result.tree.value - alone, {}, {}, {}});
    result.notes.push_back("at fixed prices, each measure alone; tiers of suppliers, the largest paths of the first " +
                           std::to_string(tiers_with_paths));
    return result;
  }

 private:
  bool committed(const std::string& id) const {
    return std::any_of(asked_.programme.measures.begin(), asked_.programme.measures.end(),
                       [&](const Written& m) { return m.id == id && is_committed(m); });
  }

  std::vector<double> per_unit() const {
    const EffectCoefficients all = effect_coefficients(system_);
    const int s = satellite_index(a_, asked_.question.indicator);
    std::vector<double> row = s >= 0                                  ? all.satellites[static_cast<std::size_t>(s)]
                              : asked_.question.indicator == "output" ? std::vector<double>(a_.cells.size(), 1.0)
                                                                      : all.value_added;
    for (std::size_t j = 0; j < row.size(); ++j)
      if (!asked_.group.has[static_cast<std::size_t>(a_.cells[j].region)] || (asked_.sector >= 0 && a_.cells[j].sector != asked_.sector))
        row[j] = 0.0;
    if (std::any_of(row.begin(), row.end(), [](double x) { return std::isnan(x); }))
      fail(Exit::data, "not-available", "", "", "--indicator", "some cells of this region have no " + asked_.question.indicator,
           "a number in every cell", "ask for a region or sector that has them all");
    return row;
  }

  double number(const std::vector<double>& x) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < x.size(); ++j) sum += per_unit_[j] * x[j];
    return sum;
  }

  double coefficient(std::size_t i, std::size_t j) const { return a_.intermediate(i, j) * system_.inverse_output(j); }

  std::vector<double> suppliers_of(const std::vector<double>& x) const {  // A x
    std::vector<double> y(x.size(), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t j = 0; j < x.size(); ++j)
        if (x[j] != 0.0) y[i] += coefficient(i, j) * x[j];
    return y;
  }

  Explanation measure_node(const std::string& label, const LeontiefSolution& solution) const {
    const std::size_t n = a_.cells.size();
    Explanation node{"measure", label, number(solution.output), {}, {}, {}};
    std::vector<double> asked(n, 0.0);
    for (const auto* changes : {&solution.final_use, &solution.coefficients})
      for (const PurchaseChange& change : *changes)
        if (static_cast<std::size_t>(change.supplier) < n) asked[static_cast<std::size_t>(change.supplier)] += change.amount;
    std::vector<double> tier = asked;
    static const char* const names[] = {"direct demand", "first tier of suppliers", "second tier", "third tier", "fourth tier",
                                        "fifth tier"};
    for (std::size_t k = 0; k < tiers_shown; ++k) {
      Explanation part{"tier", names[k], number(tier), {}, {}, {}};
      if (k < tiers_with_paths) add_paths(part, asked, k, solution);
      node.parts.push_back(std::move(part));
      tier = suppliers_of(tier);
    }
    Matrix demand(1, n);
    std::copy(asked.begin(), asked.end(), demand.row(0).begin());
    const Solved whole = system_.solve(demand);
    double chain = number({whole.row(0).begin(), whole.row(0).end()}), shown = 0.0;
    for (const Explanation& part : node.parts) shown += part.value;
    node.parts.push_back({"tier", "all further tiers", chain - shown, {}, {}, {}});
    node.parts.push_back({"technology", "changed suppliers at the output that is new", node.value - chain, {}, {}, {}});
    return node;
  }

  // All paths of a length, the largest kept: from the cell that is asked to the one whose number is counted.
  void add_paths(Explanation& tier, const std::vector<double>& asked, std::size_t length, const LeontiefSolution& solution) const {
    struct Path {
      double value;
      std::size_t at[tiers_with_paths];
    };
    std::vector<Path> kept;
    const std::size_t most = std::max<std::size_t>(asked_.question.most, 1);
    const auto smaller = [](const Path& x, const Path& y) { return std::fabs(x.value) > std::fabs(y.value); };
    const auto keep = [&](const Path& path) {
      if (path.value == 0.0 || (kept.size() == most && !smaller(path, kept.back()))) return;
      kept.insert(std::upper_bound(kept.begin(), kept.end(), path, smaller), path);
      if (kept.size() > most) kept.pop_back();
    };
    const std::size_t n = asked.size();
    std::vector<std::size_t> counted;
    for (std::size_t j = 0; j < n; ++j)
      if (per_unit_[j] != 0.0) counted.push_back(j);
    for (std::size_t i = 0; i < n; ++i) {
      if (asked[i] == 0.0) continue;
      if (length == 0) keep({asked[i] * per_unit_[i], {i}});
      if (length == 1)
        for (const std::size_t j : counted) keep({asked[i] * coefficient(j, i) * per_unit_[j], {i, j}});
      for (std::size_t k = 0; k < n && length == 2; ++k)
        if (const double through = asked[i] * coefficient(k, i); through != 0.0)
          for (const std::size_t j : counted) keep({through * coefficient(j, k) * per_unit_[j], {i, k, j}});
    }
    double rest = tier.value;
    for (const Path& path : kept) {
      std::string name;
      std::vector<SourceCell> cells = first_cells(path.at[0], solution);
      for (std::size_t k = 0; k <= length; ++k) {
        name += (k ? " <- " : "") + cell_label(a_, static_cast<int>(path.at[k]));
        if (k > 0)
          cells.push_back({cell_label(a_, static_cast<int>(path.at[k])), cell_label(a_, static_cast<int>(path.at[k - 1])),
                           a_.intermediate(path.at[k], path.at[k - 1])});
      }
      tier.parts.push_back({"path", name, path.value, {}, std::move(cells), {}});
      rest -= path.value;
    }
    tier.parts.push_back({"others", "all other paths", rest, {}, {}, {}});
  }

  // Where the measure acts on a cell: the purchases that it changes, at their level in the accounts.
  std::vector<SourceCell> first_cells(std::size_t cell, const LeontiefSolution& solution) const {
    std::vector<int> buyers;
    for (const auto* changes : {&solution.final_use, &solution.coefficients})
      for (const PurchaseChange& change : *changes)
        if (static_cast<std::size_t>(change.supplier) == cell && std::find(buyers.begin(), buyers.end(), change.buyer) == buyers.end())
          buyers.push_back(change.buyer);
    return largest_purchases(a_, {static_cast<int>(cell)}, buyers, 2);
  }

  const Asked& asked_;
  const Accounts& a_;
  const LeontiefSystem system_;
  const std::vector<double> per_unit_;
};

}  // namespace

Explained explain_gross(const Asked& asked) { return GrossExplanation(asked).explain(); }

}  // namespace kontor
