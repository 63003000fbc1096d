// The system without some of its flows or with some cells held, by a small system instead of a new factorisation.
#pragma once

#include "kontor/model/leontief.h"

namespace kontor {

/// x = L b - LU C^-1 V L b (Sherman, Morrison and Woodbury). Rows of `v` and `lu` are the q directions; q = 0: the system itself.
struct TakenOut {
  const LeontiefSystem* system = nullptr;
  Matrix v, lu, c;  // q x n, q x n, q x q

  /// One solve. Throws Error(no_answer) if C is singular.
  std::vector<double> solve(const std::vector<double>& b) const;
  /// The same from t = L b: no solve.
  std::vector<double> without(std::vector<double> t) const;
  /// x with x' (I - A') = b': one solve too.
  std::vector<double> solve_transposed(const std::vector<double>& b) const;
};

/// L[:, cells], one column a row.
Matrix columns_of_inverse(const LeontiefSystem& system, const std::vector<int>& cells);

/// The others while `cells` are held at nothing: C = L_KK, V = E_K'. What it says of the cells themselves is rounding.
TakenOut cells_held(const LeontiefSystem& system, const std::vector<int>& cells, const Matrix& columns);

/// Deliveries between `cells` and the cells of `other_side` cut by `share` in both directions: D = -share (E_K A_K,other + A_other,K E_K').
TakenOut flows_cut(const LeontiefSystem& system, const std::vector<int>& cells, const std::vector<bool>& other_side, double share,
                   const Matrix& columns);

}  // namespace kontor
