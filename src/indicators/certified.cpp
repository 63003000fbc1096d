// What holds on the user's own table, checked again outside the solver.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/accounts/check.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

// Every unit of final demand ends as primary input or import of somebody: multipliers of all cost rows that are no
// cell's output are one, as far as the columns of the table balance.
static Identity cost_multipliers(const LeontiefSystem& system) {
  const Accounts& a = system.accounts();
  const std::size_t n = a.cells.size();
  Matrix costs(1, n);
  double widest = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    Sum leak, column;
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p) leak.add(a.primary(p, j));
    for (std::size_t k = 0; k < a.imports.size(); ++k) leak.add(a.imports_intermediate(k, j));
    costs(0, j) = leak.value() * system.inverse_output(j);
    column.add(leak.value());
    for (std::size_t i = 0; i < n; ++i) column.add(a.intermediate(i, j));
    if (a.output(0, j) > 0.0) widest = std::max(widest, std::fabs(a.output(0, j) - column.value()) / a.output(0, j));
  }
  const Solved multipliers = system.solve_transposed(costs);
  double gap = 0.0;
  for (std::size_t j = 0; j < n; ++j)
    if (a.output(0, j) > 0.0) gap = std::max(gap, std::fabs(multipliers(0, j) - 1.0));
  // A column that is off by `widest` of its output moves a multiplier by at most that times the largest output multiplier.
  const double largest = *std::max_element(system.output_multipliers().begin(), system.output_multipliers().end());
  const double rounding = 100 * std::numeric_limits<double>::epsilon() * system.certificate().condition;
  return {"value added, taxes and imports per unit of final demand sum to one", gap, widest * largest + rounding};
}

Certificate certified(const LeontiefSystem& system, const ProgrammeEffects& effects) {
  Certificate certificate = system.certificate();
  certificate.backward_error = std::max(certificate.backward_error, effects.backward_error);
  const double epsilon = std::numeric_limits<double>::epsilon();
  certificate.digits = -std::log10(certificate.condition * std::max(certificate.backward_error, epsilon)) - 1.0;
  const BalanceGaps gaps = balance_gaps(system.accounts());
  constexpr double stated = 1e-3;  // share of output; larger gaps are findings of the accounts
  certificate.identities.push_back({"uses of every cell's output sum to its output (sum of gaps over output)", gaps.row_share, stated});
  certificate.identities.push_back({"costs of every cell sum to its output (sum of gaps over output)", gaps.column_share, stated});
  certificate.identities.push_back(cost_multipliers(system));
  for (const Identity& identity : effects.identities) certificate.identities.push_back(identity);
  return certificate;
}

}  // namespace kontor
