// Salmon, J. K., Moraes, M. A., Dror, R. O. and Shaw, D. E. (2011). Parallel random numbers: as easy as 1, 2, 3. SC11.
#include "kontor/base/random.h"

namespace kontor {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t multiplier[2] = {0xD2511F53u, 0xCD9E8D57u};
  constexpr std::uint32_t step[2] = {0x9E3779B9u, 0xBB67AE85u};  // golden ratio, square root of three less one
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = multiplier[0] * c[0], right = multiplier[1] * c[2];
    c = {static_cast<std::uint32_t>(right >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(right),
         static_cast<std::uint32_t>(left >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(left)};
    key[0] += step[0], key[1] += step[1];
  }
  return c;
}

double uniform_at(std::uint64_t seed, std::uint32_t stream, std::uint64_t position) {
  const auto word = [](std::uint64_t v, int part) { return static_cast<std::uint32_t>(v >> (32 * part)); };
  const auto bits = philox({word(position, 0), word(position, 1), stream, 0}, {word(seed, 0), word(seed, 1)});
  // The upper 52 bits, at the middle of their interval: both ends stay out.
  const std::uint64_t whole = (static_cast<std::uint64_t>(bits[0]) << 32 | bits[1]) >> 12;
  return (static_cast<double>(whole) + 0.5) * 0x1p-52;
}

}  // namespace kontor
