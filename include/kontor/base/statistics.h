// What draws say: quantiles, and which uncertain number moves the outcome most.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "kontor/base/block.h"

namespace kontor {

/// Quantile of values in any order, linear between order statistics (Hyndman and Fan 1996, type 7). NaN of nothing.
double quantile(std::vector<double> values, double probability);

struct Moments {
  double mean = 0.0, deviation = 0.0;  // of a sample; deviation NaN of fewer than two
};
Moments moments(std::span<const double> values);

/// Shares of the outcome's variance (Sobol 1993): by the number alone, and with all that it takes part in.
struct SensitivityIndices {
  std::vector<double> first, total;  // by uncertain number
  double explained = 1.0;            // of a fitted surface: variance of points left out that it foresees; 1 where nothing is fitted
};

/// From outcomes at n points of two independent sets a and b, and at those of a whose number i is b's: outcomes_ab[i].
/// First order as Saltelli et al. (2010), total as Jansen (1999).
SensitivityIndices pick_freeze(std::span<const double> outcomes_a, std::span<const double> outcomes_b,
                               const std::vector<std::vector<double>>& outcomes_ab);

/// From the draws themselves: a surface of second degree in the coordinates (points: draws x numbers, each on (0, 1)) fitted
/// by least squares in orthonormal Legendre polynomials, whose squared coefficients are the shares. Mixed terms are taken in
/// while there are three draws a coefficient. `explained` is one less the leave-one-out error over the variance: where it is
/// small, so is the worth of the indices. Empty where there are fewer than three draws a coefficient of the pure terms.
SensitivityIndices fitted_indices(const Matrix& points, std::span<const double> outcomes);

/// Degree-three quadrature for n independent numbers of mean 0 and variance 1, symmetric: 2 n points of equal weight, one a row
/// (Stroud 1957), as used for the sensitivity of GTAP (Arndt 1996).
Matrix stroud_points(int numbers);

}  // namespace kontor
