#include "read/readers.h"

#include <array>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

// In the order in which `import --list` shows them.
static constexpr std::array all_readers = {
    &long_csv_reader, &pymrio_reader, &wiod_reader, &wiod_xlsx_reader, &icio_reader, &supply_use_trade_reader, &trade_model_reader,
};

std::span<const Reader* const> readers() { return all_readers; }

const Reader& find_reader(std::string_view name) {
  std::vector<std::string> names;
  for (const Reader* reader : all_readers) {
    if (name == reader->name) return *reader;
    names.emplace_back(reader->name);
  }
  fail(Exit::usage, "unknown-format", "", "", "--format", "no format " + quoted(std::string(name)), "", did_you_mean(name, names));
}

}  // namespace kontor
