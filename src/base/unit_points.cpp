// Sobol's sequence comes from Boost.Random. Scrambling: Owen, A. B. (1995). Randomly permuted (t,m,s)-nets and (t,s)-sequences:
// digit b is flipped or not by a coin that depends on the digits before it; the coin is a counter-based random number.
#include "kontor/base/unit_points.h"

#include <boost/random/sobol.hpp>

#include "kontor/base/random.h"

namespace kontor {

namespace {

constexpr int digits = 32;  // 2^32 points are more than anybody draws

}  // namespace

struct SobolTable {
  boost::random::sobol_engine<std::uint32_t, digits> engine;
};

UnitPoints::UnitPoints(PointRule rule, std::size_t dimensions, std::uint64_t seed, std::uint32_t stream)
    : rule_(rule), dimensions_(dimensions), seed_(seed), stream_(stream) {
  const std::size_t even = std::min(dimensions, most_sobol_dimensions);
  if (rule == PointRule::sobol && even > 0)
    table_ = std::make_unique<SobolTable>(SobolTable{boost::random::sobol_engine<std::uint32_t, digits>(even)});
}
UnitPoints::~UnitPoints() = default;
UnitPoints::UnitPoints(UnitPoints&&) noexcept = default;

// At the middle of its interval of length 2^-32: no coordinate is 0 or 1.
static double scrambled(std::uint32_t value, std::uint64_t seed, std::uint32_t stream, std::uint32_t dimension) {
  std::uint32_t result = 0;
  for (int b = 0; b < digits; ++b) {
    const std::uint32_t before = b == 0 ? 0 : value >> (digits - b);
    const auto coin = philox({before, static_cast<std::uint32_t>(b), dimension, stream ^ 0x80000000u},
                             {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})[0];
    result = result << 1 | ((value >> (digits - 1 - b) ^ coin) & 1u);
  }
  return (static_cast<double>(result) + 0.5) * 0x1p-32;
}

std::vector<double> UnitPoints::point(std::uint64_t k) const {
  std::vector<double> at(dimensions_);
  std::size_t first_random = 0;
  if (table_) {
    auto engine = table_->engine;
    if (k > 0) engine.seed(static_cast<std::uint32_t>(k - 1));  // Boost leaves out the first point of the net, the origin
    first_random = std::min(dimensions_, most_sobol_dimensions);
    for (std::size_t d = 0; d < first_random; ++d) at[d] = scrambled(k > 0 ? engine() : 0, seed_, stream_, static_cast<std::uint32_t>(d));
  }
  for (std::size_t d = first_random; d < dimensions_; ++d) at[d] = uniform_at(seed_, stream_, (static_cast<std::uint64_t>(d) << 32) + k);
  return at;
}

}  // namespace kontor
