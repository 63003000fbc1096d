// Attribution and statistics on functions whose answers are known on paper.
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

#include "kontor/base/attribution.h"
#include "kontor/base/statistics.h"
#include "kontor/base/unit_points.h"

using namespace kontor;

namespace {

// Two players take x from 1 to 2 and y from 1 to 3.
Matrix values_of(double (*f)(double, double)) {
  Matrix values(4, 1);
  for (PlayerSet set = 0; set < 4; ++set) values(set, 0) = f(set & 1 ? 2.0 : 1.0, set & 2 ? 3.0 : 1.0);
  return values;
}

double product(double x, double y) { return x * y; }
double square_product(double x, double y) { return x * x * y; }

PathParts path_of(double (*by_x)(double, double), double (*by_y)(double, double)) {
  const PathRule rule = path_rule();
  std::vector<Matrix> derivatives;
  for (const double t : rule.at) {
    const double x = 1.0 + t, y = 1.0 + 2.0 * t;
    Matrix d(2, 1);
    d(0, 0) = by_x(x, y), d(1, 0) = 2.0 * by_y(x, y);
    derivatives.push_back(std::move(d));
  }
  return integrated_along_path(rule, derivatives);
}

}  // namespace

TEST_CASE("Of x y from (1, 1) to (2, 3) both rules give 2 and 3") {
  const Matrix parts = shapley(values_of(product), 2);
  CHECK(parts(0, 0) == Approx(2.0).epsilon(1e-14));
  CHECK(parts(1, 0) == Approx(3.0).epsilon(1e-14));
  const PathParts path = path_of([](double, double y) { return y; }, [](double x, double) { return x; });
  CHECK(path.parts(0, 0) == Approx(2.0).epsilon(1e-14));
  CHECK(path.parts(1, 0) == Approx(3.0).epsilon(1e-14));
}

TEST_CASE("Of x^2 y from (1, 1) to (2, 3) Shapley gives 6 and 5, the straight line 19/3 and 14/3") {
  const Matrix parts = shapley(values_of(square_product), 2);
  CHECK(parts(0, 0) == Approx(6.0).epsilon(1e-14));
  CHECK(parts(1, 0) == Approx(5.0).epsilon(1e-14));
  const PathParts path = path_of([](double x, double y) { return 2.0 * x * y; }, [](double x, double) { return x * x; });
  CHECK(path.parts(0, 0) == Approx(19.0 / 3).epsilon(1e-14));
  CHECK(path.parts(1, 0) == Approx(14.0 / 3).epsilon(1e-14));
}

TEST_CASE("The rule of a path is exact for degree 11, its coarse half for degree 5, and more panels come nearer") {
  for (const int panels : {1, 2, 5})
    for (int degree = 0; degree <= 11; ++degree) {
      const PathRule rule = path_rule(panels);
      double fine = 0.0, coarse = 0.0;
      for (std::size_t k = 0; k < rule.at.size(); ++k) {
        CHECK((rule.at[k] > 0.0 && rule.at[k] < 1.0));
        fine += rule.weight[k] * std::pow(rule.at[k], degree), coarse += rule.coarse[k] * std::pow(rule.at[k], degree);
      }
      CHECK(fine == Approx(1.0 / (degree + 1)).epsilon(1e-14));
      if (degree <= 5) CHECK(coarse == Approx(1.0 / (degree + 1)).epsilon(1e-14));
      if (degree == 6) CHECK(std::fabs(coarse - 1.0 / 7) > 1e-9);
    }
  const auto off = [](int panels) {  // of the integral of e^(8 t)
    const PathRule rule = path_rule(panels);
    double sum = 0.0;
    for (std::size_t k = 0; k < rule.at.size(); ++k) sum += rule.weight[k] * std::exp(8.0 * rule.at[k]);
    return std::fabs(sum - std::expm1(8.0) / 8.0);
  };
  CHECK(off(2) < off(1) / 1000.0);  // the twelfth power of one half, and the rounding below it
}

TEST_CASE("A derivative that jumps is integrated exactly once the jump is known") {
  // y = max(0, t - 0.3): nothing until 0.3, one afterwards.
  const PathRule rule = path_rule(1, {0.3});
  std::vector<Matrix> derivatives;
  for (const double t : rule.at) derivatives.emplace_back(1, 1, t < 0.3 ? 0.0 : 1.0);
  CHECK(integrated_along_path(rule, derivatives).parts(0, 0) == Approx(0.7).epsilon(1e-14));
  double whole = 0.0;
  for (const double weight : rule.weight) whole += weight;
  CHECK(whole == Approx(1.0).epsilon(1e-14));
}

TEST_CASE("Shapley of four players adds up, gives equals the same and a bystander nothing") {
  // v = 5 for player 0, and 12 once both 1 and 2 are in; player 3 does nothing.
  Matrix values(16, 1);
  for (PlayerSet set = 0; set < 16; ++set) values(set, 0) = (set & 1 ? 5.0 : 0.0) + ((set & 6) == 6 ? 12.0 : 0.0);
  const Matrix parts = shapley(values, 4);
  CHECK(parts(0, 0) == Approx(5.0).epsilon(1e-14));
  CHECK(parts(1, 0) == Approx(6.0).epsilon(1e-14));
  CHECK(parts(2, 0) == Approx(6.0).epsilon(1e-14));
  CHECK(std::fabs(parts(3, 0)) < 1e-14);
}

TEST_CASE("Sampled orders come near the exact parts, and their sum is exact") {
  const auto value = [](PlayerSet set) {
    const auto in = [set](int p) { return set >> p & 1 ? 1.0 : 0.0; };
    return (1.0 + in(0)) * (1.0 + 2.0 * in(1)) * (1.0 + 0.5 * in(2)) + 3.0 * in(3) * in(0);
  };
  Matrix values(16, 1);
  for (PlayerSet set = 0; set < 16; ++set) values(set, 0) = value(set);
  const Matrix exact = shapley(values, 4);
  const auto orders = sampled_orders(4, 200, 5);
  std::vector<Matrix> steps;
  for (const auto& order : orders) {
    Matrix s(5, 1);
    PlayerSet set = 0;
    s(0, 0) = value(0);
    for (std::size_t i = 0; i < 4; ++i) s(i + 1, 0) = value(set |= PlayerSet{1} << order[i]);
    steps.push_back(std::move(s));
  }
  const SampledShapley sampled = shapley(orders, steps);
  double sum = 0.0;
  for (std::size_t p = 0; p < 4; ++p) {
    sum += sampled.parts(p, 0);
    CHECK(std::fabs(sampled.parts(p, 0) - exact(p, 0)) <= 4.0 * sampled.standard_error(p, 0) + 1e-12);
  }
  CHECK(sum == Approx(value(15) - value(0)).epsilon(1e-12));
}

TEST_CASE("Quantiles of 1, 2, 3, 4, 10") {
  const std::vector<double> values{10, 3, 1, 4, 2};
  CHECK(quantile(values, 0.5) == 3.0);
  CHECK(quantile(values, 0.25) == 2.0);
  CHECK(quantile(values, 0.95) == Approx(4.0 + 0.8 * 6.0).epsilon(1e-14));
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 1.0) == 10.0);
  CHECK(std::isnan(quantile({}, 0.5)));
  CHECK(moments(values).mean == 4.0);
  CHECK(moments(values).deviation == Approx(std::sqrt(50.0 / 4)).epsilon(1e-14));
}

// Ishigami and Homma (1990), a = 7, b = 0.1: indices in closed form.
TEST_CASE("Sobol indices of the Ishigami function") {
  constexpr double pi = std::numbers::pi, a = 7.0, b = 0.1;
  const double v1 = 0.5 * std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2), v2 = a * a / 8.0, v13 = b * b * std::pow(pi, 8) * 8.0 / 225.0;
  const double v = v1 + v2 + v13;
  const auto f = [&](const std::vector<double>& u) {
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return std::sin(x) + a * std::pow(std::sin(y), 2) + b * std::pow(z, 4) * std::sin(x);
  };
  const UnitPoints points(PointRule::sobol, 6, 1);
  constexpr std::size_t n = 1 << 14;
  std::vector<double> fa, fb;
  std::vector<std::vector<double>> fab(3);
  for (std::size_t k = 0; k < n; ++k) {
    const auto p = points.point(k);
    const std::vector<double> pa(p.begin(), p.begin() + 3), pb(p.begin() + 3, p.end());
    fa.push_back(f(pa)), fb.push_back(f(pb));
    for (std::size_t i = 0; i < 3; ++i) {
      auto mixed = pa;
      mixed[i] = pb[i];
      fab[i].push_back(f(mixed));
    }
  }
  const SensitivityIndices s = pick_freeze(fa, fb, fab);
  // Chance alone would leave about 1 / sqrt(2^14) = 0.008.
  constexpr double bound = 0.008;
  CHECK(std::fabs(s.first[0] - v1 / v) < bound);
  CHECK(std::fabs(s.first[1] - v2 / v) < bound);
  CHECK(std::fabs(s.first[2]) < bound);
  CHECK(std::fabs(s.total[0] - (v1 + v13) / v) < bound);
  CHECK(std::fabs(s.total[1] - v2 / v) < bound);
  CHECK(std::fabs(s.total[2] - v13 / v) < bound);
}

TEST_CASE("A surface of second degree is found exactly, with its shares of variance") {
  // y = 3 (2u - 1) + 2 (2v - 1)(2w - 1): variances 9/3 and 4/9; x plays no part.
  const UnitPoints points(PointRule::sobol, 4, 2);
  constexpr std::size_t n = 200;
  Matrix at(n, 4);
  std::vector<double> y;
  for (std::size_t k = 0; k < n; ++k) {
    const auto p = points.point(k);
    std::copy(p.begin(), p.end(), at.row(k).begin());
    y.push_back(3 * (2 * p[0] - 1) + 2 * (2 * p[1] - 1) * (2 * p[2] - 1));
  }
  const SensitivityIndices s = fitted_indices(at, y);
  const double whole = 3.0 + 4.0 / 9;
  CHECK(s.explained == Approx(1.0).epsilon(1e-12));
  CHECK(s.first[0] == Approx(3.0 / whole).epsilon(1e-10));
  CHECK(s.total[1] == Approx(4.0 / 9 / whole).epsilon(1e-10));
  CHECK(s.total[2] == Approx(4.0 / 9 / whole).epsilon(1e-10));
  CHECK(s.first[1] < 1e-20);
  CHECK(s.total[3] < 1e-20);
}

TEST_CASE("A surface that misses the outcome says so, and too few draws give none") {
  const UnitPoints points(PointRule::sobol, 2, 2);
  Matrix at(400, 2);
  std::vector<double> y;
  for (std::size_t k = 0; k < 400; ++k) {
    const auto p = points.point(k);
    std::copy(p.begin(), p.end(), at.row(k).begin());
    y.push_back(std::sin(40.0 * p[0]));
  }
  CHECK(fitted_indices(at, y).explained < 0.2);
  Matrix few(10, 4);
  CHECK(fitted_indices(few, std::vector<double>(10, 1.0)).first.empty());
}

TEST_CASE("Stroud's points have mean 0, variance 1, no correlation and no third moments") {
  for (int n = 1; n <= 7; ++n) {
    const Matrix p = stroud_points(n);
    const auto count = static_cast<double>(p.rows);
    for (std::size_t i = 0; i < p.columns; ++i) {
      double mean = 0.0;
      for (std::size_t k = 0; k < p.rows; ++k) mean += p(k, i) / count;
      CHECK(std::fabs(mean) < 1e-13);
      for (std::size_t j = 0; j <= i; ++j) {
        double second = 0.0;
        for (std::size_t k = 0; k < p.rows; ++k) second += p(k, i) * p(k, j) / count;
        CHECK(std::fabs(second - (i == j ? 1.0 : 0.0)) < 1e-13);
        for (std::size_t l = 0; l <= j; ++l) {
          double third = 0.0;
          for (std::size_t k = 0; k < p.rows; ++k) third += p(k, i) * p(k, j) * p(k, l) / count;
          CHECK(std::fabs(third) < 1e-13);
        }
      }
    }
  }
}
