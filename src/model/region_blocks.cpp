// Own block of region r, unknowns dc (J), dR (J) and a tail t = (wage, spending, return):
//
//   [ P   O   Tp ] [dc]     P(j,i) = g(p(i),j) pi(i,j) / (1 - t(j)) - 1      O = rise of own cost with output
//   [-D   S   Ts ] [dR]     S(i,j) = g(p(i),j) pi(i,j) / (1 + wedge) - 1     D = theta sum_b sales (1 - share)
//   [ Cp  Cs  Q  ] [dt]
//
// dc is eliminated first: (S + D P^-1 O) dR = sales + D P^-1 price. Without capital that stays, O = 0 and S is P transposed.
#include "region_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

#include "kontor/base/parallel.h"
#include "lapack.h"
#include "row_products.h"

namespace kontor {

// The inverse in place: with some dozens of unknowns and many steps, multiplying by it is faster than solving. It only
// steers the iteration, so its rounding never reaches a result. False if the block is singular.
static bool invert(Matrix& m) {
  const int n = static_cast<int>(m.rows), room = 64 * n;
  std::vector<int> pivots(m.rows);
  std::vector<double> work(static_cast<std::size_t>(room));
  int info = 0;
  dgetrf_(&n, &n, m.values.data(), &n, pivots.data(), &info);  // LAPACK sees the rows as columns, and gives them back so
  if (info == 0) dgetri_(&n, m.values.data(), &n, pivots.data(), work.data(), &room, &info);
  return info == 0;
}

// y = m x, or m' x.
static void multiply(const Matrix& m, bool transposed, const double* x, double* y) {
  const int n = static_cast<int>(m.rows), one = 1;
  const double unit = 1.0, zero = 0.0;
  dgemv_(transposed ? "N" : "T", &n, &n, &unit, m.values.data(), &n, x, &one, &zero, y, &one);
}

// What each group spends on each product in the accounts.
static Matrix base_demand(const Calibration& base) {
  Matrix by_group(base.group_region.size(), static_cast<std::size_t>(base.products)), demand(by_group.columns, by_group.rows);
  std::vector<double> spends(base.user_cell.size());
  for (std::size_t u = 0; u < spends.size(); ++u)
    spends[u] =
        base.user_cell[u] < 0
            ? base.final_part[u] * base.spending[static_cast<std::size_t>(base.group_region[static_cast<std::size_t>(base.user_group[u])])]
            : base.output[static_cast<std::size_t>(base.user_cell[u])];
  for (std::size_t b = 0; b < by_group.rows; ++b)
    products_times(base, static_cast<std::size_t>(base.first_user[b]), static_cast<std::size_t>(base.first_user[b + 1]), spends,
                   by_group.row(b));
  transpose(by_group, demand);
  return demand;
}

// Sum of sales x (1 - share) over the buyers; several sums side by side, for one would wait for itself.
static double sold_in_competition(std::span<const double> net, std::span<const double> share, std::span<const double> demand) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sum = {};
  std::size_t b = 0;
  for (; b + lanes <= net.size(); b += lanes)
    for (std::size_t k = 0; k < lanes; ++k) sum[k] += net[b + k] * demand[b + k] * (1.0 - share[b + k]);
  for (; b < net.size(); ++b) sum[0] += net[b] * demand[b] * (1.0 - share[b]);
  return std::accumulate(sum.begin(), sum.end(), 0.0);
}

RegionBlocks::RegionBlocks(const Economy& economy) {
  const std::vector<double> scale = region_scales(*economy.base);
  const Matrix demand = base_demand(*economy.base);
  regions_.resize(economy.base->regions.size());
  std::vector<std::size_t> place(economy.base->output.size());  // of each cell in its region
  for (std::size_t j = 0; j < place.size(); ++j) {
    std::vector<int>& cells = regions_[static_cast<std::size_t>(economy.base->cell_region[j])].cells;
    place[j] = cells.size(), cells.push_back(static_cast<int>(j));
  }
  const bool large = economy.weight.rows() * economy.weight.columns() > 300000;  // entries; below, threads cost more than they save
  for_each_block(regions_.size(), large ? thread_count() : 1,
                 [&](std::size_t r) { factor(economy, demand, place, r, scale[r], regions_[r]); });
}

void RegionBlocks::core_solve(const Region& region, const double* price, double* sales, double* dc, double* dr) const {
  const std::size_t size = region.cells.size();
  multiply(region.prices, false, price, dc);
  for (std::size_t i = 0; i < size; ++i) sales[i] += region.cost_of_sales[i] * dc[i];
  multiply(region.transposed ? region.prices : region.sales, region.transposed, sales, dr);
  if (region.cost_of_output.empty()) return;
  for (std::size_t i = 0; i < size; ++i) sales[i] = region.cost_of_output[i] * dr[i];
  std::vector<double> back(size);
  multiply(region.prices, false, sales, back.data());
  for (std::size_t i = 0; i < size; ++i) dc[i] -= back[i];
}

void RegionBlocks::factor(const Economy& economy, const Matrix& demand, const std::vector<std::size_t>& place, std::size_t r, double scale,
                          Region& block) const {
  const Calibration& base = *economy.base;
  const Weights &weight = economy.weight, &net = economy.net;
  const std::size_t size = block.cells.size();
  const bool fixed = economy.on.capacity && economy.closure.capital == CapitalRule::fixed;
  const bool mobile = economy.on.capacity && economy.closure.capital == CapitalRule::mobile;
  const bool world = economy.on.capacity && economy.closure.capital == CapitalRule::world_return;
  const bool real = economy.on.wages && economy.closure.labour == LabourRule::real_wage;
  const bool given = economy.on.wages && !real;

  Matrix price(size, size), sales(size, size);
  std::vector<double> own(size, 0.0), home_use(size, 0.0), home_index(size, 0.0), fall(size, 0.0);
  bool any_own = false, same = true;
  const auto first_group = static_cast<std::size_t>(base.first_group[r]), last_group = static_cast<std::size_t>(base.first_group[r + 1]);
  double final_tax = 0.0;
  std::vector<std::size_t> product(size);
  std::vector<double> pi(size), kept(size);
  for (std::size_t i = 0; i < size; ++i) product[i] = static_cast<std::size_t>(base.cell_product[static_cast<std::size_t>(block.cells[i])]);
  for (std::size_t b = first_group; b < last_group; ++b) {  // purchases at home, by user
    for (std::size_t i = 0; i < size; ++i) {
      const auto q = static_cast<std::size_t>(base.row_of_cell[static_cast<std::size_t>(block.cells[i])]);
      pi[i] = weight(q, b), kept[i] = net(q, b);
    }
    for (auto u = static_cast<std::size_t>(base.first_user[b]); u < static_cast<std::size_t>(base.first_user[b + 1]); ++u) {
      const std::span<const double> share = base.share.row(u);
      if (base.user_cell[u] < 0) {
        for (std::size_t i = 0; i < size; ++i) {
          home_use[i] += base.final_part[u] * share[product[i]] * kept[i];
          home_index[i] += base.final_part[u] * share[product[i]] * pi[i] / (1.0 - base.final_tax[u]);
        }
        continue;
      }
      const auto user = static_cast<std::size_t>(base.user_cell[u]), at = place[user];
      const double after_tax = 1.0 - base.tax_share[user];
      for (std::size_t i = 0; i < size; ++i) {
        price(at, i) += share[product[i]] * pi[i] / after_tax;
        sales(i, at) += share[product[i]] * kept[i];
      }
    }
  }
  for (std::size_t b = first_group; b < last_group; ++b)
    for (auto u = static_cast<std::size_t>(base.first_user[b]); u < static_cast<std::size_t>(base.first_user[b + 1]); ++u)
      final_tax += base.final_part[u] * base.final_tax[u];

  double world_scale = economy.on.incomes ? 1.0 : 0.0;
  const double income = base.labour_income[r] + base.capital_income[r] + base.land_income[r];
  const double with_imbalance = economy.closure.imbalance == ImbalanceRule::share ? 1.0 + base.imbalance[r] / income : 1.0;
  block.tails = mobile ? 3 : 2;
  block.tail_rows = Matrix(block.tails, 2 * size);
  Matrix price_tail(block.tails, size), sales_tail(block.tails, size), q(block.tails, block.tails);
  for (std::size_t i = 0; i < size; ++i) {
    const auto j = static_cast<std::size_t>(block.cells[i]);
    price(i, i) -= 1.0, sales(i, i) -= 1.0;
    if (!(base.output[j] > 0.0)) continue;
    const double after_tax = 1.0 - base.tax_share[j], va = base.value_added[j], x = base.output[j];
    const double labour = va * base.labour_part[j], capital = va * base.capital_part[j], land = va * base.land_part[j];
    const double stays = (fixed ? capital : 0.0) + (economy.on.capacity ? land : 0.0);
    own[i] = stays / after_tax * scale / x;
    any_own |= own[i] > 0.0;
    price_tail(0, i) = economy.on.wages || true ? labour / after_tax : 0.0;
    sales_tail(1, i) = home_use[i] * base.spending[r] / scale;
    if (mobile) price_tail(2, i) = capital / after_tax;
    // Wage and income equations.
    block.tail_rows(0, size + i) = given ? labour * scale / base.labour_income[r] : 0.0;
    if (real) block.tail_rows(0, i) = home_index[i];
    const double to_income = base.tax_share[j] + with_imbalance * (land + (world ? 0.0 : capital) + (given ? 0.0 : labour));
    block.tail_rows(1, size + i) = world_scale * to_income * scale / base.spending[r];
    if (mobile) block.tail_rows(2, size + i) = base.capital_income[r] > 0.0 ? capital * scale / base.capital_income[r] : 0.0;
  }
  q(0, 0) = -1.0;
  q(1, 0) = given ? world_scale * with_imbalance * base.labour_income[r] / base.spending[r] : 0.0;
  q(1, 1) = world_scale * final_tax - 1.0;
  if (mobile) q(2, 2) = -1.0;

  // Fall of sales with own cost, at base prices and demand: sum over groups of sales x (1 - share).
  for (std::size_t i = 0; i < size; ++i) {
    const auto j = static_cast<std::size_t>(block.cells[i]), row = static_cast<std::size_t>(base.row_of_cell[j]);
    const auto p = static_cast<std::size_t>(base.cell_product[j]);
    fall[i] = base.elasticity[p] * (economy.exports[row] + sold_in_competition(net.row(row), weight.row(row), demand.row(p))) / scale;
  }
  for (std::size_t i = 0; i < size && same; ++i)
    for (std::size_t k = 0; k < size && same; ++k) same = std::fabs(price(i, k) - sales(k, i)) <= 1e-14;  // rounding of the tax share

  block.cost_of_sales = fall;
  block.prices = std::move(price);
  block.usable = invert(block.prices);
  block.transposed = same && !any_own;
  if (any_own) {
    block.cost_of_output = own;
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t k = 0; k < size; ++k) sales(i, k) += fall[i] * block.prices(i, k) * own[k];
  }
  if (!block.transposed) {
    block.sales = std::move(sales);
    block.usable = invert(block.sales) && block.usable;
  }

  block.tail_columns = Matrix(block.tails, 2 * size);
  block.tail = q;
  for (std::size_t t = 0; t < block.tails; ++t) {
    double* column = block.tail_columns.row(t).data();
    core_solve(block, price_tail.row(t).data(), sales_tail.row(t).data(), column, column + size);
    for (std::size_t e = 0; e < block.tails; ++e)
      for (std::size_t i = 0; i < 2 * size; ++i) block.tail(e, t) -= block.tail_rows(e, i) * block.tail_columns(t, i);
  }
  if (!invert(block.tail)) {  // a plain step instead
    block.tail = Matrix(block.tails, block.tails);
    for (std::size_t t = 0; t < block.tails; ++t) block.tail(t, t) = -1.0;
  }
}

void RegionBlocks::step(const Work& work, const std::vector<double>& residual, std::vector<double>& step) const {
  const Layout& at = work.layout;
  step.assign(at.size(), 0.0);
  // Some regions at a time, so that their vectors are made once; the same regions for any number of threads.
  constexpr std::size_t together = 32;
  const auto some = [&](std::size_t first) {
    std::vector<double> price, sales, dc, dr;
    for (std::size_t r = first * together; r < std::min((first + 1) * together, regions_.size()); ++r) {
      const Region& block = regions_[r];
      const std::size_t size = block.cells.size();
      for (auto* list : {&price, &sales, &dc, &dr}) list->resize(size);
      for (std::size_t i = 0; i < size; ++i) {
        const auto j = static_cast<std::size_t>(block.cells[i]);
        price[i] = -residual[at.log_cost() + j], sales[i] = -residual[at.output() + j];
      }
      core_solve(block, price.data(), sales.data(), dc.data(), dr.data());
      std::array<double, 3> rest = {-residual[at.wage() + r], -residual[at.spending() + r], 0.0}, tail = {};
      if (block.tails == 3) rest[2] = -residual[at.capital() + r];
      for (std::size_t e = 0; e < block.tails; ++e) {
        const double* row = block.tail_rows.row(e).data();
        for (std::size_t i = 0; i < size; ++i) rest[e] -= row[i] * dc[i] + row[size + i] * dr[i];
      }
      for (std::size_t t = 0; t < block.tails; ++t)
        for (std::size_t e = 0; e < block.tails; ++e) tail[t] += block.tail(t, e) * rest[e];
      for (std::size_t t = 0; t < block.tails; ++t) {
        const double* column = block.tail_columns.row(t).data();
        for (std::size_t i = 0; i < size; ++i) dc[i] -= tail[t] * column[i], dr[i] -= tail[t] * column[size + i];
      }
      for (std::size_t i = 0; i < size; ++i) {
        const auto j = static_cast<std::size_t>(block.cells[i]);
        step[at.log_cost() + j] = dc[i], step[at.output() + j] = dr[i];
      }
      step[at.wage() + r] = tail[0], step[at.spending() + r] = tail[1];
      if (block.tails == 3) step[at.capital() + r] = tail[2];
    }
  };
  for_each_block((regions_.size() + together - 1) / together, work.large ? thread_count() : 1, some);
  if (at.capitals == 1) step[at.capital()] = 0.5 * residual[at.capital()];  // pay of the world's capital rises with its return
  for (std::size_t k = 0; k < at.targets; ++k) {
    const WedgeTarget& target = work.economy->targets[k];
    const double share = work.target_share[k], slope = work.economy->base->elasticity[static_cast<std::size_t>(target.product)];
    const double steep = std::max(slope * share * (1.0 - share), 1e-3);
    const double sign = target.instrument == Instrument::subsidy ? -1.0 : 1.0;
    step[at.wedge() + k] = target.held ? residual[at.wedge() + k] : sign * residual[at.wedge() + k] / steep;
  }
  for (std::size_t k = 0; k < at.limits; ++k) {  // quantity falls with the rent, about half of the sales being elsewhere's
    const Calibration& base = *work.economy->base;
    const auto p = static_cast<std::size_t>(base.cell_product[static_cast<std::size_t>(work.economy->limits[k].cell)]);
    const double slope = work.limit_by_rent[k] + work.limit_by_slack[k] * (1.0 + 0.5 * base.elasticity[p]);
    step[at.rent() + k] = -residual[at.rent() + k] / slope;
  }
}

}  // namespace kontor
