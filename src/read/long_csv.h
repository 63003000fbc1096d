// The long layout without a file: what fuzzers and tests call.
#pragma once

#include <string>
#include <string_view>

#include "kontor/read/reader.h"

namespace kontor {

/// Accounts from the bytes of a long CSV, packed or not. `name` stands in messages.
Imported parse_long_csv(std::string_view bytes, const std::string& name, const ImportOptions& options);

}  // namespace kontor
