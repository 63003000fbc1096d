// Any bytes as a programme file, compiled if it parses. It may name other files; none is to be found where it looks.
#include "fuzz.h"
#include "kontor/programme/programme.h"

// Two regions of one sector that trade, a household and an investment column each.
static kontor::Accounts two_regions() {
  kontor::Accounts a;
  a.title = "fuzz", a.year = a.price_year = 2020, a.currency = "EUR", a.gross_output = "reported";
  a.regions = {{"L", "Left", "", false}, {"M", "Middle", "", false}};
  a.sectors = {{"F", "Building", ""}, {"C28", "Machines", ""}};
  a.cells = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}};
  a.categories = {{"hh", "Households", kontor::FinalRole::household}, {"inv", "Investment", kontor::FinalRole::investment}};
  a.final_uses = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  a.primary_rows = {{"labour", "Labour", kontor::PrimaryRole::labour, true}, {"capital", "Capital", kontor::PrimaryRole::capital, true}};
  a.intermediate = kontor::Block(kontor::Matrix(4, 4, 5.0));
  a.final_use = kontor::Block(kontor::Matrix(4, 4, 20.0));
  a.primary = kontor::Block(kontor::Matrix(2, 4, 40.0));
  a.output = kontor::Block(kontor::Matrix(1, 4, 100.0));
  return a;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const kontor::Accounts accounts = two_regions();
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    const kontor::Programme programme = kontor::parse_programme(bytes, "programme.toml", "/nonexistent", accounts);
    kontor::compile(programme, accounts);
  });
}
