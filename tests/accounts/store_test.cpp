#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>

#include "kontor/accounts/store.h"
#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "support.h"

using namespace kontor;

TEST_CASE("accounts that are written and read again are the same accounts") {
  const test::TemporaryFolder folder;
  const Accounts written = test::tiny_accounts();
  write_accounts(written, folder / "a");
  const Accounts read = read_accounts(folder / "a");
  CHECK(read.title == written.title);
  CHECK(read.cells.size() == 4);
  CHECK(read.intermediate(1, 0) == 20);
  CHECK(read.final_use(3, 1) == 40);
  CHECK(read.primary(0, 1) == 130);
  CHECK(cell_label(read, 3) == "M.2");
  CHECK(value_added(read, 1) == 130);
  verify_accounts(folder / "a");
}

TEST_CASE("kind, trade elasticities and imbalances are written where there are any, and read again") {
  const test::TemporaryFolder folder;
  Accounts a = test::tiny_accounts();
  write_accounts(a, folder / "table");
  CHECK_FALSE(std::filesystem::exists(folder / "table/elasticities.csv"));
  CHECK_FALSE(std::filesystem::exists(folder / "table/imbalances.csv"));
  CHECK(read_file(folder / "table/datapackage.json").find("accounts_kind") == std::string::npos);
  CHECK(read_accounts(folder / "table").kind == AccountsKind::table);

  a.kind = AccountsKind::trade_model;
  a.trade_elasticities = {{1, 4.5, 0.25, "a paper, 2020, table 1"}, {0, 8, std::nan(""), ""}};
  a.imbalances = {-1.0 / 3, 1.0 / 3};
  write_accounts(a, folder / "model");
  CHECK(read_file(folder / "model/elasticities.csv") ==
        "sector,value,standard_error,source\n2,4.5,0.25,\"a paper, 2020, table 1\"\n1,8,,\n");
  const Accounts read = read_accounts(folder / "model");
  CHECK(read.kind == AccountsKind::trade_model);
  REQUIRE(read.trade_elasticities.size() == 2);
  CHECK(read.trade_elasticities[0].sector == 1);
  CHECK(read.trade_elasticities[0].value == 4.5);
  CHECK(read.trade_elasticities[0].standard_error == 0.25);
  CHECK(read.trade_elasticities[0].source == "a paper, 2020, table 1");
  CHECK(std::isnan(read.trade_elasticities[1].standard_error));
  CHECK(read.imbalances == a.imbalances);
}

TEST_CASE("accounts of an unknown kind are refused on opening, elasticities of no sector on writing") {
  const test::TemporaryFolder folder;
  Accounts a = test::tiny_accounts();
  a.kind = AccountsKind::trade_model;
  write_accounts(a, folder / "a");
  std::string manifest = read_file(folder / "a/datapackage.json");
  manifest.replace(manifest.find("trade_model"), 11, "trade_story");
  std::ofstream(folder / "a/datapackage.json", std::ios::binary) << manifest;
  CHECK_THROWS_WITH(read_accounts(folder / "a"), Catch::Contains("unknown kind `trade_story`"));
  a.trade_elasticities = {{7, 4.5, std::nan(""), ""}};
  CHECK_THROWS_AS(write_accounts(a, folder / "b"), Error);
  CHECK_FALSE(std::filesystem::exists(folder / "b"));
}

TEST_CASE("the same accounts give the same bytes") {
  const test::TemporaryFolder folder;
  write_accounts(test::tiny_accounts(), folder / "a");
  write_accounts(test::tiny_accounts(), folder / "b");
  CHECK(accounts_fingerprint(folder / "a") == accounts_fingerprint(folder / "b"));
}

TEST_CASE("a changed block is found by its hash, a shortened one on opening") {
  const test::TemporaryFolder folder;
  write_accounts(test::tiny_accounts(), folder / "a");
  std::string bytes = read_file(folder / "a/intermediate.npy");
  bytes[bytes.size() - 2] ^= 1;
  std::ofstream(folder / "a/intermediate.npy", std::ios::binary) << bytes;
  read_accounts(folder / "a");
  CHECK_THROWS_AS(verify_accounts(folder / "a"), Error);
  bytes.resize(bytes.size() - 8);
  std::ofstream(folder / "a/intermediate.npy", std::ios::binary) << bytes;
  CHECK_THROWS_AS(read_accounts(folder / "a"), Error);
}

TEST_CASE("existing accounts are replaced only when asked, and another folder never") {
  const test::TemporaryFolder folder;
  write_accounts(test::tiny_accounts(), folder / "a");
  CHECK_THROWS_AS(write_accounts(test::tiny_accounts(), folder / "a"), Error);
  write_accounts(test::tiny_accounts(), folder / "a", true);
  std::filesystem::create_directory(folder / "other");
  CHECK_THROWS_AS(write_accounts(test::tiny_accounts(), folder / "other", true), Error);
}
