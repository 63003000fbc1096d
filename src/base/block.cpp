#include "kontor/base/block.h"

namespace kontor {

Block::Block(Matrix matrix) : rows_(matrix.rows), columns_(matrix.columns) {
  auto owned = std::make_shared<const std::vector<double>>(std::move(matrix.values));
  data_ = owned->data();
  keeper_ = std::move(owned);
}

Matrix Block::copy() const {
  Matrix matrix;
  matrix.rows = rows_;
  matrix.columns = columns_;
  matrix.values.assign(data_, data_ + rows_ * columns_);
  return matrix;
}

}  // namespace kontor
