#include "kontor/model/leontief.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "golden.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "support.h"

using namespace kontor;

// Miller and Blair (2009), table 2.3: two sectors, flows 150 500 / 200 100, output 1000 and 2000.
static Accounts miller_blair() {
  Matrix flows(2, 2);
  flows.values = {150, 500, 200, 100};
  return test::square_accounts({"1", "2"}, flows, {1000, 2000});
}

static Shock final_demand(int supplier, int final_use, double amount) {
  return {std::vector<FinalDemand>{{supplier, final_use, amount}}, "M", 2020, Step::stated, false, ""};
}

static LeontiefSolution solve_one(const LeontiefSystem& system, const std::vector<Shock>& shocks) {
  Scenario scenario{2020, {}};
  for (const Shock& shock : shocks) scenario.shocks.push_back(&shock);
  return solve_leontief(system, {scenario}).front();
}

TEST_CASE("Miller and Blair's two-sector example: final demand of 600 and 1500 calls for output of 1247.5 and 1841.6") {
  const Accounts accounts = miller_blair();
  const LeontiefSystem system(accounts);
  Matrix y(1, 2);
  y.values = {600, 1500};
  const Solved x = system.solve(y);
  CHECK(x(0, 0) == Approx(1247.524752475248).epsilon(1e-12));
  CHECK(x(0, 1) == Approx(1841.584158415842).epsilon(1e-12));
  CHECK(system.output_multipliers()[0] == Approx(1.518151815181518).epsilon(1e-12));
  CHECK(system.output_multipliers()[1] == Approx(1.452145214521452).epsilon(1e-12));
}

TEST_CASE("a new purchase raises the supplier's output by more than its value, and value added by exactly its value") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  const LeontiefSolution solution = solve_one(system, {final_demand(1, 0, 10)});
  CHECK(solution.output[1] > 10);
  double added = 0;
  for (int i = 0; i < 4; ++i)
    added += solution.output[static_cast<std::size_t>(i)] * value_added(accounts, i) / accounts.output(0, static_cast<std::size_t>(i));
  CHECK(added == Approx(10).epsilon(1e-13));  // all primary inputs are value added here, so v L = 1
}

TEST_CASE("a purchase that moves to another origin is solved as a table with the moved cells, from the start") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  // L.2 buys 6 of its 10 from M.1 at L.1 instead.
  const Shock moved{std::vector<Sourcing>{{1, 2, 0, 6}}, "M", 2020, Step::displacement, false, ""};
  const LeontiefSolution solution = solve_one(system, {moved});

  Matrix z = accounts.intermediate.copy();
  z(2, 1) -= 6, z(0, 1) += 6;
  Accounts other = accounts;
  other.intermediate = Block(z);
  const LeontiefSystem plain(other);
  Matrix y(1, 4);
  for (std::size_t i = 0; i < 4; ++i) y(0, i) = accounts.final_use(i, 0) + accounts.final_use(i, 1);
  const Solved after = plain.solve(y), before = system.solve(y);
  for (std::size_t i = 0; i < 4; ++i) CHECK(solution.output[i] == Approx(after(0, i) - before(0, i)).margin(1e-12));
  CHECK(solution.output[0] > 6);
  CHECK(solution.output[2] < -6);
}

TEST_CASE("a final purchase that moves changes no total of final use") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  const int household_of_l = buyer_of_final_use(accounts, 0);
  const LeontiefSolution solution =
      solve_one(system, {{std::vector<Sourcing>{{household_of_l, 2, 0, 10}}, "M", 2020, Step::stated, false, ""}});
  double direct = 0;
  for (const PurchaseChange& change : solution.final_use) direct += change.amount;
  CHECK(direct == 0);
  CHECK(solution.output[0] > 0);
  CHECK(solution.output[2] < 0);
}

TEST_CASE("taking away more than is bought is refused") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  CHECK_THROWS_AS(solve_one(system, {{std::vector<Sourcing>{{1, 2, 0, 11}}, "M", 2020, Step::stated, false, ""}}), Error);
}

TEST_CASE("a dearer origin raises the price of its buyer and of those who buy from him") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  Target target{0, 0.5, 10, 1.2, Instrument::subsidy, {{1, 2, 0, 10}}};  // L.2 moves 10 from M.1 to L.1 at a fifth more
  const LeontiefSolution solution = solve_one(system, {{target, "M", 2020, Step::stated, false, ""}});
  // 10 x 0.2 = 2 more cost on an output of 200: 1 %, and more through what L.2 buys from itself.
  CHECK(solution.price[1] > 0.01);
  CHECK(solution.price[0] > 0);
  // What final users pay more is the extra cost itself, passed on: p y = dc x.
  CHECK(solution.final_extra_cost == Approx(2.0).epsilon(1e-12));
}

TEST_CASE("what leontief cannot represent is named, not dropped") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  const std::vector<Shock> shocks = {{TradeCost{0, 1, 0, 0.97}, "M5", 2020, Step::stated, false, ""}};
  const LeontiefSolution solution = solve_one(system, shocks);
  REQUIRE(solution.not_counted.size() == 1);
  CHECK(std::string(change_name(solution.not_counted[0]->change)) == "trade_cost");
  for (const double change : solution.output) CHECK(change == 0);
}

TEST_CASE("a limit is held against what is asked of a cell, and a unit of its output more is worth the chain's value added") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  const double today = accounts.output(0, 0);
  const Shock demand = final_demand(0, 0, 10.0);
  const auto limit = [&](double added) { return Shock{Capacity{0, today + added}, "M", 2020, Step::stated, false, ""}; };
  const Shock first = limit(1.0), second = limit(2.0), wide = limit(1e3);
  const std::vector<LeontiefSolution> solved = solve_leontief(system, {{2020, {&demand, &first, &second}}, {2020, {&demand, &wide}}});
  REQUIRE(solved[0].limits.size() == 1);
  CHECK(solved[0].not_counted.empty());
  CHECK(solved[0].limits[0].limit == Approx(today + 3.0));
  CHECK(solved[0].limits[0].output == Approx(today + solved[0].output[0]));
  CHECK(solved[0].limits[0].binds());
  CHECK_FALSE(solved[1].limits[0].binds());
  // Ten of final demand make this much output of the cell and this much value added in all: a unit of output is worth the ratio.
  std::vector<double> coefficients(system.size());
  double added = 0.0;
  for (std::size_t j = 0; j < system.size(); ++j) {
    coefficients[j] = value_added(accounts, static_cast<int>(j)) / accounts.output(0, j);
    added += coefficients[j] * solved[0].output[j];
  }
  CHECK(value_of_output(system, coefficients, 0) == Approx(added / solved[0].output[0]).epsilon(1e-12));
}

TEST_CASE("a scenario gives the same bytes alone and in company, with one thread and with two") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  const Shock a = final_demand(0, 0, 1.7), b = final_demand(3, 1, 0.3),
              c{std::vector<Sourcing>{{1, 2, 0, 6}}, "M", 2020, Step::stated, false, ""};
  const auto alone = solve_leontief(system, {{2020, {&a, &c}}});
  set_thread_count(2);
  const auto together = solve_leontief(system, {{2020, {&b}}, {2020, {&a, &c}}, {2021, {&c}}});
  set_thread_count(0);
  for (std::size_t i = 0; i < 4; ++i) CHECK(alone[0].output[i] == together[1].output[i]);
}

TEST_CASE("a singular table has no answer, and one close to it neither") {
  Matrix flows(2, 2);
  flows.values = {50, 50, 50, 50};  // every column sum is one
  const Accounts singular = test::square_accounts({"1", "2"}, flows, {100, 100});
  try {
    const LeontiefSystem system(singular);
    FAIL("a singular table was accepted");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no_answer);
  }
  flows.values = {50, 50 - 1e-11, 50 - 1e-11, 50};
  const Accounts close = test::square_accounts({"1", "2"}, flows, {100, 100});
  CHECK_THROWS_AS(LeontiefSystem(close), Error);
}

TEST_CASE("a column sum above one is no hindrance while the spectral radius is below one") {
  Matrix flows(2, 2);
  flows.values = {10, 90, 5, 20};  // second column sums to 1.1
  const Accounts accounts = test::square_accounts({"1", "2"}, flows, {100, 100});
  const LeontiefSystem system(accounts);
  CHECK(system.certificate().largest_column_sum == Approx(1.1));
  CHECK(system.certificate().digits > 13);
}

TEST_CASE("a spectral radius above one gives no answer although the matrix can be inverted") {
  Matrix flows(2, 2);
  flows.values = {150, 10, 10, 20};
  const Accounts accounts = test::square_accounts({"1", "2"}, flows, {100, 100});
  CHECK_THROWS_AS(LeontiefSystem(accounts), Error);
}

TEST_CASE("a cell without output has coefficients of zero and a multiplier of one") {
  Matrix flows(2, 2);
  flows.values = {150, 0, 200, 0};
  const Accounts accounts = test::square_accounts({"1", "2"}, flows, {1000, 0});
  const LeontiefSystem system(accounts);
  CHECK(system.output_multipliers()[1] == 1.0);
  CHECK(std::isfinite(system.output_multipliers()[0]));
}

TEST_CASE("the certificate's condition number is that of the explicit inverse") {
  const Accounts accounts = miller_blair();
  const LeontiefSystem system(accounts);
  // |I - A|_1 = max(0.85 + 0.2, 0.25 + 0.95) = 1.2; |L|_1 = 1.518151815...
  CHECK(system.certificate().condition == Approx(1.2 * 1.518151815181518).epsilon(1e-12));
  CHECK(system.certificate().spectral_radius >= 0.1 + std::sqrt(0.0025 + 0.05));  // eigenvalue of A by hand
}

TEST_CASE("extraction of nothing that trades changes nothing") {
  Matrix flows(2, 2);
  flows.values = {10, 0, 0, 20};
  const Accounts accounts = test::square_accounts({"L.1", "M.1"}, flows, {100, 100});
  const LeontiefSystem system(accounts);
  const std::vector<double> output = output_without_trade_of(system, 0, true);
  CHECK(output[0] == Approx(100).epsilon(1e-14));
  CHECK(output[1] == Approx(100).epsilon(1e-14));
}

TEST_CASE("a region without trade is the table with those cells set to zero") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  for (const bool final_goods : {false, true}) {
    Accounts cut = accounts;
    Matrix z = accounts.intermediate.copy(), y = accounts.final_use.copy();
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j)
        if ((i < 2) != (j < 2)) z(i, j) = 0;
    for (std::size_t i = 0; i < 4; ++i)
      if (final_goods) y(i, i < 2 ? 1 : 0) = 0;
    cut.intermediate = Block(z);
    const LeontiefSystem plain(cut);
    Matrix demand(1, 4);
    for (std::size_t i = 0; i < 4; ++i) demand(0, i) = y(i, 0) + y(i, 1);
    const Solved expected = plain.solve(demand);
    const std::vector<double> output = output_without_trade_of(system, 0, final_goods);
    for (std::size_t i = 0; i < 4; ++i) CHECK(output[i] == Approx(expected(0, i)).epsilon(1e-13));
  }
}

TEST_CASE("a cell that buys nothing is the table without its column, at the same final demand") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  for (std::size_t k = 0; k < 4; ++k) {
    Accounts cut = accounts;
    Matrix z = accounts.intermediate.copy(), demand(1, 4);
    for (std::size_t i = 0; i < 4; ++i) z(i, k) = 0, demand(0, i) = accounts.final_use(i, 0) + accounts.final_use(i, 1);
    cut.intermediate = Block(z);
    const LeontiefSystem plain(cut);
    const Solved left = plain.solve(demand);
    const std::vector<double> loss = extract_purchases(system, static_cast<int>(k));
    for (std::size_t i = 0; i < 4; ++i) CHECK(loss[i] == Approx(accounts.output(0, i) - left(0, i)).epsilon(1e-12));
  }
}

// Output x = v (I - B)^-1 of the supply side as the sum of its rounds v (I + B + B^2 + ...), B = shares of sales. No factorisation.
static std::vector<double> supply_driven(const std::vector<double>& v, const Matrix& b) {
  std::vector<double> x = v, round = v;
  for (int step = 0; step < 60; ++step) {  // a row of B sums to at most 0.5 in the tiny world: 0.5^60 is below rounding
    std::vector<double> next(v.size());
    for (std::size_t i = 0; i < v.size(); ++i)
      for (std::size_t j = 0; j < v.size(); ++j) next[j] += round[i] * b(i, j);
    for (std::size_t j = 0; j < v.size(); ++j) x[j] += next[j];
    round = next;
  }
  return x;
}

TEST_CASE("a cell that sells nothing, or trades with itself only, is the table without those sales at the same primary inputs") {
  const Accounts accounts = test::tiny_accounts();
  const LeontiefSystem system(accounts);
  Matrix b = accounts.intermediate.copy();
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) b(i, j) /= accounts.output(0, i);
  const std::vector<double> v(accounts.primary.row(0).begin(), accounts.primary.row(0).end());
  for (std::size_t j = 0; j < 4; ++j) CHECK(supply_driven(v, b)[j] == Approx(accounts.output(0, j)).epsilon(1e-13));
  for (std::size_t k = 0; k < 4; ++k) {
    Matrix no_sales = b, alone = b;
    for (std::size_t j = 0; j < 4; ++j) {
      no_sales(k, j) = 0;
      if (j != k) alone(k, j) = alone(j, k) = 0;
    }
    const std::vector<double> sales = extract_sales(system, static_cast<int>(k)), left = supply_driven(v, no_sales);
    const std::vector<double> both = extract_cell(system, static_cast<int>(k), Given::primary_inputs), rest = supply_driven(v, alone);
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(sales[j] == Approx(accounts.output(0, j) - left[j]).epsilon(1e-12));
      CHECK(both[j] == Approx(accounts.output(0, j) - rest[j]).epsilon(1e-12));
    }
  }
}

TEST_CASE("a cell that trades with itself only is a region without trade, where the region is one cell") {
  Matrix flows(3, 3);
  flows.values = {10, 5, 20, 15, 30, 10, 5, 20, 15};
  const Accounts accounts = test::square_accounts({"L.1", "M.1", "N.1"}, flows, {100, 120, 80});
  const LeontiefSystem system(accounts);
  for (int k = 0; k < 3; ++k) {
    const std::vector<double> loss = extract_cell(system, k), output = output_without_trade_of(system, k, false);
    for (std::size_t i = 0; i < 3; ++i) CHECK(loss[i] == Approx(accounts.output(0, i) - output[i]).epsilon(1e-12));
  }
}

TEST_CASE("a cell without output takes nothing along when it drops out") {
  Matrix flows(2, 2);
  flows.values = {150, 0, 0, 0};
  const Accounts accounts = test::square_accounts({"1", "2"}, flows, {1000, 0});
  const LeontiefSystem system(accounts);
  for (const std::vector<double>& loss :
       {extract_purchases(system, 1), extract_sales(system, 1), extract_cell(system, 1), extract_cell(system, 1, Given::primary_inputs)})
    for (const double lost : loss) CHECK(lost == 0.0);
}
