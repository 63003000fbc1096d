#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/accounts/store.h"
#include "kontor/base/sum.h"
#include "read/supply_use_trade.h"
#include "support.h"

using namespace kontor;

// As in scripts/make-finland-2014.
static ImportOptions finland_options() {
  ImportOptions options;
  options.year = 2014;
  options.currency = "EUR";
  options.scale = 1e6;
  options.title = "Finland 2014, 19 regions";
  options.settings = {{"regions", (test::shared_folder() / "data/regions-finland/regions.csv").string()}, {"nation", "Finland"}};
  return options;
}

TEST_CASE("value added of Finland in 2014 is 176,987 million euro") {
  NEEDS_SHARED_DATA();
  const Imported imported = supply_use_trade_reader.read(test::shared_folder() / "data/alta-finland-2014", finland_options());
  Sum va;
  for (std::size_t i = 0; i < imported.accounts.cells.size(); ++i) va.add(value_added(imported.accounts, static_cast<int>(i)));
  CHECK(va.value() == Approx(176987.0).margin(0.05));
}
