// Any bytes as a workbook.
#include "fuzz.h"
#include "read/xlsx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) { kontor::parse_xlsx(bytes, "input.xlsx"); });
}
