#include "read/folder_tables.h"

#include <algorithm>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/text_source.h"

namespace kontor {

namespace fs = std::filesystem;

static constexpr std::size_t most_labels = 2000;  // regions, sectors, occupations

void TableFolder::check() const {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored))
    fail(Exit::environment, "file", path.string(), "", "", fs::exists(path, ignored) ? "this is a file" : "there is no such folder",
         contents, "check the path");
}

fs::path TableFolder::found(const std::string& name) const {
  std::error_code ignored;
  if (fs::exists(path / name, ignored)) return path / name;
  if (fs::exists(path / (name + ".gz"), ignored)) return path / (name + ".gz");
  return {};
}

std::string TableFolder::text_of(const fs::path& file, const std::string& name) const {
  const std::string content = read_file(file, largest_file);
  sources.push_back({name + (file.extension() == ".gz" ? ".gz" : ""), sha256(content), "", ""});
  return std::string(text_of_bytes(content, nullptr, file.string(), options.encoding).text);
}

CsvTable TableFolder::table(const std::string& name) const {
  const fs::path file = found(name);
  if (file.empty())
    fail(Exit::data, "missing-file", (path / name).string(), "", "", "there is no such file, nor " + name + ".gz", contents,
         std::string("check the folder; ") + page + " lists its files");
  CsvTable result = parse_csv(text_of(file, name), file.string());
  if (result.rows.empty())
    fail(Exit::data, "no-rows", result.file, "", "", "no data rows", "a header and at least one row", "check the download");
  return result;
}

std::vector<std::string> labels_of(const CsvTable& table, const char* name) {
  const int column = required_column(table, name);
  std::vector<std::string> labels;
  std::set<std::string_view> known;
  for (const CsvRow& row : table.rows) {
    const std::string& label = table.field(row, column);
    if (label.empty())
      fail(Exit::data, "empty-label", table.file, std::to_string(row.line), name, "an empty label", "every row has one", "fill it in");
    if (known.insert(label).second) labels.push_back(label);
  }
  if (labels.size() > most_labels)
    fail(Exit::data, "too-many-labels", table.file, "", name, std::to_string(labels.size()) + " different labels",
         "at most " + std::to_string(most_labels) + " in one column", "is this the right column?");
  return labels;
}

std::string place_of(const CsvTable& table, int column) {
  return table.header[static_cast<std::size_t>(column)] + " (" + std::to_string(column + 1) + ")";
}

double number_at(const CsvTable& table, const CsvRow& row, int column, const ImportOptions& options, Sign sign, Problems& problems) {
  std::string text = table.field(row, column);
  if (options.decimal_comma) std::replace(text.begin(), text.end(), ',', '.');
  double value = 0.0;
  const NumberProblem problem = read_number(text, value);
  const auto report = [&](const char* code, const char* expected, const char* remedy) {
    problems.error(code, row.line, place_of(table, column), quoted(table.field(row, column)), expected, remedy);
    return 0.0;
  };
  if (text.empty() || (!options.na.empty() && text == options.na))
    return report("missing-value", "a number: this layout has no missing values", "leave the row out if the cell is zero");
  if (problem == NumberProblem::not_a_number)
    return report("not-a-number", "a number with a decimal point", "write a number, or leave the row out if the cell is zero");
  if (problem == NumberProblem::too_large) return report("out-of-range", "a number inside the range of a double", "check the value");
  if (sign == Sign::not_negative && value < 0)
    return report("negative-flow", "zero or more",
                  "check the value; negative use is kept with --allow-negative, other negative flows never");
  return value;
}

void read_cells(const TableFolder& folder, const CsvTable& table, const std::vector<Axis>& axes, Sign sign, const AddCell& add) {
  std::vector<int> columns;
  for (const Axis& axis : axes) columns.push_back(required_column(table, axis.column));
  const int value_column = required_column(table, "value");
  std::size_t cells = 1;
  for (const Axis& axis : axes) cells *= axis.labels.size();
  std::vector<std::size_t> line_of(cells, 0);
  std::vector<std::size_t> at(axes.size());
  Problems problems(table.file);
  for (const CsvRow& row : table.rows) {
    bool known = true;
    std::size_t cell = 0;
    for (std::size_t a = 0; a < axes.size(); ++a) {
      const std::string& label = table.field(row, columns[a]);
      const auto place = axes[a].place.find(label);
      if (place == axes[a].place.end()) {
        known = false;
        problems.error("unknown-label", row.line, place_of(table, columns[a]), "unknown label " + quoted(label),
                       "a label of regions.csv or sectors.csv", did_you_mean(label, axes[a].labels));
      } else {
        at[a] = place->second;
        cell = cell * axes[a].labels.size() + at[a];
      }
    }
    const double value = number_at(table, row, value_column, folder.options, sign, problems);
    if (!known) continue;
    if (line_of[cell] != 0 && folder.options.duplicates == Duplicates::error)
      problems.error("duplicate-cell", row.line, "", "the same cell stands in row " + std::to_string(line_of[cell]), "every cell once",
                     "remove one, or say --duplicates sum or --duplicates first");
    if (line_of[cell] == 0 || folder.options.duplicates == Duplicates::sum) add(at, value, row, problems);
    line_of[cell] = row.line;
  }
  problems.throw_if_any_errors();
}

}  // namespace kontor
