// Any bytes as a small CSV table: a table, or an error with a place.
#include <cstdint>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char separator : {',', ';'}) {
    try {
      const kontor::CsvTable table = kontor::parse_csv(text, "input.csv", separator);
      for (const auto& row : table.rows)
        if (row.fields.size() != table.header.size() || row.line < 2) __builtin_trap();  // ragged rows are errors
    } catch (const kontor::Error& error) {
      if (error.exit() != kontor::Exit::data || error.findings().empty()) __builtin_trap();
    }
  }
  return 0;
}
