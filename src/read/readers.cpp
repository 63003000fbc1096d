// The list of readers.
#include <vector>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/reader.h"
#include "read/supply_use_trade.h"

namespace kontor {

std::span<const Reader* const> readers() {
  static const Reader* const list[] = {&supply_use_trade_reader};
  return list;
}

const Reader& find_reader(std::string_view name) {
  std::vector<std::string> names;
  for (const Reader* reader : readers()) {
    if (reader->name == name) return *reader;
    names.push_back(reader->name);
  }
  fail(Exit::usage, "unknown-format", "", "", "--format", kontor::quoted(std::string(name)), "a format of `import --list`",
       did_you_mean(name, names));
}

}  // namespace kontor
