#include "kontor/base/text.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

using namespace kontor;

static NumberProblem problem_of(const std::string& text) {
  double value = 0;
  return read_number(text, value);
}

static double number_of(const std::string& text) {
  double value = std::nan("");
  CHECK(read_number(text, value) == NumberProblem::none);
  return value;
}

TEST_CASE("a number is the whole field, in digits, with a point") {
  CHECK(number_of("1.5") == 1.5);
  CHECK(number_of("-2") == -2);
  CHECK(number_of("+1") == 1);
  CHECK(number_of(".5") == 0.5);
  CHECK(number_of("-.5") == -0.5);
  CHECK(number_of("5.") == 5);
  CHECK(number_of("1e3") == 1000);
  CHECK(number_of("1E+3") == 1000);
  CHECK(number_of("0") == 0);
  CHECK(number_of("0e999") == 0);
  CHECK(number_of("1.7976931348623157e308") == std::numeric_limits<double>::max());
  CHECK(number_of("5e-324") == std::numeric_limits<double>::denorm_min());
}

TEST_CASE("words, hexadecimal, separators and parts of numbers are no numbers") {
  for (const char* text : {"",
                           "+",
                           "-",
                           ".",
                           "e5",
                           "nan",
                           "NaN",
                           "-nan",
                           "inf",
                           "-inf",
                           "+inf",
                           "Infinity",
                           "0x10",
                           "1_000",
                           "1,5",
                           "1 000",
                           "1.5x",
                           "1e",
                           "1e+",
                           "--1",
                           "+-1",
                           "-+1",
                           " 1",
                           "1 ",
                           "1.2.3",
                           "\xC2\xA0"
                           "1",
                           "\xE2\x88\x92"
                           "1"}) {
    CAPTURE(text);
    CHECK(problem_of(text) == NumberProblem::not_a_number);
  }
}

TEST_CASE("too large and too small are told apart however the number is written") {
  const std::string zeros(400, '0');
  for (const std::string& text : {std::string("1e400"), std::string("-1e400"), "1" + zeros, "-1" + zeros + ".5",
                                  std::string("1e99999999999999999999"), "0." + zeros + "1e900", "1" + zeros + "e-10"}) {
    CAPTURE(text);
    CHECK(problem_of(text) == NumberProblem::too_large);
  }
  for (const std::string& text :
       {std::string("1e-400"), std::string("-1e-400"), "0." + zeros + "1", "-0." + zeros + "1", "." + zeros + "1", "000." + zeros + "1",
        std::string("1e-99999999999999999999"), "1" + zeros + "e-900", "0." + zeros + "1e10"}) {
    CAPTURE(text);
    double value = 7;
    CHECK(read_number(text, value) == NumberProblem::underflow);
    CHECK(value == 0);
  }
}

TEST_CASE("a value that is no number leaves the old value alone") {
  double value = 7;
  CHECK(read_number("x", value) == NumberProblem::not_a_number);
  CHECK(value == 7);
}

TEST_CASE("number text reads back to the same double, bit by bit") {
  std::uint64_t state = 42;
  for (int i = 0; i < 20000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double value = 0;
    std::memcpy(&value, &state, sizeof value);
    if (!std::isfinite(value)) continue;
    REQUIRE(number_of(number_text(value)) == value);
  }
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(std::nan("")).empty());
  CHECK(number_text(1e21) == "1e+21");
}

TEST_CASE("whole numbers") {
  CHECK(read_integer("12") == 12);
  CHECK(read_integer("-3") == -3);
  for (const char* text : {"", "1.0", "1e3", " 1", "99999999999999999999", "x"}) CHECK_FALSE(read_integer(text));
}

TEST_CASE("trim, split and join") {
  CHECK(trimmed(" \t a b \r\n") == "a b");
  CHECK(trimmed("  ").empty());
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(joined({"a", "b"}, ", ") == "a, b");
  CHECK(joined({}, ", ").empty());
}

TEST_CASE("the nearest labels come first, and nothing far off is offered") {
  const std::vector<std::string> labels = {"Southland", "Northland", "Norway", "X"};
  CHECK(nearest("Nortland", labels).front() == "Northland");
  CHECK(nearest("northland", labels).front() == "Northland");  // case does not count
  CHECK(nearest("North", labels).front() == "Northland");      // the beginning of a label
  CHECK(nearest("quite something else", labels).empty());
  CHECK(did_you_mean("Nortland", labels) == "did you mean `Northland`?");
  CHECK(did_you_mean("zzz", {"A1", "B1"}) == "known: A1, B1");
  CHECK(did_you_mean("zzz", {}) == "known: ");
  const std::vector<std::string> many(30, "abcdef");
  CHECK(did_you_mean("zzz", many).find("(30 in all)") != std::string::npos);
}

TEST_CASE("letters that look alike have one skeleton") {
  CHECK(look_alike_skeleton("\xD0\x9C") == "M");           // Cyrillic Em
  CHECK(look_alike_skeleton("\xCE\x91\xCE\x92") == "AB");  // Greek
  CHECK(look_alike_skeleton("M") == "M");
  CHECK(look_alike_skeleton("\xD0\x96") == "\xD0\x96");  // Zhe looks like nothing Latin
  CHECK(look_alike_skeleton("\xFF") == "\xFF");          // no text at all
}

TEST_CASE("bytes that are not UTF-8 are found, and characters are counted") {
  CHECK(invalid_utf8_at("plain \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80") == std::string_view::npos);
  CHECK(invalid_utf8_at("ab\xFF") == 2);
  CHECK(invalid_utf8_at("\xC0\xAF") == 0);          // overlong
  CHECK(invalid_utf8_at("\xE0\x80\xAF") == 0);      // overlong
  CHECK(invalid_utf8_at("\xED\xA0\x80") == 0);      // half of a surrogate pair
  CHECK(invalid_utf8_at("\xF4\x90\x80\x80") == 0);  // beyond Unicode
  CHECK(invalid_utf8_at("a\xE2\x82") == 1);         // cut in the middle
  CHECK(width_of("\xC3\xA4\xE2\x82\xAC") == 2);
}

TEST_CASE("text for pages and tables is escaped, formulas are disarmed and minus signs of numbers stay with their writer") {
  CHECK(html_escaped("<b a=\"1\">&'") == "&lt;b a=&quot;1&quot;&gt;&amp;&#39;");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(csv_field("=1+1") == "=1+1");
  CHECK(csv_field("=1+1", true) == "'=1+1");
  CHECK(csv_field("@x", true) == "'@x");
}
