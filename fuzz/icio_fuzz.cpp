// Any bytes as an OECD ICIO table: accounts that hold together, or an error with a place.
#include "fuzz.h"
#include "kontor/accounts/store.h"
#include "read/icio.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    kontor::ImportOptions options;
    options.year = 2020;
    kontor::check_shapes(kontor::parse_icio(bytes, "input.csv", options).accounts, "input.csv");
  });
}
