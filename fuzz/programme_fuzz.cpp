// Any bytes as a programme file, compiled if it parses. It may name other files; none is to be found where it looks.
#include "fuzz.h"
#include "kontor/programme/programme.h"
#include "two_regions.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const kontor::Accounts accounts = kontor::two_regions();
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    const kontor::Programme programme = kontor::parse_programme(bytes, "programme.toml", "/nonexistent", accounts);
    kontor::compile(programme, accounts);
  });
}
