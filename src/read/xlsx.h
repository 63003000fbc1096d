// One sheet of an xlsx workbook as numbers and texts. Nothing is guessed: a formula without a value, an error
// value or a damaged part is an error with its cell; entities and document types are refused before parsing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/block.h"

namespace kontor {

struct SheetText {
  std::uint32_t row = 0, column = 0;  // counted from 0
  std::string text;
  bool date = false;  // a number that is shown as a date
};

/// Cells from..to, both counted from 0 and included.
struct MergedCells {
  std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
};

struct Sheet {
  std::string file, name;
  Matrix numbers;                // up to the last used row and column; NaN where a cell holds no number
  std::vector<SheetText> texts;  // by row, then column
  std::vector<MergedCells> merged;

  /// The text or date of a cell; nullptr where there is none.
  const SheetText* find(std::size_t row, std::size_t column) const;
  /// Text of a cell; empty where there is none.
  const std::string& text(std::size_t row, std::size_t column) const;
  /// "Sheet1!D17": how a cell is named in messages.
  std::string place(std::size_t row, std::size_t column) const;
};

/// The sheet called `sheet`; with an empty name the only one. Throws Error(data), listing the sheets where one
/// has to be named, and for everything that is not a plain, whole xlsx workbook.
Sheet parse_xlsx(std::string_view bytes, const std::string& file, const std::string& sheet = "");

/// True if the bytes begin as a zip archive does, as every xlsx file does.
bool is_zip(std::string_view bytes);

/// "D17" from row 16 and column 3.
std::string cell_name(std::size_t row, std::size_t column);

}  // namespace kontor
