// Linkages: how strongly a cell pulls the cells that supply it, and pushes the cells that use its product.
//
//   backward, direct   sum_i a(i,j)            total   sum_i l(i,j)          column sums of A and L
//   forward, direct    sum_j b(i,j)            total   sum_j g(i,j)          row sums of B = X^-1 Z and G = X^-1 L X
//
// G is similar to L: its row sums are X^-1 L x, one solve with the factors of I - A. Of a set of regions: of a unit
// composed as its cells' output is, so that direct linkages are those of the table with the set's cells added up.
// Method: docs/methods/linkages.md
#pragma once

#include "cell_groups.h"

namespace kontor {

/// By cell; NaN for a cell without output: it has no recipe and no customers.
struct Linkages {
  std::vector<double> backward_direct, backward_total, forward_direct, forward_total;
};

Linkages linkages_of(const Picture& picture);

IndicatorAnswer backward_linkages(const Picture& picture, const Question& question);
IndicatorAnswer forward_linkages(const Picture& picture, const Question& question);
/// Coefficient of variation of a cell's column of L and row of G, over the cells with output.
IndicatorAnswer linkage_dispersions(const Picture& picture, const Question& question);
IndicatorAnswer key_sectors(const Picture& picture, const Question& question);
/// Terms own, feedback, spillover of the output multiplier; spillover by partner.
IndicatorAnswer interregional_multipliers(const Picture& picture, const Question& question);
IndicatorAnswer upstreamnesses(const Picture& picture, const Question& question);
IndicatorAnswer downstreamnesses(const Picture& picture, const Question& question);

/// "2 cells (...) make nothing: ..." as a note, if there are any.
void add_idle_note(const Picture& picture, const Question& question, std::vector<std::string>& notes);

}  // namespace kontor
