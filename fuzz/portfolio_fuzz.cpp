// Any bytes as a portfolio in CSV: its rows are the measures of a programme that is otherwise sound, compiled if they are.
#include "fuzz.h"
#include "programme/parts_of_programme.h"
#include "two_regions.h"

static const char* const frame = "[programme]\nid = 'f'\naccounts = 'a'\nhorizon = [2026, 2028]\ncurrency = 'EUR'\nprice_year = 2020\n";

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const kontor::Accounts accounts = kontor::two_regions();
  static const kontor::KnownLabels labels = {{"L", "M"}, {"F", "C28"}, {"hh", "inv", "household", "investment"}};
  static const kontor::Programme empty = kontor::parse_programme(frame, "programme.toml", "/nonexistent", accounts);
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    kontor::Programme programme = empty;
    kontor::Findings findings;
    for (const kontor::Raw& table : kontor::read_portfolio(bytes, "portfolio.csv", findings))
      kontor::read_measure(table, labels, programme, findings);
    kontor::check_programme(programme, findings);
    kontor::throw_if_errors(findings);
    kontor::compile(programme, accounts);
  });
}
