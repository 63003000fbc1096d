// Dense LU on fixed tiles: every tile is computed by one thread with one BLAS thread, so the factors, and all
// that is solved with them, are the same to the bit for any number of threads.
#include "linear_solver.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "blas_memory.h"
#include "kontor/base/parallel.h"
#include "lapack.h"

namespace kontor {

namespace {

constexpr int panel_columns = 96;     // of the factorisation; narrow enough that the sequential part stays small
constexpr int tile_columns = 192;     // of the trailing update, one tile a task
constexpr int largest_single = 2500;  // unknowns up to which each right-hand side is solved on its own

class DenseLu final : public LinearSolver {
 public:
  explicit DenseLu(Matrix matrix) : lu_(std::move(matrix)), pivots_(lu_.rows), size_(static_cast<int>(lu_.rows)) {
    for (int first = 0; first < size_ && !singular_; first += panel_columns) factorise_panel(first, std::min(panel_columns, size_ - first));
  }

  bool singular() const { return singular_; }

  // How right-hand sides are grouped depends on the matrix alone, never on how many come together: alone or in
  // company, the same question has the same bits. Small factors stay in the cache and are fastest one by one; large
  // ones are read once for sixteen, and a lone one is padded to two because BLAS takes another path for one.
  void solve(Matrix& panel, bool transposed) const override {
    const std::size_t width = size_ <= largest_single ? 1 : 16;
    for_each_block((panel.rows + width - 1) / width, thread_count(), [&](std::size_t block) {
      const std::size_t first = block * width, count = std::min(width, panel.rows - first);
      solve_block(panel.values.data() + first * panel.columns, count, width > 1 && count == 1, transposed);
    });
  }

  double inverse_norm_estimate(double norm) const override {
    // LAPACK sees the transpose (we store by row), so our 1-norm is its infinity norm.
    double reciprocal = 0.0;
    std::vector<double> work(4 * lu_.rows);
    std::vector<int> integers(lu_.rows);
    int info = 0;
    const char infinity = 'I';
    dgecon_(&infinity, &size_, lu_.values.data(), &size_, &norm, &reciprocal, work.data(), integers.data(), &info);
    return reciprocal > 0 ? 1.0 / (reciprocal * norm) : INFINITY;
  }

  // With M' = P L U the columns of M's inverse at the unknowns J are x = P w, L' w = z, U' z = e_J. Above the first of J
  // z is zero, and below the first entry of w that J asks for nothing is needed: a third of the work of whole columns
  // on average, where pivots stay near the diagonal.
  Matrix inverse_block(std::span<const std::size_t> unknowns) const override {
    std::vector<std::size_t> from(lu_.rows);  // x(i) = w(from[i])
    std::iota(from.begin(), from.end(), std::size_t{0});
    for (std::size_t k = lu_.rows; k-- > 0;) std::swap(from[k], from[static_cast<std::size_t>(pivots_[k] - 1)]);
    std::size_t first = lu_.rows;
    for (const std::size_t u : unknowns) first = std::min({first, u, from[u]});
    Matrix panel(unknowns.size(), lu_.rows - first), block(unknowns.size(), unknowns.size());
    if (unknowns.empty()) return block;
    for (std::size_t k = 0; k < unknowns.size(); ++k) panel(k, unknowns[k] - first) = 1.0;
    const int rows = static_cast<int>(panel.columns), columns = static_cast<int>(panel.rows);
    const double one = 1.0;
    const double* corner = lu_.values.data() + first * lu_.rows + first;
    dtrsm_("L", "U", "T", "N", &rows, &columns, &one, corner, &size_, panel.values.data(), &rows);
    dtrsm_("L", "L", "T", "U", &rows, &columns, &one, corner, &size_, panel.values.data(), &rows);
    for (std::size_t i = 0; i < unknowns.size(); ++i)
      for (std::size_t k = 0; k < unknowns.size(); ++k) block(i, k) = panel(k, from[unknowns[i]] - first);
    return block;
  }

 private:
  double* at(int row, int column) {
    return lu_.values.data() + static_cast<std::size_t>(column) * lu_.rows + static_cast<std::size_t>(row);
  }

  // Right-looking step: factor the panel, then swap, solve and update the other columns tile by tile.
  void factorise_panel(int first, int columns) {
    const int rows = size_ - first, last = first + columns;
    int info = 0;
    dgetrf_(&rows, &columns, at(first, first), &size_, pivots_.data() + first, &info);
    singular_ = info != 0;
    for (int k = first; k < last; ++k) pivots_[static_cast<std::size_t>(k)] += first;
    const int left_tiles = (first + tile_columns - 1) / tile_columns, right_tiles = (size_ - last + tile_columns - 1) / tile_columns;
    for_each_block(static_cast<std::size_t>(left_tiles + right_tiles), thread_count(), [&](std::size_t task) {
      const int tile = static_cast<int>(task);
      if (tile < left_tiles)
        swap_rows(tile * tile_columns, std::min(tile_columns, first - tile * tile_columns), first, last);
      else
        update(last + (tile - left_tiles) * tile_columns, first, last);
    });
  }

  void swap_rows(int column, int count, int first, int last) {
    const int from = first + 1, forward = 1;  // Fortran counts from one
    dlaswp_(&count, at(0, column), &size_, &from, &last, pivots_.data(), &forward);
  }

  void update(int column, int first, int last) {
    const int count = std::min(tile_columns, size_ - column), columns = last - first, below = size_ - last;
    swap_rows(column, count, first, last);
    const double one = 1.0, minus_one = -1.0;
    dtrsm_("L", "L", "N", "U", &columns, &count, &one, at(first, first), &size_, at(first, column), &size_);
    if (below > 0)
      dgemm_("N", "N", &below, &count, &columns, &minus_one, at(last, first), &size_, at(first, column), &size_, &one, at(last, column),
             &size_);
  }

  void solve_block(double* rows, std::size_t count, bool padded, bool transposed) const {
    const char trans = transposed ? 'N' : 'T';
    int info = 0;
    if (padded) {
      std::vector<double> two_rows(2 * lu_.rows, 0.0);
      std::copy(rows, rows + lu_.rows, two_rows.begin());
      const int two = 2;
      dgetrs_(&trans, &size_, &two, lu_.values.data(), &size_, pivots_.data(), two_rows.data(), &size_, &info);
      std::copy(two_rows.begin(), two_rows.begin() + static_cast<long>(lu_.rows), rows);
      return;
    }
    const int columns = static_cast<int>(count);
    dgetrs_(&trans, &size_, &columns, lu_.values.data(), &size_, pivots_.data(), rows, &size_, &info);
  }

  Matrix lu_;  // by row on entry, so LAPACK, which reads by column, holds the factors of the transpose
  std::vector<int> pivots_;
  int size_ = 0;
  bool singular_ = false;
};

}  // namespace

std::shared_ptr<const LinearSolver> factorise_dense(Matrix matrix) {
  prepare_blas_memory(matrix.values.size() * sizeof(double));
  openblas_set_num_threads(1);
  auto lu = std::make_shared<const DenseLu>(std::move(matrix));
  if (lu->singular()) return nullptr;
  return lu;
}

}  // namespace kontor
