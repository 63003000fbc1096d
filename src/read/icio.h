// OECD Inter-Country Input-Output tables, as CSV.
#pragma once

#include <string>
#include <string_view>

#include "kontor/read/reader.h"

namespace kontor {

extern const Reader icio_reader;

/// The table as CSV text, plain or gzip. `name` is the file as the user gave it: its year is looked for there.
Imported parse_icio(std::string_view bytes, const std::string& name, const ImportOptions& options);

}  // namespace kontor
