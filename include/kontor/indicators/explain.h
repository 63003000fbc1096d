// One number of a result as a tree: by measure, by channel, by partner and sector, down to the cells of the accounts that
// carry it. At every level the parts add up to what they are parts of.
//
// Net indicators are split along the way on which all measures grow together (docs/methods/attribution.md); gross ones by each
// measure alone, tier of suppliers and structural path.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kontor/indicators/table.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// A cell of the accounts: what `from` sells to `to`, or a primary row's income from it, accounts units in the base year.
struct SourceCell {
  std::string from, to;
  double value = 0.0;
};

/// What else is said of a measure's part.
struct OtherShares {
  double shapley = 0.0, alone = 0.0, last_in = 0.0;
};

struct Explanation {
  std::string kind;  // number, measure, channel, partner, sector, tier, path, unit, others, remainder
  std::string name;
  double value = 0.0;
  std::vector<Explanation> parts;  // sum to the value
  std::vector<SourceCell> cells;   // the largest that carry it
  std::optional<OtherShares> other;
};

struct ExplainQuestion {
  std::string indicator, region, sector;  // region: leaf, nation, bloc, or empty for all
  int year = 0;                           // 0: the last of the horizon
  std::string closure;                    // short_run, long_run; empty: the programme's own
  std::size_t most = 5;                   // parts kept at each node; the others stand together
  std::size_t most_shapley = 8;           // measures up to which Shapley's parts are found as well
};

struct Explained {
  Explanation tree;
  std::string unit, model;  // model: "leontief", or the closure
  int year = 0;
  std::vector<std::string> notes;
};

/// Names that can be explained in these accounts.
std::vector<std::string> explained_indicators(const Accounts& accounts);

/// Throws Error(usage) for an unknown indicator, region, sector, year or closure, Error(no_answer) where the model has none.
Explained explain(const Accounts& accounts, const Programme& programme, const Compiled& compiled, const ExplainQuestion& question);

}  // namespace kontor
