// Values of a form as they are written in TOML.
#pragma once

#include <string>
#include <string_view>

namespace kontor {

/// False if TOML has no such value (null) or the text is no JSON.
bool json_to_toml(std::string_view json, std::string& toml);

/// A key of a table, in quotes where it needs them.
std::string toml_key(std::string_view key);

}  // namespace kontor
