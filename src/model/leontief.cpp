// A programme in the Leontief model: new final demand, and purchases that change origin.
//
//   change of output d:   (I - A) d = df + E V (x + d)
// where df is new final demand and V = dA[rows] the few rows of A that change, E their unit columns. With s = L df
// and U = L E, one small system gives u = V (x + d):
//   (I - V U) u = V (x + s),   d = s + U u                       (Sherman-Morrison-Woodbury)
// A purchase that moves keeps the total of its buyer, so column sums of A plus imports do not change.
//
// Price side of a unit cost ratio r: a buyer j that moved `amount` pays (r - 1) amount / x_j more per unit, and passes it on:
//   dp = L' dc
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/model/leontief.h"
#include "lapack.h"
#include "small_system.h"

namespace kontor {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

using Purchases = std::map<std::pair<int, int>, double>;  // (supplier, buyer): ordered, so sums have one order

/// A scenario as changes of purchases and costs.
struct Direct {
  Purchases purchases;
  std::map<int, double> extra_cost;  // by buyer
  std::map<int, double> added;       // by cell with a limit: what it can make beyond what it makes today
  std::vector<const Shock*> not_counted;
};

void add_moves(Direct& direct, const std::vector<Sourcing>& moves, double unit_cost_ratio) {
  for (const Sourcing& move : moves) {
    direct.purchases[{move.from, move.buyer}] -= move.amount;
    direct.purchases[{move.to, move.buyer}] += move.amount;
    if (unit_cost_ratio != 1.0) direct.extra_cost[move.buyer] += move.amount * (unit_cost_ratio - 1.0);
  }
}

Direct direct_changes(const Accounts& accounts, const Scenario& scenario) {
  Direct direct;
  for (const Shock* shock : scenario.shocks) {
    if (const auto* demand = std::get_if<std::vector<FinalDemand>>(&shock->change)) {
      for (const FinalDemand& d : *demand) direct.purchases[{d.supplier, buyer_of_final_use(accounts, d.final_use)}] += d.amount;
    } else if (const auto* moves = std::get_if<std::vector<Sourcing>>(&shock->change)) {
      add_moves(direct, *moves, 1.0);
    } else if (const auto* target = std::get_if<Target>(&shock->change)) {
      add_moves(direct, target->moves, target->unit_cost_ratio);
    } else if (const auto* limit = std::get_if<Capacity>(&shock->change)) {
      direct.added[limit->cell] += limit->limit - accounts.output(0, static_cast<std::size_t>(limit->cell));
    } else {
      direct.not_counted.push_back(shock);
    }
  }
  return direct;
}

// A purchase cannot fall below zero. Rounding in shares that add up to the whole purchase is forgiven.
void check_purchases(const Accounts& accounts, const Scenario& scenario, const Direct& direct) {
  constexpr double rounding = 1e-9;  // share of the purchase
  Findings findings;
  for (const auto& [pair, amount] : direct.purchases) {
    const auto [supplier, buyer] = pair;
    if (amount >= 0.0) continue;
    const double base = purchase(accounts, supplier, buyer);
    if (-amount <= std::max(base, 0.0) * (1 + rounding)) continue;
    findings.push_back({Severity::error, "purchase-below-zero", "", std::to_string(scenario.year), "",
                        buyer_label(accounts, buyer) + " buys " + number_text(base) + " from " + supplier_label(accounts, supplier) +
                            " and the measures together take away " + number_text(-amount),
                        "no purchase can fall below zero", "reduce the amounts, or let other suppliers be displaced"});
  }
  throw_if_errors(findings);
}

/// Intermediate purchases from cells that change: rows of dA, by supplier.
using Rows = std::map<int, std::vector<std::pair<int, double>>>;

Rows changed_rows(const LeontiefSystem& system, const Direct& direct) {
  const auto n = static_cast<int>(system.size());
  Rows rows;
  for (const auto& [pair, amount] : direct.purchases) {
    const auto [supplier, buyer] = pair;
    if (supplier < n && buyer < n && amount != 0.0)
      rows[supplier].emplace_back(buyer, amount * system.inverse_output(static_cast<std::size_t>(buyer)));
  }
  return rows;
}

double times(const std::vector<std::pair<int, double>>& sparse, std::span<const double> dense) {
  double sum = 0.0;
  for (const auto& [j, value] : sparse) sum += value * dense[static_cast<std::size_t>(j)];
  return sum;
}

// d = s + U u with (I - V U) u = V (x + s); `unit_answers` holds the rows of U that this scenario needs.
std::vector<double> with_changed_rows(const LeontiefSystem& system, const Rows& rows,
                                      const std::map<int, std::span<const double>>& unit_answers, std::span<const double> s) {
  const auto x = system.accounts().output.row(0);
  const std::size_t m = rows.size();
  std::vector<double> change(s.begin(), s.end());
  if (m == 0) return change;
  Matrix small(m, m);
  std::vector<double> u(m);
  std::size_t i = 0;
  for (const auto& [row, v] : rows) {
    u[i] = times(v, x) + times(v, s);
    std::size_t j = 0;
    for (const auto& [other, unused] : rows) {
      small(i, j) = (i == j ? 1.0 : 0.0) - times(v, unit_answers.at(other));
      ++j;
    }
    ++i;
  }
  if (!solve_small(small, u))
    fail(Exit::no_answer, "no-answer", "", "", "", "with these purchases moved, I - A is singular", "a table with an inverse",
         "reduce the shares that move");
  i = 0;
  for (const auto& [row, v] : rows) {
    const auto column = unit_answers.at(row);
    for (std::size_t c = 0; c < change.size(); ++c) change[c] += column[c] * u[i];
    ++i;
  }
  return change;
}

// New final demand for cells, as a row of right-hand sides.
void add_final_demand(const Accounts& accounts, const Direct& direct, std::span<double> row) {
  const auto n = static_cast<int>(accounts.cells.size());
  for (const auto& [pair, amount] : direct.purchases)
    if (pair.first < n && pair.second >= n) row[static_cast<std::size_t>(pair.first)] += amount;
}

// Unit cost changes of cells, and what final users pay directly.
bool add_costs(const LeontiefSystem& system, const Direct& direct, std::span<double> row, LeontiefSolution& solution) {
  const Accounts& accounts = system.accounts();
  const auto n = static_cast<int>(system.size());
  bool any = false;
  solution.final_extra_cost_by_region.assign(accounts.regions.size(), 0.0);
  for (const auto& [buyer, cost] : direct.extra_cost) {
    if (buyer < n) {
      row[static_cast<std::size_t>(buyer)] += cost * system.inverse_output(static_cast<std::size_t>(buyer));
    } else {
      solution.final_extra_cost_by_region[static_cast<std::size_t>(buyer_region(accounts, buyer))] += cost;
    }
    any = true;
  }
  return any;
}

// Final users pay their own dearer purchases and the prices that the cells pass on.
void pass_on_prices(const LeontiefSystem& system, LeontiefSolution& solution) {
  const Accounts& a = system.accounts();
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      solution.final_extra_cost_by_region[static_cast<std::size_t>(a.final_uses[f].region)] += solution.price[i] * a.final_use(i, f);
  for (const double cost : solution.final_extra_cost_by_region) solution.final_extra_cost += cost;
}

}  // namespace

static bool is_zero(std::span<const double> row) {
  return std::all_of(row.begin(), row.end(), [](double value) { return value == 0.0; });
}

std::vector<LeontiefSolution> solve_leontief(const LeontiefSystem& system, const std::vector<Scenario>& scenarios) {
  const Accounts& accounts = system.accounts();
  const std::size_t n = system.size(), count = scenarios.size();
  std::vector<Direct> direct(count);
  std::vector<Rows> rows(count);
  std::set<int> all_rows;
  Matrix demands(count, n), costs(count, n);
  std::vector<LeontiefSolution> solutions(count);
  std::vector<bool> has_costs(count);
  for (std::size_t k = 0; k < count; ++k) {
    direct[k] = direct_changes(accounts, scenarios[k]);
    check_purchases(accounts, scenarios[k], direct[k]);
    rows[k] = changed_rows(system, direct[k]);
    for (const auto& [row, v] : rows[k]) all_rows.insert(row);
    add_final_demand(accounts, direct[k], demands.row(k));
    has_costs[k] = add_costs(system, direct[k], costs.row(k), solutions[k]);
  }

  // Every solve of every scenario in one panel: new demand, then a unit row for each supplier whose sales move.
  std::vector<std::size_t> panel_row(count, none);  // of a scenario's demand; none where it has none
  std::size_t rows_of_panel = 0;
  for (std::size_t k = 0; k < count; ++k)
    if (!is_zero(demands.row(k))) panel_row[k] = rows_of_panel++;
  Matrix panel(rows_of_panel + all_rows.size(), n);
  for (std::size_t k = 0; k < count; ++k)
    if (panel_row[k] != none) std::copy(demands.row(k).begin(), demands.row(k).end(), panel.row(panel_row[k]).begin());
  std::size_t at = rows_of_panel;
  for (const int row : all_rows) panel(at++, static_cast<std::size_t>(row)) = 1.0;
  const Solved answers = system.solve(panel);
  std::map<int, std::span<const double>> unit_answers;
  at = rows_of_panel;
  for (const int row : all_rows) unit_answers[row] = answers.row(at++);
  const std::vector<double> zeros(n, 0.0);
  const bool any_costs = std::find(has_costs.begin(), has_costs.end(), true) != has_costs.end();
  const Solved price_answers = any_costs ? system.solve_transposed(costs) : Solved{};
  const double worst = std::max(answers.backward_error, price_answers.backward_error);

  const auto cells = static_cast<int>(n);
  for_each_block(count, thread_count(), [&](std::size_t k) {
    LeontiefSolution& solution = solutions[k];
    solution.output =
        with_changed_rows(system, rows[k], unit_answers, panel_row[k] == none ? std::span<const double>(zeros) : answers.row(panel_row[k]));
    solution.not_counted = direct[k].not_counted;
    for (const auto& [cell, added] : direct[k].added) {
      const double today = accounts.output(0, static_cast<std::size_t>(cell));
      solution.limits.push_back({cell, today + added, today + solution.output[static_cast<std::size_t>(cell)]});
    }
    solution.backward_error = worst;
    for (const auto& [pair, amount] : direct[k].purchases)
      (pair.second >= cells ? solution.final_use : solution.coefficients).push_back({pair.first, pair.second, amount});
    if (has_costs[k]) {
      solution.price.assign(price_answers.row(k).begin(), price_answers.row(k).end());
      pass_on_prices(system, solution);
    }
  });
  return solutions;
}

}  // namespace kontor
