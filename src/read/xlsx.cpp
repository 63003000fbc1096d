// An xlsx file is a zip archive of XML parts: workbook.xml names the sheets, the relations beside it say in
// which part each lies, sharedStrings.xml holds the texts and styles.xml says which numbers are dates.
// A sheet may hold millions of cells, so its rows are cut apart and parsed one by one, in parallel.
#include "read/xlsx.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "read/xlsx_book.h"

namespace kontor {

static constexpr std::uint32_t most_rows = 1048576, most_columns = 16384;  // of any xlsx sheet
static constexpr std::size_t rows_a_block = 16;
static constexpr std::size_t most_bad_cells = 200;

bool is_zip(std::string_view bytes) { return bytes.substr(0, 4) == std::string_view("PK\x03\x04", 4); }

static std::string column_name(std::size_t column) {
  std::string name;
  for (std::size_t c = column + 1; c > 0; c = (c - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (c - 1) % 26));
  return name;
}

std::string cell_name(std::size_t row, std::size_t column) { return column_name(column) + std::to_string(row + 1); }

const SheetText* Sheet::find(std::size_t row, std::size_t column) const {
  const auto at = std::lower_bound(texts.begin(), texts.end(), std::pair{row, column}, [](const SheetText& t, const auto& wanted) {
    return std::pair<std::size_t, std::size_t>{t.row, t.column} < wanted;
  });
  return at != texts.end() && at->row == row && at->column == column ? &*at : nullptr;
}

const std::string& Sheet::text(std::size_t row, std::size_t column) const {
  static const std::string none;
  const SheetText* found = find(row, column);
  return found ? found->text : none;
}

std::string Sheet::place(std::size_t row, std::size_t column) const { return name + '!' + cell_name(row, column); }

namespace {

struct RowText {
  std::uint32_t row = 0;
  std::string_view xml;
};

struct NumberCell {
  std::uint32_t row = 0, column = 0;
  double value = 0;
};

/// What a block of rows holds.
struct RowCells {
  std::vector<NumberCell> numbers;
  std::vector<SheetText> texts;
  Findings problems;
};

}  // namespace

// "AB12" to 0-based column and row; false if it is no address.
static bool read_address(std::string_view text, std::uint32_t& row, std::uint32_t& column) {
  std::uint64_t c = 0, r = 0;
  std::size_t i = 0;
  for (; i < text.size() && i < 3 && text[i] >= 'A' && text[i] <= 'Z'; ++i) c = c * 26 + static_cast<std::uint64_t>(text[i] - 'A' + 1);
  const std::size_t letters = i;
  for (; i < text.size() && i < letters + 7 && text[i] >= '0' && text[i] <= '9'; ++i)
    r = r * 10 + static_cast<std::uint64_t>(text[i] - '0');
  if (letters == 0 || i == letters || i != text.size() || c > most_columns || r == 0 || r > most_rows) return false;
  row = static_cast<std::uint32_t>(r - 1), column = static_cast<std::uint32_t>(c - 1);
  return true;
}

// The rows of a sheet as texts. Rows are never nested and nothing but elements is in the sheet, so cutting is safe.
static std::vector<RowText> rows_of(std::string_view xml, const XlsxBook& book, const std::string& prefix) {
  std::vector<RowText> rows;
  const std::string open = '<' + prefix + "row", close = "</" + prefix + "row>";
  std::uint32_t next = 0;
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
    const std::size_t tag_end = xml.find('>', at);
    const char after = at + open.size() < xml.size() ? xml[at + open.size()] : '\0';
    if (after != ' ' && after != '>' && after != '/' && after != '\n' && after != '\r' && after != '\t') {  // <rowBreaks>
      at += open.size();
      continue;
    }
    const bool empty = xml[tag_end - 1] == '/';
    std::size_t end = tag_end + 1;
    if (!empty) {
      end = xml.find(close, tag_end);
      if (end == std::string_view::npos)
        fail(Exit::data, "bad-xml", book.file, book.sheet_name, "", "a row that does not end", "whole XML", "download it again");
      end += close.size();
    }
    const std::string_view tag = xml.substr(at, tag_end - at);
    if (const std::size_t r = tag.find(" r=\""); r != std::string_view::npos) {
      const std::string_view number = tag.substr(r + 4, tag.find('"', r + 4) - r - 4);
      const long row = read_integer(number).value_or(0);
      if (row < static_cast<long>(next) + 1 || row > static_cast<long>(most_rows))
        fail(Exit::data, "bad-sheet", book.file, book.sheet_name, "", "row number " + quoted(std::string(number)), "rows in rising order",
             "save it again with a spreadsheet program");
      next = static_cast<std::uint32_t>(row - 1);
    }
    if (next >= most_rows) fail(Exit::data, "bad-sheet", book.file, book.sheet_name, "", "more than 1048576 rows", "a sheet of xlsx", "");
    if (!empty) rows.push_back({next, xml.substr(at, end - at)});
    ++next;
    at = end;
  }
  return rows;
}

static void read_cell(const pugi::xml_node& cell, const XlsxBook& book, std::uint32_t row, std::uint32_t column, RowCells& out) {
  const auto complain = [&](const char* code, const std::string& found, const char* expected, const char* remedy) {
    if (out.problems.size() < most_bad_cells)
      out.problems.push_back(
          {Severity::error, code, book.file, book.sheet_name + '!' + cell_name(row, column), "", found, expected, remedy});
  };
  const std::string_view type = attribute(cell, "t");
  const pugi::xml_node value_node = child(cell, "v");
  const std::string_view value = value_node.text().get();
  const auto add_text = [&](std::string text, bool date = false) {
    if (!text.empty()) out.texts.push_back({row, column, std::move(text), date});
  };
  if (type == "inlineStr") return add_text(text_of(child(cell, "is")));
  if (type == "e")
    return complain("error-value", "the cell shows " + quoted(std::string(value)), "a number or a text",
                    "correct the formula and save again");
  if (value.empty()) {
    if (child(cell, "f") && type != "str")
      complain("no-value", "a formula without its value", "cells hold their values", "open and save in a spreadsheet program");
    return;
  }
  if (type == "s") {
    const long index = read_integer(value).value_or(-1);
    if (index < 0 || static_cast<std::size_t>(index) >= book.strings.size())
      return complain("bad-sheet", "text number " + quoted(std::string(value)) + " of " + std::to_string(book.strings.size()),
                      "a text of the workbook", "save it again with a spreadsheet program");
    return add_text(book.strings[static_cast<std::size_t>(index)]);
  }
  if (type == "str" || type == "b") return add_text(std::string(value));
  if (type == "d") return add_text(std::string(value), true);
  const long style = read_integer(attribute(cell, "s")).value_or(0);
  if (style >= 0 && static_cast<std::size_t>(style) < book.date_styles.size() && book.date_styles[static_cast<std::size_t>(style)])
    return add_text(std::string(value), true);
  double number = 0;
  const NumberProblem problem = read_number(value, number);
  if (problem == NumberProblem::not_a_number) return complain("not-a-number", quoted(std::string(value)), "a number", "correct the cell");
  if (problem == NumberProblem::too_large)
    return complain("out-of-range", quoted(std::string(value)), "outside the range of a double", "check the number");
  out.numbers.push_back({row, column, number});
}

static void read_row(const RowText& row, const XlsxBook& book, RowCells& out) {
  pugi::xml_document xml;
  if (const auto result = xml.load_buffer(row.xml.data(), row.xml.size(), plain_xml, pugi::encoding_utf8); !result)
    fail(Exit::data, "bad-xml", book.file, book.sheet_name + " row " + std::to_string(row.row + 1), "", "not valid XML", "whole XML",
         "download it again");
  std::uint32_t next = 0;
  for (const pugi::xml_node& cell : xml.document_element().children()) {
    if (local_name(cell) != "c") continue;
    std::uint32_t r = row.row, c = next;
    const std::string_view address = attribute(cell, "r");
    if (!address.empty() && (!read_address(address, r, c) || r != row.row || c < next))
      fail(Exit::data, "bad-sheet", book.file, book.sheet_name + " row " + std::to_string(row.row + 1), "",
           "cell address " + quoted(std::string(address)), "cells in rising order", "save it again with a spreadsheet program");
    if (c >= most_columns) fail(Exit::data, "bad-sheet", book.file, book.sheet_name, "", "more than 16384 columns", "a sheet of xlsx", "");
    read_cell(cell, book, r, c, out);
    next = c + 1;
  }
}

static std::vector<MergedCells> merged_cells(std::string_view xml, const std::string& prefix) {
  std::vector<MergedCells> merged;
  const std::string open = '<' + prefix + "mergeCell ";
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at + 1)) {
    const std::size_t begin = xml.find("ref=\"", at), end = begin == std::string_view::npos ? begin : xml.find('"', begin + 5);
    if (end == std::string_view::npos) break;
    const auto corners = split(xml.substr(begin + 5, end - begin - 5), ':');
    MergedCells m;
    if (corners.size() == 2 && read_address(corners[0], m.first_row, m.first_column) && read_address(corners[1], m.last_row, m.last_column))
      merged.push_back(m);
  }
  return merged;
}

static Sheet assemble(std::vector<RowCells>& blocks, const XlsxBook& book) {
  Sheet sheet;
  sheet.file = book.file;
  sheet.name = book.sheet_name;
  Findings problems;
  std::size_t rows = 0, columns = 0, cells = 0;
  for (RowCells& block : blocks) {
    for (Finding& problem : block.problems)
      if (problems.size() < most_bad_cells) problems.push_back(std::move(problem));
    for (const NumberCell& cell : block.numbers)
      rows = std::max<std::size_t>(rows, cell.row + 1), columns = std::max<std::size_t>(columns, cell.column + 1);
    for (SheetText& text : block.texts) {
      rows = std::max<std::size_t>(rows, text.row + 1), columns = std::max<std::size_t>(columns, text.column + 1);
      sheet.texts.push_back(std::move(text));
    }
    cells += block.numbers.size();
  }
  throw_if_errors(problems);
  constexpr std::size_t small = std::size_t{1} << 20;
  if (rows * columns > small && rows * columns / 64 > cells + sheet.texts.size())
    fail(Exit::data, "bad-sheet", book.file, book.sheet_name, "",
         "cells scattered over " + std::to_string(rows) + " x " + std::to_string(columns), "a table",
         "save the table alone in a new workbook");
  sheet.numbers = Matrix(rows, columns, std::nan(""));
  for (const RowCells& block : blocks)
    for (const NumberCell& cell : block.numbers) sheet.numbers(cell.row, cell.column) = cell.value;
  return sheet;
}

Sheet parse_xlsx(std::string_view bytes, const std::string& file, const std::string& wanted) {
  if (bytes.empty()) fail(Exit::data, "empty-file", file, "", "", "file is empty", "an xlsx workbook", "check the download");
  if (bytes.substr(0, 4) == "\xD0\xCF\x11\xE0")
    fail(Exit::data, "not-xlsx", file, "", "", "an old or encrypted workbook", "an xlsx file without a password",
         "save it as xlsx without a password");
  const ZipParts parts(bytes, file);
  const XlsxBook book = open_book(parts, file, wanted);
  const std::string xml = parts.read(book.sheet_part);
  check_xml(xml, file, book.sheet_part);
  // The name space prefix of the root element is that of all rows: <x:worksheet> has <x:row>.
  const std::size_t root = xml.find("worksheet"), begin = root == std::string::npos ? root : xml.rfind('<', root);
  if (begin == std::string::npos)
    fail(Exit::data, "bad-xml", file, book.sheet_part, "", "no worksheet inside", "a sheet of cells", "name another sheet");
  const std::string prefix = xml.substr(begin + 1, root - begin - 1);
  const std::vector<RowText> rows = rows_of(xml, book, prefix);
  std::vector<RowCells> blocks((rows.size() + rows_a_block - 1) / rows_a_block);
  for_each_block(blocks.size(), thread_count(), [&](std::size_t b) {
    for (std::size_t i = b * rows_a_block; i < std::min(rows.size(), (b + 1) * rows_a_block); ++i) read_row(rows[i], book, blocks[b]);
  });
  Sheet sheet = assemble(blocks, book);
  sheet.merged = merged_cells(xml, prefix);
  return sheet;
}

}  // namespace kontor
