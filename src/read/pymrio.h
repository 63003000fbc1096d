// Tables as pymrio saves them, without a file: what fuzzers and tests call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/block.h"
#include "kontor/read/reader.h"
#include "read/problems.h"

namespace kontor {

/// A table with labels of one or more levels on both sides, such as (region, sector).
struct LevelTable {
  std::vector<std::vector<std::string>> rows, columns;  // labels, level by level
  std::vector<std::size_t> lines;                       // physical line of each row
  Matrix values;                                        // NaN where a field is empty
};

/// Parses `header_rows` lines of column labels, `index_columns` columns of row labels and the numbers between.
/// What is wrong goes to `problems`.
LevelTable parse_level_table(std::string_view bytes, std::size_t header_rows, std::size_t index_columns, const ImportOptions& options,
                             Problems& problems);

/// One file of a saved system as file_parameters.json names it.
struct SavedFile {
  std::string key, name;  // "Z", "Z.txt"
  std::size_t index_columns = 1, header_rows = 1;
};
std::vector<SavedFile> parse_file_parameters(std::string_view json, const std::string& file);

}  // namespace kontor
