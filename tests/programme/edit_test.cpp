// What is edited is written anew; every other byte stays.
#include "kontor/programme/edit.h"

#include <catch2/catch.hpp>

#include "kontor/base/files.h"
#include "kontor/programme/outline.h"
#include "support.h"

using namespace kontor;

static const std::string text = R"(# A programme.
[programme]
id = "p"     # short
title = "Old title"

[[measure]]            # the first
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }   # who sells
money = { total = 24e6, basis = "basic" }
period = ["2026-01",
          "2028-12"]   # three years
additional = { low = 0.2, mid = 0.5, high = 0.8 }

# About the second.
[[measure]]
id = "M2"
kind = "joint_venture"
capex.total = 5e6
capex.years = [2026]
  jobs = 10

[measure.equity]
A = 0.5
B = 0.5

# The end.
)";

static std::string edited(const std::string& before, const ProgrammeEdit& edit) {
  const EditedProgramme result = edit_programme(before, "p.toml", {edit});
  for (const Finding& finding : result.findings) UNSCOPED_INFO(to_line(finding));
  CHECK(result.findings.empty());
  return result.text;
}

static std::string code_of(const std::string& before, const ProgrammeEdit& edit) {
  const EditedProgramme result = edit_programme(before, "p.toml", {edit});
  CHECK(result.text == before);
  return result.findings.empty() ? "" : result.findings.front().code;
}

// The text with one part replaced, which must stand in it once.
static std::string with(std::string before, const std::string& part, const std::string& instead) {
  const std::size_t at = before.find(part);
  REQUIRE(at != std::string::npos);
  REQUIRE(before.find(part, at + 1) == std::string::npos);
  return before.replace(at, part.size(), instead);
}

TEST_CASE("a field in braces, on a line and over several lines is set where it stands") {
  CHECK(edited(text, FieldEdit{"M1", "money.total", "25000000"}) == with(text, "24e6", "25000000"));
  CHECK(edited(text, FieldEdit{"M1", "additional", "0.7"}) == with(text, "{ low = 0.2, mid = 0.5, high = 0.8 }", "0.7"));
  CHECK(edited(text, FieldEdit{"M1", "period", "[\"2027-01\",\"2027-12\"]"}) ==
        with(text, "[\"2026-01\",\n          \"2028-12\"]", "[\"2027-01\", \"2027-12\"]"));
  CHECK(edited(text, FieldEdit{"M2", "capex.total", "5.5e6"}) == with(text, "capex.total = 5e6", "capex.total = 5500000"));
  CHECK(edited(text, FieldEdit{"M2", "equity.A", "0.4"}) == with(text, "A = 0.5\n", "A = 0.4\n"));
  CHECK(edited(text, FieldEdit{"", "programme.title", "\"Say \\\"ä\\\"\""}) == with(text, "\"Old title\"", "\"Say \\\"ä\\\"\""));
}

TEST_CASE("a value that is the same already leaves every byte") {
  CHECK(edited(text, FieldEdit{"M1", "money.total", "24000000"}) == text);
  CHECK(edited(text, FieldEdit{"M1", "additional", R"({"low": 0.2, "mid": 0.5, "high": 0.8})"}) == text);
}

TEST_CASE("a new field goes where its neighbours are") {
  CHECK(edited(text, FieldEdit{"M1", "money.tax", "0.1"}) == with(text, "basis = \"basic\" }", "basis = \"basic\", tax = 0.1 }"));
  CHECK(edited(text, FieldEdit{"M2", "capex.imported", "0.5"}) ==
        with(text, "capex.years = [2026]\n", "capex.years = [2026]\ncapex.imported = 0.5\n"));
  CHECK(edited(text, FieldEdit{"M2", "equity.C", "0.0"}) == with(text, "B = 0.5\n", "B = 0.5\nC = 0\n"));
  CHECK(edited(text, FieldEdit{"M2", "profit.rate", "0.12"}) == with(text, "  jobs = 10\n", "  jobs = 10\n  profit = { rate = 0.12 }\n"));
  CHECK(edited(text, FieldEdit{"M1", "evidence", "\"a\\nb\""}) == with(text, "high = 0.8 }\n", "high = 0.8 }\nevidence = \"a\\nb\"\n"));
  CHECK(edited(text, FieldEdit{"", "appraisal.life", "25"}) == text + "\n[appraisal]\nlife = 25\n");
}

TEST_CASE("a field goes with its line or its comma, and braces go with their last field") {
  CHECK(edited(text, FieldEdit{"M1", "additional", ""}) == with(text, "additional = { low = 0.2, mid = 0.5, high = 0.8 }\n", ""));
  CHECK(edited(text, FieldEdit{"M1", "money.basis", ""}) == with(text, ", basis = \"basic\"", ""));
  CHECK(edited(text, FieldEdit{"M1", "money.total", ""}) == with(text, "total = 24e6, ", ""));
  CHECK(edited(text, FieldEdit{"M2", "capex.total", ""}) == with(text, "capex.total = 5e6\n", ""));
  CHECK(edited(text, FieldEdit{"M2", "equity", ""}) == with(text, "[measure.equity]\nA = 0.5\nB = 0.5\n\n", ""));
  CHECK(edited(text, FieldEdit{"M1", "not_there", ""}) == text);
  const std::string one = "[[measure]]\nid = \"M1\"\nprofit = { rate = 0.1 }\njobs = 1\n";
  CHECK(edited(one, FieldEdit{"M1", "profit.rate", ""}) == "[[measure]]\nid = \"M1\"\njobs = 1\n");
}

TEST_CASE("what is written in parts is set as a whole") {
  CHECK(edited(text, FieldEdit{"M2", "equity", R"({"A": 0.3, "B": 0.7})"}) ==
        with(with(text, "[measure.equity]\nA = 0.5\nB = 0.5\n\n", ""), "  jobs = 10\n", "  jobs = 10\n  equity = { A = 0.3, B = 0.7 }\n"));
}

TEST_CASE("a measure is added behind the others, its fields in braces by table") {
  const std::string more =
      "\n[[measure]]\nid = \"M9\"\nkind = \"contract\"\nseller = { region = \"A\", sector = \"1\" }\nadditional = 0.5\n";
  const MeasureAdded added{"contract", "M9", {{"seller.region", "\"A\""}, {"additional", "0.5"}, {"seller.sector", "\"1\""}}};
  CHECK(edited(text, added) == with(text, "B = 0.5\n", "B = 0.5\n" + more));
  CHECK(edited("[programme]\nid = \"p\"", MeasureAdded{"corridor", "C", {}}) ==
        "[programme]\nid = \"p\"\n\n[[measure]]\nid = \"C\"\nkind = \"corridor\"\n");
}

TEST_CASE("a measure goes with all of its tables and the comment above it, and nothing else does") {
  std::string without_second = text;
  const std::size_t begin = without_second.find("# About the second."), end = without_second.find("# The end.");
  without_second.erase(begin, end - begin);
  CHECK(edited(text, MeasureRemoved{"M2"}) == without_second);
  std::string without_first = text;
  const std::size_t first = without_first.find("[[measure]]            # the first");
  without_first.erase(first, without_first.find("# About the second.") - first);
  CHECK(edited(text, MeasureRemoved{"M1"}) == without_first);
}

TEST_CASE("measures in a list of braces are edited in place") {
  const std::string list = "measure = [ { id = \"A\", jobs = 1 }, # one\n            { id = \"B\", jobs = 2 } ]\n[programme]\nid = \"p\"\n";
  CHECK(edited(list, FieldEdit{"B", "jobs", "3"}) == with(list, "jobs = 2", "jobs = 3"));
  CHECK(edited(list, FieldEdit{"A", "title", "\"T\""}) == with(list, "jobs = 1", "jobs = 1, title = \"T\""));
  CHECK(edited(list, MeasureRemoved{"A"}) == "measure = [ { id = \"B\", jobs = 2 } ]\n[programme]\nid = \"p\"\n");
  CHECK(edited(list, MeasureAdded{"contract", "C", {}}) == with(list, "jobs = 2 }", "jobs = 2 }, { id = \"C\", kind = \"contract\" }"));
}

TEST_CASE("line ends of Windows and a byte-order mark stay") {
  const std::string windows = "\xEF\xBB\xBF[[measure]]\r\nid = \"M1\"\r\njobs = 1 # one\r\n\r\n[[measure]]\r\nid = \"M2\"\r\n";
  CHECK(edited(windows, FieldEdit{"M1", "jobs", "2"}) == with(windows, "jobs = 1", "jobs = 2"));
  CHECK(edited(windows, FieldEdit{"M2", "jobs", "2"}) == windows + "jobs = 2\r\n");
  CHECK(edited(windows, MeasureAdded{"contract", "M3", {}}) == windows + "\r\n[[measure]]\r\nid = \"M3\"\r\nkind = \"contract\"\r\n");
  CHECK(edited(windows, MeasureRemoved{"M2"}) == "\xEF\xBB\xBF[[measure]]\r\nid = \"M1\"\r\njobs = 1 # one\r\n");
}

TEST_CASE("keys and texts that look like structure are not taken for it") {
  const std::string odd =
      "[[measure]]\nid = 'M1'\ntitle = \"a # b ] } \\\" = x\"\n\"jobs\" = 1\nnote = \"\"\"\n[[measure]]\nid = \"M2\"\n\"\"\"\n";
  CHECK(edited(odd, FieldEdit{"M1", "jobs", "2"}) == with(odd, "\"jobs\" = 1", "\"jobs\" = 2"));
  CHECK(code_of(odd, FieldEdit{"M2", "jobs", "2"}) == "unknown-measure");
}

TEST_CASE("what cannot be edited is refused, and no edit of the list is made") {
  CHECK(code_of(text, FieldEdit{"M7", "jobs", "1"}) == "unknown-measure");
  CHECK(code_of(text, FieldEdit{"M1", "money..total", "1"}) == "unknown-key");
  CHECK(code_of(text, FieldEdit{"M1", "title", "{\"a\": null}"}) == "not-a-value");
  CHECK(code_of(text, FieldEdit{"M1", "title", "no json"}) == "not-a-value");
  CHECK(code_of(text, MeasureAdded{"contract", "M1", {}}) == "duplicate-id");
  CHECK(code_of(text, MeasureAdded{"contrct", "M8", {}}) == "unknown-kind");
  CHECK(code_of("a = [", FieldEdit{"M1", "title", "1"}) == "not-toml");
  const EditedProgramme both = edit_programme(text, "p.toml", {FieldEdit{"M1", "jobs", "1"}, FieldEdit{"M7", "jobs", "1"}});
  CHECK(both.text == text);
}

TEST_CASE("a measure of the portfolio is refused with its file and row") {
  const test::TemporaryFolder folder;
  write_file(folder / "contracts.csv", "id,kind,jobs\nP1,contract,\nP2,contract,\n");
  const std::string programme = "[programme]\nid = \"p\"\nportfolio = \"contracts.csv\"\n";
  const EditedProgramme result = edit_programme(programme, folder / "p.toml", {FieldEdit{"P2", "title", "\"T\""}});
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].code == "in-portfolio");
  CHECK(result.findings[0].file == "contracts.csv");
  CHECK(result.findings[0].row == "3");
  CHECK(result.text == programme);
}

TEST_CASE("an outline tells every field as written, right or wrong, with its line") {
  const ProgrammeOutline outline = outline_of(text, "p.toml");
  REQUIRE(outline.measures.size() == 2);
  CHECK(outline.programme.text_of("title") == "Old title");
  CHECK(outline.measures[0].json_of("money.total") == "24000000");
  CHECK(outline.measures[0].json_of("additional") == R"({"low":0.2,"mid":0.5,"high":0.8})");
  CHECK(outline.measures[1].json_of("equity") == R"({"A":0.5,"B":0.5})");
  const MeasureOutline about = measure_outline(outline.measures[0], 2035);
  CHECK(about.first_year == 2026);
  CHECK(about.last_year == 2028);
  CHECK(about.amount == 24e6);
  CHECK(about.parties == std::vector<std::string>{"A"});
  CHECK(outline_of("[programme", "p.toml").findings.front().code == "not-toml");
}
