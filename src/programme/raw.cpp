#include "programme/raw.h"

#include "kontor/base/text.h"

namespace kontor {

const Raw* Raw::find(std::string_view path) const {
  const std::size_t dot = path.find('.');
  const std::string_view first = path.substr(0, dot);
  for (const auto& [name, value] : entries)
    if (name == first) return dot == std::string_view::npos ? &value : value.find(path.substr(dot + 1));
  return nullptr;
}

std::string shown(const Raw& raw) {
  switch (raw.kind) {
    case RawKind::text:
    case RawKind::date: return quoted(raw.text);
    case RawKind::number: return '`' + number_text(raw.number) + '`';
    case RawKind::flag: return raw.flag ? "`true`" : "`false`";
    case RawKind::list: return "a list of " + std::to_string(raw.items.size());
    case RawKind::table: return "a table of " + std::to_string(raw.entries.size());
  }
  return "";
}

Finding problem_at(const Raw& raw, const std::string& path, const char* code, std::string found, std::string expected, std::string remedy) {
  std::string column = path;
  if (raw.column > 0) column += " (column " + std::to_string(raw.column) + ')';
  return {Severity::error,  code, raw.file, std::to_string(raw.line), std::move(column), std::move(found), std::move(expected),
          std::move(remedy)};
}

}  // namespace kontor
