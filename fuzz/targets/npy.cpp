#include "kontor/base/npy.h"
#include "fuzz.h"

void parse_fuzzed(std::string_view bytes) {
  std::size_t rows = 0, columns = 0, offset = 0;
  kontor::parse_npy(bytes, "fuzz.npy", rows, columns, offset);
}
