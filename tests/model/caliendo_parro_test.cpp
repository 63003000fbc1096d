// Caliendo and Parro (2015), "Estimates of the Trade and Welfare Effects of NAFTA", Review of Economic Studies 82(1): 31
// regions x 40 sectors, tariffs of 1993 against those of 2005 among Canada, Mexico and the United States. Baseline and
// counterfactual are both solved. Source of data and expected values: SOURCE.md and README.md beside the files.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "nafta.h"

using namespace kontor;
using namespace kontor::test;

static constexpr double printed = 1e-9;  // relative: what the golden files' own residual of 1e-13 leaves of 16 digits

static void check_regions(const Nafta& n, const std::string& file) {
  const CsvTable table = golden_nafta(file);
  REQUIRE(table.rows.size() == 31);
  for (const CsvRow& row : table.rows) {
    const std::size_t r = n.region(text(table, row, "region"));
    INFO(text(table, row, "region"));
    const Flows &a = n.after.flows, &b = n.before.flows;
    const double wage = ratio(a.log_wage, b.log_wage, r), prices = ratio(a.log_index, b.log_index, r);
    CHECK(wage == Approx(number(table, row, "w_hat")).epsilon(printed));
    CHECK(prices == Approx(number(table, row, "P_hat")).epsilon(printed));
    CHECK(b.spending[r] == Approx(number(table, row, "income_base")).epsilon(printed));
    CHECK(a.spending[r] == Approx(number(table, row, "income_cfl")).epsilon(printed));
    // A percentage is a difference of hats: what is relative to a hat is absolute here.
    CHECK(100 * (wage / prices - 1) == Approx(number(table, row, "real_wage_pct")).margin(100 * printed));
    CHECK(100 * (a.spending[r] / b.spending[r] / prices - 1) == Approx(number(table, row, "real_income_pct")).margin(100 * printed));
  }
}

static void check_cells(const Nafta& n, const std::string& file) {
  const CsvTable table = golden_nafta(file);
  REQUIRE(table.rows.size() == 1240);
  for (const CsvRow& row : table.rows) {
    const std::size_t j = n.cell(text(table, row, "region"), text(table, row, "sector"));
    INFO(text(table, row, "region") << ' ' << text(table, row, "sector"));
    // Markets are solved to the region's scale: the smallest cells have fewer digits of their own.
    const double scale = 1e-13 * n.before.flows.spending[n.region(text(table, row, "region"))];
    CHECK(n.before.flows.output[j] == Approx(number(table, row, "output_base")).epsilon(printed).margin(scale));
    CHECK(n.after.flows.output[j] == Approx(number(table, row, "output_cfl")).epsilon(printed).margin(scale));
    CHECK(ratio(n.after.flows.log_cost, n.before.flows.log_cost, j) == Approx(number(table, row, "c_hat")).epsilon(printed));
  }
}

// importer and exporter to trade before and after, all sectors, net of tariffs.
static std::map<std::pair<std::string, std::string>, std::pair<double, double>> bilateral(const Nafta& n) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> trade;
  for (std::size_t q = 0; q < n.base.cell_of.size(); ++q)
    for (std::size_t r = 0; r < n.base.regions.size(); ++r) {
      const int from = n.accounts.cells[static_cast<std::size_t>(n.base.cell_of[q])].region;
      auto& pair = trade[{n.accounts.regions[static_cast<std::size_t>(n.base.regions[r])].code,
                          n.accounts.regions[static_cast<std::size_t>(from)].code}];
      pair.first += n.before.flows.sales(q, r), pair.second += n.after.flows.sales(q, r);
    }
  return trade;
}

static void check_bilateral(const Nafta& n, const std::string& file) {
  const auto trade = bilateral(n);
  const CsvTable table = golden_nafta(file);
  REQUIRE(table.rows.size() >= 31 * 30);
  for (const CsvRow& row : table.rows) {
    const auto& [before, after] = trade.at({text(table, row, "importer"), text(table, row, "exporter")});
    INFO(text(table, row, "importer") << " from " << text(table, row, "exporter"));
    CHECK(before == Approx(number(table, row, "trade_base")).epsilon(printed));
    CHECK(after == Approx(number(table, row, "trade_cfl")).epsilon(printed));
  }
}

TEST_CASE("NAFTA without imbalances: wages, prices, incomes, cells and trade to 1e-9, and the printed tables") {
  NEEDS_SHARED_DATA();
  const Nafta n = nafta(ImbalanceRule::zero);
  REQUIRE(n.before.solved());
  REQUIRE(n.after.solved());
  check_regions(n, "computed_nafta_zero_deficit_regions.csv");
  check_cells(n, "computed_nafta_zero_deficit_region_sector.csv");
  check_bilateral(n, "computed_nafta_zero_deficit_bilateral.csv");

  const CsvTable welfare = golden_nafta("published_table2_welfare.csv");  // real wage: two decimals
  for (const CsvRow& row : welfare.rows) {
    const std::size_t r = n.region(text(welfare, row, "region"));
    const double real =
        ratio(n.after.flows.log_wage, n.before.flows.log_wage, r) / ratio(n.after.flows.log_index, n.before.flows.log_index, r);
    CHECK(100 * (real - 1) == Approx(number(welfare, row, "real_wage_pct")).margin(0.005));
  }
  const auto trade = bilateral(n);
  const CsvTable growth = golden_nafta("published_table5_import_growth.csv");  // two decimals
  for (const CsvRow& row : growth.rows) {
    const auto& [before, after] = trade.at({text(growth, row, "importer"), text(growth, row, "exporter")});
    CHECK(100 * (after / before - 1) == Approx(number(growth, row, "growth_pct")).margin(0.005 + 1e-9));
  }
}

TEST_CASE("NAFTA with imbalances fixed in money: wages, prices, incomes, cells and trade to 1e-9") {
  NEEDS_SHARED_DATA();
  const Nafta n = nafta(ImbalanceRule::fixed);
  REQUIRE(n.before.solved());
  REQUIRE(n.after.solved());
  check_regions(n, "computed_nafta_with_deficit_regions.csv");
  check_cells(n, "computed_nafta_with_deficit_region_sector.csv");
  check_bilateral(n, "computed_nafta_with_deficit_bilateral.csv");
}
