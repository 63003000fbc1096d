#include "kontor/indicators/picture.h"

#include <algorithm>
#include <optional>

#include "chains.h"

namespace kontor {

struct Picture::Made {
  const Accounts* accounts = nullptr;
  std::optional<LeontiefSystem> system;
  std::optional<Matrix> final_use, sales, called_for, inverse;
  std::optional<std::vector<double>> value_added;
  std::unique_ptr<Chains> chains;
};

Picture::Picture(const Accounts& accounts) : made_(std::make_unique<Made>()) { made_->accounts = &accounts; }
Picture::~Picture() = default;
Picture::Picture(Picture&& other) noexcept : made_(std::move(other.made_)) {
  if (made_) made_->chains.reset();  // they know their picture by its address
}
Picture& Picture::operator=(Picture&& other) noexcept {
  made_ = std::move(other.made_);
  if (made_) made_->chains.reset();
  return *this;
}

const Accounts& Picture::accounts() const { return *made_->accounts; }

const LeontiefSystem& Picture::system() const {
  if (!made_->system) made_->system.emplace(accounts());
  return *made_->system;
}

static Matrix transposed(const Matrix& m) {
  Matrix t(m.columns, m.rows);
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j) t(j, i) = m(i, j);
  return t;
}

const Matrix& Picture::final_use() const {
  if (made_->final_use) return *made_->final_use;
  const Accounts& a = accounts();
  Matrix y(a.cells.size(), a.regions.size());
  for (std::size_t i = 0; i < y.rows; ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) y(i, static_cast<std::size_t>(a.final_uses[f].region)) += a.final_use(i, f);
  return made_->final_use.emplace(std::move(y));
}

const Matrix& Picture::sales() const {
  if (made_->sales) return *made_->sales;
  const Accounts& a = accounts();
  Matrix sold = final_use();
  for (std::size_t i = 0; i < sold.rows; ++i)
    for (std::size_t j = 0; j < a.cells.size(); ++j) sold(i, static_cast<std::size_t>(a.cells[j].region)) += a.intermediate(i, j);
  return made_->sales.emplace(std::move(sold));
}

const std::vector<double>& Picture::value_added() const {
  if (made_->value_added) return *made_->value_added;
  const Accounts& a = accounts();
  std::vector<double> v(a.cells.size(), 0.0);
  for (std::size_t j = 0; j < v.size(); ++j)
    if (a.output(0, j) > 0.0) v[j] = kontor::value_added(a, static_cast<int>(j)) / a.output(0, j);
  return made_->value_added.emplace(std::move(v));
}

const Matrix& Picture::called_for() const {
  if (!made_->called_for) made_->called_for = transposed(system().solve(transposed(final_use())).answers);
  return *made_->called_for;
}

const Matrix& Picture::inverse() const {
  if (made_->inverse) return *made_->inverse;
  Matrix units(system().size(), system().size());
  for (std::size_t i = 0; i < units.rows; ++i) units(i, i) = 1.0;
  return made_->inverse.emplace(system().solve_transposed(units).answers);  // row i holds row i of L
}

const Chains& Picture::chains() const {
  if (!made_->chains) made_->chains = std::make_unique<Chains>(*this);
  return *made_->chains;
}

}  // namespace kontor
