// The page of a run with both models: net beside gross, in every section.
#include <catch2/catch.hpp>
#include <cmath>

#include "kontor/report/write_result.h"
#include "report/gross_net_table.h"
#include "report/sample_result.h"
#include "report/sections.h"

using namespace kontor;

static bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

static std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// The cells of the first row that has this head.
static std::string row_of(const std::string& html, const std::string& head) {
  const std::size_t at = html.find("<th scope=\"row\">" + head + "</th>");
  return at == std::string::npos ? "" : html.substr(at, html.find("</tr>", at) - at);
}

namespace {

struct Sample {
  Result result = test::sample_result();

  void add(const std::string& indicator, const std::string& region, const std::string& sector, const std::string& term, double value,
           const std::string& unit = "million EUR", int year = 2030, const std::string& measure = "", const std::string& partner = "") {
    result.effects.push_back({indicator, region, sector, partner, year, measure, term, value, unit});
  }
};

}  // namespace

// Short run as the programme's own, long run beside it; the net numbers are written, not solved.
static Result net_result() {
  Sample s;
  ClosureRun own, other;
  own.closure = short_run(), other.closure = long_run(), other.term = "long_run";
  s.result.closures = {own, other};
  s.result.programme.blocs = {{"North", {"R1", "R2"}}};
  Satellite air;
  air.code = "co2", air.name = "Carbon dioxide", air.unit = "kilotonnes";
  s.result.accounts.satellites.push_back(air);
  for (const char* term : {"", "long_run"}) {
    const double size = *term ? 0.5 : 1.0;
    for (const auto& [region, income] : {std::pair{"R1", 5.0}, {"R2", -2.0}, {"R3", 1.0}, {"North", 3.0}, {"", 4.0}}) {
      s.add("equivalent_variation", region, "", term, size * income), s.add("real_income", region, "", term, size * income / 100, "%");
      s.add("value_added_net", region, "", term, size * income / 2),
          s.add("value_added_net_percent", region, "", term, size * income / 200, "%");
      s.add("gdp", region, "", term, size * 6), s.add("gdp_percent", region, "", term, size * 0.06, "%");
      s.add("gni", region, "", term, size * 7), s.add("gni_percent", region, "", term, size * 0.07, "%");
      s.add("exports_net", region, "", term, size * 8), s.add("imports_net", region, "", term, size * 9);
      s.add("co2_net", region, "", term, -size * 3, "kilotonnes"), s.add("budget_need", region, "", term, size * 2);
      s.add("budget_need_percent", region, "", term, size * 0.04, "%");
      if (*term) s.add("real_income_per_head", region, "", term, size * income / 200, "%");
    }
    for (const char* sector : {"S1", "S2", "S3", "S4"}) {
      s.add("value_added_net", "", sector, term, size * 0.25), s.add("value_added_net_percent", "", sector, term, size * 0.0125, "%");
      for (const char* region : {"R1", "R2", "R3"}) {
        s.add("value_added_net", region, sector, term, size * 0.1), s.add("output_net", region, sector, term, size * 0.2);
        s.add("relative_unit_cost", region, sector, term, *region == 'R' && region[1] == '2' ? 0.7 : -0.4, "%");
        s.add("unit_cost", region, sector, term, 0.1, "%");
      }
    }
    s.add("theil_base", "", "", term, 0.02, "index"), s.add("theil", "", "", term, 0.019, "index");
    s.add("trade_net", "R1", "", term, size * 2.5, "million EUR", 2030, "", "R2");
    s.add("public_cost_discounted", "", "", term, 80, "million EUR", 2026);
    s.add("net_present_value", "", "", term, 40, "million EUR", 2026);
    s.add("present_value_per_public_money", "", "", term, 0.5, "per unit", 2026);
    s.add("cost_per_job_gross", "", "", term, 0.2);
  }
  s.add("jobs_net", "", "", "", 17, "persons");
  s.add("jobs_lasting_net", "", "", "", 160, "persons"), s.add("cost_per_job", "", "", "", 0.5);
  for (const char* region : {"R1", "R2", "R3", "North", ""}) {
    s.add("co2", region, "", "", 4, "kilotonnes"), s.add("co2_base", region, "", "", 900, "kilotonnes", 2022);
    s.add("output_base", region, "", "", 5000, "million EUR", 2022);
    for (const char* side : {"exports_base", "imports_base"}) s.add(side, region, "", "", 1000, "million EUR", 2022);
  }
  for (const char* sector : {"S1", "S2", "S3", "S4"}) {
    s.add("value_added", "", sector, "", 1.5), s.add("value_added_base", "", sector, "", 2000, "million EUR", 2022);
    for (const char* region : {"R1", "R2", "R3"}) s.add("output_base", region, sector, "", 1250, "million EUR", 2022);
  }
  s.result.answer = answer_lines(s.result);
  return s.result;
}

TEST_CASE("sectors stand gross beside net under both closures, each change with its share of a level") {
  const Result result = net_result();
  const std::string html = section_sectors(ReportView(result));
  CHECK(contains(html, "Value added by sector, all regions together, in 2030"));
  const std::string row = row_of(html, "Manufacture of machinery");
  CHECK(contains(row, "+1.50"));    // gross
  CHECK(contains(row, "+0.0750"));  // of 2 000 million
  CHECK(contains(row, "+0.25"));    // net, short run
  CHECK(contains(row, "+0.0125"));  // its own share
  CHECK(contains(row, "+0.12"));    // net, long run, rounded
  CHECK(contains(row, ">2.0<"));    // billion EUR
  CHECK(contains(html, "chart-sectors-net-2030"));
  CHECK(contains(html, "Value added gross, at fixed prices, by sector and region"));
}

TEST_CASE("unit cost against competitors: who improves comes first, with the level of output") {
  const Result result = net_result();
  const std::string html = unit_costs_html(ReportView(result));
  CHECK(html.find("Northland") < html.find("Midland"));
  CHECK(contains(html, "\u22120.40"));
  CHECK(contains(html, "+0.70"));
  CHECK(contains(html, "1250"));
  const Result gross = test::sample_result();
  CHECK(unit_costs_html(ReportView(gross)).empty());  // without the equilibrium model there is none
}

TEST_CASE("trade stands gross beside net: over each border with its level, and by pair") {
  const Result result = net_result();
  const std::string html = section_trade(ReportView(result));
  const std::string row = row_of(html, "North (bloc)");
  CHECK(contains(row, "+8.0"));
  CHECK(contains(row, "+4.0"));    // long run
  CHECK(contains(row, ">1.00<"));  // billion EUR
  CHECK(contains(html, "chart-trade-net-2030"));
  CHECK(contains(html, "by the net effect in the short run"));
  CHECK(contains(row_of(html, "Northland"), "+"));
}

TEST_CASE("what the accounts hold beside money and jobs stands before and after, gross and net") {
  Result result = net_result();
  const std::string html = satellites_html(ReportView(result));
  CHECK(contains(html, "Carbon dioxide by region in 2030, kilotonnes a year"));
  const std::string row = row_of(html, "Southland");
  CHECK(contains(row, "900"));
  CHECK(contains(row, "+4.0"));
  CHECK(contains(row, "+0.44"));      // per cent, gross
  CHECK(contains(row, "\u22123.0"));  // net
  CHECK(contains(row, "897"));        // after
  result.accounts.satellites.pop_back();
  CHECK(contains(satellites_html(ReportView(result)), "Not available: these accounts hold no emissions"));
}

TEST_CASE("real income is shown per head where people move, and GDP beside GNI with their level") {
  const Result result = net_result();
  const std::string html = net_regions_html(ReportView(result));
  CHECK(count_of(html, ">per head, %<") == 1);
  CHECK(contains(html, "GDP, GNI and value added by region in 2030, net, short run"));
  CHECK(contains(html, "Level of GDP"));
  CHECK(contains(html, "<td class=\"n\">0.0200000</td><td class=\"n\">0.0190000</td>"));  // Theil before and after
  CHECK(contains(html, "jobs are fixed by closure"));
}

TEST_CASE("a nation or a bloc is in the answer, with the long run in brackets") {
  const std::string line = answer_lines(net_result())[1];
  CHECK(contains(line, "North (bloc) +3.00 million EUR (+0.030 %) [long run +1.50 million EUR (+0.015 %)] together"));
}

TEST_CASE("public money: the cost of a job net and gross, and n/a where the closure fixes jobs") {
  const Result result = net_result();
  const std::string html = public_money_html(ReportView(result));
  CHECK(contains(html, "million EUR of 2022, discounted to 2026"));
  const std::string own = row_of(html, "All regions, short run"), other = row_of(html, "All regions, long run");
  CHECK(contains(own, "500.0"));  // thousand EUR
  CHECK(contains(own, "200.0"));
  CHECK(contains(own, "+0.500"));
  CHECK(contains(other, ">fixed<"));
  CHECK(contains(other, ">n/a<"));
  CHECK(contains(other, "200.0"));
}

TEST_CASE("a budget's need has its share of value added and the level of that") {
  const Result result = net_result();
  const std::string row = row_of(budgets_html(ReportView(result)), "North (bloc)");
  CHECK(contains(row, "0.040 %"));
  CHECK(contains(row, ">5000<"));  // million EUR: 2 are 0.04 % of it
}

TEST_CASE("the page of a net run is whole, and labels that are markup are text in it") {
  Result result = net_result();
  static const std::string image = "<img src=x onerror=alert(1)>";
  result.accounts.regions[0].name = result.accounts.sectors[0].name = image;
  result.accounts.satellites.back().name = result.accounts.satellites.back().unit = image;
  result.programme.measures[0].title = image;
  result.programme.blocs[image] = {"R1"};
  for (const char* indicator : {"equivalent_variation", "real_income"})
    result.effects.push_back({indicator, image, "", "", 2030, "", "", 1.0, "million EUR"});
  result.answer = answer_lines(result);
  const std::string html = report_html(result);
  CHECK_FALSE(contains(html, "<img"));
  CHECK(contains(html, "&lt;img src=x onerror=alert(1)&gt; (bloc)"));
  for (const char* text : {"nan<", "nan ", "=\"nan", "inf<"}) CHECK_FALSE(contains(html, text));
  CHECK(count_of(html, "<table>") == count_of(html, "<caption>"));
  CHECK(count_of(html, "<section ") == 16);
}

TEST_CASE("the largest lines are named and the others summed, a line without a number counted as none") {
  std::vector<GrossNetLine> lines;
  for (int i = 0; i < 5; ++i) lines.push_back({{std::to_string(i)}, static_cast<double>(i), {std::nan("")}, 10.0});
  const std::vector<GrossNetLine> shown = largest_lines(lines, 2, "others");
  REQUIRE(shown.size() == 3);
  CHECK(shown[0].names.front() == "4");
  CHECK(shown[2].names.front() == "others (3)");
  CHECK(shown[2].gross == 3.0);
  CHECK(std::isnan(shown[2].net.front()));
  CHECK(shown[2].level == 30.0);
  CHECK(largest_lines(lines, 4, "others").size() == 5);  // one alone keeps its name
}

TEST_CASE("a percentage keeps its column's decimals, and its first digit where these would make it zero") {
  const Scale column = percent_scale(1.234);
  CHECK(percent_cell(column, 1.234) == "+1.23");
  CHECK(percent_cell(column, -0.014) == "\u22120.01");
  CHECK(percent_cell(column, 0.00034) == "+0.0003");
  CHECK(percent_cell(column, 1e-9) == "0");
  CHECK(percent_cell(column, std::nan("")) == "n/a");
}

TEST_CASE("a column of levels keeps the digits of its smallest") {
  Accounts accounts;
  accounts.currency = "EUR", accounts.scale = 1e6;
  const Scale scale = level_scale(accounts, 1200, 68000);
  CHECK(scale.unit == "billion EUR");
  CHECK(scale.text(1200) == "1.2");
  CHECK(level_scale(accounts, 90e3, 15.7e6).unit == "billion EUR");  // not trillions, where 90 billion would be 0.09
}
