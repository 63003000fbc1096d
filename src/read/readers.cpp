// The list of readers.
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/read/reader.h"
#include "read/icio.h"
#include "read/supply_use_trade.h"
#include "read/wiod.h"

namespace kontor {

static constexpr const Reader* all[] = {
    &wiod,
    &wiod_xlsx,
    &icio,
    &supply_use_trade_reader,
};

std::span<const Reader* const> readers() { return all; }

const Reader& find_reader(std::string_view name) {
  std::vector<std::string> names;
  for (const Reader* reader : all) {
    if (reader->name == name) return *reader;
    names.emplace_back(reader->name);
  }
  fail(Exit::usage, "unknown-format", "", "", "--format", "unknown format " + quoted(std::string(name)), did_you_mean(name, names),
       "`kontor formats` lists them");
}

}  // namespace kontor
