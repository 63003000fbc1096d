#include "kontor/indicators/footprints.h"

#include <algorithm>

namespace kontor {

Footprints footprints(const LeontiefSystem& system, const Matrix& flows) {
  const Accounts& a = system.accounts();
  const std::size_t n = system.size(), regions = a.regions.size(), rows = flows.rows;
  Matrix use(regions, n), shares(rows, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) use(static_cast<std::size_t>(a.final_uses[f].region), i) += a.final_use(i, f);
  for (std::size_t k = 0; k < rows; ++k) {
    const std::vector<double> s = system.coefficients(flows.row(k));
    std::copy(s.begin(), s.end(), shares.row(k).begin());
  }
  const Solved called_for = system.solve(use);
  Footprints result{Matrix(rows, regions), Matrix(rows, regions), Matrix(rows, regions), Matrix(rows, regions),
                    system.solve_transposed(shares).answers};
  for (std::size_t k = 0; k < rows; ++k)
    for (std::size_t i = 0; i < n; ++i) {
      const auto home = static_cast<std::size_t>(a.cells[i].region);
      result.production(k, home) += flows(k, i);
      for (std::size_t r = 0; r < regions; ++r) {
        const double embodied = shares(k, i) * called_for(r, i);
        result.consumption(k, r) += embodied;
        if (r != home) result.exports(k, home) += embodied, result.imports(k, r) += embodied;
      }
    }
  return result;
}

}  // namespace kontor
