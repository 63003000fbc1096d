// Anderson (1965), Walker and Ni (2011): of the last m steps d_k of an iteration z + d(z), the mixture with the smallest sum of
// squares.
#pragma once

#include <vector>

#include "kontor/base/block.h"

namespace kontor {

/// Rings of differences of states and steps, and their products, one row at a time.
class Anderson {
 public:
  explicit Anderson(std::size_t memory) : memory_(memory), moves_(memory), steps_(memory), gram_(memory, memory) {}

  void clear() { held_ = 0, have_last_ = false; }

  /// The next state from the state and the step that was found there.
  void next(const std::vector<double>& z, const std::vector<double>& d, std::vector<double>& out);

 private:
  void drop_oldest();

  std::size_t memory_, held_ = 0;
  std::vector<std::vector<double>> moves_, steps_;  // moves: difference of states plus difference of steps
  Matrix gram_;
  std::vector<double> last_z_, last_d_;
  bool have_last_ = false;
};

}  // namespace kontor
