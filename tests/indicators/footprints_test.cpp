#include "kontor/indicators/footprints.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "golden.h"
#include "kontor/base/sum.h"
#include "support.h"

using namespace kontor;
using test::Labelled;

static Matrix one_row(const std::vector<double>& values) {
  Matrix m(1, values.size());
  m.values = values;
  return m;
}

TEST_CASE("what is emitted anywhere is emitted for somebody: consumption and production agree in all, and each region's border closes") {
  const Accounts a = test::tiny_accounts();
  const LeontiefSystem system(a);
  const Footprints f = footprints(system, one_row({10, 40, 30, 5}));
  CHECK(f.production(0, 0) == 50);
  CHECK(f.production(0, 1) == 35);
  CHECK(f.consumption(0, 0) + f.consumption(0, 1) == Approx(85).epsilon(1e-14));
  for (std::size_t r = 0; r < 2; ++r)
    CHECK(f.production(0, r) - f.exports(0, r) + f.imports(0, r) == Approx(f.consumption(0, r)).epsilon(1e-14));
  CHECK(f.exports(0, 0) == Approx(f.imports(0, 1)).epsilon(1e-14));
}

TEST_CASE("the footprint of value added is final use itself: nothing leaks out of a closed world") {
  const Accounts a = test::tiny_accounts();
  const LeontiefSystem system(a);
  const Footprints f = footprints(system, one_row({60, 130, 50, 50}));
  CHECK(f.consumption(0, 0) == Approx(170).epsilon(1e-14));  // final use of L
  CHECK(f.consumption(0, 1) == Approx(120).epsilon(1e-14));
  for (std::size_t j = 0; j < 4; ++j) CHECK(f.multipliers(0, j) == Approx(1).epsilon(1e-14));
}

TEST_CASE("a row that is not known for a cell has no footprint, rather than a smaller one") {
  const Accounts a = test::tiny_accounts();
  const LeontiefSystem system(a);
  const Footprints f = footprints(system, one_row({10, 40, std::nan(""), 5}));
  CHECK(f.production(0, 0) == 50);
  CHECK(std::isnan(f.production(0, 1)));
  CHECK(std::isnan(f.consumption(0, 0)));
}

TEST_CASE("pymrio's test system: territorial, consumption, export and import accounts of regions 1 to 3 to 1e-10") {
  NEEDS_SHARED_DATA();
  const auto golden = [](const std::string& name) { return test::read_labelled((test::shared_folder() / "golden/io" / name).string()); };
  const Labelled z = golden("pymriotest_Z.csv"), y = golden("pymriotest_Y.csv"), x = golden("pymriotest_x.csv");
  const Labelled flows = golden("pymriotest_emissions_F.csv"), direct = golden("pymriotest_emissions_F_Y.csv");
  const std::size_t n = z.rows.size();
  std::vector<double> output(n);
  for (std::size_t i = 0; i < n; ++i) output[i] = x.values(i, 0);
  Accounts a = test::square_accounts(z.rows, z.values, output);
  const auto region_of = [&](const std::string& label) {
    return static_cast<std::size_t>(region_index(a, label.substr(0, label.find('.'))));
  };
  Matrix use(n, a.regions.size()), of_users(flows.rows.size(), a.regions.size());
  for (std::size_t k = 0; k < y.columns.size(); ++k) {
    for (std::size_t i = 0; i < n; ++i) use(i, region_of(y.columns[k])) += y.values(i, k);
    for (std::size_t e = 0; e < of_users.rows; ++e) of_users(e, region_of(y.columns[k])) += direct.values(e, k);
  }
  a.final_use = Block(use);
  const LeontiefSystem system(a);
  const Footprints f = footprints(system, flows.values);
  // Households' own emissions are in that package's territorial and consumption accounts, not in exports and imports.
  const auto compare = [&](const std::string& account, const Matrix& ours, bool with_users) {
    const Labelled expected = golden("pymriotest_emissions_D_" + account + "_reg_reg1-3.csv");
    REQUIRE(expected.rows.size() == 2);
    for (std::size_t e = 0; e < 2; ++e)
      for (std::size_t r = 0; r < 3; ++r) {
        CAPTURE(account, e, r);
        REQUIRE(expected.columns[r] == a.regions[r].code);
        CHECK(ours(e, r) + (with_users ? of_users(e, r) : 0.0) == Approx(expected.values(e, r)).epsilon(1e-10));
      }
  };
  compare("pba", f.production, true);
  compare("cba", f.consumption, true);
  compare("exp", f.exports, false);
  compare("imp", f.imports, false);
  const Labelled multipliers = golden("pymriotest_emissions_M.csv");
  for (std::size_t e = 0; e < 2; ++e)
    for (std::size_t j = 0; j < n; ++j) CHECK(f.multipliers(e, j) == Approx(multipliers.values(e, j)).epsilon(1e-10));
}
