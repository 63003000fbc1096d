// How sure a result is: the draws behind it, what was varied and what was not.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kontor/indicators/draws.h"

namespace kontor {

/// One uncertain number as the report lists it. low and high: the ends of its range, or its 5 % and 95 % points.
struct Varied {
  std::string name, distribution, source;
  double low = 0.0, mid = 0.0, high = 0.0;
};

struct HowSure {
  DrawTable table;  // empty: no draws were asked for
  std::vector<Varied> varied;
  std::vector<std::string> drivers;                   // numbers and groups, by the names of their rows
  std::vector<std::string> cells;                     // errors of the accounts, in words
  std::vector<std::string> fixed;                     // what was not varied, and why
  std::vector<std::pair<std::string, long>> reasons;  // of failed draws
  std::string rule;
  long seed = 0;
  int headline_year = 0;
  int quadrature_points = 0;
  std::string quadrature_failure;
  bool asked() const { return !table.draws.empty(); }
};

}  // namespace kontor
