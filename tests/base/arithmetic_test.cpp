// Sums that cancel, and work that is shared among threads.
#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"

using namespace kontor;

TEST_CASE("a compensated sum keeps what a plain one loses") {
  const std::vector<double> values = {1e16, 1, -1e16, 1};
  CHECK(sum_of(values) == 2);
  Sum late;
  late.add(1), late.add(1e100), late.add(1), late.add(-1e100);
  CHECK(late.value() == 2);
  CHECK(sum_of({}) == 0);
}

TEST_CASE("ten million tenths are a million to the last digits") {
  Sum sum;
  for (int i = 0; i < 10'000'000; ++i) sum.add(0.1);
  CHECK(sum.value() == Approx(1e6).epsilon(1e-15));
}

TEST_CASE("what is missing stays missing in a sum") { CHECK(std::isnan(sum_of(std::vector<double>{1, std::nan(""), 2}))); }

TEST_CASE("every block is done once, for any number of threads") {
  for (const int threads : {0, 1, 2, 7}) {
    std::vector<std::atomic<int>> done(100);
    for_each_block(100, threads, [&](std::size_t i) { ++done[i]; });
    for (const auto& count : done) CHECK(count == 1);
  }
  for_each_block(0, 2, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("an exception in a block reaches the caller, and no block starts after it is known") {
  for (const int threads : {1, 2, 4}) {
    std::atomic<int> started = 0;
    const auto work = [&](std::size_t i) {
      ++started;
      if (i == 3) throw std::runtime_error("block 3");
    };
    CHECK_THROWS_WITH(for_each_block(1'000'000, threads, work), "block 3");
    CHECK(started < 1'000'000);
  }
}

TEST_CASE("the number of threads is the machine's unless chosen") {
  set_thread_count(3);
  CHECK(thread_count() == 3);
  set_thread_count(0);
  CHECK(thread_count() >= 1);
}
