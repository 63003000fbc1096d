// What a solution says about itself, so that nobody has to believe it.
#pragma once

#include <string>
#include <vector>

namespace kontor {

/// An identity checked on the user's own table: how far off, and how far it may be.
struct Identity {
  std::string name;
  double gap = 0.0, bound = 0.0;
  bool holds() const { return gap <= bound; }
};

struct Certificate {
  std::string model;                // "leontief"
  std::string outcome = "solved";   // or why there is no answer, in one sentence
  std::string criterion;            // the written rule by which it was accepted
  int size = 0;                     // unknowns
  int iterations = 0;               // steps of refinement that certifying took
  double backward_error = 0.0;      // normwise: |b - Mx| / (|M||x| + |b|), on the user's table
  double condition = 0.0;           // 1-norm condition estimate
  double digits = 0.0;              // guaranteed: -log10(condition x max(backward error, epsilon)) - 1
  double largest_column_sum = 0.0;  // of A
  std::string largest_column;       // the cell it belongs to
  double spectral_radius = 0.0;     // of A, estimated
  double residual = 0.0;            // equilibrium: the largest residual of all solves
  double walras = 0.0;              // equilibrium: sum of the regions' imbalances over world income
  double market = 0.0;              // equilibrium: largest gap of a market over the region's mean output
  int starts = 1, solutions = 1;    // equilibrium: starts tried, different solutions found
  std::vector<Identity> identities;
  bool solved() const { return outcome == "solved"; }
};

inline constexpr double fewest_digits = 6;  // below this there is no number, only the reason

}  // namespace kontor
