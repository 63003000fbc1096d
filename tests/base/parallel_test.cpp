#include "kontor/base/parallel.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace kontor;

static std::vector<int> times_done(std::size_t count, int threads) {
  std::vector<std::atomic<int>> times(count);
  for_each_block(count, threads, [&](std::size_t i) { ++times[i]; });
  return {times.begin(), times.end()};
}

TEST_CASE("every block is worked on once, by however many threads and however often", "[parallel]") {
  for (const int threads : {1, 2, 4})
    for (const std::size_t count : {0u, 1u, 2u, 3u, 1000u})
      for (int again = 0; again < 20; ++again) CHECK(times_done(count, threads) == std::vector<int>(count, 1));
}

TEST_CASE("a loop inside of a loop, and loops of several callers at once, do all their work", "[parallel]") {
  std::atomic<int> done = 0;
  const auto nested = [&] { for_each_block(3, 4, [&](std::size_t) { for_each_block(50, 4, [&](std::size_t) { ++done; }); }); };
  nested();
  CHECK(done == 150);
  std::vector<std::thread> callers;
  for (int k = 0; k < 6; ++k)
    callers.emplace_back([&] {
      for (int again = 0; again < 30; ++again) nested();
    });
  for (std::thread& caller : callers) caller.join();
  CHECK(done == 150 + 6 * 30 * 150);
}

TEST_CASE("what a block throws reaches the caller, and the next loop works", "[parallel]") {
  for (int again = 0; again < 20; ++again) {
    CHECK_THROWS_AS(for_each_block(100, 4,
                                   [](std::size_t i) {
                                     if (i == 7) throw std::runtime_error("seven");
                                   }),
                    std::runtime_error);
    CHECK(times_done(100, 4) == std::vector<int>(100, 1));
  }
}

// A caller of the library may fork (multiprocessing in Python does), and threads do not follow.
TEST_CASE("a forked process has loops of its own", "[parallel]") {
  CHECK(times_done(100, 4) == std::vector<int>(100, 1));
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);  // a loop that waits for a thread that is not there fails, and does not hang
    const std::vector<int> times = times_done(100, 4);
    _exit(std::accumulate(times.begin(), times.end(), 0) == 100 ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
