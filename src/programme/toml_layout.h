// Where things stand in the text of a TOML file: tables, keys and values by their bytes. The text has been read by the parser
// before, so what is not TOML need not be understood here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct TextPart {
  std::size_t begin = 0, end = 0;
};

/// A key with its value, or an item of a list (without key).
struct TomlEntry {
  std::vector<std::string> key;    // parts of a dotted key
  TextPart line;                   // with indentation, comment and line end; only outside of brackets
  TextPart key_at, value;          // bytes
  char opens = 0;                  // '{' or '[' where it holds others
  std::vector<TomlEntry> entries;  // of an inline table, or items of a list
};

/// What follows a [header]; the first one has none.
struct TomlTable {
  std::vector<std::string> header;
  bool listed = false;   // [[header]]
  TextPart block;        // header line, with the comment lines directly above, to the end of its last entry
  std::size_t body = 0;  // behind the header line
  std::vector<TomlEntry> entries;
};

std::vector<TomlTable> layout_of(std::string_view text);

}  // namespace kontor
