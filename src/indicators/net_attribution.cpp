#include "net_attribution.h"

#include <cmath>

#include "kontor/base/sum.h"
#include "net_outcomes.h"

namespace kontor {

static ChangeBetween change_of(const NetOutcomes& outcomes) {
  return [&outcomes](const PathPoint& from, const PathPoint& to) {
    std::vector<double> change = outcomes.values(to.economy, to.flows);
    const std::vector<double> then = outcomes.values(from.economy, from.flows);
    for (std::size_t o = 0; o < change.size(); ++o) change[o] -= then[o];
    return change;
  };
}

static std::vector<double> row_of(const Matrix& table, std::size_t m) { return {table.row(m).begin(), table.row(m).end()}; }

// The largest over all series of the rule's error against the largest effect of the series.
static double relative_error(const NetOutcomes& outcomes, const MeasureParts& found) {
  double worst = 0.0;
  for (const OutcomeSeries& series : outcomes.series()) {
    double error = 0.0, effect = 0.0;
    for (std::size_t o = series.first; o < series.first + series.count; ++o) {
      if (std::isnan(found.whole[o])) continue;
      effect = std::max(effect, std::fabs(found.whole[o]));
      for (std::size_t m = 0; m < found.parts.rows; ++m) error = std::max(error, found.error(m, o));
    }
    if (effect > 0.0) worst = std::max(worst, error / effect);
  }
  return worst;
}

static Finding no_parts(int year, const std::string& why, const std::string& remedy) {
  return {Severity::warning,
          "no-attribution",
          "",
          "",
          "",
          std::to_string(year) + ": the effects are not split over the measures: " + why,
          "",
          remedy};
}

void add_path_rows(const NetContext& context, const AttributedYear& year, std::vector<EffectRow>& rows, Findings& findings) {
  const NetOutcomes outcomes(context);
  const MeasureParts found = parts_along_path(year.measures, year.before, year.after, change_of(outcomes));
  if (!found.solved()) {
    findings.push_back(no_parts(year.year, found.outcome, "each measure alone and their interaction stand in the result"));
    return;
  }
  std::vector<double> rest = outcomes.values(year.measures.at(std::vector<double>(year.measures.count(), 1.0)), year.after.flows);
  for (std::size_t m = 0; m < year.measures.count(); ++m) {
    const std::vector<double> part = row_of(found.parts, m);
    for (std::size_t o = 0; o < rest.size(); ++o) rest[o] -= part[o];
    outcomes.add_rows(part, {year.year, year.measures.measures()[m], "path"}, true, rows);
  }
  outcomes.add_rows(rest, {year.year, "(remainder)", "path"}, false, rows);
  rows.push_back({"attribution_error", "", "", "", year.year, "", "path", relative_error(outcomes, found), "share"});
}

void add_set_rows(const NetContext& context, const AttributedYear& year, const EquilibriumSolver& solver, const SetOptions& options,
                  std::vector<EffectRow>& rows, Findings& findings) {
  if (year.measures.count() > most_measures_in_sets) {
    findings.push_back(no_parts(year.year, std::to_string(year.measures.count()) + " measures are too many for Shapley's rule",
                                "at most " + std::to_string(most_measures_in_sets) + "; the path takes any number"));
    return;
  }
  const NetOutcomes outcomes(context);
  const SetOutcomes found = outcomes_of_sets(year.measures, solver, year.before, change_of(outcomes), options);
  if (!found.solved()) {
    findings.push_back(no_parts(year.year, "a set of measures has no solution: " + found.outcome, "the path does not need the sets"));
    return;
  }
  for (std::size_t m = 0; m < year.measures.count(); ++m) {
    const std::string& id = year.measures.measures()[m];
    outcomes.add_rows(row_of(found.parts, m), {year.year, id, "shapley"}, true, rows);
    outcomes.add_rows(row_of(found.last_in, m), {year.year, id, "last_in"}, false, rows);
    if (found.standard_error.rows > 0) outcomes.add_rows(row_of(found.standard_error, m), {year.year, id, "shapley_error"}, false, rows);
  }
}

}  // namespace kontor
