// How well foreseen changes agree with those that came, each weighted by the size of what changed.
//
//   correlation   of foreseen f and observed o, weights w
//   slope         of o on f: 1 where a foreseen change comes in full; below 1 where too much was foreseen
//   error         sum w |f - o| / sum w                       logs
//   missed        sum w |e^f - e^o| / sum w e^o               of the amounts that came
//   right_sign    part of w whose change had the foreseen sign
#pragma once

#include <span>
#include <vector>

namespace kontor {

struct ForeseenChange {
  double weight = 0.0, foreseen = 0.0, observed = 0.0;  // changes in logs
  int family = 0;                                       // what it is grouped by
};

struct Foresight {
  std::size_t count = 0;
  double correlation = 0.0, slope = 0.0;  // NaN where nothing, or everywhere the same, was foreseen
  double error = 0.0, missed = 0.0;       // NaN where there is nothing to compare
  double right_sign = 0.0;                // no change foreseen is no sign
  double mean_foreseen = 0.0, mean_observed = 0.0;
};

Foresight foresight_of(std::span<const ForeseenChange> changes);

/// The same changes less the weighted means of their family: what is foreseen beyond the family's own movement.
std::vector<ForeseenChange> within_families(std::span<const ForeseenChange> changes);

}  // namespace kontor
