// What must hold for every table, without a reference: shuffled, in other money, added up, moved, taken apart.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "golden.h"
#include "kontor/accounts/aggregate.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/model/leontief.h"
#include "support.h"

using namespace kontor;

namespace {

/// A small generator of our own, so that every machine asks the same questions.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  double uniform() {  // in [0, 1)
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  std::size_t below(std::size_t n) { return std::min(n - 1, static_cast<std::size_t>(uniform() * static_cast<double>(n))); }

 private:
  std::uint64_t state_;
};

struct Named {
  std::string name;
  Accounts accounts;
};

std::string golden(const std::string& name) { return (test::shared_folder() / "golden/io" / name).string(); }

std::vector<double> column_of(const std::string& file, const std::string& column) {
  const test::Labelled table = test::read_labelled(golden(file));
  std::vector<double> values;
  for (std::size_t i = 0; i < table.rows.size(); ++i) values.push_back(table.values(i, table.column(column)));
  return values;
}

/// The tiny world and, where the shared data are, two tables of other packages.
std::vector<Named> tables() {
  std::vector<Named> all = {{"tiny", test::tiny_accounts()}};
  if (test::shared_folder().empty()) return all;
  const test::Labelled leather = test::read_labelled(golden("leather_Z.csv"));
  all.push_back({"leather", test::square_accounts(leather.rows, leather.values, column_of("leather_out.csv", "out"))});
  test::Labelled wiodtest = test::read_labelled(golden("wiodtest_Z.csv"));
  for (std::string& label : wiodtest.rows) label[label.find('_')] = '.';
  all.push_back({"wiodtest", test::square_accounts(wiodtest.rows, wiodtest.values, column_of("wiodtest_VA_X.csv", "X"))});
  return all;
}

Matrix final_demand(const Accounts& a) {
  Matrix y(1, a.cells.size());
  for (std::size_t i = 0; i < a.cells.size(); ++i) y(0, i) = sum_of(a.final_use.row(i));
  return y;
}

std::vector<double> flows_per_output(const LeontiefSystem& system) {
  const Accounts& a = system.accounts();
  std::vector<double> v(a.cells.size());
  for (std::size_t j = 0; j < v.size(); ++j) v[j] = value_added(a, static_cast<int>(j));
  return system.coefficients(v);
}

Accounts permuted(const Accounts& a, const std::vector<std::size_t>& order) {
  Accounts b = a;
  const std::size_t n = order.size();
  Matrix z(n, n), y(n, a.final_uses.size()), v(a.primary_rows.size(), n), x(1, n);
  for (std::size_t i = 0; i < n; ++i) {
    b.cells[i] = a.cells[order[i]];
    x(0, i) = a.output(0, order[i]);
    for (std::size_t j = 0; j < n; ++j) z(i, j) = a.intermediate(order[i], order[j]);
    for (std::size_t f = 0; f < y.columns; ++f) y(i, f) = a.final_use(order[i], f);
    for (std::size_t p = 0; p < v.rows; ++p) v(p, i) = a.primary(p, order[i]);
  }
  b.intermediate = Block(z), b.final_use = Block(y), b.primary = Block(v), b.output = Block(x);
  return b;
}

Block times(const Block& block, double factor) {
  Matrix m = block.copy();
  for (double& value : m.values) value *= factor;
  return Block(std::move(m));
}

}  // namespace

TEST_CASE("shuffled cells give shuffled answers") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    const std::size_t n = t.accounts.cells.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    Chance chance(5);
    for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
    const Accounts shuffled = permuted(t.accounts, order);
    const LeontiefSystem a(t.accounts), b(shuffled);
    const Solved x = a.solve(final_demand(t.accounts)), y = b.solve(final_demand(shuffled));
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(y(0, i) == Approx(x(0, order[i])).epsilon(1e-12));
      CHECK(b.output_multipliers()[i] == Approx(a.output_multipliers()[order[i]]).epsilon(1e-12));
    }
  }
}

TEST_CASE("money a thousand times smaller changes levels and no multiplier") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    Accounts other = t.accounts;
    for (Block Accounts::*block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::primary, &Accounts::output})
      other.*block = times(other.*block, 1000);
    const LeontiefSystem a(t.accounts), b(other);
    const Solved x = a.solve(final_demand(t.accounts)), y = b.solve(final_demand(other));
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(y(0, i) == Approx(1000 * x(0, i)).epsilon(1e-12));
      CHECK(b.output_multipliers()[i] == Approx(a.output_multipliers()[i]).epsilon(1e-12));
    }
  }
}

TEST_CASE("a unit of final demand ends as one unit of value added, and all final use as all output") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    const LeontiefSystem system(t.accounts);
    Matrix v(1, system.size());
    v.values = flows_per_output(system);
    const Solved multipliers = system.solve_transposed(v), x = system.solve(final_demand(t.accounts));
    for (std::size_t j = 0; j < system.size(); ++j) {
      CHECK(multipliers(0, j) == Approx(1).epsilon(1e-12));
      CHECK(x(0, j) == Approx(t.accounts.output(0, j)).epsilon(1e-12));
    }
  }
}

TEST_CASE("output of the added-up table is the added-up output") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    const Accounts& a = t.accounts;
    Concordance regions{"r", {}}, sectors{"s", {}};
    for (std::size_t r = 0; r < a.regions.size(); ++r) regions.lines.push_back({a.regions[r].code, r == 0 ? "first" : "rest", "", 1.0});
    for (std::size_t s = 0; s < a.sectors.size(); ++s)
      sectors.lines.push_back({a.sectors[s].code, s + 1 < a.sectors.size() ? "all but one" : "one", "", 1.0});
    const Accounts coarse = aggregate(a, regions, sectors);
    REQUIRE(coarse.cells.size() == 4);
    const LeontiefSystem fine_system(a), system(coarse);
    const Solved fine = fine_system.solve(final_demand(a)), x = system.solve(final_demand(coarse));
    for (std::size_t c = 0; c < 4; ++c) {
      Sum members, flows;
      for (std::size_t i = 0; i < a.cells.size(); ++i) {
        const int region = a.cells[i].region == 0 ? 0 : 1, sector = a.cells[i].sector + 1 < static_cast<int>(a.sectors.size()) ? 0 : 1;
        if (coarse.cells[c].region == region && coarse.cells[c].sector == sector) members.add(fine(0, i));
      }
      CHECK(x(0, c) == Approx(members.value()).epsilon(1e-12));
      CHECK(coarse.output(0, c) == Approx(members.value()).epsilon(1e-12));
    }
    for (Block Accounts::*block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::primary, &Accounts::output})
      CHECK(sum_of((coarse.*block).values()) == Approx(sum_of((a.*block).values())).epsilon(1e-14));
  }
}

TEST_CASE("twice the demand is twice the effect, and two demands together are the sum of each") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    const LeontiefSystem system(t.accounts);
    const std::size_t n = system.size();
    Chance chance(11);
    Matrix y(4, n);  // f, g, 2 f, f + g
    for (std::size_t i = 0; i < n; ++i) {
      y(0, i) = chance.uniform(), y(1, i) = chance.uniform() - 0.5;
      y(2, i) = 2 * y(0, i), y(3, i) = y(0, i) + y(1, i);
    }
    const Solved x = system.solve(y);
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(x(2, i) == Approx(2 * x(0, i)).epsilon(1e-13));
      CHECK(x(3, i) == Approx(x(0, i) + x(1, i)).margin(1e-13 * system.certificate().condition));
    }
  }
}

TEST_CASE("a programme of nothing changes nothing, to the bit") {
  for (const Named& t : tables()) {
    const LeontiefSystem system(t.accounts);
    const Shock nothing{std::vector<Sourcing>{{0, 1, 2, 0.0}}, "M", 2020, Step::stated, false, ""};
    const std::vector<LeontiefSolution> solutions = solve_leontief(system, {{2020, {}}, {2020, {&nothing}}});
    for (const LeontiefSolution& solution : solutions)
      for (const double change : solution.output) CHECK(change == 0);
  }
}

TEST_CASE("purchases that move at random: the change is that of the table solved anew") {
  for (const Named& t : tables()) {
    CAPTURE(t.name);
    const Accounts& a = t.accounts;
    const LeontiefSystem system(a);
    const std::size_t n = a.cells.size();
    Chance chance(7);
    for (int round = 0; round < 25; ++round) {
      std::vector<Sourcing> moves;
      Matrix z = a.intermediate.copy();
      for (int k = 0; k < 6; ++k) {
        const std::size_t buyer = chance.below(n), from = chance.below(n), to = chance.below(n);
        if (from == to || z(from, buyer) <= 0) continue;
        const double amount = 0.9 * chance.uniform() * z(from, buyer);
        moves.push_back({static_cast<int>(buyer), static_cast<int>(from), static_cast<int>(to), amount});
        z(from, buyer) -= amount, z(to, buyer) += amount;
      }
      Accounts moved = a;
      moved.intermediate = Block(z);
      const LeontiefSystem anew(moved);
      const Shock shock{moves, "M", 2020, Step::stated, false, ""};
      const LeontiefSolution solution = solve_leontief(system, {{2020, {&shock}}}).front();
      const Solved after = anew.solve(final_demand(a)), before = system.solve(final_demand(a));
      const double size = *std::max_element(a.output.values().begin(), a.output.values().end());
      for (std::size_t i = 0; i < n; ++i) CHECK(std::fabs(solution.output[i] - (after(0, i) - before(0, i))) <= 1e-12 * size);
    }
  }
}

// Gaussian elimination with row exchanges in long double: 19 digits where the solver has 16.
static std::vector<long double> eliminate(std::vector<std::vector<long double>> m, std::vector<long double> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::fabs(m[i][k]) > std::fabs(m[pivot][k])) pivot = i;
    std::swap(m[k], m[pivot]), std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const long double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < n; ++j) m[i][j] -= factor * m[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= m[k][j] * b[j];
    b[k] /= m[k][k];
  }
  return b;
}

TEST_CASE("claimed digits never exceed true digits on random systems, easy ones and nearly singular ones") {
  Chance chance(3);
  int answered = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t n = 2 + chance.below(9);
    const double slack = std::pow(10.0, -9.0 * chance.uniform());  // column sums of A are about 1 - slack
    Matrix flows(n, n);
    std::vector<double> output(n);
    std::vector<std::string> cells;
    for (std::size_t j = 0; j < n; ++j) {
      cells.push_back(std::to_string(j));
      output[j] = 1 + 999 * chance.uniform();
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) sum += flows(i, j) = chance.uniform();
      for (std::size_t i = 0; i < n; ++i) flows(i, j) *= (1 - slack) * output[j] / sum;
    }
    const Accounts accounts = test::square_accounts(cells, flows, output);
    try {
      const LeontiefSystem system(accounts);
      Matrix b(1, n);
      for (std::size_t i = 0; i < n; ++i) b(0, i) = chance.uniform();
      const Solved x = system.solve(b);
      std::vector<std::vector<long double>> m(n, std::vector<long double>(n));
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          m[i][j] = (i == j ? 1.0L : 0.0L) - static_cast<long double>(flows(i, j)) / static_cast<long double>(output[j]);
      const auto truth = eliminate(m, {b.values.begin(), b.values.end()});
      long double error = 0, size = 0;
      for (std::size_t i = 0; i < n; ++i) error += std::fabs(x(0, i) - truth[i]), size += std::fabs(truth[i]);
      CAPTURE(round, n, slack, static_cast<double>(error / size));
      CHECK(static_cast<double>(error / size) <= std::pow(10.0, -system.certificate().digits));
      ++answered;
    } catch (const Error& refused) {
      CHECK(refused.exit() == Exit::no_answer);
    }
  }
  CHECK(answered > 300);
}
