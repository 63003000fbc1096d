#include "kontor/report/run_draws.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/files.h"
#include "kontor/base/job.h"
#include "kontor/base/text.h"
#include "kontor/base/version.h"

namespace kontor {

static constexpr long block = 50;            // draws that are kept together
static constexpr double most_failed = 0.01;  // of all

std::vector<int> years_of_draws(const Programme& programme, const Compiled& compiled, const std::vector<EffectRow>& gross) {
  std::set<int> active;
  for (const Shock& shock : compiled.shocks)
    for (const Written& measure : programme.measures)
      if (measure.id == shock.measure && is_committed(measure)) active.insert(shock.year);
  if (active.empty()) return {};
  // The headline is the last year of the horizon; where nothing is left in it, the year of the largest effect.
  int headline = programme.last_year;
  if (active.count(headline) == 0) {
    headline = *active.rbegin();
    double largest = 0.0;
    for (const int year : active) {
      const double size = std::fabs(value_of(gross, {"value_added", "", "", "", "", "", year}));
      if (size > largest) largest = size, headline = year;
    }
  }
  if (!programme.uncertainty.fan) return {headline};
  std::vector<int> years(active.begin(), active.end());
  // Draws start from the central solution of their year, so the order is ours: the headline stands last.
  std::stable_partition(years.begin(), years.end(), [headline](int year) { return year != headline; });
  return years;
}

std::string draws_fingerprint(const Result& result, const std::vector<int>& years) {
  std::string text = "draws 1\n" + result.engine_version + '\n' + result.accounts_fingerprint + '\n' + sha256(result.programme.text) + '\n';
  for (const auto& [file, hash] : result.programme.inputs) text += hash + '\n';
  for (const int year : years) text += std::to_string(year) + '\n';
  return sha256(text);
}

// The names that this run gives its columns, with the units that a file does not hold.
static DrawTable named(DrawTable table, const DrawModel& model) {
  const DrawTable names = model.empty_table();
  const auto same = [](const OutcomeName& a, const OutcomeName& b) {
    return a.indicator == b.indicator && a.region == b.region && a.year == b.year;
  };
  if (table.inputs != names.inputs ||
      !std::equal(table.outcomes.begin(), table.outcomes.end(), names.outcomes.begin(), names.outcomes.end(), same))
    fail(Exit::data, "other-run", "draws.csv", "", "", "the draws have other columns than this programme", "draws of this programme",
         "compute them again");
  table.outcomes = names.outcomes;
  return table;
}

DrawTable computed_draws(const DrawModel& model, const DrawRequest& request, const std::string& fingerprint) {
  if (request.given) {
    if (request.fingerprint != fingerprint)
      fail(Exit::data, "other-run", "", "", "", "the draws are of another programme, other accounts or another version than these",
           "draws of this programme", "name the programme they were made with (--programme), or compute them again");
    return named(*request.given, model);
  }
  std::optional<DrawBlocks> kept;
  if (!request.keep.empty()) kept.emplace(request.keep, fingerprint, request.resume, request.replace);
  DrawTable table = model.empty_table();
  const long total = request.last - request.first + 1;
  for (long first = request.first; first <= request.last;) {
    const long last = std::min(request.last, (first - 1) / block * block + block);  // blocks end at the same draws in every run
    const long done = static_cast<long>(table.draws.size());
    begin_step("draws " + std::to_string(done) + " of " + std::to_string(total),
               0.6 + 0.35 * static_cast<double>(done) / static_cast<double>(total));
    std::optional<DrawTable> some = kept ? kept->read(first, last) : std::nullopt;
    if (!some) {
      some = model.empty_table();
      some->draws = model.draws(first, last);
      if (kept) kept->write(*some);
    }
    const DrawTable checked = named(std::move(*some), model);
    table.draws.insert(table.draws.end(), checked.draws.begin(), checked.draws.end());
    if (request.progress) request.progress(static_cast<long>(table.draws.size()), total);
    first = last + 1;
  }
  return table;
}

static void refuse_many_failures(const HowSure& sure, long failed) {
  const auto all = static_cast<double>(sure.table.draws.size());
  if (static_cast<double>(failed) <= most_failed * all) return;
  std::vector<std::string> reasons;
  for (std::size_t k = 0; k < std::min<std::size_t>(sure.reasons.size(), 3); ++k)
    reasons.push_back(std::to_string(sure.reasons[k].second) + " x " + sure.reasons[k].first);
  fail(Exit::no_answer, "failed-draws", "", "", "uncertainty",
       std::to_string(failed) + " of " + std::to_string(sure.table.draws.size()) + " draws have no solution: " + joined(reasons, "; "),
       "at most one in a hundred, else the rest says nothing about the whole",
       "narrow the ranges that lead there, or draw less with `vary`");
}

void add_draws(Result& result, const DrawModel& model, const DrawRequest& request, const std::vector<int>& years) {
  const Programme& programme = result.programme;
  HowSure& sure = result.sure;
  sure.table = computed_draws(model, request, draws_fingerprint(result, years));
  sure.rule = programme.uncertainty.rule, sure.seed = programme.uncertainty.seed, sure.headline_year = years.back();
  for (const Uncertain& n : model.uncertain().numbers) sure.varied.push_back({n.name, n.distribution, n.source, n.low, n.mid, n.high});
  for (const Driver& driver : drivers_of(model.uncertain())) sure.drivers.push_back(driver.name);
  sure.cells = model.errors().sources, sure.fixed = model.uncertain().fixed;
  std::vector<std::pair<std::string, long>> reasons;
  long failed = 0;
  for (const Draw& draw : sure.table.draws) {
    if (draw.failure.empty()) continue;
    ++failed;
    const auto same = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == draw.failure; });
    if (same == reasons.end())
      reasons.emplace_back(draw.failure, 1);
    else
      ++same->second;
  }
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  sure.reasons = std::move(reasons);
  refuse_many_failures(sure, failed);
  const Quadrature quadrature = model.quadrature();
  sure.quadrature_points = quadrature.points, sure.quadrature_failure = quadrature.failure;
  const std::vector<EffectRow> rows =
      statistics_of(sure.table, programme, model.uncertain(), model.tornado(), quadrature, sure.headline_year);
  result.effects.insert(result.effects.end(), rows.begin(), rows.end());
}

}  // namespace kontor
