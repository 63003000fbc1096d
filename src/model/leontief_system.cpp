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
  certificate_.iterations = 1;
  certificate_.criterion = "normwise backward error of every solve on the user's table, at most 1e-14";
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
  Matrix result = b;
  // Rows of the panel at a time: a few are fastest one by one, many share one pass over the table. The same blocks for any
  // number of threads.
  const std::size_t block = x.rows <= 4 ? 1 : 16;
  for_each_block((x.rows + block - 1) / block, thread_count(), [&](std::size_t which) {
    const std::size_t first = which * block, count = std::min(block, x.rows - first);
    Matrix scaled(count, size_), product(count, size_);
    for (std::size_t r = 0; r < count; ++r)
      for (std::size_t j = 0; j < size_; ++j) scaled(r, j) = transposed ? x(first + r, j) : x(first + r, j) * inverse_output_[j];
    const int n = static_cast<int>(size_), k = static_cast<int>(count);
    const double one = 1.0, zero = 0.0;
    // Row-major Z is column-major Z': Z s needs its transpose back.
    const char trans = transposed ? 'N' : 'T', none = 'N';
    const int step = 1;
    if (k == 1)
      dgemv_(&trans, &n, &n, &one, accounts_->intermediate.data(), &n, scaled.values.data(), &step, &zero, product.values.data(), &step);
    else
      dgemm_(&trans, &none, &n, &k, &n, &one, accounts_->intermediate.data(), &n, scaled.values.data(), &n, &zero, product.values.data(),
             &n);
    for (std::size_t r = 0; r < count; ++r)
      for (std::size_t j = 0; j < size_; ++j)
        result(first + r, j) -= x(first + r, j) - (transposed ? product(r, j) * inverse_output_[j] : product(r, j));
  });
  return result;
}

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
  Solved solved{b, 0.0};
  solver_->solve(solved.answers, transposed);
  Matrix r = residual(solved.answers, b, transposed);
  solved.backward_error = backward_error(r, solved.answers, b, transposed);
  if (!(solved.backward_error > good_enough)) return solved;
  solver_->solve(r, transposed);
  for (std::size_t i = 0; i < r.values.size(); ++i) solved.answers.values[i] += r.values[i];
  solved.backward_error = backward_error(residual(solved.answers, b, transposed), solved.answers, b, transposed);
  return solved;
}

}  // namespace kontor
