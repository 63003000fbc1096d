// The uncertain numbers of a programme: what is drawn, from which distribution, and by whose word.
//
// A draw is a point of the unit cube. Each number belongs to one coordinate and says which value stands at u of it; the
// members of a correlation group, and sectors that take one estimate, share a coordinate.
// Method: docs/methods/uncertainty.md
#pragma once

#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/programme/programme.h"

namespace kontor {

enum class UncertainKind { field, weight, trade_cost, elasticity, parameter, closure };

struct Uncertain {
  UncertainKind kind = UncertainKind::field;
  std::string name;                         // "M1.additional", "trade_elasticity.C26", "closure"
  std::string source;                       // programme.toml:14, or a citation
  std::string distribution;                 // triangular, uniform, pert, normal; lognormal; discrete
  double low = 0.0, mid = 0.0, high = 0.0;  // lognormal: 5 % and 95 % points around the estimate; discrete: 0, own, last
  double standard_error = 0.0;              // lognormal
  std::size_t coordinate = 0;
  bool counts = true;  // belongs to the headline; other measures only keep their coordinate

  std::string measure, field;  // field: dotted path; of a weight or trade cost with `part`, else 0
  std::size_t part = 0;
  bool of_whole = false;        // a weight of some that sum to one
  std::vector<int> sectors;     // elasticity: those that take it
  std::vector<double> chances;  // closure: by alternative, sum 1

  /// The value at u of its coordinate, 0 < u < 1; of a closure the number of the alternative.
  double at(double u) const;
};

struct UncertainNumbers {
  std::vector<Uncertain> numbers;     // those that count
  std::size_t coordinates = 0;        // of the unit cube; numbers of measures that do not count have theirs too
  std::vector<std::string> closures;  // alternatives by name, "own" first; empty: the closure is not drawn
  bool cells = false, age = false;    // cells of the accounts, structure of an old table: drawn by cell, not by coordinate
  bool calibrates = false;            // a parameter is drawn that calibration needs
  std::vector<std::string> fixed;     // what does not vary, and why: one sentence each
};

/// Throws Error(data) where a group names no number, two groups name one, or a distribution would leave a share's bounds.
UncertainNumbers uncertain_numbers(const Programme& programme, const Accounts& accounts);

/// What varies by itself: a number, or the members of a group, which move together.
struct Driver {
  std::size_t coordinate = 0;
  std::string name;                  // of its first number; "... and 3 more" of a group
  std::vector<std::size_t> numbers;  // places in `numbers`
};
std::vector<Driver> drivers_of(const UncertainNumbers& uncertain);

/// One value a number, in their order: at a point of the cube, and the central ones.
std::vector<double> values_at(const UncertainNumbers& uncertain, const std::vector<double>& point);
std::vector<double> central_values(const UncertainNumbers& uncertain);

/// The programme with these values in the place of its ranges. Shares that were drawn apart sum to one again.
Programme with_values(const Programme& programme, const UncertainNumbers& uncertain, const std::vector<double>& values);

/// Mean and standard deviation of a number, for quadrature. Not for closures.
struct CentreAndSpread {
  double mean = 0.0, deviation = 0.0;
};
CentreAndSpread centre_and_spread(const Uncertain& number);

}  // namespace kontor
