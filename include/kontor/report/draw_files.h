// Draws on disk: the table of a result, the parts that several machines compute, the blocks that an interrupted run keeps.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/indicators/draws.h"

namespace kontor {

/// One draw a line: `draw`, `failure`, a column `input:NAME` for each uncertain number, a column `INDICATOR:REGION:YEAR` for each
/// outcome. Full precision; what a failed draw does not have is empty.
std::string draws_csv(const DrawTable& table);
/// Units stay empty: the file has none. Throws Error(data) naming file and line of what is wrong.
DrawTable read_draws_csv(std::string_view text, const std::string& file);

/// Draws of a range, and what they are draws of.
struct DrawPart {
  DrawTable table;
  std::string fingerprint;          // of everything that a draw depends on
  std::string programme, accounts;  // as `kontor run` was told, from the part's own folder; accounts empty: as the programme says
};

/// Writes the folder whole or not at all; with `force` an existing part is replaced, nothing else. Throws Error(environment).
void write_part(const DrawPart& part, const std::filesystem::path& folder, bool force);
DrawPart read_part(const std::filesystem::path& folder);
/// The draws of all parts as one table. Throws Error(data) where they are of different runs, overlap or leave a gap.
DrawTable join_parts(const std::vector<DrawPart>& parts, const std::vector<std::filesystem::path>& folders);

/// A folder of finished blocks of draws, each file whole or absent. What is in it outlives an interrupt.
class DrawBlocks {
 public:
  /// Without `resume` the folder must not exist, unless `replace` removes it. With it, blocks of another fingerprint are refused.
  /// Throws Error(environment) or Error(data).
  DrawBlocks(std::filesystem::path folder, const std::string& fingerprint, bool resume, bool replace);

  std::optional<DrawTable> read(long first, long last) const;
  void write(const DrawTable& table) const;                 // not empty
  static void remove(const std::filesystem::path& folder);  // all that a DrawBlocks put there: the result is written

 private:
  std::filesystem::path file_of(long first, long last) const;
  std::filesystem::path folder_;
};

}  // namespace kontor
