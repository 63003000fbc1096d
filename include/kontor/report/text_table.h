// Tables for people at a terminal: columns aligned by characters, numbers to the right, no colour.
#pragma once

#include <string>
#include <vector>

#include "kontor/base/finding.h"
#include "kontor/indicators/table.h"

namespace kontor {

struct TextColumn {
  std::string header;
  bool number = false;  // aligned to the right
};

struct TerminalTable {
  std::string title;  // stands above, with the unit of the numbers
  std::vector<TextColumn> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

/// The table with a line under its header; ends with a line end. Control characters in cells are shown as spaces and
/// a text column wider than `widest` is cut with an ellipsis.
std::string table_text(const TerminalTable& table, std::size_t widest = 44);

/// A number for a table cell: plain minus, four significant digits at least and at most `decimals` decimals,
/// spaces between thousands; "n/a" if it is not available.
std::string table_number(double value, int decimals);

/// Rows in long form as a table: columns that are empty throughout are left out.
std::string rows_text(const std::vector<EffectRow>& rows, const std::string& title);

/// Findings, worst first, one line each.
std::string findings_text(const Findings& findings);

}  // namespace kontor
