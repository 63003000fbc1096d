// A world of two regions, two products and two industries that one can redo on paper; docs/methods/supply_use_trade.md
// works through the same numbers.
#include "read/supply_use_trade.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "read/gzip.h"
#include "read/readers.h"
#include "support.h"

using namespace kontor;

namespace {

struct File {
  const char* name;
  const char* text;
};

// Region A makes 100 of product 1 (80 by industry 1, 20 by industry 2) and 60 of product 2; region B 50 and 40.
// Product 2 is trade: it is bought as such, and as the margin on product 1.
constexpr File files[] = {
    {"regions.csv", "region,population\nA,10\nB,5\n"},
    {"sectors.csv", "commodity,industry,name_en\nC_1,I_1,Goods\nC_2,I_2,Trade\n"},
    {"supply_make.csv", "commodity,industry,region,value\nC_1,I_1,A,80\nC_1,I_2,A,20\nC_2,I_2,A,60\nC_1,I_1,B,50\nC_2,I_2,B,40\n"},
    {"trade.csv",
     "commodity,source,origin,destination,value\nC_1,dom,A,A,60\nC_1,dom,A,B,40\nC_1,dom,B,A,10\nC_1,dom,B,B,40\n"
     "C_1,imp,A,A,20\nC_1,imp,A,B,10\nC_2,dom,A,A,40\nC_2,dom,A,B,8\nC_2,dom,B,B,30\n"},
    {"trade_margin.csv",
     "commodity,source,margin,origin,destination,value\nC_1,dom,C_2,A,A,6\nC_1,dom,C_2,A,B,8\nC_1,dom,C_2,B,A,2\nC_1,dom,C_2,B,B,4\n"
     "C_1,imp,C_2,A,B,2\n"},
    {"margin_supply.csv",
     "margin,origin,destination,producer,value\nC_2,A,A,A,6\nC_2,A,B,A,5\nC_2,A,B,B,5\nC_2,B,A,A,1\nC_2,B,A,B,1\nC_2,B,B,B,4\n"},
    {"use_delivered.csv",
     "commodity,source,user,region,value\nC_1,dom,I_1,A,39\nC_1,dom,Hou,A,26\nC_1,dom,Exp,A,13\nC_1,imp,I_1,A,10\nC_1,imp,Hou,A,10\n"
     "C_2,dom,I_1,A,10\nC_2,dom,I_2,A,20\nC_2,dom,Hou,A,10\n"
     "C_1,dom,I_1,B,23\nC_1,dom,I_2,B,23\nC_1,dom,Hou,B,23\nC_1,dom,Exp,B,23\nC_1,imp,I_1,B,6\nC_1,imp,Hou,B,6\n"
     "C_2,dom,I_1,B,19\nC_2,dom,Gov,B,19\n"},
    {"use_tax.csv", "commodity,source,user,region,value\nC_1,dom,I_1,A,1\nC_1,dom,Hou,A,2\nC_1,dom,I_1,B,-1\n"},
    {"primary_labour.csv", "industry,occupation,region,value\nI_1,O_1,A,7\nI_1,O_2,A,5\nI_2,O_1,A,50\nI_1,O_1,B,1\nI_2,O_2,B,10\n"},
    {"primary_capital.csv", "industry,region,value\nI_1,A,10\nI_2,A,12\nI_2,B,7\n"},
    {"primary_land.csv", "industry,region,value\nI_1,B,1\n"},
    {"primary_production_tax.csv", "industry,region,value\nI_2,A,-2\n"},
    {"stocks.csv", "industry,region,value\nI_1,A,2\nI_1,B,-1\n"},
    {"distance.csv", ",A,B\nA,10,100\nB,100,20\n"},
};

/// The folder of the little world; `changed` replaces the text of one file, an empty text leaves the file out.
class LittleFolder {
 public:
  explicit LittleFolder(const std::string& changed = "", const std::string& text = "") {
    for (const File& file : files)
      if (file.name != changed)
        std::ofstream(folder_ / file.name) << file.text;
      else if (!text.empty())
        std::ofstream(folder_ / file.name) << text;
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  test::TemporaryFolder folder_;
};

ImportOptions little_options(const std::string& technology = "fixed_product_sales") {
  ImportOptions options;
  options.year = 2020;
  options.currency = "EUR";
  options.scale = 1e6;
  options.settings["technology"] = technology;
  return options;
}

Accounts little_accounts(const std::string& technology = "fixed_product_sales") {
  const LittleFolder folder;
  return supply_use_trade_reader.read(folder.path(), little_options(technology)).accounts;
}

/// What the reader says about a folder with one changed file; the exit code goes to `exit`.
std::string complaint(const std::string& file, const std::string& text, Exit& exit, const ImportOptions& options = little_options()) {
  const LittleFolder folder(file, text);
  try {
    supply_use_trade_reader.read(folder.path(), options);
  } catch (const Error& error) {
    exit = error.exit();
    return to_line(error.findings().front());
  }
  return "no complaint";
}

// The text of one file of the little world with a part of it replaced.
std::string with(const std::string& file, const std::string& part, const std::string& by) {
  for (const File& known : files)
    if (known.name == file) {
      std::string text = known.text;
      return text.replace(text.find(part), part.size(), by);
    }
  return "";
}

double uses(const Accounts& a, std::size_t cell) { return sum_of(a.intermediate.row(cell)) + sum_of(a.final_use.row(cell)); }

double costs(const Accounts& a, std::size_t cell) {
  Sum sum;
  for (std::size_t i = 0; i < a.cells.size(); ++i) sum.add(a.intermediate(i, cell));
  for (std::size_t k = 0; k < a.imports.size(); ++k) sum.add(a.imports_intermediate(k, cell));
  for (std::size_t p = 0; p < a.primary_rows.size(); ++p) sum.add(a.primary(p, cell));
  return sum.value();
}

}  // namespace

TEST_CASE("a user draws origins and margins in the proportions of its region, and industries sell by their market shares") {
  const Accounts a = little_accounts();
  REQUIRE(a.cells.size() == 4);
  const auto cell = [&](int region, int sector) { return static_cast<std::size_t>(cell_index(a, region, sector)); };
  // A.I_1 pays 39 for product 1: 30 to A, 5 to B, 4 of margins (3.5 by A, 0.5 by B); and 10 for trade of A.
  // Industry 1 of A makes 80 % of A's product 1, industry 2 the other 20 % and all of the trade.
  CHECK(a.intermediate(cell(0, 0), cell(0, 0)) == Approx(24).epsilon(1e-14));
  CHECK(a.intermediate(cell(0, 1), cell(0, 0)) == Approx(6 + 10 + 3.5).epsilon(1e-14));
  CHECK(a.intermediate(cell(1, 0), cell(0, 0)) == Approx(5).epsilon(1e-14));
  CHECK(a.intermediate(cell(1, 1), cell(0, 0)) == Approx(0.5).epsilon(1e-14));
  // Imports of B.I_1: 6 delivered are 5 at the border and 1 of margins, half by each region.
  CHECK(a.imports_intermediate(0, cell(1, 0)) == Approx(5).epsilon(1e-14));
  // Exports of A's product 1 leave in both regions: 13 x 60/78 in A and 23 x 40/92 in B, 80 % made by industry 1.
  CHECK(a.final_use(cell(0, 0), a.final_uses.size() - 1) == Approx(0.8 * (10 + 10)).epsilon(1e-14));
  CHECK(a.output(0, cell(0, 0)) == 82);
  CHECK(a.output(0, cell(1, 0)) == 49);
}

TEST_CASE("taxes on products stand apart from value added, and inventories in the row of their producer") {
  const Accounts a = little_accounts();
  const auto household = static_cast<std::size_t>(final_use_index(a, 0, category_index(a, "household")));
  const auto inventories = static_cast<std::size_t>(final_use_index(a, 0, category_index(a, "inventories")));
  CHECK(a.primary(4, 0) == 1);
  CHECK(a.primary_final(4, household) == 2);
  CHECK(a.final_use(0, inventories) == 2);
  CHECK(a.final_use(1, inventories) == 0);
  CHECK(value_added(a, 0) == 22);
  CHECK(value_added(a, 1) == 60);
}

TEST_CASE("industry technology makes a product-by-product table of the same economy") {
  const Accounts a = little_accounts("industry_technology");
  // Product 1 of A is made by all of industry 1 and a quarter of industry 2.
  CHECK(a.output(0, 0) == 102);
  CHECK(a.output(0, 1) == 60);
  CHECK(a.intermediate(0, 0) == Approx(30).epsilon(1e-14));
  CHECK(a.intermediate(1, 0) == Approx(13.5 + 0.25 * 20).epsilon(1e-14));
  CHECK(a.intermediate(1, 1) == Approx(0.75 * 20).epsilon(1e-14));
  CHECK(a.primary(0, 0) == Approx(12 + 0.25 * 50).epsilon(1e-14));
}

TEST_CASE("under either technology rows and columns balance, and regions buy, earn and pay the same") {
  const Accounts by_industry = little_accounts(), by_product = little_accounts("industry_technology");
  for (const Accounts* a : {&by_industry, &by_product})
    for (std::size_t i = 0; i < a->cells.size(); ++i) {
      CHECK(uses(*a, i) == Approx(a->output(0, i)).epsilon(1e-14));
      CHECK(costs(*a, i) == Approx(a->output(0, i)).epsilon(1e-14));
    }
  CHECK(sum_of(by_industry.intermediate.values()) == Approx(sum_of(by_product.intermediate.values())).epsilon(1e-14));
  CHECK(sum_of(by_industry.final_use.values()) == Approx(sum_of(by_product.final_use.values())).epsilon(1e-14));
  CHECK(sum_of(by_industry.imports_final.values()) == sum_of(by_product.imports_final.values()));
  for (std::size_t p = 0; p < by_industry.primary_rows.size(); ++p)
    CHECK(sum_of(by_industry.primary.row(p)) == Approx(sum_of(by_product.primary.row(p))).epsilon(1e-14));
}

TEST_CASE("sectors carry the publisher's codes, abroad is an external region without distance") {
  const Accounts a = little_accounts();
  CHECK(a.sectors[0].code == "1");
  CHECK(a.sectors[1].name == "Trade");
  CHECK(a.regions.back().external);
  CHECK(a.distance(0, 1) == 100);
  CHECK(std::isnan(a.distance(0, a.regions.size() - 1)));
  CHECK(a.satellites.empty());
  CHECK(a.sources.size() == std::size(files));
}

TEST_CASE("a cell that makes, buys and sells nothing does not exist") {
  // Industry 1 of B makes nothing more: its product is made by industry 2 there, which takes over its costs.
  const LittleFolder folder;
  const auto put = [&](const char* name, const std::string& text) { std::ofstream(folder.path() / name) << text; };
  put("supply_make.csv", with("supply_make.csv", "C_1,I_1,B", "C_1,I_2,B"));
  put("primary_labour.csv", with("primary_labour.csv", "I_1,O_1,B", "I_2,O_1,B"));
  put("primary_land.csv", with("primary_land.csv", "I_1,B", "I_2,B"));
  put("stocks.csv", with("stocks.csv", "I_1,B", "I_2,B"));
  put("use_tax.csv", with("use_tax.csv", "I_1,B", "I_2,B"));
  std::string use = with("use_delivered.csv", "C_1,dom,I_1,B,23\nC_1,dom,I_2,B,23", "C_1,dom,I_2,B,46");
  for (const char* row : {"C_1,imp,I_1,B", "C_2,dom,I_1,B"}) use.replace(use.find(row) + 6, 5, row[4] == 'i' ? "p,I_2" : "m,I_2");
  put("use_delivered.csv", use);
  const Accounts a = supply_use_trade_reader.read(folder.path(), little_options()).accounts;
  CHECK(a.cells.size() == 3);
  CHECK(cell_index(a, 1, 0) == -1);
  CHECK(a.output(0, 2) == 89);
}

TEST_CASE("a folder that is not in order is refused with place, value and remedy") {
  using Catch::Contains;
  Exit exit = Exit::done;
  CHECK_THAT(complaint("stocks.csv", "", exit), Contains("stocks.csv") && Contains("no such file"));
  CHECK(exit == Exit::data);
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "C_1,dom,B,A", "C_1,dom,Bb,A"), exit),
             Contains("trade.csv:4:origin (3)") && Contains("`Bb`") && Contains("did you mean `B`"));
  CHECK(exit == Exit::data);
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "B,A,10", "B,A,-10"), exit), Contains("trade.csv:4:value (5)") && Contains("-10"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "B,A,10", "B,A,NaN"), exit), Contains("trade.csv:4:value (5)") && Contains("NaN"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "B,A,10", "B,A,"), exit), Contains("missing-value"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "C_1,dom,B,A,10", "C_1,dom,A,A,10"), exit),
             Contains("trade.csv:4") && Contains("row 2") && Contains("--duplicates"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "destination", "to"), exit), Contains("no column `destination`"));
  CHECK_THAT(complaint("trade.csv", "commodity,source,origin,destination,value\n", exit), Contains("no data rows"));
  CHECK(exit == Exit::data);
}

TEST_CASE("tables that do not belong together are refused, small gaps are a warning") {
  using Catch::Contains;
  Exit exit = Exit::done;
  CHECK_THAT(complaint("supply_make.csv", with("supply_make.csv", "I_1,A,80", "I_1,A,8000"), exit), Contains("off-balance"));
  CHECK(exit == Exit::data);
  const LittleFolder folder("stocks.csv", with("stocks.csv", "I_1,A,2", "I_1,A,2.1"));
  const Findings findings = supply_use_trade_reader.read(folder.path(), little_options()).findings;
  const auto warnings = std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.severity == Severity::warning; });
  CHECK(warnings == 1);
}

TEST_CASE("year, currency, scale and settings are asked for, never guessed") {
  using Catch::Contains;
  Exit exit = Exit::done;
  ImportOptions options = little_options();
  options.year = 0;
  CHECK_THAT(complaint("", "", exit, options), Contains("--year"));
  CHECK(exit == Exit::usage);
  options = little_options("industry_technologie");
  CHECK_THAT(complaint("", "", exit, options), Contains("did you mean `industry_technology`"));
}

TEST_CASE("a gzip file that ends early, is damaged or is none gives one plain message and no table") {
  using Catch::Contains;
  // gzip -n9 of "commodity,value\nC_1,1\n"
  constexpr unsigned char bytes[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0xce, 0xcf, 0xcd,
                                     0xcd, 0x4f, 0xc9, 0x2c, 0xa9, 0xd4, 0x29, 0x4b, 0xcc, 0x29, 0x4d, 0xe5, 0x72, 0x8e,
                                     0x37, 0xd4, 0x31, 0xe4, 0x02, 0x00, 0x59, 0x38, 0x8e, 0x56, 0x16, 0x00, 0x00, 0x00};
  const std::string packed(reinterpret_cast<const char*>(bytes), sizeof bytes);
  CHECK(inflate(packed, "t.csv.gz") == "commodity,value\nC_1,1\n");
  CHECK(inflate(packed + packed, "t.csv.gz").size() == 44);
  const auto said = [](const std::string& content) {
    try {
      return inflate(content, "t.csv.gz");
    } catch (const Error& error) {
      return to_line(error.findings().front());
    }
  };
  CHECK_THAT(said(packed.substr(0, packed.size() - 12)), Contains("ends early"));
  CHECK_THAT(said(""), Contains("ends early"));
  CHECK_THAT(said("commodity,value"), Contains("damaged"));
}
