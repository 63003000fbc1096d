// A delimited text table read record by record: fields are views, problems are collected, lines are the
// physical lines of the file. Small label tables use kontor/base/csv.h; this one is for what people send.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/problems.h"
#include "read/text_source.h"

namespace kontor {

/// Records of a table. The delimiter (comma, semicolon or tab) is the one that the first line has most of,
/// unless `delimiter` names it.
class TextTable {
 public:
  TextTable(std::string_view text, Problems& problems, char delimiter = 0);

  /// Moves to the next record; false at the end. Blank lines are passed over. A record that cannot be split
  /// is reported and passed over; one with the wrong number of fields is left to the caller.
  bool next();
  /// The same, but records that do not have `expected` fields are reported and passed over.
  bool next(std::size_t expected);

  std::size_t row() const { return row_; }  // physical line where the record begins, counted from 1
  std::size_t size() const { return fields_.size(); }
  std::string_view operator[](std::size_t i) const { return fields_[i]; }
  char delimiter() const { return delimiter_; }
  /// True once a line of this table could not be read on: nothing after it is looked at.
  bool stopped() const { return stopped_; }
  /// Notes that belong to the whole table: mixed line ends. Call after the last record.
  void finish();

 private:
  bool split_plain(std::string_view line);
  bool split_quoted(std::string_view line);
  bool next_line(std::string_view& line);
  bool check_line(std::string_view line);
  void report_not_utf8(std::string_view line, std::size_t at);

  std::string_view text_;
  Problems& problems_;
  char delimiter_ = ',';
  std::size_t at_ = 0, line_ = 0, row_ = 0;
  std::size_t crlf_ = 0, lf_ = 0;
  bool stopped_ = false;
  std::vector<std::string_view> fields_;
  std::string scratch_;  // text of quoted fields of this record
};

/// `name (number)`: how a column is named in messages.
std::string column_name(std::string_view name, std::size_t index);

/// Reads the numbers of one table and keeps watch over its decimal mark: a comma is a decimal mark when it is
/// declared, or where no other reading is possible.
class NumberReader {
 public:
  NumberReader(Problems& problems, char delimiter, bool decimal_comma, std::string na)
      : problems_(problems), delimiter_(delimiter), decimal_comma_(decimal_comma), na_(std::move(na)) {}

  /// The number in a field; NaN if it is empty or the declared missing marker. A field that is no number is
  /// reported and gives NaN with `ok()` false.
  double read(std::string_view field, std::size_t row, const std::string& column);
  bool ok() const { return ok_; }
  /// Reports two decimal marks in one table, says which dialect was read and how many numbers were too small.
  void finish();

 private:
  double refuse(std::string_view field, std::size_t row, const std::string& column);
  double read_with_comma(std::string_view field, std::size_t row, const std::string& column);

  Problems& problems_;
  char delimiter_;
  bool decimal_comma_, ok_ = true;
  std::string na_, buffer_;
  std::size_t comma_row_ = 0, point_row_ = 0, underflows_ = 0, first_underflow_ = 0;
};

}  // namespace kontor
