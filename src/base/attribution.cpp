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

PathParts integrated_along_path(const std::vector<Matrix>& derivatives) {
  const std::size_t steps = derivatives.size() - 1;
  assert(steps >= 2 && std::has_single_bit(steps));
  const std::size_t size = derivatives.front().values.size();
  PathParts result{derivatives.front(), derivatives.front()};
  std::vector<double> column;
  for (std::size_t e = 0; e < size; ++e) {
    column.clear();
    for (std::size_t stride = steps; stride > 0; stride /= 2) {
      double sum = 0.5 * (derivatives.front().values[e] + derivatives.back().values[e]);
      for (std::size_t k = stride; k < steps; k += stride) sum += derivatives[k].values[e];
      column.push_back(sum * static_cast<double>(stride) / static_cast<double>(steps));
    }
    double last = column.back();
    for (double factor = 4.0; column.size() > 1; factor *= 4.0) {
      last = column.back();
      for (std::size_t k = 0; k + 1 < column.size(); ++k) column[k] = (factor * column[k + 1] - column[k]) / (factor - 1.0);
      column.pop_back();
    }
    result.parts.values[e] = column.front();
    result.error.values[e] = std::fabs(column.front() - last);
  }
  return result;
}

}  // namespace kontor
