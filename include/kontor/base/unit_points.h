// Points of the unit cube at which uncertain numbers are drawn: point k is a function of its number alone.
//
//   sobol    digital net of Sobol (direction numbers of Joe and Kuo 2008), scrambled by Owen's nested permutation of digits:
//            every point is uniform, and together they fill the cube more evenly than chance does
//   random   independent, counter-based
//
// Averages over n points of a smooth function are off by about n^-3/2 with the first and n^-1/2 with the second.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kontor {

enum class PointRule { sobol, random };

class UnitPoints {
 public:
  /// Dimensions beyond `most_sobol_dimensions` are random also under the rule sobol. `stream` tells sets of points apart
  /// that must not depend on each other.
  UnitPoints(PointRule rule, std::size_t dimensions, std::uint64_t seed, std::uint32_t stream = 0);
  ~UnitPoints();
  UnitPoints(UnitPoints&&) noexcept;

  std::size_t dimensions() const { return dimensions_; }
  /// Coordinates of point k, each in (0, 1).
  std::vector<double> point(std::uint64_t k) const;

  static constexpr std::size_t most_sobol_dimensions = 3000;

 private:
  PointRule rule_;
  std::size_t dimensions_;
  std::uint64_t seed_;
  std::uint32_t stream_;
  std::unique_ptr<struct SobolTable> table_;
};

}  // namespace kontor
