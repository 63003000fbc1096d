#pragma once

#include <cstddef>

namespace kontor {

/// Called before BLAS is: OpenBLAS asks for its buffers again and again, for ever, where the address space has no room for
/// them. With too little room for all threads one is used (results do not depend on it); without room for one buffer this
/// throws std::bad_alloc. `table_bytes`: the size of the table, for what the solves will need beside it.
void prepare_blas_memory(std::size_t table_bytes);

}  // namespace kontor
