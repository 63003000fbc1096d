// Gross exports of several economies by one method: the terms as matrices, and what could not be said.
#pragma once

#include <string>
#include <vector>

#include "decomposition.h"

namespace kontor {

/// What is asked: whose exports, to whom (none: everybody together), seen from which border.
struct DecompositionQuestion {
  const DecompositionMethod* method = nullptr;
  Perspective perspective = Perspective::exporter;
  Level level = Level::nations;
  std::vector<RegionSet> regions, partners;
};

/// One exporter and one partner, or all partners together (`partner` below 0).
struct DecomposedExports {
  int region = 0, partner = -1;  // index in the question
  bool available = true;         // false: a member has no production accounts; then there are no terms
  std::vector<std::size_t> cells;
  std::vector<const Term*> terms;  // EXGR, parts, sums, OTHER
  Matrix values;                   // terms x cells
};

/// In the order of regions, then partners. Pairs of which the partner lies inside the exporter are left out.
std::vector<DecomposedExports> decompose_exports(const Picture& picture, const DecompositionQuestion& question);

}  // namespace kontor
