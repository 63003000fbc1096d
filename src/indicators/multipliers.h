// Multipliers: what a unit of final demand for a cell calls for anywhere, of output, value added, income or jobs.
//
//   m' = q' L          q  what a unit of output of each cell pays, emits or employs (1 for output)
//   type II: L* of the table with households bordered (households.h), summed over the cells of production
//
// Of a set of regions: of a unit composed as its cells' output is. Method: docs/methods/linkages.md
#pragma once

#include "cell_groups.h"

namespace kontor {

/// A row q whose multipliers are wanted.
struct Content {
  std::string term;                // of its rows; empty for the indicator itself
  std::string unit;                // of its multipliers
  std::vector<double> per_output;  // by cell; NaN where not known
};

/// Which rows beside the multiplier itself an indicator shows.
struct ContentParts {
  bool own = false;              // term "own": what of it arises in the set itself
  bool per_direct = false;       // term "per_direct": over what the cells themselves pay or employ per unit of output
  bool only_per_direct = false;  // the multiplier, and what is its own, over that
};

/// Rows of the multipliers of `contents` for the sets that were asked for; with a satellite no finer than it is known.
IndicatorAnswer multiplier_rows(const Picture& picture, const Question& question, const std::vector<Content>& contents,
                                const ContentParts& parts, const Satellite* satellite = nullptr);

IndicatorAnswer output_multipliers(const Picture& picture, const Question& question);
IndicatorAnswer value_added_multipliers(const Picture& picture, const Question& question);
IndicatorAnswer income_multipliers(const Picture& picture, const Question& question);
IndicatorAnswer job_contents(const Picture& picture, const Question& question);
IndicatorAnswer job_multipliers(const Picture& picture, const Question& question);

}  // namespace kontor
