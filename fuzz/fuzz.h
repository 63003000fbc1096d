// What every target promises: any bytes give a value, or an error of the data with a place; never a crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kontor/base/error.h"

namespace kontor {

template <class Parse>
int parse_fuzzed(const std::uint8_t* data, std::size_t size, Parse parse) {
  try {
    parse(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const Error& error) {
    if (error.exit() == Exit::bug || error.findings().empty()) __builtin_trap();
  }
  return 0;
}

}  // namespace kontor
