#include "kontor/base/distributions.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace kontor {

double normal_quantile(double u) { return boost::math::quantile(boost::math::normal(), u); }

double positive_quantile(double u, double estimate, double standard_error) {
  const double ratio = standard_error / estimate, variance = std::log1p(ratio * ratio);
  return estimate * std::exp(std::sqrt(variance) * normal_quantile(u) - 0.5 * variance);
}

static double triangular(double u, double low, double mid, double high) {
  const double width = high - low, left = (mid - low) / width;
  return u < left ? low + std::sqrt(u * width * (mid - low)) : high - std::sqrt((1.0 - u) * width * (high - mid));
}

static double uniform(double u, double low, double, double high) { return low + u * (high - low); }

// The beta distribution on [low, high] whose mean is (low + 4 mid + high) / 6.
static double pert(double u, double low, double mid, double high) {
  const double width = high - low, a = 1.0 + 4.0 * (mid - low) / width, b = 1.0 + 4.0 * (high - mid) / width;
  return low + width * boost::math::quantile(boost::math::beta_distribution<>(a, b), u);
}

// Two halves of normal distributions that meet at their common median; one draw in ten falls outside low and high.
static double normal(double u, double low, double mid, double high) {
  constexpr double at_95 = 1.6448536269514722;  // 95 % quantile of the standard normal distribution
  const double z = normal_quantile(u);
  return mid + z / at_95 * (z < 0.0 ? mid - low : high - mid);
}

static constexpr Distribution rows[] = {
    {"triangular", "low and high: never outside; mid: the most likely value", triangular},
    {"uniform", "anything from low to high alike", uniform},
    {"pert", "low and high: never outside; mid: the most likely value, closer to it than triangular", pert},
    {"normal", "low and high: one draw in ten falls outside, half of it on each side; mid: the median", normal},
};

std::span<const Distribution> distributions() { return rows; }

const Distribution* find_distribution(std::string_view name) {
  for (const Distribution& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace kontor
