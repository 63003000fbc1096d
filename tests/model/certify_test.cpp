#include "kontor/model/certify.h"

#include <catch2/catch.hpp>

#include "equilibrium_world.h"

using namespace kontor;

TEST_CASE("a certificate says how sure a solution is, from where else it was reached, and that the books balance") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    const Calibration base = calibrate(accounts, test::all_options()[1]);
    for (const Closure& closure : test::all_closures()) {
      CAPTURE(open, closure.name);
      const Economy economy = test::shocked(baseline_economy(base, closure), closure.budget == BudgetRule::lump_sum);
      const Equilibrium solution = solve_equilibrium(economy);
      REQUIRE(solution.solved());
      const Certificate c = certify(economy, solution);
      CAPTURE(c.condition, c.residual, c.spectral_radius);
      CHECK(c.outcome == "solved");
      CHECK(c.digits > 6.0);
      CHECK(c.starts == 4);
      CHECK_THAT(c.criterion, Catch::Contains("from 4 starts of 4"));
      CHECK(c.solutions == 1);
      CHECK(c.identities.size() == (open ? 3u : 4u));  // one of them for the limits
      for (const Identity& identity : c.identities) {
        CAPTURE(identity.name, identity.gap, identity.bound);
        CHECK(identity.holds());
      }
    }
  }
}

TEST_CASE("a solution that is none gets no certificate") {
  const Accounts accounts = test::small_world(false);
  const Calibration base = calibrate(accounts, test::all_options()[0]);
  const Economy economy = test::shocked(baseline_economy(base, short_run()), false);
  Equilibrium claimed = solve_equilibrium(economy);
  for (double& z : claimed.state) z *= 1.001;
  const Certificate c = certify(economy, claimed);
  CHECK_FALSE(c.solved());
  CHECK(c.solutions == 2);
  SolverOptions rough;
  rough.tolerance = 1e-4;
  const Certificate early = certify(economy, solve_equilibrium(economy, {}, rough), 1);
  CHECK_FALSE(early.solved());
  CHECK(early.digits < 6.0);
}

TEST_CASE("strong returns to scale have more than one equilibrium, and the certificate refuses to choose") {
  const Accounts accounts = test::small_world(false);
  CalibrationOptions options;
  options.trade_elasticity = {3.0, 3.0, 3.0};
  const auto certificate = [&](double scale) {
    options.scale = scale;
    const Calibration base = calibrate(accounts, options);
    const Economy economy = baseline_economy(base, long_run());
    const Equilibrium solution = solve_equilibrium(economy);
    REQUIRE(solution.solved());
    return certify(economy, solution);
  };
  CHECK(certificate(0.5).solved());
  const Certificate strong = certificate(1.5);
  CHECK(strong.solutions > 1);
  CHECK_FALSE(strong.solved());
}
