// The iteration: region blocks give the step, Anderson's mixing makes it converge fast, safeguards keep it in bounds,
// and where that fails the shocks enter in parts, each solved from the last, smaller ones where one fails.
#include <algorithm>
#include <cmath>
#include <limits>

#include "anderson.h"
#include "equilibrium_parts.h"
#include "kontor/base/job.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "kontor/model/newton.h"
#include "norms.h"
#include "region_blocks.h"

namespace kontor {

namespace {

// All prices of a closed world may grow together: world value added at its base level is the yardstick.
void set_yardstick(const Work& w, std::vector<double>& z) {
  if (!w.scale_free) return;
  const Calibration& base = *w.economy->base;
  const Layout& at = w.layout;
  double now = 0.0, then = 0.0;
  for (std::size_t j = 0; j < at.cells; ++j) {
    now += base.value_added[j] * z[at.output() + j] * w.scale[static_cast<std::size_t>(base.cell_region[j])];
    then += base.value_added[j] * base.output[j];
  }
  if (!(now > 0.0)) return;
  const double ratio = then / now, shift = std::log(ratio);
  for (std::size_t j = 0; j < at.cells; ++j) {
    if (base.output[j] > 0.0) z[at.log_cost() + j] += shift;
    z[at.output() + j] *= ratio;
  }
  for (std::size_t r = 0; r < at.regions; ++r) z[at.wage() + r] += shift, z[at.spending() + r] *= ratio;
  for (std::size_t k = 0; k < at.capitals; ++k) z[at.capital() + k] += shift;
}

// A start from elsewhere may stand at another level of prices, and would be found solved there.
std::vector<double> at_yardstick(const Work& w, const std::vector<double>& start) {
  std::vector<double> z = start;
  set_yardstick(w, z);
  for (std::size_t i = 0; i < z.size(); ++i)
    if (!(std::fabs(z[i] - start[i]) <= 1e-12 * std::max(1.0, std::fabs(start[i])))) return z;
  return start;  // rounding moves no start
}

// No price moves by more than a factor of e in one step, no level to less than a third; nor to more than threefold, where a
// log of it stands in the equations. Elsewhere a cell near nothing may at once become a part of its region's mean.
void stay_near(const Work& w, const std::vector<double>& from, std::vector<double>& to) {
  const Layout& at = w.layout;
  const Calibration& base = *w.economy->base;
  constexpr double at_once = 0.5;
  const auto price = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) to[i] = std::clamp(to[i], from[i] - 1.0, from[i] + 1.0);
  };
  price(at.log_cost(), at.output());
  for (std::size_t j = 0; j < at.cells; ++j) {
    const double before = from[at.output() + j];
    double& now = to[at.output() + j];
    const double room = base.options.scale != 0.0 || keeps_own_factor(w, j) ? 0.0 : at_once;
    if (before > 0.0) now = std::clamp(now, before / 3.0, 3.0 * before + room);
    if (base.output[j] > 0.0 && (now < 0.0 || (w.exhausted && stands_idle(w, j)))) now = 0.0;
  }
  price(at.wage(), at.spending());
  for (std::size_t i = at.spending(); i < at.capital(); ++i)
    if (from[i] > 0.0) to[i] = std::clamp(to[i], from[i] / 3.0, from[i] * 3.0);
  price(at.capital(), at.size());
}

struct Attempt {
  bool converged = false;
  int iterations = 0;
  double residual = 0.0;
  std::vector<double> state;
};

Attempt iterate(Work& w, const RegionBlocks& blocks, std::vector<double> z, const SolverOptions& options) {
  Anderson mixing(static_cast<std::size_t>(options.memory));
  Attempt best;
  best.residual = std::numeric_limits<double>::infinity();
  std::vector<double> step, next;
  double before = best.residual, damping = 1.0;
  for (int k = 0; k < options.largest_steps; ++k) {
    stop_if_cancelled();
    evaluate(w, z);
    const double residual = largest_of(w.residual);
    best.iterations = k + 1;
    if (residual < best.residual) best.residual = residual, best.state = z;
    if (residual <= options.tolerance) {
      best.converged = true;
      return best;
    }
    if (!std::isfinite(residual)) {
      if (best.state.empty()) return best;
      z = best.state, damping *= 0.25, mixing.clear();
      if (damping < 1e-3) return best;
      continue;
    }
    if (residual > 2.0 * before) mixing.clear();
    before = residual;
    blocks.step(w, w.residual, step);
    if (damping != 1.0)
      for (double& d : step) d *= damping;
    mixing.next(z, step, next);
    stay_near(w, z, next);
    set_yardstick(w, next);
    std::swap(z, next);
  }
  return best;
}

}  // namespace

EquilibriumSolver::EquilibriumSolver(const Economy& baseline)
    : baseline_(std::make_unique<const Economy>(baseline)), blocks_(std::make_unique<const RegionBlocks>(baseline)) {}
EquilibriumSolver::~EquilibriumSolver() = default;
EquilibriumSolver::EquilibriumSolver(EquilibriumSolver&&) noexcept = default;
EquilibriumSolver& EquilibriumSolver::operator=(EquilibriumSolver&&) noexcept = default;

// The shocks in parts: a part that fails is halved, after one that succeeds the next is twice as large. Each starts where the
// line through the last two solutions leads. What cannot be followed in 64ths of the shocks ends as `failed`.
static Attempt follow(const Economy& baseline, const RegionBlocks& blocks, const Economy& economy, const std::vector<double>& first,
                      const SolverOptions& options, Attempt failed, double& reached, Equilibrium& result) {
  constexpr double smallest = 1.0 / 64.0;
  constexpr int most_steps = 100;  // of mixing: the parts are small, and Newton's method stands behind it
  const SolverOptions in_parts = {options.tolerance, std::min(options.largest_steps, most_steps), options.memory, false};
  std::vector<double> here = first, before;
  double stride = 0.5, last_stride = 0.0;
  for (result.homotopy_steps = 0; reached < 1.0;) {
    const double part = std::min(reached + stride, 1.0);
    const Economy mid = part < 1.0 ? between(baseline, economy, part, first) : economy;
    Work inner = work_for(mid);
    std::vector<double> from = here;
    if (last_stride > 0.0) {
      for (std::size_t i = 0; i < from.size(); ++i) from[i] += (part - reached) / last_stride * (here[i] - before[i]);
      stay_near(inner, here, from);
    }
    Attempt attempt = iterate(inner, blocks, from, in_parts);
    result.iterations += attempt.iterations;
    if (!attempt.converged) {
      const Equilibrium other = solve_by_newton(mid, here, {options.tolerance, 60, 0, false});
      result.iterations += other.iterations;
      if (other.solved()) attempt = {true, other.iterations, other.residual, other.state};
    }
    if (!attempt.converged) {
      stride = 0.5 * (part - reached);
      if (stride < smallest) return failed;
      continue;
    }
    ++result.homotopy_steps;
    before = std::move(here), here = attempt.state, last_stride = part - reached, reached = part, stride = 2.0 * last_stride;
    if (reached == 1.0) return attempt;
  }
  return failed;
}

// The equation that holds the largest residual, in words.
static std::string where_text(Work& w, const std::vector<double>& state) {
  if (state.empty()) return "";
  evaluate(w, state);
  std::size_t at = 0;
  for (std::size_t i = 1; i < w.residual.size(); ++i)
    if (std::fabs(w.residual[i]) > std::fabs(w.residual[at])) at = i;
  const Calibration& base = *w.economy->base;
  const auto region = [&](std::size_t r) { return base.accounts->regions[static_cast<std::size_t>(base.regions[r])].code; };
  const Layout& place = w.layout;
  if (at < place.wage()) {
    const std::size_t j = at % place.cells;
    return std::string(at < place.output() ? ", at the unit cost of " : ", at the market of ") +
           region(static_cast<std::size_t>(base.cell_region[j])) + " " +
           base.accounts->sectors[static_cast<std::size_t>(base.cell_product[j])].code;
  }
  if (at < place.spending()) return ", at the labour market of " + region(at - place.wage());
  if (at < place.capital()) return ", at the income of " + region(at - place.spending());
  if (at < place.wedge()) return ", at the market of capital";
  if (at < place.rent()) return ", at the target of " + w.economy->targets[at - place.wedge()].measure;
  const auto full = static_cast<std::size_t>(w.economy->limits[at - place.rent()].cell);
  return ", at the limit of " + region(static_cast<std::size_t>(base.cell_region[full])) + " " +
         base.accounts->sectors[static_cast<std::size_t>(base.cell_product[full])].code;
}

Equilibrium EquilibriumSolver::solve(const Economy& economy, const std::vector<double>& start, const SolverOptions& options) const {
  Work w = work_for(economy);
  const std::vector<double> first = base_state(w);
  const std::vector<double> from = start.size() == first.size() ? at_yardstick(w, start) : first;
  Attempt attempt = iterate(w, *blocks_, from, options);
  const bool at_solution = attempt.converged;  // mixing ends where it last evaluated
  Equilibrium result;
  result.iterations = attempt.iterations;
  // Newton's method takes over where mixing stalls.
  if (!attempt.converged) {
    const Equilibrium other = solve_by_newton(economy, from, {options.tolerance, 60, 0, false});
    result.iterations += other.iterations;
    if (other.solved()) attempt = {true, other.iterations, other.residual, other.state};
  }
  double reached = 0.0;  // part of the shocks
  if (!attempt.converged) attempt = follow(*baseline_, *blocks_, economy, first, options, attempt, reached, result);
  result.residual = attempt.residual;
  result.criterion = "largest residual at most " + number_text(options.tolerance);
  result.state = attempt.state;
  if (!attempt.converged) {
    result.outcome = "not solved: the largest residual is " + number_text(attempt.residual) + " after " +
                     std::to_string(result.iterations) + " steps" + where_text(w, attempt.state) + "; " +
                     number_text(std::floor(100.0 * reached)) + " % of the shocks could be entered";
    return result;
  }
  if (!at_solution) evaluate(w, result.state);
  result.flows = flows_of(w, options.sales);
  result.criterion += idle_text(w);
  double sum = 0.0, world = 0.0;
  for (std::size_t r = 0; r < w.layout.regions; ++r) sum += w.imbalance[r], world += w.owned[r];
  result.walras = economy.base->closed ? std::fabs(sum) / world : 0.0;
  for (std::size_t j = 0; j < w.layout.cells; ++j) result.market = std::max(result.market, std::fabs(w.residual[w.layout.output() + j]));
  return result;
}

Equilibrium solve_equilibrium(const Economy& economy, const std::vector<double>& start, const SolverOptions& options) {
  // The blocks take weights as shares: those of the accounts are, those after a change of prices are not.
  return EquilibriumSolver(baseline_economy(*economy.base, economy.closure, economy.on)).solve(economy, start, options);
}

}  // namespace kontor
