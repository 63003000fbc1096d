// Programme files that are wrong: cases M01 to M12 and their relatives. A wrong file never yields a number.
#include <catch2/catch.hpp>

#include "kontor/base/error.h"
#include "kontor/programme/overlaps.h"
#include "programme/worlds.h"

using namespace kontor;
using namespace kontor::test;

static const std::string contract = R"(
[[measure]]
id = "M1"
kind = "contract"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "household" }
money = { total = 4e6, basis = "basic" }
period = ["2021-01", "2021-12"]
replaces = { third_country = 1 }
)";

static std::string changed(const std::string& from, const std::string& to) {
  std::string text = contract;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The errors of a whole file.
static std::string errors_in(const std::string& text) {
  try {
    (void)parse_programme(text, "p.toml", ".", small_world());
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::data);
    std::string lines;
    for (const Finding& f : error.findings()) lines += to_line(f) + '\n';
    CHECK(lines.find("std::") == std::string::npos);
    return lines;
  }
  return "";
}

static void says(const std::string& errors, std::initializer_list<const char*> parts) {
  for (const char* part : parts) {
    INFO(errors);
    CHECK_THAT(errors, Catch::Contains(part));
  }
}

TEST_CASE("the sound contract has no errors") { CHECK(errors_of(small_world(), contract) == ""); }

TEST_CASE("M01: an unknown key is refused with the nearest one, its line and column") {
  says(errors_of(small_world(), changed("money = { total", "money = { totl")),
       {"unknown-key", "programme.toml:12:money.totl (column 11)", "did you mean `money.total`"});
  says(errors_of(small_world(), contract + "shcok = 1\n"), {"unknown key `shcok`"});
  says(errors_in("[programe]\nid = 'x'\n"), {"p.toml:1", "did you mean `programme`?"});
  says(errors_in("[appraisal]\ndiscount = 0.1\n"), {"unknown key `discount`", "discount_rate"});
  says(errors_in("[uncertainty]\ndraw = 10\n"), {"did you mean `draws`?"});
  says(errors_in("[[agreement]]\nid = 'A1'\nparty = ['A']\nparties = ['A']\n"), {"parties"});
  says(errors_of(small_world(), contract, "titel = 'x'\n"), {"did you mean `title`?"});
}

TEST_CASE("M02: regions, sectors and uses that are not in the table are named with the nearest labels") {
  says(errors_of(small_world(), changed("sector = \"1\"", "sector = \"29\"")), {"unknown sector `29`", "`28`"});
  says(errors_of(small_world(), changed("region = \"A\"", "region = \"Nowhere\"")), {"unknown region `Nowhere`", "known: A, B, C"});
  says(errors_of(small_world(), changed("household", "houshold")), {"unknown use `houshold`", "did you mean `household`?"});
  says(errors_of(small_world(), changed("region = \"A\"", "region = \"\xD0\x90\"")), {"look-alike"});
  says(errors_of(small_world(), changed("\"contract\"", "\"contrat\"")), {"unknown kind `contrat`", "did you mean `contract`?"});
}

TEST_CASE("M03: numbers out of range name key path, value and range") {
  says(errors_of(small_world(), changed("total = 4e6", "total = -4e6")), {"money.total", "`-4e+06`", "from 0 up"});
  says(errors_of(small_world(), changed("third_country = 1", "third_country = 0.7, domestic = 0.5")),
       {"the shares in `replaces` sum to 1.2", "they sum to 1"});
  says(errors_of(small_world(), contract + "additional = { low = 0.5, mid = 0.3, high = 0.9 }\n"), {"low <= mid <= high"});
  says(errors_of(small_world(), contract + "additional = nan\n"), {"wrong-kind"});
}

TEST_CASE("M04: 5 where a fraction is meant is refused unless a unit is written") {
  says(errors_of(small_world(), contract + "additional = 5\n"), {"`5` in `additional`", "0 to 1", "write 0.05 or \"5 %\""});
  CHECK(errors_of(small_world(), contract + "additional = \"5 %\"\n") == "");
  CHECK(programme_of(small_world(), contract + "additional = \"5 %\"\n").measures[0].at("additional").number.mid == Approx(0.05));
}

TEST_CASE("M05: money without currency or price year names the missing part") {
  says(errors_in("[programme]\nhorizon = [2021, 2030]\nprice_year = 2020\n" + contract), {"has no `currency`"});
  says(errors_in("[programme]\nhorizon = [2021, 2030]\ncurrency = 'EUR'\n" + contract), {"has no `price_year`"});
  says(errors_in("[programme]\nhorizon = [2021, 2030]\ncurrency = 'USD'\nprice_year = 2020\n" + contract), {"exchange rate", "deflator"});
  says(errors_in("[programme]\nhorizon = [2021, 2030]\ncurrency = 'EUR'\nprice_year = 2022\n" + contract), {"price index", "deflator"});
}

TEST_CASE("M06: a period that ends before it starts, or lies outside the horizon") {
  says(errors_of(small_world(), changed("[\"2021-01\", \"2021-12\"]", "[\"2022-05\", \"2022-01\"]")), {"end-before-start"});
  says(errors_of(small_world(), changed("[\"2021-01\", \"2021-12\"]", "[\"2041-01\", \"2042-12\"]")), {"outside-horizon", "2021 to 2030"});
  says(errors_of(small_world(), changed("\"2021-12\"", "\"2021-13\"")), {"month"});
}

TEST_CASE("M07: two measures that claim the same demand are an error that names both lines") {
  std::string second = contract;
  second.replace(second.find("\"M1\""), 4, "\"M2\"");
  says(errors_of(small_world(), contract + second), {"overlap", "programme.toml:17", "measure `M1` (programme.toml:7)"});
  CHECK(errors_of(small_world(), contract + second + "overlaps = [\"M1\"]\n") == "");
}

TEST_CASE("M07: overlaps can be listed, those that are meant as well, while they keep the programme from compiling") {
  std::string second = contract;
  second.replace(second.find("\"M1\""), 4, "\"M2\"");
  std::string other = contract;
  other.replace(other.find("\"M1\""), 4, "\"M3\"").replace(other.find("\"2021-01\", \"2021-12\""), 20, "\"2022-01\", \"2022-12\"");
  const Accounts accounts = small_world();
  const auto listed = [&](const std::string& measures) { return overlaps_of_programme(programme_of(accounts, measures), accounts); };
  CHECK(listed(contract + other).empty());  // other years
  const std::vector<Overlap> twice = listed(contract + other + second), meant = listed(contract + second + "overlaps = [\"M1\"]\n");
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].first == 0);
  CHECK(twice[0].second == 2);
  CHECK(twice[0].what == "the demand for A.1 by B.FD");
  CHECK(twice[0].counted_twice);
  CHECK_FALSE(twice[0].meant);
  REQUIRE(meant.size() == 1);
  CHECK(meant[0].meant);
}

TEST_CASE("M08: the same key or the same id twice names both lines") {
  says(errors_in("[programme]\nid = 'a'\ntitle = 'b'\nid = 'c'\n"), {"duplicate-key", "lines 2 and 4"});
  says(errors_of(small_world(), contract + "period = [2021, 2021]\n"), {"duplicate-key", "lines 13 and 15"});
  says(errors_of(small_world(), contract + contract), {"duplicate-id", "programme.toml:7", "programme.toml:16"});
}

TEST_CASE("M09: nesting of 100,000 is refused before it is parsed") {
  const std::string many(100000, '[');
  std::string dots = "a";
  for (int i = 0; i < 100000; ++i) dots += ".a";
  for (const std::string& text : {many, "x = " + many, dots + " = 1\n", '[' + dots + "]\n", "x = { " + dots + " = 1 }\n"})
    says(errors_in(text), {"too-deep", "limit is 64"});
  std::string tables = "x = ";
  for (int i = 0; i < 1000; ++i) tables += "{ a.b = ";
  says(errors_in(tables), {"too-deep"});
  // Brackets and dots in text do not count.
  CHECK(errors_in("[programme]\ntitle = \"" + many + "\" # " + many + "\n").find("too-deep") == std::string::npos);
  says(errors_in(std::string((std::size_t{16} << 20) + 1, '#')), {"too-large", "16 MiB"});
}

TEST_CASE("M10: an address is never opened") {
  for (const char* field : {"deflator", "restricted", "portfolio"})
    says(errors_of(small_world(), contract, std::string(field) + " = \"https://example.org/a.csv\"\n"), {"url", "works offline", field});
  CHECK_THROWS_AS(compile_text(small_world(), contract, "deflator = \"not-there.csv\"\n"), Error);
}

TEST_CASE("M11: bare words and odd numbers are taken as TOML says") {
  says(errors_of(small_world(), changed("region = \"A\"", "region = NO")), {"not-toml", "quotes"});
  says(errors_of(small_world(), contract + "additional = 0123\n"), {"not-toml", "leading zero"});
  says(errors_of(small_world(), contract + "title = 12:30:00\n").empty() ? "taken as text" : "refused", {"taken as text"});
  says(errors_of(small_world(), changed("region = \"A\"", "region = false")), {"`false` in `seller.region`", "a text in quotes"});
  CHECK(programme_of(small_world(), changed("total = 4e6", "total = 4_000_000")).measures[0].at("money.total").number.mid == 4e6);
  Accounts world = small_world();
  world.regions[0].code = "NO";
  CHECK(errors_of(world, changed("region = \"A\"", "region = \"NO\"")) == "");
}

TEST_CASE("M12: an empty programme gives a note and no shocks") {
  for (const char* text : {"", "[programme]\nid = 'empty'\n"}) {
    const Accounts world = small_world();
    const Compiled compiled = compile(parse_programme(text, "p.toml", ".", world), world);
    CHECK(compiled.shocks.empty());
    CHECK_THAT(notes_of(compiled), Catch::Contains("no measures"));
  }
}

TEST_CASE("all errors of a file come together") {
  const std::string errors =
      errors_of(small_world(), changed("total = 4e6", "total = -1") + "additional = 7\nfoo = 1\n", "closure = \"shortrun\"\n");
  says(errors, {"money.total", "additional", "foo", "did you mean `short_run`?"});
}

TEST_CASE("links and agreements must lead to measures of the programme") {
  says(errors_of(small_world(), contract + "delivered_by = [\"M9\"]\n"), {"unknown-measure", "`M9`"});
  says(errors_of(small_world(), contract + "[[agreement]]\nid = 'A1'\nparties = ['A', 'B']\nmeasures = ['M2']\n"),
       {"agreement `A1`", "no measure `M2`"});
  says(errors_of(small_world(), contract + "[[agreement]]\nid = 'A1'\nparties = ['A', 'Z']\n"), {"unknown region `Z`"});
}

TEST_CASE("a missing field says what it is for") {
  says(errors_of(small_world(), changed("period = [\"2021-01\", \"2021-12\"]\n", "")),
       {"missing-field", "has no `period`", "first and last month"});
}

TEST_CASE("an amount beyond what is there is an error unless it is meant") {
  // A sells households of B 10: 4 is 40 %, 8 is 80 %, 12 is 120 %.
  CHECK_THAT(notes_of(compile_text(small_world(), contract)),
             Catch::Contains("note[size]") && Catch::Contains("40 % of the flow A.1 to B"));
  CHECK_THAT(notes_of(compile_text(small_world(), changed("4e6", "8e6"))), Catch::Contains("warning[size]"));
  says(errors_of(small_world(), changed("4e6", "12e6")), {"error[size]", "120 % of the flow A.1 to B", "new = true"});
  CHECK(errors_of(small_world(), changed("4e6", "12e6") + "new = true\n") == "");
}

TEST_CASE("text that is no programme is refused without a crash") {
  for (const std::string& text :
       {std::string("\0\0\0", 3), std::string("\xff\xfe"), std::string("= = ="), std::string("measure = 3"),
        std::string("measure = [1, 2]"), std::string("programme = 1"), std::string("[[programme]]"), std::string("\"\"\""),
        std::string("[[measure]]"), std::string("[blocs]\nA = ['B']\n"), std::string("[blocs]\nX = 3\n"),
        std::string("[programme]\nhorizon = []\n"), std::string("[programme]\nhorizon = [2030, 2020]\n"),
        std::string("[uncertainty]\nseed = -1\n"), std::string("[programme]\nclosure = { labour = 'x' }\n")})
    CHECK(errors_in(text) != "");
}
