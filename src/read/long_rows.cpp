#include "read/long_rows.h"

#include <algorithm>
#include <array>

#include "kontor/base/text.h"
#include "read/text_table.h"

namespace kontor {

static constexpr std::array<std::string_view, 5> long_columns = {"from_region", "from_sector", "to_region", "to_sector", "value"};

static bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

SectorKind sector_kind(std::string_view label) {
  if (label == "FD" || starts_with(label, "FD:")) return SectorKind::final_use;
  if (starts_with(label, "VA:")) return SectorKind::primary;
  if (label == "X") return SectorKind::output;
  if (starts_with(label, "SAT:")) return SectorKind::satellite;
  return SectorKind::sector;
}

std::string_view reserved_name(std::string_view label) {
  const std::size_t colon = label.find(':');
  return colon == std::string_view::npos ? label : label.substr(colon + 1);
}

// Where each of the five columns stands. Throws if one is missing, named twice or not one of the five.
static std::array<std::size_t, 5> header_columns(TextTable& table, Problems& problems) {
  if (!table.next()) {
    problems.throw_if_any_errors();
    problems.error("empty-file", 0, "", "file is empty", "a header and rows were expected", "check the download");
    problems.throw_if_any_errors();
  }
  const std::size_t row = table.row();
  std::vector<std::string> found;
  for (std::size_t i = 0; i < table.size() && i < 50; ++i) found.push_back(quoted(std::string(table[i])));
  std::array<std::size_t, 5> position{};
  position.fill(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto* known = std::find(long_columns.begin(), long_columns.end(), table[i]);
    if (known == long_columns.end()) {
      problems.error("unknown-column", row, std::to_string(i + 1), "column " + quoted(std::string(table[i])),
                     "only from_region, from_sector, to_region, to_sector, value", "take the column out or correct its name");
      continue;
    }
    std::size_t& place = position[static_cast<std::size_t>(known - long_columns.begin())];
    if (place < table.size())
      problems.error(
          "duplicate-column", row, std::to_string(i + 1),
          "column " + quoted(std::string(table[i])) + " stands at positions " + std::to_string(place + 1) + " and " + std::to_string(i + 1),
          "each column once", "take one of them out");
    place = std::min(place, i);
  }
  for (std::size_t k = 0; k < long_columns.size(); ++k)
    if (position[k] == table.size())
      problems.error("missing-column", row, "", "no column " + quoted(std::string(long_columns[k])),
                     "columns found: " + joined(found, ", "), "add the column, or name another --format");
  problems.throw_if_any_errors();
  return position;
}

namespace {

/// Numbers of labels in one column; the label of the row before is looked at first, as tables are sorted.
struct Column {
  Labels& labels;
  std::string_view name;
  std::size_t index;
  std::string last;
  int last_number = -1;

  int number(std::string_view text, std::size_t row) {
    if (last_number >= 0 && text == last) return last_number;
    last_number = labels.intern(text, row, name, index);
    last = text;
    return last_number;
  }
};

}  // namespace

LongRows read_long_rows(std::string_view text, const ImportOptions& options, Problems& problems) {
  LongRows result;
  TextTable table(text, problems);
  const std::array<std::size_t, 5> at = header_columns(table, problems);
  NumberReader numbers(problems, table.delimiter(), options.decimal_comma, options.na);
  Column from_region{result.regions, long_columns[0], at[0], "", -1}, from_sector{result.sectors, long_columns[1], at[1], "", -1},
      to_region{result.regions, long_columns[2], at[2], "", -1}, to_sector{result.sectors, long_columns[3], at[3], "", -1};
  const std::string value_column = column_name("value", at[4]);
  result.rows.reserve(std::min<std::size_t>(text.size() / 32, 1 << 20));  // 32: about the length of a row
  while (table.next(long_columns.size())) {
    const std::size_t row = table.row();
    const double value = numbers.read(table[at[4]], row, value_column);
    if (!numbers.ok()) continue;
    result.rows.push_back({from_region.number(table[at[0]], row), from_sector.number(table[at[1]], row),
                           to_region.number(table[at[2]], row), to_sector.number(table[at[3]], row), static_cast<std::uint32_t>(row),
                           value});
  }
  table.finish();
  numbers.finish();
  if (result.rows.empty() && !problems.any_errors())
    problems.error("no-rows", 0, "", "no data rows", "rows after the header", "check the download");
  check_labels(result.regions, "region", {}, problems);
  check_labels(result.sectors, "sector", {"FD", "X"}, problems);
  return result;
}

}  // namespace kontor
