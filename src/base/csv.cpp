#include "kontor/base/csv.h"

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr std::size_t longest_field = 1000;  // characters; labels and titles are shorter, attacks are not

int CsvTable::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == name) return static_cast<int>(i);
  return -1;
}

const std::string& CsvTable::field(const CsvRow& row, int column) const {
  static const std::string none;
  return column < 0 ? none : row.fields[static_cast<std::size_t>(column)];
}

// One record from `at` on; `line` moves with the line ends that are consumed.
static std::vector<std::string> next_record(std::string_view text, std::size_t& at, std::size_t& line, char separator,
                                            const std::string& file) {
  std::vector<std::string> fields(1);
  const std::size_t opened_at_line = line;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && fields.back().empty()) {
      const std::size_t quote_line = line;
      for (++at;; ++at) {
        if (at >= text.size())
          fail(Exit::data, "open-quote", file, std::to_string(quote_line), "", "a quote is opened here and never closed",
               "quotes come in pairs", "close it, or double a quote that belongs to the text");
        if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"')
          ++at;
        else if (text[at] == '"')
          break;
        if (text[at] == '\n') ++line;
        fields.back() += text[at];
      }
      ++at;
    } else if (c == separator) {
      fields.emplace_back();
      ++at;
    } else if (c == '\n' || c == '\r') {
      at += c == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      ++line;
      break;
    } else {
      fields.back() += c;
      ++at;
    }
    if (fields.back().size() > longest_field)
      fail(Exit::data, "field-too-long", file, std::to_string(opened_at_line), "", "a field of more than 1000 characters",
           "labels have at most 1000 characters", "check for a missing separator");
  }
  return fields;
}

CsvTable parse_csv(std::string_view text, const std::string& file, char separator) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (trimmed(text).empty())
    fail(Exit::data, "empty-file", file, "", "", "file is empty", "a header and rows were expected", "check the download");
  if (const std::size_t bad = invalid_utf8_at(text); bad != std::string_view::npos)
    fail(Exit::data, "not-utf8", file, std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(bad), '\n')), "",
         "not valid UTF-8 at byte " + std::to_string(bad + 1), "text in UTF-8", "save the file as UTF-8");
  CsvTable table;
  table.file = file;
  std::size_t at = 0, line = 1;
  table.header = next_record(text, at, line, separator, file);
  Findings findings;
  while (at < text.size()) {
    const std::size_t begins = line;
    std::vector<std::string> fields = next_record(text, at, line, separator, file);
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (fields.size() != table.header.size())
      findings.push_back({Severity::error, "ragged-row", file, std::to_string(begins), "",
                          "found " + std::to_string(fields.size()) + " fields", "expected " + std::to_string(table.header.size()),
                          "a field with a separator in it needs quotes"});
    else
      table.rows.push_back({begins, std::move(fields)});
  }
  throw_if_errors(findings);
  return table;
}

CsvTable read_csv(const std::string& file) { return parse_csv(read_file(file), file); }

int required_column(const CsvTable& table, std::string_view name) {
  const int column = table.column(name);
  if (column < 0)
    fail(Exit::data, "missing-column", table.file, "1", "", "no column `" + std::string(name) + "`",
         "columns found: " + joined(table.header, ", "), "add the column");
  return column;
}

}  // namespace kontor
