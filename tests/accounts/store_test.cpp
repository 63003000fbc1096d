#include <catch2/catch.hpp>

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
