// The way on which measures grow: its points, solved, and what each measure's growth changes there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kontor/model/measure_parts.h"
#include "kontor/model/newton.h"
#include "tangent_parts.h"

namespace kontor {

/// A solved point of the way.
struct Stop {
  double t = 0.0;
  std::vector<double> sizes;
  Economy economy, weights;
  std::unique_ptr<Tangent> tangent;  // refers to `economy`
};

std::unique_ptr<Stop> stop_at(const MeasuresInPart& measures, double t, std::vector<double> sizes);

/// Lagrange's polynomial through the states of the stops.
std::vector<double> state_at(const std::vector<std::unique_ptr<Stop>>& stops, double t);

std::vector<double> plus(std::vector<double> x, double a, const std::vector<double>& y);

class Way {
 public:
  explicit Way(const MeasuresInPart& measures) : measures_(measures) {}

  /// Newton's method near the solution; the equilibrium solver where that does not lead there. False: see `problem`.
  bool solve(Stop& stop, std::vector<double> z);

  /// What a growing measure changes, by outcome, at a stop. `guess`: its direction in the unknowns as far as it is known, and in
  /// the end the direction itself.
  std::vector<double> derivative(const Stop& stop, std::size_t m, const ChangeBetween& change, std::vector<double>& guess) const;

  void factor(const Stop& stop);

  /// Where between two neighbouring stops, or the baseline and a stop, a limit of capacity begins or ceases to bind: there
  /// derivatives jump. Ascending. `from` may be the baseline, which knows no limits.
  std::vector<double> kinks_between(const Stop& from, const Stop& to);

  std::string problem;

 private:
  // J direction = force, from the guess on.
  void add_rest_of_direction(const Stop& stop, std::vector<double> force, std::vector<double>& direction) const;

  const MeasuresInPart& measures_;
  std::shared_ptr<const RegionBlocks> blocks_;
};

}  // namespace kontor
