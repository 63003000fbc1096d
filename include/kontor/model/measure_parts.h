// Which measure brought about how much of a change between two equilibria: along the way on which all of them grow together
// (Aumann and Shapley 1974; Harrison, Horridge and Pearson 2000), and by the sets that they can form (Shapley 1953).
//
//   path      part(m) = integral over t from 0 to 1 of  dy/ds(m)  at sizes s = (t, ..., t)
//             dy/ds(m) = y_z dz/ds(m) + y_s,   dz/ds(m) = -J^-1 F_s(m)        J: the exact Jacobian (tangent.h)
//   shapley   part(m) = mean over all orders of entry of what m adds to those before it
//
// F_s and the outcome's own derivative are differences of the equations and outcomes at points near by, extrapolated once
// (Richardson): no solves, whatever kind of shock a measure is made of.
// Method: docs/methods/attribution.md
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kontor/base/block.h"
#include "kontor/model/measures_in_part.h"

namespace kontor {

struct Work;

/// Everything at one point between baseline and programme.
struct PathPoint {
  const Economy& economy;
  const Work& work;  // as evaluated there (equilibrium_parts.h)
  const Flows& flows;
};

/// What is attributed, by outcome: its change from one point to another, which may lie close together. Called from several
/// threads.
using ChangeBetween = std::function<std::vector<double>(const PathPoint& from, const PathPoint& to)>;

struct MeasureParts {
  Matrix parts, error;        // measures x outcomes; error: absolute, an upper estimate of the rule's
  std::vector<double> whole;  // by outcome: from the baseline to all measures
  int points = 0;             // at which the economy was solved
  std::string outcome;        // why there is no answer; empty if there is one
  bool solved() const { return outcome.empty(); }
  /// The largest over outcomes of |whole less the sum of its parts|, over the largest |whole|.
  double remainder() const;
};

struct PathOptions {
  double tolerance = 1e-9;  // of the remainder: panels are doubled until it is met
  int panels = 1, most_panels = 4;
};

/// `before` and `after`: solutions of the baseline and of measures.at(all 1). A change that is no difference of a function
/// (a channel of income) has no whole to be held against: then ask for the panels that another took.
MeasureParts parts_along_path(const MeasuresInPart& measures, const Equilibrium& before, const Equilibrium& after,
                              const ChangeBetween& change, const PathOptions& options = {});

/// dy/ds(m) where the measures have these sizes, each between 0 and 1; `at`: a solution there. Empty where there is none.
std::vector<double> change_by_growth(const MeasuresInPart& measures, const std::vector<double>& sizes, const Equilibrium& at,
                                     std::size_t measure, const ChangeBetween& change);

/// Outcomes of sets of measures: each solved, started where the solutions of smaller sets lead.
struct SetOutcomes {
  Matrix parts;               // Shapley: measures x outcomes
  Matrix standard_error;      // the same; empty where every set was solved
  Matrix alone, last_in;      // the first and the last to enter
  std::vector<double> whole;  // by outcome
  std::size_t sets = 0;       // solved
  std::string outcome;        // as above
  bool solved() const { return outcome.empty(); }
};

struct SetOptions {
  int orders = 64;  // pairs of an order and its reverse, where there are more measures than most_exact_players
  std::uint64_t seed = 1;
};

inline constexpr std::size_t most_measures_in_sets = 62;

SetOutcomes outcomes_of_sets(const MeasuresInPart& measures, const EquilibriumSolver& solver, const Equilibrium& before,
                             const ChangeBetween& change, const SetOptions& options = {});

}  // namespace kontor
