#include <catch2/catch.hpp>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "read/long_csv.h"
#include "support.h"

using namespace kontor;

TEST_CASE("the textbook table of two regions reads as it stands on paper") {
  NEEDS_SHARED_DATA();
  const auto folder = test::shared_folder() / "reliability/fixtures";
  const Imported in = find_reader("long_csv").read(folder / "ok.csv", {});
  const Accounts& a = in.accounts;
  REQUIRE(a.cells.size() == 5);
  CHECK(cell_label(a, 4) == "M.2");
  CHECK(a.intermediate(0, 1) == 500);
  CHECK(a.final_use(3, 1) == 515);
  CHECK(a.output(0, 0) == 1000);
  CHECK(a.gross_output == "row_sums");
}
