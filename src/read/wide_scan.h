// A wide sheet of numbers in text: a few label fields in front of each line, then thousands of numbers.
// Lines are scanned in parallel, in fixed blocks; what comes out does not depend on the number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/block.h"
#include "kontor/base/finding.h"
#include "kontor/read/reader.h"

namespace kontor {

/// What the header lines said of the lines below them.
struct WideShape {
  std::string file;
  char separator = ',';
  bool decimal_comma = false;
  std::size_t label_fields = 2;      // text fields in front of each line
  std::size_t first_line = 3;        // physical line where the body begins, counted from 1
  std::vector<std::string> columns;  // name of each column of numbers, for messages
  std::string na;                    // text that means "not available"; empty: none
  bool missing_zero = false;         // fields that are empty or `na` count as zero
};

struct WideRows {
  std::vector<std::size_t> lines;                // physical line of each row
  std::vector<std::vector<std::string>> labels;  // label_fields of each row
  Matrix numbers;                                // rows x columns
};

/// Scans the lines below the header. Every field is a whole finite number and every line has the same number
/// of fields, or Error(data) is thrown with the place of each problem. Notes are added to `findings`.
WideRows scan_wide(std::string_view body, const WideShape& shape, Findings& findings);

/// A shape with what the user said and with the separator of this header line: the most frequent of comma,
/// semicolon and tab. Another one than comma leaves a note. Throws Error(usage) for a decimal comma between commas.
WideShape shape_of(const std::string& file, std::string_view header_line, const ImportOptions& options, Findings& findings);

}  // namespace kontor
