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
  double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
  std::size_t i = 0;
  for (; i + 4 <= x.size(); i += 4) s0 += x[i] * y[i], s1 += x[i + 1] * y[i + 1], s2 += x[i + 2] * y[i + 2], s3 += x[i + 3] * y[i + 3];
  for (; i < x.size(); ++i) s0 += x[i] * y[i];
  return (s0 + s1) + (s2 + s3);
}

// The mixture of past steps that leaves the smallest one; memory of differences as a ring.
class Anderson {
 public:
  Anderson(std::size_t memory) : memory_(memory) {}

  void clear() { states_.clear(), steps_.clear(), have_last_ = false; }

  /// The next state from the state and the step that the blocks propose.
  std::vector<double> next(const std::vector<double>& z, const std::vector<double>& d) {
    if (have_last_ && memory_ > 0) {
      std::vector<double> dz(z.size()), dd(z.size());
      for (std::size_t i = 0; i < z.size(); ++i) dz[i] = z[i] - last_z_[i], dd[i] = d[i] - last_d_[i];
      if (states_.size() == memory_) states_.erase(states_.begin()), steps_.erase(steps_.begin());
      states_.push_back(std::move(dz)), steps_.push_back(std::move(dd));
    }
    last_z_ = z, last_d_ = d, have_last_ = true;
    std::vector<double> out(z.size());
    for (std::size_t i = 0; i < z.size(); ++i) out[i] = z[i] + d[i];
    const std::size_t m = steps_.size();
    if (m == 0) return out;
    Matrix gram(m, m);
    std::vector<double> right(m);
    for (std::size_t a = 0; a < m; ++a) {
      for (std::size_t b = 0; b <= a; ++b) gram(a, b) = gram(b, a) = dot(steps_[a], steps_[b]);
      right[a] = dot(steps_[a], d);
    }
    for (std::size_t a = 0; a < m; ++a) gram(a, a) *= 1.0 + 1e-12;  // keeps nearly equal steps apart
    if (!solve_small(gram, right)) return out;
    for (std::size_t a = 0; a < m; ++a) {
      if (!std::isfinite(right[a])) return out;
      for (std::size_t i = 0; i < z.size(); ++i) out[i] -= right[a] * (states_[a][i] + steps_[a][i]);
    }
    return out;
  }

 private:
  std::size_t memory_;
  std::vector<std::vector<double>> states_, steps_;
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
  std::vector<double> step;
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
    std::vector<double> next = mixing.next(z, step);
    stay_near(w.layout, z, next);
    set_yardstick(w, next);
    z = std::move(next);
  }
  return best;
}

}  // namespace

// Fewer shocks at once: the economy between two, `part` of the way in what prices and costs are; amounts alike.
static Economy between(const Economy& from, const Economy& to, double part) {
  Economy mid = to;
  const auto mix = [part](const Matrix& a, const Matrix& b) {
    Matrix m = b;
    for (std::size_t i = 0; i < m.values.size(); ++i) m.values[i] = (1.0 - part) * a.values[i] + part * b.values[i];
    return std::make_shared<const Matrix>(std::move(m));
  };
  if (from.weight != to.weight) mid.weight = mix(*from.weight, *to.weight);
  if (from.net != to.net) mid.net = to.net == to.weight ? mid.weight : mix(*from.net, *to.net);
  const auto mix_list = [part](const std::vector<double>& a, std::vector<double>& b) {
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = (1.0 - part) * a[i] + part * b[i];
  };
  mix_list(from.exports, mid.exports), mix_list(from.cost_shift, mid.cost_shift), mix_list(from.capital, mid.capital);
  mix_list(from.labour, mid.labour), mix_list(from.transfers, mid.transfers);
  for (std::size_t k = from.fixed.size(); k < mid.fixed.size(); ++k) mid.fixed[k].amount *= part;
  return mid;
}

EquilibriumSolver::EquilibriumSolver(const Economy& baseline)
    : baseline_(std::make_unique<const Economy>(baseline)), blocks_(std::make_unique<const RegionBlocks>(baseline)) {}
EquilibriumSolver::~EquilibriumSolver() = default;
EquilibriumSolver::EquilibriumSolver(EquilibriumSolver&&) noexcept = default;
EquilibriumSolver& EquilibriumSolver::operator=(EquilibriumSolver&&) noexcept = default;

Equilibrium EquilibriumSolver::solve(const Economy& economy, const std::vector<double>& start, const SolverOptions& options) const {
  Work w = work_for(economy);
  const std::vector<double> first = base_state(w);
  Attempt attempt = iterate(w, *blocks_, start.size() == first.size() ? start : first, options);
  Equilibrium result;
  result.iterations = attempt.iterations;
  // Where one leap fails, the shocks enter in 2, 4, 8 parts, each solved from the last.
  for (int parts = 2; !attempt.converged && parts <= 8 && economy.targets.empty(); parts *= 2) {
    std::vector<double> z = first;
    for (int k = 1; k <= parts; ++k) {
      const Economy mid = between(*baseline_, economy, static_cast<double>(k) / parts);
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
  return EquilibriumSolver(economy).solve(economy, start, options);
}

}  // namespace kontor
