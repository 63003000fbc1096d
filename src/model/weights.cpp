#include "kontor/model/weights.h"

#include <algorithm>
#include <utility>

namespace kontor {

Weights::Weights(Matrix table, const std::vector<int>& first_row)
    : columns_(table.columns), first_row_(first_row), part_(first_row.size() - 1), row_(table.rows) {
  const auto whole = std::make_shared<Matrix>(std::move(table));
  for (std::size_t p = 0; p < part_.size(); ++p)
    take(p, {whole, whole->values.data() + static_cast<std::size_t>(first_row_[p]) * columns_});
}

double& Weights::edit(std::size_t part, std::size_t row, std::size_t column) {
  make_own(part);
  return row_[row][column];
}

std::span<double> Weights::edit(std::size_t part) {
  make_own(part);
  return {part_[part].get(), rows_of(part) * columns_};
}

Matrix Weights::table() const {
  Matrix whole(rows(), columns_);
  for (std::size_t p = 0; p < part_.size(); ++p)
    std::ranges::copy(part(p), whole.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(first_row_[p]) * columns_));
  return whole;
}

void Weights::take(std::size_t part, std::shared_ptr<double> numbers) {
  part_[part] = std::move(numbers);
  double* at = part_[part].get();
  for (int q = first_row_[part]; q < first_row_[part + 1]; ++q, at += columns_) row_[static_cast<std::size_t>(q)] = at;
}

// Whoever else holds the part goes on with the numbers as they are.
void Weights::make_own(std::size_t part) {
  if (part_[part].use_count() == 1) return;
  const std::span<const double> shared = this->part(part);
  const auto numbers = std::make_shared<std::vector<double>>(shared.begin(), shared.end());
  take(part, {numbers, numbers->data()});
}

}  // namespace kontor
