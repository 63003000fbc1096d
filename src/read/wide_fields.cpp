#include "read/wide_fields.h"

#include <algorithm>
#include <cstring>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr std::size_t longest_field = 1000;  // characters

void refuse_long_line(const std::string& file, std::size_t line) {
  fail(Exit::data, "line-too-long", file, std::to_string(line), "", "a line of more than 64 MiB", "lines have at most 64 MiB",
       "is this a text table with line ends?");
}

std::string_view take_line(std::string_view& text, const std::string& file, std::size_t line) {
  const std::size_t searched = std::min(text.size(), longest_wide_line + 1);
  const auto* end = searched ? static_cast<const char*>(std::memchr(text.data(), '\n', searched)) : nullptr;
  if (!end && text.size() > longest_wide_line) refuse_long_line(file, line);
  const std::size_t length = end ? static_cast<std::size_t>(end - text.data()) : text.size();
  std::string_view taken = text.substr(0, length);
  text.remove_prefix(end ? length + 1 : length);
  if (!taken.empty() && taken.back() == '\r') taken.remove_suffix(1);
  return taken;
}

static std::string take_raw_field(std::string_view& rest, char separator, const std::string& file, std::size_t line) {
  std::string field;
  if (rest.empty() || rest.front() != '"') {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    if (end > longest_field)
      fail(Exit::data, "field-too-long", file, std::to_string(line), "", "a label of more than 1000 characters",
           "labels have at most 1000 characters", "check for a missing separator");
    field = rest.substr(0, end);
    rest.remove_prefix(end);
    return field;
  }
  std::size_t at = 1;
  for (;; ++at) {
    if (at >= rest.size() || field.size() > longest_field)
      fail(Exit::data, "open-quote", file, std::to_string(line), "", "a quote is opened here and not closed on this line",
           "labels of a wide sheet stand on one line", "close it, or double a quote that belongs to the text");
    if (rest[at] == '"' && (at + 1 >= rest.size() || rest[at + 1] != '"')) break;
    if (rest[at] == '"') ++at;
    field += rest[at];
  }
  rest.remove_prefix(at + 1);
  if (!rest.empty() && rest.front() != separator)
    fail(Exit::data, "open-quote", file, std::to_string(line), "", "text follows a closing quote after " + quoted(field),
         "a separator after each quoted field", "double a quote that belongs to the text");
  return field;
}

static void check_text(const std::string& label, const std::string& file, std::size_t line) {
  if (const std::size_t bad = invalid_utf8_at(label); bad != std::string::npos)
    fail(Exit::data, "not-utf8", file, std::to_string(line), "",
         "not valid UTF-8 at row " + std::to_string(line) + ", byte " + std::to_string(bad + 1) + " of label " +
             quoted(label.substr(0, bad)),
         "labels in UTF-8", "save the file as UTF-8");
  if (std::any_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    fail(Exit::data, "control-character", file, std::to_string(line), "", "label " + quoted(label) + " holds a control character",
         "labels are printable text", "clean the file");
}

std::string take_field(std::string_view& rest, char separator, const std::string& file, std::size_t line) {
  std::string field = take_raw_field(rest, separator, file, line);
  check_text(field, file, line);
  return field;
}

std::vector<std::string> fields_of(std::string_view line, char separator, const std::string& file, std::size_t line_number) {
  std::vector<std::string> fields;
  for (;;) {
    fields.push_back(take_field(line, separator, file, line_number));
    if (line.empty()) return fields;
    line.remove_prefix(1);
  }
}

}  // namespace kontor
