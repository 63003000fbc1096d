// The same mathematics the plain way, for tiny worlds: an explicit inverse by elimination in long double.
#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor::test {

/// Inverse by Gauss and Jordan with row exchanges.
inline Matrix plain_inverse(const Matrix& matrix) {
  const std::size_t n = matrix.rows;
  std::vector<std::vector<long double>> work(n, std::vector<long double>(2 * n, 0.0L));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) work[i][j] = matrix(i, j);
    work[i][n + i] = 1.0L;
  }
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::fabs(work[i][k]) > std::fabs(work[pivot][k])) pivot = i;
    std::swap(work[k], work[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const long double factor = work[i][k] / work[k][k];
      for (std::size_t j = 0; j < 2 * n; ++j) work[i][j] -= factor * work[k][j];
    }
  }
  Matrix result(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) result(i, j) = static_cast<double>(work[i][n + j] / work[i][i]);
  return result;
}

/// (I - C)^-1.
inline Matrix plain_leontief(const Matrix& c) {
  Matrix m(c.rows, c.rows);
  for (std::size_t i = 0; i < c.rows; ++i)
    for (std::size_t j = 0; j < c.rows; ++j) m(i, j) = (i == j ? 1.0 : 0.0) - c(i, j);
  return plain_inverse(m);
}

/// Z over the buyer's output (A), or over the seller's (B).
inline Matrix coefficients_of(const Accounts& a, bool of_buyer) {
  Matrix c(a.cells.size(), a.cells.size());
  for (std::size_t i = 0; i < c.rows; ++i)
    for (std::size_t j = 0; j < c.rows; ++j) c(i, j) = a.intermediate(i, j) / a.output(0, of_buyer ? j : i);
  return c;
}

}  // namespace kontor::test
