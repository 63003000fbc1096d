// Hypothetical extraction in closed form: what the others lose if a cell or a region drops out.
//   one cell k buys nothing:        loss = (L[:,k] - e_k) x_k / L_kk
//   one cell k sells nothing:       loss = (L[k,:] - e_k) x / L_kk, in the model of Ghosh: x = v G, G = X^-1 L X
//   k trades with itself only:      the others lose the same; k its sales to them (final demand given) or its purchases
//                                   from them (primary inputs given), divided by 1 - a_kk
//   region s without trade:         others x_o - L_os L_ss^-1 x_s,  the region itself H_s y_s, H_s = (I - A_ss)^-1
// With final goods cut too, x and y are those of final use without the purchases across the border.
// Sources: Dietzenbacher, van der Linden, Steenge (1993), Economic Systems Research 5; Dietzenbacher and van der Linden (1997), Journal of
// Regional Science 37, for the supply side; Miller and Blair (2009), section 12.2.6.
#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/model/leontief.h"
#include "small_system.h"

namespace kontor {

static void no_answer(const LeontiefSystem& system, int cell) {
  fail(Exit::no_answer, "no-answer", "", "", cell_label(system.accounts(), cell), "the table without this cell is singular", "",
       "run `kontor check`");
}

// Column k of L, or row k of it.
static Solved part_of_inverse(const LeontiefSystem& system, std::size_t k, bool row) {
  Matrix unit(1, system.size());
  unit(0, k) = 1.0;
  return row ? system.solve_transposed(unit) : system.solve(unit);
}

// One unit of output of k takes 1 / L_kk of final demand for it.
double value_of_output(const LeontiefSystem& system, const std::vector<double>& coefficients, int cell) {
  const auto k = static_cast<std::size_t>(cell);
  const Solved column = part_of_inverse(system, k, false);
  if (column(0, k) == 0.0) no_answer(system, cell);
  Sum sum;
  for (std::size_t i = 0; i < coefficients.size(); ++i) sum.add(coefficients[i] * column(0, i));
  return sum.value() / column(0, k);
}

std::vector<double> extract_purchases(const LeontiefSystem& system, int cell) {
  const auto k = static_cast<std::size_t>(cell);
  const Solved column = part_of_inverse(system, k, false);
  if (column(0, k) == 0.0) no_answer(system, cell);
  const double scale = system.accounts().output(0, k) / column(0, k);
  std::vector<double> loss(system.size());
  for (std::size_t i = 0; i < loss.size(); ++i) loss[i] = (column(0, i) - (i == k ? 1.0 : 0.0)) * scale;
  return loss;
}

std::vector<double> extract_sales(const LeontiefSystem& system, int cell) {
  const auto k = static_cast<std::size_t>(cell);
  const Solved row = part_of_inverse(system, k, true);
  if (row(0, k) == 0.0) no_answer(system, cell);
  std::vector<double> loss(system.size());
  for (std::size_t j = 0; j < loss.size(); ++j) loss[j] = (row(0, j) - (j == k ? 1.0 : 0.0)) * system.accounts().output(0, j) / row(0, k);
  return loss;
}

std::vector<double> extract_cell(const LeontiefSystem& system, int cell, Given given) {
  const Accounts& a = system.accounts();
  const auto k = static_cast<std::size_t>(cell);
  const bool demand = given == Given::final_demand;
  std::vector<double> loss = demand ? extract_purchases(system, cell) : extract_sales(system, cell);
  // Alone, k makes y_k / (1 - a_kk). Since (1 - a_kk) x_k - y_k is what it sells to the others, the loss needs no difference of totals.
  const double own = 1.0 - a.intermediate(k, k) * system.inverse_output(k);
  if (own == 0.0) no_answer(system, cell);
  Sum traded;
  for (std::size_t other = 0; other < system.size(); ++other)
    if (other != k) traded.add(demand ? a.intermediate(k, other) : a.intermediate(other, k));
  loss[k] = traded.value() / own;
  return loss;
}

// Final demand by cell; without what crosses the border of the region if `cut` says so.
static std::vector<double> final_demand(const Accounts& a, const std::vector<bool>& inside, bool cut) {
  std::vector<double> y(a.cells.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    Sum sum;
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
      const bool user_inside = inside[static_cast<std::size_t>(a.final_uses[f].region)];
      const bool maker_inside = inside[static_cast<std::size_t>(a.cells[i].region)];
      if (!cut || user_inside == maker_inside) sum.add(a.final_use(i, f));
    }
    y[i] = sum.value();
  }
  return y;
}

std::vector<double> output_without_trade_of(const LeontiefSystem& system, int region, bool final_goods) {
  const Accounts& a = system.accounts();
  std::vector<bool> inside(a.regions.size(), false);
  for (const int leaf : leaves_of(a, region)) inside[static_cast<std::size_t>(leaf)] = true;
  const std::vector<int> own = cells_of(a, region);
  const std::size_t size = own.size();

  // L[:, s]: one solve per cell of the region; and x for the final demand that remains.
  const std::vector<double> y = final_demand(a, inside, final_goods);
  Matrix right(size + 1, system.size());
  for (std::size_t c = 0; c < size; ++c) right(c, static_cast<std::size_t>(own[c])) = 1.0;
  std::copy(y.begin(), y.end(), right.row(size).begin());
  const Solved answers = system.solve(right);

  Matrix l_ss(size, size), i_minus_a(size, size);
  std::vector<double> w(size), own_output(size);
  for (std::size_t r = 0; r < size; ++r) {
    const auto i = static_cast<std::size_t>(own[r]);
    w[r] = answers(size, i);
    own_output[r] = y[i];
    for (std::size_t c = 0; c < size; ++c) {
      const auto j = static_cast<std::size_t>(own[c]);
      l_ss(r, c) = answers(c, i);
      i_minus_a(r, c) = (r == c ? 1.0 : 0.0) - a.intermediate(i, j) * system.inverse_output(j);
    }
  }
  if (!solve_small(std::move(l_ss), w) || !solve_small(std::move(i_minus_a), own_output))
    fail(Exit::no_answer, "no-answer", "", "", a.regions[static_cast<std::size_t>(region)].code, "the region alone has a singular table",
         "", "run `kontor check`");

  std::vector<double> output(answers.row(size).begin(), answers.row(size).end());
  for (std::size_t c = 0; c < size; ++c)
    for (std::size_t i = 0; i < output.size(); ++i) output[i] -= answers(c, i) * w[c];
  for (std::size_t r = 0; r < size; ++r) output[static_cast<std::size_t>(own[r])] = own_output[r];
  return output;
}

}  // namespace kontor
