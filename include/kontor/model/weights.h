// A table of rows x groups in parts, one a product. Copies share their parts until one of them is edited: economies of one
// calibration differ in a few products, and cost no more than those.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "kontor/base/block.h"

namespace kontor {

class Weights {
 public:
  Weights() = default;
  /// first_row: of each part, and the number of rows. The parts share the table.
  Weights(Matrix table, const std::vector<int>& first_row);

  std::size_t rows() const { return row_.size(); }
  std::size_t columns() const { return columns_; }
  std::size_t parts() const { return part_.size(); }
  double operator()(std::size_t row, std::size_t column) const { return row_[row][column]; }
  std::span<const double> row(std::size_t row) const { return {row_[row], columns_}; }
  /// The rows of a part, one after the other.
  std::span<const double> part(std::size_t part) const { return {part_[part].get(), rows_of(part) * columns_}; }

  /// A number that the caller may change. The part is this table's own from now on.
  double& edit(std::size_t part, std::size_t row, std::size_t column);
  /// All of a part's numbers, likewise.
  std::span<double> edit(std::size_t part);

  bool shares_part(const Weights& other, std::size_t part) const { return part_[part] == other.part_[part]; }
  bool shares_all(const Weights& other) const { return part_ == other.part_; }
  /// Takes the other's part.
  void share_part(const Weights& other, std::size_t part) { take(part, other.part_[part]); }

  /// A copy of the whole.
  Matrix table() const;

 private:
  std::size_t rows_of(std::size_t part) const { return static_cast<std::size_t>(first_row_[part + 1] - first_row_[part]); }
  void take(std::size_t part, std::shared_ptr<double> numbers);
  void make_own(std::size_t part);

  std::size_t columns_ = 0;
  std::vector<int> first_row_;
  std::vector<std::shared_ptr<double>> part_;
  std::vector<double*> row_;
};

}  // namespace kontor
