#include "small_system.h"

#include "lapack.h"

namespace kontor {

bool solve_small(Matrix matrix, Matrix& b) {
  const int n = static_cast<int>(matrix.rows), count = static_cast<int>(b.rows);
  std::vector<int> pivots(matrix.rows);
  int info = 0;
  dgetrf_(&n, &n, matrix.values.data(), &n, pivots.data(), &info);
  if (info != 0) return false;
  const char transposed = 'T';  // LAPACK sees the rows as columns
  dgetrs_(&transposed, &n, &count, matrix.values.data(), &n, pivots.data(), b.values.data(), &n, &info);
  return info == 0;
}

bool solve_small(Matrix matrix, std::vector<double>& b) {
  Matrix panel(1, b.size());
  panel.values = b;
  if (!solve_small(std::move(matrix), panel)) return false;
  b = panel.values;
  return true;
}

}  // namespace kontor
