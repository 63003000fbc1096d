#include "kontor/base/job.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <string>
#include <vector>

#include "kontor/base/parallel.h"

using namespace kontor;

TEST_CASE("a cancelled job ends at its next block of work, on every thread", "[job]") {
  Job job;
  std::atomic<int> done = 0;
  const auto work = [&] {
    const WorkingFor watched(&job);
    for_each_block(1000, 4, [&](std::size_t) {
      if (++done == 5) job.cancelled = true;
    });
  };
  CHECK_THROWS_AS(work(), Cancelled);
  CHECK(done >= 5);
  CHECK(done <= 5 + 3);  // what the other threads had begun
}

TEST_CASE("who watches a job is told of its steps, and nobody of another's", "[job]") {
  Job job;
  std::vector<std::string> told;
  job.told = [&](std::string_view what, double share) { told.push_back(std::string(what) + ' ' + std::to_string(share)); };
  begin_step("before", 0.0);
  {
    const WorkingFor watched(&job);
    begin_step("first", 0.25);
    for_each_block(1, 4, [](std::size_t) { begin_step("second", 0.5); });
  }
  begin_step("after", 1.0);
  CHECK(told == std::vector<std::string>{"first 0.250000", "second 0.500000"});
}

TEST_CASE("a thread without a job is never stopped", "[job]") {
  CHECK(job_at_work() == nullptr);
  CHECK_NOTHROW(stop_if_cancelled());
}
