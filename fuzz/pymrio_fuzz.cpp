// Any bytes as a table of pymrio's folder or as its list of files: the first byte says which.
#include "fuzz.h"
#include "read/pymrio.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    if (bytes.empty()) return;
    if (bytes[0] == '{') {
      kontor::parse_file_parameters(bytes, "input.json");
      return;
    }
    kontor::Problems problems("input.txt");
    const auto levels = static_cast<std::size_t>(bytes[0] & 3) + 1;
    kontor::parse_level_table(bytes.substr(1), levels, levels, {}, problems);
  });
}
