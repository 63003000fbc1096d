#include "kontor/indicators/picture.h"

#include <algorithm>
#include <map>
#include <optional>

#include "chains.h"

namespace kontor {

struct Picture::Made {
  const Accounts* accounts = nullptr;
  std::optional<LeontiefSystem> system;
  std::optional<Matrix> final_use, sales, called_for, inverse;
  std::optional<std::vector<double>> value_added;
  std::optional<Matrix> bought_finally, called_for_by_purchases, origins, requirements, sold_on;
  std::map<int, Matrix> columns;
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

const Matrix& Picture::bought_finally() const {
  if (made_->bought_finally) return *made_->bought_finally;
  const Accounts& a = accounts();
  const std::size_t n = a.cells.size();
  Matrix bought(n + a.imports.size(), a.regions.size());
  for (std::size_t i = 0; i < bought.rows; ++i)
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy)
        bought(i, static_cast<std::size_t>(a.final_uses[f].region)) += std::max(0.0, i < n ? a.final_use(i, f) : a.imports_final(i - n, f));
  return made_->bought_finally.emplace(std::move(bought));
}

const Matrix& Picture::called_for_by_purchases() const {
  if (made_->called_for_by_purchases) return *made_->called_for_by_purchases;
  const Matrix& bought = bought_finally();
  const std::size_t n = accounts().cells.size();
  Matrix demand(bought.columns, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < bought.columns; ++r) demand(r, i) = bought(i, r);
  return made_->called_for_by_purchases.emplace(transposed(system().solve(demand).answers));
}

const Matrix& Picture::origins() const {
  if (made_->origins) return *made_->origins;
  const Accounts& a = accounts();
  const std::vector<double>& v = value_added();
  Matrix shares(a.regions.size() + 1, a.cells.size());
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    shares(static_cast<std::size_t>(a.cells[j].region), j) = v[j];
    const double unit = system().inverse_output(j);
    for (std::size_t k = 0; k < a.imports.size(); ++k)
      shares(static_cast<std::size_t>(a.imports[k].region), j) += a.imports_intermediate(k, j) * unit;
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p)
      if (!a.primary_rows[p].value_added) shares(a.regions.size(), j) += a.primary(p, j) * unit;
  }
  return made_->origins.emplace(system().solve_transposed(shares).answers);
}

const Matrix& Picture::requirements() const {
  if (made_->requirements) return *made_->requirements;
  const Accounts& a = accounts();
  Matrix rows(a.regions.size(), a.cells.size());
  for (std::size_t j = 0; j < a.cells.size(); ++j) {
    rows(static_cast<std::size_t>(a.cells[j].region), j) = 1.0;
    for (std::size_t k = 0; k < a.imports.size(); ++k)
      rows(static_cast<std::size_t>(a.imports[k].region), j) += a.imports_intermediate(k, j) * system().inverse_output(j);
  }
  return made_->requirements.emplace(system().solve_transposed(rows).answers);
}

const Matrix& Picture::sold_on() const {
  if (made_->sold_on) return *made_->sold_on;
  const Accounts& a = accounts();
  Matrix outputs(a.regions.size(), a.cells.size());
  for (std::size_t j = 0; j < a.cells.size(); ++j) outputs(static_cast<std::size_t>(a.cells[j].region), j) = a.output(0, j);
  return made_->sold_on.emplace(transposed(system().solve(outputs).answers));
}

const Matrix& Picture::columns(int region) const {
  const auto kept = made_->columns.find(region);
  if (kept != made_->columns.end()) return kept->second;
  const std::vector<int> cells = cells_of(accounts(), region);
  Matrix units(cells.size(), accounts().cells.size());
  for (std::size_t k = 0; k < cells.size(); ++k) units(k, static_cast<std::size_t>(cells[k])) = 1.0;
  return made_->columns.emplace(region, cells.empty() ? std::move(units) : system().solve(units).answers).first->second;
}

const Chains& Picture::chains() const {
  if (!made_->chains) made_->chains = std::make_unique<Chains>(*this);
  return *made_->chains;
}

}  // namespace kontor
