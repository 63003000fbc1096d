// Ctrl-C: the run ends within a second, without a partial output and without leftovers.
#pragma once

#include <filesystem>
#include <mutex>

namespace kontor {

/// From here on SIGINT and SIGTERM end the process with exit code 130 after removing what is being written.
void stop_on_interrupt();

/// A temporary file or folder that an interrupt has to remove.
void remove_on_interrupt(const std::filesystem::path& path);
void keep_on_interrupt(const std::filesystem::path& path);

/// Held while a finished output is put in place, so that an interrupt falls before it or after it.
std::mutex& commit_guard();

}  // namespace kontor
