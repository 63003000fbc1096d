#include <catch2/catch.hpp>

#include <algorithm>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "read/long_csv.h"
#include "support.h"

using namespace kontor;

static const std::string header = "from_region,from_sector,to_region,to_sector,value\n";

static bool says(const Findings& findings, const std::string& words, Severity severity) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& f) { return f.severity == severity && to_line(f).find(words) != std::string::npos; });
}

static Findings refusal_of(const std::string& text, const ImportOptions& options = {}) {
  try {
    parse_long_csv(text, "t.csv", options);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    return error.findings();
  }
  FAIL("loaded");
  return {};
}

// One region, two sectors:   1: 10 20 | 70 | 100    2: 30 40 | 130 | 200    wages 60 140
static const std::string small =
    header + "L,1,L,1,10\nL,1,L,2,20\nL,1,L,FD:households,70\nL,2,L,1,30\nL,2,L,2,40\nL,2,L,FD:households,130\n";

TEST_CASE("without primary inputs the row `residual` is output minus inputs") {
  const Imported in = parse_long_csv(small, "t.csv", {});
  CHECK(in.accounts.primary_rows[0].code == "residual");
  CHECK(in.accounts.primary_rows[0].role == PrimaryRole::mixed);
  CHECK(in.accounts.primary(0, 0) == 60);
  CHECK(in.accounts.primary(0, 1) == 140);
  CHECK(says(in.findings, "no primary inputs", Severity::note));
  check_shapes(in.accounts, "t.csv");
}

TEST_CASE("primary rows, output and satellites have reserved names") {
  ImportOptions options;
  options.settings = {{"units", "jobs:1000 persons"}, {"roles", "dues:tax"}};
  const Imported in = parse_long_csv(small +
                                         ",VA:compensation of employees,L,1,50\n,VA:dues,L,1,10\nL,VA:compensation of employees,L,2,140\n"
                                         "L,1,L,X,100\nL,2,,X,200\n,X,L,2,200\n,SAT:jobs,L,1,3\n,VA:dues,L,FD:households,5\n",
                                     "t.csv", options);
  const Accounts& a = in.accounts;
  REQUIRE(a.primary_rows.size() == 2);
  CHECK(a.primary_rows[0].role == PrimaryRole::labour);
  CHECK(a.primary_rows[1].role == PrimaryRole::tax);
  CHECK(a.primary(0, 1) == 140);
  CHECK(a.primary_final(1, 0) == 5);
  CHECK(a.gross_output == "reported");
  CHECK(a.satellites[0].unit == "1000 persons");
  CHECK(a.satellite(0, 0) == 3);
  CHECK(std::isnan(a.satellite(0, 1)));  // not available is not zero
  CHECK(category_index(a, "gap") == -1);
  check_shapes(a, "t.csv");
}

TEST_CASE("the gap between reported output and uses is a final use of its own") {
  const Imported in = parse_long_csv(small + "L,1,L,X,100.5\nL,2,L,X,200\n", "t.csv", {});
  const Accounts& a = in.accounts;
  const int gap = final_use_index(a, 0, category_index(a, "gap"));
  REQUIRE(gap == 1);
  CHECK(a.categories[1].role == FinalRole::discrepancy);
  CHECK(a.final_use(0, 1) == 0.5);
  CHECK(a.final_use(1, 1) == 0);
  CHECK(a.output(0, 0) == 100.5);
  CHECK(says(in.findings, "by 0 to 0.5 a cell, 0.5 in all", Severity::warning));
  ImportOptions rows;
  rows.gross_output = GrossOutput::row_sums;
  CHECK(parse_long_csv(small + "L,1,L,X,100.5\nL,2,L,X,200\n", "t.csv", rows).accounts.output(0, 0) == 100);
}

TEST_CASE("a declared total that its cells miss by a little warns with both figures, by much it stops") {
  // Eurostat manual 2008, table 15.4: output of manufacturing 1,079,400, its cells add to 1,079,446.
  const std::string text = header + "D,m,D,m,304584\nD,m,D,FD,774862\nD,m,D,X,1079400\n";  // T32
  CHECK(says(parse_long_csv(text, "t.csv", {}).findings,
             "output 1079400 against the sum of its uses 1079446: a gap of -46 (4.3e-05 of output)", Severity::warning));
  CHECK(says(refusal_of(small + "L,1,L,X,150\nL,2,L,X,200\n"), "output 150 against the sum of its uses 100", Severity::error));
  ImportOptions wide;
  wide.settings = {{"tolerance", "0.6"}};
  parse_long_csv(small + "L,1,L,X,150\nL,2,L,X,200\n", "t.csv", wide);
  CHECK(says(refusal_of(small + "L,1,L,X,100\n"), "no output `X`", Severity::error));
  CHECK(says(refusal_of(small + "L,1,L,X,100\nL,2,L,X,200\n,X,L,1,101\n"), "101 here and 100 elsewhere", Severity::error));
}

TEST_CASE("costs that miss output by half a percent warn, two columns swapped stop") {
  const Imported in = parse_long_csv(small + ",VA:labour,L,1,60.5\n,VA:labour,L,2,140\n", "t.csv", {});  // T34
  CHECK(says(in.findings, "output 100 against the sum of its costs 100.5", Severity::warning));
  CHECK(says(in.findings, "balance", Severity::warning));
  const Findings swapped = refusal_of(small + ",VA:labour,L,1,140\n,VA:labour,L,2,60\n");  // T34b
  CHECK(says(swapped, "`L.1`: output 100 against the sum of its costs 180", Severity::error));
  CHECK(says(swapped, "`L.2`: output 200 against the sum of its costs 120", Severity::error));
}

TEST_CASE("the largest ten gaps are listed") {
  std::string text = header;
  for (int s = 0; s < 15; ++s) {
    const std::string name = 's' + std::to_string(s);
    text += "L," + name + ",L," + name + ",10\nL," + name + ",L,FD,90\n,VA:labour,L," + name + ',' + std::to_string(10 * s) + '\n';
  }
  const Findings findings = refusal_of(text);
  CHECK(std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.code == "cost-gap" && !f.row.empty(); }) == 10);
  CHECK(findings.front().row == "`L.s0`");
}

TEST_CASE("values a factor thousand off the reference are noticed") {
  ImportOptions options;
  options.settings = {{"reference_total", "0.31"}};  // T35: 300 in thousands where 0.3 million is meant
  CHECK(says(parse_long_csv(small, "t.csv", options).findings, "larger by a factor 1000", Severity::warning));
}

TEST_CASE("a region without production is external when the user says so and an error otherwise") {
  const std::string text = small + "W,1,L,1,4\nW,9,L,FD:households,6\nL,2,W,FD,15\nL,2,W,1,5\n";
  const std::string only_final = small + "W,1,L,FD:households,4\n";
  CHECK(says(refusal_of(only_final), "region `W` only sells to final use", Severity::error));
  ImportOptions options;
  options.settings = {{"external", "W"}};
  const Accounts a = parse_long_csv(text, "t.csv", options).accounts;
  CHECK(a.cells.size() == 2);
  REQUIRE(a.imports.size() == 2);
  CHECK(a.regions[1].external);
  CHECK(a.imports_intermediate(0, 0) == 4);
  CHECK(a.imports_final(1, 0) == 6);
  const int exports = final_use_index(a, 1, category_index(a, "exports"));
  REQUIRE(exports >= 0);
  CHECK(a.final_use(1, static_cast<std::size_t>(exports)) == 20);
  CHECK(a.primary(0, 0) == 56);
  check_shapes(a, "t.csv");
  options.settings = {{"external", "V"}};
  CHECK_THROWS_AS(parse_long_csv(text, "t.csv", options), Error);
}

TEST_CASE("duplicates add up or the first is kept when the user says so") {
  ImportOptions options;
  options.duplicates = Duplicates::sum;
  CHECK(parse_long_csv(small + "L,1,L,1,3\n", "t.csv", options).accounts.intermediate(0, 0) == 13);
  options.duplicates = Duplicates::first;
  CHECK(parse_long_csv(small + "L,1,L,1,3\n", "t.csv", options).accounts.intermediate(0, 0) == 10);
}

TEST_CASE("an empty value and the declared marker are missing, and that is said") {
  ImportOptions options;
  options.na = "-9999";
  const Imported in = parse_long_csv(small + "L,2,L,FD:government,-9999\nL,1,L,FD:government,\n", "t.csv", options);
  CHECK(says(in.findings, "2 rows have no value", Severity::warning));
  CHECK(in.accounts.output(0, 1) == 200);
}

TEST_CASE("columns may stand in any order and other columns are refused by name") {
  const std::string turned = "value,to_sector,to_region,from_sector,from_region\n5,1,L,1,L\n7,FD,L,1,L\n";
  CHECK(parse_long_csv(turned, "t.csv", {}).accounts.output(0, 0) == 12);
  CHECK(says(refusal_of("from_region,from_sector,to_region,to_sector,value,note\nL,1,L,1,5,hm\n"), "column `note`", Severity::error));
}

TEST_CASE("rows whose names make no sense together are refused") {
  for (const char* row : {"L,FD,L,1,5", "L,1,L,VA:x,5", "M,VA:labour,L,1,5", "L,X,L,FD,5", ",1,L,1,5", "L,1,,1,5", "L,,L,1,5"}) {
    INFO(row);
    CHECK(refusal_of(small + row + "\n")[0].row == "8");
  }
  CHECK(says(refusal_of(small + "L,F\xD0\xA2,L,1,5\nL,1,L,FD ,5\n"), "did you mean `FD`", Severity::error));
}

TEST_CASE("a setting that the reader does not know is a usage error with the nearest") {
  ImportOptions options;
  options.settings = {{"tolerence", "0.1"}};
  try {
    parse_long_csv(small, "t.csv", options);
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::usage);
    CHECK(std::string(error.what()).find("`tolerance`") != std::string::npos);
  }
}

TEST_CASE("the list of readers is found by name") {
  CHECK(find_reader("long_csv").name == std::string("long_csv"));
  CHECK_THROWS_AS(find_reader("long_cvs"), Error);
  for (const Reader* reader : readers()) CHECK(&find_reader(reader->name) == reader);
}
