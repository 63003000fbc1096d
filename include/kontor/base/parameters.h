// Parameter tables that ship with kontor: data/parameters/*.csv, each with its sources.
#pragma once

#include <filesystem>
#include <string>

namespace kontor {

/// Path of a shipped parameter table: $KONTOR_PARAMETERS, share/kontor/parameters beside the installed program, or the
/// source tree it was built from. Throws Error(environment) if there is none.
std::filesystem::path parameter_file(const std::string& name);

}  // namespace kontor
