#include "kontor/base/files.h"

#include <catch2/catch.hpp>

#include "kontor/base/error.h"
#include "support.h"

using namespace kontor;
namespace fs = std::filesystem;

template <class Work>
static Exit exit_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.exit();
  }
  return Exit::done;
}

static std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("SHA-256 of the published test vectors (FIPS 180-4)") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a written file holds the new content whole, and nothing else is left in the folder") {
  const test::TemporaryFolder folder;
  write_file(folder / "a.txt", "one");
  write_file(folder / "a.txt", "two");
  CHECK(read_file(folder / "a.txt") == "two");
  CHECK(sha256_of_file(folder / "a.txt") == sha256("two"));
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a file that cannot be written leaves nothing behind") {
  const test::TemporaryFolder folder;
  CHECK(exit_of([&] { write_file(folder / "missing/a.txt", "one"); }) == Exit::environment);
  fs::create_directory(folder / "a.txt");
  write_file(folder / "a.txt/inside", "kept");
  CHECK(exit_of([&] { write_file(folder / "a.txt", "one"); }) == Exit::environment);  // a folder stands there
  CHECK(read_file(folder / "a.txt/inside") == "kept");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("reading what is missing, a folder, a device or too much is refused") {
  const test::TemporaryFolder folder;
  CHECK(exit_of([&] { read_file(folder / "nothing"); }) == Exit::environment);
  CHECK(exit_of([&] { read_file(folder.path()); }) == Exit::environment);
  CHECK(exit_of([&] { read_file("/dev/zero"); }) == Exit::environment);
  CHECK(exit_of([&] { MappedFile::open("/dev/zero"); }) == Exit::environment);
  write_file(folder / "a", "12345");
  CHECK(exit_of([&] { read_file(folder / "a", 4); }) == Exit::data);
  write_file(folder / "empty", "");
  CHECK(MappedFile::open(folder / "empty")->size() == 0);
}

TEST_CASE("a new folder appears whole with its commit, and not at all without") {
  const test::TemporaryFolder folder;
  {
    NewFolder made(folder / "out", false);
    write_new_file(made.path() / "a", "one");
    CHECK_FALSE(fs::exists(folder / "out"));
  }
  CHECK(entries(folder.path()) == 0);  // never committed
  {
    NewFolder made(folder / "out", false);
    write_new_file(made.path() / "a", "one");
    made.commit();
  }
  CHECK(read_file(folder / "out/a") == "one");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("an existing folder is replaced only where asked, and a failure leaves the old one") {
  const test::TemporaryFolder folder;
  {
    NewFolder made(folder / "out/", false);  // a slash at the end is the same folder
    write_new_file(made.path() / "old", "old");
    made.commit();
  }
  CHECK(exit_of([&] { NewFolder(folder / "out", false); }) == Exit::environment);
  const auto interrupted = [&] {
    NewFolder made(folder / "out", true);
    write_new_file(made.path() / "new", "new");
    write_new_file(made.path() / "new", "again");  // the same file twice
    made.commit();
  };
  CHECK(exit_of(interrupted) == Exit::environment);
  CHECK(read_file(folder / "out/old") == "old");
  CHECK(entries(folder.path()) == 1);
  {
    NewFolder made(folder / "out", true);
    write_new_file(made.path() / "new", "new");
    made.commit();
  }
  CHECK(read_file(folder / "out/new") == "new");
  CHECK_FALSE(fs::exists(folder / "out/old"));
  CHECK(entries(folder.path()) == 1);
}
