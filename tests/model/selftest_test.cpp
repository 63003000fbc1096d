#include "kontor/model/selftest.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace kontor;

TEST_CASE("every built-in world gives its known answers") {
  std::set<std::string> worlds;
  for (const SelftestCase& c : run_selftest()) {
    CAPTURE(c.world, c.quantity, c.expected, c.got, c.tolerance);
    CHECK(c.ok());
    CHECK(c.tolerance < 1e-3);
    CHECK_FALSE(c.source.empty());
    worlds.insert(c.world);
  }
  CHECK(worlds == std::set<std::string>{"two sectors", "two regions", "Germany 1995", "programme"});
  CHECK(run_selftest().size() >= 25);
}

TEST_CASE("an answer that is off, or none, is not ok") {
  CHECK(SelftestCase{"", "", "", 1.0, 1.05, 0.1}.ok());
  CHECK_FALSE(SelftestCase{"", "", "", 1.0, 1.2, 0.1}.ok());
  CHECK_FALSE(SelftestCase{"", "", "", 1.0, 0.8, 0.1}.ok());
  CHECK_FALSE(SelftestCase{"", "", "", 1.0, std::nan(""), 0.1}.ok());
}
