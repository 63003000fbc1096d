#include "kontor/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "kontor/base/job.h"

namespace kontor {

// Every thread that may run is at work already: a loop inside of one of them would only start more than there are cores.
static thread_local bool all_at_work = false;

void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  const std::size_t workers = std::min<std::size_t>(count, static_cast<std::size_t>(std::max(threads, 1)));
  if (workers <= 1 || all_at_work) {
    for (std::size_t i = 0; i < count; ++i) stop_if_cancelled(), work(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::exception_ptr problem;
  std::mutex guard;
  const bool all = workers >= static_cast<std::size_t>(std::max(threads, 1));
  Job* const job = job_at_work();
  const auto run = [&] {
    const WorkingFor same(job);
    const bool before = std::exchange(all_at_work, all);
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        stop_if_cancelled();
        work(i);
      } catch (...) {
        const std::scoped_lock lock(guard);
        if (!problem) problem = std::current_exception();
        next = count;
      }
    }
    all_at_work = before;
  };
  std::vector<std::thread> others;
  others.reserve(workers);
  try {
    for (std::size_t t = 1; t < workers; ++t) others.emplace_back(run);
  } catch (const std::system_error&) {
    // No room for another thread: those that run do all the work, with the same result.
  }
  run();
  for (std::thread& other : others) other.join();
  if (problem) std::rethrow_exception(problem);
}

static int chosen = 0;

int thread_count() { return chosen > 0 ? chosen : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }
void set_thread_count(int threads) { chosen = threads; }

}  // namespace kontor
