// The accounts after a programme hold what the rows of its run say: output, value added, trade, exports, jobs.
#include <catch2/catch.hpp>
#include <cmath>

#include "kontor/accounts/store.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/before_after.h"
#include "kontor/indicators/effects.h"
#include "kontor/kontor.h"
#include "kontor/model/programme_states.h"
#include "support.h"

using namespace kontor;

namespace {

constexpr int year = 2035;

struct Run {
  Result result;
  Compiled compiled;
};

const Run& demo() {
  static const Run run = [] {
    RunOptions options;
    options.programme = std::filesystem::path(KONTOR_SOURCE_DIR) / "examples" / "finland-full" / "programme.toml";
    Run r{run_programme(options), {}};
    r.compiled = compile(r.result.programme, r.result.accounts);
    return r;
  }();
  return run;
}

double trade_between(const Accounts& a, int from, int to) {
  Sum sum;
  for (int supplier = 0; supplier < supplier_count(a); ++supplier) {
    if (supplier_region(a, supplier) != from) continue;
    for (int buyer = 0; buyer < buyer_count(a); ++buyer)
      if (buyer_region(a, buyer) == to) sum.add(purchase(a, supplier, buyer));
  }
  return sum.value();
}

}  // namespace

TEST_CASE("states: fixed prices: output, value added, jobs and trade are those of the run's rows", "[long]") {
  const Run& run = demo();
  ProgrammeStates states(run.result.accounts, run.result.programme, run.compiled, "leontief");
  const Accounts& before = states.before();
  const Accounts after = states.after(year);
  for (std::size_t r = 0; r < before.regions.size(); ++r) {
    if (before.regions[r].external || !is_leaf(before, static_cast<int>(r))) continue;
    Sum output, added, jobs, level;
    for (const int cell : cells_of(before, static_cast<int>(r))) {
      const auto j = static_cast<std::size_t>(cell);
      output.add(after.output(0, j)), output.add(-before.output(0, j)), level.add(before.output(0, j));
      added.add(value_added(after, cell)), added.add(-value_added(before, cell));
      jobs.add(after.satellite(0, j)), jobs.add(-before.satellite(0, j));
    }
    const std::string& code = before.regions[r].code;
    const double bound = 1e-9 * level.value();
    CHECK(output.value() == Approx(value_of(run.result.effects, {"output", code, "", "", "", "", year})).margin(bound));
    CHECK(added.value() == Approx(value_of(run.result.effects, {"value_added", code, "", "", "", "", year})).margin(bound));
    const double persons = value_of(run.result.effects, {"jobs", code, "", "", "", "", year});
    if (!std::isnan(persons)) CHECK(jobs.value() == Approx(persons).margin(bound));
    for (std::size_t to = 0; to < before.regions.size(); ++to) {
      const double row = value_of(run.result.effects, {"trade", code, "", before.regions[to].code, "", "", year});
      if (std::isnan(row)) continue;
      const double then = trade_between(before, static_cast<int>(r), static_cast<int>(to));
      CHECK(trade_between(after, static_cast<int>(r), static_cast<int>(to)) - then == Approx(row).margin(1e-9 * std::max(then, 1.0)));
    }
  }
}

TEST_CASE("states: at the equilibrium: trade is that of the rows, and incomes over prices are the rows of gdp", "[long]") {
  const Run& run = demo();
  ProgrammeStates states(run.result.accounts, run.result.programme, run.compiled);
  const Accounts& before = states.before();
  const Accounts after = states.after(year);
  const auto income = [](const Accounts& a, int region) {
    Sum sum;
    for (std::size_t m = 0; m < a.primary_rows.size(); ++m) {
      for (const int cell : cells_of(a, region)) sum.add(a.primary(m, static_cast<std::size_t>(cell)));
      for (std::size_t f = 0; f < a.final_uses.size() && !a.primary_final.empty(); ++f)
        if (a.final_uses[f].region == region) sum.add(a.primary_final(m, f));
    }
    return sum.value();
  };
  std::size_t pairs = 0;
  for (std::size_t r = 0; r < before.regions.size(); ++r) {
    if (!is_leaf(before, static_cast<int>(r))) continue;
    const std::string& code = before.regions[r].code;
    for (std::size_t to = 0; to < before.regions.size(); ++to) {
      const double row = value_of(run.result.effects, {"trade_net", code, "", before.regions[to].code, "", "", year});
      if (std::isnan(row)) continue;
      // Two solves of one year differ by what their residuals allow, 1e-10 of a region's scale each.
      const double then = trade_between(before, static_cast<int>(r), static_cast<int>(to));
      CHECK(trade_between(after, static_cast<int>(r), static_cast<int>(to)) - then == Approx(row).margin(1e-8 * std::max(then, 100.0)));
      ++pairs;
    }
    if (before.regions[r].external) continue;
    const double prices = value_of(run.result.effects, {"consumer_prices", code, "", "", "", "", year});
    const double then = income(before, static_cast<int>(r)), now = income(after, static_cast<int>(r));
    const double gdp = value_of(run.result.effects, {"gdp", code, "", "", "", "", year});
    CHECK(now / (1.0 + prices / 100.0) - then == Approx(gdp).margin(1e-8 * then));
  }
  CHECK(pairs > 300);
}

TEST_CASE("before and after: three rows a place, and what one side lacks is not available") {
  const std::vector<EffectRow> before = {{"i", "A", "", "", 2020, "", "", 2.0, "share"},
                                         {"i", "B", "1", "", 2020, "", "dva", 5.0, "share"}};
  const std::vector<EffectRow> after = {{"i", "A", "", "", 2030, "", "", 2.5, "share"}, {"i", "C", "", "", 2030, "", "", 1.0, "share"}};
  const std::vector<EffectRow> rows = before_after(before, after, 2030, "M1");
  REQUIRE(rows.size() == 9);
  CHECK(rows[0].term == "before");
  CHECK(rows[1].value == 2.5);
  CHECK(rows[2].term == "change");
  CHECK(rows[2].value == 0.5);
  CHECK(rows[2].year == 2030);
  CHECK(rows[0].year == 2030);
  CHECK(rows[0].measure == "M1");
  CHECK(rows[3].term == "dva/before");
  CHECK(rows[3].value == 5.0);
  CHECK(std::isnan(rows[4].value));
  CHECK(std::isnan(rows[5].value));
  CHECK(std::isnan(rows[6].value));
  CHECK(rows[7].value == 1.0);
}
