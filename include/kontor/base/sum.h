// Sums that do not lose the small numbers among the large ones.
#pragma once

#include <cmath>
#include <span>

namespace kontor {

/// Compensated running sum (Neumaier 1974): the error does not grow with the number of terms.
class Sum {
 public:
  void add(double value) {
    const double next = total_ + value;
    lost_ += std::fabs(total_) >= std::fabs(value) ? (total_ - next) + value : (value - next) + total_;
    total_ = next;
  }
  double value() const { return total_ + lost_; }

 private:
  double total_ = 0.0, lost_ = 0.0;
};

inline double sum_of(std::span<const double> values) {
  Sum sum;
  for (const double value : values) sum.add(value);
  return sum.value();
}

}  // namespace kontor
