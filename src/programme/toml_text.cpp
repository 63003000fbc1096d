// TOML to a tree of values with places. toml++ 3.3 bounds nested arrays but not dotted keys, so depth and
// size are bounded here, on the text, before it sees anything.
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "programme/raw.h"

namespace kontor {

constexpr std::size_t largest_text = std::size_t{16} << 20;  // bytes; a programme of 10,000 measures is about 5 MB
constexpr std::size_t deepest = 64;                          // levels of brackets and dotted keys together

// Walks over the text once, knowing only strings, comments, brackets and dots.
static void check_depth(std::string_view text, const std::string& file) {
  std::size_t line = 1, dots = 0;
  std::vector<std::size_t> open;  // dots of the key in front of each open bracket
  std::size_t depth = 0;
  const auto starts = [&](std::size_t i, std::string_view mark) { return text.substr(i, mark.size()) == mark; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '#') {
      while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      const bool many = starts(i, c == '"' ? "\"\"\"" : "'''");
      for (i += many ? 3 : 1; i < text.size(); ++i) {
        if (text[i] == '\n') {
          ++line;
          if (!many) break;
        }
        if (c == '"' && text[i] == '\\') {
          ++i;
          if (i < text.size() && text[i] == '\n') ++line;
        } else if (text[i] == c && (!many || starts(i, c == '"' ? "\"\"\"" : "'''"))) {
          i += many ? 2 : 0;
          break;
        }
      }
    } else if (c == '[' || c == '{') {
      open.push_back(dots);
      depth += dots + 1;
      dots = 0;
    } else if (c == ']' || c == '}') {
      dots = 0;
      if (!open.empty()) {
        depth -= open.back() + 1;
        open.pop_back();
      }
    } else if (c == '.') {
      ++dots;
    } else if (c == '\n') {
      ++line;
      if (open.empty()) dots = 0;
    } else if (c == ',') {
      dots = 0;
    }
    if (depth + dots > deepest)
      fail(Exit::data, "too-deep", file, std::to_string(line), "", "more than 64 levels of keys or brackets", "the depth limit is 64",
           "a programme needs five; check for a missing bracket");
  }
}

static void check_text(std::string_view text, const std::string& file) {
  if (text.size() > largest_text)
    fail(Exit::data, "too-large", file, "", "", "a file of " + std::to_string(text.size()) + " bytes", "the size limit is 16 MiB",
         "put the measures into a portfolio CSV, or split the programme");
  const auto line_of = [&](std::size_t at) {
    return std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
  };
  if (const std::size_t bad = invalid_utf8_at(text); bad != std::string_view::npos)
    fail(Exit::data, "not-utf8", file, line_of(bad), "", "not valid UTF-8 at byte " + std::to_string(bad + 1), "text in UTF-8",
         "save the file as UTF-8");
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
    fail(Exit::data, "nul-byte", file, line_of(zero), "", "a NUL byte", "plain text", "this does not look like a programme file");
  check_depth(text, file);
}

template <class Written>
static std::string written(const Written& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

static Raw convert(const toml::node& node, const std::string& file) {
  Raw raw;
  raw.file = file;
  raw.line = node.source().begin.line;
  raw.column = node.source().begin.column;
  if (const auto* table = node.as_table()) {
    raw.kind = RawKind::table;
    for (const auto& [key, value] : *table) {
      raw.entries.push_back({std::string(key.str()), convert(value, file)});
      Raw& entry = raw.entries.back().value;
      if (entry.kind != RawKind::table || entry.line == 0) {
        entry.line = key.source().begin.line;
        entry.column = key.source().begin.column;
      }
    }
    // toml++ sorts by key; people expect the order of the file.
    std::stable_sort(raw.entries.begin(), raw.entries.end(), [](const RawEntry& a, const RawEntry& b) {
      return std::pair(a.value.line, a.value.column) < std::pair(b.value.line, b.value.column);
    });
  } else if (const auto* array = node.as_array()) {
    raw.kind = RawKind::list;
    for (const toml::node& item : *array) raw.items.push_back(convert(item, file));
  } else if (const auto* text = node.as_string()) {
    raw.kind = RawKind::text;
    raw.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    raw.kind = RawKind::number;
    raw.number = static_cast<double>(integer->get());
    raw.integer = true;
  } else if (const auto* number = node.as_floating_point()) {
    raw.kind = RawKind::number;
    raw.number = number->get();
    raw.integer = raw.number == std::floor(raw.number) && std::isfinite(raw.number);
  } else if (const auto* flag = node.as_boolean()) {
    raw.kind = RawKind::flag;
    raw.flag = flag->get();
  } else {
    raw.kind = RawKind::date;
    if (const auto* date = node.as_date()) raw.text = written(date->get());
    if (const auto* time = node.as_time()) raw.text = written(time->get());
    if (const auto* moment = node.as_date_time()) raw.text = written(moment->get());
  }
  return raw;
}

// Line of the last key of that name before `line`; 0 if there is none.
static long last_line_of(const Raw& raw, std::string_view key, long before) {
  long last = 0;
  for (const auto& [name, value] : raw.entries) {
    if (name == key && value.line < before) last = std::max(last, value.line);
    last = std::max(last, last_line_of(value, key, before));
  }
  for (const Raw& item : raw.items) last = std::max(last, last_line_of(item, key, before));
  return last;
}

// The parser names the second place of a key that stands twice; the text before it tells the first.
static long first_line_of_duplicate(std::string_view text, const std::string& file, const std::string& key, long line) {
  std::size_t end = 0;
  for (long i = 1; i < line && end != std::string_view::npos; ++i) end = text.find('\n', end + (i > 1 ? 1 : 0));
  try {
    return last_line_of(convert(toml::parse(text.substr(0, end == std::string_view::npos ? text.size() : end + 1), file), file), key, line);
  } catch (const toml::parse_error&) {
    return 0;  // the duplicate stands inside something that spans lines
  }
}

Raw read_toml(std::string_view text, const std::string& file) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  check_text(text, file);
  try {
    return convert(toml::parse(text, file), file);
  } catch (const toml::parse_error& problem) {
    const std::string what(problem.description());
    const long line = problem.source().begin.line, column = problem.source().begin.column;
    const std::string row = std::to_string(line), place = "column " + std::to_string(column);
    if (what.find("redefine") != std::string::npos) {
      const std::size_t open = what.find('\''), close = what.find('\'', open + 1);
      std::string key = open == std::string::npos ? "" : what.substr(open + 1, close - open - 1);
      const std::string last = key.substr(key.rfind('.') == std::string::npos ? 0 : key.rfind('.') + 1);
      const long first = first_line_of_duplicate(text, file, last, line);
      fail(Exit::data, "duplicate-key", file, row, place,
           "key " + quoted(key) +
               " stands twice: " + (first > 0 ? "in lines " + std::to_string(first) + " and " + row : "again in line " + row),
           "a key stands once in its table", "remove one of the two, or begin a new [[measure]]");
    }
    fail(Exit::data, "not-toml", file, row, place, what, "a file in TOML",
         "texts and months need quotes (\"2026-07\"), numbers have a decimal point and no leading zero");
  }
}

}  // namespace kontor
