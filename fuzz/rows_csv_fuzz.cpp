// Any bytes as the effects.csv of a result folder.
#include "fuzz.h"
#include "kontor/report/rows.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) { kontor::read_rows_csv(bytes, "effects.csv"); });
}
