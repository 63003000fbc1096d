#include "kontor/indicators/net_ranges.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/model/scenarios.h"
#include "kontor/model/target_reach.h"
#include "net_appraisal.h"
#include "net_rows.h"

namespace kontor {

namespace {

/// One number of an agreed measure that is written as a range.
struct Ranged {
  std::size_t measure = 0;
  std::string field;
  bool low_is_low = true;  // the lower end of the range is the one that lowers real income
};

std::vector<Ranged> ranges_of(const Programme& programme) {
  std::vector<Ranged> ranges;
  for (std::size_t m = 0; m < programme.measures.size(); ++m)
    if (is_committed(programme.measures[m]))
      for (const auto& [field, value] : programme.measures[m].fields)
        if (value.number.is_range()) ranges.push_back({m, field, true});
  return ranges;
}

// As people write it: whole amounts without an exponent.
std::string plain(double value) {
  return value == std::floor(value) && std::fabs(value) < 1e15 ? std::to_string(static_cast<long long>(value)) : number_text(value);
}

void set(Programme& programme, const Ranged& ranged, bool high) {
  Range& number = programme.measures[ranged.measure].fields.at(ranged.field).number;
  number.mid = high ? number.high : number.low;
}

struct Stream {
  std::map<int, YearOfAppraisal> years;
  std::vector<double> lasting;                                 // of the last year
  std::map<std::pair<int, bool>, std::vector<double>> states;  // by year, and whether it is of what lasts
};

class Ranges {
 public:
  Ranges(const Calibration& base, const Programme& programme, const std::vector<std::string>& left_out)
      : base_(base),
        programme_(programme),
        left_out_(left_out),
        groups_(region_groups(*base.accounts, programme)),
        baseline_(baseline_economy(base, programme.closure_rules)),
        solver_(baseline_),
        before_(solver_.solve(baseline_)) {}

  AppraisalRanges run() {
    std::vector<Ranged> ranges = ranges_of(programme_);
    if (ranges.empty() || !before_.solved()) return std::move(out_);
    if (const std::optional<Stream> central = solve(programme_)) central_ = central->states;
    SolverOptions rough;  // which end is the lower one needs fewer digits than what it is worth
    rough.tolerance = 1e-7;
    std::vector<std::optional<double>> worth_at(2 * ranges.size());  // of each range, at its lower and its upper end
    for_each_block(worth_at.size(), thread_count(), [&](std::size_t k) {
      Programme end = programme_;
      set(end, ranges[k / 2], k % 2 == 1);
      if (const std::optional<Stream> stream = solve(end, rough)) worth_at[k] = worth(*stream);
    });
    for (std::size_t k = 0; k < ranges.size(); ++k) {
      Ranged& ranged = ranges[k];
      if (!worth_at[2 * k] || !worth_at[2 * k + 1]) return unsolved(ranged);
      ranged.low_is_low = *worth_at[2 * k] <= *worth_at[2 * k + 1];
      const Written& measure = programme_.measures[ranged.measure];
      const Range& number = measure.at(ranged.field).number;
      out_.written.push_back(measure.id + " " + ranged.field + ": " + plain(number.low) + " to " + plain(number.high) + ", low is " +
                             plain(ranged.low_is_low ? number.low : number.high));
    }
    for (const bool high : {false, true}) {
      Programme end = programme_;
      for (const Ranged& ranged : ranges) set(end, ranged, high == ranged.low_is_low);
      const std::optional<Stream> stream = solve(end);
      if (!stream) return unsolved(ranges.front());
      add_appraisal(context(), end, stream->years, stream->lasting, high ? term_all_high : term_all_low, out_.rows);
    }
    return std::move(out_);
  }

 private:
  AppraisalRanges unsolved(const Ranged& ranged) {
    const Written& measure = programme_.measures[ranged.measure];
    out_.rows.clear(), out_.written.clear();
    out_.findings.push_back({Severity::note, "ranges-not-solved", programme_.file, "", ranged.field,
                             "measure `" + measure.id + "`: the programme cannot be solved at an end of its ranges",
                             "ranges whose ends can stand for themselves", "the appraisal is shown for the central case only"});
    return std::move(out_);
  }

  std::optional<std::pair<Economy, Equilibrium>> solved(const Scenario& scenario, const std::vector<double>& start,
                                                        const SolverOptions& options) const {
    std::set<std::string> unreached(left_out_.begin(), left_out_.end());
    Reachable found = solve_reachable(solver_, baseline_, before_.flows, scenario.shocks, unreached, start, options);
    if (unreached.size() > left_out_.size() || !found.solution.solved()) return std::nullopt;
    return std::make_pair(std::move(found.economy), std::move(found.solution));
  }

  NetContext context() const { return {base_, *base_.accounts, groups_, baseline_, before_.flows, true}; }

  std::optional<Stream> solve(const Programme& programme, const SolverOptions& options = {}) const {
    try {
      return solve_years(programme, compile(programme, *base_.accounts), options);
    } catch (const Error&) {  // an end that breaks a rule, as more displaced than there is
      return std::nullopt;
    }
  }

  // The years of a programme under its closure, as add_appraisal takes them.
  std::optional<Stream> solve_years(const Programme& programme, const Compiled& all, const SolverOptions& options) const {
    Stream stream;
    for (const NamedScenario& named : scenarios_of(programme, all)) {
      const bool last = named.view == View::lasting && named.measure.empty() && named.scenario.year == programme.last_year;
      if (named.view != View::headline && !last) continue;
      const auto near = central_.find({named.scenario.year, last});
      const auto found = solved(named.scenario, near == central_.end() ? before_.state : near->second, options);
      if (!found) return std::nullopt;
      const auto& [economy, equilibrium] = *found;
      if (last)
        stream.lasting = equivalent_variation(context(), economy, equilibrium.flows);
      else
        stream.years[named.scenario.year] = year_of_appraisal(context(), economy, equilibrium.flows);
      stream.states[{named.scenario.year, last}] = equilibrium.state;
    }
    return stream;
  }

  // Real income of all regions together over the horizon, discounted.
  double worth(const Stream& stream) const {
    Sum sum;
    for (const auto& [year, of_year] : stream.years)
      for (const double v : of_year.variation)
        sum.add(v / std::pow(1.0 + programme_.appraisal.discount_rate, year - programme_.first_year));
    return sum.value();
  }

  const Calibration& base_;
  const Programme& programme_;
  const std::vector<std::string>& left_out_;
  const std::vector<RegionGroup> groups_;
  const Economy baseline_;
  const EquilibriumSolver solver_;
  const Equilibrium before_;
  std::map<std::pair<int, bool>, std::vector<double>> central_;  // where the ends start from: they are near
  AppraisalRanges out_;
};

}  // namespace

AppraisalRanges appraisal_ranges(const Calibration& calibration, const Programme& programme, const std::vector<std::string>& left_out) {
  return Ranges(calibration, programme, left_out).run();
}

}  // namespace kontor
