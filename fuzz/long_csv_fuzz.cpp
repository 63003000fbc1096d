// Any bytes as a long CSV: accounts that hold together, or an error with a place.
#include <cstdint>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "read/long_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kontor::ImportOptions options;
  options.year = 2020, options.currency = "EUR", options.scale = 1e6;
  const auto ends_in = [](const kontor::Error& error, kontor::Exit exit) { return error.exit() == exit && !error.findings().empty(); };
  for (const bool lenient : {false, true}) {
    options.decimal_comma = options.allow_negative = options.missing_zero = lenient;
    options.duplicates = lenient ? kontor::Duplicates::sum : kontor::Duplicates::error;
    try {
      const kontor::Imported imported = kontor::parse_long_csv({reinterpret_cast<const char*>(data), size}, "input.csv", options);
      kontor::check_shapes(imported.accounts, "input.csv");
    } catch (const kontor::Error& error) {
      if (!ends_in(error, kontor::Exit::data)) __builtin_trap();
    }
  }
  return 0;
}
