// `kontor serve`: a folder on loopback, for the page and for nobody else.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace kontor::web {

struct ServeOptions {
  std::filesystem::path folder = ".";
  int port = 0;  // 0: a free one
  bool allow_write = false;
};

/// Serves until the process is ended. The folder becomes the current one, and the only one that files are read from. `ready`
/// gets the address with its one-time token. Throws Error(environment) where the folder or the port cannot be had.
[[noreturn]] void serve(const ServeOptions& options, const std::function<void(const std::string& address)>& ready);

}  // namespace kontor::web
