// The appraisal at the ends of ranges is the appraisal of a programme that says so.
#include "kontor/indicators/net_ranges.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "kontor/indicators/effects.h"
#include "kontor/indicators/net_effects.h"
#include "model/closures_world.h"

using namespace kontor;

namespace {

// The paper world with a third of what people buy as investment.
Accounts world() {
  test::PaperWorld w;
  Accounts a = accounts_of(w);
  const std::size_t n = a.cells.size();
  a.categories.push_back({"I", "investment", FinalRole::investment});
  for (int r = 0; r < 3; ++r) a.final_uses.push_back({w.region(static_cast<std::size_t>(r)), 2});
  Matrix y(n, 6);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < 3; ++r) y(i, r) = a.final_use(i, r) * 2.0 / 3.0, y(i, r + 3) = a.final_use(i, r) / 3.0;
  a.final_use = std::move(y);
  return a;
}

std::string text(const std::string& total, const std::string& gain, const std::string& status = "signed") {
  return R"([programme]
id = "P"
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020

[[measure]]
id = "M1"
kind = "modernisation"
status = ")" +
         status + R"("
where = { region = "N0.0", sector = "1", share = 0.5 }
capex = { total = )" +
         total + R"(, sectors = { "1" = 0.6, "2" = 0.4 }, years = [2021, 2022] }
effect = { output_per_worker = )" +
         gain + R"(, lag = 1 }
evidence = "a study"
)";
}

AppraisalRanges ranges(const Accounts& accounts, const std::string& toml) {
  const Calibration base = calibrate(accounts, options_of(test::PaperWorld()));
  return appraisal_ranges(base, parse_programme(toml, "programme.toml", ".", accounts), {});
}

double central(const Accounts& accounts, const std::string& toml) {
  const Calibration base = calibrate(accounts, options_of(test::PaperWorld()));
  const Programme programme = parse_programme(toml, "programme.toml", ".", accounts);
  const Compiled compiled = compile(programme, accounts);
  const LeontiefSystem system(accounts);
  const ProgrammeEffects gross = effects_of_programme(system, programme, compiled);
  return value_of(net_effects(base, programme, compiled, gross.rows, gross.years_in_detail).rows,
                  {"net_present_value", "", "", "", "", "", 2021});
}

}  // namespace

TEST_CASE("low is a dear building and a small gain, high the other way round, and each is the programme that says so") {
  const Accounts accounts = world();
  const std::string cost = "{ low = 2e6, mid = 3e6, high = 5e6 }", gain = "{ low = 0.05, mid = 0.1, high = 0.2 }";
  const AppraisalRanges found = ranges(accounts, text(cost, gain));
  REQUIRE(found.written.size() == 2);
  CHECK_THAT(found.written[0] + found.written[1], Catch::Contains("M1 capex.total: 2000000 to 5000000, low is 5000000") &&
                                                      Catch::Contains("M1 effect.output_per_worker: 0.05 to 0.2, low is 0.05"));
  const double low = value_of(found.rows, {"net_present_value", "", "", "", "", term_all_low, 2021}),
               high = value_of(found.rows, {"net_present_value", "", "", "", "", term_all_high, 2021});
  const double middle = central(accounts, text(cost, gain));
  CHECK(low < middle);
  CHECK(middle < high);
  CHECK(low == Approx(central(accounts, text("5e6", "0.05"))).epsilon(1e-7));
  CHECK(high == Approx(central(accounts, text("2e6", "0.2"))).epsilon(1e-7));
}

TEST_CASE("a programme without ranges, or with ranges of proposals alone, has no such rows") {
  const Accounts accounts = world();
  CHECK(ranges(accounts, text("3e6", "0.1")).rows.empty());
  CHECK(ranges(accounts, text("3e6", "{ low = 0.05, mid = 0.1, high = 0.2 }", "proposed")).rows.empty());
}

TEST_CASE("an end that breaks a rule leaves the central case alone, with a note") {
  const Accounts accounts = world();
  const AppraisalRanges found = ranges(accounts, text("{ low = 2e6, mid = 3e6, high = 9e12 }", "0.1"));
  CHECK(found.rows.empty());
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].code == "ranges-not-solved");
}
