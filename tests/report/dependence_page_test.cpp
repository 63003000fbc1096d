// The page "Who depends on whom": its numbers are those of the rows, its text is escaped, and without rows it says why.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "kontor/kontor.h"
#include "kontor/report/write_result.h"
#include "sample_result.h"

using namespace kontor;

namespace {

Result demo() {
  RunOptions options;
  options.programme = std::filesystem::path(KONTOR_SOURCE_DIR) / "examples" / "finland-full" / "programme.toml";
  return run_programme(options);
}

std::string page_of(const Result& result) {
  const std::string html = report_html(result);
  const std::size_t from = html.find("<section id=\"dependence\"");
  REQUIRE(from != std::string::npos);
  return html.substr(from, html.find("</section>", from) - from);
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("dependence page: sentences, figures and tables hold the numbers of the rows") {
  const Result result = demo();
  const std::string page = page_of(result);
  for (const char* heading : {"Few suppliers of what matters", "Dependence that moves upstream", "If a large supplier delivered nothing"})
    CHECK(page.find(heading) != std::string::npos);
  CHECK(count(page, "<svg") == 2);
  CHECK(page.find("<ul>") < page.find("<svg"));    // sentences first
  CHECK(page.find("<svg") < page.find("<table"));  // then the figure, then the table
  const auto value = [&](const char* indicator, const char* region, const char* partner, const char* sector, const char* measure,
                         const char* term) {
    return value_of(result.effects, {indicator, region, sector, partner, measure, term, 2035});
  };
  for (const char* region : {"Uusimaa", "Lappi", "Pohjanmaa"}) {
    CHECK(page.find(fmt::format("{:.2f}", 100.0 * value("self_sufficiency_look_through", region, "FIN", "", "", "others/after"))) !=
          std::string::npos);
    CHECK(page.find(fmt::format("{:.2f}", value("loss_supplier", region, "ABROAD", "", "", "value_added_percent/after"))) !=
          std::string::npos);
  }
  CHECK(page.find(fmt::format("{:.1f}", 100.0 * value("upstream_content", "Pohjanmaa", "", "26_27", "M4", "others/after"))) !=
        std::string::npos);
  CHECK(page.find("45.0 million EUR") != std::string::npos);  // imported equipment of the venture
}

TEST_CASE("dependence page: labels are escaped wherever they stand") {
  Result result = demo();
  for (Region& region : result.accounts.regions) region.name = "<script>alert(1)</script>";
  for (Sector& sector : result.accounts.sectors) sector.name = "\"><img src=x>";
  const std::string page = page_of(result);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
}

TEST_CASE("dependence page: a result without these rows says so") {
  const std::string page = page_of(test::sample_result());
  CHECK(page.find("no rows of dependence") != std::string::npos);
  CHECK(page.find("<svg") == std::string::npos);
}
