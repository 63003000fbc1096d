#include "row_products.h"

#include <algorithm>

#include "lapack.h"

namespace kontor {

void gather(const Economy& economy, const Weights& table, std::size_t product, const std::vector<double>& x, std::span<double> y) {
  const Calibration& base = *economy.base;
  const int first = base.first_row[product], rows = base.first_row[product + 1] - first;
  if (!economy.only_row[product].empty()) {
    const std::vector<int>& only = economy.only_row[product];
    for (std::size_t b = 0; b < y.size(); ++b) {
      const auto q = static_cast<std::size_t>(only[b]);
      y[b] = only[b] < 0 ? 0.0 : table(q, b) * x[q];
    }
    return;
  }
  // Fortran sees the rows as columns.
  const int width = static_cast<int>(y.size()), one = 1;
  const double unit = 1.0, zero = 0.0;
  dgemv_("N", &width, &rows, &unit, table.part(product).data(), &width, x.data() + static_cast<std::size_t>(first), &one, &zero, y.data(),
         &one);
}

void scatter(const Economy& economy, const Weights& table, std::size_t product, std::span<const double> y, std::vector<double>& x) {
  const Calibration& base = *economy.base;
  const int first = base.first_row[product], rows = base.first_row[product + 1] - first;
  double* out = x.data() + static_cast<std::size_t>(first);
  if (!economy.only_row[product].empty()) {
    const std::vector<int>& only = economy.only_row[product];
    std::fill(out, out + rows, 0.0);
    for (std::size_t b = 0; b < y.size(); ++b)
      if (const auto q = static_cast<std::size_t>(only[b]); only[b] >= 0) x[q] += table(q, b) * y[b];
    return;
  }
  const int width = static_cast<int>(y.size()), one = 1;
  const double unit = 1.0, zero = 0.0;
  dgemv_("T", &width, &rows, &unit, table.part(product).data(), &width, y.data(), &one, &zero, out, &one);
}

void users_times(const Calibration& base, std::size_t first, std::size_t last, std::span<const double> x, std::vector<double>& y) {
  const int width = static_cast<int>(x.size()), users = static_cast<int>(last - first), one = 1;
  const double unit = 1.0, zero = 0.0;
  dgemv_("T", &width, &users, &unit, base.share.values.data() + first * x.size(), &width, x.data(), &one, &zero, y.data() + first, &one);
}

void products_times(const Calibration& base, std::size_t first, std::size_t last, const std::vector<double>& y, std::span<double> x) {
  const int width = static_cast<int>(x.size()), users = static_cast<int>(last - first), one = 1;
  const double unit = 1.0, zero = 0.0;
  dgemv_("N", &width, &users, &unit, base.share.values.data() + first * x.size(), &width, y.data() + first, &one, &zero, x.data(), &one);
}

void transpose(const Matrix& from, Matrix& to) {
  constexpr std::size_t tile = 16;  // a tile of both tables stays in the nearest cache
  for (std::size_t i0 = 0; i0 < from.rows; i0 += tile)
    for (std::size_t j0 = 0; j0 < from.columns; j0 += tile)
      for (std::size_t i = i0; i < std::min(i0 + tile, from.rows); ++i)
        for (std::size_t j = j0; j < std::min(j0 + tile, from.columns); ++j)
          to.values[j * to.columns + i] = from.values[i * from.columns + j];
}

}  // namespace kontor
