// Pairs of measures that claim one thing: what `kontor check` finds about them, as a list to look at.
#pragma once

#include <string>
#include <vector>

#include "kontor/programme/programme.h"

namespace kontor {

struct Overlap {
  std::size_t first = 0, second = 0;  // measures of the programme, in its order
  std::string what;                   // the first thing that both claim: "the output of A.1"
  bool counted_twice = true;          // an error unless it is meant; false: a border that two kinds lower, which a person must judge
  bool meant = false;                 // one of the two says so: `overlaps`, `delivered_by`
};

/// In the order of the measures. Claims are compared year by year, so the shocks of a few years show the overlaps of these alone.
std::vector<Overlap> find_overlaps(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks);

/// Of the whole programme, also where they keep it from being compiled.
std::vector<Overlap> overlaps_of_programme(const Programme& programme, const Accounts& accounts);

}  // namespace kontor
