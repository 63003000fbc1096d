// Draws on the command line: which, how far, and what is left behind.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "kontor/kontor.h"
#include "verbs.h"

namespace kontor::cli {

struct DrawRange {
  long first = 1, last = 0;
  bool is_part = false;  // A:B
};

/// "1000", "251:500", or empty: as many as the programme says. Throws Error(usage).
DrawRange draw_range(const std::string& text, const RunOptions& options);

/// A line on standard error with the draws done and the time left, where that is a terminal; else nothing.
std::function<void(long, long)> draw_progress(const Common& common);

/// Solves free and take tables of the same sizes over and over: what is freed stays with the process, for a page that the system
/// gives anew costs more than the arithmetic on it.
void keep_freed_memory();

/// Removes the folder of finished draws once they stand in a result.
void remove_finished_draws(const std::filesystem::path& folder);

}  // namespace kontor::cli
