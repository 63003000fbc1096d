// Newton with GMRES: Dembo, Eisenstat and Steihaug (1982); forcing terms of Eisenstat and Walker (1996), choice 2.
#include "kontor/model/newton.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gmres.h"
#include "kontor/base/text.h"
#include "norms.h"
#include "region_blocks.h"
#include "tangent_parts.h"

namespace kontor {

namespace {

constexpr int many_products = 30;  // of one system; factoring the regions' blocks costs about as much

LinearAnswer answered(GmresAnswer g) { return {std::move(g.x), g.residual, g.products, g.converged}; }

// z + part x move, where each level keeps a tenth of itself at least and no price moves by more than a factor of e. One by
// one: a small cell on its way to nothing must not hold up the others.
std::vector<double> moved(const Work& w, std::vector<double> z, double part, const std::vector<double>& move) {
  const Layout& place = w.layout;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const bool level = (i >= place.output() && i < place.wage()) || (i >= place.spending() && i < place.capital());
    const bool idle = i >= place.output() && i < place.wage() && !(w.economy->base->output[i - place.output()] > 0.0);
    if (idle)  // what is sold of it is drawn from stock, or the other way round
      z[i] += part * move[i];
    else if (level)
      z[i] = std::max(z[i] + part * move[i], 0.1 * z[i]);
    else
      z[i] += std::clamp(part * move[i], -1.0, 1.0);
  }
  for (std::size_t j = 0; j < place.cells && w.exhausted; ++j)
    if (stands_idle(w, j)) z[place.output() + j] = 0.0;
  return z;
}

}  // namespace

Economy with_shares_of(const Work& w) {
  Economy e = *w.economy;
  const Calibration& base = *e.base;
  const std::size_t groups = e.weight.columns();
  const auto to_shares = [&](Weights& weights, std::size_t p) {
    const std::span<double> part = weights.edit(p);
    const auto first = at(base.first_row[p]);
    for (std::size_t q = first; q < at(base.first_row[p + 1]); ++q)
      for (std::size_t b = 0; b < groups; ++b) part[(q - first) * groups + b] *= w.phi(p, b) > 0.0 ? w.row[q] / w.phi(p, b) : 0.0;
  };
  for (std::size_t p = 0; p < e.weight.parts(); ++p) {
    const bool one = e.net.shares_part(e.weight, p);
    to_shares(e.weight, p);
    if (one)
      e.net.share_part(e.weight, p);
    else
      to_shares(e.net, p);
  }
  for (std::size_t q = 0; q < e.exports.size(); ++q) e.exports[q] *= std::exp(w.log_row[q]);
  return e;
}

JacobianSolver::JacobianSolver(const Tangent& tangent)
    : tangent_(tangent), blocks_(std::make_shared<const RegionBlocks>(with_shares_of(tangent.work()))) {}

JacobianSolver::JacobianSolver(const Tangent& tangent, std::shared_ptr<const RegionBlocks> blocks)
    : tangent_(tangent), blocks_(std::move(blocks)) {}

LinearAnswer JacobianSolver::solve(const std::vector<double>& b, double tolerance) const {
  const auto precondition = [&](const std::vector<double>& x) {
    std::vector<double> step;
    blocks_->step(tangent_.work(), x, step);
    for (double& v : step) v = -v;
    return step;
  };
  return answered(solve_gmres([&](const std::vector<double>& x) { return tangent_.apply(x); }, precondition, b, {tolerance}));
}

LinearAnswer JacobianSolver::solve_transposed(const std::vector<double>& b, double tolerance) const {
  const auto precondition = [&](const std::vector<double>& x) {
    std::vector<double> back;
    blocks_->step_transposed(tangent_.work(), x, back);
    for (double& v : back) v = -v;
    return back;
  };
  return answered(solve_gmres([&](const std::vector<double>& x) { return tangent_.apply_transposed(x); }, precondition, b, {tolerance}));
}

Equilibrium solve_by_newton(const Economy& economy, const std::vector<double>& start, const SolverOptions& options) {
  Equilibrium result;
  result.criterion = "largest residual at most " + number_text(options.tolerance) + ", by Newton's method";
  auto at_state = [&](const std::vector<double>& z) { return std::make_unique<Tangent>(economy, z); };
  const Work work = work_for(economy);
  auto tangent = at_state(start.size() == work.layout.size() ? start : base_state(work));
  std::shared_ptr<const RegionBlocks> blocks;
  double size = length_of(tangent->residual()), forcing = 0.1;
  const auto reached = [&] { return largest_of(tangent->residual()) <= options.tolerance; };
  bool stuck = !std::isfinite(size);
  while (!stuck && !reached() && result.iterations < options.largest_steps) {
    ++result.iterations;
    if (blocks == nullptr) blocks = JacobianSolver(*tangent).blocks();
    const LinearAnswer step = JacobianSolver(*tangent, blocks).solve(tangent->residual(), forcing);
    if (step.products > many_products) blocks.reset();  // shares have moved far: factored anew
    std::vector<double> move(step.x.size());
    for (std::size_t i = 0; i < move.size(); ++i) move[i] = -step.x[i];
    std::unique_ptr<Tangent> next;
    double after = 0.0, part = 1.0;
    for (stuck = true; stuck && part > 1e-8; part *= 0.5) {
      next = at_state(moved(tangent->work(), tangent->state(), part, move));
      after = length_of(next->residual());
      stuck = !(after <= (1.0 - 1e-4 * part) * size);
    }
    if (stuck) break;
    const double ratio = after / size;
    forcing = std::clamp(0.9 * ratio * ratio, 1e-8, 0.1);
    size = after, tangent = std::move(next);
  }
  result.residual = largest_of(tangent->work().residual);
  result.state = tangent->state();
  if (reached()) result.flows = flows_of(tangent->work(), options.sales), result.criterion += idle_text(tangent->work());
  for (std::size_t j = 0; j < work.layout.cells; ++j)
    result.market = std::max(result.market, std::fabs(tangent->work().residual[work.layout.output() + j]));
  if (!reached()) result.outcome = "not solved: the largest residual is " + number_text(largest_of(tangent->residual()));
  return result;
}

EconomyGradient sensitivity(const JacobianSolver& solver, const std::vector<double>& state_weight, const std::vector<double>& index_weight,
                            bool* converged) {
  return sensitivity(solver, Outcome{state_weight, index_weight, {}, {}}, converged);
}

EconomyGradient sensitivity(const JacobianSolver& solver, const Outcome& outcome, bool* converged) {
  const Tangent& tangent = solver.tangent();
  const std::vector<double> right = tangent.apply_transposed(std::vector<double>(tangent.size(), 0.0), outcome);
  LinearAnswer lambda = solver.solve_transposed(right);
  for (double& x : lambda.x) x = -x;
  if (converged != nullptr) *converged = lambda.converged;
  return tangent.gradient(lambda.x, outcome);
}

// The 1-norm of J'^-1 by Hager's walk over the corners of the unit ball, with Higham's start and alternating check.
double inverse_norm_estimate(const JacobianSolver& solver) {
  const std::size_t n = solver.tangent().size();
  constexpr double tolerance = 1e-4;  // an estimate needs no more
  const auto sum = [](const std::vector<double>& v) {
    double s = 0.0;
    for (const double x : v) s += std::fabs(x);
    return s;
  };
  std::vector<double> x(n, 1.0 / static_cast<double>(n)), last_signs;
  double estimate = 0.0;
  std::size_t corner = n;
  for (int round = 0; round < 5; ++round) {
    const LinearAnswer y = solver.solve_transposed(x, tolerance);
    if (!y.converged) return std::nan("");
    const double now = sum(y.x);
    if (round > 0 && now <= estimate) break;
    estimate = now;
    std::vector<double> signs(n);
    for (std::size_t i = 0; i < n; ++i) signs[i] = y.x[i] < 0.0 ? -1.0 : 1.0;
    if (signs == last_signs) break;
    last_signs = signs;
    const LinearAnswer w = solver.solve(signs, tolerance);
    if (!w.converged) return std::nan("");
    std::size_t best = 0;
    for (std::size_t i = 1; i < n; ++i)
      if (std::fabs(w.x[i]) > std::fabs(w.x[best])) best = i;
    if (best == corner) break;
    corner = best;
    std::fill(x.begin(), x.end(), 0.0);
    x[corner] = 1.0;
  }
  for (std::size_t i = 0; i < n; ++i)
    x[i] = (i % 2 == 0 ? 1.0 : -1.0) * (1.0 + static_cast<double>(i) / static_cast<double>(std::max<std::size_t>(n - 1, 1)));
  const LinearAnswer check = solver.solve_transposed(x, tolerance);
  if (!check.converged) return std::nan("");
  return std::max(estimate, 2.0 * sum(check.x) / (3.0 * static_cast<double>(n)));
}

double iteration_radius(const JacobianSolver& solver, int products) {
  const Tangent& tangent = solver.tangent();
  const Work& work = tangent.work();
  const std::vector<double> scale = scale_direction(*work.economy, tangent.state());
  const auto value_added = [&](const std::vector<double>& z) {
    const Calibration& base = *work.economy->base;
    double sum = 0.0;
    for (std::size_t j = 0; j < work.layout.cells; ++j)
      sum += base.value_added[j] * z[work.layout.output() + j] * work.scale[static_cast<std::size_t>(base.cell_region[j])];
    return sum;
  };
  std::vector<double> z(tangent.size()), step;
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = 1.0 + std::sin(1.0 + 3.7 * static_cast<double>(i));
  double logs = 0.0;
  int counted = 0;
  for (int k = 0; k < products; ++k) {
    if (tangent.pinned()) {  // the solver holds the yardstick after every step
      const double part = value_added(z) / value_added(scale);
      for (std::size_t i = 0; i < z.size(); ++i) z[i] -= part * scale[i];
    }
    const double size = length_of(z);
    if (!(size > 0.0) || !std::isfinite(size)) return size;
    if (k > products / 2) logs += std::log(size), ++counted;
    for (double& v : z) v /= size;
    solver.blocks()->step(work, tangent.apply(z), step);
    for (std::size_t i = 0; i < z.size(); ++i) z[i] += step[i];
  }
  return counted > 0 ? std::exp(logs / counted) : 0.0;
}

}  // namespace kontor
