// The table of bad inputs: each file gives the stated exit, row, column and words, or loads with the stated note.
#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <zlib.h>
#include <fstream>
#include <vector>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "read/long_csv.h"
#include "support.h"

using namespace kontor;

namespace {

struct Case {
  const char* id;
  const char* file;
  const char* row;
  const char* column;
  std::vector<const char*> words;  // each must stand in the line of one finding, which must also have row and column
};

}  // namespace

static bool says(const Findings& findings, const Case& expected) {
  for (const Finding& f : findings) {
    bool all = f.row == expected.row && f.column.find(expected.column) != std::string::npos;
    for (const char* word : expected.words) all = all && to_line(f).find(word) != std::string::npos;
    if (all) return true;
  }
  return false;
}

static std::string lines(const Findings& findings) {
  std::string text;
  for (const Finding& f : findings) text += to_line(f) + '\n';
  return text;
}

static Imported read(const std::string& path, const ImportOptions& options = {}) { return find_reader("long_csv").read(path, options); }

static Findings refusal(const std::string& path, Exit& exit, const ImportOptions& options = {}) {
  try {
    read(path, options);
  } catch (const Error& error) {
    exit = error.exit();
    return error.findings();
  }
  exit = Exit::done;
  return {};
}

static const std::string fixture(const std::string& name) { return (test::shared_folder() / "reliability/fixtures" / name).string(); }

static const Case refused[] = {
    {"T01", "T01-empty.csv", "", "", {"file is empty"}},
    {"T02", "T02-header-only.csv", "", "", {"no data rows"}},
    {"T03", "T03-missing-column.csv", "1", "", {"`value`", "from_region", "to_sector"}},
    {"T04", "T04-duplicate-header.csv", "1", "", {"`value`", "4 and 5"}},
    {"T05", "T05-short-row-9.csv", "9", "", {"found 4", "expected 5"}},
    {"T06", "T06-long-row-9.csv", "9", "", {"found 6", "expected 5", "unquoted delimiter"}},
    {"T07", "T07-text-cell-row-5.csv", "5", "value", {"`n/a`", "leave the field empty", "--na"}},
    {"T08", "T08-nan-row-5.csv", "5", "value", {"`NaN`", "leave the field empty", "--na"}},
    {"T10", "T10-overflow-row-5.csv", "5", "value", {"outside the range of a double"}},
    {"T12", "T12-thousands-nbsp-row-3.csv", "3", "value", {"without thousands marks"}},
    {"T17", "T17-cp1251.csv", "2", "", {"not valid UTF-8 at row 2, byte ", "looks like windows-1251", "--encoding cp1251"}},
    {"T18", "T18-bad-utf8.csv", "5", "", {"not valid UTF-8 at row 5, byte "}},
    {"T19", "T19-nul-byte.csv", "8", "", {"NUL byte"}},
    {"T20", "T20-truncated.csv.gz", "", "", {"compressed file ends early (truncated download?)"}},
    {"T22", "T22-open-quote-row-4.csv", "4", "", {"quote is opened here and never closed"}},
    {"T24", "T24-duplicate-cell-row-32.csv", "32", "", {"rows 5 and 32", "--duplicates"}},
    {"T25", "T25-label-trailing-space-row-8.csv", "8", "from_region", {"near-duplicate label `L `", "did you mean `L`?"}},
    {"T26", "T26-cyrillic-lookalike-row-20.csv", "20", "from_region", {"looks like", "U+041C against U+004D"}},
    {"T27", "T27-missing-region-block.csv", "", "", {"no flows from `M` to `L`", "--missing zero"}},
    {"T28", "T28-zero-output-with-inputs.csv", "`M.2`", "", {"no output but inputs"}},
    {"T30", "T30-negative-flow-row-5.csv", "5", "value", {"-25", "--allow-negative"}},
};

TEST_CASE("every table that is wrong is refused with its place and a remedy") {
  NEEDS_SHARED_DATA();
  for (const Case& expected : refused) {
    Exit exit = Exit::done;
    const Findings findings = refusal(fixture(expected.file), exit);
    INFO(expected.id << '\n' << lines(findings));
    CHECK(exit == Exit::data);
    CHECK(says(findings, expected));
  }
}

static const Case loaded[] = {
    {"T11", "T11-decimal-comma-semicolon.csv", "", "", {"delimiter ; decimal ,"}},
    {"T13", "T13-tab-delimited.csv", "", "", {"delimiter tab decimal ."}},
    {"T29", "T29-zero-output-unused-ok.csv", "`M.2`", "", {"its coefficients are 0"}},
    {"T33", "T33-column-over-one.csv", "`L.1`", "", {"warning", "1.788 times output"}},
    {"T39", "T39-formula-label-row-2.csv", "2", "", {"`=1+1` sells but buys no inputs"}},
    {"T40", "T40-html-label.csv", "", "", {"note"}},
};

TEST_CASE("every table that is only odd loads and says what is odd") {
  NEEDS_SHARED_DATA();
  for (const Case& expected : loaded) {
    const Imported in = read(fixture(expected.file));
    INFO(expected.id << '\n' << lines(in.findings));
    CHECK(says(in.findings, expected));
    CHECK_FALSE(has_errors(in.findings));
    for (const double v : in.accounts.primary.values()) CHECK(v == v);  // no NaN
  }
  CHECK(read(fixture("T11-decimal-comma-semicolon.csv")).accounts.intermediate(0, 0) == 150.5);
}

static bool same_numbers(const Accounts& a, const Accounts& b) {
  const auto same = [](const Block& x, const Block& y) {
    return x.rows() == y.rows() && x.columns() == y.columns() && std::equal(x.values().begin(), x.values().end(), y.values().begin());
  };
  return same(a.intermediate, b.intermediate) && same(a.final_use, b.final_use) && same(a.primary, b.primary) && same(a.output, b.output);
}

TEST_CASE("byte-order mark, CRLF, mixed line ends, tabs and gzip change nothing") {
  NEEDS_SHARED_DATA();
  const Accounts ok = read(fixture("ok.csv")).accounts;
  for (const char* name : {"ok.csv.gz", "T14-bom.csv", "T15-crlf.csv", "T13-tab-delimited.csv"}) {
    const Accounts other = read(fixture(name)).accounts;
    INFO(name);
    CHECK(same_numbers(ok, other));
    CHECK(other.regions[1].code == "M");
    CHECK(other.sectors.back().code == ok.sectors.back().code);
  }
  std::string mixed = read_file(fixture("T15-crlf.csv"));  // T16
  mixed.erase(mixed.find('\r'), 1);
  const Imported in = parse_long_csv(mixed, "mixed.csv", {});
  CHECK(same_numbers(ok, in.accounts));
  CHECK(says(in.findings, {"T16", "", "", "", {"30 lines end in CRLF and 1 in LF"}}));
}

TEST_CASE("windows-1251 that is declared reads like UTF-8, and UTF-8 that is declared windows-1251 is refused") {
  NEEDS_SHARED_DATA();
  ImportOptions options;
  options.encoding = "cp1251";
  const Accounts declared = read(fixture("T17-cp1251.csv"), options).accounts, utf8 = read(fixture("ok-cyrillic-utf8.csv")).accounts;
  CHECK(same_numbers(declared, utf8));
  CHECK(declared.regions[0].code == utf8.regions[0].code);
  Exit exit = Exit::done;
  refusal(fixture("ok-cyrillic-utf8.csv"), exit, options);
  CHECK(exit == Exit::data);
  options.encoding = "koi8-r";
  refusal(fixture("ok.csv"), exit, options);
  CHECK(exit == Exit::usage);
}

static const std::string header = "from_region,from_sector,to_region,to_sector,value\n";

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

TEST_CASE("inf, hexadecimal, parts of numbers and two decimal marks are no numbers") {
  for (const char* value : {"inf", "-inf", "infinity", "0x10", "1_000", "12abc", "1.2.3", "1 500", "--1", "+-1", "1e", "nan(1)", "1'500"}) {
    INFO(value);
    CHECK(says(refusal_of(header + "L,1,L,1,5\nL,1,L,2," + value + "\n"), {"T09", "", "3", "value", {value, "is not a number"}}));
  }
}

TEST_CASE("a number too small for a double is 0 and counted") {
  const Imported in = parse_long_csv(header + "L,1,L,1,1e-400\nL,1,L,FD,7\n", "t.csv", {});  // T10b
  CHECK(in.accounts.intermediate(0, 0) == 0);
  CHECK(says(in.findings, {"T10b", "", "", "", {"1 numbers are too small", "row 2"}}));
}

TEST_CASE("a comma that could be a decimal or a thousands mark is refused until it is declared") {
  std::string text = "from_region;from_sector;to_region;to_sector;value\nL;1;L;1;1,234\nL;1;L;FD;20\n";  // T12b
  CHECK(says(refusal_of(text), {"T12b", "", "2", "value", {"`1,234`", "--decimal-comma"}}));
  ImportOptions declared;
  declared.decimal_comma = true;
  CHECK(parse_long_csv(text, "t.csv", declared).accounts.intermediate(0, 0) == 1.234);
  CHECK(says(refusal_of(text + "L;1;L;FD:x;2.5\n", declared), {"", "", "4", "value", {"`2.5`", "decimal comma"}}));
  CHECK(says(refusal_of("from_region;from_sector;to_region;to_sector;value\nL;1;L;1;1,5\nL;1;L;FD;2.5\n"),
             {"", "", "3", "", {"one decimal mark"}}));
  CHECK(says(refusal_of(header + "L,1,L,1,\"1,5\"\nL,1,L,FD,20\n"), {"", "", "2", "value", {"`1,5`", "--decimal-comma"}}));
}

TEST_CASE("a label may hold a delimiter, a quote and a line break, and later rows keep their physical line") {
  const std::string text = header + "\"North, \"\"old\"\"\",\"mills\nand mines\",\"North, \"\"old\"\"\",\"mills\nand mines\",5\n";
  const Accounts a = parse_long_csv(text, "t.csv", {}).accounts;  // T23
  CHECK(a.regions[0].code == "North, \"old\"");
  CHECK(a.sectors[0].code == "mills\nand mines");
  CHECK(says(refusal_of(text + "N,1,N,1,oops\n"), {"T23", "", "5", "value", {"oops"}}));
}

TEST_CASE("after a quote that never closes the later rows are still looked at") {
  const Findings findings = refusal_of(header + "\"L,1,L,1,5\nL,1,L,2,oops\n");
  CHECK(says(findings, {"", "", "2", "", {"never closed"}}));
  CHECK(says(findings, {"", "", "3", "value", {"oops"}}));
}

TEST_CASE("negative changes in inventories load without a warning, negative flows only when allowed") {
  const std::string text = header + "L,1,L,1,5\nL,1,L,FD:inventories,-2\nL,1,L,FD:households,9\n";
  for (const Finding& f : parse_long_csv(text, "t.csv", {}).findings) CHECK(f.found.find("-2") == std::string::npos);  // T31
  ImportOptions allowed;
  allowed.allow_negative = true;
  const Imported in = parse_long_csv(header + "L,1,L,1,-5\nL,1,L,FD,9\n", "t.csv", allowed);
  CHECK(in.accounts.intermediate(0, 0) == -5);
  CHECK(says(in.findings, {"T30", "", "2", "value", {"-5", "GRAS"}}));
}

TEST_CASE("labels that are too long are refused with the limit") {
  const std::string text = header + std::string(10000, 'a') + ",1,L,1,5\n";  // T38
  CHECK(says(refusal_of(text), {"T38", "", "2", "from_region", {"10000 bytes", "at most 1000 bytes"}}));
}

TEST_CASE("a thousand problems are kept and the rest are counted") {
  std::string text = header;
  for (int i = 0; i < 1500; ++i) text += "L,1,L,2,oops\n";
  const Findings findings = refusal_of(text);
  CHECK(findings.size() == 1001);
  CHECK(findings.back().found == "and 500 more of this kind");
}

TEST_CASE("a folder, a missing file and a file in another format are told apart") {
  const test::TemporaryFolder folder;  // T36
  Exit exit = Exit::done;
  CHECK(lines(refusal(folder.path(), exit)).find("this is a folder") != std::string::npos);
  CHECK(exit == Exit::environment);
  CHECK(lines(refusal(folder / "none.csv", exit)).find("none.csv") != std::string::npos);
  CHECK(exit == Exit::environment);
  CHECK(says(refusal_of("PK\x03\x04"), {"", "", "", "", {"zip archive or a spreadsheet"}}));
  CHECK(says(refusal_of("\xFF\xFE"
                        "f"),
             {"", "", "1", "", {"UTF-16"}}));
}

static long peak_memory_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_CASE("a line of one gibibyte is refused at the limit and not read") {
  const test::TemporaryFolder folder;  // T37
  {
    std::ofstream file(folder / "line.csv", std::ios::binary);
    file << header;
    const std::string piece(1 << 20, 'a');
    for (int i = 0; i < 32; ++i) file << piece;
  }
  std::filesystem::resize_file(folder / "line.csv", std::uintmax_t{1} << 30);  // the rest is a hole: no newline either
  const long before = peak_memory_kib();
  Exit exit = Exit::done;
  CHECK(says(refusal(folder / "line.csv", exit), {"T37", "", "2", "", {"lines have at most 16 MiB"}}));
  CHECK(exit == Exit::data);
  CHECK(peak_memory_kib() - before < 256 * 1024);
}

static std::string gzip_of(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&z, text.size()) + 32, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  deflate(&z, Z_FINISH);
  packed.resize(packed.size() - z.avail_out);
  deflateEnd(&z);
  return packed;
}

TEST_CASE("a gzip bomb is refused at the expansion limit") {
  const test::TemporaryFolder folder;  // T21: 64 members of 16 MiB of zeros are 1 GiB in about 1 MB
  {
    const std::string member = gzip_of(std::string(std::size_t{16} << 20, '\0'));
    std::ofstream file(folder / "bomb.csv.gz", std::ios::binary);
    for (int i = 0; i < 64; ++i) file << member;
  }
  const long before = peak_memory_kib();
  Exit exit = Exit::done;
  CHECK(says(refusal(folder / "bomb.csv.gz", exit), {"T21", "", "", "", {"more than 100:1", "after the first 100 KiB"}}));
  CHECK(exit == Exit::data);
  CHECK(peak_memory_kib() - before < 256 * 1024);
}

TEST_CASE("gzip members joined end to end are one file, damaged ones are refused") {
  const std::string first = gzip_of(header + "L,1,L,1,5\n"), second = gzip_of("L,1,L,FD,7\n");
  CHECK(parse_long_csv(first + second, "t.csv.gz", {}).accounts.output(0, 0) == 12);
  std::string damaged = first;
  damaged[damaged.size() - 6] ^= 1;  // in the checksum
  CHECK(says(refusal_of(damaged), {"", "", "", "", {"damaged"}}));
  CHECK(says(refusal_of(first + "tail"), {"", "", "", "", {"bytes follow"}}));
  for (std::size_t cut = 2; cut < first.size(); ++cut)  // every shorter file is noticed
    CHECK(says(refusal_of(first.substr(0, cut)), {"T20", "", "", "", {"ends early"}}));
}
