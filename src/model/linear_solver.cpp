#include "linear_solver.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "kontor/base/parallel.h"
#include "lapack.h"

namespace kontor {

namespace {

// A panel is solved in blocks of this many right-hand sides. A lone right-hand side is padded to two, because
// BLAS takes another path for one column and would give other last bits than in a batch.
constexpr std::size_t block_columns = 16;

class DenseLu final : public LinearSolver {
 public:
  explicit DenseLu(Matrix matrix) : lu_(std::move(matrix)), pivots_(lu_.rows), size_(static_cast<int>(lu_.rows)) {
    dgetrf_(&size_, &size_, lu_.values.data(), &size_, pivots_.data(), &info_);
  }

  bool singular() const { return info_ != 0; }

  void solve(Matrix& panel, bool transposed) const override {
    const std::size_t blocks = (panel.rows + block_columns - 1) / block_columns;
    for_each_block(blocks, thread_count(), [&](std::size_t block) {
      const std::size_t first = block * block_columns, count = std::min(block_columns, panel.rows - first);
      solve_block(panel.values.data() + first * panel.columns, count, transposed);
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

 private:
  void solve_block(double* rows, std::size_t count, bool transposed) const {
    const char trans = transposed ? 'N' : 'T';
    int info = 0;
    if (count == 1) {
      std::vector<double> padded(2 * lu_.rows, 0.0);
      std::copy(rows, rows + lu_.rows, padded.begin());
      const int two = 2;
      dgetrs_(&trans, &size_, &two, lu_.values.data(), &size_, pivots_.data(), padded.data(), &size_, &info);
      std::copy(padded.begin(), padded.begin() + static_cast<long>(lu_.rows), rows);
      return;
    }
    const int columns = static_cast<int>(count);
    dgetrs_(&trans, &size_, &columns, lu_.values.data(), &size_, pivots_.data(), rows, &size_, &info);
  }

  Matrix lu_;
  std::vector<int> pivots_;
  int size_ = 0, info_ = 0;
};

}  // namespace

std::shared_ptr<const LinearSolver> factorise_dense(Matrix matrix) {
  openblas_set_num_threads(1);
  auto lu = std::make_shared<const DenseLu>(std::move(matrix));
  if (lu->singular()) return nullptr;
  return lu;
}

}  // namespace kontor
