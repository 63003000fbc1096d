// A world of two regions and two sectors that one can redo on paper, and the data of Caliendo and Parro (2015).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/readers.h"
#include "support.h"

using namespace kontor;
using Catch::Contains;

namespace {

struct File {
  const char* name;
  const char* text;
};

// A sells goods for 60 at home and 40 to B, which adds 25 % of tariff; B sells 80 at home and 20 to A, free of
// tariff. Services stay at home. A spends 80 on goods (60 + 20), B 130 (80 + 40 + 10 of tariff).
constexpr File files[] = {
    {"regions.csv", "region\nA\nB\n"},
    {"sectors.csv", "sector,theta,standard_error\ngoods,4,0.5\nservices,5,\n"},
    {"value_added.csv", "region,sector,value\nA,goods,70\nA,services,40\nB,goods,35\nB,services,50\n"},
    {"intermediate_use.csv",
     "region,input,sector,value\nA,goods,goods,20\nA,goods,services,10\nA,services,goods,10\nB,goods,goods,65\nB,services,services,10\n"},
    {"final_demand.csv", "region,sector,value\nA,goods,50\nA,services,40\nB,goods,65\nB,services,50\n"},
    {"trade.csv",
     "sector,exporter,importer,value,tariff_old,tariff_new\ngoods,A,A,60,0,0\ngoods,A,B,40,0.25,0.1\ngoods,B,A,20,0,0\ngoods,B,B,80,0,0\n"
     "services,A,A,50,0,0\nservices,B,B,60,0,0\n"},
    {"deficit.csv", "region,deficit\nA,-20\nB,20\n"},
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

ImportOptions little_options(const std::string& tariff = "tariff_old") {
  ImportOptions options;
  options.year = 2020;
  options.currency = "EUR";
  options.scale = 1e6;
  if (!tariff.empty()) options.settings["tariff"] = tariff;
  return options;
}

Imported little_import(const ImportOptions& options = little_options(), const std::string& file = "", const std::string& text = "") {
  const LittleFolder folder(file, text);
  return trade_model_reader.read(folder.path(), options);
}

std::string with(const std::string& file, const std::string& old, const std::string& now) {
  for (const File& f : files) {
    if (file != f.name) continue;
    std::string text = f.text;
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), now);
  }
  FAIL("no file " + file);
  return "";
}

std::string lines(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += to_line(finding) + '\n';
  return text;
}

/// What the reader says about a folder with one changed file; the exit code must be `expected`.
std::string complaint(const std::string& file, const std::string& text, Exit expected = Exit::data,
                      const ImportOptions& options = little_options()) {
  try {
    little_import(options, file, text);
  } catch (const Error& error) {
    CHECK(error.exit() == expected);
    return lines(error.findings());
  }
  return "nothing";
}

/// Share of region n's spending on p by origin, purchaser prices, from the accounts alone.
std::vector<double> shares(const Accounts& a, int n, int p) {
  std::vector<double> spent(a.regions.size(), 0.0);
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    if (a.cells[i].sector != p) continue;
    double rate = 0;
    for (const BorderCost& b : a.border_costs)
      if (b.sector == p && b.exporter == a.cells[i].region && b.importer == n) rate = b.tariff;
    Sum bought;
    for (const int j : cells_of(a, n)) bought.add(a.intermediate(i, static_cast<std::size_t>(j)));
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (a.final_uses[f].region == n && a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy)
        bought.add(a.final_use(i, f));
    spent[static_cast<std::size_t>(a.cells[i].region)] = bought.value() * (1 + rate);
  }
  const double total = sum_of(spent);
  for (double& s : spent) s /= total;
  return spent;
}

}  // namespace

TEST_CASE("a little trade model becomes accounts whose buyers share the origins of a product") {
  const Imported imported = little_import();
  const Accounts& a = imported.accounts;
  CHECK(a.kind == AccountsKind::trade_model);
  CHECK(a.gross_output == "column_sums");
  REQUIRE(a.cells.size() == 4);  // A.goods, A.services, B.goods, B.services
  // A buys a quarter of its goods from B: of 20 for goods 15 and 5, of 10 for services 7.5 and 2.5, of 50 at last 37.5 and 12.5.
  CHECK(a.intermediate(0, 0) == 15);
  CHECK(a.intermediate(2, 0) == 5);
  CHECK(a.intermediate(2, 1) == 2.5);
  CHECK(a.final_use(2, 0) == 12.5);
  // B spends 50 of 130 on goods of A, of which a fifth is tariff: of 65 for goods 25, net 20.
  CHECK(a.intermediate(0, 2) == Approx(20).epsilon(1e-15));
  CHECK(a.intermediate(2, 2) == Approx(40).epsilon(1e-15));
  CHECK(a.final_use(0, 1) == Approx(20).epsilon(1e-15));
  CHECK(a.primary(1, 2) == Approx(5).epsilon(1e-15));
  CHECK(a.primary_final(1, 1) == Approx(5).epsilon(1e-15));
  CHECK(a.primary(1, 0) == 0);
  const double expected_output[] = {100, 50, 100, 60};
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK(a.output(0, j) == expected_output[j]);
    CHECK(value_added(a, static_cast<int>(j)) == a.primary(0, j));
  }
  CHECK(a.primary_rows[0].role == PrimaryRole::labour);
  CHECK(a.primary_rows[1].role == PrimaryRole::tax);
  CHECK_FALSE(a.primary_rows[1].value_added);
  CHECK_FALSE(has_errors(check_accounts(a, "a")));
  CHECK(balance_gaps(a).column <= 1e-13);
}

TEST_CASE("tariffs, elasticities and imbalances of a trade model stand beside its flows") {
  const Accounts a = little_import().accounts;
  REQUIRE(a.border_costs.size() == 2);  // known to be free is known; within a region there is no border
  CHECK(a.border_costs[0].tariff == 0.25);
  CHECK((a.border_costs[0].exporter == 0 && a.border_costs[0].importer == 1));
  CHECK(a.border_costs[1].tariff == 0);
  CHECK(std::isnan(a.border_costs[0].ntm_ave));
  REQUIRE(a.trade_elasticities.size() == 2);
  CHECK(a.trade_elasticities[0].value == 4);
  CHECK(a.trade_elasticities[0].standard_error == 0.5);
  CHECK(std::isnan(a.trade_elasticities[1].standard_error));
  CHECK(a.trade_elasticities[1].source == "theta of the source's sectors.csv");
  CHECK(a.imbalances == std::vector<double>{-20, 20});
  CHECK(little_import(little_options(), "deficit.csv", "").accounts.imbalances == std::vector<double>{-20, 20});

  ImportOptions cited = little_options("tariff_new");
  cited.settings["citation"] = "A. Author (2020)";
  const Accounts other = little_import(cited).accounts;
  CHECK(other.border_costs[0].tariff == 0.1);
  CHECK(other.trade_elasticities[0].source == "A. Author (2020)");
  cited.settings["elasticities"] = "B. Author (2010), table 1";
  CHECK(little_import(cited).accounts.trade_elasticities[0].source == "B. Author (2010), table 1");
}

TEST_CASE("trade without tariffs is trade free of them, and the accounts hold no rates") {
  const Accounts a =
      little_import(little_options(""), "trade.csv",
                    "sector,exporter,importer,value\ngoods,A,A,60\ngoods,A,B,40\ngoods,B,A,20\ngoods,B,B,80\nservices,A,A,50\n"
                    "services,B,B,60\n")
          .accounts;
  CHECK(a.border_costs.empty());
  CHECK(a.primary(1, 2) == 0);
  CHECK(shares(a, 1, 0)[0] == Approx(1.0 / 3).epsilon(1e-15));
}

TEST_CASE("what negative demand set to zero leaves open is kept as a gap, with a note and no error") {
  const Imported imported = little_import(little_options(), "final_demand.csv", with("final_demand.csv", "A,goods,50", "A,goods,58"));
  const Accounts& a = imported.accounts;
  // Eight more at A's shares: 6 from A, 2 from B, more than they make.
  REQUIRE(a.final_uses.size() == 4);
  CHECK(a.categories.back().role == FinalRole::discrepancy);
  CHECK(a.final_use(0, 2) == Approx(-6).epsilon(1e-14));
  CHECK(a.final_use(2, 3) == Approx(-2).epsilon(1e-14));
  CHECK(shares(a, 0, 0)[1] == 0.25);
  CHECK_FALSE(has_errors(imported.findings));
  CHECK_THAT(lines(imported.findings), Contains("note[output-gap]"));
  CHECK_THAT(lines(check_accounts(a, "a")), Contains("note[trade-model] a: output differs from recorded uses by -6 to 0 a cell"));
  const test::TemporaryFolder folder;
  write_accounts(a, folder / "out");
  const Accounts again = read_accounts(folder / "out");
  CHECK(again.kind == AccountsKind::trade_model);
  CHECK(again.trade_elasticities.size() == 2);
  CHECK(again.imbalances == a.imbalances);
  CHECK(again.primary_final(1, 1) == a.primary_final(1, 1));
}

TEST_CASE("a trade model that is not in order is refused with place, value and remedy") {
  for (const File& file : files)
    if (std::string(file.name) != "deficit.csv") CHECK_THAT(complaint(file.name, ""), Contains(file.name) && Contains("no such file"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "goods,A,B", "goods,A,b")),
             Contains("trade.csv:3:importer (3)") && Contains("`b`") && Contains("did you mean `B`"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "goods,B,A", "goods,A,A")), Contains("trade.csv:4") && Contains("row 2"));
  CHECK_THAT(complaint("value_added.csv", with("value_added.csv", "B,goods", "A,goods")),
             Contains("value_added.csv:4") && Contains("row 2"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "A,B,40", "A,B,-40")), Contains("trade.csv:3:value (4)") && Contains("-40"));
  for (const char* rate : {"-1", "-1.5"})
    CHECK_THAT(complaint("trade.csv", with("trade.csv", "0.25", rate)), Contains("trade.csv:3:tariff_old (5)") && Contains("above -1"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "A,A,60,0", "A,A,60,0.2")),
             Contains("trade.csv:2:tariff_old (5)") && Contains("at a border"));
  CHECK_THAT(complaint("trade.csv", with("trade.csv", "40,0.25", "40,")),
             Contains("trade.csv:3:tariff_old (5)") && Contains("missing-value"));
  for (const char* theta : {"0", "-4"})
    CHECK_THAT(complaint("sectors.csv", with("sectors.csv", "goods,4", std::string("goods,") + theta)),
               Contains("sectors.csv:2:theta (2)") && Contains("above 0"));
  CHECK_THAT(complaint("sectors.csv", with("sectors.csv", "goods,4", "goods,")),
             Contains("sectors.csv:2:theta (2)") && Contains("missing-value"));
  CHECK_THAT(complaint("sectors.csv", "sector\ngoods\nservices\n"), Contains("no column `theta`"));
  CHECK_THAT(complaint("sectors.csv", "sector,theta\ngoods,4\ngoods,5\n"), Contains("stands twice"));
  CHECK_THAT(complaint("deficit.csv", "region,deficit\nA,-20\n"), Contains("no deficit of `B`"));
  CHECK_THAT(complaint("final_demand.csv", with("final_demand.csv", "A,goods,50", "A,goods,n/a")),
             Contains("final_demand.csv:2:value (3)"));
}

TEST_CASE("files of a trade model that do not belong together are told apart from rounding") {
  CHECK_THAT(complaint("value_added.csv", with("value_added.csv", "A,goods,70", "A,goods,75")),
             Contains("`A.goods`") && Contains("sales 100"));
  const std::string near =
      lines(little_import(little_options(), "value_added.csv", with("value_added.csv", "A,goods,70", "A,goods,70.01")).findings);
  CHECK_THAT(near, Contains("warning[off-balance]") && Contains("a gap of 0.0001"));
  CHECK(lines(little_import(little_options(), "value_added.csv", with("value_added.csv", "A,goods,70", "A,goods,70.00001")).findings)
            .find("off-balance") == std::string::npos);
  CHECK_THAT(lines(little_import(little_options(), "deficit.csv", "region,deficit\nA,20\nB,-20\n").findings),
             Contains("warning[deficit]") && Contains("imports less exports are -20"));
  // B buys services that nobody uses; A uses goods that nobody sells.
  const Imported unused =
      little_import(little_options(), "final_demand.csv", "region,sector,value\nA,goods,50\nA,services,40\nB,goods,65\n");
  CHECK_FALSE(lines(unused.findings).find("no-use") != std::string::npos);  // B.services still uses them
  CHECK_THAT(complaint("trade.csv",
                       "sector,exporter,importer,value,tariff\ngoods,A,B,100,0.25\ngoods,B,B,100,0\nservices,A,A,50,0\nservices,B,B,60,0\n",
                       Exit::data, little_options("")),
             Contains("`A.goods`") && Contains("no seller"));
}

TEST_CASE("a product that is bought and not used loses its origins, with a warning") {
  const LittleFolder folder("final_demand.csv", "region,sector,value\nA,goods,50\nA,services,40\nB,goods,65\n");
  std::ofstream(folder.path() / "intermediate_use.csv")
      << "region,input,sector,value\nA,goods,goods,20\nA,goods,services,10\nA,services,goods,10\nB,goods,goods,65\n";
  std::ofstream(folder.path() / "value_added.csv") << "region,sector,value\nA,goods,70\nA,services,40\nB,goods,35\nB,services,60\n";
  CHECK_THAT(lines(trade_model_reader.read(folder.path(), little_options()).findings),
             Contains("warning[no-use]") && Contains("`B.services`") && Contains("buys 60"));
}

TEST_CASE("what the files of a trade model do not say is asked for") {
  CHECK_THAT(complaint("", "", Exit::usage, little_options("")), Contains("--with tariff") && Contains("tariff_old, tariff_new"));
  CHECK_THAT(complaint("", "", Exit::usage, little_options("tariff_odl")), Contains("did you mean `tariff_old`"));
  for (const auto& [option, forget] : std::initializer_list<std::pair<const char*, void (*)(ImportOptions&)>>{
           {"--year", [](ImportOptions& o) { o.year = 0; }},
           {"--currency", [](ImportOptions& o) { o.currency.clear(); }},
           {"--scale", [](ImportOptions& o) { o.scale = 0; }},
           {"--gross-output", [](ImportOptions& o) { o.gross_output = GrossOutput::row_sums, o.gross_output_chosen = true; }}}) {
    ImportOptions options = little_options();
    forget(options);
    CHECK_THAT(complaint("", "", Exit::usage, options), Contains(option));
  }
  CHECK_THROWS_AS(trade_model_reader.read("/nowhere", little_options()), Error);
}

TEST_CASE("the data of Caliendo and Parro keep their trade shares to 1e-12, their factor income and their deficits") {
  NEEDS_SHARED_DATA();
  const std::filesystem::path folder = test::shared_folder() / "data/cp2015-nafta";
  ImportOptions options = little_options("tariff_1993");
  options.year = 1993, options.currency = "USD", options.scale = 1;
  options.allow_negative = true;  // what Basic metals of Canada uses of Other is below zero in the source
  const Imported imported = trade_model_reader.read(folder, options);
  const Accounts& a = imported.accounts;
  CHECK(lines(imported.findings).find("warning") == std::string::npos);  // outputs agree to 4e-7, deficits to the last digit
  CHECK_FALSE(has_errors(check_accounts(a, "a")));
  REQUIRE(a.cells.size() == std::size_t{31} * 40);

  const CsvTable trade = read_csv((folder / "trade.csv").string());
  const std::size_t regions = a.regions.size();
  std::vector<double> paid(regions * regions * a.sectors.size(), 0.0);
  std::vector<double> rate(paid.size(), 0.0);
  const auto at = [&](int p, int n, int i) {
    return (static_cast<std::size_t>(p) * regions + static_cast<std::size_t>(n)) * regions + static_cast<std::size_t>(i);
  };
  for (const CsvRow& row : trade.rows) {
    double value = 0, tariff = 0;
    read_number(row.fields[3], value);
    read_number(row.fields[4], tariff);
    const std::size_t k = at(sector_index(a, row.fields[0]), region_index(a, row.fields[2]), region_index(a, row.fields[1]));
    paid[k] = value * (1 + tariff), rate[k] = tariff;
  }
  std::vector<double> kept(paid.size(), 0.0);
  for (const BorderCost& b : a.border_costs) REQUIRE(rate[at(b.sector, b.importer, b.exporter)] == b.tariff);
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    for (std::size_t j = 0; j < a.cells.size(); ++j)
      kept[at(a.cells[i].sector, a.cells[j].region, a.cells[i].region)] += a.intermediate(i, j);
    for (std::size_t f = 0; f < regions; ++f) kept[at(a.cells[i].sector, static_cast<int>(f), a.cells[i].region)] += a.final_use(i, f);
  }
  double largest = 0;
  for (std::size_t k = 0; k < paid.size(); k += regions) {
    double spent = 0, of_accounts = 0;
    for (std::size_t i = k; i < k + regions; ++i) spent += paid[i], of_accounts += kept[i] * (1 + rate[i]);
    for (std::size_t i = k; i < k + regions; ++i)
      largest = std::max(largest, std::fabs(paid[i] / spent - kept[i] * (1 + rate[i]) / of_accounts));
  }
  CHECK(largest <= 1e-12);

  const CsvTable added = read_csv((folder / "value_added.csv").string());
  Sum expected, found;
  for (const CsvRow& row : added.rows) {
    double value = 0;
    read_number(row.fields[2], value);
    expected.add(value);
  }
  for (std::size_t j = 0; j < a.cells.size(); ++j) found.add(value_added(a, static_cast<int>(j)));
  CHECK(found.value() == expected.value());
  CHECK(a.imbalances[static_cast<std::size_t>(region_index(a, "Argentina"))] == 3513903930);
  CHECK(a.trade_elasticities[static_cast<std::size_t>(sector_index(a, "Petroleum"))].value == 64.85);
}
