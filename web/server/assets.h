// The page's files, built into the program as gzip.
#pragma once

#include <span>
#include <string_view>

namespace kontor::web {

struct Asset {
  std::string_view path;  // "/index.html"
  std::string_view packed;
};

/// All of them; made at build time by embed.cmake.
std::span<const Asset> assets();
/// nullptr if there is none of that path; "/" is the page itself.
const Asset* find_asset(std::string_view path);
/// Content type by the ending of the path.
const char* type_of_asset(std::string_view path);

}  // namespace kontor::web
