#include "progress.h"

#include <unistd.h>

#include <fmt/format.h>

#include <iostream>

namespace kontor::cli {

static const char* clear_line = "\r\x1b[K";

Progress::Progress(const Common& common, int steps) : shown_(!common.quiet && isatty(STDERR_FILENO) != 0), steps_(steps) {}

Progress::~Progress() {
  if (shown_) std::cerr << clear_line << std::flush;
}

void Progress::next(const std::string& what) {
  ++done_;
  if (shown_) std::cerr << clear_line << fmt::format("{} of {}: {} ...", done_, steps_, what) << std::flush;
}

}  // namespace kontor::cli
