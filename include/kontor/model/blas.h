#pragma once

namespace kontor {

/// Name of the processor family that OpenBLAS chose its kernels for: results may differ in their last bits between families.
const char* blas_kernels();

}  // namespace kontor
