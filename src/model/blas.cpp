#include "kontor/model/blas.h"

#include <mutex>

#include "lapack.h"

namespace kontor {

const char* blas_kernels() { return openblas_get_corename(); }

static std::mutex guard;
static int alive = 0, threads_before = 1;

OneBlasThread::OneBlasThread() {
  const std::scoped_lock lock(guard);
  if (alive++ > 0) return;
  threads_before = openblas_get_num_threads();
  openblas_set_num_threads(1);
}

OneBlasThread::~OneBlasThread() {
  const std::scoped_lock lock(guard);
  if (--alive == 0) openblas_set_num_threads(threads_before);
}

}  // namespace kontor
