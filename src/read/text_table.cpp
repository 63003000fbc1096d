#include "read/text_table.h"

#include <algorithm>
#include <cstring>

#include "kontor/base/text.h"

namespace kontor {

std::string column_name(std::string_view name, std::size_t index) { return std::string(name) + " (" + std::to_string(index + 1) + ')'; }

// The delimiter the first line has most of, outside quotes.
static char guessed_delimiter(std::string_view text) {
  std::size_t commas = 0, semicolons = 0, tabs = 0;
  bool quoted_part = false;
  for (const char c : text.substr(0, longest_line)) {
    if (c == '"') quoted_part = !quoted_part;
    if (quoted_part) continue;
    if (c == '\n') break;
    commas += c == ',';
    semicolons += c == ';';
    tabs += c == '\t';
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

TextTable::TextTable(std::string_view text, Problems& problems, char delimiter)
    : text_(text), problems_(problems), delimiter_(delimiter ? delimiter : guessed_delimiter(text)) {}

bool TextTable::next_line(std::string_view& line) {
  if (at_ >= text_.size() || stopped_) return false;
  const std::size_t room = std::min(text_.size() - at_, longest_line + 1);
  const void* end = std::memchr(text_.data() + at_, '\n', room);
  ++line_;
  if (!end && room > longest_line) {
    problems_.error("line-too-long", line_, "", "a line of more than 16 MiB", "lines have at most 16 MiB",
                    "is this a text table with line breaks?");
    stopped_ = true;
    return false;
  }
  const std::size_t length = end ? static_cast<std::size_t>(static_cast<const char*>(end) - text_.data()) - at_ : room;
  line = text_.substr(at_, length);
  at_ += length + (end ? 1 : 0);
  if (!line.empty() && line.back() == '\r') {
    line.remove_suffix(1);
    ++crlf_;
  } else if (end) {
    ++lf_;
  }
  return true;
}

// Offset of the first byte that needs a closer look: not plain ASCII text.
static bool is_plain_ascii(std::string_view line) {
  unsigned char high = 0, low = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    high |= byte;
    low |= static_cast<unsigned char>((byte == 0) | (byte == '\r'));
  }
  return high < 0x80 && low == 0;
}

void TextTable::report_not_utf8(std::string_view line, std::size_t at) {
  // In windows-1251 nearly all Russian letters are 0xC0 and above; in UTF-8 every second byte of them is below.
  const std::string_view sample = text_.substr(0, std::size_t{1} << 16);
  std::size_t high = 0, letters = 0;
  for (const char c : sample) {
    high += static_cast<unsigned char>(c) >= 0x80;
    letters += static_cast<unsigned char>(c) >= 0xC0;
  }
  const bool russian = high > 0 && letters * 10 > high * 8;
  const std::size_t byte = static_cast<std::size_t>(line.data() - text_.data()) + at + 1;
  problems_.error("not-utf8", line_, "", "not valid UTF-8 at row " + std::to_string(line_) + ", byte " + std::to_string(byte),
                  russian ? "text in UTF-8; looks like windows-1251" : "text in UTF-8",
                  russian ? "`--encoding cp1251`" : "correct the letter, or save the file as UTF-8");
  if (russian) stopped_ = true;  // every further line would say the same
}

bool TextTable::check_line(std::string_view line) {
  if (is_plain_ascii(line)) return true;
  if (line.find('\0') != std::string_view::npos) {
    problems_.error("nul-byte", line_, "",
                    "a NUL byte (a byte of value 0) at character " + std::to_string(line.find('\0') + 1) + " of the row",
                    "text without NUL bytes", "the file is damaged or not a text table: export it again");
    return false;
  }
  if (line.find('\r') != std::string_view::npos) {
    problems_.error("line-end", line_, "", "a carriage return inside a row", "lines that end in LF or CRLF",
                    "save the file with the line ends of Unix or Windows");
    return false;
  }
  const std::size_t bad = invalid_utf8_at(line);
  if (bad != std::string_view::npos) report_not_utf8(line, bad);
  return bad == std::string_view::npos;
}

bool TextTable::split_plain(std::string_view line) {
  for (std::size_t start = 0;;) {
    const std::size_t end = line.find(delimiter_, start);
    fields_.push_back(line.substr(start, end - start));
    if (end == std::string_view::npos) return true;
    start = end + 1;
  }
}

// Fields with quotes. A quoted field may run over several lines; if it never ends, reading goes on with the
// line after the one that opened it, so that later problems are still found.
bool TextTable::split_quoted(std::string_view line) {
  std::vector<std::pair<std::size_t, std::size_t>> spans;  // in scratch_, which may still move
  scratch_.clear();
  for (std::size_t i = 0;;) {
    const std::size_t begin = scratch_.size();
    if (i < line.size() && line[i] == '"') {
      const std::size_t opened = line_, resume = at_;
      for (++i;;) {
        if (i >= line.size()) {
          if (scratch_.size() - begin > longest_label || !next_line(line)) {
            if (stopped_) return false;
            problems_.error("open-quote", opened, "", "a quote is opened here and never closed", "quotes come in pairs",
                            "close it, or double a quote that belongs to the text");
            line_ = opened;
            at_ = resume;
            return false;
          }
          if (!check_line(line)) return false;
          scratch_ += '\n';
          i = 0;
        } else if (line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
          scratch_ += '"';
          i += 2;
        } else if (line[i] == '"') {
          ++i;
          break;
        } else {
          scratch_ += line[i++];
        }
      }
      if (i < line.size() && line[i] != delimiter_) {
        problems_.error("quote", line_, "", "text after a closing quote: " + quoted(std::string(line.substr(i, 100))),
                        "a delimiter or the end of the row", "double a quote that belongs to the text");
        return false;
      }
    } else {
      const std::size_t end = std::min(line.find(delimiter_, i), line.size());
      scratch_ += line.substr(i, end - i);
      i = end;
    }
    spans.emplace_back(begin, scratch_.size() - begin);
    if (i >= line.size()) break;
    ++i;  // the delimiter
  }
  for (const auto& [begin, length] : spans) fields_.push_back(std::string_view(scratch_).substr(begin, length));
  return true;
}

bool TextTable::next() {
  for (std::string_view line; next_line(line);) {
    row_ = line_;
    if (line.empty() || !check_line(line)) continue;
    fields_.clear();
    if (line.find('"') == std::string_view::npos ? split_plain(line) : split_quoted(line)) return true;
  }
  return false;
}

bool TextTable::next(std::size_t expected) {
  while (next()) {
    if (fields_.size() == expected) return true;
    problems_.error("ragged-row", row_, "", "found " + std::to_string(fields_.size()) + " fields", "expected " + std::to_string(expected),
                    fields_.size() > expected ? "is there an unquoted delimiter in a label or a decimal comma? put the field in quotes"
                                              : "is a field missing?");
  }
  return false;
}

void TextTable::finish() {
  if (crlf_ > 0 && lf_ > 0)
    problems_.note("line-ends", std::to_string(crlf_) + " lines end in CRLF and " + std::to_string(lf_) + " in LF", "both were read");
}

double NumberReader::refuse(std::string_view field, std::size_t row, const std::string& column) {
  ok_ = false;
  const bool spaced = field.find("\xC2\xA0") != std::string_view::npos || field.find("\xE2\x80\xAF") != std::string_view::npos ||
                      field.find_first_of(" '") != std::string_view::npos;
  const bool digits = field.find_first_of("0123456789") != std::string_view::npos;
  problems_.error("not-a-number", row, column, quoted(std::string(field)) + " is not a number",
                  std::string("a number with a decimal ") + (decimal_comma_ ? "comma" : "point"),
                  digits && spaced
                      ? "write it without thousands marks"
                      : "leave the field empty, or declare the missing marker with `--na " + std::string(field.substr(0, 20)) + '`');
  return 0;
}

// A comma in a number that was not declared: 150,5 can only be a decimal mark, 1,234 could be a thousand times more.
static bool is_surely_decimal(std::string_view field) {
  if (!field.empty() && (field.front() == '-' || field.front() == '+')) field.remove_prefix(1);
  const std::size_t comma = field.find(',');
  const std::size_t after = field.size() - comma - 1;
  return field.find_first_not_of("0123456789,") == std::string_view::npos && field.rfind(',') == comma && comma > 0 && after > 0 &&
         (after != 3 || comma > 3 || field.front() == '0');
}

double NumberReader::read_with_comma(std::string_view field, std::size_t row, const std::string& column) {
  if (!decimal_comma_ && (delimiter_ == ',' || !is_surely_decimal(field))) {
    ok_ = false;
    problems_.error("decimal-mark", row, column, quoted(std::string(field)) + " can be read in two ways",
                    "a decimal point, or a decimal mark that is declared",
                    "say `--decimal-comma` if the comma is the decimal mark; otherwise write the number without thousands marks");
    return 0;
  }
  if (comma_row_ == 0) comma_row_ = row;
  buffer_ = field;
  std::replace(buffer_.begin(), buffer_.end(), ',', '.');  // two marks make it no number, which is reported
  double value = 0;
  const NumberProblem problem = read_number(buffer_, value);
  return problem == NumberProblem::none ? value : refuse(field, row, column);
}

double NumberReader::read(std::string_view field, std::size_t row, const std::string& column) {
  ok_ = true;
  double value = 0;
  NumberProblem problem = read_number(field, value);
  if (problem == NumberProblem::not_a_number) {
    field = trimmed(field);
    if (field.empty() || (!na_.empty() && field == na_)) return __builtin_nan("");
    if (field.find(',') != std::string_view::npos) return read_with_comma(field, row, column);
    problem = read_number(field, value);
  }
  if (!na_.empty() && field == na_) return __builtin_nan("");  // a marker such as -9999
  switch (problem) {
    case NumberProblem::none: break;
    case NumberProblem::underflow:
      if (underflows_++ == 0) first_underflow_ = row;
      break;
    case NumberProblem::too_large:
      ok_ = false;
      problems_.error("number-range", row, column, quoted(std::string(field)) + " is outside the range of a double",
                      "a number below 1.8e308", "correct the exponent");
      return 0;
    case NumberProblem::not_a_number: return refuse(field, row, column);
  }
  if ((decimal_comma_ || point_row_ == 0) && field.find('.') != std::string_view::npos) {
    if (decimal_comma_) return refuse(field, row, column);
    point_row_ = row;
  }
  return value;
}

void NumberReader::finish() {
  if (comma_row_ && point_row_ && !decimal_comma_)
    problems_.error(
        "decimal-mark", std::max(comma_row_, point_row_), "",
        "a number with a comma in row " + std::to_string(comma_row_) + " and one with a point in row " + std::to_string(point_row_),
        "one decimal mark in a table", "write all numbers with a decimal point, without thousands marks");
  if (delimiter_ != ',' || comma_row_)
    problems_.note("dialect", std::string("delimiter ") + (delimiter_ == '\t' ? "tab" : std::string(1, delimiter_)) + " decimal " +
                                  (comma_row_ || decimal_comma_ ? "," : "."));
  if (underflows_ > 0)
    problems_.note(
        "underflow",
        std::to_string(underflows_) + " numbers are too small for a double, the first in row " + std::to_string(first_underflow_),
        "they were read as 0");
}

}  // namespace kontor
