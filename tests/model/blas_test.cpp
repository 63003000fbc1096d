#include "kontor/model/blas.h"

#include <catch2/catch.hpp>

#include "model/lapack.h"

using namespace kontor;

TEST_CASE("BLAS works on one thread while anybody needs that, and has its threads back afterwards") {
  const int own = openblas_get_num_threads();
  openblas_set_num_threads(2);
  const int before = openblas_get_num_threads();  // 1 where it was built without threads
  {
    const OneBlasThread first;
    {
      const OneBlasThread second;
      CHECK(openblas_get_num_threads() == 1);
    }
    CHECK(openblas_get_num_threads() == 1);
  }
  CHECK(openblas_get_num_threads() == before);
  openblas_set_num_threads(own);
}
