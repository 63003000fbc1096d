// Parameter tables that ship with kontor: data/parameters/*.csv, each row with its source, built into the program.
#pragma once

#include <string_view>

namespace kontor {

/// Text of a shipped table, e.g. "hindcast.csv".
std::string_view parameter_table(std::string_view name);

}  // namespace kontor
