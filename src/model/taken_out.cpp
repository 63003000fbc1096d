// The columns of L that a question needs are solved for once; whatever is cut or held afterwards costs one solve and a small system.
// When the other side of a border is everybody else, even L A_other,K needs no solve: it is L_K (I - A_KK) - E_K, because L A = L - I.
#include "taken_out.h"

#include <algorithm>

#include "kontor/base/error.h"
#include "lapack.h"
#include "small_system.h"

namespace kontor {

namespace {

[[noreturn]] void no_answer() {
  fail(Exit::no_answer, "no-answer", "", "", "", "the economy without what closes has a singular table", "", "run `kontor check`");
}

std::vector<double> one_row(const Solved& solved) { return solved.answers.values; }

// a (p x n) times b' (n x q): the sums over cells.
Matrix products(const Matrix& a, const Matrix& b) {
  Matrix c(a.rows, b.rows);
  if (a.rows == 0 || b.rows == 0) return c;
  const int p = static_cast<int>(a.rows), q = static_cast<int>(b.rows), n = static_cast<int>(a.columns);
  const double one = 1.0, zero = 0.0;
  dgemm_("T", "N", &q, &p, &n, &one, b.values.data(), &n, a.values.data(), &n, &zero, c.values.data(), &q);
  return c;
}

Matrix transposed(const Matrix& m) {
  Matrix t(m.columns, m.rows);
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j) t(j, i) = m(i, j);
  return t;
}

std::vector<double> times(const Matrix& m, const std::vector<double>& x) {
  std::vector<double> y(m.rows, 0.0);
  for (std::size_t r = 0; r < m.rows; ++r)
    for (std::size_t i = 0; i < x.size(); ++i) y[r] += m(r, i) * x[i];
  return y;
}

void subtract(std::vector<double>& x, const Matrix& m, const std::vector<double>& w) {
  for (std::size_t r = 0; r < m.rows; ++r)
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= w[r] * m(r, i);
}

Matrix row_of(const std::vector<double>& b) {
  Matrix m(1, b.size());
  m.values = b;
  return m;
}

}  // namespace

std::vector<double> TakenOut::solve(const std::vector<double>& b) const { return without(one_row(system->solve(row_of(b)))); }

std::vector<double> TakenOut::without(std::vector<double> t) const {
  if (v.rows == 0) return t;
  std::vector<double> w = times(v, t);
  if (!solve_small(c, w)) no_answer();
  subtract(t, lu, w);
  return t;
}

std::vector<double> TakenOut::solve_transposed(const std::vector<double>& b) const {
  std::vector<double> left = b;
  if (v.rows > 0) {
    std::vector<double> w = times(lu, b);
    if (!solve_small(transposed(c), w)) no_answer();
    subtract(left, v, w);
  }
  return one_row(system->solve_transposed(row_of(left)));
}

Matrix columns_of_inverse(const LeontiefSystem& system, const std::vector<int>& cells) {
  Matrix units(cells.size(), system.size());
  for (std::size_t k = 0; k < cells.size(); ++k) units(k, static_cast<std::size_t>(cells[k])) = 1.0;
  return cells.empty() ? units : system.solve(units).answers;
}

TakenOut cells_held(const LeontiefSystem& system, const std::vector<int>& cells, const Matrix& columns) {
  const std::size_t q = cells.size();
  TakenOut out{&system, Matrix(q, system.size()), columns, Matrix(q, q)};
  for (std::size_t r = 0; r < q; ++r) {
    const auto i = static_cast<std::size_t>(cells[r]);
    out.v(r, i) = 1.0;
    for (std::size_t k = 0; k < q; ++k) out.c(r, k) = columns(k, i);
  }
  return out;
}

// L A_other,K by rows: one a cell of K.
static Matrix bought_from_other(const LeontiefSystem& system, const std::vector<int>& cells, const std::vector<bool>& other_side,
                                const Matrix& columns, const Matrix& recipes) {
  const std::size_t q = cells.size(), n = system.size();
  if (q + static_cast<std::size_t>(std::count(other_side.begin(), other_side.end(), true)) < n) return system.solve(recipes).answers;
  const Accounts& a = system.accounts();
  Matrix within(q, q), result = columns;  // within(c, d) = A_dc
  for (std::size_t c = 0; c < q; ++c) {
    const auto j = static_cast<std::size_t>(cells[c]);
    for (std::size_t d = 0; d < q; ++d) within(c, d) = a.intermediate(static_cast<std::size_t>(cells[d]), j) * system.inverse_output(j);
    result(c, j) -= 1.0;
  }
  const int size = static_cast<int>(n), count = static_cast<int>(q);
  const double minus_one = -1.0, one = 1.0;
  dgemm_("N", "N", &size, &count, &count, &minus_one, columns.values.data(), &size, within.values.data(), &count, &one,
         result.values.data(), &size);
  return result;
}

TakenOut flows_cut(const LeontiefSystem& system, const std::vector<int>& cells, const std::vector<bool>& other_side, double share,
                   const Matrix& columns) {
  const Accounts& a = system.accounts();
  const std::size_t q = cells.size(), n = system.size();
  if (share == 0.0 || q == 0) return {&system, {}, {}, {}};
  Matrix sold(q, n), bought(q, n);  // A_K,other by rows, and A_other,K by columns
  for (std::size_t i = 0; i < n; ++i) {
    if (!other_side[i]) continue;
    const auto z = a.intermediate.row(i);
    for (std::size_t r = 0; r < q; ++r) {
      const auto k = static_cast<std::size_t>(cells[r]);
      bought(r, i) = z[k] * system.inverse_output(k);
      sold(r, i) = a.intermediate(k, i) * system.inverse_output(i);
    }
  }
  const Matrix second = bought_from_other(system, cells, other_side, columns, bought);
  TakenOut out{&system, Matrix(2 * q, n), Matrix(2 * q, n), Matrix(2 * q, 2 * q)};
  std::copy(sold.values.begin(), sold.values.end(), out.v.values.begin());
  std::copy(columns.values.begin(), columns.values.end(), out.lu.values.begin());
  std::copy(second.values.begin(), second.values.end(), out.lu.values.begin() + static_cast<long>(q * n));
  const Matrix upper = products(sold, out.lu);
  std::copy(upper.values.begin(), upper.values.end(), out.c.values.begin());
  for (std::size_t r = 0; r < q; ++r) {
    const auto k = static_cast<std::size_t>(cells[r]);
    out.v(q + r, k) = 1.0;
    for (std::size_t s = 0; s < 2 * q; ++s) out.c(q + r, s) = out.lu(s, k);
  }
  for (std::size_t r = 0; r < 2 * q; ++r) out.c(r, r) += 1.0 / share;
  return out;
}

}  // namespace kontor
