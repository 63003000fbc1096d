// Which of several players brought about a value: two accepted answers, over any function of sets or of levels.
//
//   Shapley   what a player adds, averaged over all orders of entry
//   path      the integral of the player's own derivative along the straight line on which all grow from 0 to 1 together
//             (Aumann and Shapley; GEMPACK's subtotals)
//
// Both add up to the whole. They agree where players interact in pairs with equal growth; else they differ a little.
#pragma once

#include <cstdint>
#include <vector>

#include "kontor/base/block.h"

namespace kontor {

/// A set of players: bit p set, player p takes part.
using PlayerSet = std::uint64_t;

inline constexpr int most_exact_players = 12;

/// Players x outcomes, from the outcomes of every set: row s of `values` is set s, 2^players rows. Sums over players to the
/// last row less the first.
Matrix shapley(const Matrix& values, int players);

/// Orders of entry for a sample: `count` permutations of the players, and each of them backwards, so 2 x count. Order k is a
/// function of seed and k.
std::vector<std::vector<int>> sampled_orders(int players, int count, std::uint64_t seed);

struct SampledShapley {
  Matrix parts, standard_error;  // players x outcomes
};
/// From the outcomes after each entry: `steps[k]` has players + 1 rows, those of order k from nobody to all. Orders as
/// sampled_orders gives them; the standard error is that of the mean over pairs of an order and its reverse.
SampledShapley shapley(const std::vector<std::vector<int>>& orders, const std::vector<Matrix>& steps);

struct PathParts {
  Matrix parts;  // players x outcomes
  Matrix error;  // estimate, absolute: the last extrapolation's move
};
/// `derivatives[k]`: players x outcomes at the fraction k / steps of the way, steps a power of two and at least 2: Romberg's
/// extrapolation of the trapezoidal rule.
PathParts integrated_along_path(const std::vector<Matrix>& derivatives);

}  // namespace kontor
