#include "kontor/indicators/foresight.h"

#include <cmath>
#include <map>

#include "kontor/base/sum.h"

namespace kontor {

// Spreads smaller than this, in squared logs, are rounding: there is nothing to correlate with.
static constexpr double no_spread = 1e-20;

// A log change below this is rounding and has no sign.
static constexpr double no_change = 1e-12;

Foresight foresight_of(std::span<const ForeseenChange> changes) {
  Foresight result;
  result.count = changes.size();
  Sum weight, foreseen, observed, gap, missed, came, right;
  for (const ForeseenChange& c : changes) {
    weight.add(c.weight), foreseen.add(c.weight * c.foreseen), observed.add(c.weight * c.observed);
    gap.add(c.weight * std::fabs(c.foreseen - c.observed));
    missed.add(c.weight * std::fabs(std::exp(c.foreseen) - std::exp(c.observed)));
    came.add(c.weight * std::exp(c.observed));
    if (std::fabs(c.foreseen) > no_change && c.foreseen * c.observed > 0.0) right.add(c.weight);
  }
  const double w = weight.value();  // from here on 0 / 0 is NaN: nothing to compare
  result.mean_foreseen = foreseen.value() / w, result.mean_observed = observed.value() / w;
  result.error = gap.value() / w, result.missed = missed.value() / came.value(), result.right_sign = right.value() / w;
  Sum ff, fo, oo;
  for (const ForeseenChange& c : changes) {
    const double f = c.foreseen - result.mean_foreseen, o = c.observed - result.mean_observed;
    ff.add(c.weight * f * f), fo.add(c.weight * f * o), oo.add(c.weight * o * o);
  }
  const bool spread = ff.value() > no_spread * w;
  result.slope = spread ? fo.value() / ff.value() : std::nan("");
  result.correlation = spread && oo.value() > no_spread * w ? fo.value() / std::sqrt(ff.value() * oo.value()) : std::nan("");
  return result;
}

std::vector<ForeseenChange> within_families(std::span<const ForeseenChange> changes) {
  std::map<int, std::vector<ForeseenChange>> families;
  for (const ForeseenChange& c : changes) families[c.family].push_back(c);
  std::vector<ForeseenChange> within;
  for (const auto& [family, members] : families) {
    const Foresight mean = foresight_of(members);
    for (const ForeseenChange& c : members)
      within.push_back({c.weight, c.foreseen - mean.mean_foreseen, c.observed - mean.mean_observed, family});
  }
  return within;
}

}  // namespace kontor
