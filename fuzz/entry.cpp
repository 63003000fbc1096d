// What libFuzzer calls for each input.
#include <cstddef>
#include <cstdint>

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    parse_fuzzed({reinterpret_cast<const char*>(data), size});
  } catch (const kontor::Error&) {
    // refused with a message: what a parser should do with most inputs
  }
  return 0;
}
