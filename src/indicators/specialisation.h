// What regions are specialised in, and how the specialisations of two regions meet in trade.
// Formulas stand beside each function; method: docs/methods/specialisation.md
#pragma once

#include "kontor/indicators/indicator.h"

namespace kontor {

/// (q(r,i) / q(r)) / (q(i) / q), q output, value added or jobs; over the whole table or the region's nation.
IndicatorAnswer location_quotients(const Picture& picture, const Question& question);
/// (e(r,i) / e(r)) / (e(i) / e), e exports, gross or as value added absorbed elsewhere (Balassa 1965).
IndicatorAnswer comparative_advantages(const Picture& picture, const Question& question);
/// sum_i min(e(A,i) / e(A), m(B,i) / m(B)) = 1 - 1/2 sum_i |...| (Michaely 1996), and each product's part of it.
IndicatorAnswer complementarities(const Picture& picture, const Question& question);
/// 1 - |X - M| / (X + M), by product; over all 1 - sum |X - M| / sum (X + M) (Grubel and Lloyd 1975).
IndicatorAnswer intra_industry_trades(const Picture& picture, const Question& question);
/// Of what all regions but A and B import from abroad: the share of A.
IndicatorAnswer third_market_shares(const Picture& picture, const Question& question);
/// sum_i min of the shares of product i in A's and B's sales to third regions (Finger and Kreinin 1979).
IndicatorAnswer export_similarities(const Picture& picture, const Question& question);

}  // namespace kontor
