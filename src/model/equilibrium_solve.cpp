// The iteration: region blocks give the step, Anderson's mixing makes it converge fast, safeguards keep it in bounds,
// and where that fails the shocks enter in parts, each solved from the last.
//
// Anderson (1965), Walker and Ni (2011): of the last m steps d_k, the mixture with the smallest weighted sum of squares.
#include <algorithm>
#include <cmath>
#include <limits>

#include "equilibrium_parts.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "kontor/model/newton.h"
#include "lapack.h"
#include "region_blocks.h"
#include "small_system.h"

namespace kontor {

namespace {

double largest(const std::vector<double>& v) {
  double m = 0.0;
  for (const double x : v) {
    if (!std::isfinite(x)) return std::numeric_limits<double>::infinity();
    m = std::max(m, std::fabs(x));
  }
  return m;
}

double dot(const std::vector<double>& x, const std::vector<double>& y) {
  const int n = static_cast<int>(x.size()), one = 1;
  return ddot_(&n, x.data(), &one, y.data(), &one);
}

// The mixture of past steps that leaves the smallest one. Rings of differences, and their products one row at a time.
class Anderson {
 public:
  explicit Anderson(std::size_t memory) : memory_(memory), moves_(memory), steps_(memory), gram_(memory, memory) {}

  void clear() { held_ = 0, have_last_ = false; }

  /// The next state from the state and the step that the blocks propose.
  void next(const std::vector<double>& z, const std::vector<double>& d, std::vector<double>& out) {
    if (have_last_ && memory_ > 0) {
      if (held_ == memory_) drop_oldest();
      std::vector<double>&dd = steps_[held_], &dz = moves_[held_];
      dd.resize(z.size()), dz.resize(z.size());
      for (std::size_t i = 0; i < z.size(); ++i) dd[i] = d[i] - last_d_[i], dz[i] = z[i] - last_z_[i] + dd[i];
      for (std::size_t k = 0; k <= held_; ++k) gram_(held_, k) = gram_(k, held_) = dot(dd, steps_[k]);
      ++held_;
    }
    last_z_ = z, last_d_ = d, have_last_ = true;
    out.resize(z.size());
    for (std::size_t i = 0; i < z.size(); ++i) out[i] = z[i] + d[i];
    Matrix gram(held_, held_);
    std::vector<double> part(held_);
    for (std::size_t a = 0; a < held_; ++a) {
      for (std::size_t b = 0; b < held_; ++b) gram(a, b) = gram_(a, b);
      gram(a, a) *= 1.0 + 1e-12;  // keeps nearly equal steps apart
      part[a] = dot(steps_[a], d);
    }
    if (held_ == 0 || !solve_small(std::move(gram), part)) return;
    if (std::any_of(part.begin(), part.end(), [](double x) { return !std::isfinite(x); })) return;
    for (std::size_t a = 0; a < held_; ++a)
      for (std::size_t i = 0; i < z.size(); ++i) out[i] -= part[a] * moves_[a][i];
  }

 private:
  void drop_oldest() {
    std::rotate(moves_.begin(), moves_.begin() + 1, moves_.end()), std::rotate(steps_.begin(), steps_.begin() + 1, steps_.end());
    for (std::size_t a = 1; a < memory_; ++a)
      for (std::size_t b = 1; b < memory_; ++b) gram_(a - 1, b - 1) = gram_(a, b);
    --held_;
  }

  std::size_t memory_, held_ = 0;
  std::vector<std::vector<double>> moves_, steps_;  // moves: difference of states plus difference of steps
  Matrix gram_;
  std::vector<double> last_z_, last_d_;
  bool have_last_ = false;
};

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

// No price moves by more than a factor of e in one step, no level by more than to a third or threefold.
void stay_near(const Layout& at, const std::vector<double>& from, std::vector<double>& to) {
  const auto is_level = [&](std::size_t i) { return (i >= at.output() && i < at.wage()) || (i >= at.spending() && i < at.capital()); };
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (is_level(i))
      to[i] = from[i] > 0.0 ? std::clamp(to[i], from[i] / 3.0, from[i] * 3.0) : to[i];
    else
      to[i] = std::clamp(to[i], from[i] - 1.0, from[i] + 1.0);
  }
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
    evaluate(w, z);
    const double residual = largest(w.residual);
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
    for (double& d : step) d *= damping;
    mixing.next(z, step, next);
    stay_near(w.layout, z, next);
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

Equilibrium EquilibriumSolver::solve(const Economy& economy, const std::vector<double>& start, const SolverOptions& options) const {
  Work w = work_for(economy);
  const std::vector<double> first = base_state(w);
  const std::vector<double> from = start.size() == first.size() ? at_yardstick(w, start) : first;
  Attempt attempt = iterate(w, *blocks_, from, options);
  Equilibrium result;
  result.iterations = attempt.iterations;
  // Newton's method takes over where mixing stalls.
  if (!attempt.converged) {
    const Equilibrium other = solve_by_newton(economy, from, {options.tolerance, 60, 0});
    result.iterations += other.iterations;
    if (other.solved()) attempt = {true, other.iterations, other.residual, other.state};
  }
  // Where one leap fails altogether, the shocks enter in 2, 4, 8 parts, each solved from the last.
  for (int parts = 2; !attempt.converged && parts <= 8; parts *= 2) {
    std::vector<double> z = first;
    for (int k = 1; k <= parts; ++k) {
      const Economy mid = between(*baseline_, economy, static_cast<double>(k) / parts, first);
      Work inner = work_for(mid);
      attempt = iterate(inner, *blocks_, z, options);
      result.iterations += attempt.iterations;
      if (!attempt.converged) break;
      z = attempt.state;
    }
    result.homotopy_steps = parts;
  }
  result.residual = attempt.residual;
  result.criterion = "largest residual at most " + number_text(options.tolerance);
  result.state = attempt.state;
  if (!attempt.converged) {
    result.outcome =
        "not solved: the largest residual is " + number_text(attempt.residual) + " after " + std::to_string(result.iterations) + " steps";
    return result;
  }
  evaluate(w, result.state);
  result.flows = flows_of(w);
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
