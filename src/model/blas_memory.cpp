#include "blas_memory.h"

#include <sys/mman.h>

#include <new>

#include "kontor/base/parallel.h"
#include "lapack.h"

namespace kontor {

// Room in the address space: nothing is touched, so nothing is used.
static bool has_room(std::size_t bytes) {
  void* place = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return false;
  ::munmap(place, bytes);
  return true;
}

void prepare_blas_memory(std::size_t table_bytes) {
  constexpr std::size_t buffer = std::size_t{128} << 20;  // of OpenBLAS on x86-64, one for each call at a time
  constexpr std::size_t thread = std::size_t{80} << 20;   // its stack and its part of the heap
  const auto threads = static_cast<std::size_t>(thread_count());
  if (threads > 1 && !has_room(threads * (buffer + thread) + table_bytes)) set_thread_count(1);
  static bool taken = false;
  if (taken) return;
  if (!has_room(buffer + (std::size_t{4} << 20))) throw std::bad_alloc();
  // OpenBLAS keeps a buffer once it has one: take it now, before anything else fills the room.
  const int size = 1;
  int pivot = 0, info = 0;
  double one = 1.0;
  dgetrf_(&size, &size, &one, &size, &pivot, &info);
  taken = true;
}

}  // namespace kontor
