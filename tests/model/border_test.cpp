// One sector, 69 countries: trade without borders. Yotov, Piermartini, Monteiro, Larch (2016), "An Advanced Guide to Trade
// Policy Analysis", chapter 2, application 1. Data and expected values: SOURCE.md and README.md beside the files.
#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <map>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "support.h"

using namespace kontor;

namespace {

double number(const CsvTable& table, const CsvRow& row, const char* column) {
  double value = std::nan("");
  read_number(table.field(row, required_column(table, column)), value);
  return value;
}

std::string text(const CsvTable& table, const CsvRow& row, const char* column) { return table.field(row, required_column(table, column)); }

using Coefficients = std::array<double, 3>;

struct Gravity {
  std::vector<std::string> countries;
  Matrix trade;                     // exporters x importers
  std::array<Matrix, 3> regressor;  // ln distance, contiguity, border
};

Gravity read_gravity() {
  const CsvTable table = read_csv((test::shared_folder() / "data/tradepolicy-ch2-border/trade_2006.csv").string());
  std::map<std::string, std::size_t> at;
  for (const CsvRow& row : table.rows) at[text(table, row, "exporter")] = 0;
  Gravity g;
  for (auto& [name, place] : at) place = g.countries.size(), g.countries.push_back(name);
  const std::size_t n = at.size();
  g.trade = Matrix(n, n);
  for (Matrix& x : g.regressor) x = Matrix(n, n);
  for (const CsvRow& row : table.rows) {
    const std::size_t i = at[text(table, row, "exporter")], j = at[text(table, row, "importer")];
    g.trade(i, j) = number(table, row, "trade");
    g.regressor[0](i, j) = std::log(number(table, row, "DIST"));
    g.regressor[1](i, j) = number(table, row, "CNTG");
    g.regressor[2](i, j) = i == j ? 0.0 : 1.0;
  }
  return g;
}

double row_sum(const Matrix& m, std::size_t i) {
  double sum = 0.0;
  for (std::size_t j = 0; j < m.columns; ++j) sum += m(i, j);
  return sum;
}

double column_sum(const Matrix& m, std::size_t j) {
  double sum = 0.0;
  for (std::size_t i = 0; i < m.rows; ++i) sum += m(i, j);
  return sum;
}

/// exp(regressors) scaled to the observed totals: what Poisson's first-order conditions ask of the exporters' and importers' effects.
Matrix fitted(const Gravity& g, const Coefficients& b) {
  const std::size_t n = g.countries.size();
  Matrix flows(n, n);
  std::vector<double> to(n, 1.0), from(n, 1.0);
  for (std::size_t k = 0; k < n * n; ++k)
    flows.values[k] = std::exp(b[0] * g.regressor[0].values[k] + b[1] * g.regressor[1].values[k] + b[2] * g.regressor[2].values[k]);
  const Matrix shape = flows;
  std::vector<double> supply(n), use(n);
  for (std::size_t i = 0; i < n; ++i) supply[i] = row_sum(g.trade, i), use[i] = column_sum(g.trade, i);
  for (double change = 1.0; change > 1e-14;) {
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < n; ++j) sum += shape(i, j) * to[j];
      from[i] = supply[i] / sum;
    }
    change = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) sum += shape(i, j) * from[i];
      change = std::max(change, std::fabs(use[j] / sum / to[j] - 1.0));
      to[j] = use[j] / sum;
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) flows(i, j) = shape(i, j) * from[i] * to[j];
  return flows;
}

Coefficients score(const Gravity& g, const Coefficients& b) {
  const Matrix flows = fitted(g, b);
  Coefficients sum{};
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t k = 0; k < flows.values.size(); ++k) sum[c] += g.regressor[c].values[k] * (g.trade.values[k] - flows.values[k]);
  return sum;
}

/// Newton's method on the three scores, from the source's printed coefficients.
Coefficients poisson(const Gravity& g) {
  Coefficients b = {-0.7912879, 0.6736456, -2.47445};
  for (int step = 0; step < 3; ++step) {
    const Coefficients f = score(g, b);
    double j[3][4];
    for (std::size_t c = 0; c < 3; ++c) {
      Coefficients up = b, down = b;
      up[c] += 1e-5, down[c] -= 1e-5;
      const Coefficients high = score(g, up), low = score(g, down);
      for (std::size_t r = 0; r < 3; ++r) j[r][c] = (high[r] - low[r]) / 2e-5;
    }
    for (std::size_t r = 0; r < 3; ++r) j[r][3] = -f[r];
    for (std::size_t p = 0; p < 3; ++p)  // definite: no pivots needed
      for (std::size_t r = 0; r < 3; ++r) {
        if (r == p) continue;
        const double factor = j[r][p] / j[p][p];
        for (std::size_t c = p; c < 4; ++c) j[r][c] -= factor * j[p][c];
      }
    for (std::size_t c = 0; c < 3; ++c) b[c] += j[c][3] / j[c][c];
  }
  return b;
}

Accounts accounts_of(const Gravity& g, const Matrix& flows) {
  const std::size_t n = g.countries.size();
  Accounts a;
  a.title = "manufacturing trade 2006", a.year = 2006, a.currency = "USD";
  a.sectors = {{"G", "goods", ""}};
  a.categories = {{"H", "all users", FinalRole::household}};
  a.primary_rows = {{"L", "endowment", PrimaryRole::labour, true}};
  for (std::size_t i = 0; i < n; ++i) {
    a.regions.push_back({g.countries[i], g.countries[i], "", false});
    a.cells.push_back({static_cast<int>(i), 0, 0}), a.final_uses.push_back({static_cast<int>(i), 0});
  }
  Matrix x(1, n);
  for (std::size_t i = 0; i < n; ++i) x(0, i) = row_sum(flows, i);
  Matrix v = x, y = flows;
  a.intermediate = Matrix(n, n), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  a.imports_intermediate = Matrix(0, n), a.imports_final = Matrix(0, n);
  return a;
}

constexpr double theta = 6.0;  // sigma 7

/// Trade without borders. Spending is `ratio` times output, all scaled so that the world spends what it earns: a rule that
/// the closure has no name for, entered as transfers beside the accounts' imbalances until they agree with it.
Equilibrium without_borders(const Calibration& base, const std::vector<double>& ratio, double border, double& scale) {
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::fixed;
  const Economy baseline = baseline_economy(base, closure);
  std::vector<Shock> shocks;
  const int n = static_cast<int>(ratio.size());
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      if (i != j) shocks.push_back({TradeCost{i, j, 0, std::exp(border / theta)}, "M", 2006, Step::stated, false, "", false});
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  Economy economy = economy_with(baseline, all, not_counted);
  CHECK(not_counted.empty());
  const EquilibriumSolver solver(baseline);
  SolverOptions tight;
  tight.tolerance = 1e-12;
  Equilibrium found = solver.solve(economy, {}, tight);
  for (int round = 0; round < 200 && found.solved(); ++round) {
    double earned = 0.0, spent = 0.0, change = 0.0;
    for (std::size_t r = 0; r < ratio.size(); ++r) earned += found.flows.output[r], spent += ratio[r] * found.flows.output[r];
    scale = earned / spent;
    for (std::size_t r = 0; r < ratio.size(); ++r) {
      const double transfer = (scale * ratio[r] - 1.0) * found.flows.output[r] - base.imbalance[r];
      change = std::max(change, std::fabs(transfer - economy.transfers[r]) / base.output[r]);
      economy.transfers[r] = transfer;
    }
    if (change < 1e-12) break;
    found = solver.solve(economy, found.state, tight);
  }
  return found;
}

}  // namespace

TEST_CASE("Trade without borders: 69 countries to 1e-9 of the exact solution, and to 2 % of the published one") {
  NEEDS_SHARED_DATA();
  const Gravity g = read_gravity();
  const Coefficients b = poisson(g);
  CHECK(b[0] == Approx(-0.7912879).margin(5e-8));
  CHECK(b[1] == Approx(0.6736456).margin(5e-8));
  CHECK(b[2] == Approx(-2.47445).margin(5e-6));
  const Matrix flows = fitted(g, b);
  const Accounts accounts = accounts_of(g, flows);
  CalibrationOptions options;
  options.trade_elasticity = {theta};
  const Calibration base = calibrate(accounts, options);
  const std::size_t n = g.countries.size();
  std::vector<double> ratio(n);
  for (std::size_t r = 0; r < n; ++r) ratio[r] = column_sum(g.trade, r) / row_sum(g.trade, r);
  double scale = 1.0;
  const Equilibrium found = without_borders(base, ratio, b[2], scale);
  REQUIRE(found.solved());
  const Flows& f = found.flows;
  const auto germany = static_cast<std::size_t>(region_index(accounts, "DEU"));
  const double unit = f.log_cost[germany];
  const auto exports = [&](std::size_t r) { return 100 * ((f.output[r] - f.sales(r, r)) / (base.output[r] - flows(r, r)) - 1); };
  const auto exports_at = [&](std::size_t r, double level) { return (1 + exports(r) / 100) * level; };

  const CsvTable exact = read_csv((test::shared_folder() / "golden/tradepolicy-ch2-border/computed_exact_hat.csv").string());
  REQUIRE(exact.rows.size() == n);
  for (const CsvRow& row : exact.rows) {
    const auto r = static_cast<std::size_t>(region_index(accounts, text(exact, row, "country")));
    INFO(text(exact, row, "country"));
    CHECK(std::exp(f.log_cost[r] - unit) == Approx(number(exact, row, "price_hat")).epsilon(1e-9));
    CHECK(std::exp(f.log_index[r] - unit) == Approx(number(exact, row, "IMR_hat")).epsilon(1e-9));
    CHECK(1 + number(exact, row, "rGDP_pct") / 100 == Approx(std::exp(f.log_cost[r] - f.log_index[r])).epsilon(1e-9));
    // The file's exports are before spending is scaled to what the world earns.
    CHECK(exports_at(r, std::exp(-unit) / scale) == Approx(1 + number(exact, row, "Xi_pct") / 100).epsilon(1e-9));
  }

  // Published with another unit of money, and from a loop that stops at 1 %.
  const CsvTable printed = read_csv((test::shared_folder() / "golden/tradepolicy-ch2-border/published_producer.csv").string());
  double level = std::nan("");
  for (const CsvRow& row : printed.rows)
    if (text(printed, row, "country") == "DEU") level = 1 + number(printed, row, "change_price_FULL") / 100;
  for (const CsvRow& row : printed.rows) {
    const auto r = static_cast<std::size_t>(region_index(accounts, text(printed, row, "country")));
    INFO(text(printed, row, "country"));
    CHECK(std::exp(f.log_cost[r] - unit) * level == Approx(1 + number(printed, row, "change_price_FULL") / 100).epsilon(0.02));
    CHECK(exports_at(r, level * std::exp(-unit) / scale) == Approx(1 + number(printed, row, "change_Xi_FULL") / 100).epsilon(0.02));
  }
}
