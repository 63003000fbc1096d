// Publishers put titles above the table and up to four label lines on two sides of it: code, name, region,
// number. The lines are told apart by what they hold. Producers stand in rows and in columns, so the line of
// regions and the line of codes say the same down as across; regions are those that change least often, and
// codes are the shortest of the others.
#include "read/wide_sheet.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr std::size_t deepest_header = 60;  // rows or columns before the numbers

namespace {

/// The block of numbers with the rows and columns that belong to it.
struct NumberBlock {
  std::size_t first_row = 0, first_column = 0;
  std::vector<std::size_t> rows, columns;  // those that hold numbers
};

/// One label line above the block and one beside it that name the same things.
struct LabelPair {
  std::size_t row = 0, column = 0;
};

}  // namespace

[[noreturn]] static void refuse(const Sheet& sheet, const char* code, const std::string& place, const std::string& found,
                                const char* expected, const char* remedy) {
  fail(Exit::data, code, sheet.file, place, "", found, expected, remedy);
}

static bool is_number(const Sheet& sheet, std::size_t row, std::size_t column) {
  return row < sheet.numbers.rows && column < sheet.numbers.columns && !std::isnan(sheet.numbers(row, column));
}

// First of the longest run of lines that are at least half as full of numbers as the fullest one.
static std::size_t first_full_line(const std::vector<std::size_t>& counts) {
  const std::size_t fullest = *std::max_element(counts.begin(), counts.end());
  std::size_t best = 0, best_length = 0, begin = 0;
  for (std::size_t i = 0; i <= counts.size(); ++i) {
    if (i < counts.size() && 2 * counts[i] >= fullest) continue;
    if (i - begin > best_length) best = begin, best_length = i - begin;
    begin = i + 1;
  }
  return best;
}

// Codes that happen to be numbers stand in lines of their own, apart from the block, or fill too little of theirs.
static NumberBlock find_block(const Sheet& sheet) {
  std::vector<std::size_t> in_row(sheet.numbers.rows), in_column(sheet.numbers.columns);
  std::size_t all = 0;
  for (std::size_t r = 0; r < sheet.numbers.rows; ++r)
    for (std::size_t c = 0; c < sheet.numbers.columns; ++c)
      if (is_number(sheet, r, c)) ++in_row[r], ++in_column[c], ++all;
  if (all == 0) refuse(sheet, "no-table", sheet.name, "no numbers", "a table with labels above and beside it", "name another sheet");
  NumberBlock block;
  block.first_row = first_full_line(in_row), block.first_column = first_full_line(in_column);
  if (block.first_row > deepest_header || block.first_column > deepest_header)
    refuse(sheet, "no-table", sheet.place(block.first_row, block.first_column), "the numbers begin only here",
           "a table at the top left of the sheet", "save the table alone in a new workbook");
  std::vector<bool> used(sheet.numbers.columns);
  for (std::size_t r = block.first_row; r < sheet.numbers.rows; ++r) {
    bool any = false;
    for (std::size_t c = block.first_column; c < sheet.numbers.columns; ++c)
      if (is_number(sheet, r, c)) any = used[c] = true;
    if (any) block.rows.push_back(r);
  }
  for (std::size_t c = block.first_column; c < used.size(); ++c)
    if (used[c]) block.columns.push_back(c);
  return block;
}

// A label as it counts for telling the lines apart; a date is a damaged one.
static std::string shown_label(const Sheet& sheet, std::size_t row, std::size_t column) {
  const SheetText* cell = sheet.find(row, column);
  return cell && !cell->date ? cell->text : std::string();
}

static std::vector<std::string> texts_down(const Sheet& sheet, const NumberBlock& block, std::size_t column) {
  std::vector<std::string> texts;
  for (const std::size_t r : block.rows) texts.push_back(shown_label(sheet, r, column));
  return texts;
}

static std::vector<std::string> texts_across(const Sheet& sheet, const NumberBlock& block, std::size_t row) {
  std::vector<std::string> texts;
  for (const std::size_t c : block.columns) texts.push_back(shown_label(sheet, row, c));
  return texts;
}

// How many labels down the side stand across the top, too.
static std::size_t matches(const std::vector<std::string>& down, const std::vector<std::string>& across, const std::vector<bool>& counted) {
  const std::set<std::string> above(across.begin(), across.end());
  std::size_t count = 0;
  for (std::size_t i = 0; i < down.size(); ++i) count += counted[i] && !down[i].empty() && above.count(down[i]);
  return count;
}

static std::size_t changes(const std::vector<std::string>& labels) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < labels.size(); ++i) count += labels[i] != labels[i - 1];
  return count;
}

static std::size_t longest(const std::vector<std::string>& labels) {
  std::size_t length = 0;
  for (const std::string& label : labels) length = std::max(length, label.size());
  return length;
}

// The pair of label lines that agree on at least half of the counted rows and score lowest; false if there is none.
template <class Score>
static bool find_pair(const Sheet& sheet, const NumberBlock& block, const std::vector<bool>& counted, const LabelPair* taken, Score score,
                      LabelPair& best) {
  const auto all = static_cast<std::size_t>(std::count(counted.begin(), counted.end(), true));
  std::size_t best_score = 0, best_matches = 0;
  for (std::size_t c = 0; c < block.first_column; ++c) {
    if (taken && taken->column == c) continue;
    const std::vector<std::string> down = texts_down(sheet, block, c);
    for (std::size_t r = 0; r < block.first_row; ++r) {
      if (taken && taken->row == r) continue;
      const std::size_t matched = matches(down, texts_across(sheet, block, r), counted);
      if (matched == 0 || 2 * matched < all) continue;
      const std::size_t here = score(down);
      if (best_matches == 0 || here < best_score || (here == best_score && matched >= best_matches)) {
        best = {r, c};
        best_score = here, best_matches = matched;
      }
    }
  }
  return best_matches > 0;
}

static bool is_merged(const Sheet& sheet, std::size_t row, std::size_t column) {
  return std::any_of(sheet.merged.begin(), sheet.merged.end(), [&](const MergedCells& m) {
    return row >= m.first_row && row <= m.last_row && column >= m.first_column && column <= m.last_column;
  });
}

static std::string label_at(const Sheet& sheet, std::size_t row, std::size_t column, Findings& errors) {
  const auto complain = [&](const char* code, const std::string& found, const char* expected, const char* remedy) {
    errors.push_back({Severity::error, code, sheet.file, sheet.place(row, column), "", found, expected, remedy});
    return std::string();
  };
  if (is_merged(sheet, row, column))
    return complain("merged-label", "a merged label cell", "one label in each cell", "unmerge it and fill in the label");
  if (is_number(sheet, row, column))
    return complain("label-is-number", "label " + number_text(sheet.numbers(row, column)) + " is a number",
                    "codes are text, `01` and not 1", "give the cell the text format and write the code again");
  if (const SheetText* cell = sheet.find(row, column); cell && cell->date)
    return complain("label-is-date", "a label that became a date", "codes are text",
                    "give the cell the text format and write the code again");
  const std::string& text = sheet.text(row, column);
  if (text.empty()) return complain("blank-label", "a blank label", "region and code for each line of numbers", "fill in the label");
  if (invalid_utf8_at(text) != std::string::npos ||
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return complain("bad-label", "label " + quoted(text), "printable text in UTF-8", "write the label again");
  if (text.size() > 1000)
    return complain("field-too-long", "a label of more than 1000 characters", "labels have at most 1000 characters", "shorten it");
  return text;
}

static void copy_numbers(const Sheet& sheet, const NumberBlock& block, const ImportOptions& options, WideTable& table, Findings& errors,
                         Findings& notes) {
  table.numbers = Matrix(block.rows.size(), block.columns.size());
  std::size_t taken_as_zero = 0;
  for (std::size_t i = 0; i < block.rows.size(); ++i)
    for (std::size_t j = 0; j < block.columns.size(); ++j) {
      const std::size_t r = block.rows[i], c = block.columns[j];
      table.numbers(i, j) = sheet.numbers(r, c);
      if (is_number(sheet, r, c)) continue;
      const std::string& text = sheet.text(r, c);
      const bool missing = text.empty() || (!options.na.empty() && text == options.na);
      if (missing && options.missing_zero) {
        table.numbers(i, j) = 0;
        ++taken_as_zero;
      } else if (errors.size() < 200) {
        errors.push_back({Severity::error, missing ? "missing-number" : "not-a-number", sheet.file, sheet.place(r, c), "",
                          text.empty() ? "an empty cell" : quoted(text), "every flow of a wide sheet is a number",
                          missing ? "fill it in, or say that missing flows are zero with --missing zero"
                                  : "correct it, or declare a missing marker with --na"});
      }
    }
  if (taken_as_zero)
    notes.push_back({Severity::warning, "missing-zero", sheet.file, sheet.name, "", std::to_string(taken_as_zero) + " missing flows",
                     "taken as zero, as --missing zero says", ""});
}

WideTable wide_table(const Sheet& sheet, const std::string& total_region, const ImportOptions& options, Findings& findings) {
  const NumberBlock block = find_block(sheet);
  LabelPair region, code;
  const std::vector<bool> every(block.rows.size(), true);
  const std::string corner = sheet.place(block.first_row, block.first_column);
  if (!find_pair(sheet, block, every, nullptr, changes, region))
    refuse(sheet, "no-header", corner, "the numbers begin here, but no label line above names the same regions as one beside them",
           "a line of regions and a line of codes on both sides",
           "codes and regions are text: if they became numbers, give them the text format");
  std::vector<bool> producers;
  for (const std::string& label : texts_down(sheet, block, region.column)) producers.push_back(label != total_region);
  if (!find_pair(sheet, block, producers, &region, longest, code))
    refuse(sheet, "no-header", corner, "the numbers begin here, but no label line above names the same codes as one beside them",
           "a line of regions and a line of codes on both sides",
           "codes are text: if they became numbers or dates, give them the text format");
  findings.push_back({Severity::note, "header", sheet.file, corner, "",
                      "numbers begin here; regions stand in row " + std::to_string(region.row + 1) + " and column " +
                          cell_name(block.first_row, region.column) + ", codes in row " + std::to_string(code.row + 1) + " and column " +
                          cell_name(block.first_row, code.column),
                      "", ""});
  // The line with the longest text of those left holds names.
  std::size_t name_column = region.column, name_row = region.row, widest = 0, highest = 0;
  for (std::size_t c = 0; c < block.first_column; ++c)
    if (const std::size_t length = longest(texts_down(sheet, block, c)); c != region.column && c != code.column && length > widest)
      name_column = c, widest = length;
  for (std::size_t r = 0; r < block.first_row; ++r)
    if (const std::size_t length = longest(texts_across(sheet, block, r)); r != region.row && r != code.row && length > highest)
      name_row = r, highest = length;
  WideTable table;
  table.file = sheet.file;
  Findings errors;
  for (const std::size_t r : block.rows)
    table.rows.push_back({label_at(sheet, r, region.column, errors), label_at(sheet, r, code.column, errors),
                          widest ? sheet.text(r, name_column) : "", sheet.place(r, region.column)});
  for (const std::size_t c : block.columns)
    table.columns.push_back({label_at(sheet, region.row, c, errors), label_at(sheet, code.row, c, errors),
                             highest ? sheet.text(name_row, c) : "", sheet.place(region.row, c)});
  for (auto* labels : {&table.rows, &table.columns})
    for (WideLabel& label : *labels)
      if (label.region == total_region) label.region.clear();
  throw_if_errors(errors);
  copy_numbers(sheet, block, options, table, errors, findings);
  throw_if_errors(errors);
  return table;
}

}  // namespace kontor
