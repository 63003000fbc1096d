// The scan: gradients against solved economies, steps on worlds whose trade costs are known, rules that lists must keep.
#include "kontor/indicators/scan.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <set>

#include "kontor/accounts/store.h"
#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/indicators/scan_portfolio.h"
#include "kontor/indicators/scan_question.h"
#include "kontor/indicators/trade_shares.h"
#include "model/closures_world.h"
#include "nafta.h"
#include "support.h"

using namespace kontor;
using test::shock_of;

namespace {

/// Accounts with jobs, their calibration, and an economy to scan; nothing in it moves when it is moved.
struct Scanned {
  Accounts accounts;
  Calibration calibration;
  std::vector<Shock> shocks;
  ScanBase base;

  Scanned(Accounts a, const CalibrationOptions& options, const Closure& closure, std::vector<Shock> in_place = {})
      : accounts(std::move(a)), shocks(std::move(in_place)) {
    Matrix jobs(1, accounts.cells.size());
    for (std::size_t j = 0; j < jobs.columns; ++j) jobs(0, j) = 10.0 + 3.0 * static_cast<double>(j % 4);
    accounts.satellites = {{"jobs", "jobs", "persons", false, Resolution::cell, {}, "the test"}};
    accounts.satellite = std::move(jobs);
    calibration = calibrate(accounts, options);
    std::vector<const Shock*> all;
    for (const Shock& shock : shocks) all.push_back(&shock);
    base = solve_scan_base(calibration, closure, all);
  }
  Scanned(const Scanned&) = delete;
  Scanned& operator=(const Scanned&) = delete;
};

std::vector<LeverKind> every_kind() { return {std::begin(all_lever_kinds), std::end(all_lever_kinds)}; }

EconomyGradient gradient(const ScanBase& base, const Goal& goal) {
  const Tangent tangent(base.economy, base.now.state);
  const JacobianSolver solver(tangent);
  bool converged = false;
  EconomyGradient g = sensitivity(solver, goal_outcome(base, goal, tangent), &converged);
  REQUIRE(converged);
  return g;
}

double gain(const ScanBase& base, const Goal& goal, const Lever& lever, double step) {
  const std::vector<Shock> shocks = lever_shocks(base, lever, step);
  REQUIRE(shocks.size() == 1);
  const Equilibrium found = solve_with(base, {&shocks.front()});
  REQUIRE(found.solved());
  return goal_gain(base, goal, found.flows);
}

/// By differences of solved economies at two steps each way: wrong by step^4, and by what the solver leaves over the step.
double by_differences(const ScanBase& base, const Goal& goal, const Lever& lever) {
  constexpr double h = 1e-3;
  const double one = gain(base, goal, lever, h) - gain(base, goal, lever, -h);
  const double two = gain(base, goal, lever, 2.0 * h) - gain(base, goal, lever, -2.0 * h);
  return (8.0 * one - two) / (12.0 * h);
}

Goal goal_of(const Accounts& a, const Closure& closure, int region) {
  Goal goal = {{GoalKind::real_income, {"", {region}}, 1.0}, {GoalKind::value_added, {"", {region}}, 0.4}};
  if (closure.labour == LabourRule::real_wage) goal.push_back({GoalKind::jobs, {"", {region}}, 0.7});
  for (const RegionSet& set : single_regions(a)) goal.push_back({GoalKind::real_income, set, 0.2});
  return goal;
}

/// Of the levers given, the gradient's value equals that of solved economies: to 1e-6, and to what a residual of 1e-12 of a
/// region's scale can do over the step.
void check_levers(const Scanned& s, const Goal& goal, const std::vector<Lever>& levers) {
  const std::vector<double> values = lever_values(s.base, levers, gradient(s.base, goal));
  double scale = 0.0;
  for (const double c : s.calibration.spending) scale = std::max(scale, c);
  for (std::size_t k = 0; k < levers.size(); ++k) {
    INFO(lever_id(s.accounts, levers[k]));
    CHECK(values[k] == Approx(by_differences(s.base, goal, levers[k])).epsilon(1e-6).margin(1e-8 * scale));
  }
}

/// One lever of each kind, another one for every turn.
std::vector<Lever> some_levers(const ScanBase& base, std::size_t turn) {
  std::vector<Lever> some;
  for (const LeverKind kind : all_lever_kinds) {
    std::vector<Lever> all = levers_of(base, {kind});
    std::erase_if(all, [&](const Lever& lever) { return lever_shocks(base, lever, 1e-3).empty(); });
    if (!all.empty()) some.push_back(all[turn % all.size()]);
  }
  return some;
}

}  // namespace

TEST_CASE("the gradient of every kind of lever is that of solved economies, under every closure, closed, with tariffs and open") {
  test::PaperWorld closed, tariffs, open;
  tariffs.tariffs = tariffs.unbalanced = true;
  open.open = open.tariffs = open.unbalanced = true;
  std::size_t turn = 0;
  std::set<LeverKind> seen;
  for (const test::PaperWorld& w : {closed, tariffs, open})
    for (const Closure& closure : test::closures_for(w)) {
      INFO(closure.name);
      const Scanned s(accounts_of(w), options_of(w), closure);
      const std::vector<Lever> levers = some_levers(s.base, turn++);
      for (const Lever& lever : levers) seen.insert(lever.kind);
      check_levers(s, goal_of(s.accounts, closure, w.region(0)), levers);
    }
  CHECK(seen.size() == std::size(all_lever_kinds));
}

TEST_CASE("on top of a programme that moves suppliers, costs, tariffs and factors the gradient is that of solved economies too") {
  test::PaperWorld w;
  w.open = w.tariffs = w.unbalanced = true;
  for (const Closure& closure : {short_run(), long_run()}) {
    std::vector<Shock> programme = test::programme_on(w, 1.0);
    programme.push_back(shock_of(TariffRate{w.region(1), w.region(2), w.sector(0), 0.02}));
    programme.push_back(shock_of(TradeCost{w.region(0), w.abroad(), w.sector(0), 0.97}));
    programme.push_back(
        shock_of(std::vector<Sourcing>{{w.cell(2, 0), w.cell(2, 1), w.cell(1, 1), 0.3}, {w.cell(0, 0), w.cell(2, 0), w.cell(1, 0), 0.2}}));
    const Scanned s(accounts_of(w), options_of(w), closure, programme);
    check_levers(s, goal_of(s.accounts, closure, w.region(1)), levers_of(s.base, every_kind()));
  }
}

TEST_CASE("with elasticities of substitution other than one, stocks, land and cells that make nothing the gradient holds") {
  for (const bool open : {false, true})
    for (const CalibrationOptions& options : test::all_options()) {
      const Scanned s(test::small_world(open), options, short_run());
      for (std::size_t turn = 0; turn < 3; ++turn)
        check_levers(s, goal_of(s.accounts, s.base.economy.closure, 1), some_levers(s.base, 5 * turn + 1));
    }
}

TEST_CASE("what is left of a step's gain after its first order falls with the square of the step, under every closure") {
  test::PaperWorld w;
  w.open = w.tariffs = w.unbalanced = true;
  std::uint64_t seed = 40;
  for (const Closure& closure : test::closures_for(w)) {
    INFO(closure.name);
    const Scanned s(accounts_of(w), options_of(w), closure);
    std::vector<Goal> goals;
    for (const RegionSet& set : single_regions(s.accounts))
      for (const GoalKind kind : {GoalKind::real_income, GoalKind::value_added}) goals.push_back({{kind, set, 1.0}});
    std::vector<Lever> levers = levers_of(s.base, every_kind());
    std::vector<std::vector<double>> values;
    for (const Goal& goal : goals) values.push_back(lever_values(s.base, levers, gradient(s.base, goal)));
    for (int point = 0; point < 2; ++point) {  // 20 and more over the closures of each rule
      test::Numbers next(seed++);
      std::vector<double> direction(levers.size());
      for (std::size_t k = 0; k < levers.size(); ++k)
        direction[k] = levers[k].kind == LeverKind::sourcing ? 0.1 * next() : next.around(1.0);
      double left[2];
      for (int halving = 0; halving < 2; ++halving) {
        const double h = halving == 0 ? 4e-3 : 1e-3;
        std::vector<Shock> shocks;
        for (std::size_t k = 0; k < levers.size(); ++k)
          for (Shock& shock : lever_shocks(s.base, levers[k], h * direction[k])) shocks.push_back(std::move(shock));
        std::vector<const Shock*> all;
        for (const Shock& shock : shocks) all.push_back(&shock);
        const Equilibrium found = solve_with(s.base, all);
        REQUIRE(found.solved());
        double squares = 0.0;
        for (std::size_t g = 0; g < goals.size(); ++g) {
          double rest = goal_gain(s.base, goals[g], found.flows);
          for (std::size_t k = 0; k < levers.size(); ++k) rest -= h * direction[k] * values[g][k];
          squares += rest * rest;
        }
        left[halving] = std::sqrt(squares);
      }
      const double slope = std::log2(left[0] / left[1]) / 2.0;
      CHECK(slope > 1.9);
      CHECK(slope < 2.1);
    }
  }
}

TEST_CASE("look-through self-sufficiency moves with a partner's share as the table solved again says") {
  const test::PaperWorld w{.open = true};
  const Scanned s(accounts_of(w), options_of(w), short_run());
  ScanOptions options;
  options.goal = read_goal(s.accounts, {}, {"self_sufficiency_look_through:Q"});
  options.top = 100;
  const Scan small = [&] {
    ScanOptions o = options;
    o.step_percent = 1e-3;
    return scan_self_sufficiency(s.base, o);
  }();
  const Scan whole = scan_self_sufficiency(s.base, options);
  REQUIRE(small.lists.size() == 1);
  REQUIRE(!small.lists.front().list.empty());
  for (const Opportunity& o : small.lists.front().list) {
    CHECK(o.lever.kind == LeverKind::sourcing);
    CHECK(o.exact == Approx(o.first_order).epsilon(1e-4));  // second order: the step times what a unit more calls for
  }
  for (const Opportunity& o : whole.lists.front().list) CHECK(o.exact > 0.0);
  options.kinds = {LeverKind::trade_cost};
  CHECK_THROWS_AS(scan_self_sufficiency(s.base, options), Error);
}

// --- what is within reach ------------------------------------------------------------------------------------------

namespace {

/// Regions that trade one product as costs say: X(i,j) = S(i) D(j) (tau (1 + t))^-theta / (1 + t), all of it final use.
struct KnownCosts {
  std::size_t regions = 6;
  double theta = 5.0;
  Matrix log_cost = Matrix(6, 6), rate = Matrix(6, 6), km = Matrix(6, 6);

  KnownCosts() {
    for (std::size_t i = 0; i < regions; ++i)
      for (std::size_t j = 0; j < regions; ++j) {
        const double apart = static_cast<double>(i > j ? i - j : j - i);
        km(i, j) = i == j ? 60.0 : 200.0 * apart + 37.0 * static_cast<double>(i * j % 5 + j * i % 5);
        const double border = (i < 3) != (j < 3) ? 0.2 : 0.0;
        log_cost(i, j) = i == j ? 0.0 : 0.15 * std::log(km(i, j) / 60.0) + border + (i < j ? 0.05 : -0.05);  // dearer one way
      }
  }

  Accounts accounts() const {
    Accounts a;
    a.title = "known costs", a.year = 2020, a.currency = "EUR";
    a.sectors = {{"G", "goods", ""}};
    a.categories = {{"H", "households", FinalRole::household}};
    a.primary_rows = {{"L", "wages", PrimaryRole::labour, true}};
    a.regions = {{"P", "P", "", false}, {"Q", "Q", "", false}};
    Matrix y(regions, regions), x(1, regions);
    for (std::size_t i = 0; i < regions; ++i) {
      const int r = static_cast<int>(i) + 2;
      a.regions.push_back({"R" + std::to_string(i), "", i < 3 ? "P" : "Q", false});
      a.cells.push_back({r, 0, 0}), a.final_uses.push_back({r, 0});
      for (std::size_t j = 0; j < regions; ++j) {
        if (rate(i, j) > 0.0) a.border_costs.push_back({0, r, static_cast<int>(j) + 2, rate(i, j), 0.0});
        y(i, j) = (2.0 + static_cast<double>(i)) * (3.0 + static_cast<double>(j * j % 4)) *
                  std::exp(-theta * (log_cost(i, j) + std::log1p(rate(i, j)))) / (1.0 + rate(i, j));
        x(0, i) += y(i, j);
      }
    }
    Matrix v = x;
    a.intermediate = Matrix(regions, regions), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v);
    a.imports_intermediate = Matrix(0, regions), a.imports_final = Matrix(0, regions);
    Matrix distance(a.regions.size(), a.regions.size(), std::nan(""));
    for (std::size_t i = 0; i < regions; ++i)
      for (std::size_t j = 0; j < regions; ++j) distance(i + 2, j + 2) = km(i, j);
    a.distance = std::move(distance);
    return a;
  }
};

CostGaps gaps_of(const Accounts& a, double theta, const PairFacts& facts) { return cost_gaps(a, facts, 0, theta, trade_flows(a).flow); }

}  // namespace

TEST_CASE("costs that a world was built with come back, tariffs taken off: the mean of both ways") {
  KnownCosts known;
  known.rate(1, 4) = 0.12, known.rate(4, 1) = 0.3;
  const Accounts a = known.accounts();
  const CostGaps gaps = gaps_of(a, known.theta, pair_facts_of(a));
  for (std::size_t i = 0; i < known.regions; ++i)
    for (std::size_t j = 0; j < known.regions; ++j) {
      if (i == j) continue;
      CHECK(gaps.implied(i + 2, j + 2) == Approx(0.5 * (known.log_cost(i, j) + known.log_cost(j, i))).epsilon(1e-11));
    }
}

TEST_CASE("a pair that costs 0.4 more than distance and border explain has a gap of 0.4, by the pairs that obey") {
  KnownCosts known;
  known.log_cost(1, 4) += 0.4, known.log_cost(4, 1) += 0.4;
  const Accounts a = known.accounts();
  const CostGaps gaps = gaps_of(a, known.theta, pair_facts_of(a));
  CHECK(gaps.by_distance);
  CHECK(gaps.implied(3, 6) - gaps.predicted(3, 6) == Approx(0.4).epsilon(1e-9));
  const CostGaps clean = gaps_of(KnownCosts().accounts(), known.theta, pair_facts_of(a));
  for (std::size_t i = 2; i < 8; ++i)
    for (std::size_t j = 2; j < 8; ++j)
      if (i != j) CHECK(clean.implied(i, j) - clean.predicted(i, j) == Approx(0.0).margin(1e-10));
}

TEST_CASE("without distances a pair is held against the median of its regions' other pairs") {
  const KnownCosts known;
  const Accounts a = known.accounts();
  const CostGaps gaps = gaps_of(a, known.theta, {});
  CHECK(!gaps.by_distance);
  std::vector<double> others;
  for (std::size_t k = 2; k < 8; ++k) {
    if (k != 2 && k != 3) others.push_back(gaps.implied(2, k)), others.push_back(gaps.implied(3, k));
  }
  std::sort(others.begin(), others.end());
  CHECK(gaps.predicted(2, 3) == Approx(0.5 * (others[3] + others[4])).epsilon(1e-12));
}

TEST_CASE("a zero flow is listed as not judged, and never gets a step") {
  KnownCosts known;
  Accounts a = known.accounts();
  Matrix y = a.final_use.copy();
  y(0, 3) = 0.0, y(0, 0) += a.final_use(0, 3);
  a.final_use = std::move(y);
  CalibrationOptions options;
  options.trade_elasticity = {known.theta};
  const Scanned s(a, options, [] {
    Closure c = short_run();
    c.labour = LabourRule::fixed, c.capital = CapitalRule::mobile, c.imbalance = ImbalanceRule::fixed;
    return c;
  }());
  ScanOptions o;
  o.goal = read_goal(s.accounts, {}, {"real_income"}), o.kinds = {LeverKind::trade_cost}, o.top = 100, o.facts = pair_facts_of(s.accounts);
  const ScanList list = scan(s.base, o).lists.front();
  const Lever zero{LeverKind::trade_cost, 2, 5, 0}, back{LeverKind::trade_cost, 5, 2, 0};
  REQUIRE(list.not_judged.size() == 2);
  CHECK(list.not_judged[0].lever == zero);
  CHECK(list.not_judged[0].size == 0.0);
  CHECK(list.not_judged[1].lever == back);
  for (const Opportunity& found : list.list) CHECK(!(found.lever == zero || found.lever == back));
}

// --- the list --------------------------------------------------------------------------------------------------------

TEST_CASE("with one sector the value per 1 % ranks pairs by their flow, 0.9998 and more; value times step does not") {
  NEEDS_SHARED_DATA();
  const CsvTable table = read_csv((test::shared_folder() / "data/tradepolicy-ch2-border/trade_2006.csv").string());
  std::map<std::string, int> number;
  for (const CsvRow& row : table.rows) number[test::text(table, row, "exporter")] = 0;
  Accounts a;
  a.title = "manufacturing trade 2006", a.year = 2006, a.currency = "USD";
  a.sectors = {{"G", "goods", ""}}, a.categories = {{"H", "all users", FinalRole::household}};
  a.primary_rows = {{"L", "endowment", PrimaryRole::labour, true}};
  for (auto& [code, r] : number) {
    r = static_cast<int>(a.regions.size());
    a.regions.push_back({code, code, "", false}), a.cells.push_back({r, 0, 0}), a.final_uses.push_back({r, 0});
  }
  const std::size_t n = number.size();
  Matrix y(n, n), x(1, n), km(n, n);
  for (const CsvRow& row : table.rows) {
    const auto i = static_cast<std::size_t>(number[test::text(table, row, "exporter")]),
               j = static_cast<std::size_t>(number[test::text(table, row, "importer")]);
    y(i, j) = test::number(table, row, "trade"), km(i, j) = test::number(table, row, "DIST");
    x(0, i) += y(i, j);
  }
  Matrix v = x;
  a.intermediate = Matrix(n, n), a.final_use = std::move(y), a.output = std::move(x), a.primary = std::move(v), a.distance = std::move(km);
  a.imports_intermediate = Matrix(0, n), a.imports_final = Matrix(0, n);
  CalibrationOptions options;
  options.trade_elasticity = {6.0};
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = ImbalanceRule::fixed;
  const Scanned s(a, options, closure);
  ScanOptions o;
  o.goal = read_goal(s.accounts, {}, {"real_income"}), o.kinds = {LeverKind::trade_cost}, o.top = 1, o.facts = pair_facts_of(s.accounts);
  const ScanList list = scan(s.base, o).lists.front();
  INFO("raw " << list.raw_correlation << ", with steps " << list.ranked_correlation);
  CHECK(list.raw_correlation > 0.9998);
  // Of one country: its own imports and exports apart, where most of the gain is.
  o.goal = read_goal(s.accounts, {}, {"real_income:DEU"}), o.regions = {region_index(s.accounts, "DEU")};
  const ScanList own = scan(s.base, o).lists.front();
  INFO("Germany: raw " << own.raw_correlation << ", with steps " << own.ranked_correlation);
  CHECK(own.raw_correlation > own.ranked_correlation);
  CHECK(list.ranked_correlation < 0.95);
}

namespace {

struct Finland {
  Scanned s;
  Programme programme;
  Compiled compiled;

  explicit Finland(const std::string& restricted = "", const Closure& closure = short_run())
      : s(read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/finland-2014"), options(), closure) {
    std::string text =
        "[programme]\nid = \"f\"\naccounts = \"a\"\nbase_year = 2014\nhorizon = [2026, 2027]\ncurrency = \"EUR\"\nprice_year = 2014\n";
    if (!restricted.empty()) {
      std::ofstream(folder / "pairs.csv") << "exporter,importer,sector,note\n" << restricted;
      text += "restricted = \"pairs.csv\"\n";
    }
    programme = parse_programme(text, "programme.toml", folder.path(), s.accounts);
    compiled = compile(programme, s.accounts);
  }

  static CalibrationOptions options() {
    const Accounts accounts = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/finland-2014");
    std::vector<std::string> used;
    return calibration_options(accounts, {}, used);
  }

  ScanOptions asked(const std::string& goal, std::size_t top) const {
    ScanOptions o;
    o.goal = read_goal(s.accounts, {}, {goal}), o.kinds = {LeverKind::trade_cost, LeverKind::sourcing}, o.top = top;
    o.facts = pair_facts_of(s.accounts), o.programme = &programme, o.compiled = &compiled;
    return o;
  }

  test::TemporaryFolder folder;
};

}  // namespace

TEST_CASE("where nobody may lose, nobody does in the economies that are solved again", "[long]") {
  const Finland f;
  ScanOptions o = f.asked("real_income:Lappi", 5);
  o.kinds = {LeverKind::productivity, LeverKind::trade_cost};
  o.nobody_loses = true, o.tolerance = 1e-5;
  const Scan found = scan(f.s.base, o);
  std::size_t listed = 0;
  for (const ScanList& list : found.lists)
    for (const Opportunity& one : list.list) {
      ++listed;
      const std::vector<Shock> shocks = lever_shocks(f.s.base, one.lever, one.tried);
      const Equilibrium after = solve_with(f.s.base, {&shocks.front()});
      const std::vector<double> change = real_income_changes(f.s.base, after.flows);
      for (std::size_t r = 0; r < change.size(); ++r) CHECK(change[r] >= -1e-5 * f.s.base.before.flows.spending[r]);
    }
  CHECK(listed > 0);
  CHECK(found.lists.back().losing > 0);
}

TEST_CASE("a restricted pair is in no list, in neither direction, and no lever leads through a third region", "[long]") {
  const Finland free, bound("Uusimaa,Lappi,64_66,note\nPirkanmaa,Lappi,,note\n");
  const auto is_bound = [&](const Lever& l) {
    const auto r = [&](const char* code) { return region_index(free.s.accounts, code); };
    const bool one = (l.origin == r("Uusimaa") && l.destination == r("Lappi")) || (l.origin == r("Lappi") && l.destination == r("Uusimaa"));
    const bool two =
        (l.origin == r("Pirkanmaa") && l.destination == r("Lappi")) || (l.origin == r("Lappi") && l.destination == r("Pirkanmaa"));
    return two || (one && l.sector == sector_index(free.s.accounts, "64_66"));
  };
  std::size_t before = 0;
  for (const Finland* f : {&free, &bound}) {
    std::size_t found = 0, listed = 0, left_out = 0;
    for (const ScanList& list : scan(f->s.base, f->asked("real_income:Lappi", 60)).lists) {
      for (const Opportunity& o : list.list) {
        found += is_bound(o.lever), ++listed;
        for (const Shock& shock : lever_shocks(f->s.base, o.lever, o.tried)) {
          if (const auto* cost = std::get_if<TradeCost>(&shock.change))
            CHECK((cost->origin == o.lever.origin && cost->destination == o.lever.destination));
          if (const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change))
            for (const Sourcing& m : *moves) {
              CHECK(supplier_region(f->s.accounts, m.to) == o.lever.origin);
              CHECK(buyer_region(f->s.accounts, m.buyer) == o.lever.destination);
            }
        }
      }
      left_out += list.restricted;
    }
    CHECK(listed > 60);
    if (f == &free) {
      before = found;
      CHECK(left_out == 0);
    } else {
      CHECK(found == 0);
      CHECK(left_out == 2 * 2 * (1 + 30));  // two kinds, two directions, one sector and all of them
    }
  }
  CHECK(before > 0);  // else the restrictions asked nothing
}

TEST_CASE("steps tried are never more than what is within reach, and the gains are those of the step") {
  const Finland f;
  ScanOptions o = f.asked("real_income:Lappi", 10);
  o.step_percent = 0.1;
  for (const ScanList& list : scan(f.s.base, o).lists)
    for (const Opportunity& one : list.list) {
      CHECK(one.tried <= one.feasible);
      CHECK(step_percent(one.lever.kind, one.tried) <= 0.1 + 1e-12);
      CHECK(one.first_order == Approx(100.0 * one.marginal * one.tried));
      CHECK(one.exact == Approx(one.first_order).epsilon(0.05));  // such a step is small
    }
}

TEST_CASE("goals: names, weights and regions that do not exist are told") {
  const Finland f;
  const Accounts& a = f.s.accounts;
  const auto exit_of = [&](const std::string& text) {
    try {
      read_goal(a, {}, {text});
    } catch (const Error& error) {
      return error.exit();
    }
    return Exit::done;
  };
  CHECK(exit_of("real_incme:Lappi") == Exit::data);
  CHECK(exit_of("real_income:Lapi") == Exit::usage);
  CHECK(exit_of("real_income:ABROAD") == Exit::data);
  CHECK(exit_of("jobs:Lappi=x") == Exit::data);
  CHECK(exit_of("self_sufficiency_look_through:Lappi,jobs:Lappi") == Exit::data);
  CHECK(goal_text(read_goal(a, {}, {"real_income:Lappi=2,jobs:Uusimaa"})) == "2 x real income of Lappi + jobs of Uusimaa");
  const Tangent tangent(f.s.base.economy, f.s.base.now.state);
  const Finland long_term("", long_run());
  CHECK_THROWS_AS(
      goal_outcome(long_term.s.base, read_goal(a, {}, {"jobs:Lappi"}), Tangent(long_term.s.base.economy, long_term.s.base.now.state)),
      Error);
}

// --- portfolios ------------------------------------------------------------------------------------------------------

namespace {

std::vector<Candidate> candidates_of(const Scanned& s, std::size_t count) {
  test::Numbers next(9);
  std::vector<Candidate> all;
  std::vector<Lever> levers = levers_of(s.base, {LeverKind::trade_cost, LeverKind::productivity});
  for (std::size_t k = 0; k < count; ++k) {
    const Lever lever = levers[(7 * k + 1) % levers.size()];
    all.push_back({lever_id(s.accounts, lever), 1.0 + 4.0 * next(), "", lever_shocks(s.base, lever, 0.05 + 0.1 * next())});
  }
  return all;
}

double best_of_all_sets(const Scanned& s, const std::vector<Candidate>& all, const Goal& goal, double budget) {
  double best = 0.0;
  for (std::size_t bits = 1; bits < (std::size_t{1} << all.size()); ++bits) {
    double cost = 0.0;
    std::vector<const Shock*> shocks;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (bits >> i & 1U) {
        cost += all[i].cost;
        for (const Shock& shock : all[i].shocks) shocks.push_back(&shock);
      }
    if (cost <= budget) best = std::max(best, goal_gain(s.base, goal, solve_with(s.base, shocks).flows));
  }
  return best;
}

}  // namespace

TEST_CASE("a portfolio is the best of all sets within the budget, greedy choice is within its bound, and costs are kept") {
  test::PaperWorld w;
  const Scanned s(accounts_of(w), options_of(w), long_run());
  const Goal goal = {{GoalKind::real_income, {"N", {w.region(0), w.region(1)}}, 1.0}};
  for (const std::size_t count : {1, 2, 7}) {
    const std::vector<Candidate> all = candidates_of(s, count);
    for (const double budget : {3.0, 8.0, 1000.0}) {
      const double best = best_of_all_sets(s, all, goal, budget);
      const Portfolio exact = best_portfolio(s.base, all, {goal, budget}),
                      quick = best_portfolio(s.base, all, {goal, budget, false, 1e-6, 0});
      CHECK(exact.exhaustive);
      CHECK(!quick.exhaustive);
      CHECK(exact.gain == Approx(best).epsilon(1e-8).margin(1e-10));
      CHECK(quick.gain <= best + 1e-8);
      CHECK(best <= quick.bound + 1e-8);
      for (const Portfolio* p : {&exact, &quick}) {
        CHECK(p->cost <= budget);
        CHECK(p->chosen.size() + p->left.size() == count);
        double added = 0.0;
        for (const ChosenCandidate& c : p->chosen) added += c.added;
        CHECK(added == Approx(p->gain).epsilon(1e-9).margin(1e-12));
      }
    }
  }
}

TEST_CASE("a portfolio in which nobody may lose costs the goal nothing but what it must") {
  test::PaperWorld w;
  const Scanned s(accounts_of(w), options_of(w), long_run());
  const Goal goal = {{GoalKind::real_income, {"N0", {w.region(0)}}, 1.0}};
  const std::vector<Candidate> all = candidates_of(s, 6);
  const Portfolio any = best_portfolio(s.base, all, {goal, 15.0}), none = best_portfolio(s.base, all, {goal, 15.0, true, 1e-5});
  CHECK(none.gain <= any.gain);
  for (const auto& [region, change] : none.others)
    CHECK(change >=
          -1e-5 * s.base.before.flows.spending[static_cast<std::size_t>(s.calibration.region_number[static_cast<std::size_t>(region)])]);
}
