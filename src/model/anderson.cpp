#include "anderson.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/parallel.h"
#include "lapack.h"
#include "small_system.h"

namespace kontor {

// What a block holds does not depend on who works on it, so results are the same to the byte for any number of threads.
constexpr std::size_t block_length = 4096;

static double dot(const double* x, const double* y, std::size_t length) {
  const int n = static_cast<int>(length), one = 1;
  return ddot_(&n, x, &one, y, &one);
}

void Anderson::next(const std::vector<double>& z, const std::vector<double>& d, std::vector<double>& out) {
  const std::size_t n = z.size(), blocks = (n + block_length - 1) / block_length;
  const auto each_block = [&](const auto& work) {
    for_each_block(blocks, blocks > 1 ? thread_count() : 1,
                   [&](std::size_t block) { work(block, block * block_length, std::min(block_length, n - block * block_length)); });
  };
  const bool adds = have_last_ && memory_ > 0;
  if (adds && held_ == memory_) drop_oldest();
  const std::size_t newest = held_;
  if (adds) steps_[newest].resize(n), moves_[newest].resize(n), ++held_;
  last_z_.resize(n), last_d_.resize(n), out.resize(n);
  Matrix with_newest(blocks, held_), with_step(blocks, held_);  // products with the differences of steps, block by block
  each_block([&](std::size_t block, std::size_t first, std::size_t length) {
    for (std::size_t i = first; adds && i < first + length; ++i) {
      const double change = d[i] - last_d_[i];
      steps_[newest][i] = change, moves_[newest][i] = z[i] - last_z_[i] + change;
    }
    for (std::size_t a = 0; a < held_; ++a) {
      const double* other = steps_[a].data() + first;
      if (adds) with_newest(block, a) = dot(steps_[newest].data() + first, other, length);
      with_step(block, a) = dot(other, d.data() + first, length);
    }
    std::copy_n(z.data() + first, length, last_z_.data() + first), std::copy_n(d.data() + first, length, last_d_.data() + first);
  });
  have_last_ = true;
  const auto sum = [&](const Matrix& products, std::size_t a) {
    double total = 0.0;
    for (std::size_t block = 0; block < blocks; ++block) total += products(block, a);
    return total;
  };
  for (std::size_t a = 0; adds && a < held_; ++a) gram_(newest, a) = gram_(a, newest) = sum(with_newest, a);
  Matrix gram(held_, held_);
  std::vector<double> part(held_);
  for (std::size_t a = 0; a < held_; ++a) {
    for (std::size_t b = 0; b < held_; ++b) gram(a, b) = gram_(a, b);
    gram(a, a) *= 1.0 + 1e-12;  // keeps nearly equal steps apart
    part[a] = sum(with_step, a);
  }
  const bool mixes =
      held_ > 0 && solve_small(std::move(gram), part) && std::all_of(part.begin(), part.end(), [](double x) { return std::isfinite(x); });
  each_block([&](std::size_t, std::size_t first, std::size_t length) {
    for (std::size_t i = first; i < first + length; ++i) out[i] = z[i] + d[i];
    for (std::size_t a = 0; mixes && a < held_; ++a) {
      const double weight = part[a], *move = moves_[a].data();
      for (std::size_t i = first; i < first + length; ++i) out[i] -= weight * move[i];
    }
  });
}

void Anderson::drop_oldest() {
  std::rotate(moves_.begin(), moves_.begin() + 1, moves_.end()), std::rotate(steps_.begin(), steps_.begin() + 1, steps_.end());
  for (std::size_t a = 1; a < memory_; ++a)
    for (std::size_t b = 1; b < memory_; ++b) gram_(a - 1, b - 1) = gram_(a, b);
  --held_;
}

}  // namespace kontor
