// What stands in a programme file before anyone knows what it means: a tree of values with places.
// TOML and the portfolio CSV both become this, so every field is read by one piece of code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/finding.h"

namespace kontor {

enum class RawKind { text, number, flag, date, list, table };

struct RawEntry;

struct Raw {
  RawKind kind = RawKind::table;
  std::string text;  // text; a date or time as written
  double number = 0.0;
  bool integer = false, flag = false;
  std::vector<Raw> items;         // list
  std::vector<RawEntry> entries;  // table, in the order of the file
  std::string file;
  long line = 0, column = 0;

  /// Value under a dotted path; nullptr if there is none.
  const Raw* find(std::string_view path) const;
  std::string source() const { return file + ':' + std::to_string(line); }
};

struct RawEntry {
  std::string name;
  Raw value;
};

/// How a value is shown in a message.
std::string shown(const Raw& raw);

/// An error at a value: file, line, key path with its column.
Finding problem_at(const Raw& raw, const std::string& path, const char* code, std::string found, std::string expected, std::string remedy);

/// TOML to a tree. Size and depth are bounded before the parser sees the text. Throws Error(data).
Raw read_toml(std::string_view text, const std::string& file);

/// Rows of a portfolio CSV as the tables that the same measures would be in TOML.
std::vector<Raw> read_portfolio(std::string_view text, const std::string& file, Findings& findings);

}  // namespace kontor
