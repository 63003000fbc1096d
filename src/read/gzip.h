// gzip files as one string of bytes, with limits on how much they may grow.
#pragma once

#include <string>
#include <string_view>

namespace kontor {

/// True if the bytes begin as a gzip file does.
bool is_gzip(std::string_view bytes);

/// All members of a gzip file, expanded. Throws Error(data), naming `name`, if the bytes are damaged, end
/// early or grow beyond 100:1 (after the first 100 KiB) or 8 GiB: such files are attacks, not tables.
std::string inflate(std::string_view bytes, const std::string& name);

}  // namespace kontor
