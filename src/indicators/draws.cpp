// One draw: ranges replaced and compiled, elasticities and perhaps the table itself drawn, calibrated, solved, read off.
//
// What draws share is done once: the factored blocks of each closure at the central calibration, which steer the iteration but
// enter no equation, and the central solutions, from which draws start.
#include "kontor/indicators/draws.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "cell_effects.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/statistics.h"
#include "kontor/base/text.h"
#include "kontor/base/unit_points.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/equilibrium.h"
#include "kontor/model/target_reach.h"
#include "net_rows.h"

namespace kontor {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// What is kept of a draw; jobs only where the accounts hold them.
constexpr const char* kept_indicators[] = {"real_income", "equivalent_variation", "value_added_net", "jobs_net", "gdp", "gni"};

UnitPoints points_of(const Programme& programme, const UncertainNumbers& uncertain) {
  return UnitPoints(programme.uncertainty.rule == "random" ? PointRule::random : PointRule::sobol, uncertain.coordinates,
                    static_cast<std::uint64_t>(programme.uncertainty.seed));
}

/// A closure as draws use it.
struct ClosureModel {
  Closure closure;
  Economy baseline;  // central
  std::optional<EquilibriumSolver> solver;
  std::vector<double> base_state;
  std::map<int, std::vector<double>> states;  // central solution by year
  std::set<std::string> unreached;            // measures whose target is out of reach in the central case
};

std::string reason_of(const Error& error) {
  const Finding& f = error.findings().front();
  return f.code + ": " + f.found;
}

}  // namespace

class DrawModelParts {
 public:
  DrawModelParts(const LeontiefSystem& system, const Calibration& calibration, const Programme& programme, std::vector<int> years)
      : system_(system),
        base_(calibration),
        a_(*calibration.accounts),
        p_(programme),
        years_(std::move(years)),
        uncertain_(uncertain_numbers(programme, a_)),
        errors_(cell_errors(programme, a_)),
        points_(points_of(programme, uncertain_)),
        groups_(region_groups(a_, programme)),
        coefficients_(effect_coefficients(system)),
        compiled_(compile(programme, a_)) {
    gross(system_, coefficients_, compiled_, p_, gross_);
    for (const Uncertain& number : uncertain_.numbers) table_.inputs.push_back(number.name);
    check_ends();
    prepare_closures();
    // The central case names the outcomes; a closure that fixes jobs has fewer.
    for (const EffectRow& row : rows_of(central_values(uncertain_), 0))
      if (is_kept(row)) table_.outcomes.push_back({row.indicator, row.region, row.year, row.unit});
  }

  /// With these values; draw `number` of the cells, or the accounts as they are for 0.
  Draw at(const std::vector<double>& values, long number) const {
    Draw draw;
    draw.number = number;
    draw.inputs = values;
    draw.outcomes.assign(table_.outcomes.size(), unknown);
    try {
      take(rows_of(values, number), draw.outcomes);
    } catch (const Error& error) {
      if (error.exit() == Exit::environment) throw;
      draw.failure = reason_of(error);
      draw.outcomes.assign(table_.outcomes.size(), unknown);
    }
    return draw;
  }

  Draw draw(long number) const { return at(values_at(uncertain_, points_.point(static_cast<std::uint64_t>(number - 1))), number); }

  const LeontiefSystem& system_;
  const Calibration& base_;
  const Accounts& a_;
  const Programme& p_;
  const std::vector<int> years_;
  UncertainNumbers uncertain_;
  CellErrors errors_;
  UnitPoints points_;
  std::vector<RegionGroup> groups_;
  EffectCoefficients coefficients_;
  Compiled compiled_;             // central
  std::vector<EffectRow> gross_;  // central, of the fixed-price model
  DrawTable table_;               // names only
  std::vector<ClosureModel> closures_;

 private:
  bool draws_cells() const { return !errors_.by_size.empty() || !errors_.structure.empty(); }

  // Each range at each of its ends alone: what breaks a rule there is the programme's mistake, not a draw's bad luck.
  void check_ends() const {
    Findings findings;
    for (std::size_t k = 0; k < uncertain_.numbers.size(); ++k) {
      const Uncertain& number = uncertain_.numbers[k];
      if (number.measure.empty()) continue;
      for (const double end : {number.low, number.high}) {
        std::vector<double> values = central_values(uncertain_);
        values[k] = end;
        try {
          compile(with_values(p_, uncertain_, values), a_);
        } catch (const Error& error) {
          Finding f = error.findings().front();
          for (const Finding& other : error.findings())
            if (other.severity == Severity::error) {
              f = other;
              break;
            }
          f.found = "with " + number.name + " = " + number_text(end) + ", an end of its range: " + f.found;
          f.remedy += "; or narrow the range";
          findings.push_back(f);
        }
      }
    }
    throw_if_errors(findings);
  }

  void prepare_closures() {
    std::vector<std::string> names = uncertain_.closures;
    if (names.empty()) names = {"own"};
    const bool own = std::any_of(names.begin(), names.end(), [&](const std::string& n) { return n == "own" || n == p_.closure; });
    if (!own) names.push_back("own");  // the central case is still the programme's
    for (const std::string& name : names) {
      ClosureModel model;
      model.closure = name == "short_run" ? short_run() : name == "long_run" ? long_run() : p_.closure_rules;
      model.baseline = baseline_economy(base_, model.closure);
      model.solver.emplace(model.baseline);
      const Equilibrium found = model.solver->solve(model.baseline);
      if (!found.solved())
        fail(Exit::no_answer, "no-answer", "", "", "", "closure " + model.closure.name + ", baseline: " + found.outcome,
             "an equilibrium within the tolerance", "look at `kontor check` of the accounts, or leave this closure out");
      model.base_state = found.state;
      for (const int year : years_) {
        const Reachable central =
            solve_reachable(*model.solver, model.baseline, found.flows, headline(p_, compiled_, year), model.unreached);
        if (central.solution.solved()) model.states[year] = central.solution.state;
      }
      closures_.push_back(std::move(model));
    }
  }

  std::size_t closure_of(const std::vector<double>& values) const {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (uncertain_.numbers[k].kind == UncertainKind::closure && values[k] >= 0.0) return static_cast<std::size_t>(values[k]);
    if (uncertain_.closures.empty()) return 0;
    return closures_.size() - 1;  // the programme's own stands behind the alternatives
  }

  static std::vector<const Shock*> headline(const Programme& programme, const Compiled& compiled, int year) {
    std::vector<const Shock*> shocks;
    for (const Shock& shock : compiled.shocks)
      for (const Written& measure : programme.measures)
        if (shock.year == year && measure.id == shock.measure && is_committed(measure)) shocks.push_back(&shock);
    return shocks;
  }

  // From the nearest known solution; where that fails, from the drawn baseline with blocks of its own.
  static Equilibrium solved(const ClosureModel& model, const Economy& baseline, const Economy& economy, const std::vector<double>& start,
                            const std::string& what) {
    Equilibrium found = model.solver->solve(economy, start);
    if (!found.solved()) found = EquilibriumSolver(baseline).solve(economy);
    if (!found.solved())
      fail(Exit::no_answer, "not-solved", "", "", "", what + ", closure " + model.closure.name + ": " + found.outcome, "", "");
    return found;
  }

  // The same with shocks. A target that is out of reach in the central case is left out of every draw, as it is of the run; one that
  // is out of reach in the draw alone is left out of that.
  static Reachable reached(const ClosureModel& model, const Economy& baseline, const Flows& before, const std::vector<const Shock*>& shocks,
                           const std::vector<double>& start, int year) {
    std::set<std::string> unreached = model.unreached;
    Reachable found = solve_reachable(*model.solver, baseline, before, shocks, unreached, start);
    if (!found.solution.solved()) {
      unreached = model.unreached;
      found = solve_reachable(EquilibriumSolver(baseline), baseline, before, shocks, unreached);
    }
    if (!found.solution.solved())
      fail(Exit::no_answer, "not-solved", "", "", "",
           std::to_string(year) + ", closure " + model.closure.name + ": " + found.solution.outcome, "", "");
    return found;
  }

  Calibration calibrated(const Programme& programme, const Accounts& accounts, const std::vector<double>& values) const {
    const bool anew = draws_cells() || uncertain_.calibrates;
    CalibrationOptions options = base_.options;
    if (uncertain_.calibrates) {
      std::vector<std::string> used;
      options = calibration_options(accounts, programme.parameters, used);
    }
    for (std::size_t k = 0; k < values.size(); ++k)
      for (const int sector : uncertain_.numbers[k].sectors) options.trade_elasticity[static_cast<std::size_t>(sector)] = values[k];
    if (anew) return calibrate(accounts, options);
    Calibration calibration = base_;
    calibration.elasticity = options.trade_elasticity;
    calibration.options = std::move(options);
    return calibration;
  }

  std::vector<EffectRow> rows_of(const std::vector<double>& values, long number) const {
    const bool cells = number > 0 && draws_cells(), restated = cells || moves_measures(values);
    const Programme programme = with_values(p_, uncertain_, values);
    std::optional<Accounts> drawn;
    if (cells) drawn = drawn_accounts(a_, errors_, static_cast<std::uint64_t>(p_.uncertainty.seed), static_cast<std::uint64_t>(number - 1));
    const Accounts& accounts = cells ? *drawn : a_;
    std::optional<Compiled> own;
    if (restated) own = compile(programme, accounts);
    const Compiled& compiled = restated ? *own : compiled_;
    const Calibration calibration = calibrated(programme, accounts, values);
    const ClosureModel& model = closures_[closure_of(values)];
    const Economy baseline = baseline_economy(calibration, closure_with(model.closure, programme));
    const Equilibrium before = solved(model, baseline, baseline, model.base_state, "baseline");
    const NetContext context{calibration, accounts, groups_, baseline, before.flows, model.closure.labour == LabourRule::real_wage};
    std::vector<EffectRow> rows;
    const std::vector<double> none;
    for (const int year : years_) {
      const std::vector<const Shock*> shocks = headline(programme, compiled, year);
      const auto central = model.states.find(year);
      const Reachable found = reached(model, baseline, before.flows, shocks, central == model.states.end() ? none : central->second, year);
      add_totals(context, {year, "", ""}, found.economy, found.solution.flows, rows);
    }
    if (cells) {
      const LeontiefSystem system(accounts);
      gross(system, effect_coefficients(system), compiled, programme, rows);
    } else if (restated) {
      gross(system_, coefficients_, compiled, programme, rows);
    } else {
      rows.insert(rows.end(), gross_.begin(), gross_.end());
    }
    return rows;
  }

  // A drawn `labour_mobility` is part of the closure, unless that says its own.
  Closure closure_with(Closure closure, const Programme& programme) const {
    for (const Uncertain& number : uncertain_.numbers)
      if (number.kind == UncertainKind::parameter && number.field == "labour_mobility")
        closure.labour_elasticity = programme.parameters.at("labour_mobility");
    return closure;
  }

  // Whether a number of a measure is not at its centre: else the central shocks are the draw's.
  bool moves_measures(const std::vector<double>& values) const {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (const Uncertain& n = uncertain_.numbers[k]; (!n.measure.empty() || n.kind == UncertainKind::parameter) && values[k] != n.mid)
        return true;
    return false;
  }

  // The fixed-price model's value added, by group.
  void gross(const LeontiefSystem& system, const EffectCoefficients& coefficients, const Compiled& compiled, const Programme& programme,
             std::vector<EffectRow>& rows) const {
    const Accounts& accounts = system.accounts();
    std::vector<Scenario> scenarios;
    for (const int year : years_) scenarios.push_back({year, headline(programme, compiled, year)});
    const std::vector<LeontiefSolution> solutions = solve_leontief(system, scenarios);
    for (std::size_t y = 0; y < years_.size(); ++y) {
      const std::vector<double> added = cell_effects(coefficients, solutions[y]).value_added;
      for (const RegionGroup& group : groups_) {
        double sum = 0.0;
        for (std::size_t j = 0; j < added.size(); ++j)
          if (group.has[static_cast<std::size_t>(accounts.cells[j].region)]) sum += added[j];
        rows.push_back({"value_added", group.name, "", "", years_[y], "", "", sum, money_unit(accounts)});
      }
    }
  }

  static bool is_kept(const EffectRow& row) {
    if (row.indicator == "value_added") return true;
    return std::find(std::begin(kept_indicators), std::end(kept_indicators), row.indicator) != std::end(kept_indicators);
  }

  void take(const std::vector<EffectRow>& rows, std::vector<double>& outcomes) const {
    std::size_t at = 0;
    for (const EffectRow& row : rows) {
      if (!is_kept(row)) continue;
      std::size_t place = at;
      const auto matches = [&](const OutcomeName& o) {
        return o.indicator == row.indicator && o.region == row.region && o.year == row.year;
      };
      while (place < table_.outcomes.size() && !matches(table_.outcomes[place])) ++place;
      if (place == table_.outcomes.size()) continue;  // jobs of a closure that frees them, where the own one does not
      outcomes[place] = row.value;
      at = place + 1;
    }
  }
};

DrawModel::DrawModel(const LeontiefSystem& system, const Calibration& calibration, const Programme& programme, std::vector<int> years)
    : parts_(std::make_unique<DrawModelParts>(system, calibration, programme, std::move(years))) {}
DrawModel::~DrawModel() = default;
DrawModel::DrawModel(DrawModel&&) noexcept = default;

const UncertainNumbers& DrawModel::uncertain() const { return parts_->uncertain_; }
const CellErrors& DrawModel::errors() const { return parts_->errors_; }
DrawTable DrawModel::empty_table() const { return parts_->table_; }

Draw DrawModel::draw(long number) const { return parts_->draw(number); }

std::vector<Draw> DrawModel::draws(long first, long last) const {
  std::vector<Draw> list(static_cast<std::size_t>(std::max(0L, last - first + 1)));
  for_each_block(list.size(), thread_count(), [&](std::size_t i) { list[i] = parts_->draw(first + static_cast<long>(i)); });
  return list;
}

Draw DrawModel::central() const { return parts_->at(central_values(parts_->uncertain_), 0); }

std::vector<TornadoBar> DrawModel::tornado() const {
  const UncertainNumbers& uncertain = parts_->uncertain_;
  const std::vector<Driver> drivers = drivers_of(uncertain);
  std::vector<TornadoBar> bars(drivers.size());
  for_each_block(2 * bars.size(), thread_count(), [&](std::size_t i) {
    const Driver& driver = drivers[i / 2];
    const bool low = i % 2 == 0;
    std::vector<double> values = central_values(uncertain);
    for (const std::size_t k : driver.numbers) {
      const Uncertain& number = uncertain.numbers[k];
      values[k] = number.kind != UncertainKind::closure ? number.at(low ? draw_points[0] : draw_points[4]) : low ? 0.0 : number.high;
    }
    bars[i / 2].name = driver.name;
    (low ? bars[i / 2].low : bars[i / 2].high) = parts_->at(values, 0).outcomes;
  });
  return bars;
}

Quadrature DrawModel::quadrature() const {
  const UncertainNumbers& uncertain = parts_->uncertain_;
  std::vector<std::size_t> coordinates;
  for (const Driver& driver : drivers_of(uncertain))
    if (uncertain.numbers[driver.numbers.front()].kind != UncertainKind::closure) coordinates.push_back(driver.coordinate);
  Quadrature result;
  if (coordinates.empty()) {
    result.failure = "no number varies";
    return result;
  }
  std::vector<CentreAndSpread> spread;
  for (const Uncertain& number : uncertain.numbers)
    spread.push_back(number.kind == UncertainKind::closure ? CentreAndSpread{} : centre_and_spread(number));
  const Matrix points = stroud_points(static_cast<int>(coordinates.size()));
  std::vector<Draw> solved(points.rows);
  for_each_block(points.rows, thread_count(), [&](std::size_t i) {
    std::vector<double> values = central_values(uncertain);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const Uncertain& number = uncertain.numbers[k];
      if (number.kind == UncertainKind::closure) continue;
      const auto c = static_cast<std::size_t>(std::find(coordinates.begin(), coordinates.end(), number.coordinate) - coordinates.begin());
      values[k] = spread[k].mean + spread[k].deviation * points(i, c);
      if (number.distribution == "lognormal" && !(values[k] > 0.0)) values[k] = unknown;
    }
    const auto bad = std::find_if(values.begin(), values.end(), [](double v) { return std::isnan(v); });
    if (bad != values.end())
      solved[i].failure = "its points leave the range of " + uncertain.numbers[static_cast<std::size_t>(bad - values.begin())].name +
                          ", whose standard error is large";
    else
      solved[i] = parts_->at(values, 0);
  });
  result.points = static_cast<int>(points.rows);
  for (const Draw& draw : solved)
    if (!draw.failure.empty()) {
      result.failure = draw.failure;
      return result;
    }
  for (std::size_t o = 0; o < parts_->table_.outcomes.size(); ++o) {
    double mean = 0.0, square = 0.0;
    for (const Draw& draw : solved) mean += draw.outcomes[o] / static_cast<double>(points.rows);
    for (const Draw& draw : solved) square += (draw.outcomes[o] - mean) * (draw.outcomes[o] - mean) / static_cast<double>(points.rows);
    result.mean.push_back(mean), result.deviation.push_back(std::sqrt(square));
  }
  return result;
}

std::vector<double> coordinates_of(const Programme& programme, const UncertainNumbers& uncertain, long number) {
  return points_of(programme, uncertain).point(static_cast<std::uint64_t>(number - 1));
}

}  // namespace kontor
