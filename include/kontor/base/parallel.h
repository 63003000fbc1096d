// Work on fixed blocks: what a block computes does not depend on who computes it, so results are the
// same to the byte for any number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace kontor {

/// Calls work(i) once for each i in [0, count), on up to `threads` threads. The first exception is rethrown.
/// Inside of a loop that has all its threads at work the calling thread does everything itself.
void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

/// Number of threads that all parallel loops use; set once from --threads. Default: the machine's.
int thread_count();
void set_thread_count(int threads);

}  // namespace kontor
