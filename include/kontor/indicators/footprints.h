// Footprints: what the use of each region calls for anywhere, and where it happens.
//
//   XY = L Y (cells x regions of use),  s = F / x,  M = s L
//   production r = sum of F over the region's cells          consumption r = s XY[.,r]
//   exports r    = s XY over the region's cells, used elsewhere    imports r = s XY over others' cells, used in r
//
// One right-hand side a region of use instead of one a cell: no n x n product is formed.
#pragma once

#include "kontor/model/leontief.h"

namespace kontor {

/// Rows of flows by regions, in the unit of the flows; multipliers are rows by cells, per unit of final use.
struct Footprints {
  Matrix production, consumption, exports, imports;
  Matrix multipliers;
};

/// `flows`: one row a footprint (emissions, jobs, value added), by cell. Direct emissions of final users are not included.
Footprints footprints(const LeontiefSystem& system, const Matrix& flows);

}  // namespace kontor
