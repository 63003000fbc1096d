// Work on fixed blocks: what a block computes does not depend on who computes it, so results are the
// same to the byte for any number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace kontor {

/// Calls work(i) once for each i in [0, count), on up to `threads` threads. The first exception is rethrown.
void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

/// While it lives, for_each_block on this thread does all work itself: inside tasks that keep every thread busy already.
class OnThisThread {
 public:
  OnThisThread();
  ~OnThisThread();
  OnThisThread(const OnThisThread&) = delete;
  OnThisThread& operator=(const OnThisThread&) = delete;
};

/// Number of threads that all parallel loops use; set once from --threads. Default: the machine's.
int thread_count();
void set_thread_count(int threads);

}  // namespace kontor
