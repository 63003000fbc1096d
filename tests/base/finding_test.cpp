#include "kontor/base/finding.h"

#include <catch2/catch.hpp>

#include "kontor/base/error.h"

using namespace kontor;

TEST_CASE("a finding is one line: severity, code, place, found, expected, remedy") {
  CHECK(to_line(
            {Severity::error, "unknown-region", "p.toml", "14", "seller.region", "`N`", "a region of the accounts", "did you mean `M`?"}) ==
        "error[unknown-region] p.toml:14:seller.region: `N`; a region of the accounts; did you mean `M`?");
  CHECK(to_line({Severity::note, "idle-cells", "", "", "", "3 cells", "", ""}) == "note[idle-cells]: 3 cells");
  CHECK(to_line({Severity::warning, "x", "f", "", "", "a\nb\x1b[31m", "", ""}) == "warning[x] f: a\\x0ab\\x1b[31m");
}

TEST_CASE("a value in a message is quoted, without control characters, and short") {
  CHECK(quoted("a\tb") == "`a\\x09b`");
  CHECK(quoted(std::string(1000, 'x')) == '`' + std::string(60, 'x') + "...`");
  const std::string shown = quoted(std::string(59, 'x') + "\xE2\x82\xAC");
  CHECK(shown == '`' + std::string(59, 'x') + "...`");  // no character is cut in two
}

TEST_CASE("only errors stop a run, and they carry everything found until then") {
  const Finding note{Severity::note, "n", "", "", "", "", "", ""}, error{Severity::error, "e", "", "", "", "wrong", "", ""};
  CHECK_NOTHROW(throw_if_errors({note}));
  CHECK_FALSE(has_errors({note}));
  try {
    throw_if_errors({note, error});
    FAIL("no error");
  } catch (const Error& thrown) {
    CHECK(thrown.exit() == Exit::data);
    CHECK(thrown.findings().size() == 2);
  }
  CHECK(std::string(Error(Exit::usage, error).what()) == "error[e]: wrong");
}
