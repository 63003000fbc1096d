#include "kontor/base/attribution.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include "kontor/base/random.h"

namespace kontor {

// Shapley (1953): a player's entry after s others counts s! (n - s - 1)! / n!.
Matrix shapley(const Matrix& values, int players) {
  assert(players >= 0 && players < 63 && values.rows == std::size_t{1} << players);
  Matrix parts(static_cast<std::size_t>(players), values.columns);
  std::vector<double> weight(static_cast<std::size_t>(players));
  for (int s = 0; s < players; ++s) {
    double orders = players;  // n choose s, times n - s: the number of orders that a weight stands for
    for (int k = 1; k <= s; ++k) orders *= static_cast<double>(players - k) / k;
    weight[static_cast<std::size_t>(s)] = 1.0 / orders;
  }
  for (PlayerSet set = 0; set < values.rows; ++set)
    for (int p = 0; p < players; ++p) {
      if (set >> p & 1) continue;
      const double w = weight[static_cast<std::size_t>(std::popcount(set))];
      const auto without = values.row(set), with = values.row(set | PlayerSet{1} << p);
      const auto part = parts.row(static_cast<std::size_t>(p));
      for (std::size_t k = 0; k < part.size(); ++k) part[k] += w * (with[k] - without[k]);
    }
  return parts;
}

std::vector<std::vector<int>> sampled_orders(int players, int count, std::uint64_t seed) {
  constexpr std::uint32_t stream = 0x53686170;
  std::vector<std::vector<int>> orders;
  for (int k = 0; k < count; ++k) {
    std::vector<int> order(static_cast<std::size_t>(players));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = order.size(); i > 1; --i) {  // Fisher and Yates
      const double u = uniform_at(seed, stream, static_cast<std::uint64_t>(k) << 16 | i);
      std::swap(order[i - 1], order[static_cast<std::size_t>(u * static_cast<double>(i))]);
    }
    orders.push_back(order);
    std::reverse(order.begin(), order.end());
    orders.push_back(order);
  }
  return orders;
}

SampledShapley shapley(const std::vector<std::vector<int>>& orders, const std::vector<Matrix>& steps) {
  assert(!orders.empty() && orders.size() == steps.size() && orders.size() % 2 == 0);
  const std::size_t players = orders.front().size(), outcomes = steps.front().columns, pairs = orders.size() / 2;
  SampledShapley result{Matrix(players, outcomes), Matrix(players, outcomes)};
  Matrix squares(players, outcomes);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    Matrix both(players, outcomes);
    for (const std::size_t k : {2 * pair, 2 * pair + 1})
      for (std::size_t i = 0; i < players; ++i)
        for (std::size_t o = 0; o < outcomes; ++o)
          both(static_cast<std::size_t>(orders[k][i]), o) += 0.5 * (steps[k](i + 1, o) - steps[k](i, o));
    for (std::size_t e = 0; e < both.values.size(); ++e)
      result.parts.values[e] += both.values[e], squares.values[e] += both.values[e] * both.values[e];
  }
  const auto n = static_cast<double>(pairs);
  for (std::size_t e = 0; e < squares.values.size(); ++e) {
    double& mean = result.parts.values[e];
    mean /= n;
    result.standard_error.values[e] = pairs > 1 ? std::sqrt(std::max(0.0, squares.values[e] / n - mean * mean) / (n - 1.0)) : std::nan("");
  }
  return result;
}

// Kronrod (1965), three points of Gauss and four more: on -1..1, symmetric.
PathRule path_rule(int panels, const std::vector<double>& breaks) {
  constexpr double at[4] = {0.0, 0.434243749346802558002071502844628, 0.774596669241483377035853079956480,
                            0.960491268708020283423507092629080};
  constexpr double fine[4] = {0.450916538658474142345110087045571, 0.401397414775962222905051818618432, 0.268488089868333440728569280666710,
                              0.104656226026467265193823857192073};
  constexpr double coarse[4] = {8.0 / 9.0, 0.0, 5.0 / 9.0, 0.0};
  PathRule rule;
  for (std::size_t piece = 0; piece <= breaks.size(); ++piece) {
    const double first = piece == 0 ? 0.0 : breaks[piece - 1], last = piece == breaks.size() ? 1.0 : breaks[piece];
    const double width = (last - first) / panels;
    for (int panel = 0; panel < panels; ++panel)
      for (int k = -3; k <= 3; ++k) {
        const int i = k < 0 ? -k : k;
        rule.at.push_back(first + (panel + 0.5 * (1.0 + (k < 0 ? -at[i] : at[i]))) * width);
        rule.weight.push_back(0.5 * fine[i] * width), rule.coarse.push_back(0.5 * coarse[i] * width);
      }
  }
  return rule;
}

PathParts integrated_along_path(const PathRule& rule, const std::vector<Matrix>& derivatives) {
  assert(rule.at.size() == derivatives.size() && !derivatives.empty());
  const Matrix& first = derivatives.front();
  PathParts result{Matrix(first.rows, first.columns), Matrix(first.rows, first.columns)};
  for (std::size_t e = 0; e < first.values.size(); ++e) {
    double coarse = 0.0;
    for (std::size_t k = 0; k < derivatives.size(); ++k)
      result.parts.values[e] += rule.weight[k] * derivatives[k].values[e], coarse += rule.coarse[k] * derivatives[k].values[e];
    result.error.values[e] = std::fabs(result.parts.values[e] - coarse);
  }
  return result;
}

}  // namespace kontor
