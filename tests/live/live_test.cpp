// A live answer is what a run says, found again from wherever the last answer stood.
#include "kontor/live.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/kontor.h"
#include "support.h"

using namespace kontor;

static const std::filesystem::path source = KONTOR_SOURCE_DIR;

using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

static std::map<Key, double> values_of(const std::vector<EffectRow>& rows, int year) {
  std::map<Key, double> values;
  for (const EffectRow& row : rows)
    if (row.year == year && row.term.empty() && (row.measure.empty() || row.indicator == "wedge" || row.indicator == "target_share"))
      values.emplace(Key{row.indicator, row.region, row.sector, row.partner, row.measure}, row.value);
  return values;
}

// The solver stops at 1e-10 of each equation; a change is a difference of levels up to some 1e5 in these units.
static void check_same(const std::vector<EffectRow>& live, const std::vector<EffectRow>& run, int year) {
  const std::map<Key, double> wanted = values_of(run, year);
  std::size_t compared = 0;
  for (const auto& [key, value] : values_of(live, year)) {
    const auto found = wanted.find(key);
    if (found == wanted.end()) continue;  // detail of years that the run does not show in detail
    INFO(std::get<0>(key) << ' ' << std::get<1>(key) << ' ' << std::get<2>(key) << ' ' << std::get<3>(key));
    CHECK(value == Approx(found->second).epsilon(1e-6).margin(2e-4));
    ++compared;
  }
  CHECK(compared > 100);
}

static std::string with(std::string text, const std::string& part, const std::string& instead) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), instead);
}

TEST_CASE("a live answer is that of a run, also after another one, and says what its programme says") {
  const std::filesystem::path file = source / "examples" / "finland-full" / "programme.toml";
  const std::string text = read_file(file);
  const auto accounts = std::make_shared<const Accounts>(read_accounts(source / "data" / "finland-2014"));
  const Programme programme = read_programme_text(text, file, *accounts);
  const Compiled compiled = compile(programme, *accounts);
  RunOptions options;
  options.programme = file, options.attribution.path = false;
  const Result run = run_programme(options);

  LiveModel model(accounts, programme);
  check_same(model.solve(programme, compiled, 2035).rows, run.effects, 2035);
  check_same(model.solve(programme, compiled, 2030).rows, run.effects, 2030);

  const Programme moved = read_programme_text(with(text, "total = 300e6", "total = 450e6"), file, *accounts);
  const LiveAnswer away = model.solve(moved, compile(moved, *accounts), 2030);
  const LiveAnswer back = model.solve(programme, compiled, 2030);
  check_same(back.rows, run.effects, 2030);
  const auto real_income = [](const LiveAnswer& answer) {
    return value_of(answer.rows, {.indicator = "equivalent_variation", .region = "FIN"});
  };
  CHECK(real_income(away) < real_income(back) - 1.0);  // a dearer railway, in a year in which it is paid for

  // What is proposed counts where it is asked for.
  const LiveAnswer all = model.solve(programme, compiled, 2035, true);
  CHECK(std::fabs(real_income(all) - real_income(model.solve(programme, compiled, 2035))) > 1e-3);
}

TEST_CASE("a live model refuses what it was not made for") {
  const std::filesystem::path file = source / "examples" / "1-one-contract" / "programme.toml";
  const std::string text = read_file(file);
  const auto accounts = std::make_shared<const Accounts>(read_accounts(accounts_of_programme(file)));
  const Programme programme = read_programme_text(text, file, *accounts);
  const Compiled compiled = compile(programme, *accounts);
  LiveModel model(accounts, programme);
  CHECK_THROWS_AS(model.solve(programme, compiled, programme.last_year + 1), Error);
  Programme other = programme;
  other.closure_rules = long_run();
  CHECK_FALSE(model.fits(other));
  CHECK_THROWS_AS(model.solve(other, compiled, programme.last_year), Error);
}
