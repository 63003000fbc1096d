// The states of a programme: the same totals as the run's rows, years and measures as asked, nothing where nothing happens.
#include "kontor/model/programme_states.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "support.h"

using namespace kontor;
using namespace kontor::test;

namespace {

/// The example of the demo on the accounts that are shipped.
struct Demo {
  std::filesystem::path file = std::filesystem::path(KONTOR_SOURCE_DIR) / "examples" / "finland-full" / "programme.toml";
  Accounts accounts = read_accounts(accounts_of_programme(file));
  Programme programme = read_programme(file, accounts);
  Compiled compiled = compile(programme, accounts);
};

// Over the rows that both have: a programme with wedges adds one.
double largest_gap(const Accounts& x, const Accounts& y, Block Accounts::*block) {
  double most = 0.0;
  const std::size_t rows = std::min((x.*block).rows(), (y.*block).rows());
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < (x.*block).columns(); ++j) most = std::max(most, std::fabs((x.*block)(i, j) - (y.*block)(i, j)));
  return most;
}

std::size_t count(const Findings& findings, Severity least) {
  std::size_t n = 0;
  for (const Finding& f : findings) n += f.severity >= least ? 1 : 0;
  return n;
}

}  // namespace

TEST_CASE("states: before is the accounts, in every closure") {
  const Demo d;
  for (const char* closure : {"leontief", "short_run", "long_run", ""}) {
    ProgrammeStates states(d.accounts, d.programme, d.compiled, closure);
    CHECK(states.closure() == (*closure ? closure : "short_run"));
    for (Block Accounts::*block : {&Accounts::intermediate, &Accounts::final_use, &Accounts::imports_intermediate, &Accounts::primary,
                                   &Accounts::output, &Accounts::satellite})
      CHECK(largest_gap(states.before(), d.accounts, block) < 1e-9 * 1e5);  // the largest amount is above 1e4 million
  }
}

TEST_CASE("states: the accounts after have no finding that the accounts have not, and say what they are") {
  const Demo d;
  const Findings then = check_accounts(d.accounts, "before");
  for (const char* closure : {"leontief", "short_run"}) {
    ProgrammeStates states(d.accounts, d.programme, d.compiled, closure);
    const Accounts after = states.after(2035);
    const Findings now = check_accounts(after, "after");
    CHECK_FALSE(has_errors(now));
    CHECK(count(now, Severity::warning) <= count(then, Severity::warning));
    CHECK(after.year == 2035);
    CHECK_THAT(after.title, Catch::Contains("finland-full"));
    CHECK_THAT(after.notes.back(), Catch::Contains("Not observed"));
    const BalanceGaps gaps = balance_gaps(after), base = balance_gaps(d.accounts);
    CHECK(gaps.column_share <= 1.01 * base.column_share);  // what the columns miss moves with output, by less than a hundredth
    CHECK(gaps.row_share <= base.row_share + 1e-9);
  }
}

TEST_CASE("states: written and read again they are the same accounts") {
  const Demo d;
  const TemporaryFolder folder;
  ProgrammeStates states(d.accounts, d.programme, d.compiled);
  const Accounts after = states.after(2031);
  write_accounts(after, folder.path() / "after");
  verify_accounts(folder.path() / "after");
  const Accounts again = read_accounts(folder.path() / "after");
  CHECK(largest_gap(after, again, &Accounts::intermediate) == 0.0);
  CHECK(largest_gap(after, again, &Accounts::primary_final) == 0.0);
  CHECK(again.primary_rows.back().code == wedge_row_code);  // the procurement rule of M3
  CHECK_FALSE(again.primary_rows.back().value_added);
}

TEST_CASE("states: a measure alone, and a year in which it does nothing yet") {
  const Demo d;
  ProgrammeStates states(d.accounts, d.programme, d.compiled, "leontief");
  const Accounts none = states.after(2026, "M5"), later = states.after(2028, "M5");  // the railway is built from 2027
  CHECK(largest_gap(none, d.accounts, &Accounts::output) == 0.0);
  CHECK(largest_gap(later, d.accounts, &Accounts::output) > 1.0);
  CHECK_THAT(later.title, Catch::Contains("M5 alone"));
  states.after(2033, "M5");
  REQUIRE(!states.not_counted().empty());  // cheaper transport works through prices
  CHECK(std::string(change_name(states.not_counted().front()->change)) == "trade_cost");
}

TEST_CASE("states: another year, measure or closure than there is, is refused by name") {
  const Demo d;
  ProgrammeStates states(d.accounts, d.programme, d.compiled, "leontief");
  CHECK_THROWS_WITH(states.after(2036), Catch::Contains("2026 to 2035"));
  CHECK_THROWS_WITH(states.after(2030, "M33"), Catch::Contains("M3"));
  CHECK_THROWS_WITH(ProgrammeStates(d.accounts, d.programme, d.compiled, "longrun"), Catch::Contains("long_run"));
}
