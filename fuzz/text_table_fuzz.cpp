// Any bytes as a delimited table: every field is offered to the number reader.
#include "fuzz.h"
#include "read/text_source.h"
#include "read/text_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return kontor::parse_fuzzed(data, size, [](std::string_view bytes) {
    kontor::Problems problems("input.txt");
    const kontor::TextSource source = kontor::text_of_bytes(bytes, nullptr, "input.txt", "utf-8");
    kontor::TextTable table(source.text, problems);
    kontor::NumberReader numbers(problems, table.delimiter(), false, "");
    while (table.next())
      for (std::size_t i = 0; i < table.size(); ++i) numbers.read(table[i], table.row(), "value");
    table.finish();
    numbers.finish();
  });
}
