#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "kontor/accounts/accounts.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "read/wiod.h"
#include "support.h"

using namespace kontor;

// Two regions, two industries, two final uses a region; line 5 falls short of output by 1.
static const std::string tiny =
    ",,LL,LL,MM,MM,LL,LL,MM,MM,\n"
    "region,industry,c1,c2,c1,c2,c37,c42,c37,c42,GO\n"
    "LL,c1,10,20,5,5,50,0,10,0,100\n"
    "LL,c2,20,30,10,10,100,-2,30,2,200\n"
    "MM,c1,5,10,20,15,10,0,39,0,100\n"
    "MM,c2,5,10,15,20,10,0,40,0,100\n";

static std::string changed(const std::string& from, const std::string& to) {
  std::string text = tiny;
  return text.replace(text.find(from), from.size(), to);
}

static Imported parsed(const std::string& text, ImportOptions options = {}) { return parse_wiod(text, "wiot_2011.csv", options); }

static Finding problem(const std::string& text, const ImportOptions& options = {}) {
  try {
    parsed(text, options);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    return error.findings().front();
  }
  FAIL("no error");
  return {};
}

static bool says(const Findings& findings, const std::string& code, const std::string& text) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& f) { return f.code == code && f.found.find(text) != std::string::npos; });
}

TEST_CASE("a wide sheet becomes accounts that balance, with the gap in its own column") {
  const Imported read = parsed(tiny);
  const Accounts& a = read.accounts;
  CHECK(a.year == 2011);
  CHECK(a.currency == "USD");
  REQUIRE(a.cells.size() == 4);
  REQUIRE(a.final_uses.size() == 6);
  CHECK(a.categories.back().code == "gap");
  CHECK(a.categories.back().role == FinalRole::discrepancy);
  CHECK(a.final_use(2, 5) == 1);  // MM.c1 in the gap of MM
  CHECK(a.final_use(2, 4) == 0);
  CHECK(a.primary(0, 0) == 60);
  CHECK(a.primary_rows[0].role == PrimaryRole::mixed);
  for (std::size_t i = 0; i < 4; ++i) CHECK(sum_of(a.intermediate.row(i)) + sum_of(a.final_use.row(i)) == a.output(0, i));
  CHECK(says(read.findings, "gap", "0 to 1"));
  CHECK(says(read.findings, "negative-final-use", "1 negative cells of final use `c42`"));
}

TEST_CASE("row sums as output leave no gap") {
  ImportOptions options;
  options.gross_output = GrossOutput::row_sums;
  const Accounts a = parsed(tiny, options).accounts;
  CHECK(a.output(0, 2) == 99);
  CHECK(a.final_uses.size() == 4);
  CHECK(a.gross_output == "row_sums");
  options.gross_output = GrossOutput::column_sums;
  CHECK(problem(tiny, options).code == "no-primary-inputs");
}

TEST_CASE("the year comes from the file name or from the user") {
  CHECK_THROWS_WITH(parse_wiod(tiny, "table.csv", {}), Catch::Contains("--year"));
  ImportOptions options;
  options.year = 1999;
  CHECK(parse_wiod(tiny, "table.csv", options).accounts.year == 1999);
}

TEST_CASE("each defect of a wide sheet is named with its place") {
  const auto place = [](const Finding& f) { return f.code + ' ' + f.row + ' ' + f.column; };
  CHECK(place(problem("")) == "empty-file  ");
  CHECK(problem(tiny.substr(0, tiny.find("LL,c1"))).code == "no-rows");
  CHECK(place(problem(changed("MM,c2,5,10", "MM,c2,5,n/a"))) == "not-a-number 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("MM,c2,5,10", "MM,c2,5,NaN"))) == "not-a-number 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("MM,c2,5,10", "MM,c2,5,inf"))) == "not-a-number 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("MM,c2,5,10", "MM,c2,5,1e400"))) == "out-of-range 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("MM,c2,5,10", "MM,c2,5,"))) == "missing-number 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("MM,c2,5,10", std::string("MM,c2,5,1\0", 10)))) == "not-a-number 6 LL.c2 (column 4)");
  CHECK(place(problem(changed("LL,c2,20,30", "LL,c2,20"))) == "ragged-row 4 ");
  CHECK(place(problem(changed("LL,c2,20,30", "LL,c2,20,30,1"))) == "ragged-row 4 ");
  CHECK(place(problem(changed("LL,c2,20,30", "LL,c2,20,-30"))) == "negative-flow 4 LL.c2 (column 4)");
  CHECK(place(problem(changed("LL,c2,20,30", "LL ,c2,20,30"))) == "near-duplicate-label 4 ");
  CHECK(problem(changed("MM,c1,5", "\xD0\x9CM,c1,5")).code == "look-alike-label");
  CHECK(problem(changed("MM,c1,5", "\xCC\xCC,c1,5")).code == "not-utf8");
  CHECK(place(problem(changed("LL,c2,20,30", "\"LL,c2,20,30"))) == "open-quote 4 ");
  CHECK(place(problem(changed("MM,c2,5", "MM,c1,5"))) == "duplicate-label 6 ");
  CHECK(problem(changed("MM,c2,5", "MM,c3,5")).code == "missing-column");
  CHECK(problem(changed("c37,c42,GO", "c37,c99,GO")).code == "unknown-final-use");
  CHECK(problem(changed("MM,c2,5,10,15,20,10,0,40,0,100", "MM,c2,0,0,0,0,0,0,0,0,0")).code == "inputs-without-output");
  CHECK(problem(changed("40,0,100", "40,0,1000")).code == "off-balance");
}

TEST_CASE("what is harmless loads: byte-order mark, CR LF, quotes, tabs, tiny numbers, declared gaps") {
  const Accounts plain = parsed(tiny).accounts;
  const auto same = [&](const std::string& text, const ImportOptions& options = {}) {
    const Accounts a = parsed(text, options).accounts;
    return std::equal(a.intermediate.values().begin(), a.intermediate.values().end(), plain.intermediate.values().begin()) &&
           std::equal(a.final_use.values().begin(), a.final_use.values().end(), plain.final_use.values().begin());
  };
  CHECK(same("\xEF\xBB\xBF" + tiny));
  std::string text;
  for (const char c : tiny) text += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(same(text));
  text = tiny;
  std::replace(text.begin(), text.end(), ',', '\t');
  CHECK(same(text));
  CHECK(says(parsed(text).findings, "dialect", "tab"));
  CHECK(same(changed("LL,c2,20", "\"LL\",\"c2\",20.0")));
  CHECK(same(changed("LL,c2,20,30,10,10,100,-2", "LL,c2,2e1,30,10,10,100,-2.000000000000000000000000000000")));
  CHECK(says(parsed(changed("50,0,10,0", "50,1e-400,10,0")).findings, "underflow", "1 numbers"));
  ImportOptions options;
  options.na = "..";
  options.missing_zero = true;
  CHECK(same(changed("50,0,10,0", "50,..,10,"), options));
  options = {};
  options.decimal_comma = true;
  text = changed("LL,c2,20", "LL,c2,20.0");
  std::replace(text.begin(), text.end(), ',', ';');
  std::replace(text.begin(), text.end(), '.', ',');
  CHECK(same(text, options));
  CHECK(problem(text).code == "not-a-number");
}

TEST_CASE("the number of threads does not change a bit") {
  NEEDS_SHARED_DATA();
  const auto file = test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz";
  set_thread_count(1);
  const Accounts one = wiod_reader.read(file, {}).accounts;
  set_thread_count(7);
  const Accounts seven = wiod_reader.read(file, {}).accounts;
  set_thread_count(0);
  CHECK(sha256(one.intermediate.data(), one.intermediate.values().size_bytes()) ==
        sha256(seven.intermediate.data(), seven.intermediate.values().size_bytes()));
  CHECK(sha256(one.final_use.data(), one.final_use.values().size_bytes()) ==
        sha256(seven.final_use.data(), seven.final_use.values().size_bytes()));
}

// The figures were measured on the same files with another program; they stand in the data's SOURCE.md.
TEST_CASE("WIOD 2013: output, gaps, zero rows, negative final use and non-zero share of all five years") {
  NEEDS_SHARED_DATA();
  struct Anchor {
    int year;
    double output, least, most, gaps_percent;
    int zero_rows, negative_uses;
    double filled;
  };
  const Anchor anchor =
      GENERATE(Anchor{1995, 55182318, -3, 106, 0.0906, 18, 186, 0.128}, Anchor{2000, 60817369, -4, 113, 0.0881, 18, 205, 0.140},
               Anchor{2005, 87525644, -4, 102, 0.0678, 20, 283, 0.177}, Anchor{2008, 122789483, -6, 103, 0.0510, 20, 244, 0.208},
               Anchor{2011, 141767904, -7, 108, 0.0418, 22, 352, 0.201});
  const Imported read = wiod_reader.read(test::shared_folder() / ("data/wiod2013/wiot_" + std::to_string(anchor.year) + ".csv.gz"), {});
  const Accounts& a = read.accounts;
  CAPTURE(anchor.year);
  CHECK(a.year == anchor.year);
  REQUIRE(a.cells.size() == 1435);
  REQUIRE(a.final_uses.size() == 205 + 41);
  CHECK(sum_of(a.output.values()) == anchor.output);
  CHECK(std::count(a.output.values().begin(), a.output.values().end(), 0.0) == anchor.zero_rows);
  double least = 0, most = 0;
  Sum gaps;
  int negative = 0;
  for (std::size_t i = 0; i < 1435; ++i) {
    const double gap = a.final_use(i, 205 + static_cast<std::size_t>(a.cells[i].region));
    least = std::min(least, gap), most = std::max(most, gap), gaps.add(std::fabs(gap));
    for (std::size_t k = 0; k < 205; ++k) negative += a.final_use(i, k) < 0;
    REQUIRE(sum_of(a.intermediate.row(i)) + sum_of(a.final_use.row(i)) == a.output(0, i));
  }
  CHECK(least == anchor.least);
  CHECK(most == anchor.most);
  CHECK(100 * gaps.value() / anchor.output == Approx(anchor.gaps_percent).margin(0.00005));
  CHECK(negative == anchor.negative_uses);
  const auto filled = std::count_if(a.intermediate.values().begin(), a.intermediate.values().end(), [](double z) { return z != 0; });
  CHECK(static_cast<double>(filled) / (1435.0 * 1435.0) == Approx(anchor.filled).margin(0.0005));
  CHECK(says(read.findings, "gap", "cut, not rounded"));
  CHECK(says(read.findings, "zero-output", std::to_string(anchor.zero_rows) + " cells"));
}

TEST_CASE("WIOD 2011: Russia, names and sources") {
  NEEDS_SHARED_DATA();
  const Accounts a = wiod_reader.read(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz", {}).accounts;
  Sum output, primary;
  for (const int cell : cells_of(a, region_index(a, "RUS"))) output.add(a.output(0, cell)), primary.add(a.primary(0, cell));
  CHECK(output.value() == 3262680);
  CHECK(primary.value() == 1703613);
  CHECK(a.regions[region_index(a, "ROM")].name == "Romania");
  CHECK(a.sectors[sector_index(a, "c13")].name == "Machinery, Nec");
  for (const Region& region : a.regions) CHECK(region.name != region.code);
  REQUIRE(a.sources.size() == 2);
  CHECK(a.sources[0].sha256 == sha256_of_file(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz"));
}

TEST_CASE("the publisher's 7-region table has decimals of 30 digits and balances to 7e-10") {
  NEEDS_SHARED_DATA();
  const Imported read = wiod_reader.read(test::shared_folder() / "data/wiod2013/wiot_regional_1995.csv.gz", {});
  const Accounts& a = read.accounts;
  REQUIRE(a.cells.size() == 245);
  CHECK(a.final_uses.size() == 35);  // no gap worth a column
  for (std::size_t i = 0; i < 245; ++i)
    REQUIRE(sum_of(a.intermediate.row(i)) + sum_of(a.final_use.row(i)) == Approx(a.output(0, i)).margin(1e-9).epsilon(0));
  CHECK(a.intermediate(0, 0) == 34670.7407400803203927353);
}
