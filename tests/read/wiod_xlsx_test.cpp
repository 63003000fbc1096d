#include <catch2/catch.hpp>

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/wiod.h"
#include "read/workbook.h"
#include "support.h"

using namespace kontor;
using Rows = std::vector<std::vector<std::string>>;

// The world of wiod_test.cpp in the publisher's layout: a title, four label lines, numbers from E7 on. The
// classification codes of the first line became numbers, as some are in the publisher's own file.
static Rows publisher_rows() {
  return {
      {"World Input-Output Table 2011 (current prices)"},
      {},
      {"(industry-by-industry)", "", "", "", "1", "20", "1", "20", "CONS_h", "INVEN", "CONS_h", "INVEN", "GO"},
      {"(millions of US$)", "", "", "", "Farms", "Works", "Farms", "Works", "Households", "Stocks", "Households", "Stocks", "Total output"},
      {"", "", "", "", "LL", "LL", "MM", "MM", "LL", "LL", "MM", "MM", "TOT"},
      {"", "", "", "", "c1", "c2", "c1", "c2", "c37", "c42", "c37", "c42", "c60"},
      {"1", "Farms", "LL", "c1", "10", "20", "5", "5", "50", "0", "10", "0", "100"},
      {"20", "Works", "LL", "c2", "20", "30", "10", "10", "100", "-2", "30", "2", "200"},
      {"1", "Farms", "MM", "c1", "5", "10", "20", "15", "10", "0", "39", "0", "100"},
      {"20", "Works", "MM", "c2", "5", "10", "15", "20", "10", "0", "40", "0", "100"}};
}

static const std::string csv =
    ",,LL,LL,MM,MM,LL,LL,MM,MM,\n"
    "region,industry,c1,c2,c1,c2,c37,c42,c37,c42,GO\n"
    "LL,c1,10,20,5,5,50,0,10,0,100\n"
    "LL,c2,20,30,10,10,100,-2,30,2,200\n"
    "MM,c1,5,10,20,15,10,0,39,0,100\n"
    "MM,c2,5,10,15,20,10,0,40,0,100\n";

static std::string book(const std::string& data) { return test::zipped(test::workbook_parts({{"WIOT", data}})); }
static std::string book(const Rows& rows) { return book(test::sheet_data(rows)); }

static Finding problem(const std::string& bytes, const ImportOptions& options = {}) {
  try {
    parse_wiod_xlsx(bytes, "wiot11.xlsx", options);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    return error.findings().front();
  }
  return {};
}

static std::string with(const std::string& from, const std::string& to) {
  std::string data = test::sheet_data(publisher_rows());
  REQUIRE(data.find(from) != std::string::npos);
  return data.replace(data.find(from), from.size(), to);
}

static void check_same(const Accounts& a, const Accounts& b) {
  REQUIRE(a.cells.size() == b.cells.size());
  REQUIRE(a.final_uses.size() == b.final_uses.size());
  for (auto block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::primary, &Accounts::output})
    CHECK(std::equal((a.*block).values().begin(), (a.*block).values().end(), (b.*block).values().begin(), (b.*block).values().end()));
  for (std::size_t i = 0; i < a.cells.size(); ++i) CHECK(cell_label(a, static_cast<int>(i)) == cell_label(b, static_cast<int>(i)));
  for (std::size_t c = 0; c < a.categories.size(); ++c) CHECK(a.categories[c].code == b.categories[c].code);
  CHECK(a.year == b.year);
  CHECK(a.title == b.title);
}

TEST_CASE("a workbook gives the accounts that the CSV gives, with inline or shared texts and any name space") {
  const Accounts expected = parse_wiod(csv, "wiot_2011.csv", {}).accounts;
  const Accounts a = parse_wiod_xlsx(book(publisher_rows()), "wiot11.xlsx", {}).accounts;
  check_same(a, expected);
  CHECK(a.sectors[0].name == "Farms");
  check_same(parse_wiod(book(publisher_rows()), "wiot11.xlsx", {}).accounts, expected);
  std::vector<std::string> strings;
  auto parts = test::workbook_parts({{"WIOT", test::sheet_data(publisher_rows(), &strings)}});
  parts["xl/texts.xml"] = test::shared_strings(strings);
  std::string& relations = parts["xl/_rels/workbook.xml.rels"];
  relations.insert(relations.rfind("</"), "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"texts.xml\"/>");
  check_same(parse_wiod_xlsx(test::zipped(parts), "wiot11.xlsx", {}).accounts, expected);
  std::string prefixed = parts["xl/worksheets/sheet1.xml"];
  for (const char* name : {"worksheet", "sheetData", "row", "c", "v"})
    for (const std::string end : {" ", ">"})
      for (const std::string open : {"<", "</"})
        for (std::size_t at = 0; (at = prefixed.find(open + name + end, at)) != std::string::npos;) prefixed.insert(at + open.size(), "x:");
  parts["xl/worksheets/sheet1.xml"] = prefixed;
  check_same(parse_wiod_xlsx(test::zipped(parts), "wiot11.xlsx", {}).accounts, expected);
}

TEST_CASE("rows of value added and taxes below the producers become primary inputs") {
  Rows rows = publisher_rows();
  rows.push_back({"II_fob", "Total intermediate consumption", "TOT", "r60", "40", "70", "50", "50", "170", "-2", "119", "2", "499"});
  rows.push_back({"TXSP", "taxes less subsidies on products", "TOT", "r61", "1", "2", "3", "4", "5", "0", "6", "0", "21"});
  rows.push_back({"VA", "Value added at basic prices", "TOT", "r65", "59", "128", "47", "46", "0", "0", "0", "0", "280"});
  rows.push_back({"GO", "Output at basic prices", "TOT", "r69", "100", "200", "100", "100", "0", "0", "0", "0", "500"});
  rows.push_back({"Source: invented"});
  const Accounts a = parse_wiod_xlsx(book(rows), "wiot11.xlsx", {}).accounts;
  REQUIRE(a.primary_rows.size() == 2);
  CHECK(a.primary_rows[0].code == "TXSP");
  CHECK_FALSE(a.primary_rows[0].value_added);
  CHECK(a.primary(1, 1) == 128);
  CHECK(a.primary_final(0, 2) == 6);
  CHECK(value_added(a, 0) == 59);
}

TEST_CASE("a sheet is chosen by name, never by place") {
  const std::string data = test::sheet_data(publisher_rows());
  const std::string bytes = test::zipped(test::workbook_parts({{"Notes", "<sheetData/>"}, {"WIOT", data}, {"More", "<sheetData/>"}}));
  const Finding which = problem(bytes);
  CHECK(which.code == "which-sheet");
  CHECK(which.found == "3 sheets: More, Notes, WIOT");
  ImportOptions options;
  options.settings["sheet"] = "WIOT";
  CHECK(parse_wiod_xlsx(bytes, "w.xlsx", options).accounts.cells.size() == 4);
  options.settings["sheet"] = "WIOTT";
  CHECK(problem(bytes, options).expected == "did you mean `WIOT`?");
}

TEST_CASE("cells that hold no number, and labels that are none, are named by their address") {
  const std::string thirty = "<c r=\"F8\"><v>30</v></c>";
  CHECK(problem(book(with(thirty, "<c r=\"F8\"><f>A1+1</f></c>"))).row == "WIOT!F8");
  CHECK(problem(book(with(thirty, "<c r=\"F8\"><f>A1+1</f></c>"))).remedy == "open and save in a spreadsheet program");
  CHECK(problem(book(with(thirty, "<c r=\"F8\" t=\"e\"><v>#REF!</v></c>"))).code == "error-value");
  CHECK(problem(book(with(thirty, "<c r=\"F8\"><v>nan</v></c>"))).code == "not-a-number");
  CHECK(problem(book(with(thirty, "<c r=\"F8\"><v>1e400</v></c>"))).code == "out-of-range");
  CHECK(problem(book(with(thirty, ""))).code == "missing-number");
  CHECK(problem(book(with(thirty, "<c r=\"F8\" t=\"str\"><f>A1</f><v>n/a</v></c>"))).code == "not-a-number");
  const auto code_cell = [](const char* cell, const char* text) {
    return std::string("<c r=\"") + cell + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  CHECK(problem(book(with(code_cell("D8", "c2"), "<c r=\"D8\"><v>2</v></c>"))).row == "WIOT!D8");
  CHECK(problem(book(with(code_cell("D8", "c2"), "<c r=\"D8\"><v>2</v></c>"))).code == "label-is-number");
  CHECK(problem(book(with(code_cell("D8", "c2"), "<c r=\"D8\" s=\"1\"><v>40545</v></c>"))).code == "label-is-date");
  CHECK(problem(book(with(code_cell("F5", "LL"), ""))).code == "blank-label");
  const std::string merged =
      problem(book(with(code_cell("F5", "LL"), "") + "<mergeCells count=\"1\"><mergeCell ref=\"E5:F5\"/></mergeCells>")).code;
  CHECK(merged == "merged-label");
  Rows numbers = publisher_rows();
  for (std::size_t i = 4; i < 13; ++i) numbers[5][i] = std::to_string(i), numbers[2][i] = numbers[3][i] = "";
  CHECK(problem(book(numbers)).code == "no-header");
}

TEST_CASE("a workbook cannot make kontor expand without bound, fetch anything or nest without end") {
  auto parts = test::workbook_parts({{"WIOT", test::sheet_data(publisher_rows())}});
  const std::string sheet = "xl/worksheets/sheet1.xml", good = parts[sheet];
  const auto with_sheet = [&](const std::string& xml) {
    parts[sheet] = xml;
    return problem(test::zipped(parts)).code;
  };
  CHECK(with_sheet("<worksheet>" + std::string(20 << 20, ' ') + "</worksheet>") == "expansion-limit");
  CHECK(with_sheet("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + good) == "entities");
  std::string nested, closed;
  for (int i = 0; i < 1000; ++i) nested += "<a>", closed += "</a>";
  CHECK(with_sheet("<worksheet>" + nested + closed + "</worksheet>") == "bad-xml");
  CHECK(with_sheet(good.substr(0, good.size() / 2)) == "bad-xml");
  CHECK(with_sheet("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c "
                   "r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>") == "bad-sheet");
  CHECK(with_sheet("<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>") == "bad-sheet");
  parts[sheet] = good;
  for (int i = 0; i < 1000; ++i) parts["x/" + std::to_string(i)] = "";
  CHECK(problem(test::zipped(parts)).code == "expansion-limit");
}

TEST_CASE("what is no xlsx file is said to be none") {
  const std::string whole = book(publisher_rows());
  CHECK(problem("").code == "empty-file");
  CHECK(problem("PK").code == "bad-zip");
  CHECK(problem(whole.substr(0, whole.size() - 12)).code == "bad-zip");
  CHECK(problem(std::string("\xD0\xCF\x11\xE0\xA1\xB1", 6)).code == "not-xlsx");
  CHECK(problem(test::zipped({{"readme.txt", "no workbook"}})).code == "not-xlsx");
  auto parts = test::workbook_parts({{"WIOT", "<sheetData/>"}});
  parts.erase("xl/worksheets/sheet1.xml");
  CHECK(problem(test::zipped(parts)).code == "missing-part");
  CHECK(problem(book("<sheetData/>")).code == "no-table");
}
