// Dense tables of doubles, row by row: one that is being made (Matrix) and one that is done (Block).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace kontor {

/// A row-major table that is being filled.
struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;

  Matrix() = default;
  Matrix(std::size_t row_count, std::size_t column_count, double fill = 0.0)
      : rows(row_count), columns(column_count), values(row_count * column_count, fill) {}

  double& operator()(std::size_t i, std::size_t j) { return values[i * columns + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values[i * columns + j]; }
  std::span<double> row(std::size_t i) { return {values.data() + i * columns, columns}; }
  std::span<const double> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

/// A read-only row-major table, in memory or mapped from a file. Copies share the numbers.
class Block {
 public:
  Block() = default;
  Block(Matrix matrix);  // NOLINT(google-explicit-constructor): a finished Matrix is a Block
  /// Numbers that `keeper` owns (a mapped file) and that live as long as it does.
  Block(std::size_t rows, std::size_t columns, const double* data, std::shared_ptr<const void> keeper)
      : rows_(rows), columns_(columns), data_(data), keeper_(std::move(keeper)) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return rows_ * columns_ == 0; }
  const double* data() const { return data_; }
  double operator()(std::size_t i, std::size_t j) const { return data_[i * columns_ + j]; }
  std::span<const double> row(std::size_t i) const { return {data_ + i * columns_, columns_}; }
  std::span<const double> values() const { return {data_, rows_ * columns_}; }
  /// A copy that can be changed.
  Matrix copy() const;

 private:
  std::size_t rows_ = 0, columns_ = 0;
  const double* data_ = nullptr;
  std::shared_ptr<const void> keeper_;
};

}  // namespace kontor
