// Rows that say which measure brought about how much of each net effect.
#pragma once

#include <vector>

#include "kontor/indicators/net_effects.h"
#include "kontor/model/measure_parts.h"
#include "net_rows.h"

namespace kontor {

/// One year under one closure: the measures that are at work, and the solutions before and after.
struct AttributedYear {
  int year = 0;
  const MeasuresInPart& measures;
  const Equilibrium& before;  // whose flows are the context's baseline
  const Equilibrium& after;
};

/// Rows of net_effects.h with measure filled and term `path`, measure "(remainder)" for what the parts leave of the effect,
/// and attribution_error. A path that has no solution somewhere leaves one warning instead.
void add_path_rows(const NetContext& context, const AttributedYear& year, std::vector<EffectRow>& rows, Findings& findings);

/// Terms `shapley` and `last_in`; beyond most_exact_players also `shapley_error`, standard errors.
void add_set_rows(const NetContext& context, const AttributedYear& year, const EquilibriumSolver& solver, const SetOptions& options,
                  std::vector<EffectRow>& rows, Findings& findings);

}  // namespace kontor
