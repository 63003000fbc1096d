// Any bytes as a .npy block: a size that fits the bytes, or an error.
#include <cstdint>
#include <string_view>

#include "kontor/base/error.h"
#include "kontor/base/npy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t rows = 0, columns = 0, offset = 0;
  try {
    kontor::parse_npy({reinterpret_cast<const char*>(data), size}, "block.npy", rows, columns, offset);
    if (offset > size || (columns > 0 && rows > (size - offset) / 8 / columns)) __builtin_trap();  // would read past the end
  } catch (const kontor::Error& error) {
    if (error.exit() != kontor::Exit::data) __builtin_trap();
  }
  return 0;
}
