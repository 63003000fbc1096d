#include "kontor/model/measure_parts.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "closures_world.h"
#include "kontor/model/income_channels.h"
#include "model/equilibrium_parts.h"

using namespace kontor;

namespace {

/// Shocks under an id of their own.
void add(std::vector<Shock>& all, const std::string& id, Change change) {
  all.push_back(test::shock_of(std::move(change)));
  all.back().measure = id;
}

/// Every kind of change, in the world of equilibrium_world.h; A1, A2, B and abroad are regions 1 to 4.
std::vector<Shock> all_kinds(const Accounts& a, bool with_target) {
  const int n = static_cast<int>(a.cells.size());
  std::vector<Shock> all;
  add(all, "purchase", std::vector<FinalDemand>{{0, 1, 4.0}});
  add(all, "supplier", std::vector<Sourcing>{{1, 3, 6, 0.1}, {n + 5, 0, 3, 0.1}});
  add(all, "new supplier", std::vector<Sourcing>{{2, 1, 4, 0.2}});
  add(all, "inputs", InputRatio{1, 0, 0.9});
  add(all, "productivity", Productivity{4, ProductivityKind::total_factor, 1.05});
  add(all, "productivity", Productivity{0, ProductivityKind::output_per_worker, 1.1});
  add(all, "plant", FactorSupply{3, 1, 1.2});
  add(all, "plant", Ownership{3, 3, 1, 0.5});
  add(all, "plant", Capacity{3, 2.0 * a.output(0, 3)});
  add(all, "people", FactorSupply{7, 0, 1.1});
  add(all, "road", TradeCost{1, 3, 0, 0.9});
  if (!a.imports.empty()) add(all, "road", TradeCost{1, 4, 0, 0.9});
  add(all, "rent", Rent{2, 3, 1, 0.95});
  add(all, "tariff", TariffRate{1, 3, 1, 0.0});
  add(all, "subsidy", Subsidy{1, 2, 0, 0.05});
  add(all, "payment", Transfer{3, 1, 2.0});
  if (with_target) {
    Target target;
    target.sector = 1, target.unit_cost_ratio = 1.1, target.moves = {{n + 0, 4, 1, 1.0}};
    add(all, "target", target);
  }
  return all;
}

std::vector<const Shock*> pointers(const std::vector<Shock>& shocks) {
  std::vector<const Shock*> list;
  for (const Shock& shock : shocks) list.push_back(&shock);
  return list;
}

/// Real spending of each region, and the quantity of each cell.
std::vector<double> outcomes(const Flows& f) {
  std::vector<double> y;
  for (std::size_t r = 0; r < f.spending.size(); ++r) y.push_back(f.spending[r] * std::exp(-f.log_index[r]));
  for (std::size_t j = 0; j < f.output.size(); ++j) y.push_back(f.output[j] * std::exp(-f.log_cost[j]));
  return y;
}

std::vector<double> change(const PathPoint& from, const PathPoint& to) {
  std::vector<double> y = outcomes(to.flows);
  const std::vector<double> then = outcomes(from.flows);
  for (std::size_t o = 0; o < y.size(); ++o) y[o] -= then[o];
  return y;
}

/// A programme solved under a closure.
struct Solved {
  Solved(const Calibration& base, const Closure& closure, std::vector<Shock> list)
      : shocks(std::move(list)),
        baseline(baseline_economy(base, closure)),
        solver(baseline),
        before(solver.solve(baseline)),
        measures(baseline, before, pointers(shocks)),
        economy(measures.at(std::vector<double>(measures.count(), 1.0))),
        after(solver.solve(economy)) {}

  MeasureParts path(const PathOptions& options = {}) const { return parts_along_path(measures, before, after, change, options); }
  SetOutcomes sets(const SetOptions& options = {}) const { return outcomes_of_sets(measures, solver, before, change, options); }

  const std::vector<Shock> shocks;
  const Economy baseline;
  const EquilibriumSolver solver;
  const Equilibrium before;
  const MeasuresInPart measures;
  const Economy economy;
  const Equilibrium after;
};

double largest(const std::vector<double>& v) {
  double m = 0.0;
  for (const double x : v) m = std::max(m, std::fabs(x));
  return m;
}

}  // namespace

TEST_CASE("Parts along the path add up to the whole: every closure, and every kind of change") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    const Calibration base = calibrate(accounts, test::all_options()[0]);
    for (const Closure& closure : test::all_closures()) {
      CAPTURE(open, closure.name);
      const Solved run(base, closure, all_kinds(accounts, closure.budget != BudgetRule::tax));
      REQUIRE(run.before.solved());
      REQUIRE(run.after.solved());
      const MeasureParts found = run.path();
      CHECK(found.outcome == "");
      CHECK(found.remainder() < 1e-9);
      for (std::size_t m = 0; m < run.measures.count(); ++m) {
        // More people find no work where the wage is rigid, and a payment is undone where shares say who pays.
        const std::string& id = run.measures.measures()[m];
        CAPTURE(id);
        if (id != "people" && id != "payment") CHECK(largest({found.parts.row(m).begin(), found.parts.row(m).end()}) > 1e-6);
      }
    }
  }
}

TEST_CASE("All measures in full make the economy that their shocks make, and none the baseline") {
  const Accounts accounts = test::small_world(true);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  const Solved run(base, short_run(), all_kinds(accounts, true));
  std::vector<const Shock*> not_counted;
  const Economy direct = economy_with(run.baseline, pointers(run.shocks), not_counted);
  CHECK(run.economy.weight.table().values == direct.weight.table().values);
  CHECK(run.economy.net.table().values == direct.net.table().values);
  CHECK(run.economy.cost_shift == direct.cost_shift);
  CHECK(run.economy.capital == direct.capital);
  CHECK(run.economy.labour == direct.labour);
  CHECK(run.economy.exports == direct.exports);
  CHECK(run.economy.transfers == direct.transfers);
  CHECK(run.economy.targets.front().share == direct.targets.front().share);
  const Economy none = run.measures.at(std::vector<double>(run.measures.count(), 0.0));
  for (std::size_t q = 0; q < none.weight.rows(); ++q)
    for (std::size_t b = 0; b < none.weight.columns(); ++b) CHECK(none.weight(q, b) == Approx(base.weight(q, b)).epsilon(1e-14));
  CHECK(none.exports == run.baseline.exports);
  CHECK(none.capital == run.baseline.capital);
  CHECK(largest(none.transfers) == 0.0);
}

TEST_CASE("A tariff goes to its new rate in equal steps of one plus the rate") {
  const Accounts accounts = test::small_world(false);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  const Shock shock = test::shock_of(TariffRate{1, 3, 1, 0.21});  // from 5 per cent
  const Shock half = shock_in_part(base, shock, 0.5);
  CHECK(std::get<TariffRate>(half.change).rate == Approx(std::sqrt(1.05 * 1.21) - 1.0).epsilon(1e-12));
  CHECK(std::get<TariffRate>(shock_in_part(base, shock, 0.0).change).rate == Approx(0.05).epsilon(1e-12));
  CHECK(std::get<Subsidy>(shock_in_part(base, test::shock_of(Subsidy{1, 3, 1, 0.19}), 0.5).change).rate == Approx(0.1).epsilon(1e-12));
  CHECK(std::get<Ownership>(shock_in_part(base, test::shock_of(Ownership{3, 3, 1, 0.5}), 0.5).change).share == 0.5);
}

TEST_CASE("A measure by itself gets all by either rule") {
  const test::PaperWorld w;
  const Accounts accounts = accounts_of(w);
  const Calibration base = calibrate(accounts, options_of(w));
  const Solved run(base, short_run(), programme_on(w));
  REQUIRE(run.measures.count() == 1);
  const MeasureParts path = run.path();
  const SetOutcomes sets = run.sets();
  const double size = largest(path.whole);
  for (std::size_t o = 0; o < path.whole.size(); ++o) {
    CHECK(std::fabs(path.parts(0, o) - path.whole[o]) < 1e-9 * size);
    CHECK(sets.parts(0, o) == sets.whole[o]);
    CHECK(sets.alone(0, o) == sets.last_in(0, o));
  }
}

TEST_CASE("Two measures that are the same get the same, and the order of the measures does not matter") {
  test::PaperWorld w;
  w.tariffs = true;
  const Accounts accounts = accounts_of(w);
  const Calibration base = calibrate(accounts, options_of(w));
  std::vector<Shock> shocks;
  for (const char* id : {"first", "twin"}) {
    add(shocks, id, TradeCost{w.region(1), w.region(2), 0, 0.9});
    add(shocks, id, Productivity{1, ProductivityKind::total_factor, 1.03});
  }
  add(shocks, "other", TradeCost{w.region(1), w.region(2), 0, 0.95});
  const Solved run(base, short_run(), shocks);
  std::reverse(shocks.begin(), shocks.end());
  const Solved back(base, short_run(), shocks);
  REQUIRE(back.measures.measures() == std::vector<std::string>{"other", "twin", "first"});
  const MeasureParts path = run.path(), path_back = back.path();
  const SetOutcomes sets = run.sets(), sets_back = back.sets();
  const double size = largest(path.whole);
  for (std::size_t o = 0; o < path.whole.size(); ++o) {
    CHECK(std::fabs(path.parts(0, o) - path.parts(1, o)) < 1e-10 * size);
    CHECK(std::fabs(sets.parts(0, o) - sets.parts(1, o)) < 1e-7 * size);  // each set is solved to 1e-10
    for (std::size_t m = 0; m < 3; ++m) {
      CHECK(std::fabs(path.parts(m, o) - path_back.parts(2 - m, o)) < 1e-10 * size);
      CHECK(std::fabs(sets.parts(m, o) - sets_back.parts(2 - m, o)) < 1e-7 * size);
    }
  }
}

TEST_CASE("Measures in regions that do not trade with each other get what they do alone") {
  // Pieces 0 and 1 trade with nobody but themselves: two worlds in one table, whose prices have one yardstick and no tie.
  test::PaperWorld w;
  w.pieces = {{0}, {2}};
  w.open = true;  // abroad's prices are given, so that no yardstick links the two
  Accounts accounts = accounts_of(w);
  Matrix z = accounts.intermediate.copy(), y = accounts.final_use.copy(), v = accounts.primary.copy(), x = accounts.output.copy();
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      if (i / 2 != j / 2) x(0, i) -= z(i, j), z(i, j) = 0.0;
    for (std::size_t f = 0; f < 2; ++f)
      if (i / 2 != f) x(0, i) -= y(i, f), y(i, f) = 0.0;
  }
  for (std::size_t j = 0; j < 4; ++j) {
    double rest = x(0, j);
    for (std::size_t i = 0; i < 4; ++i) rest -= z(i, j);
    for (std::size_t i = 0; i < 2; ++i) rest -= accounts.imports_intermediate(i, j);
    v(0, j) = 0.6 * rest, v(1, j) = 0.4 * rest;
  }
  accounts.intermediate = std::move(z), accounts.final_use = std::move(y), accounts.primary = std::move(v), accounts.output = std::move(x);
  const Calibration base = calibrate(accounts, options_of(w));
  std::vector<Shock> shocks;
  add(shocks, "there", Productivity{0, ProductivityKind::total_factor, 1.1});
  add(shocks, "here", Productivity{3, ProductivityKind::total_factor, 1.2});
  const Solved run(base, short_run(), shocks);
  REQUIRE(run.after.solved());
  const MeasureParts path = run.path();
  const SetOutcomes sets = run.sets();
  const double size = largest(path.whole);
  REQUIRE(size > 1e-3);
  for (std::size_t m = 0; m < 2; ++m)
    for (std::size_t o = 0; o < path.whole.size(); ++o) {
      CHECK(std::fabs(path.parts(m, o) - sets.alone(m, o)) < 1e-7 * size);
      CHECK(std::fabs(sets.parts(m, o) - sets.alone(m, o)) < 1e-7 * size);
      CHECK(std::fabs(sets.last_in(m, o) - sets.alone(m, o)) < 1e-7 * size);
    }
}

// Two numbers of the economy that a measure takes from 1 to 2 and from 1 to 3: what the rules give is known on paper
// (tests/base/attribution_test.cpp).
TEST_CASE("Both rules give their known parts of x y and of x^2 y, where x and y are what two measures do") {
  const test::PaperWorld w;
  const Accounts accounts = accounts_of(w);
  const Calibration base = calibrate(accounts, options_of(w));
  std::vector<Shock> shocks;
  add(shocks, "x", Transfer{w.region(0), w.region(1), 0.5});
  add(shocks, "y", Productivity{2, ProductivityKind::total_factor, 1.02});
  const Solved run(base, short_run(), shocks);
  const double all = run.economy.cost_shift[2];
  for (const int power : {1, 2}) {
    const auto value = [&](const Economy& e) { return std::pow(1.0 + e.transfers[1] / 0.5, power) * (1.0 + 2.0 * e.cost_shift[2] / all); };
    const ChangeBetween product = [&](const PathPoint& from, const PathPoint& to) {
      return std::vector<double>{value(to.economy) - value(from.economy)};
    };
    const MeasureParts path = parts_along_path(run.measures, run.before, run.after, product);
    const SetOutcomes sets = outcomes_of_sets(run.measures, run.solver, run.before, product);
    CHECK(path.parts(0, 0) == Approx(power == 1 ? 2.0 : 19.0 / 3).epsilon(1e-11));
    CHECK(path.parts(1, 0) == Approx(power == 1 ? 3.0 : 14.0 / 3).epsilon(1e-11));
    CHECK(sets.parts(0, 0) == Approx(power == 1 ? 2.0 : 6.0).epsilon(1e-12));
    CHECK(sets.parts(1, 0) == Approx(power == 1 ? 3.0 : 5.0).epsilon(1e-12));
    CHECK(sets.alone(0, 0) == Approx(power == 1 ? 1.0 : 3.0).epsilon(1e-12));
    CHECK(sets.alone(1, 0) == Approx(2.0).epsilon(1e-12));
    CHECK(sets.last_in(0, 0) == Approx(power == 1 ? 3.0 : 9.0).epsilon(1e-12));
    CHECK(sets.last_in(1, 0) == Approx(power == 1 ? 4.0 : 8.0).epsilon(1e-12));
  }
}

TEST_CASE("What a growing measure changes is the derivative: the remainder falls with the square of the step") {
  const Accounts accounts = test::small_world(true);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  for (const Closure& closure : {short_run(), long_run()}) {
    const Solved run(base, closure, all_kinds(accounts, closure.budget != BudgetRule::tax));
    std::vector<double> sizes(run.measures.count(), 0.4);
    const SolverOptions exact{1e-13, 400, 8};
    const auto solved_at = [&](const std::vector<double>& s) { return run.solver.solve(run.measures.at(s), {}, exact); };
    const Equilibrium here = solved_at(sizes);
    REQUIRE(here.solved());
    const std::vector<double> y = outcomes(here.flows);
    for (std::size_t m = 0; m < run.measures.count(); ++m) {
      const std::vector<double> slope = change_by_growth(run.measures, sizes, here, m, change);
      REQUIRE(slope.size() == y.size());
      double remainder[2];
      for (int k = 0; k < 2; ++k) {
        const double h = k == 0 ? 0.2 : 0.05;
        std::vector<double> moved = sizes;
        moved[m] += h;
        const std::vector<double> there = outcomes(solved_at(moved).flows);
        double sum = 0.0;
        for (std::size_t o = 0; o < y.size(); ++o) sum += std::pow(there[o] - y[o] - h * slope[o], 2);
        remainder[k] = std::sqrt(sum);
      }
      const double order = std::log2(remainder[0] / remainder[1]) / 2.0;
      CAPTURE(closure.name, run.measures.measures()[m], remainder[0], remainder[1]);
      // Where next to nothing remains the residuals of the solves do.
      if (remainder[1] > 1e-8) {
        CHECK(order > 1.9);
        CHECK(order < 2.1);
      } else {
        CHECK(remainder[0] < 1e-6);
      }
    }
  }
}

TEST_CASE("Sampled orders of thirteen measures add up, and come near the path") {
  test::PaperWorld w;
  const Accounts accounts = accounts_of(w);
  const Calibration base = calibrate(accounts, options_of(w));
  std::vector<Shock> shocks;
  for (int m = 0; m < 13; ++m)
    add(shocks, "M" + std::to_string(m + 1), Productivity{m % 6, ProductivityKind::total_factor, 1.0 + 0.002 * (m + 1)});
  const Solved run(base, short_run(), shocks);
  const SetOutcomes sets = run.sets({8, 1});
  REQUIRE(sets.solved());
  REQUIRE(sets.standard_error.rows == 13);
  const MeasureParts path = run.path();
  const double size = largest(path.whole);
  for (std::size_t o = 0; o < path.whole.size(); ++o) {
    double sum = 0.0;
    for (std::size_t m = 0; m < 13; ++m) sum += sets.parts(m, o);
    CHECK(std::fabs(sum - sets.whole[o]) < 1e-12 * size);
    for (std::size_t m = 0; m < 13; ++m) {
      // The two rules differ by interactions of third order; the sample by its error.
      CHECK(std::fabs(sets.parts(m, o) - path.parts(m, o)) < 6.0 * sets.standard_error(m, o) + 1e-4 * size);
    }
  }
}

TEST_CASE("Channels of income add up to each measure's part of real income, under every closure", "[long]") {
  const Accounts accounts = test::small_world(true);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  for (const Closure& closure : test::all_closures()) {
    if (closure.imbalance == ImbalanceRule::zero || closure.imbalance == ImbalanceRule::fixed) continue;  // half of them will do
    CAPTURE(closure.name);
    const Solved run(base, closure, all_kinds(accounts, closure.budget != BudgetRule::tax));
    for (std::size_t r = 0; r < base.regions.size(); ++r) {
      std::vector<bool> one(base.regions.size(), false);
      one[r] = true;
      const IncomeChannels channels(base, run.before.flows, one);
      const auto variation = [&](const PathPoint& p) {
        const Flows &now = p.flows, &then = run.before.flows;
        return then.spending[r] * std::exp(std::log(now.spending[r] / then.spending[r]) - now.log_index[r] + then.log_index[r]) +
               p.economy.consumed[r];
      };
      const MeasureParts found = parts_along_path(run.measures, run.before, run.after,
                                                  [&](const PathPoint& from, const PathPoint& to) {
                                                    std::vector<double> all = {variation(to) - variation(from)};
                                                    const std::vector<double> items = channels.between(from, to);
                                                    all.insert(all.end(), items.begin(), items.end());
                                                    return all;
                                                  },
                                                  {1e-9, 1, 1});
      double size = 0.0;
      for (std::size_t m = 0; m < run.measures.count(); ++m) size = std::max(size, std::fabs(found.parts(m, 0)));
      for (std::size_t m = 0; m < run.measures.count(); ++m) {
        double sum = 0.0;
        for (std::size_t i = 0; i < channels.size(); ++i) sum += found.parts(m, i + 1);
        CAPTURE(r, run.measures.measures()[m]);
        CHECK(std::fabs(sum - found.parts(m, 0)) < 1e-8 * size);
      }
    }
  }
}
