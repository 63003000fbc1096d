#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "kontor/base/files.h"
#include "kontor/report/write_result.h"
#include "report/number_format.h"
#include "report/sample_result.h"
#include "report/sections.h"
#include "report/svg.h"

using namespace kontor;

static bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

static std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST_CASE("the page has all sections in order, landmarks, a skip link and no script") {
  const std::string html = report_html(test::sample_result());
  std::size_t before = 0;
  for (const char* id : {"answer", "net", "regions", "sectors", "trade", "dependence", "portfolio", "measures", "pipeline", "payers",
                         "assumptions", "quality", "certificate", "provenance"}) {
    const std::size_t at = html.find(std::string("<section id=\"") + id + "\"");
    INFO(id);
    REQUIRE(at != std::string::npos);
    CHECK(at > before);
    before = at;
    CHECK(contains(html, std::string("href=\"#") + id + "\""));
  }
  for (const char* part :
       {"<header>", "<nav aria-label=", "<main>", "<footer>", "class=\"skip\"", "<html lang=\"en\">", "not yet counted", "no forecast"})
    CHECK(contains(html, part));
  for (const char* part : {"<script", "http://", "https://", "src=", "url(http", "@import"}) CHECK_FALSE(contains(html, part));
}

TEST_CASE("every chart has a title and a description that it names, and every id is unique") {
  const std::string html = report_html(test::sample_result());
  CHECK(count_of(html, "<svg role=\"img\"") == 10);
  CHECK(count_of(html, "<svg ") == count_of(html, "<desc id="));
  std::set<std::string> ids;
  std::size_t found = 0;
  for (std::size_t at = html.find(" id=\""); at != std::string::npos; at = html.find(" id=\"", at + 5), ++found)
    ids.insert(html.substr(at + 5, html.find('"', at + 5) - at - 5));
  CHECK(ids.size() == found);
  for (std::size_t at = html.find("aria-labelledby=\""); at != std::string::npos; at = html.find("aria-labelledby=\"", at + 5)) {
    const std::string names = html.substr(at + 17, html.find('"', at + 17) - at - 17);
    CHECK(ids.count(names.substr(0, names.find(' '))) == 1);
  }
  CHECK(count_of(html, "<table>") == count_of(html, "<caption>"));
}

TEST_CASE("labels that are markup appear as text in the page and in its charts") {
  const std::string html = report_html(test::hostile_result());
  CHECK_FALSE(contains(html, "<img"));
  CHECK_FALSE(contains(html, "<script"));
  CHECK(count_of(html, "&lt;img src=x onerror=alert(1)&gt;") > 10);
}

TEST_CASE("numbers in the page are those of the rows, rounded") {
  const Result result = test::sample_result();
  const std::string html = report_html(result);
  for (const EffectRow& row : result.effects)
    if (row.indicator == "value_added" && row.year == 2030 && row.measure.empty() && row.term.empty() && row.sector.empty()) {
      INFO(row.region);
      CHECK(contains(html, fixed_number(row.value, 3, true)));
    }
}

TEST_CASE("the steps from gross to net add up to the headline") {
  const Result result = test::sample_result();
  double steps = 0, net = 0;
  for (const EffectRow& row : result.effects) {
    if (row.indicator == "gross_to_net" && row.year == 2030) steps += row.value;
    if (row.indicator == "value_added" && row.year == 2030 && row.region.empty() && row.sector.empty() && row.measure.empty() &&
        row.term.empty())
      net = row.value;
  }
  CHECK(steps == Approx(net).epsilon(1e-12));
}

TEST_CASE("in a waterfall each bar starts where the one before ends") {
  const std::string svg = waterfall_svg(
      {"w", "t", "d"}, {{"a", 4, "4"}, {"b", -3, "-3"}, {"net", 1, "1", WaterfallKind::total}, {"c", 0, "later", WaterfallKind::pending}});
  // Axis from 0 to 4 over 216 to 686: the net bar is a quarter of the first.
  CHECK(contains(svg, "<rect x=\"216.00\" y=\"6.00\" width=\"470.00\""));
  CHECK(contains(svg, "<rect x=\"333.50\" y=\"28.00\" width=\"352.50\""));
  CHECK(contains(svg, "<rect x=\"216.00\" y=\"50.00\" width=\"117.50\""));
  CHECK(contains(svg, "later"));
}

TEST_CASE("without a trustworthy answer the page gives the reason and no numbers of effects") {
  Result result = test::sample_result();
  result.certificate.outcome = "the spectral radius is 1.2";
  result.answer = answer_lines(result);
  const std::string html = report_html(result);
  CHECK(contains(html, "the spectral radius is 1.2"));
  CHECK_FALSE(contains(html, "<svg"));
  CHECK(contains(html, "<section id=\"portfolio\""));
}

TEST_CASE("pages of a temporary programme, of one that is all pipeline and of none are whole") {
  Result idle = test::sample_result();
  for (Written& m : idle.programme.measures) m.status = "idea";
  Result empty;
  empty.certificate.digits = 12;
  for (const Result& result : {test::temporary_result(), idle, empty}) {
    const std::string html = report_html(result);
    CHECK(contains(html, "</html>"));
    for (const char* text : {"nan<", "nan ", "=\"nan", "inf<"}) CHECK_FALSE(contains(html, text));
    CHECK(count_of(html, "<section ") == 16);
  }
}

TEST_CASE("where a matrix has too many rows the smallest stand together") {
  const auto groups = largest_apart({5, 1, 4, 2}, 3);
  REQUIRE(groups.size() == 3);
  CHECK(groups[0] == std::vector<std::size_t>{0});
  CHECK(groups[1] == std::vector<std::size_t>{2});
  CHECK(groups[2] == std::vector<std::size_t>{1, 3});
  CHECK(largest_apart({5, 1}, 3).size() == 2);
  const std::string html = report_html(test::large_result(60, 40));
  CHECK(contains(html, "other sectors (8)"));
  CHECK(contains(html, "other regions (17)"));
  CHECK(contains(html, "other regions (18)"));  // abroad is one of the rows of trade
}

// Pages for the eye: written where KONTOR_PAGES says.
TEST_CASE("a page of forty regions and thirty-five sectors stays of a size that opens", "[pages]") {
  const std::string large = report_html(test::large_result(41, 35));
  CHECK(large.size() < 4'000'000);
  if (const char* folder = std::getenv("KONTOR_PAGES")) {
    const std::filesystem::path path = folder;
    write_file(path / "sample.html", report_html(test::sample_result()));
    write_file(path / "hostile.html", report_html(test::hostile_result()));
    write_file(path / "temporary.html", report_html(test::temporary_result()));
    write_file(path / "medium.html", report_html(test::large_result(19, 30)));
    write_file(path / "large.html", large);
  }
}
