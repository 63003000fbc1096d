#include "read/text_table.h"
#include "fuzz.h"
#include "read/text_source.h"

void parse_fuzzed(std::string_view bytes) {
  kontor::Problems problems("fuzz.txt");
  const kontor::TextSource source = kontor::text_of_bytes(bytes, nullptr, "fuzz.txt", "utf-8");
  kontor::TextTable table(source.text, problems);
  kontor::NumberReader numbers(problems, table.delimiter(), false, "");
  while (table.next())
    for (std::size_t i = 0; i < table.size(); ++i) numbers.read(table[i], table.row(), "value");
  table.finish();
  numbers.finish();
}
