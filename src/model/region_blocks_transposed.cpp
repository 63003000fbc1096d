// The transposed step of the region blocks: what RegionBlocks::step does, line by line from its end to its beginning.
#include <algorithm>

#include "lapack.h"
#include "region_blocks.h"

namespace kontor {

// m x, or m' x.
static std::vector<double> product(const Matrix& m, bool transposed, const std::vector<double>& x) {
  const int n = static_cast<int>(m.rows), one = 1;
  const double unit = 1.0, zero = 0.0;
  std::vector<double> y(x.size());
  dgemv_(transposed ? "N" : "T", &n, &n, &unit, m.values.data(), &n, x.data(), &one, &zero, y.data(), &one);
  return y;
}

// Of  price = P^-1 f - P^-1 O sales,  sales = S^-1 (g + D P^-1 f),  S with D P^-1 O in it.
void RegionBlocks::core_solve_transposed(const Region& region, std::vector<double>& price, std::vector<double>& sales) const {
  if (!region.cost_of_output.empty() && !region.transposed) {
    const std::vector<double> back = product(region.prices, true, price);
    for (std::size_t i = 0; i < back.size(); ++i) sales[i] -= region.cost_of_output[i] * back[i];
  }
  sales = region.transposed ? product(region.prices, false, sales) : product(region.sales, true, sales);
  for (std::size_t i = 0; i < price.size(); ++i) price[i] += region.cost_of_sales[i] * sales[i];
  price = product(region.prices, true, price);
}

void RegionBlocks::step_transposed(const Work& work, const std::vector<double>& x, std::vector<double>& back) const {
  const Layout& at = work.layout;
  back.assign(at.size(), 0.0);
  for (std::size_t r = 0; r < regions_.size(); ++r) {
    const Region& block = regions_[r];
    const std::size_t size = block.cells.size();
    std::vector<double> dc(size), dr(size), tail(block.tails);
    for (std::size_t i = 0; i < size; ++i) {
      const auto j = static_cast<std::size_t>(block.cells[i]);
      dc[i] = x[at.log_cost() + j], dr[i] = x[at.output() + j];
    }
    tail[0] = x[at.wage() + r], tail[1] = x[at.spending() + r];
    if (block.tails == 3) tail[2] = x[at.capital() + r];
    for (std::size_t t = 0; t < block.tails; ++t)
      for (std::size_t i = 0; i < size; ++i) tail[t] -= block.tail_columns(t, i) * dc[i] + block.tail_columns(t, size + i) * dr[i];
    tail = product(block.tail, true, tail);
    for (std::size_t e = 0; e < block.tails; ++e)
      for (std::size_t i = 0; i < size; ++i) dc[i] -= tail[e] * block.tail_rows(e, i), dr[i] -= tail[e] * block.tail_rows(e, size + i);
    core_solve_transposed(block, dc, dr);
    for (std::size_t i = 0; i < size; ++i) {
      const auto j = static_cast<std::size_t>(block.cells[i]);
      back[at.log_cost() + j] = -dc[i], back[at.output() + j] = -dr[i];
    }
    back[at.wage() + r] = -tail[0], back[at.spending() + r] = -tail[1];
    if (block.tails == 3) back[at.capital() + r] = -tail[2];
  }
  // One factor each for the world's return, the wedges and the rents: read off from what step does to ones.
  if (at.capitals != 1 && at.targets + at.limits == 0) return;
  std::vector<double> ones(at.size(), 0.0), factors;
  std::fill(ones.begin() + static_cast<std::ptrdiff_t>(at.capital()), ones.end(), 1.0);
  step(work, ones, factors);
  const std::size_t first = at.capitals == 1 ? at.capital() : at.wedge();
  for (std::size_t i = first; i < at.size(); ++i) back[i] = x[i] * factors[i];
}

}  // namespace kontor
