// From draws to rows: quantiles, chances, and which number moves the outcome.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/parallel.h"
#include "kontor/base/statistics.h"
#include "kontor/indicators/draws.h"

namespace kontor {

namespace {

constexpr double no_change = 1e-8;       // per cent of spending; smaller is what solves leave
constexpr double least_explained = 0.5;  // of the variance, by the fitted surface: below, its shares say nothing

std::vector<double> column(const DrawTable& table, std::size_t outcome) {
  std::vector<double> values;
  for (const Draw& draw : table.draws)
    if (draw.failure.empty() && std::isfinite(draw.outcomes[outcome])) values.push_back(draw.outcomes[outcome]);
  return values;
}

void add_quantiles(const OutcomeName& o, std::vector<double> values, std::vector<EffectRow>& rows) {
  if (values.empty()) return;
  const Moments m = moments(values);
  std::sort(values.begin(), values.end());
  const auto add = [&](const char* term, double value) {
    rows.push_back({o.indicator, o.region, "", "", o.year, "", term, value, o.unit});
  };
  for (std::size_t k = 0; k < std::size(draw_points); ++k) add(draw_terms[k], quantile(values, draw_points[k]));
  add("mean", m.mean);
  if (std::isfinite(m.deviation)) add("deviation", m.deviation);
}

void add_chance(const OutcomeName& o, const std::vector<double>& values, std::vector<EffectRow>& rows) {
  if (values.empty()) return;
  const auto gains = std::count_if(values.begin(), values.end(), [](double v) { return v > no_change; });
  rows.push_back(
      {"gain_probability", o.region, "", "", o.year, "", "", 100.0 * static_cast<double>(gains) / static_cast<double>(values.size()), "%"});
}

bool has_drivers(const OutcomeName& o, int headline_year) {
  return o.year == headline_year && (o.indicator == "real_income" || (o.indicator == "value_added_net" && o.region.empty()));
}

}  // namespace

static std::vector<EffectRow> drivers(const DrawTable& table, const Programme& programme, const UncertainNumbers& uncertain,
                                      int headline_year) {
  const std::vector<Driver> used = drivers_of(uncertain);
  std::vector<std::size_t> outcomes;
  for (std::size_t o = 0; o < table.outcomes.size(); ++o)
    if (has_drivers(table.outcomes[o], headline_year)) outcomes.push_back(o);
  std::vector<std::vector<double>> points(table.draws.size());
  for_each_block(points.size(), thread_count(),
                 [&](std::size_t k) { points[k] = coordinates_of(programme, uncertain, table.draws[k].number); });
  std::vector<std::vector<EffectRow>> rows(outcomes.size());
  for_each_block(outcomes.size(), thread_count(), [&](std::size_t i) {
    const OutcomeName& name = table.outcomes[outcomes[i]];
    std::vector<std::size_t> solved;
    std::vector<double> values;
    for (std::size_t k = 0; k < table.draws.size(); ++k)
      if (table.draws[k].failure.empty() && std::isfinite(table.draws[k].outcomes[outcomes[i]]))
        solved.push_back(k), values.push_back(table.draws[k].outcomes[outcomes[i]]);
    Matrix at(solved.size(), used.size());
    for (std::size_t k = 0; k < solved.size(); ++k)
      for (std::size_t c = 0; c < used.size(); ++c) at(k, c) = points[solved[k]][used[c].coordinate];
    const Moments spread = moments(values);
    if (used.empty() || !(spread.deviation > 1e-9 * std::fabs(spread.mean))) return;  // nothing moves it
    const SensitivityIndices indices = fitted_indices(at, values);
    if (indices.first.empty()) return;  // too few draws
    const auto add = [&](const char* what, const std::string& term, double share) {
      rows[i].push_back({name.indicator + what, name.region, "", "", name.year, "", term, 100.0 * share, "%"});
    };
    add("_variance_explained", "", indices.explained);
    if (indices.explained < least_explained) return;
    for (std::size_t c = 0; c < used.size(); ++c)
      add("_variance_first", used[c].name, indices.first[c]), add("_variance_total", used[c].name, indices.total[c]);
  });
  std::vector<EffectRow> all;
  for (const auto& some : rows) all.insert(all.end(), some.begin(), some.end());
  return all;
}

static void add_tornado(const DrawTable& table, const std::vector<TornadoBar>& tornado, int headline_year, std::vector<EffectRow>& rows) {
  for (std::size_t o = 0; o < table.outcomes.size(); ++o) {
    const OutcomeName& name = table.outcomes[o];
    if (!has_drivers(name, headline_year)) continue;
    for (const TornadoBar& bar : tornado) {
      if (!std::isfinite(bar.low[o]) || !std::isfinite(bar.high[o])) continue;
      rows.push_back({name.indicator + "_at_p5", name.region, "", "", name.year, "", bar.name, bar.low[o], name.unit});
      rows.push_back({name.indicator + "_at_p95", name.region, "", "", name.year, "", bar.name, bar.high[o], name.unit});
    }
  }
}

static void add_quadrature(const DrawTable& table, const Quadrature& quadrature, int headline_year, std::vector<EffectRow>& rows) {
  if (!quadrature.failure.empty()) return;
  for (std::size_t o = 0; o < table.outcomes.size(); ++o) {
    const OutcomeName& name = table.outcomes[o];
    if (name.year != headline_year || !std::isfinite(quadrature.mean[o])) continue;
    rows.push_back({name.indicator, name.region, "", "", name.year, "", "quadrature_mean", quadrature.mean[o], name.unit});
    rows.push_back({name.indicator, name.region, "", "", name.year, "", "quadrature_deviation", quadrature.deviation[o], name.unit});
  }
}

std::vector<EffectRow> statistics_of(const DrawTable& table, const Programme& programme, const UncertainNumbers& uncertain,
                                     const std::vector<TornadoBar>& tornado, const Quadrature& quadrature, int headline_year) {
  std::vector<EffectRow> rows;
  const auto failed = std::count_if(table.draws.begin(), table.draws.end(), [](const Draw& draw) { return !draw.failure.empty(); });
  const double all = static_cast<double>(table.draws.size());
  rows.push_back({"draws", "", "", "", 0, "", "done", all - static_cast<double>(failed), "draws"});
  rows.push_back({"draws", "", "", "", 0, "", "failed", static_cast<double>(failed), "draws"});
  for (std::size_t o = 0; o < table.outcomes.size(); ++o) {
    const std::vector<double> values = column(table, o);
    add_quantiles(table.outcomes[o], values, rows);
    if (table.outcomes[o].indicator == "real_income") add_chance(table.outcomes[o], values, rows);
  }
  add_quadrature(table, quadrature, headline_year, rows);
  const std::vector<EffectRow> shares = drivers(table, programme, uncertain, headline_year);
  rows.insert(rows.end(), shares.begin(), shares.end());
  add_tornado(table, tornado, headline_year, rows);
  return rows;
}

DrawnDifference difference_of(const DrawTable& a, const DrawTable& b) {
  DrawnDifference result;
  std::map<long, const Draw*> in_b;
  for (const Draw& draw : b.draws)
    if (draw.failure.empty()) in_b[draw.number] = &draw;
  std::vector<std::pair<const Draw*, const Draw*>> pairs;
  for (const Draw& draw : a.draws)
    if (const auto other = in_b.find(draw.number); draw.failure.empty() && other != in_b.end()) pairs.emplace_back(&draw, other->second);
  result.draws = static_cast<long>(pairs.size());
  for (std::size_t i = 0; i < a.inputs.size(); ++i) {
    const auto at = std::find(b.inputs.begin(), b.inputs.end(), a.inputs[i]);
    if (at == b.inputs.end()) continue;
    const auto j = static_cast<std::size_t>(at - b.inputs.begin());
    if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first->inputs[i] != p.second->inputs[j]; }))
      result.apart.push_back(a.inputs[i]);
  }
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    const auto at = std::find(b.outcomes.begin(), b.outcomes.end(), a.outcomes[o]);
    if (at == b.outcomes.end()) continue;
    const auto j = static_cast<std::size_t>(at - b.outcomes.begin());
    std::vector<double> values;
    for (const auto& [x, y] : pairs)
      if (const double d = y->outcomes[j] - x->outcomes[o]; std::isfinite(d)) values.push_back(d);
    add_quantiles(a.outcomes[o], values, result.rows);
    if (a.outcomes[o].indicator == "real_income") add_chance(a.outcomes[o], values, result.rows);
  }
  return result;
}

}  // namespace kontor
