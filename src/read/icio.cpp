// OECD ICIO, layout of the 2023 edition:
//
//   V1,ARG_A01_02,...,ROW_T,ARG_HFCE,ARG_NPISH,ARG_GGFC,ARG_GFCF,ARG_INVNT,ARG_DPABR,...,OUT
//   ARG_A01_02,...
//   TLS,...    taxes less subsidies on products, also those paid on final use
//   VA,...     value added at basic prices
//   OUT,...    output
//
// A label is a region, an underscore and a code. The extended table splits China and Mexico by the kind of firm
// (CN1, CN2, MX1, MX2); they sell and buy as regions of their own, final use stays with CHN and MEX, their parents.
#include "read/icio.h"

#include <algorithm>
#include <array>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "read/text_source.h"
#include "read/wide_fields.h"
#include "read/wide_scan.h"
#include "read/wide_table.h"
#include "read/wiod.h"

namespace kontor {

namespace fs = std::filesystem;

static const FinalCategory categories[] = {
    {"HFCE", "Household final consumption expenditure", FinalRole::household},
    {"NPISH", "Non-profit institutions serving households", FinalRole::npish},
    {"GGFC", "General government final consumption", FinalRole::government},
    {"GFCF", "Gross fixed capital formation", FinalRole::investment},
    {"INVNT", "Changes in inventories and valuables", FinalRole::inventories},
    {"DPABR", "Direct purchases abroad by residents", FinalRole::household},
    {"NONRES", "Direct purchases by non-residents", FinalRole::household},
};

static const PrimaryRow primary_rows[] = {
    {"TLS", "Taxes less subsidies on products", PrimaryRole::tax, false},
    {"VA", "Value added at basic prices", PrimaryRole::mixed, true},
};

static constexpr const char* output_codes[] = {"OUT"};
static const PrimaryRow residual = {"primary", "value added and net product taxes (residual)", PrimaryRole::mixed, true};

// Firms of one nation that the extended table keeps apart.
static constexpr std::array<WideParent, 4> split_nations = {{
    {"CN1", "CHN", "China, activities excluding export processing", "China"},
    {"CN2", "CHN", "China, export processing activities", "China"},
    {"MX1", "MEX", "Mexico, activities excluding global manufacturing", "Mexico"},
    {"MX2", "MEX", "Mexico, global manufacturing activities", "Mexico"},
}};

static const WideMeaning meaning = {categories, primary_rows, {}, output_codes, residual, nullptr, split_nations};

static constexpr const char* citation = "OECD, Inter-Country Input-Output Database, http://oe.cd/icio";
static constexpr const char* licence = "OECD terms and conditions";

// "ARG_A01_02" to region ARG and code A01_02; a label without underscore belongs to no region.
static WideLabel label_of(const std::string& text, std::string place) {
  const std::size_t underscore = text.find('_');
  if (underscore == std::string::npos) return {"", text, "", std::move(place)};
  return {text.substr(0, underscore), text.substr(underscore + 1), "", std::move(place)};
}

static WideShape take_header(std::string_view& text, const std::string& file, const ImportOptions& options, WideTable& table,
                             Findings& findings) {
  if (trimmed(text.substr(0, 4096)).empty())
    fail(Exit::data, "empty-file", file, "", "", "file is empty", "a header line and rows were expected", "check the download");
  const std::string_view header = take_line(text, file, 1);
  WideShape shape = shape_of(file, header, options, findings);
  shape.label_fields = 1;
  shape.first_line = 2;
  const std::vector<std::string> fields = fields_of(header, shape.separator, file, 1);
  for (std::size_t i = 1; i < fields.size(); ++i) {
    table.columns.push_back(label_of(fields[i], "column " + std::to_string(i + 1)));
    shape.columns.push_back(fields[i]);
  }
  if (table.columns.size() < 2 || table.columns.front().region.empty())
    fail(Exit::data, "bad-header", file, "1", "",
         "the header begins with " + quoted(fields.front() + shape.separator + (fields.size() > 1 ? fields[1] : "")),
         "`V1,ARG_A01_02,...` with region and industry joined by an underscore", "is this an ICIO table in CSV?");
  return shape;
}

// Where a nation is split, the table still has rows and columns of its industries, all zero: they are left out,
// since a parent owns no cells.
static void leave_out_parents(WideTable& table, Findings& findings) {
  std::set<std::string> present, left_out;
  for (const WideLabel& row : table.rows) present.insert(row.region);
  for (const WideParent& split : split_nations)
    if (present.count(split.region) && present.count(split.parent)) left_out.insert(split.parent);
  if (left_out.empty()) return;
  std::set<std::string> codes;
  for (const WideLabel& row : table.rows) codes.insert(row.code);
  std::vector<std::size_t> rows, columns;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (!left_out.count(table.rows[i].region)) rows.push_back(i);
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    if (!left_out.count(table.columns[j].region) || !codes.count(table.columns[j].code)) columns.push_back(j);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      const bool kept = std::binary_search(rows.begin(), rows.end(), i) && std::binary_search(columns.begin(), columns.end(), j);
      if (!kept && table.numbers(i, j) != 0)
        fail(Exit::data, "split-nation", table.file, table.rows[i].place, table.columns[j].region + '.' + table.columns[j].code,
             "a flow of " + number_text(table.numbers(i, j)) + " of a nation that is also split", "flows of its parts only",
             "take out the nation or its parts");
    }
  WideTable smaller{table.file, {}, {}, Matrix(rows.size(), columns.size())};
  for (const std::size_t i : rows) smaller.rows.push_back(table.rows[i]);
  for (const std::size_t j : columns) smaller.columns.push_back(table.columns[j]);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < columns.size(); ++j) smaller.numbers(i, j) = table.numbers(rows[i], columns[j]);
  table = std::move(smaller);
  findings.push_back({Severity::note, "split-nation", table.file, "", "",
                      "industries of " + joined({left_out.begin(), left_out.end()}, ", ") + " are empty and left out",
                      "they are split over CN1, CN2, MX1, MX2; their final use stays with the nation", ""});
}

Imported parse_icio(std::string_view bytes, const std::string& name, const ImportOptions& options) {
  const TextSource source = text_of_bytes(bytes, nullptr, name, options.encoding);
  std::string_view text = source.text;
  const int year = options.year ? options.year : year_in(fs::path(name).filename().string());
  Findings findings;
  WideTable table;
  table.file = name;
  const WideShape shape = take_header(text, name, options, table, findings);
  WideRows rows = scan_wide(text, shape, findings);
  for (std::size_t i = 0; i < rows.lines.size(); ++i) table.rows.push_back(label_of(rows.labels[i][0], std::to_string(rows.lines[i])));
  table.numbers = std::move(rows.numbers);
  if (year == 0)
    fail(Exit::data, "no-year", name, "", "", "the file name does not say which year this is", "one year such as 2018 in the file name",
         "say it with --year 2018");
  leave_out_parents(table, findings);
  Imported result = wide_accounts(table, meaning, options);
  Accounts& a = result.accounts;
  a.year = a.price_year = year;
  a.title = options.title.empty() ? "Inter-Country Input-Output Table " + std::to_string(year) + ", OECD" : options.title;
  a.currency = options.currency.empty() ? "USD" : options.currency;
  a.scale = options.scale > 0 ? options.scale : 1e6;
  a.valuation = "basic";
  name_regions(a);
  for (Sector& sector : a.sectors) sector.classification = "ISIC Rev. 4, OECD ICIO";
  a.sources.push_back({fs::path(name).filename().string(), sha256(bytes), citation, licence});
  result.findings.insert(result.findings.begin(), findings.begin(), findings.end());
  return result;
}

static Imported read_icio(const fs::path& source, const ImportOptions& options) {
  return parse_icio(MappedFile::open(source)->text(), source.string(), options);
}

const Reader icio_reader = {"icio",
                            "OECD Inter-Country Input-Output tables, 2023 edition, also the extended table",
                            "the publisher's table as .csv or .csv.gz",
                            "not yet tried on the publisher's file",
                            {},
                            read_icio};

}  // namespace kontor
