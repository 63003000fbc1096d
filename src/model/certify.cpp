#include "kontor/model/certify.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "kontor/base/text.h"
#include "kontor/model/newton.h"
#include "tangent_parts.h"

namespace kontor {

namespace {

constexpr double same = 1e-6;  // unknowns nearer than this are the same solution
constexpr double far = 0.3;    // standard deviation of a random start

// All money at the yardstick, so that two solutions can be held against each other.
std::vector<double> at_yardstick(const Economy& economy, std::vector<double> z) {
  if (!needs_yardstick(economy)) return z;
  const Layout place = layout_of(economy);
  Work w = work_for(economy);
  evaluate(w, z);
  const double ratio = 1.0 / (1.0 + yardstick(w)), shift = std::log(ratio);
  for (std::size_t j = 0; j < place.cells; ++j) {
    if (economy.base->output[j] > 0.0) z[place.log_cost() + j] += shift;
    z[place.output() + j] *= ratio;
  }
  for (std::size_t r = 0; r < place.regions; ++r) z[place.wage() + r] += shift, z[place.spending() + r] *= ratio;
  for (std::size_t k = 0; k < place.capitals; ++k) z[place.capital() + k] += shift;
  return z;
}

bool same_solution(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(std::fabs(a[i] - b[i]) <= same * std::max({1.0, std::fabs(a[i]), std::fabs(b[i])}))) return false;
  return true;
}

bool is_level(const Layout& at, std::size_t i) { return (i >= at.output() && i < at.wage()) || (i >= at.spending() && i < at.capital()); }

// Where the first-order answer at hats of one leads, levels kept positive.
std::vector<double> first_order(const Economy& economy, const std::vector<double>& ones) {
  const Tangent tangent(economy, ones);
  const std::vector<double> step = JacobianSolver(tangent).solve(tangent.residual(), 1e-6).x;
  std::vector<double> z = ones;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double moved = z[i] - (std::isfinite(step[i]) ? step[i] : 0.0);
    z[i] = is_level(tangent.work().layout, i) ? std::max(moved, 0.1 * z[i]) : std::clamp(moved, -2.0, 2.0);
  }
  return z;
}

std::vector<double> random_start(const Layout& at, std::vector<double> z, unsigned seed) {
  std::mt19937_64 bits(seed);
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
  for (std::size_t i = 0; i < at.wedge(); ++i) {  // Box and Muller: the library's own differ between compilers
    const double normal = std::sqrt(-2.0 * std::log(uniform())) * std::cos(2.0 * std::numbers::pi * uniform());
    if (is_level(at, i))
      z[i] *= std::exp(far * normal);
    else
      z[i] += far * normal;
  }
  return z;
}

std::string counted(int count, const char* one, const char* many) { return std::to_string(count) + " " + (count == 1 ? one : many); }

// Imports less exports of each region against what finances them; the equations never state it.
double trade_gap(const Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const Flows f = flows_of(w);
  const std::size_t regions = w.layout.regions;
  std::vector<double> gap(regions, 0.0), payment(regions, 0.0), size(regions, 0.0);
  for (std::size_t q = 0; q < f.sales.rows; ++q) {
    const int cell = base.cell_of[q];
    const std::size_t home = cell < 0 ? regions : static_cast<std::size_t>(base.cell_region[static_cast<std::size_t>(cell)]);
    for (std::size_t r = 0; r <= regions; ++r) {
      if (home < regions) size[home] += std::fabs(f.sales(q, r));
      if (home == r) continue;
      if (r < regions) gap[r] += f.sales(q, r);
      if (home < regions) gap[home] -= f.sales(q, r);
    }
  }
  if (economy.closure.budget == BudgetRule::transfer) {
    double need = 0.0;
    for (const double n : f.need) need += n;
    for (const auto& [region, share] : economy.closure.payers)
      if (const int r = base.region_number[static_cast<std::size_t>(region)]; r >= 0) payment[static_cast<std::size_t>(r)] += share * need;
    for (std::size_t r = 0; r < regions; ++r) payment[r] -= f.need[r];
  }
  double largest = 0.0;
  for (std::size_t r = 0; r < regions; ++r) {
    const double financed = f.imbalance[r] + economy.transfers[r] + f.owned_income[r] - f.earned_income[r] - payment[r];
    largest = std::max(largest, std::fabs(gap[r] - financed) / size[r]);
  }
  return largest;
}

}  // namespace

Certificate certify(const Economy& economy, const Equilibrium& solution, int starts) {
  Certificate c;
  c.model = "equilibrium";
  c.outcome = solution.outcome;
  c.iterations = solution.iterations;
  const Layout place = layout_of(economy);
  c.size = static_cast<int>(place.size());
  if (!solution.solved()) {
    c.criterion = solution.criterion;
    return c;
  }
  const Tangent tangent(economy, solution.state);
  const JacobianSolver solver(tangent);
  const double epsilon = std::numeric_limits<double>::epsilon();
  for (const double f : tangent.work().residual) c.residual = std::max(c.residual, std::fabs(f));
  c.condition = inverse_norm_estimate(solver);
  c.digits = -std::log10(c.condition * std::max(c.residual, epsilon)) - 1.0;
  c.spectral_radius = iteration_radius(solver);

  const std::vector<double> ones = base_state(tangent.work());
  const EquilibriumSolver again(with_shares_of(tangent.work()));
  std::vector<std::vector<double>> found = {at_yardstick(economy, solution.state)};
  c.starts = std::clamp(starts, 1, 4);
  int converged = 0;
  for (int k = 0; k < c.starts; ++k) {
    const std::vector<double> start = k == 0   ? ones
                                      : k == 1 ? first_order(economy, ones)
                                               : random_start(place, ones, static_cast<unsigned>(k));
    Equilibrium other = again.solve(economy, start);
    if (!other.solved()) other = solve_by_newton(economy, start);
    c.iterations += other.iterations;
    if (!other.solved()) continue;
    ++converged;
    const std::vector<double> z = at_yardstick(economy, other.state);
    if (std::none_of(found.begin(), found.end(), [&](const std::vector<double>& f) { return same_solution(f, z); })) found.push_back(z);
  }
  c.solutions = static_cast<int>(found.size());
  c.criterion =
      solution.criterion + "; the same solution from " + counted(converged, "start", "starts") + " of " + std::to_string(c.starts);

  // A region's balance is the sum of its equations, each a few times the residual at most of its output; and rounding, of
  // sums over all flows.
  const double bound = 10.0 * c.residual + 1e-12;
  for (std::size_t j = 0; j < place.cells; ++j) c.market = std::max(c.market, std::fabs(tangent.work().residual[place.output() + j]));
  c.identities.push_back({"every market clears (largest gap over its region's mean output)", c.market, bound});
  c.identities.push_back(
      {"imports less exports of every region are what finances them (largest gap over its output)", trade_gap(tangent.work()), bound});
  if (place.limits > 0) {  // the larger of the two is exact where the product is zero, so the smaller is the gap
    double gap = 0.0;
    for (std::size_t k = 0; k < place.limits; ++k)
      gap = std::max(gap, std::fabs(std::min(tangent.work().log_rent[at(economy.limits[k].cell)], tangent.work().slack[k])));
    c.identities.push_back({"no cell makes more than its limit, and only a full one earns a rent (logs)", gap, bound});
  }
  if (needs_yardstick(economy)) {
    double sum = 0.0, world = 0.0;
    for (std::size_t r = 0; r < place.regions; ++r) sum += tangent.work().imbalance[r], world += tangent.work().owned[r];
    c.walras = std::fabs(sum) / world;
    c.identities.push_back({"the world's imbalances sum to zero (over its income)", c.walras, bound});
  }

  if (!(c.digits >= fewest_digits))
    c.outcome = "not solved: a residual of " + number_text(c.residual) + " can move a result by " +
                number_text(c.condition * std::max(c.residual, epsilon)) + ", which leaves fewer than " + number_text(fewest_digits) +
                " digits";
  else if (c.solutions > 1)
    c.outcome = "not solved: " + std::to_string(c.solutions) + " different equilibria from " + std::to_string(c.starts) +
                " starts; a result that depends on the start is none";
  else
    for (const Identity& identity : c.identities)
      if (!identity.holds() && c.solved()) c.outcome = "not solved: " + identity.name + " is " + number_text(identity.gap);
  return c;
}

}  // namespace kontor
