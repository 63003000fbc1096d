// Tables with several levels of labels on both sides, tab-separated, as pandas writes them: one line per level of
// the columns, then (if the rows have names) a line with the names of the row levels, then the rows.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "read/pymrio.h"
#include "read/text_source.h"
#include "read/text_table.h"

namespace kontor {

static constexpr std::size_t most_levels = 10;  // of labels on a side; published tables have up to 4

static bool names_row_levels(const TextTable& table, std::size_t index_columns) {
  for (std::size_t i = index_columns; i < table.size(); ++i)
    if (!table[i].empty()) return false;
  return true;
}

static void check_label(std::string_view label, std::size_t row, std::size_t column, Problems& problems) {
  if (label.size() > longest_label)
    problems.error("label-too-long", row, std::to_string(column + 1), fmt::format("a label of {} bytes", label.size()),
                   fmt::format("labels have at most {} bytes", longest_label), "is there a delimiter missing?");
}

LevelTable parse_level_table(std::string_view bytes, std::size_t header_rows, std::size_t index_columns, const ImportOptions& options,
                             Problems& problems) {
  LevelTable result;
  const TextSource source = text_of_bytes(bytes, nullptr, problems.file(), options.encoding);
  TextTable table(source.text, problems);
  std::size_t width = 0;
  for (std::size_t level = 0; level < header_rows; ++level) {
    const bool there = table.next();
    if (level == 0) width = there ? table.size() : 0;
    if (!there || table.size() != width || width <= index_columns) {
      problems.error("header", there ? table.row() : 0, "", there ? fmt::format("{} fields", table.size()) : "the header ends early",
                     fmt::format("{} lines of column labels after {} columns of row labels", header_rows, index_columns),
                     "save the system again");
      problems.throw_if_any_errors();
    }
    result.columns.resize(width - index_columns);
    for (std::size_t j = index_columns; j < width; ++j) {
      check_label(table[j], table.row(), j, problems);
      result.columns[j - index_columns].emplace_back(table[j]);
    }
  }
  NumberReader numbers(problems, table.delimiter(), options.decimal_comma, options.na);
  const std::size_t count = width - index_columns;
  for (bool first = true; table.next(width); first = false) {
    if (first && header_rows > 1 && names_row_levels(table, index_columns)) continue;
    std::vector<std::string> labels;
    for (std::size_t k = 0; k < index_columns; ++k) {
      check_label(table[k], table.row(), k, problems);
      labels.emplace_back(table[k]);
    }
    const std::size_t start = result.values.values.size();
    result.values.values.resize(start + count);
    for (std::size_t j = 0; j < count; ++j) {
      // The number is read as it is met; only a problem needs the name of its column.
      double& value = result.values.values[start + j];
      if (read_number(table[index_columns + j], value) == NumberProblem::none && options.na.empty() && !options.decimal_comma) continue;
      value = numbers.read(table[index_columns + j], table.row(), column_name(joined(result.columns[j], "."), index_columns + j));
    }
    result.rows.push_back(std::move(labels));
    result.lines.push_back(table.row());
  }
  table.finish();
  numbers.finish();
  result.values.rows = result.rows.size();
  result.values.columns = count;
  return result;
}

// Deep nesting breaks the JSON library; no file of a saved system needs more than a few levels.
static bool is_too_deep(std::string_view json) {
  constexpr int deepest = 64;
  int depth = 0;
  for (const char c : json) {
    depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    if (depth > deepest) return true;
  }
  return false;
}

static std::size_t small_count(const nlohmann::json& item, const char* key, std::size_t otherwise, const std::string& file) {
  if (!item.contains(key) || item[key].is_null()) return otherwise;
  std::optional<long> number;
  if (item[key].is_string()) number = read_integer(item[key].get_ref<const std::string&>());
  if (item[key].is_number_integer()) number = item[key].get<long>();
  if (!number || *number < 1 || *number > static_cast<long>(most_levels))
    fail(Exit::data, "file-parameters", file, "", key, "no count of levels", "a whole number from 1 to 10", "save the system again");
  return static_cast<std::size_t>(*number);
}

std::vector<SavedFile> parse_file_parameters(std::string_view text, const std::string& file) {
  const nlohmann::json json = is_too_deep(text) ? nlohmann::json() : nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("files") || !json["files"].is_object())
    fail(Exit::data, "file-parameters", file, "", "files", "no list of files", "JSON as pymrio's save_all writes it",
         "save the system again");
  std::vector<SavedFile> result;
  for (const auto& [key, item] : json["files"].items()) {
    if (!item.is_object() || !item.contains("name") || !item["name"].is_string()) continue;
    const auto& name = item["name"].get_ref<const std::string&>();
    if (name.empty() || name.find('/') != std::string::npos || name.find('\\') != std::string::npos || name[0] == '.' ||
        invalid_utf8_at(name) < name.size())
      fail(Exit::data, "file-parameters", file, "", "files." + key, quoted(name) + " is no plain file name", "files inside the folder",
           "save the system again");
    result.push_back({key, name, small_count(item, "nr_index_col", 1, file), small_count(item, "nr_header", 1, file)});
  }
  return result;
}

}  // namespace kontor
