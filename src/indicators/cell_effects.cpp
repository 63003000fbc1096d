#include "cell_effects.h"

#include <cmath>

#include "kontor/base/parallel.h"

namespace kontor {

EffectCoefficients effect_coefficients(const LeontiefSystem& system) {
  const Accounts& a = system.accounts();
  EffectCoefficients result;
  std::vector<double> flows(a.cells.size());
  for (std::size_t j = 0; j < flows.size(); ++j) flows[j] = value_added(a, static_cast<int>(j));
  result.value_added = system.coefficients(flows);
  for (std::size_t s = 0; s < a.satellites.size(); ++s) result.satellites.push_back(system.coefficients(a.satellite.row(s)));
  return result;
}

static std::vector<double> scaled(const std::vector<double>& coefficients, const std::vector<double>& output) {
  std::vector<double> result(output.size());
  for (std::size_t j = 0; j < output.size(); ++j) result[j] = coefficients[j] * output[j];
  return result;
}

CellEffects cell_effects(const EffectCoefficients& coefficients, const LeontiefSolution& solution) {
  CellEffects effects{solution.output, scaled(coefficients.value_added, solution.output), {}};
  for (const auto& row : coefficients.satellites) effects.satellites.push_back(scaled(row, solution.output));
  return effects;
}

TradeEffects trade_effects(const LeontiefSystem& system, const LeontiefSolution& solution) {
  const Accounts& a = system.accounts();
  const std::size_t n = a.cells.size(), k = a.imports.size();
  std::vector<double> growth(n);  // of the buyer's output: his purchases grow with it
  std::vector<std::size_t> region_of(n);
  for (std::size_t j = 0; j < n; ++j) {
    growth[j] = solution.output[j] * system.inverse_output(j);
    region_of[j] = static_cast<std::size_t>(a.cells[j].region);
  }
  TradeEffects trade{Matrix(n + k, a.regions.size())};
  for_each_block(n + k, thread_count(), [&](std::size_t i) {
    const auto z = i < n ? a.intermediate.row(i) : a.imports_intermediate.row(i - n);
    auto sales = trade.sales.row(i);
    for (std::size_t j = 0; j < n; ++j) sales[region_of[j]] += z[j] * growth[j];
  });
  // A changed coefficient acts on the output after the change.
  for (const PurchaseChange& change : solution.coefficients) {
    const auto buyer = static_cast<std::size_t>(change.buyer);
    trade.sales(static_cast<std::size_t>(change.supplier), region_of[buyer]) += change.amount * (1.0 + growth[buyer]);
  }
  for (const PurchaseChange& change : solution.final_use)
    trade.sales(static_cast<std::size_t>(change.supplier), static_cast<std::size_t>(buyer_region(a, change.buyer))) += change.amount;
  return trade;
}

TradeEffects base_trade(const Accounts& a) {
  const std::size_t n = a.cells.size(), k = a.imports.size();
  TradeEffects trade{Matrix(n + k, a.regions.size())};
  for (std::size_t i = 0; i < n + k; ++i) {
    auto sales = trade.sales.row(i);
    const auto z = i < n ? a.intermediate.row(i) : a.imports_intermediate.row(i - n);
    const auto y = i < n ? a.final_use.row(i) : a.imports_final.row(i - n);
    for (std::size_t j = 0; j < n; ++j) sales[static_cast<std::size_t>(a.cells[j].region)] += z[j];
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy)
        sales[static_cast<std::size_t>(a.final_uses[f].region)] += y[f];
  }
  return trade;
}

}  // namespace kontor
