#include "kontor/base/parallel.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "kontor/base/job.h"

namespace kontor {

namespace {

// Loops often follow each other at once: look again for some dozens of microseconds before going to sleep.
void wait_until(std::atomic<int>& state, int wanted) {
  constexpr int looks = 100;
  for (int k = 0; k < looks; ++k) {
    if (state.load(std::memory_order_acquire) == wanted) return;
    std::this_thread::yield();
  }
  for (int now = state.load(std::memory_order_acquire); now != wanted; now = state.load(std::memory_order_acquire)) state.wait(now);
}

/// A thread that waits for work: to start one for every loop takes longer than many loops do.
class Helper {
 public:
  Helper() {
    std::thread([this] {
      for (;;) {
        wait_until(state_, busy);
        (*work_)();
        state_.store(idle, std::memory_order_release);
        state_.notify_one();
      }
    }).detach();
  }
  void start(const std::function<void()>& work) {
    work_ = &work;
    state_.store(busy, std::memory_order_release);
    state_.notify_one();
  }
  void finish() { wait_until(state_, idle); }

 private:
  static constexpr int idle = 0, busy = 1;
  std::atomic<int> state_ = idle;
  const std::function<void()>* work_ = nullptr;
};

/// The helpers that nobody uses. They live as long as the process: none of them holds anything but its stack.
struct Helpers {
  std::mutex guard;
  std::vector<Helper*> free;
};

Helpers* helpers = nullptr;

Helpers& all_helpers() {
  static std::once_flag made;
  std::call_once(made, [] {
    helpers = new Helpers;
    pthread_atfork(nullptr, nullptr, [] { helpers = new Helpers; });  // threads do not follow into a forked process
  });
  return *helpers;
}

/// One that is free, or a new one; nullptr where there is no room for another thread.
Helper* borrow(Helpers& from) {
  const std::scoped_lock lock(from.guard);
  if (from.free.empty()) {
    try {
      return new Helper;
    } catch (const std::system_error&) {
      return nullptr;
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }
  Helper* const last = from.free.back();
  from.free.pop_back();
  return last;
}

void give_back(Helpers& to, const std::vector<Helper*>& borrowed) {
  const std::scoped_lock lock(to.guard);
  to.free.insert(to.free.end(), borrowed.begin(), borrowed.end());
}

}  // namespace

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
  const std::function<void()> shared = run;
  std::vector<Helper*> others;
  others.reserve(workers);
  Helpers& helpers_here = all_helpers();
  // Without room for another thread those that run do all the work, with the same result.
  for (Helper* other; others.size() + 1 < workers && (other = borrow(helpers_here)) != nullptr;)
    others.push_back(other), other->start(shared);
  run();
  for (Helper* other : others) other->finish();
  give_back(helpers_here, others);
  if (problem) std::rethrow_exception(problem);
}

static int chosen = 0;

int thread_count() {
  static const int machine = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));  // asked once: it reads a file
  return chosen > 0 ? chosen : machine;
}
void set_thread_count(int threads) { chosen = threads; }

}  // namespace kontor
