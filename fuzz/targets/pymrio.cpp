#include "read/pymrio.h"
#include "fuzz.h"

// The first byte says whether the rest is a table or the list of files.
void parse_fuzzed(std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes[0] == '{') {
    kontor::parse_file_parameters(bytes, "fuzz.json");
    return;
  }
  kontor::Problems problems("fuzz.txt");
  const auto levels = static_cast<std::size_t>(bytes[0] & 3) + 1;
  kontor::parse_level_table(bytes.substr(1), levels, levels, {}, problems);
}
