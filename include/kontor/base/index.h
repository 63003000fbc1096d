// Labels are numbered by int, as places in a file are; containers by std::size_t.
#pragma once

#include <cstddef>

namespace kontor {

/// The place of a label in a container. The label is there: its number is not negative.
constexpr std::size_t at(int label) { return static_cast<std::size_t>(label); }

}  // namespace kontor
