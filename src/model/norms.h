// Sizes of a state's or a residual's list; infinite where something in it is no finite number.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace kontor {

inline double largest_of(const std::vector<double>& v) {
  double m = 0.0;
  for (const double x : v) {
    if (!std::isfinite(x)) return std::numeric_limits<double>::infinity();
    m = std::max(m, std::fabs(x));
  }
  return m;
}

inline double length_of(const std::vector<double>& v) {
  double sum = 0.0;
  for (const double x : v) sum += x * x;
  return std::isfinite(sum) ? std::sqrt(sum) : std::numeric_limits<double>::infinity();
}

}  // namespace kontor
