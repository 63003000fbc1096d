// I - A factorised, and what it can promise.
//
// Certificate. If A >= 0 and the multipliers m = (I - A)'^-1 1 are all positive, then I - A is a nonsingular
// M-matrix: the spectral radius of A is below one, L >= 0, and the 1-norm of L is max m, exactly. One
// transposed solve therefore gives the outcome, the condition number and the bound 1 - 1/max m on the spectral
// radius (Collatz 1942; Berman and Plemmons 1979, chapter 6).
#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/model/leontief.h"
#include "lapack.h"
#include "linear_solver.h"

namespace kontor {

[[noreturn]] static void no_answer(const std::string& found, const std::string& expected, const std::string& remedy) {
  fail(Exit::no_answer, "no-answer", "", "", "", found, expected, remedy);
}

static std::vector<double> inverses(const Accounts& a) {
  std::vector<double> inverse(a.cells.size(), 0.0);
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    const double x = a.output(0, j);
    if (!(x >= 0.0) || !std::isfinite(x))
      fail(Exit::data, "negative-output", "", "", cell_label(a, static_cast<int>(j)), "gross output " + number_text(x), "zero or more",
           "run `kontor check` on the accounts");
    // A cell without output uses nothing: its coefficients are 0, never a division by a small number.
    inverse[j] = x > 0.0 ? 1.0 / x : 0.0;
  }
  return inverse;
}

namespace {

/// What is learned of A while I - A is written.
struct Assembled {
  std::vector<double> column_sums, column_norms;  // of A, and absolute ones of I - A
  double row_norm = 0.0;                          // largest absolute row sum of I - A
  bool negative = false;                          // A has a negative cell
};

}  // namespace

// Fixed bands of rows, so that the sums over them have one order for any number of threads.
static Assembled assemble(const Accounts& accounts, const std::vector<double>& inverse_output, Matrix& m) {
  constexpr std::size_t band_rows = 128;
  const std::size_t n = m.rows, bands = (n + band_rows - 1) / band_rows;
  std::vector<Assembled> parts(bands);
  for_each_block(bands, thread_count(), [&](std::size_t band) {
    Assembled& part = parts[band];
    part.column_sums.assign(n, 0.0), part.column_norms.assign(n, 0.0);
    for (std::size_t i = band * band_rows; i < std::min(n, (band + 1) * band_rows); ++i) {
      const double* z = accounts.intermediate.row(i).data();
      double* row = m.row(i).data();
      double row_sum = 0.0, smallest = 0.0;
      for (std::size_t j = 0; j < n; ++j) {
        const double a = z[j] * inverse_output[j];
        smallest = std::min(smallest, a);
        part.column_sums[j] += a;
        row[j] = -a;
      }
      row[i] += 1.0;
      for (std::size_t j = 0; j < n; ++j) part.column_norms[j] += std::fabs(row[j]), row_sum += std::fabs(row[j]);
      part.row_norm = std::max(part.row_norm, row_sum);
      part.negative |= smallest < 0.0;
    }
  });
  Assembled all = std::move(parts.front());
  for (std::size_t band = 1; band < bands; ++band) {
    for (std::size_t j = 0; j < n; ++j)
      all.column_sums[j] += parts[band].column_sums[j], all.column_norms[j] += parts[band].column_norms[j];
    all.row_norm = std::max(all.row_norm, parts[band].row_norm);
    all.negative |= parts[band].negative;
  }
  return all;
}

LeontiefSystem::LeontiefSystem(const Accounts& accounts)
    : size_(accounts.cells.size()), accounts_(&accounts), inverse_output_(inverses(accounts)) {
  if (size_ == 0) no_answer("the accounts have no cells", "at least one region and sector with output", "check the import");
  Matrix m(size_, size_);
  const Assembled assembled = assemble(accounts, inverse_output_, m);
  const std::vector<double>& column_sums = assembled.column_sums;
  row_norm_ = assembled.row_norm;
  const auto largest = std::max_element(column_sums.begin(), column_sums.end());
  certificate_.model = "leontief";
  certificate_.size = static_cast<int>(size_);
  certificate_.largest_column_sum = *largest;
  certificate_.largest_column = cell_label(accounts, static_cast<int>(largest - column_sums.begin()));
  norm_ = *std::max_element(assembled.column_norms.begin(), assembled.column_norms.end());
  if (!std::isfinite(norm_)) no_answer("a coefficient is not finite", "finite flows", "run `kontor check` on the accounts");
  solver_ = factorise_dense(std::move(m));
  if (!solver_)
    no_answer("I - A is singular: there is no Leontief inverse", "column sums of A below one for some cell of every closed group",
              "run `kontor check`; the column sum is largest in " + certificate_.largest_column);
  certificate_.condition = assembled.negative ? norm_ * solver_->inverse_norm_estimate(norm_) : 0.0;
  certify();
}

void LeontiefSystem::certify() {
  Matrix ones(1, size_, 1.0);
  const Solved m = solve_transposed(ones);
  output_multipliers_.assign(m.answers.values.begin(), m.answers.values.end());
  const double smallest = *std::min_element(output_multipliers_.begin(), output_multipliers_.end());
  const double greatest = *std::max_element(output_multipliers_.begin(), output_multipliers_.end());
  certificate_.backward_error = m.backward_error;
  if (certificate_.condition == 0.0) certificate_.condition = norm_ * greatest;
  const double epsilon = std::numeric_limits<double>::epsilon();
  certificate_.digits = -std::log10(certificate_.condition * std::max(certificate_.backward_error, epsilon)) - 1.0;
  certificate_.spectral_radius = 1.0 - 1.0 / greatest;
  certificate_.iterations = m.refinements;
  certificate_.criterion =
      "at least 6 guaranteed digits, from the normwise backward error of every solve on the user's table and the condition number";
  // Digits first: next to a singular matrix even the sign of a multiplier is rounding.
  if (!(certificate_.digits >= fewest_digits))
    no_answer("only " + number_text(std::round(10 * std::max(certificate_.digits, 0.0)) / 10) + " digits can be guaranteed (condition " +
                  number_text(certificate_.condition) + ")",
              "at least 6 digits", "run `kontor check`; the column sum is largest in " + certificate_.largest_column);
  if (!(smallest > 0.0)) {
    const auto at = std::min_element(output_multipliers_.begin(), output_multipliers_.end()) - output_multipliers_.begin();
    no_answer("output multiplier " + number_text(smallest) + " of " + cell_label(*accounts_, static_cast<int>(at)) +
                  ": the spectral radius of A is one or more",
              "positive multipliers", "run `kontor check`; the column sum is largest in " + certificate_.largest_column);
  }
}

std::vector<double> LeontiefSystem::coefficients(std::span<const double> flows) const {
  std::vector<double> result(size_);
  for (std::size_t j = 0; j < size_; ++j) result[j] = flows[j] * inverse_output_[j];
  return result;
}

// b - (I - A) x for each row, or b - (I - A)' x, with A x taken as Z (x / output): the user's own table.
Matrix LeontiefSystem::residual(const Matrix& x, const Matrix& b, bool transposed) const {
  Matrix scaled(x.rows, size_), product(x.rows, size_), result = b;
  for (std::size_t r = 0; r < x.rows; ++r)
    for (std::size_t j = 0; j < size_; ++j) scaled(r, j) = transposed ? x(r, j) : x(r, j) * inverse_output_[j];

  // Fixed tiles of the product, rows of the panel by cells, so that it has the same bits for any number of threads.
  constexpr std::size_t tile_rows = 16, tile_cells = 384;
  const std::size_t bands = (size_ + tile_cells - 1) / tile_cells;
  for_each_block((x.rows + tile_rows - 1) / tile_rows * bands, thread_count(), [&](std::size_t task) {
    const std::size_t row = task / bands * tile_rows, cell = task % bands * tile_cells;
    const int n = static_cast<int>(size_), width = static_cast<int>(std::min(tile_cells, size_ - cell));
    const int count = static_cast<int>(std::min(tile_rows, x.rows - row)), step = 1;
    const double one = 1.0, zero = 0.0;
    // BLAS reads Z by column, as its transpose: Z s needs the transpose back.
    const double* z = accounts_->intermediate.data() + (transposed ? cell : cell * size_);
    const double* s = scaled.row(row).data();
    double* p = product.row(row).data() + cell;
    if (count == 1)
      dgemv_(transposed ? "N" : "T", transposed ? &width : &n, transposed ? &n : &width, &one, z, &n, s, &step, &zero, p, &step);
    else
      dgemm_(transposed ? "N" : "T", "N", &width, &count, &n, &one, z, &n, s, &n, &zero, p, &n);
  });
  for (std::size_t r = 0; r < x.rows; ++r)
    for (std::size_t j = 0; j < size_; ++j) result(r, j) -= x(r, j) - (transposed ? product(r, j) * inverse_output_[j] : product(r, j));
  return result;
}

Matrix LeontiefSystem::inverse_block(std::span<const std::size_t> cells) const { return solver_->inverse_block(cells); }

static double norm_of(std::span<const double> v) {
  double sum = 0.0;
  for (const double value : v) sum += std::fabs(value);
  return sum;
}

double LeontiefSystem::backward_error(const Matrix& r, const Matrix& x, const Matrix& b, bool transposed) const {
  double worst = 0.0;
  for (std::size_t row = 0; row < x.rows; ++row) {
    const double size = (transposed ? row_norm_ : norm_) * norm_of(x.row(row)) + norm_of(b.row(row));
    if (size > 0.0) worst = std::max(worst, norm_of(r.row(row)) / size);
  }
  return worst;
}

Solved LeontiefSystem::solve_panel(const Matrix& b, bool transposed) const {
  constexpr double good_enough = 1e-15;  // a few rounding errors; a factorisation with pivoting rarely leaves more
  Solved solved{b, 0.0, 0};
  solver_->solve(solved.answers, transposed);
  Matrix r = residual(solved.answers, b, transposed);
  solved.backward_error = backward_error(r, solved.answers, b, transposed);
  if (!(solved.backward_error > good_enough)) return solved;
  solved.refinements = 1;
  solver_->solve(r, transposed);
  for (std::size_t i = 0; i < r.values.size(); ++i) solved.answers.values[i] += r.values[i];
  solved.backward_error = backward_error(residual(solved.answers, b, transposed), solved.answers, b, transposed);
  return solved;
}

}  // namespace kontor
