#include "chains.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "model/lapack.h"
#include "model/small_system.h"

namespace kontor {

// Of a unit of cost or of output: what sums and solves of n numbers leave at most.
static double rounding(std::size_t n) { return std::max(1e-12, 4.0 * static_cast<double>(n) * std::numeric_limits<double>::epsilon()); }

Matrix transpose_of(const Matrix& m) {
  Matrix t(m.columns, m.rows);
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j) t(j, i) = m(i, j);
  return t;
}

Matrix block_product(const Matrix& a, const Matrix& b) {
  Matrix c(a.rows, b.columns);
  const int rows = static_cast<int>(b.columns), columns = static_cast<int>(a.rows), inner = static_cast<int>(a.columns);
  if (c.values.empty() || inner == 0) return c;
  const double one = 1.0, zero = 0.0;  // BLAS sees the transposes: c' = b' a'
  dgemm_("N", "N", &rows, &columns, &inner, &one, b.values.data(), &rows, a.values.data(), &inner, &zero, c.values.data(), &rows);
  return c;
}

// What a unit of output costs besides goods of cells and what somebody earns: 1 - v - m - sum_i a(i,j); all of it where nothing is made.
static std::vector<double> unexplained_costs(const Picture& picture, const std::vector<std::vector<double>>& imports) {
  const Accounts& a = picture.accounts();
  const std::size_t n = a.cells.size();
  std::vector<double> costs(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double* z = a.intermediate.row(i).data();
    for (std::size_t j = 0; j < n; ++j) costs[j] += z[j];
  }
  std::vector<double> rest(n);
  for (std::size_t j = 0; j < n; ++j) {
    double explained = picture.value_added()[j] + costs[j] * picture.system().inverse_output(j);
    for (const std::vector<double>& m : imports)
      if (!m.empty()) explained += m[j];
    rest[j] = std::fabs(1.0 - explained) > rounding(n) ? 1.0 - explained : 0.0;
  }
  return rest;
}

Chains::Chains(const Picture& picture) : picture_(&picture) {
  const Accounts& a = picture.accounts();
  const LeontiefSystem& system = picture.system();
  const std::size_t n = a.cells.size();
  import_coefficients_.resize(a.regions.size());
  for (std::size_t k = 0; k < a.imports.size(); ++k) {
    std::vector<double>& m = import_coefficients_[static_cast<std::size_t>(a.imports[k].region)];
    m.resize(n, 0.0);
    for (std::size_t j = 0; j < n; ++j) m[j] += a.imports_intermediate(k, j) * system.inverse_output(j);
  }
  const std::vector<double> rest = unexplained_costs(picture, import_coefficients_);
  unexplained_.assign(n, 0.0);
  if (std::any_of(rest.begin(), rest.end(), [](double w) { return w != 0.0; })) {
    Matrix row(1, n);
    row.values = rest;
    unexplained_ = system.solve_transposed(row).answers.values;
  }
  output_.resize(n), unused_.assign(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    output_[j] = sum_of(picture.called_for().row(j));
    const double gap = a.output(0, j) - output_[j];
    if (std::fabs(gap) > rounding(n) * std::fabs(a.output(0, j))) unused_[j] = gap;
  }
}

const ChainEconomy& Chains::economy(const std::vector<int>& regions) const {
  std::unique_ptr<ChainEconomy>& known = economies_[regions];
  if (known) return *known;
  const Accounts& a = picture_->accounts();
  known = std::make_unique<ChainEconomy>();
  known->regions = regions;
  known->has.assign(a.regions.size(), false);
  for (const int r : regions) {
    known->has[static_cast<std::size_t>(r)] = true;
    known->external |= a.regions[static_cast<std::size_t>(r)].external;
  }
  for (std::size_t j = 0; j < a.cells.size(); ++j)
    if (known->has[static_cast<std::size_t>(a.cells[j].region)]) known->cells.push_back(j);
  return *known;
}

std::vector<const ChainEconomy*> Chains::others(std::span<const ChainEconomy* const> taken, Level level) const {
  const Accounts& a = picture_->accounts();
  std::vector<bool> gone(a.regions.size(), false), split(a.regions.size(), level == Level::regions);
  for (const ChainEconomy* economy : taken)
    for (const int r : economy->regions) gone[static_cast<std::size_t>(r)] = split[static_cast<std::size_t>(nation_of(a, r))] = true;
  std::vector<std::vector<int>> groups;
  std::vector<int> group_of(a.regions.size(), -1);  // by nation
  for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) {
    if (gone[static_cast<std::size_t>(r)] || !is_leaf(a, r)) continue;
    const auto nation = static_cast<std::size_t>(nation_of(a, r));
    if (split[nation] || group_of[nation] < 0) {
      if (!split[nation]) group_of[nation] = static_cast<int>(groups.size());
      groups.push_back({r});
    } else {
      groups[static_cast<std::size_t>(group_of[nation])].push_back(r);
    }
  }
  std::vector<const ChainEconomy*> world;
  for (const std::vector<int>& group : groups) world.push_back(&economy(group));
  return world;
}

std::vector<ChainEconomy*> Chains::those(std::span<const ChainEconomy* const> economies, bool (*lack)(const ChainEconomy&)) const {
  std::vector<ChainEconomy*> todo;
  for (const ChainEconomy* economy : economies) {
    ChainEconomy* own = economies_.at(economy->regions).get();
    if (lack(*own) && std::find(todo.begin(), todo.end(), own) == todo.end()) todo.push_back(own);
  }
  return todo;
}

// Every economy is somebody's own, so threads do not meet.
static void for_each_of(const std::vector<ChainEconomy*>& economies, const std::function<void(ChainEconomy&)>& work) {
  for_each_block(economies.size(), thread_count(), [&](std::size_t k) { work(*economies[k]); });
}

void Chains::make_contents(std::span<const ChainEconomy* const> economies) const {
  const std::vector<ChainEconomy*> todo = those(economies, [](const ChainEconomy& e) { return e.content.empty(); });
  Matrix rows(todo.size(), picture_->system().size());
  for (std::size_t k = 0; k < todo.size(); ++k) {
    for (const std::size_t j : todo[k]->cells) rows(k, j) = picture_->value_added()[j];
    for (const int r : todo[k]->regions) {
      const std::vector<double>& m = import_coefficients(r);
      for (std::size_t j = 0; j < m.size(); ++j) rows(k, j) += m[j];
    }
  }
  if (todo.empty()) return;
  const Solved solved = picture_->system().solve_transposed(rows);
  for (std::size_t k = 0; k < todo.size(); ++k) todo[k]->content.assign(solved.row(k).begin(), solved.row(k).end());
}

Matrix Chains::local_system(const ChainEconomy& economy) const {
  const Accounts& a = picture_->accounts();
  Matrix m(economy.cells.size(), economy.cells.size());
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j)
      m(i, j) =
          (i == j ? 1.0 : 0.0) - a.intermediate(economy.cells[i], economy.cells[j]) * picture_->system().inverse_output(economy.cells[j]);
  return m;
}

void no_inverse(const Accounts& a, const ChainEconomy& economy) {
  fail(Exit::no_answer, "no-answer", "", "", a.regions[static_cast<std::size_t>(economy.regions.front())].code,
       "the economy by itself has no Leontief inverse", "a regular block of I - A", "run `kontor check`");
}

// Y_r, regions of absorption x own cells.
static Matrix uses_of(const Picture& picture, const ChainEconomy& economy) {
  const Matrix& y = picture.final_use();
  Matrix own(y.columns, economy.cells.size());
  for (std::size_t i = 0; i < own.columns; ++i)
    for (std::size_t l = 0; l < own.rows; ++l) own(l, i) = y(economy.cells[i], l);
  return own;
}

void Chains::make_local_uses(std::span<const ChainEconomy* const> economies) const {
  picture_->final_use();
  for_each_of(those(economies, [](const ChainEconomy& e) { return e.local_use.values.empty() && !e.cells.empty(); }), [&](ChainEconomy& e) {
    Matrix uses = uses_of(*picture_, e);
    if (!solve_small(local_system(e), uses)) no_inverse(picture_->accounts(), e);
    e.local_use = transpose_of(uses);
  });
}

void Chains::make_blocks(std::span<const ChainEconomy* const> economies) const {
  const LeontiefSystem& system = picture_->system();
  for_each_of(those(economies, [](const ChainEconomy& e) { return e.block.values.empty() && !e.cells.empty(); }),
              [&](ChainEconomy& e) { e.block = system.inverse_block(e.cells); });
}

void Chains::make_looped_uses(std::span<const ChainEconomy* const> economies) const {
  make_blocks(economies);
  picture_->final_use();
  for_each_of(those(economies, [](const ChainEconomy& e) { return e.looped_use.values.empty() && !e.cells.empty(); }),
              [&](ChainEconomy& e) { e.looped_use = block_product(e.block, transpose_of(uses_of(*picture_, e))); });
}

std::vector<double> Chains::exports(const ChainEconomy& economy) const {
  const Matrix& sales = picture_->sales();
  std::vector<double> sold;
  for (const std::size_t i : economy.cells) {
    Sum sum;
    for (std::size_t l = 0; l < sales.columns; ++l)
      if (!economy.has[l]) sum.add(sales(i, l));
    sold.push_back(sum.value());
  }
  return sold;
}

}  // namespace kontor
