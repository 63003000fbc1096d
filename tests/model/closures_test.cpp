// What must hold under every closure, labour x capital x imbalance x budget, in a world that one can redo on paper.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "closures_world.h"
#include "kontor/accounts/store.h"
#include "kontor/model/leontief.h"
#include "model/equilibrium_parts.h"

using namespace kontor;
using test::closures_for;
using test::PaperWorld;
using test::programme_on;
using test::shock_of;

namespace {

/// Accounts, their calibration, and a closure solved before and after a programme.
struct Told {
  Accounts accounts;
  Calibration base;
  explicit Told(Accounts world, const CalibrationOptions& options) : accounts(std::move(world)), base(calibrate(accounts, options)) {}
  explicit Told(const PaperWorld& w) : Told(accounts_of(w), options_of(w)) {}
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;
};

struct Before {
  Economy economy;
  Equilibrium found;
  Before(const Told& told, const Closure& closure)
      : economy(baseline_economy(told.base, closure)), found(EquilibriumSolver(economy).solve(economy)) {
    REQUIRE(found.solved());
  }
};

struct After {
  Economy economy;
  Equilibrium found;
  After(const Before& before, const std::vector<Shock>& shocks) {
    std::vector<const Shock*> all, not_counted;
    for (const Shock& shock : shocks) all.push_back(&shock);
    economy = economy_with(before.economy, all, not_counted);
    CHECK(not_counted.empty());
    economy.wedge_revenue_before = before.found.flows.wedge_revenue;
    found = EquilibriumSolver(before.economy).solve(economy);
    INFO(found.outcome);
    REQUIRE(found.solved());
  }
};

std::vector<PaperWorld> worlds() {
  PaperWorld two, tariffs, open;
  two.pieces = {{0}, {2}};
  tariffs.tariffs = tariffs.unbalanced = true;
  open.open = open.tariffs = open.unbalanced = true;
  return {two, tariffs, open};
}

// A region or a nation whose sum is zero in the accounts must not be so under these rules already.
bool keeps_accounts(const Closure& c, const PaperWorld& w) { return c.imbalance != ImbalanceRule::zero || !w.unbalanced; }

double largest_gap(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double m = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) m = std::max(m, std::fabs(a[i] - b[i]));
  return m;
}

double sum(const std::vector<double>& v) {
  double s = 0.0;
  for (const double x : v) s += x;
  return s;
}

// Real results of two solutions of the same accounts.
void check_same(const Flows& a, const Flows& b, double margin) {
  CHECK(largest_gap(a.log_cost, b.log_cost) <= margin);
  CHECK(largest_gap(a.output, b.output) <= margin * sum(a.output));
  CHECK(largest_gap(a.spending, b.spending) <= margin * sum(a.spending));
  CHECK(largest_gap(a.log_index, b.log_index) <= margin);
  CHECK(largest_gap(a.log_labour, b.log_labour) <= margin);
}

double net_imports(const Told& told, const Flows& f, std::size_t r) {
  double balance = 0.0;
  for (std::size_t q = 0; q < f.sales.rows; ++q) {
    const int cell = told.base.cell_of[q];
    const bool home = cell >= 0 && told.base.cell_region[static_cast<std::size_t>(cell)] == static_cast<int>(r);
    for (std::size_t c = 0; c < f.sales.columns; ++c) {
      if (home && c != r) balance -= f.sales(q, c);
      if (!home && c == r) balance += f.sales(q, c);
    }
  }
  return balance;
}

}  // namespace

TEST_CASE("every closure gives the accounts back, and zero imbalances do so where there are none") {
  for (const PaperWorld& w : worlds()) {
    const Told told(w);
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name);
      const Before before(told, closure);
      const Flows& f = before.found.flows;
      if (closure.imbalance == ImbalanceRule::zero)
        for (const double d : f.imbalance) CHECK(d == 0.0);
      if (!keeps_accounts(closure, w)) continue;
      CHECK(largest_gap(f.log_cost, std::vector<double>(f.log_cost.size(), 0.0)) <= 1e-9);
      CHECK(largest_gap(f.output, told.base.output) <= 1e-9 * sum(told.base.output));
      CHECK(largest_gap(f.spending, told.base.spending) <= 1e-9 * sum(told.base.spending));
      CHECK(largest_gap(f.imbalance, told.base.imbalance) <= 1e-9 * sum(told.base.spending));
    }
  }
}

TEST_CASE("Finland comes back under every closure that keeps its imbalances") {
  const Accounts accounts = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/finland-2014");
  std::vector<std::string> used;
  const Told told(accounts, calibration_options(accounts, {}, used));
  for (const Closure& closure : test::all_closures()) {
    if (closure.imbalance == ImbalanceRule::zero || closure.budget != BudgetRule::lump_sum) continue;
    INFO(closure.name);
    const Before before(told, closure);
    CHECK(largest_gap(before.found.flows.log_cost, std::vector<double>(told.base.output.size(), 0.0)) <= 1e-9);
    CHECK(largest_gap(before.found.flows.spending, told.base.spending) <= 1e-9 * sum(told.base.spending));
  }
}

TEST_CASE("a programme of ratios of one and rates as they are changes nothing") {
  for (const PaperWorld& w : worlds()) {
    const Told told(w);
    const int last = w.region(w.pieces.size() - 1);
    const std::vector<Shock> nothing = {shock_of(Productivity{0, ProductivityKind::total_factor, 1.0}),
                                        shock_of(TradeCost{w.region(0), last, 0, 1.0}),
                                        shock_of(TariffRate{w.region(0), last, 0, w.tariffs ? 0.08 : 0.0}),
                                        shock_of(Rent{last, w.region(0), 1, 1.0}),
                                        shock_of(Subsidy{last, w.region(0), 0, 0.0}),
                                        shock_of(FactorSupply{1, 1, 1.0}),
                                        shock_of(Transfer{w.region(0), last, 0.0}),
                                        shock_of(std::vector<FinalDemand>{{0, 0, 0.0}}),
                                        shock_of(std::vector<Sourcing>{{0, 0, 2, 0.0}})};
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name);
      const Before before(told, closure);
      check_same(before.found.flows, After(before, nothing).found.flows, 1e-9);
    }
  }
}

TEST_CASE("a thousand times the money changes no ratio, under any closure") {
  for (PaperWorld w : worlds()) {
    PaperWorld rich = w;
    rich.money = 1000.0;
    const Told told(w), dollars(rich);
    const std::vector<Closure> closures = closures_for(w);
    for (const Closure& closure : closures) {
      INFO(closure.name);
      const Flows a = After(Before(told, closure), programme_on(w)).found.flows,
                  b = After(Before(dollars, closure), programme_on(rich)).found.flows;
      CHECK(largest_gap(a.log_cost, b.log_cost) <= 1e-8);
      for (std::size_t j = 0; j < a.output.size(); ++j) CHECK(b.output[j] == Approx(1000.0 * a.output[j]).epsilon(1e-8));
      for (std::size_t r = 0; r < a.spending.size(); ++r) CHECK(b.spending[r] == Approx(1000.0 * a.spending[r]).epsilon(1e-8));
    }
  }
}

TEST_CASE("regions and sectors in another order give the same answer in that order") {
  for (PaperWorld w : worlds()) {
    PaperWorld other = w;
    std::reverse(other.pieces.begin(), other.pieces.end());
    other.turned_sectors = true;
    const Told told(w), turned(other);
    const std::vector<Closure> closures = closures_for(w), turned_closures = closures_for(other);
    for (std::size_t k = 0; k < closures.size(); ++k) {
      INFO(closures[k].name);
      const Flows a = After(Before(told, closures[k]), programme_on(w)).found.flows,
                  b = After(Before(turned, turned_closures[k]), programme_on(other)).found.flows;
      for (std::size_t r = 0; r < w.pieces.size(); ++r) {
        const std::size_t there = w.pieces.size() - 1 - r;
        CHECK(b.spending[there] == Approx(a.spending[r]).epsilon(1e-8));
        CHECK(b.log_index[there] == Approx(a.log_index[r]).margin(1e-8));
        for (int s = 0; s < 2; ++s)
          CHECK(b.log_cost[static_cast<std::size_t>(other.cell(there, s))] ==
                Approx(a.log_cost[static_cast<std::size_t>(w.cell(r, s))]).margin(1e-8));
      }
    }
  }
}

TEST_CASE("a region cut into two equal halves is the same region") {
  for (PaperWorld w : worlds()) {
    if (w.pieces.size() < 3) continue;
    PaperWorld halves = w;
    halves.pieces = {{0, 0.5}, {0, 0.5}, {1}, {2}};
    const Told told(w), cut(halves);
    const std::vector<Closure> closures = closures_for(w), cut_closures = closures_for(halves);
    for (std::size_t k = 0; k < closures.size(); ++k) {
      INFO(closures[k].name);
      const Flows a = After(Before(told, closures[k]), programme_on(w)).found.flows,
                  b = After(Before(cut, cut_closures[k]), programme_on(halves)).found.flows;
      for (std::size_t r = 0; r < 3; ++r) {
        CHECK(b.log_index[r + 1] == Approx(a.log_index[r]).margin(1e-8));
        CHECK(b.log_wage[r + 1] == Approx(a.log_wage[r]).margin(1e-8));
        CHECK(b.spending[r + 1] * (r == 0 ? 2.0 : 1.0) == Approx(a.spending[r]).epsilon(1e-8));
      }
      CHECK(b.log_cost[0] == Approx(b.log_cost[2]).margin(1e-9));
      for (std::size_t j = 0; j < 6; ++j) CHECK(b.log_cost[j + 2] == Approx(a.log_cost[j]).margin(1e-8));
    }
  }
}

TEST_CASE("in a closed world only relative prices count") {
  PaperWorld w;
  w.tariffs = w.unbalanced = true;
  const Told told(w);
  for (const Closure& closure : closures_for(w)) {
    INFO(closure.name);
    const After after(Before(told, closure), programme_on(w, 1.0, false));
    Work work = work_for(after.economy);
    std::vector<double> z = after.found.state;
    const Layout& at = work.layout;
    const double shift = std::log(3.0);
    for (std::size_t i = 0; i < z.size(); ++i) {
      const bool level = (i >= at.output() && i < at.wage()) || (i >= at.spending() && i < at.capital());
      z[i] = level ? 3.0 * z[i] : z[i] + shift;
    }
    // Started from prices three times as high, the yardstick leads back to the same solution.
    const Equilibrium again = EquilibriumSolver(baseline_economy(told.base, closure)).solve(after.economy, z);
    REQUIRE(again.solved());
    check_same(after.found.flows, again.flows, 1e-8);
    // Stated in money are: fixed imbalances, and the baseline's revenue in the need of a budget that somebody else closes.
    if (closure.imbalance == ImbalanceRule::fixed || closure.budget != BudgetRule::lump_sum) continue;
    evaluate(work, z);
    CHECK(largest_gap(work.residual, std::vector<double>(z.size(), 0.0)) <= 1e-8);
  }
}

TEST_CASE("a programme and its opposite leave nothing, and the way back ends at the start") {
  for (const PaperWorld& w : worlds()) {
    const Told told(w);
    std::vector<Shock> both = programme_on(w, 1.0, false);
    for (const Shock& shock : programme_on(w, -1.0, false)) both.push_back(shock);
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name);
      const Before before(told, closure);
      check_same(before.found.flows, After(before, both).found.flows, 1e-9);
      const After after(before, programme_on(w));
      const Equilibrium back = EquilibriumSolver(before.economy).solve(before.economy, after.found.state);
      REQUIRE(back.solved());
      check_same(before.found.flows, back.flows, 1e-8);
    }
  }
}

// The table of the year after, of users that share their region's origins and pay no tariffs.
static Accounts updated(const Told& told, const Flows& f) {
  const Calibration& base = told.base;
  Accounts a = told.accounts;
  Matrix z = a.intermediate.copy(), y = a.final_use.copy(), x = a.output.copy(), v = a.primary.copy();
  for (std::size_t u = 0; u < base.user_cell.size(); ++u) {
    const auto r = static_cast<std::size_t>(base.group_region[static_cast<std::size_t>(base.user_group[u])]);
    const bool cell = base.user_cell[u] >= 0;
    const auto column = static_cast<std::size_t>(cell ? base.user_cell[u] : base.user_column[u]);
    const double spends = cell ? f.output[column] : f.spending[r];
    for (std::size_t p = 0; p < base.share.columns; ++p) {
      double all = 0.0;
      for (int q = base.first_row[p]; q < base.first_row[p + 1]; ++q) all += f.sales(static_cast<std::size_t>(q), r);
      for (int q = base.first_row[p]; q < base.first_row[p + 1]; ++q)
        (cell ? z : y)(static_cast<std::size_t>(base.cell_of[static_cast<std::size_t>(q)]), column) =
            base.share(u, p) * spends * f.sales(static_cast<std::size_t>(q), r) / all;
    }
  }
  for (std::size_t j = 0; j < f.output.size(); ++j) x(0, j) = f.output[j], v(0, j) = f.labour_pay[j], v(1, j) = f.capital_pay[j];
  a.intermediate = std::move(z), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
  return a;
}

TEST_CASE("taken back from the table of the year after, a programme leads to the old prices") {
  PaperWorld w;
  w.unbalanced = true;
  CalibrationOptions options = options_of(w);
  options.sourcing = SourcingBy::region;
  const Told told(accounts_of(w), options);
  for (const Closure& closure : closures_for(w)) {
    // Where people move, each counts by what is paid in the region in the base year: another year, another count.
    // The fund of a portfolio is that of the accounts as well.
    if (closure.labour == LabourRule::mobile || closure.imbalance == ImbalanceRule::portfolio) continue;
    if (closure.imbalance == ImbalanceRule::zero || closure.budget != BudgetRule::lump_sum) continue;
    // Capital that works abroad under world_return belongs to its region still; the new table shows where it works.
    if (closure.capital == CapitalRule::world_return) continue;
    INFO(closure.name);
    const auto programme = [&](double size) {
      std::vector<Shock> shocks = programme_on(w, size, false);
      if (closure.capital == CapitalRule::mobile)  // what was added to one cell has moved on to others of the region
        shocks.erase(
            std::remove_if(shocks.begin(), shocks.end(), [](const Shock& s) { return std::holds_alternative<FactorSupply>(s.change); }),
            shocks.end());
      return shocks;
    };
    const After after(Before(told, closure), programme(1.0));
    const Told later(updated(told, after.found.flows), options);
    const After back(Before(later, closure), programme(-1.0));
    for (std::size_t j = 0; j < told.base.output.size(); ++j) {
      CHECK(back.found.flows.log_cost[j] == Approx(-after.found.flows.log_cost[j]).margin(1e-8));
      CHECK(back.found.flows.output[j] == Approx(told.base.output[j]).epsilon(1e-8));
    }
  }
}

TEST_CASE("books balance: markets clear, incomes are spent, and net imports are what is not earned") {
  for (const PaperWorld& w : worlds()) {
    const Told told(w);
    const std::size_t regions = told.base.regions.size();
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name << (w.open ? ", open" : ", closed"));
      const After after(Before(told, closure), programme_on(w));
      const Flows& f = after.found.flows;
      const double world = sum(f.spending), margin = 1e-8 * world;
      for (std::size_t j = 0; j < f.output.size(); ++j) {
        const auto row = f.sales.row(static_cast<std::size_t>(told.base.row_of_cell[j]));
        double sold = 0.0;
        for (const double x : row) sold += x;
        CHECK(std::fabs(sold - f.output[j]) <= margin);
      }
      std::vector<double> paid(regions, 0.0);
      if (closure.budget == BudgetRule::transfer) {
        for (std::size_t r = 0; r < regions; ++r) paid[r] = f.need[r];
        for (const auto& [region, share] : closure.payers)
          paid[static_cast<std::size_t>(told.base.region_number[static_cast<std::size_t>(region)])] -= share * sum(f.need);
      }
      double all = 0.0;
      for (std::size_t r = 0; r < regions; ++r) {
        const double balance = f.imbalance[r] + after.economy.transfers[r] + paid[r] + f.owned_income[r] - f.earned_income[r];
        CHECK(std::fabs(net_imports(told, f, r) - balance) <= margin);
        CHECK(std::fabs(f.spending[r] + f.fixed_cost[r] - f.owned_income[r] - f.tax_revenue[r] - f.wedge_revenue[r] - f.imbalance[r] -
                        after.economy.transfers[r] - paid[r]) <= margin);
        all += net_imports(told, f, r);
      }
      if (w.open) continue;
      CHECK(std::fabs(all) <= margin);
      CHECK(std::fabs(sum(f.imbalance)) <= margin);
      CHECK(std::fabs(sum(f.spending) + sum(f.fixed_cost) - sum(f.owned_income) - sum(f.tax_revenue) - sum(f.wedge_revenue)) <= margin);
      CHECK(after.found.walras <= 1e-8);
    }
  }
}

TEST_CASE("each rule of a closure holds its one equation") {
  for (const PaperWorld& w : worlds()) {
    const Told told(w);
    const Calibration& base = told.base;
    const std::size_t regions = base.regions.size();
    std::vector<Shock> shocks = programme_on(w);
    shocks.push_back(shock_of(FactorSupply{w.cell(0, 1), 0, 1.2}));  // more labour, for the whole nation where it moves
    for (const Closure& closure : closures_for(w)) {
      INFO(closure.name << (w.open ? ", open" : ", closed"));
      const After after(Before(told, closure), shocks);
      const Flows& f = after.found.flows;
      // Capital: where it stays its return is its own; else one return in the region, or in the world.
      for (std::size_t j = 0; j < f.output.size(); ++j) {
        const auto r = static_cast<std::size_t>(base.cell_region[j]);
        if (closure.capital == CapitalRule::fixed) {
          const double before = base.value_added[j] * base.capital_part[j] * base.output[j];
          CHECK(f.log_capital[j] == Approx(std::log(f.capital_pay[j] / (before * after.economy.capital[j]))).margin(1e-9));
        } else {
          CHECK(f.log_capital[j] == f.log_capital[closure.capital == CapitalRule::mobile ? 2 * r : 0]);
        }
        if (closure.capital == CapitalRule::world_return && w.open) CHECK(std::fabs(f.log_capital[j]) <= 1e-9);
      }
      // Labour: given, given to the nation, or at a real wage.
      std::vector<double> people(static_cast<std::size_t>(base.nations), 0.0);
      for (std::size_t r = 0; r < regions; ++r) {
        people[static_cast<std::size_t>(base.nation[r])] += base.labour_income[r] * (std::exp(f.log_labour[r]) - after.economy.labour[r]);
        double pay = 0.0;
        for (std::size_t j = 0; j < f.output.size(); ++j) pay += base.cell_region[j] == static_cast<int>(r) ? f.labour_pay[j] : 0.0;
        CHECK(f.log_wage[r] + f.log_labour[r] == Approx(std::log(pay / base.labour_income[r])).margin(1e-9));
        if (closure.labour == LabourRule::fixed) CHECK(f.log_labour[r] == Approx(std::log(after.economy.labour[r])));
        if (closure.labour == LabourRule::real_wage) {
          const double tax = closure.budget == BudgetRule::tax ? -std::log1p(-f.need[r] / pay) : 0.0;
          CHECK(f.log_wage[r] == Approx(f.log_index[r] + tax).margin(1e-9));
        }
      }
      if (closure.labour != LabourRule::real_wage)
        for (const double change : people) CHECK(std::fabs(change) <= 1e-9 * sum(base.labour_income));
      // Imbalances: none, as they were, or one shift of all shares in a closed world.
      for (std::size_t r = 0; r < regions; ++r) {
        if (closure.imbalance == ImbalanceRule::zero) CHECK(f.imbalance[r] == 0.0);
        if (closure.imbalance == ImbalanceRule::fixed) CHECK(f.imbalance[r] == base.imbalance[r]);
        if (closure.imbalance != ImbalanceRule::share) continue;
        const auto shift = [&](std::size_t s) {
          return f.imbalance[s] / f.owned_income[s] -
                 base.imbalance[s] / (base.labour_income[s] + base.capital_income[s] + base.land_income[s]);
        };
        CHECK(shift(r) == Approx(w.open ? 0.0 : shift(0)).margin(1e-9));
      }
    }
  }
}

TEST_CASE("a tax on labour costs jobs where the net real wage is rigid") {
  PaperWorld w;
  const Told told(w);
  Closure lump = short_run(), tax = lump;
  tax.budget = BudgetRule::tax;
  std::vector<Shock> built = {shock_of(std::vector<FinalDemand>{{w.cell(0, 0), 0, 2.0}})};
  built[0].building = true;
  const Flows a = After(Before(told, lump), built).found.flows, b = After(Before(told, tax), built).found.flows;
  CHECK(a.need[0] == Approx(2.0 * std::exp(a.log_cost[0])));
  CHECK(b.log_labour[0] < a.log_labour[0]);
}
