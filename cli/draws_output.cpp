#include "draws_output.h"

#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/report/draw_files.h"

namespace kontor::cli {

static constexpr long most_draws = 1000000;

[[noreturn]] static void no_range(const std::string& text) {
  // Zero draws are a mistake about the programme, not about the grammar of the command.
  const bool zero = read_integer(text) == 0;
  fail(zero ? Exit::data : Exit::usage, zero ? "no-draws" : "usage", "", "", "--draws", quoted(text),
       "a number of draws from 1 to 1000000, or a range A:B of them, counted from 1",
       "write --draws 1000; leave it out for the central case alone");
}

DrawRange draw_range(const std::string& text, const RunOptions& options) {
  if (text.empty()) return {1, draws_of_programme(options), false};
  const std::size_t colon = text.find(':');
  const auto first = colon == std::string::npos ? std::optional<long>(1) : read_integer(std::string_view(text).substr(0, colon));
  const auto last = read_integer(std::string_view(text).substr(colon == std::string::npos ? 0 : colon + 1));
  if (!first || !last || *first < 1 || *last < *first || *last > most_draws) no_range(text);
  return {*first, *last, colon != std::string::npos};
}

static std::string duration_text(double seconds) {
  const long s = static_cast<long>(seconds + 0.5);
  return s < 60     ? std::to_string(s) + " s"
         : s < 3600 ? std::to_string(s / 60) + " min"
                    : std::to_string(s / 3600) + " h " + std::to_string(s / 60 % 60) + " min";
}

std::function<void(long, long)> draw_progress(const Common& common) {
  if (common.quiet || !::isatty(STDERR_FILENO)) return {};
  const auto start = std::chrono::steady_clock::now();
  return [start](long done, long total) {
    const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::cerr << "\rdraws " << done << " of " << total << ", "
              << duration_text(passed * static_cast<double>(total - done) / static_cast<double>(done)) << " left     "
              << (done == total ? "\n" : "") << std::flush;
  };
}

void keep_freed_memory() {
  constexpr int tables = 32 << 20, all = 1 << 30;  // bytes; the C library allows no larger threshold of the first kind
  mallopt(M_MMAP_THRESHOLD, tables);
  mallopt(M_TRIM_THRESHOLD, all);
}

void remove_finished_draws(const std::filesystem::path& folder) { DrawBlocks::remove(folder); }

}  // namespace kontor::cli
