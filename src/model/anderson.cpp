#include "anderson.h"

#include <algorithm>
#include <cmath>

#include "lapack.h"
#include "small_system.h"

namespace kontor {

static double dot(const std::vector<double>& x, const std::vector<double>& y) {
  const int n = static_cast<int>(x.size()), one = 1;
  return ddot_(&n, x.data(), &one, y.data(), &one);
}

void Anderson::next(const std::vector<double>& z, const std::vector<double>& d, std::vector<double>& out) {
  if (have_last_ && memory_ > 0) {
    if (held_ == memory_) drop_oldest();
    std::vector<double>&dd = steps_[held_], &dz = moves_[held_];
    dd.resize(z.size()), dz.resize(z.size());
    for (std::size_t i = 0; i < z.size(); ++i) dd[i] = d[i] - last_d_[i], dz[i] = z[i] - last_z_[i] + dd[i];
    for (std::size_t k = 0; k <= held_; ++k) gram_(held_, k) = gram_(k, held_) = dot(dd, steps_[k]);
    ++held_;
  }
  last_z_ = z, last_d_ = d, have_last_ = true;
  out.resize(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) out[i] = z[i] + d[i];
  Matrix gram(held_, held_);
  std::vector<double> part(held_);
  for (std::size_t a = 0; a < held_; ++a) {
    for (std::size_t b = 0; b < held_; ++b) gram(a, b) = gram_(a, b);
    gram(a, a) *= 1.0 + 1e-12;  // keeps nearly equal steps apart
    part[a] = dot(steps_[a], d);
  }
  if (held_ == 0 || !solve_small(std::move(gram), part)) return;
  if (std::any_of(part.begin(), part.end(), [](double x) { return !std::isfinite(x); })) return;
  for (std::size_t a = 0; a < held_; ++a)
    for (std::size_t i = 0; i < z.size(); ++i) out[i] -= part[a] * moves_[a][i];
}

void Anderson::drop_oldest() {
  std::rotate(moves_.begin(), moves_.begin() + 1, moves_.end()), std::rotate(steps_.begin(), steps_.begin() + 1, steps_.end());
  for (std::size_t a = 1; a < memory_; ++a)
    for (std::size_t b = 1; b < memory_; ++b) gram_(a - 1, b - 1) = gram_(a, b);
  --held_;
}

}  // namespace kontor
