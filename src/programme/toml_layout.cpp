#include "programme/toml_layout.h"

#include <algorithm>
#include <charconv>

namespace kontor {

namespace {

void add_utf8(std::string& text, unsigned code) {
  const auto put = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63));
  } else {
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 63)), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63));
  }
}

class LayoutReader {
 public:
  explicit LayoutReader(std::string_view text) : text_(text) {}

  std::vector<TomlTable> tables() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    std::vector<TomlTable> tables(1);
    tables.front().block = {at_, at_}, tables.front().body = at_;
    std::size_t comments = at_;  // where the comment lines directly above begin
    while (at_ < text_.size()) {
      const std::size_t line = at_;
      skip_spaces();
      if (at_end() || is_line_end()) {
        to_next_line();
        comments = at_;
      } else if (text_[at_] == '#') {
        to_next_line();
      } else if (text_[at_] == '[') {
        tables.push_back(header(comments));
        comments = at_;
      } else {
        TomlEntry entry = key_and_value();
        to_next_line();
        entry.line = {line, at_};
        tables.back().block.end = at_;
        tables.back().entries.push_back(std::move(entry));
        comments = at_;
      }
    }
    return tables;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  bool is_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
  void skip_spaces() {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  void to_next_line() {
    while (!at_end() && text_[at_] != '\n') ++at_;
    if (!at_end()) ++at_;
  }
  // Spaces, line ends and comments: what may stand between the items of a list.
  void skip_between() {
    while (!at_end()) {
      if (text_[at_] == '#')
        to_next_line();
      else if (is_line_end() || text_[at_] == ' ' || text_[at_] == '\t')
        ++at_;
      else
        break;
    }
  }

  TomlTable header(std::size_t begin) {
    TomlTable table;
    table.block.begin = begin;
    ++at_;
    if (!at_end() && text_[at_] == '[') table.listed = true, ++at_;
    table.header = key();
    to_next_line();
    table.body = table.block.end = at_;
    return table;
  }

  TomlEntry key_and_value() {
    TomlEntry entry;
    entry.key_at.begin = at_;
    entry.key = key();
    entry.key_at.end = at_;
    skip_spaces();
    if (!at_end() && text_[at_] == '=') ++at_;
    skip_spaces();
    value(entry);
    return entry;
  }

  std::vector<std::string> key() {
    std::vector<std::string> parts;
    for (;;) {
      skip_spaces();
      if (at_end()) return parts;
      if (text_[at_] == '"' || text_[at_] == '\'') {
        parts.push_back(quoted_key());
      } else {
        const std::size_t begin = at_;
        while (!at_end() && std::string_view(" \t.=]\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
        parts.emplace_back(text_.substr(begin, at_ - begin));
      }
      const std::size_t end = at_;
      skip_spaces();
      if (at_end() || text_[at_] != '.') {
        at_ = end;
        return parts;
      }
      ++at_;
    }
  }

  std::string quoted_key() {
    const std::size_t begin = at_ + 1;
    const bool literal = text_[at_] == '\'';
    skip_string();
    const std::string_view inside = text_.substr(begin, at_ - begin - 1);
    if (literal) return std::string(inside);
    std::string plain;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] != '\\' || i + 1 == inside.size()) {
        plain += inside[i];
        continue;
      }
      const char c = inside[++i];
      const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
      if (digits) {
        unsigned code = 0;
        const std::string_view hex = inside.substr(i + 1, digits);
        std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
        add_utf8(plain, code);
        i += digits;
      } else {
        plain += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
      }
    }
    return plain;
  }

  void skip_string() {
    const char c = text_[at_];
    const std::string three(3, c);
    const bool many = text_.substr(at_, 3) == three;
    for (at_ += many ? 3 : 1; !at_end(); ++at_) {
      if (c == '"' && text_[at_] == '\\') {
        ++at_;
      } else if (many ? text_.substr(at_, 3) == three : text_[at_] == c) {
        at_ += many ? 3 : 1;
        for (int k = 0; many && k < 2 && !at_end() && text_[at_] == c; ++k) ++at_;  // quotes that belong to the text
        return;
      }
    }
  }

  void value(TomlEntry& entry) {
    entry.value.begin = at_;
    if (at_end()) {
      // nothing
    } else if (text_[at_] == '"' || text_[at_] == '\'') {
      skip_string();
    } else if (text_[at_] == '{' || text_[at_] == '[') {
      entry.opens = text_[at_];
      const char closes = entry.opens == '{' ? '}' : ']';
      ++at_;
      for (skip_between(); !at_end() && text_[at_] != closes; skip_between()) {
        if (text_[at_] == ',') {
          ++at_;
          continue;
        }
        const std::size_t before = at_;
        if (entry.opens == '{') {
          entry.entries.push_back(key_and_value());
        } else {
          entry.entries.emplace_back();
          entry.entries.back().key_at = {at_, at_};
          value(entry.entries.back());
        }
        if (at_ == before) ++at_;
      }
      if (!at_end()) ++at_;
    } else {
      while (!at_end() && std::string_view(",]}#\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
      while (at_ > entry.value.begin && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t')) --at_;
    }
    entry.value.end = at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<TomlTable> layout_of(std::string_view text) { return LayoutReader(text).tables(); }

}  // namespace kontor
