// Shoven and Whalley (1984), Journal of Economic Literature 22, two goods, two factors, two households, CES everywhere: the
// same economy written as accounts. Expected values: textbook/SOURCE.md, recomputed to 16 digits.
//
// Four elasticities find their places. Regions Rich and Poor own capital and labour, the one factor of each. Where the
// elasticity is above one, what is chosen between are two origins of one product (theta = elasticity - 1): factor services F
// in manufacturing (2), goods G for the rich (1.5). Nonmanufacturing chooses between value added and materials (0.5). The
// poor's bundle U is a cell that chooses between its inputs (0.75), which M2 and N2 pass on to it.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "support.h"

using namespace kontor;

namespace {

/// Cost of a unit of a CES of labour and capital, and how much of each it takes.
struct Technology {
  double scale, labour_part, elasticity;
  double cost(double wage, double rent) const {
    const double s = elasticity;
    return std::pow(std::pow(labour_part, s) * std::pow(wage, 1 - s) + std::pow(1 - labour_part, s) * std::pow(rent, 1 - s), 1 / (1 - s)) /
           scale;
  }
  double labour_share() const {  // at equal factor prices
    const double l = std::pow(labour_part, elasticity), k = std::pow(1 - labour_part, elasticity);
    return l / (l + k);
  }
};

constexpr Technology manufacturing{1.5, 0.6, 2.0}, nonmanufacturing{2.0, 0.7, 0.5};

/// Part of a household's spending that goes to manufactures.
double manufactures_share(double part, double elasticity, double pm, double pn) {
  const double m = part * std::pow(pm, 1 - elasticity), n = (1 - part) * std::pow(pn, 1 - elasticity);
  return m / (m + n);
}

enum CellName { rich_f, poor_f, m, n, m2, n2, u };

/// Accounts in which both factors cost 1: 60 of labour and as much capital as clears its market at that price.
Accounts at_equal_prices(double& capital) {
  const double pm = manufacturing.cost(1, 1), pn = nonmanufacturing.cost(1, 1);
  const double rich_m = manufactures_share(0.5, 1.5, pm, pn), poor_m = manufactures_share(0.3, 0.75, pm, pn);
  const double km = 1 - manufacturing.labour_share(), kn = 1 - nonmanufacturing.labour_share();
  const double labour = 60.0;
  capital = labour * (poor_m * km + (1 - poor_m) * kn) / (1 - rich_m * km - (1 - rich_m) * kn);
  const double value_m = rich_m * capital + poor_m * labour, value_n = (1 - rich_m) * capital + (1 - poor_m) * labour;

  Accounts a;
  a.title = "Shoven and Whalley", a.year = 1984, a.currency = "USD";
  a.regions = {{"Rich", "Rich", "", false}, {"Poor", "Poor", "", false}};
  a.sectors = {{"F", "factor services", ""}, {"M", "manufactures", ""}, {"N", "other", ""}, {"M2", "", ""}, {"N2", "", ""}, {"U", "", ""}};
  a.cells = {{0, 0, 0}, {1, 0, 0}, {1, 1, 1}, {1, 2, 1}, {1, 3, 3}, {1, 4, 4}, {1, 5, 5}};  // N competes with M
  a.categories = {{"H", "households", FinalRole::household}};
  a.final_uses = {{0, 0}, {1, 0}};
  a.primary_rows = {{"L", "the region's factor", PrimaryRole::labour, true}};
  Matrix z(7, 7), y(7, 2), x(1, 7), v(1, 7);
  z(rich_f, m) = value_m * km, z(poor_f, m) = value_m * (1 - km), z(rich_f, n) = value_n * kn;
  z(m, m2) = z(m2, u) = poor_m * labour, z(n, n2) = z(n2, u) = (1 - poor_m) * labour;
  y(m, 0) = rich_m * capital, y(n, 0) = (1 - rich_m) * capital, y(u, 1) = labour;
  v(0, rich_f) = capital, v(0, poor_f) = value_m * (1 - km), v(0, n) = value_n * (1 - kn);
  for (std::size_t j = 0; j < 7; ++j) {
    x(0, j) = v(0, j);
    for (std::size_t i = 0; i < 7; ++i) x(0, j) += z(i, j);
  }
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.imports_intermediate = Matrix(0, 7), a.imports_final = Matrix(0, 2);
  return a;
}

}  // namespace

TEST_CASE("Shoven and Whalley: prices, outputs, factor use and consumption of all households to 1e-9") {
  NEEDS_SHARED_DATA();
  std::map<std::string, double> expected;
  const CsvTable table = read_csv((test::shared_folder() / "golden/textbook/cge-shoven-whalley/expected.csv").string());
  for (const CsvRow& row : table.rows) read_number(row.fields[1], expected[row.fields[0]]);
  REQUIRE(expected.size() == 15);

  double capital = 0.0;
  const Accounts accounts = at_equal_prices(capital);
  CalibrationOptions options;
  options.trade_elasticity = {1.0, 0.5, 1.0, 1.0, 1.0, 1.0};
  options.substitution_value_added = 0.5, options.substitution_inputs = 0.75;
  const Calibration base = calibrate(accounts, options);
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::zero;
  Economy economy = baseline_economy(base, closure);
  SolverOptions tight;
  tight.tolerance = 1e-12;
  CHECK(solve_equilibrium(economy, {}, tight).flows.log_wage[0] == Approx(0.0).margin(1e-10));  // equal prices are its own equilibrium
  economy.labour[0] = 25.0 / capital;
  const Equilibrium found = solve_equilibrium(economy, {}, tight);
  REQUIRE(found.solved());

  const Flows& f = found.flows;
  const double wage = f.log_wage[1];
  const auto price = [&](std::size_t cell) { return std::exp(f.log_cost[cell] - wage); };
  const double pm = manufacturing.cost(1, 1), pn = nonmanufacturing.cost(1, 1);
  const auto near = [](double value) { return Approx(value).epsilon(1e-9); };
  CHECK(std::exp(f.log_wage[0] - wage) == near(expected["price_capital"]));
  CHECK(pm * price(m) == near(expected["price_manufacturing"]));
  CHECK(pn * price(n) == near(expected["price_nonmanufacturing"]));
  CHECK(f.output[m] / std::exp(f.log_cost[m]) / pm == near(expected["output_manufacturing"]));
  CHECK(f.output[n] / std::exp(f.log_cost[n]) / pn == near(expected["output_nonmanufacturing"]));
  CHECK(f.labour_pay[n] / std::exp(wage) == near(expected["labour_nonmanufacturing"]));
  CHECK(f.labour_pay[poor_f] / std::exp(wage) == near(expected["labour_manufacturing"]));
  CHECK(25.0 - (f.output[n] - f.labour_pay[n]) / std::exp(f.log_wage[0]) == near(expected["capital_manufacturing"]));
  CHECK((f.output[n] - f.labour_pay[n]) / std::exp(f.log_wage[0]) == near(expected["capital_nonmanufacturing"]));
  CHECK(f.output[m2] / std::exp(f.log_cost[m2]) / pm == near(expected["consumption_poor_manufacturing"]));
  CHECK(f.output[n2] / std::exp(f.log_cost[n2]) / pn == near(expected["consumption_poor_nonmanufacturing"]));
  const auto bought_by_rich = [&](std::size_t cell) { return f.sales(static_cast<std::size_t>(base.row_of_cell[cell]), 0); };
  CHECK(bought_by_rich(m) / std::exp(f.log_cost[m]) / pm == near(expected["consumption_rich_manufacturing"]));
  CHECK(bought_by_rich(n) / std::exp(f.log_cost[n]) / pn == near(expected["consumption_rich_nonmanufacturing"]));
}
