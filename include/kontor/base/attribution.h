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

/// Where on the way from 0 to 1 derivatives are asked for, and what each counts: Gauss and Kronrod's seven points in each of
/// `panels` equal parts, exact for polynomials of degree 11. No point is an end, so each has a derivative to both sides also
/// where something begins at 0 or is used up at 1. `breaks`, ascending between 0 and 1: where derivatives jump; each piece
/// between two of them has its own parts.
struct PathRule {
  std::vector<double> at, weight;  // weights sum to 1
  std::vector<double> coarse;      // weights of the three points of Gauss within, exact for degree 5
};
PathRule path_rule(int panels = 1, const std::vector<double>& breaks = {});

struct PathParts {
  Matrix parts;  // players x outcomes
  Matrix error;  // absolute: how far the coarse rule is off, far more than the fine one is
};
/// `derivatives[k]`: players x outcomes at rule.at[k].
PathParts integrated_along_path(const PathRule& rule, const std::vector<Matrix>& derivatives);

}  // namespace kontor
