// Points, numbers and distributions of draws.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "kontor/base/distributions.h"
#include "kontor/base/random.h"
#include "kontor/base/unit_points.h"

using namespace kontor;

// Random123, known-answer tests of philox4x32 with ten rounds (Salmon et al. 2011, kat_vectors).
TEST_CASE("Philox gives the published words") {
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const std::uint32_t all = 0xffffffff;
  CHECK(philox({all, all, all, all}, {all, all}) == std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("The first 2^m points of a scrambled net have exactly one coordinate in each of 2^m equal intervals") {
  const UnitPoints points(PointRule::sobol, 40, 7);
  constexpr int count = 64;
  for (std::size_t d = 0; d < points.dimensions(); ++d) {
    std::set<int> intervals;
    for (int k = 0; k < count; ++k) intervals.insert(static_cast<int>(points.point(static_cast<std::uint64_t>(k))[d] * count));
    CHECK(intervals.size() == count);
  }
}

TEST_CASE("A point does not depend on those drawn before it, and another seed or stream gives others") {
  for (const PointRule rule : {PointRule::sobol, PointRule::random}) {
    const UnitPoints one(rule, 5, 1), again(rule, 5, 1), other(rule, 5, 2), stream(rule, 5, 1, 3);
    const auto late = one.point(1000);
    for (std::uint64_t k = 0; k < 10; ++k) again.point(k);
    CHECK(again.point(1000) == late);
    CHECK(other.point(1000) != late);
    CHECK(stream.point(1000) != late);
    for (const double u : late) CHECK((u > 0.0 && u < 1.0));
  }
}

TEST_CASE("The mean of a product of coordinates is nearer with a scrambled net than with independent points") {
  const auto error = [](PointRule rule) {
    const UnitPoints points(rule, 6, 11);
    double sum = 0.0;
    constexpr int count = 4096;
    for (int k = 0; k < count; ++k) {
      double product = 1.0;
      for (const double u : points.point(static_cast<std::uint64_t>(k))) product *= 0.5 + u;  // mean 1
      sum += product;
    }
    return std::fabs(sum / count - 1.0);
  };
  // Standard error of 4096 independent points: sqrt((13/12)^6 - 1) / 64 = 0.0123.
  CHECK(error(PointRule::random) < 4 * 0.0123);
  CHECK(error(PointRule::sobol) < 0.0123 / 10);
}

TEST_CASE("Quantiles invert the distributions' closed forms") {
  const auto q = [](const char* name, double u) { return find_distribution(name)->quantile(u, 1.0, 2.0, 4.0); };
  // Triangular on (1, 2, 4): F(2) = 1/3; F(x) = (x-1)^2 / 3 below, 1 - (4-x)^2 / 6 above.
  CHECK(q("triangular", 1.0 / 3) == Approx(2.0).epsilon(1e-12));
  CHECK(q("triangular", 0.12) == Approx(1.6).epsilon(1e-12));
  CHECK(q("triangular", 1.0 - 1.0 / 6) == Approx(3.0).epsilon(1e-12));
  CHECK(q("uniform", 0.25) == 1.75);
  CHECK(q("normal", 0.05) == Approx(1.0).epsilon(1e-12));
  CHECK(q("normal", 0.5) == Approx(2.0).epsilon(1e-12));
  CHECK(q("normal", 0.95) == Approx(4.0).epsilon(1e-12));
  // PERT on (0, 1, 2) is a beta distribution (3, 3): symmetric, F(t) = 10 t^3 - 15 t^4 + 6 t^5 with t = x / 2.
  const double t = 0.3, f = t * t * t * (10 - 15 * t + 6 * t * t);
  CHECK(find_distribution("pert")->quantile(f, 0.0, 1.0, 2.0) == Approx(2 * t).epsilon(1e-12));
}

TEST_CASE("Every distribution is monotone and named once") {
  std::set<std::string> names;
  for (const Distribution& row : distributions()) {
    CHECK(names.insert(row.name).second);
    double before = -1e9;
    for (int k = 1; k < 200; ++k) {
      const double x = row.quantile(k / 200.0, 1.0, 1.0, 4.0);
      CHECK(x >= before);
      before = x;
    }
  }
  CHECK(find_distribution("nobody") == nullptr);
}

TEST_CASE("A positive number has the mean and standard deviation of its estimate") {
  const UnitPoints points(PointRule::sobol, 1, 3);
  double sum = 0.0, squares = 0.0;
  constexpr int count = 1 << 16;
  for (int k = 0; k < count; ++k) {
    const double x = positive_quantile(points.point(static_cast<std::uint64_t>(k))[0], 8.1, 1.28);
    sum += x, squares += x * x;
  }
  const double mean = sum / count;
  // A net of 2^16 points leaves the unbounded tails beyond 1 / 2^17: less than 1e-4 of the variance.
  CHECK(mean == Approx(8.1).epsilon(1e-5));
  CHECK(std::sqrt(squares / count - mean * mean) == Approx(1.28).epsilon(1e-3));
}
