#include "kontor/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace kontor {

static thread_local int alone = 0;

OnThisThread::OnThisThread() { ++alone; }
OnThisThread::~OnThisThread() { --alone; }

void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  const std::size_t workers = std::min<std::size_t>(count, static_cast<std::size_t>(alone > 0 ? 1 : std::max(threads, 1)));
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::exception_ptr problem;
  std::mutex guard;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::scoped_lock lock(guard);
        if (!problem) problem = std::current_exception();
        next = count;
      }
    }
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
