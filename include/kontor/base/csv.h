// Small tables in CSV: labels, concordances, portfolios. Large tables of accounts have their own readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/finding.h"

namespace kontor {

struct CsvRow {
  std::size_t line = 0;  // physical line where the row begins, counted from 1
  std::vector<std::string> fields;
};

/// A table with a header. `file` is kept for messages.
struct CsvTable {
  std::string file;
  std::vector<std::string> header;
  std::vector<CsvRow> rows;

  /// Column of that name, or -1.
  int column(std::string_view name) const;
  /// Field of a row; empty where the table has no such column.
  const std::string& field(const CsvRow& row, int column) const;
};

/// Parses text with fields separated by `separator` and quoted by '"'. Throws Error(data) with the place of
/// everything that is wrong: no header, ragged rows, open quotes, bytes that are not UTF-8, too large a field.
CsvTable parse_csv(std::string_view text, const std::string& file, char separator = ',');

/// The same from a file; throws Error(environment) if it cannot be read.
CsvTable read_csv(const std::string& file);

/// Index of a column that must be there; throws Error(data) naming the columns found.
int required_column(const CsvTable& table, std::string_view name);

}  // namespace kontor
