#include "kontor/base/finding.h"

#include <algorithm>

#include "kontor/base/error.h"

namespace kontor {

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

static std::string without_control_characters(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      static const char* digits = "0123456789abcdef";
      result += "\\x";
      result += digits[byte >> 4];
      result += digits[byte & 15];
    } else {
      result += c;
    }
  }
  return result;
}

std::string to_line(const Finding& finding) {
  std::string line = severity_name(finding.severity);
  line += '[' + finding.code + ']';
  std::string place = finding.file;
  if (!finding.row.empty()) place += ':' + finding.row;
  if (!finding.column.empty()) place += ':' + finding.column;
  if (!place.empty()) line += ' ' + place;
  line += ": " + finding.found;
  if (!finding.expected.empty()) line += "; " + finding.expected;
  if (!finding.remedy.empty()) line += "; " + finding.remedy;
  return without_control_characters(line);
}

std::string quoted(const std::string& value) {
  constexpr std::size_t longest = 60;  // characters shown of a value that may be a megabyte long
  std::string shown = without_control_characters(value);
  if (shown.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;  // never cut a character in two
    shown = shown.substr(0, end) + "...";
  }
  return '`' + shown + '`';
}

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.severity == Severity::error; });
}

Error::Error(Exit exit, Findings findings)
    : std::runtime_error(findings.empty() ? "kontor cannot go on" : to_line(findings.front())),
      exit_(exit),
      findings_(std::move(findings)) {}

Error::Error(Exit exit, Finding finding) : Error(exit, Findings{std::move(finding)}) {}

void fail(Exit exit, std::string code, std::string file, std::string row, std::string column, std::string found, std::string expected,
          std::string remedy) {
  throw Error(exit, Finding{Severity::error, std::move(code), std::move(file), std::move(row), std::move(column), std::move(found),
                            std::move(expected), std::move(remedy)});
}

void throw_if_errors(const Findings& findings) {
  if (has_errors(findings)) throw Error(Exit::data, findings);
}

}  // namespace kontor
