#include "kontor/model/blas.h"

#include "lapack.h"

namespace kontor {

const char* blas_kernels() { return openblas_get_corename(); }

}  // namespace kontor
