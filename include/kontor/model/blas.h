#pragma once

namespace kontor {

/// Name of the processor family that OpenBLAS chose its kernels for: results may differ in their last bits between families.
const char* blas_kernels();

/// While one lives, BLAS works on one thread; the last one gives back what was set before. For programs that are not ours from
/// the start and whose other parts call BLAS too. The rule everywhere: parallelism is kontor's own.
class OneBlasThread {
 public:
  OneBlasThread();
  ~OneBlasThread();
  OneBlasThread(const OneBlasThread&) = delete;
  OneBlasThread& operator=(const OneBlasThread&) = delete;
};

}  // namespace kontor
