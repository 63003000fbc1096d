// Footprints of a set of regions: made in it, behind what it uses, and inside what crosses its border.
//
//   X_Y = L Y            output of each cell (row) that the final use of each region (column) calls for
//   production   sum of F over the set's cells                      by sector: where it is made
//   exports      f X_Y, rows in the set, columns outside            by sector: where it is made
//   consumption  m_j Y_jS,     m' = f' L                            by sector: the product that is bought for final use
//   imports      m_j^o Y_jS,   m^o' = f^o' L, f^o = f outside the set, 0 inside         likewise
//
// Totals of production and consumption hold what final users emit themselves; rows by sector and trade never do.
// Imports from external regions have no accounts behind them: no satellite of them is known; value added counts them at
// face value, as value added elsewhere. Method: docs/methods/footprints.md
#pragma once

#include "footprint_flows.h"

namespace kontor {

/// Rows of one flow for all sets, with partners the bilateral ones; `indicator` names them.
void add_footprint_rows(const Picture& picture, const Question& question, const FootprintFlow& flow, const std::string& indicator,
                        IndicatorAnswer& answer);

IndicatorAnswer footprint_accounts(const Picture& picture, const Question& question);
/// Totals over the people who live in the set.
IndicatorAnswer footprints_per_head(const Picture& picture, const Question& question);
/// f and m: per unit of output, and of final use.
IndicatorAnswer footprint_intensities(const Picture& picture, const Question& question);

}  // namespace kontor
