// The way on which all measures grow together: solved by Newton's method from where the solutions before lead, then each
// measure's own direction at each point.
#include <algorithm>
#include <cmath>

#include "kontor/base/attribution.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "measure_way.h"

namespace kontor {

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

static std::unique_ptr<Stop> copied(const Stop& stop) {
  return std::make_unique<Stop>(Stop{stop.t, {}, {}, {}, std::make_unique<Tangent>(*stop.tangent)});
}

// All points of the rule, each from where those before lead.
static bool walk(Way& way, const MeasuresInPart& measures, const Stop& start, const Stop& end, const PathRule& rule,
                 std::vector<std::unique_ptr<Stop>>& stops) {
  std::vector<std::unique_ptr<Stop>> known;
  known.push_back(copied(start)), known.push_back(copied(end));
  for (const double t : rule.at) {
    auto stop = stop_at(measures, t, std::vector<double>(measures.count(), t));
    if (!way.solve(*stop, state_at(known, t))) return false;
    known.insert(known.end() - 1, copied(*stop));
    if (known.size() > 5) known.erase(known.begin());  // a polynomial of fourth degree is near enough
    stops.push_back(std::move(stop));
  }
  return true;
}

// The breaks so far and those that lie between two neighbours on no side of one.
static std::vector<double> breaks_of(Way& way, const Stop& start, const Stop& end, const std::vector<std::unique_ptr<Stop>>& stops,
                                     const std::vector<double>& breaks) {
  std::vector<double> all = breaks;
  if (end.tangent->work().layout.limits == 0) return all;
  const Stop* before = &start;
  for (std::size_t k = 0; k <= stops.size(); ++k) {
    const Stop* next = k < stops.size() ? stops[k].get() : &end;
    const bool known = std::any_of(breaks.begin(), breaks.end(), [&](double t) { return before->t < t && t < next->t; });
    if (!known)
      for (const double t : way.kinks_between(*before, *next)) all.push_back(t);
    before = next;
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end(), [](double a, double b) { return b - a < 1e-9; }), all.end());
  return all;
}

MeasureParts parts_along_path(const MeasuresInPart& measures, const Equilibrium& before, const Equilibrium& after,
                              const ChangeBetween& change, const PathOptions& options) {
  constexpr int most_rounds = 4;  // in which limits are looked for that begin or cease to bind
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

  std::vector<double> breaks;
  for (int panels = options.panels, rounds = 0;;) {
    const PathRule rule = path_rule(panels, breaks);
    std::vector<std::unique_ptr<Stop>> stops;
    if (!walk(way, measures, start, end, rule, stops)) return no_answer();
    if (const std::vector<double> found = breaks_of(way, start, end, stops, breaks); found.size() > breaks.size() && rounds < most_rounds) {
      breaks = found, ++rounds;
      continue;
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
    panels *= 2;
  }
}

}  // namespace kontor
