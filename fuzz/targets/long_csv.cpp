#include "read/long_csv.h"
#include "fuzz.h"

// The first byte chooses options, so that the lenient paths are walked as well.
void parse_fuzzed(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto bits = static_cast<unsigned char>(bytes[0]);
  kontor::ImportOptions options;
  options.allow_negative = bits & 1;
  options.missing_zero = bits & 2;
  options.decimal_comma = bits & 4;
  options.duplicates = bits & 8 ? kontor::Duplicates::sum : kontor::Duplicates::error;
  options.encoding = (bits & 16) != 0 && (bits & 64) == 0 ? "cp1251" : "utf-8";
  if (bits & 32) options.settings["external"] = "W";
  kontor::parse_long_csv(bytes.substr(1), "fuzz.csv", options);
}
