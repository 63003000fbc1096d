// Caliendo and Parro (2015), "Estimates of the Trade and Welfare Effects of NAFTA", Review of Economic Studies 82(1): 31
// regions x 40 sectors, tariffs of 1993 against those of 2005 among Canada, Mexico and the United States. Baseline and
// counterfactual are both solved. Source of data and expected values: SOURCE.md and README.md beside the files.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "kontor/read/reader.h"
#include "support.h"

using namespace kontor;

namespace {

double number(const CsvTable& table, const CsvRow& row, const char* column) {
  double value = std::nan("");
  read_number(table.field(row, required_column(table, column)), value);
  return value;
}

std::string text(const CsvTable& table, const CsvRow& row, const char* column) { return table.field(row, required_column(table, column)); }

CsvTable golden(const std::string& name) { return read_csv((test::shared_folder() / "golden" / "cp2015-nafta" / name).string()); }

/// The accounts, and both solved economies.
struct Nafta {
  Accounts accounts;
  Calibration base;
  Equilibrium before, after;

  std::size_t region(const std::string& name) const {
    return static_cast<std::size_t>(base.region_number[static_cast<std::size_t>(region_index(accounts, name))]);
  }
  std::size_t cell(const std::string& region, const std::string& sector) const {
    return static_cast<std::size_t>(cell_index(accounts, region_index(accounts, region), sector_index(accounts, sector)));
  }
};

std::vector<Shock> tariffs_of_2005(const Accounts& accounts) {
  const CsvTable trade = read_csv((test::shared_folder() / "data" / "cp2015-nafta" / "trade.csv").string());
  const auto member = [](const std::string& name) { return name == "Canada" || name == "Mexico" || name == "USA"; };
  std::vector<Shock> shocks;
  for (const CsvRow& row : trade.rows) {
    const std::string from = text(trade, row, "exporter"), to = text(trade, row, "importer");
    if (from == to || !member(from) || !member(to)) continue;
    const TariffRate rate{region_index(accounts, from), region_index(accounts, to), sector_index(accounts, text(trade, row, "sector")),
                          number(trade, row, "tariff_2005")};
    shocks.push_back({rate, "NAFTA", 2005, Step::stated, false, "", false});
  }
  return shocks;
}

const Accounts& accounts_of_1993() {
  static const Accounts accounts = [] {
    ImportOptions options;
    options.year = 1993, options.currency = "USD", options.scale = 1.0, options.allow_negative = true;
    options.settings["tariff"] = "tariff_1993";
    return find_reader("trade_model").read(test::shared_folder() / "data" / "cp2015-nafta", options).accounts;
  }();
  return accounts;
}

Nafta nafta(ImbalanceRule imbalance) {
  Nafta n;
  n.accounts = accounts_of_1993();
  CalibrationOptions options;
  options.trade_elasticity.assign(n.accounts.sectors.size(), 0.0);
  for (const TradeElasticity& e : n.accounts.trade_elasticities) options.trade_elasticity[static_cast<std::size_t>(e.sector)] = e.value;
  n.base = calibrate(n.accounts, options);
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = imbalance;
  const Economy baseline = baseline_economy(n.base, closure);
  const EquilibriumSolver solver(baseline);
  SolverOptions tight;
  tight.tolerance = 1e-13;  // the golden files were solved to this
  tight.largest_steps = 120;
  n.before = solver.solve(baseline, {}, tight);
  const std::vector<Shock> shocks = tariffs_of_2005(n.accounts);
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  n.after = solver.solve(economy_with(baseline, all, not_counted), n.before.state, tight);
  return n;
}

double ratio(const std::vector<double>& after, const std::vector<double>& before, std::size_t i) { return std::exp(after[i] - before[i]); }

}  // namespace

static constexpr double printed = 1e-9;  // relative: what the golden files' own residual of 1e-13 leaves of 16 digits

static void check_regions(const Nafta& n, const std::string& file) {
  const CsvTable table = golden(file);
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
  const CsvTable table = golden(file);
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
  const CsvTable table = golden(file);
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

  const CsvTable welfare = golden("published_table2_welfare.csv");  // real wage: two decimals
  for (const CsvRow& row : welfare.rows) {
    const std::size_t r = n.region(text(welfare, row, "region"));
    const double real =
        ratio(n.after.flows.log_wage, n.before.flows.log_wage, r) / ratio(n.after.flows.log_index, n.before.flows.log_index, r);
    CHECK(100 * (real - 1) == Approx(number(welfare, row, "real_wage_pct")).margin(0.005));
  }
  const auto trade = bilateral(n);
  const CsvTable growth = golden("published_table5_import_growth.csv");  // two decimals
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
