#include <catch2/catch.hpp>

#include "kontor/report/write_result.h"
#include "report/number_format.h"
#include "report/sample_result.h"
#include "support.h"

using namespace kontor;

static bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("numbers in prose have a true minus, narrow spaces and no more digits than asked for") {
  CHECK(rounded_number(-12.345, 3, true) == "\u221212.3");
  CHECK(rounded_number(0.0069, 2, true) == "+0.0069");
  CHECK(rounded_number(178912.0, 4) == "178\u202f900");
  CHECK(rounded_number(999.96, 4) == "1000");
  CHECK(rounded_number(0.0, 3, true) == "0");
  CHECK(fixed_number(1234567.0, 0) == "1\u202f234\u202f567");
  CHECK(fixed_number(-0.001, 2, true) == "0.00");
  CHECK(fixed_number(1234.5, 1) == "1234.5");
  CHECK(percent_text(1e-7) == "below 0.000001 %");
}

TEST_CASE("money is scaled to the words that people use") {
  Accounts accounts;
  accounts.currency = "EUR", accounts.scale = 1e6;
  CHECK(money_text(accounts, 12.34) == "+12.3 million EUR");
  CHECK(money_text(accounts, 0.0456) == "+45.6 thousand EUR");
  CHECK(money_text(accounts, -178900, false) == "\u2212179 billion EUR");
  CHECK(money_text(accounts, 0.0000123) == "+12.3 EUR");
}

TEST_CASE("the answer names level and percentage, winners and losers, jobs as estimates, and what is not proven") {
  const std::vector<std::string> lines = answer_lines(test::sample_result());
  REQUIRE(lines.size() == 5);
  CHECK(contains(lines[0], "million EUR a year in 2030 (+"));
  CHECK(contains(lines[0], "discounted at 4 %"));
  CHECK(contains(lines[1], "Gains most in 2030: Northland"));
  CHECK(contains(lines[1], "Loses: Southland"));
  CHECK(contains(lines[2], "an estimate"));
  CHECK(contains(lines[4], "In the economy of 2022, no forecast."));
  CHECK(contains(lines[4], "Additionality unproven: M2"));
  CHECK(contains(lines[4], "; of M2: the gain in productivity"));
  CHECK_FALSE(contains(lines[4], "M3"));  // not agreed, so not in the headline
}

TEST_CASE("a programme that leaves nothing in the last year is told by its peak year") {
  const std::vector<std::string> lines = answer_lines(test::temporary_result());
  CHECK(contains(lines[0], "is left in 2030"));
  CHECK(contains(lines[0], "peak year 2026"));
}

TEST_CASE("without a signed measure nothing enters the headline") {
  Result result = test::sample_result();
  for (Written& m : result.programme.measures) m.status = "idea";
  CHECK(contains(answer_lines(result)[0], "three measures is reported apart"));
}

static Result net_result() {
  Result result = test::sample_result();
  ClosureRun own, other;
  own.closure = short_run(), other.closure = long_run(), other.term = "long_run";
  own.certificate.model = other.certificate.model = "equilibrium";
  result.closures = {own, other};
  result.assumptions = {"<b>assumed</b>"};
  const auto add = [&](const char* indicator, const char* region, const char* term, double value) {
    result.effects.push_back({indicator, region, "", "", 2030, "", term, value, "million EUR"});
  };
  add("equivalent_variation", "", "", 3), add("real_income", "", "", 0.5), add("value_added_net", "", "", 2);
  add("equivalent_variation", "R1", "", 5), add("equivalent_variation", "R2", "", -2);
  add("value_added_net", "", "long_run", 1), add("equivalent_variation", "", "long_run", 4);
  add("jobs_net", "", "", 17);
  result.answer = answer_lines(result);
  return result;
}

TEST_CASE("a run with the equilibrium model leads from the gross claim to real income, the long run in brackets") {
  const std::vector<std::string> lines = answer_lines(net_result());
  REQUIRE(lines.size() == 5);
  CHECK(contains(lines[0], "Net, short run: value added +2.00 million EUR and real income +3.00 million EUR (+0.50 %)"));
  CHECK(contains(lines[0], "[long run +1.00 million EUR and +4.00 million EUR]"));
  CHECK(contains(lines[1], "gains most: Northland +5.00 million EUR"));
  CHECK(contains(lines[1], "Loses: Midland \u22122.00 million EUR"));
  CHECK(contains(lines[2], "+17.0, short run; long run fixed by closure"));
  CHECK(contains(lines[4], "Still not counted: of M2"));
  CHECK_FALSE(contains(lines[4], "limits of capacity"));
}

TEST_CASE("the page of a net run has a certificate a closure and escapes its assumptions") {
  const std::string html = report_html(net_result());
  CHECK(contains(html, "Equilibrium, long run"));
  CHECK(contains(html, "&lt;b&gt;assumed"));
  CHECK_FALSE(contains(html, "not counted in this run"));
  for (const char* text : {"nan<", "nan ", "=\"nan"}) CHECK_FALSE(contains(html, text));
}

TEST_CASE("closures and assumptions come back from a result folder") {
  const test::TemporaryFolder folder;
  write_result(net_result(), folder / "r");
  const Result read = read_result(folder / "r");
  REQUIRE(read.closures.size() == 2);
  CHECK(read.closures[1].term == "long_run");
  CHECK(read.closures[1].closure.capital == CapitalRule::world_return);
  CHECK(read.assumptions == net_result().assumptions);
}
