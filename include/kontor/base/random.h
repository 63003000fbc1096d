// Random numbers that know their place: a number is a function of seed, stream and position, so draw k is the same
// whatever was drawn before it, on any number of threads, processes and machines.
#pragma once

#include <array>
#include <cstdint>

namespace kontor {

/// Philox 4 x 32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011): four words from a counter and a key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// Uniform on (0, 1), never 0 or 1: number `position` of stream `stream`.
double uniform_at(std::uint64_t seed, std::uint32_t stream, std::uint64_t position);

}  // namespace kontor
