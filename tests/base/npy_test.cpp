#include "kontor/base/npy.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "support.h"

using namespace kontor;

TEST_CASE("a block comes back from its file bit by bit") {
  const test::TemporaryFolder folder;
  Matrix m(2, 3);
  m.values = {1, -0.0, 1e-310, std::nan(""), 5e300, 0.1};
  const std::string hash = write_npy(folder / "b.npy", Block(m));
  CHECK(hash == sha256_of_file(folder / "b.npy"));
  const Block back = map_npy(folder / "b.npy");
  REQUIRE(back.rows() == 2);
  REQUIRE(back.columns() == 3);
  CHECK(std::memcmp(back.data(), m.values.data(), 6 * sizeof(double)) == 0);
}

TEST_CASE("a block without rows has a file too") {
  const test::TemporaryFolder folder;
  write_npy(folder / "b.npy", Block(Matrix(0, 4)));
  const Block back = map_npy(folder / "b.npy");
  CHECK(back.rows() == 0);
  CHECK(back.columns() == 4);
  CHECK(back.empty());
}

TEST_CASE("the header is what numpy writes: magic, version, 64 bytes of alignment") {
  const std::string header = npy_header(2, 3);
  CHECK(header.size() % 64 == 0);
  CHECK(header.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
  CHECK(header.find("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }") == 10);
  CHECK(header.back() == '\n');
}

TEST_CASE("files that are no blocks are refused") {
  std::size_t rows = 0, columns = 0, offset = 0;
  const auto refused = [&](const std::string& bytes) {
    try {
      parse_npy(bytes, "b.npy", rows, columns, offset);
    } catch (const Error& error) {
      return error.exit() == Exit::data;
    }
    return false;
  };
  const std::string good = npy_header(1, 2) + std::string(16, '\0');
  const auto with = [&](const std::string& from, const std::string& to) {
    return std::string(good).replace(good.find(from), from.size(), to);
  };
  CHECK_FALSE(refused(good));
  CHECK(refused(""));
  CHECK(refused("not a block"));
  CHECK(refused(good.substr(0, 40)));
  CHECK(refused(good.substr(0, good.size() - 1)));
  CHECK(refused(good + "x"));
  CHECK(refused(with("<f8", "<f4")));
  CHECK(refused(with("False", "True ")));
  CHECK(refused(with("(1, 2)", "(1, 3)")));
  CHECK(refused(with("(1, 2)", "(-1,2)")));
  CHECK(refused(with("(1, 2)", "(x, 2)")));
  CHECK(refused(with("(1, 2), }      ", "(4294967296, 2)")));
}
