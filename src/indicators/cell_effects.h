// One solved scenario as changes by cell and by pair of regions.
#pragma once

#include <vector>

#include "kontor/model/leontief.h"

namespace kontor {

/// Changes against the base, a year. Satellites hold NaN where the accounts have no number.
struct CellEffects {
  std::vector<double> output, value_added;      // by cell
  std::vector<std::vector<double>> satellites;  // by satellite, then cell
};

/// Sales from a supplier to all buyers of a region: suppliers x regions.
struct TradeEffects {
  Matrix sales;
};

/// Coefficients that turn output into other effects, computed once.
struct EffectCoefficients {
  std::vector<double> value_added;  // per unit of output
  std::vector<std::vector<double>> satellites;
};

EffectCoefficients effect_coefficients(const LeontiefSystem& system);
CellEffects cell_effects(const EffectCoefficients& coefficients, const LeontiefSolution& solution);
TradeEffects trade_effects(const LeontiefSystem& system, const LeontiefSolution& solution);
/// Base sales from suppliers to regions, in the same shape.
TradeEffects base_trade(const Accounts& accounts);

}  // namespace kontor
