#include "gmres.h"

#include <cmath>

#include "kontor/base/block.h"

namespace kontor {

namespace {

double dot(const std::vector<double>& x, const std::vector<double>& y) {
  double s = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) s += x[i] * y[i];
  return s;
}

void add(std::vector<double>& y, double a, const std::vector<double>& x) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += a * x[i];
}

/// One cycle: adds to x the combination of preconditioned directions that leaves the least of r.
void cycle(const LinearMap& a, const LinearMap& precondition, std::vector<double>& x, const std::vector<double>& r, double target, int most,
           int& products) {
  const auto m = static_cast<std::size_t>(most);
  std::vector<std::vector<double>> basis = {r}, directions;
  const double norm = std::sqrt(dot(r, r));
  for (double& v : basis[0]) v /= norm;
  Matrix h(m, m);  // column k in row k: triangular after the rotations
  std::vector<double> cosine, sine, rest = {norm};
  std::size_t k = 0;
  for (; k < m && std::fabs(rest[k]) > target; ++k) {
    directions.push_back(precondition(basis[k]));
    std::vector<double> w = a(directions[k]);
    ++products;
    const double before = std::sqrt(dot(w, w));
    std::vector<double> column(k + 2, 0.0);
    for (int pass = 0; pass < 2; ++pass)  // twice is enough: orthogonal to rounding
      for (std::size_t i = 0; i <= k; ++i) {
        const double c = dot(basis[i], w);
        column[i] += c;
        add(w, -c, basis[i]);
      }
    column[k + 1] = std::sqrt(dot(w, w));
    for (std::size_t i = 0; i < k; ++i) {
      const double above = cosine[i] * column[i] + sine[i] * column[i + 1];
      column[i + 1] = -sine[i] * column[i] + cosine[i] * column[i + 1];
      column[i] = above;
    }
    const double length = std::hypot(column[k], column[k + 1]);
    if (!(length > 1e-300) || !std::isfinite(length)) break;  // a singular matrix, or numbers that left the range
    const double next = column[k + 1];
    cosine.push_back(column[k] / length), sine.push_back(next / length);
    for (std::size_t i = 0; i < k; ++i) h(k, i) = column[i];
    h(k, k) = length;
    rest.push_back(-sine[k] * rest[k]), rest[k] *= cosine[k];
    if (next <= 1e-15 * before) {  // the space is used up: the answer is in it
      ++k;
      break;
    }
    for (double& v : w) v /= next;
    basis.push_back(std::move(w));
  }
  std::vector<double> y(k);
  for (std::size_t i = k; i-- > 0;) {
    y[i] = rest[i];
    for (std::size_t l = i + 1; l < k; ++l) y[i] -= h(l, i) * y[l];
    y[i] /= h(i, i);
  }
  for (std::size_t i = 0; i < k; ++i) add(x, y[i], directions[i]);
}

}  // namespace

GmresAnswer solve_gmres(const LinearMap& a, const LinearMap& precondition, const std::vector<double>& b, const GmresOptions& options) {
  GmresAnswer answer;
  answer.x.assign(b.size(), 0.0);
  const double size = std::sqrt(dot(b, b));
  if (!(size > 0.0)) {
    answer.converged = size == 0.0;
    return answer;
  }
  std::vector<double> r = b;
  answer.residual = 1.0;
  while (answer.residual > options.tolerance && answer.products < options.largest_products) {
    const double before = answer.residual;
    cycle(a, precondition, answer.x, r, 0.5 * options.tolerance * size, options.restart, answer.products);
    r = a(answer.x);
    ++answer.products;
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = b[i] - r[i];
    answer.residual = std::sqrt(dot(r, r)) / size;
    if (!(answer.residual < 0.9 * before)) break;  // stalled, or at rounding
  }
  answer.converged = answer.residual <= options.tolerance;
  return answer;
}

}  // namespace kontor
