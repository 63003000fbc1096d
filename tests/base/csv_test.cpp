#include "kontor/base/csv.h"

#include <catch2/catch.hpp>

#include "kontor/base/error.h"

using namespace kontor;

static Finding problem(const std::string& text) {
  try {
    parse_csv(text, "t.csv");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    return error.findings().front();
  }
  FAIL("no error for " << text);
  return {};
}

TEST_CASE("quotes, separators and line ends") {
  const CsvTable table = parse_csv(
      "\xEF\xBB\xBF"
      "code,name\r\nA,\"x, \"\"y\"\"\nz\"\r\n\nB,w",
      "t.csv");
  REQUIRE(table.header == std::vector<std::string>{"code", "name"});  // the byte order mark is no part of it
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].fields[1] == "x, \"y\"\nz");
  CHECK(table.rows[0].line == 2);
  CHECK(table.rows[1].line == 5);  // a quoted line end and an empty line are counted
  CHECK(table.column("name") == 1);
  CHECK(table.column("nothing") == -1);
  CHECK(table.field(table.rows[0], -1).empty());
  CHECK(parse_csv("a;b\n1;2\n", "t.csv", ';').rows[0].fields[1] == "2");
  CHECK(parse_csv("a,b\r1,2\r", "t.csv").rows.size() == 1);  // line ends of old
}

TEST_CASE("what is wrong with a table is said with its line") {
  CHECK(problem("").code == "empty-file");
  CHECK(problem(" \n \n").code == "empty-file");
  CHECK(problem("a,b\n1,\"2\n").code == "open-quote");
  CHECK(problem("a,b\n1,\"2\n").row == "2");
  CHECK(problem("a,b\n1\n").code == "ragged-row");
  CHECK(problem("a,b\n1,2\n1,2,3\n").row == "3");
  CHECK(problem("a,b\n1,\xFF\n").code == "not-utf8");
  CHECK(problem("a,b\n1,\xFF\n").row == "2");
  CHECK(problem("a,b\n1," + std::string(1001, 'x') + "\n").code == "field-too-long");
}

TEST_CASE("all ragged rows are named at once") {
  try {
    parse_csv("a,b\n1\n1,2\n1,2,3\n", "t.csv");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.findings().size() == 2);
  }
}

TEST_CASE("a column that must be there is asked for by name, with those that are") {
  const CsvTable table = parse_csv("a,b\n1,2\n", "t.csv");
  CHECK(required_column(table, "b") == 1);
  try {
    required_column(table, "value");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(to_line(error.findings().front()) == "error[missing-column] t.csv:1: no column `value`; columns found: a, b; add the column");
  }
}
