#include <catch2/catch.hpp>

#include "kontor/base/error.h"
#include "kontor/programme/programme.h"
#include "programme/worlds.h"

using namespace kontor;
using namespace kontor::test;

// Region B's households buy product 1 from A (10), B (40), C (30): see small_world().
static const char* const to_households = R"(
[[measure]]
id = "M1"
kind = "contract"
status = "signed"
seller = { region = "A", sector = "1" }
buyer = { region = "B", use = "household" }
money = { total = 10e6, basis = "basic" }
period = ["2021-01", "2021-12"]
additional = 0.5
replaces = { third_country = 0.6, domestic = 0.4 }
)";

TEST_CASE("a contract that replaces other suppliers adds no net demand") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, to_households);
  // 5 of the 10 are additional: 3 come from C, 2 from B, and A gains 5.
  CHECK(net_demand(compiled, world, "A.1") == Approx(5.0).margin(1e-12));
  CHECK(net_demand(compiled, world, "B.1") == Approx(-2.0).margin(1e-12));
  CHECK(net_demand(compiled, world, "C.1") == Approx(-3.0).margin(1e-12));
}

TEST_CASE("the first step of a contract is its stated value") {
  const Accounts world = small_world();
  const Compiled compiled = compile_text(world, to_households);
  CHECK(net_demand(compiled, world, "A.1", Step::stated) == Approx(10.0));
}
