#include "selftest_worlds.h"

#include <algorithm>
#include <cmath>

#include "kontor/model/leontief.h"

namespace kontor {

namespace {

/// A square table: flows by row, output, and the cells as (region, sector).
struct SquareTable {
  std::vector<std::string> regions, sectors;
  std::vector<Cell> cells;
  std::vector<double> flows, output;
};

// What is left of output is final use of the cell's own region; what is left of costs is value added.
Accounts accounts_of(const SquareTable& table) {
  Accounts a;
  a.title = "self-test", a.year = a.price_year = 2000, a.currency = "XXX", a.scale = 1.0, a.gross_output = "reported";
  for (const std::string& code : table.regions) a.regions.push_back({code, code, "", false});
  for (const std::string& code : table.sectors) a.sectors.push_back({code, code, ""});
  a.cells = table.cells;
  a.categories = {{"FD", "Final demand", FinalRole::household}};
  a.primary_rows = {{"primary", "Primary inputs", PrimaryRole::mixed, true}};
  for (std::size_t r = 0; r < a.regions.size(); ++r) a.final_uses.push_back({static_cast<int>(r), 0});
  const std::size_t n = a.cells.size();
  Matrix z(n, n), y(n, a.final_uses.size()), v(1, n), x(1, n);
  z.values = table.flows, x.values = table.output;
  for (std::size_t i = 0; i < n; ++i) {
    double& used = y(i, static_cast<std::size_t>(a.cells[i].region));
    used = v(0, i) = x(0, i);
    for (std::size_t j = 0; j < n; ++j) used -= z(i, j), v(0, i) -= z(j, i);
  }
  a.intermediate = Block(std::move(z)), a.final_use = Block(std::move(y)), a.primary = Block(std::move(v)), a.output = Block(std::move(x));
  return a;
}

constexpr double printed_4_digits = 0.5e-4;
constexpr double recomputed = 1e-10;  // of values around one, recomputed in exact arithmetic from the published table

// Value added per unit of final demand is one wherever primary inputs are the only leak.
void add_value_added(std::vector<SelftestCase>& cases, const std::string& world, const LeontiefSystem& system) {
  Matrix shares(1, system.size());
  shares.values = system.coefficients(system.accounts().primary.row(0));
  const Solved multipliers = system.solve_transposed(shares);
  double worst = 1.0;
  for (const double m : multipliers.row(0))
    if (!(std::fabs(m - 1.0) <= std::fabs(worst - 1.0))) worst = m;
  cases.push_back({world, "value added per unit of final demand, farthest from one", "identity", 1.0, worst, 1e-13});
}

}  // namespace

void selftest_two_sectors(std::vector<SelftestCase>& cases) {
  const Accounts a = accounts_of({{"R"}, {"1", "2"}, {{0, 0, 0}, {0, 1, 1}}, {150, 500, 200, 100}, {1000, 2000}});
  const LeontiefSystem system(a);
  const std::string world = "two sectors", source = "Miller and Blair (2009), section 2.3";
  Matrix demand(1, 2);
  demand.values = {600, 1500};
  const Solved x = system.solve(demand);
  // det(I - A) = 0.85 x 0.95 - 0.25 x 0.2 = 0.7575; the text prints 1247.52 and 1841.58.
  cases.push_back(
      {world, "output of sector 1 for final demand of 600 and 1500", source, (0.95 * 600 + 0.25 * 1500) / 0.7575, x(0, 0), 1e-9});
  cases.push_back(
      {world, "output of sector 2 for final demand of 600 and 1500", source, (0.2 * 600 + 0.85 * 1500) / 0.7575, x(0, 1), 1e-9});
  cases.push_back({world, "output multiplier of sector 1", source, 1.15 / 0.7575, system.output_multipliers()[0], 1e-13});
  cases.push_back({world, "output multiplier of sector 2", source, 1.1 / 0.7575, system.output_multipliers()[1], 1e-13});
  cases.push_back(
      {world, "condition of I - A", "1.2 times the larger multiplier", 1.2 * 1.15 / 0.7575, system.certificate().condition, 1e-12});
  add_value_added(cases, world, system);
}

void selftest_two_regions(std::vector<SelftestCase>& cases) {
  const Accounts a = accounts_of({{"L", "M"},
                                  {"1", "2", "3"},
                                  {{0, 0, 0}, {0, 1, 1}, {0, 2, 2}, {1, 0, 0}, {1, 1, 1}},
                                  {150, 500, 50,  25,  75,   //
                                   200, 100, 400, 200, 100,  //
                                   300, 500, 50,  60,  40,   //
                                   75,  100, 60,  200, 250,  //
                                   50,  25,  25,  150, 100},
                                  {1000, 2000, 1000, 1200, 800}});
  const LeontiefSystem system(a);
  const std::string world = "two regions", source = "Miller and Blair (2009), section 3.3, inverse recomputed";
  const double multipliers[] = {3.110318220414022, 2.716603202596158, 2.587765459989292, 2.4071062450095, 2.871744809203734};
  for (std::size_t j = 0; j < 5; ++j)
    cases.push_back({world, "output multiplier of " + cell_label(a, static_cast<int>(j)), source, multipliers[j],
                     system.output_multipliers()[j], recomputed});
  Matrix unit(1, 5);
  unit(0, 3) = 1.0;
  const Solved called = system.solve(unit);
  cases.push_back({world, "output of L.1 per unit of final demand for M.1", source, 0.1916931898124724, called(0, 0), recomputed});
  const std::vector<double> without_m = output_without_trade_of(system, 0, false);
  // L alone, its final demand kept: (I - A_LL)^-1 y_L.
  cases.push_back({world, "output of L.1 if no trade in inputs crosses the border", source, 710.8228790133957, without_m[0], 1e-9});
  cases.push_back({world, "output of L.2 if no trade in inputs crosses the border", source, 1483.308526472464, without_m[1], 1e-9});
  cases.push_back({world, "output of L.3 if no trade in inputs crosses the border", source, 667.4463108654051, without_m[2], 1e-9});
  add_value_added(cases, world, system);
}

void selftest_germany(std::vector<SelftestCase>& cases) {
  const std::vector<std::string> sectors = {"agriculture", "manufacturing", "construction", "trade", "business services", "other services"};
  SquareTable table{{"DE"}, sectors, {}, {}, {}};
  for (int s = 0; s < 6; ++s) table.cells.push_back({0, s, s});
  table.flows = {1131, 25480,  1,     607,   710,    762,    //
                 7930, 304584, 64167, 41082, 11981,  30360,  //
                 426,  7334,   3875,  5296,  23457,  9155,   //
                 3559, 72717,  14190, 74399, 10835,  21008,  //
                 3637, 96115,  31027, 65755, 193176, 34223,  //
                 1552, 14986,  1747,  11225, 15058,  22070};
  table.output = {43910, 1079446, 245606, 540063, 692487, 508918};
  const Accounts a = accounts_of(table);
  const LeontiefSystem system(a);
  const double published[] = {1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782};
  for (std::size_t j = 0; j < 6; ++j)
    cases.push_back({"Germany 1995", "output multiplier of " + sectors[j], "Eurostat manual (2008), chapter 15, printed with 4 digits",
                     published[j], system.output_multipliers()[j], printed_4_digits});
}

Accounts selftest_tiny_world() {
  Accounts a = accounts_of({{"L", "M"},
                            {"1", "2"},
                            {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}},
                            {10, 20, 5, 5,    //
                             20, 30, 10, 10,  //
                             5, 10, 20, 15,   //
                             5, 10, 15, 20},
                            {100, 200, 100, 100}});
  Matrix final_use(4, 2);  // by households of L, of M
  final_use.values = {50, 10, 100, 30, 10, 40, 10, 40};
  a.final_use = Block(std::move(final_use));
  return a;
}

}  // namespace kontor
