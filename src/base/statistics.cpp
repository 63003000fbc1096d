#include "kontor/base/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace kontor {

double quantile(std::vector<double> values, double probability) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double place = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - std::floor(place)) * (values[above] - values[below]);
}

Moments moments(std::span<const double> values) {
  Moments m{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  if (values.empty()) return m;
  double sum = 0.0, squares = 0.0;
  for (const double v : values) sum += v;
  m.mean = sum / static_cast<double>(values.size());
  for (const double v : values) squares += (v - m.mean) * (v - m.mean);
  if (values.size() > 1) m.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return m;
}

SensitivityIndices pick_freeze(std::span<const double> a, std::span<const double> b, const std::vector<std::vector<double>>& ab) {
  const auto n = static_cast<double>(a.size());
  double sum = 0.0, squares = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] + b[k];
  const double mean = sum / (2.0 * n);
  for (std::size_t k = 0; k < a.size(); ++k) squares += (a[k] - mean) * (a[k] - mean) + (b[k] - mean) * (b[k] - mean);
  const double variance = squares / (2.0 * n);
  SensitivityIndices indices;
  for (const std::vector<double>& mixed : ab) {
    double first = 0.0, total = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      first += b[k] * (mixed[k] - a[k]);
      total += (a[k] - mixed[k]) * (a[k] - mixed[k]);
    }
    indices.first.push_back(variance > 0.0 ? first / n / variance : 0.0);
    indices.total.push_back(variance > 0.0 ? total / (2.0 * n) / variance : 0.0);
  }
  return indices;
}

namespace {

// Least squares with the leave-one-out errors: columns made orthonormal one after the other (modified Gram-Schmidt, twice).
struct Fit {
  std::vector<double> coefficients;  // of the given columns
  double left_out = 0.0;             // mean square of the leave-one-out errors
};

Fit fit(std::vector<std::vector<double>> columns, std::span<const double> y) {
  const std::size_t n = y.size(), m = columns.size();
  Matrix r(m, m);
  std::vector<double> projected(m), leverage(n, 0.0), rest(y.begin(), y.end());
  const auto dot = [n](const std::vector<double>& x, const std::vector<double>& z) {
    double s = 0.0;
    for (std::size_t k = 0; k < n; ++k) s += x[k] * z[k];
    return s;
  };
  for (std::size_t j = 0; j < m; ++j) {
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t i = 0; i < j; ++i) {
        const double s = dot(columns[i], columns[j]);
        r(i, j) += s;
        for (std::size_t k = 0; k < n; ++k) columns[j][k] -= s * columns[i][k];
      }
    r(j, j) = std::sqrt(dot(columns[j], columns[j]));
    for (double& v : columns[j]) v /= r(j, j);
    projected[j] = dot(columns[j], rest);
    for (std::size_t k = 0; k < n; ++k) rest[k] -= projected[j] * columns[j][k], leverage[k] += columns[j][k] * columns[j][k];
  }
  Fit result;
  result.coefficients.assign(m, 0.0);
  for (std::size_t j = m; j-- > 0;) {
    double s = projected[j];
    for (std::size_t i = j + 1; i < m; ++i) s -= r(j, i) * result.coefficients[i];
    result.coefficients[j] = s / r(j, j);
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double e = rest[k] / (1.0 - leverage[k]);
    result.left_out += e * e / static_cast<double>(n);
  }
  return result;
}

}  // namespace

SensitivityIndices fitted_indices(const Matrix& points, std::span<const double> outcomes) {
  constexpr std::size_t draws_a_coefficient = 3;
  const std::size_t n = points.rows, d = points.columns, pure = 1 + 2 * d, all = pure + d * (d - 1) / 2;
  SensitivityIndices indices;
  if (n < draws_a_coefficient * pure) return indices;
  const bool mixed = n >= draws_a_coefficient * all;
  // Orthonormal on (0, 1): sqrt 3 (2u - 1) and sqrt 5 (6 u^2 - 6 u + 1).
  std::vector<std::vector<double>> columns(1, std::vector<double>(n, 1.0));
  for (std::size_t i = 0; i < d; ++i) {
    std::vector<double> line(n), bow(n);
    for (std::size_t k = 0; k < n; ++k) {
      const double u = points(k, i);
      line[k] = std::numbers::sqrt3 * (2.0 * u - 1.0), bow[k] = std::sqrt(5.0) * (6.0 * u * u - 6.0 * u + 1.0);
    }
    columns.push_back(std::move(line)), columns.push_back(std::move(bow));
  }
  if (mixed)
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = i + 1; j < d; ++j) {
        std::vector<double> product(n);
        for (std::size_t k = 0; k < n; ++k) product[k] = columns[1 + 2 * i][k] * columns[1 + 2 * j][k];
        columns.push_back(std::move(product));
      }
  const Fit surface = fit(std::move(columns), outcomes);
  const double variance = std::pow(moments(outcomes).deviation, 2);
  indices.explained = variance > 0.0 ? 1.0 - surface.left_out / variance : 1.0;
  indices.first.assign(d, 0.0);
  double whole = 0.0;
  const auto square = [&](std::size_t c) { return surface.coefficients[c] * surface.coefficients[c]; };
  for (std::size_t i = 0; i < d; ++i) indices.first[i] = square(1 + 2 * i) + square(2 + 2 * i), whole += indices.first[i];
  indices.total = indices.first;
  if (mixed) {
    std::size_t c = pure;
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = i + 1; j < d; ++j, ++c) indices.total[i] += square(c), indices.total[j] += square(c), whole += square(c);
  }
  if (whole > 0.0)
    for (std::size_t i = 0; i < d; ++i) indices.first[i] /= whole, indices.total[i] /= whole;
  return indices;
}

Matrix stroud_points(int numbers) {
  assert(numbers > 0);
  const int n = numbers;
  Matrix points(static_cast<std::size_t>(2 * n), static_cast<std::size_t>(n));
  for (int k = 1; k <= 2 * n; ++k) {
    const auto row = points.row(static_cast<std::size_t>(k - 1));
    for (int r = 1; r <= n / 2; ++r) {
      const double angle = (2.0 * r - 1.0) * k * std::numbers::pi / n;
      row[static_cast<std::size_t>(2 * r - 2)] = std::numbers::sqrt2 * std::cos(angle);
      row[static_cast<std::size_t>(2 * r - 1)] = std::numbers::sqrt2 * std::sin(angle);
    }
    if (n % 2 == 1) row[static_cast<std::size_t>(n - 1)] = k % 2 == 0 ? 1.0 : -1.0;
  }
  return points;
}

}  // namespace kontor
