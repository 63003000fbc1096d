// Drawn tables: sums that must stay, zeros that must stay, errors of the size that was asked for.
#include "kontor/model/drawn_accounts.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/statistics.h"
#include "model/equilibrium_world.h"

using namespace kontor;

static const CellErrors ten_per_cent = {{{1.0, 0.1}, {1e-6, 0.1}}, {}, {}};

TEST_CASE("drawn cells balance again: what a cell sells and pays in all stays, zeros and negative cells too") {
  const Accounts a = test::small_world(true);
  const Accounts d = drawn_accounts(a, ten_per_cent, 7, 3);
  bool moved = false;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    double sold = 0.0, sold_then = 0.0, paid = 0.0, paid_then = 0.0;
    for (std::size_t j = 0; j < a.cells.size(); ++j) {
      sold += d.intermediate(i, j), sold_then += a.intermediate(i, j);
      paid += d.intermediate(j, i), paid_then += a.intermediate(j, i);
      moved |= d.intermediate(i, j) != a.intermediate(i, j);
      if (!(a.intermediate(i, j) > 0.0)) CHECK(d.intermediate(i, j) == a.intermediate(i, j));
    }
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
      sold += d.final_use(i, f), sold_then += a.final_use(i, f);
      if (!(a.final_use(i, f) > 0.0)) CHECK(d.final_use(i, f) == a.final_use(i, f));
    }
    for (std::size_t k = 0; k < a.imports.size(); ++k) paid += d.imports_intermediate(k, i), paid_then += a.imports_intermediate(k, i);
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p) paid += d.primary(p, i), paid_then += a.primary(p, i);
    CHECK(sold == Approx(sold_then).epsilon(1e-11).margin(1e-12));
    CHECK(paid == Approx(paid_then).epsilon(1e-11).margin(1e-12));
  }
  CHECK(moved);
}

TEST_CASE("draw k of the cells is a function of k") {
  const Accounts a = test::small_world(false);
  const auto cells = [&](std::uint64_t k) { return drawn_accounts(a, ten_per_cent, 7, k).intermediate.copy().values; };
  CHECK(cells(4) == cells(4));
  CHECK(cells(4) != cells(5));
}

TEST_CASE("an error of nothing leaves the table as it was") {
  const Accounts a = test::small_world(false);
  const Accounts d = drawn_accounts(a, {{{1.0, 0.0}, {1e-6, 0.0}}, {}, {}}, 7, 1);
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    for (std::size_t j = 0; j < a.cells.size(); ++j) CHECK(d.intermediate(i, j) == Approx(a.intermediate(i, j)).epsilon(1e-12));
}

TEST_CASE("the structure of an old table errs by product, the same for all who use it") {
  // Before balancing the ratio of two users' inputs of a product is kept; a table whose sums bind nothing shows it.
  const Accounts a = test::small_world(false);
  const Accounts d = drawn_accounts(a, {{}, std::vector<double>(a.sectors.size(), 0.2), {}}, 7, 1);
  bool moved = false;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    for (std::size_t j = 0; j < a.cells.size(); ++j) moved |= std::fabs(d.intermediate(i, j) / a.intermediate(i, j) - 1.0) > 1e-3;
  CHECK(moved);
  for (std::size_t f = 0; f < a.final_uses.size(); ++f)
    for (std::size_t i = 0; i + 1 < a.cells.size(); ++i)
      if (a.final_use(i, f) < 0.0) CHECK(d.final_use(i, f) == a.final_use(i, f));
}

TEST_CASE("an old table's error is its sector's: docs/hindcast.md, by sector, structure of 2000 and final use of 2011") {
  Accounts a = test::small_world(false);
  a.year = 2011;
  a.sectors[0].code = "B", a.sectors[1].code = "D35", a.sectors[2].code = "a sector of no class";
  Programme programme;
  programme.first_year = 2022;
  programme.uncertainty.vary = {"table_age"};
  const CellErrors errors = cell_errors(programme, a);
  REQUIRE(errors.structure.size() == 3);
  CHECK(errors.structure[0] == Approx(0.360).margin(0.0005));   // mining and quarrying
  CHECK(errors.structure[1] == Approx(0.313).margin(0.0005));   // electricity, gas and water
  CHECK(errors.structure[2] == Approx(0.1248).margin(0.0001));  // all output
  CHECK(errors.by_size.empty());
  programme.first_year = 2011;
  CHECK(cell_errors(programme, a).structure.empty());  // a table as young as the horizon
}

TEST_CASE("a trade model's cells are not drawn, and the message says what to do") {
  Accounts a = test::small_world(false);
  a.kind = AccountsKind::trade_model;
  CHECK_THROWS_WITH(drawn_accounts(a, ten_per_cent, 7, 1), Catch::Contains("not-a-table") && Catch::Contains("leave"));
}
