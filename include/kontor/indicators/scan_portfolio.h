// The best portfolio of candidates under a budget: measures of the programme that are not agreed yet, or levers, each with
// what it costs. Their effects are solved together, so what they do to each other counts.
//
//   exact up to 12 candidates: every set within the budget is solved
//   above: the largest gain a unit of cost is added, solved again each time, until nothing fits or gains
//   bound: the fractional knapsack of what each candidate could add at most, the larger of its gain alone and its gain on
//          top of all others; a bound where a candidate's gain, as others join, stays between the two
// Method: docs/methods/scan.md
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/scan.h"

namespace kontor {

struct Candidate {
  std::string id;  // of a measure, or of a lever as in lever_id
  double cost = 0.0;
  std::string source;         // costs.csv:4
  std::vector<Shock> shocks;  // in the year that is scanned
};

/// CSV: candidate, cost (single units of money, above 0) and, for a lever, step (per cent; for sourcing percentage points).
/// A measure must not be committed: it is in the economy already. Throws Error(data) with all that is wrong.
std::vector<Candidate> read_candidates(const std::string& file, const ScanBase& base, const Programme* programme, const Compiled* compiled,
                                       int year);

struct ChosenCandidate {
  std::string id;
  double cost = 0.0, alone = 0.0, added = 0.0;  // gain by itself, and in the order of the list
};

struct Portfolio {
  std::string goal, unit;
  double budget = 0.0, cost = 0.0;
  double gain = 0.0, bound = 0.0;       // of the chosen set, solved together; no set is better than the bound
  bool exhaustive = false;              // every set was solved
  std::size_t solves = 0, refused = 0;  // economies; sets or additions in which some region would lose
  std::vector<ChosenCandidate> chosen, left;
  std::vector<std::pair<int, double>> others;  // accounts region and its real income, all of them
  std::vector<std::string> notes;
};

struct PortfolioOptions {
  Goal goal;
  double budget = 0.0;
  bool nobody_loses = false;
  double tolerance = 1e-6;
  std::size_t exhaustive_to = 12;
};

Portfolio best_portfolio(const ScanBase& base, const std::vector<Candidate>& candidates, const PortfolioOptions& options);

/// The nine columns; `measure` holds the candidate. Indicators: portfolio_gain, _bound, _cost, _budget; by candidate
/// portfolio_chosen (1 or 0), _candidate_cost, _alone, _added; portfolio_real_income by region.
std::vector<EffectRow> portfolio_rows(const Accounts& accounts, const Portfolio& portfolio);

}  // namespace kontor
