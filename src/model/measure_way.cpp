#include "measure_way.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

#include "kontor/base/text.h"
#include "norms.h"

namespace kontor {

namespace {

constexpr double good_enough = 1e-10;
constexpr double solved_to = 1e-12;        // largest residual at a point of the way
constexpr double direction_to = 1e-10;     // residual of a direction against its right-hand side
constexpr double widest_step = 1.0 / 512;  // of the differences, in parts of a measure; doubled for the extrapolation

}  // namespace

std::vector<double> plus(std::vector<double> x, double a, const std::vector<double>& y) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += a * y[i];
  return x;
}

std::vector<double> state_at(const std::vector<std::unique_ptr<Stop>>& stops, double t) {
  std::vector<double> z;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    double part = 1.0;
    for (std::size_t j = 0; j < stops.size(); ++j)
      if (j != i) part *= (t - stops[j]->t) / (stops[i]->t - stops[j]->t);
    const std::vector<double>& state = stops[i]->tangent->state();
    if (z.empty()) z.assign(std::max(state.size(), stops.back()->tangent->size()), 0.0);
    for (std::size_t k = 0; k < state.size(); ++k) z[k] += part * state[k];
  }
  return z;
}

std::unique_ptr<Stop> stop_at(const MeasuresInPart& measures, double t, std::vector<double> sizes) {
  auto stop = std::make_unique<Stop>();
  stop->t = t, stop->sizes = std::move(sizes);
  stop->weights = measures.weights_at(stop->sizes), stop->economy = measures.rest_at(stop->weights, stop->sizes);
  return stop;
}

bool Way::solve(Stop& stop, std::vector<double> z) {
  std::unique_ptr<Tangent> best;
  double smallest = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 12; ++k) {
    auto tangent = std::make_unique<Tangent>(stop.economy, z);
    const double residual = largest_of(tangent->residual());
    if (!(residual < smallest)) break;
    smallest = residual, best = std::move(tangent);
    if (residual <= solved_to) break;
    if (!blocks_) blocks_ = JacobianSolver(*best).blocks();
    const LinearAnswer step = JacobianSolver(*best, blocks_).solve(best->residual(), 1e-6);
    if (step.products > 40) blocks_.reset();
    z = plus(best->state(), -1.0, step.x);
  }
  if (smallest > good_enough) {
    const Equilibrium found = solve_equilibrium(stop.economy, {}, {good_enough, 400, 8});
    if (!found.solved()) {
      problem = "at " + number_text(std::round(1e4 * stop.t) / 100) + " % of the measures: " + found.outcome;
      return false;
    }
    best = std::make_unique<Tangent>(stop.economy, found.state);
  }
  stop.tangent = std::move(best);
  return true;
}

std::vector<double> Way::derivative(const Stop& stop, std::size_t m, const ChangeBetween& change, std::vector<double>& guess) const {
  const double h = std::min({widest_step, stop.sizes[m] / 4.0, (1.0 - stop.sizes[m]) / 4.0});
  std::vector<Economy> economies;  // -2h, -h, h, 2h
  for (const double step : {-2.0 * h, -h, h, 2.0 * h}) {
    std::vector<double> sizes = stop.sizes;
    sizes[m] += step;
    economies.push_back(measures_.rest_at(measures_.moves_weights(m) ? measures_.weights_at(sizes) : stop.weights, sizes));
  }
  std::vector<Work> works;
  for (const Economy& economy : economies) works.push_back(work_for(economy)), evaluate(works.back(), stop.tangent->state());
  std::vector<double> force(stop.tangent->size());
  for (std::size_t i = 0; i < force.size(); ++i) {
    const auto slope = [&](std::size_t a, std::size_t b, double width) { return (works[b].residual[i] - works[a].residual[i]) / width; };
    force[i] = -(4.0 * slope(1, 2, 2.0 * h) - slope(0, 3, 4.0 * h)) / 3.0;
  }
  add_rest_of_direction(stop, force, guess);
  std::vector<Flows> flows;
  for (std::size_t k = 0; k < 4; ++k) {
    const double step = (k < 2 ? -1.0 : 1.0) * (k == 0 || k == 3 ? 2.0 : 1.0) * h;
    evaluate(works[k], plus(stop.tangent->state(), step, guess));
    flows.push_back(flows_of(works[k]));
  }
  const auto point = [&](std::size_t k) { return PathPoint{economies[k], works[k], flows[k]}; };
  std::vector<double> near = change(point(1), point(2));
  const std::vector<double> far = change(point(0), point(3));
  for (std::size_t o = 0; o < near.size(); ++o) near[o] = (4.0 * near[o] / (2.0 * h) - far[o] / (4.0 * h)) / 3.0;
  return near;
}

void Way::add_rest_of_direction(const Stop& stop, std::vector<double> force, std::vector<double>& direction) const {
  const double size = length_of(force);
  force = plus(std::move(force), -1.0, stop.tangent->apply(direction));
  const double rest = length_of(force);
  if (!(rest > direction_to * size)) return;
  const LinearAnswer step = JacobianSolver(*stop.tangent, blocks_).solve(force, direction_to * size / rest);
  direction = plus(std::move(direction), 1.0, step.x);
}

void Way::factor(const Stop& stop) {
  if (!blocks_) blocks_ = JacobianSolver(*stop.tangent).blocks();
}

// Above zero where the limit binds: its rent; below, minus the room that is left.
static double bound_by(const Work& w, std::size_t limit) {
  return w.log_rent[static_cast<std::size_t>(w.economy->limits[limit].cell)] - w.slack[limit];
}

std::vector<double> Way::kinks_between(const Stop& from, const Stop& to) {
  std::vector<double> kinks;
  const Work& last = to.tangent->work();
  std::vector<double> low = from.tangent->state(), high = to.tangent->state();
  low.resize(high.size(), 0.0);
  std::unique_ptr<Stop> baseline;  // with the limits, which nothing there comes near
  for (std::size_t k = 0; k < last.layout.limits; ++k) {
    if (from.economy.limits.size() != to.economy.limits.size() && !baseline) {
      baseline = stop_at(measures_, from.t, std::vector<double>(measures_.count(), from.t));
      if (!solve(*baseline, low)) return kinks;
    }
    const double before = bound_by((baseline ? *baseline : from).tangent->work(), k), after = bound_by(last, k);
    if (before == 0.0 || after == 0.0 || (before > 0.0) == (after > 0.0)) continue;
    bool solved = true;
    const auto at = [&](double t) {
      const auto stop = stop_at(measures_, t, std::vector<double>(measures_.count(), t));
      std::vector<double> start = low;
      const double part = (t - from.t) / (to.t - from.t);
      for (std::size_t i = 0; i < start.size(); ++i) start[i] += part * (high[i] - low[i]);
      solved = solved && solve(*stop, start);
      return solved ? bound_by(stop->tangent->work(), k) : std::numeric_limits<double>::quiet_NaN();
    };
    std::uintmax_t most = 60;
    const auto close = [](double a, double b) { return std::fabs(b - a) <= 1e-12; };
    const auto [a, b] = boost::math::tools::toms748_solve(at, from.t, to.t, before, after, close, most);
    if (solved) kinks.push_back(0.5 * (a + b));
  }
  std::sort(kinks.begin(), kinks.end());
  return kinks;
}

}  // namespace kontor
