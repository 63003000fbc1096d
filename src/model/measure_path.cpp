// The way on which all measures grow together: solved by Newton's method from where the solutions before lead, then each
// measure's own direction at each point.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kontor/base/attribution.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/model/measure_parts.h"
#include "kontor/model/newton.h"
#include "tangent_parts.h"

namespace kontor {

namespace {

constexpr double solved_to = 1e-12;        // largest residual at a point of the way
constexpr double direction_to = 1e-10;     // residual of a direction against its right-hand side
constexpr double widest_step = 1.0 / 512;  // of the differences, in parts of a measure; doubled for the extrapolation

double largest_of(const std::vector<double>& v) {
  double m = 0.0;
  for (const double x : v) m = std::isfinite(x) ? std::max(m, std::fabs(x)) : std::numeric_limits<double>::infinity();
  return m;
}

double length_of(const std::vector<double>& v) {
  double sum = 0.0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

std::vector<double> plus(std::vector<double> x, double a, const std::vector<double>& y) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += a * y[i];
  return x;
}

/// A solved point of the way.
struct Stop {
  double t = 0.0;
  std::vector<double> sizes;
  Economy economy, weights;
  std::unique_ptr<Tangent> tangent;  // refers to `economy`
};

// Lagrange's polynomial through the states of the stops.
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

class Way {
 public:
  explicit Way(const MeasuresInPart& measures) : measures_(measures) {}

  // Newton's method near the solution; the equilibrium solver where that does not lead there.
  bool solve(Stop& stop, std::vector<double> z) {
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

  // What a growing measure changes, by outcome, at a stop.
  // `guess`: its direction in the unknowns as far as it is known, and in the end the direction itself.
  std::vector<double> derivative(const Stop& stop, std::size_t m, const ChangeBetween& change, std::vector<double>& guess) const {
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

  // J direction = force, from the guess on.
  void add_rest_of_direction(const Stop& stop, std::vector<double> force, std::vector<double>& direction) const {
    const double size = length_of(force);
    force = plus(std::move(force), -1.0, stop.tangent->apply(direction));
    const double rest = length_of(force);
    if (!(rest > direction_to * size)) return;
    const LinearAnswer step = JacobianSolver(*stop.tangent, blocks_).solve(force, direction_to * size / rest);
    direction = plus(std::move(direction), 1.0, step.x);
  }

  void factor(const Stop& stop) {
    if (!blocks_) blocks_ = JacobianSolver(*stop.tangent).blocks();
  }

  std::string problem;

 private:
  static constexpr double good_enough = 1e-10;
  const MeasuresInPart& measures_;
  std::shared_ptr<const RegionBlocks> blocks_;
};

}  // namespace

double MeasureParts::remainder() const {
  double gap = 0.0, size = 0.0;
  for (std::size_t o = 0; o < whole.size(); ++o) {
    if (std::isnan(whole[o])) continue;
    Sum rest;
    rest.add(whole[o]);
    for (std::size_t m = 0; m < parts.rows; ++m) rest.add(-parts(m, o));
    gap = std::max(gap, std::fabs(rest.value())), size = std::max(size, std::fabs(whole[o]));
  }
  return size > 0.0 ? gap / size : 0.0;
}

std::vector<double> change_by_growth(const MeasuresInPart& measures, const std::vector<double>& sizes, const Equilibrium& at,
                                     std::size_t measure, const ChangeBetween& change) {
  Way way(measures);
  const auto stop = stop_at(measures, 0.0, sizes);
  if (!way.solve(*stop, at.state)) return {};
  way.factor(*stop);
  std::vector<double> direction(stop->tangent->size(), 0.0);
  return way.derivative(*stop, measure, change, direction);
}

MeasureParts parts_along_path(const MeasuresInPart& measures, const Equilibrium& before, const Equilibrium& after,
                              const ChangeBetween& change, const PathOptions& options) {
  MeasureParts result;
  Way way(measures);
  const auto no_answer = [&] {
    result.outcome = way.problem;
    return result;
  };
  Stop start{0.0, {}, measures.baseline(), {}, nullptr};
  if (!way.solve(start, before.state)) return no_answer();
  Stop end{1.0, {}, measures.at(std::vector<double>(measures.count(), 1.0)), {}, nullptr};
  if (!way.solve(end, after.state)) return no_answer();
  const Flows flows_before = flows_of(start.tangent->work()), flows_after = flows_of(end.tangent->work());
  result.whole = change({start.economy, start.tangent->work(), flows_before}, {end.economy, end.tangent->work(), flows_after});

  for (int panels = options.panels;; panels *= 2) {
    const PathRule rule = path_rule(panels);
    std::vector<std::unique_ptr<Stop>> stops;
    std::vector<std::unique_ptr<Stop>> known;  // through which the next start leads
    known.push_back(std::make_unique<Stop>(Stop{0.0, {}, {}, {}, std::make_unique<Tangent>(*start.tangent)}));
    known.push_back(std::make_unique<Stop>(Stop{1.0, {}, {}, {}, std::make_unique<Tangent>(*end.tangent)}));
    for (const double t : rule.at) {
      auto stop = stop_at(measures, t, std::vector<double>(measures.count(), t));
      if (!way.solve(*stop, state_at(known, t))) return no_answer();
      known.insert(known.end() - 1, std::make_unique<Stop>(Stop{t, {}, {}, {}, std::make_unique<Tangent>(*stop->tangent)}));
      if (known.size() > 5) known.erase(known.begin());  // a polynomial of fourth degree is near enough
      stops.push_back(std::move(stop));
    }
    way.factor(*stops[stops.size() / 2]);
    std::vector<Matrix> derivatives(stops.size(), Matrix(measures.count(), result.whole.size()));
    for_each_block(measures.count(), thread_count(), [&](std::size_t m) {
      std::vector<std::vector<double>> directions;  // at the stops so far: they lead to the next
      for (std::size_t k = 0; k < stops.size(); ++k) {
        const std::size_t first = k > 3 ? k - 3 : 0;
        std::vector<double> guess(stops[k]->tangent->size(), 0.0);
        for (std::size_t i = first; i < k; ++i) {
          double part = 1.0;
          for (std::size_t j = first; j < k; ++j)
            if (j != i) part *= (rule.at[k] - rule.at[j]) / (rule.at[i] - rule.at[j]);
          guess = plus(std::move(guess), part, directions[i]);
        }
        const std::vector<double> row = way.derivative(*stops[k], m, change, guess);
        std::copy(row.begin(), row.end(), derivatives[k].row(m).begin());
        directions.push_back(std::move(guess));
      }
    });
    const PathParts integral = integrated_along_path(rule, derivatives);
    result.parts = integral.parts, result.error = integral.error, result.points = static_cast<int>(stops.size());
    if (2 * panels > options.most_panels || result.remainder() <= options.tolerance) return result;
  }
}

}  // namespace kontor
