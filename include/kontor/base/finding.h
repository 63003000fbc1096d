// A finding: one thing that is wrong, or worth knowing, about what the user gave us.
#pragma once

#include <string>
#include <vector>

namespace kontor {

enum class Severity { note, warning, error };

/// One problem with its place, what was found, what was expected there and what to do next.
/// `row` and `column` are text because a spreadsheet says `Sheet1!D17` where a CSV says `9`.
struct Finding {
  Severity severity = Severity::error;
  std::string code;      // short stable name, e.g. "unknown-region"
  std::string file;      // as the user gave it; empty for the command line
  std::string row;       // physical line counted from 1, or a sheet cell, or a cell label
  std::string column;    // column name with its number, or a key path
  std::string found;     // the value seen, quoted by the writer of the finding
  std::string expected;  // the rule
  std::string remedy;    // the next step
};

using Findings = std::vector<Finding>;

/// "error", "warning" or "note".
const char* severity_name(Severity severity);

/// One line: `error[CODE] FILE:ROW:COLUMN: found; expected; remedy`. Control characters are escaped.
std::string to_line(const Finding& finding);

/// A value as it may stand in a message: quoted, control characters escaped, cut at 60 characters.
std::string quoted(const std::string& value);
/// The standard library's function of that name, which <filesystem> brings along, would fit a variable better.
inline std::string quoted(std::string& value) { return quoted(static_cast<const std::string&>(value)); }

bool has_errors(const Findings& findings);

}  // namespace kontor
