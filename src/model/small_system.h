// Small dense systems that come out of a low-rank change.
#pragma once

#include <vector>

#include "kontor/base/block.h"

namespace kontor {

/// Solves matrix x = b in place (b becomes x) with partial pivoting. False if the matrix is singular.
bool solve_small(Matrix matrix, std::vector<double>& b);

/// The same with several right-hand sides: one a row of b.
bool solve_small(Matrix matrix, Matrix& b);

}  // namespace kontor
