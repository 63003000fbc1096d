// Distributions of uncertain numbers by name: each a row with its quantile function.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kontor {

struct Distribution {
  const char* name;
  const char* meaning;  // what low, mid and high stand for
  /// The value below which a draw falls with probability u, 0 < u < 1. low <= mid <= high, low < high.
  double (*quantile)(double u, double low, double mid, double high);
};

/// triangular first: what is taken where a file names none.
std::span<const Distribution> distributions();
/// nullptr if there is none of that name.
const Distribution* find_distribution(std::string_view name);

/// Quantile of a positive number known by estimate and standard error: lognormal with that mean and standard deviation.
double positive_quantile(double u, double estimate, double standard_error);
/// Quantile of the standard normal distribution.
double normal_quantile(double u);

}  // namespace kontor
