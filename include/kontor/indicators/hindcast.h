// Hindcast: how far the structure of one year misses the output of a later one.
//
//   x^ = (I - A_from)^-1 y_to   against   x_to
//
// Final use of the later year is given, so the error is that of ageing coefficients alone, in current prices.
#pragma once

#include <string>
#include <vector>

#include "kontor/model/leontief.h"

namespace kontor {

struct HindcastError {
  std::string label;            // region or sector code; empty for all cells
  double weighted_error = 0.0;  // sum of |x^ - x| over sum of x
  double worst_decile = 0.0;    // |x^ - x| / x that one cell in ten exceeds, among cells worth counting
};

struct HindcastResult {
  int from = 0, to = 0;
  HindcastError all;
  std::vector<HindcastError> by_sector, by_region;
};

/// Both accounts must have the same cells in the same order; throws Error(data) otherwise.
HindcastResult hindcast(const LeontiefSystem& from, const Accounts& to);

}  // namespace kontor
