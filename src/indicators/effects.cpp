// From solved scenarios to rows: levels, percentages, gross to net, measures and their interaction, trade.
#include "kontor/indicators/effects.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "cell_effects.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "region_groups.h"

namespace kontor {

std::string money_unit(const Accounts& a) {
  if (a.scale == 1.0) return a.currency;
  const char* word = a.scale == 1e3 ? "thousand" : a.scale == 1e6 ? "million" : a.scale == 1e9 ? "billion" : nullptr;
  return word ? fmt::format("{} {}", word, a.currency) : fmt::format("{} {}", a.scale, a.currency);
}

std::string satellite_unit(const Satellite& satellite) { return satellite.unit + (satellite.estimate ? ", estimate" : ""); }

namespace {

class Effects {
 public:
  Effects(const LeontiefSystem& system, const Programme& programme, const Compiled& compiled)
      : system_(system),
        a_(system.accounts()),
        programme_(programme),
        compiled_(compiled),
        coefficients_(effect_coefficients(system)),
        groups_(region_groups(a_, programme)),
        unit_(money_unit(a_)) {}

  ProgrammeEffects run() {
    scenarios_ = scenarios_of(programme_, compiled_);
    std::vector<Scenario> plain;
    for (const NamedScenario& named : scenarios_) plain.push_back(named.scenario);
    if (!plain.empty()) solutions_ = solve_leontief(system_, plain);
    cells_.resize(scenarios_.size());
    for_each_block(scenarios_.size(), thread_count(), [&](std::size_t k) { cells_[k] = cell_effects(coefficients_, solutions_[k]); });
    for (const auto& solution : solutions_) out_.backward_error = std::max(out_.backward_error, solution.backward_error);
    choose_years();
    base_levels();
    for (int year = programme_.first_year; year <= programme_.last_year; ++year) rows_of_year(year);
    discounted();
    stated_values();
    transfers();
    not_counted();
    return std::move(out_);
  }

 private:
  using Values = std::vector<double>;

  // --- finding scenarios ---------------------------------------------------------------------------

  const std::size_t none_ = static_cast<std::size_t>(-1);

  std::size_t find(int year, View view, const std::string& measure = "", Step step = Step::stated) const {
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
      const NamedScenario& s = scenarios_[k];
      if (s.scenario.year == year && s.view == view && s.measure == measure && (view != View::step || s.step == step)) return k;
    }
    return none_;
  }

  Values value_added_of(std::size_t scenario) const {
    return scenario == none_ ? Values(a_.cells.size(), 0.0) : cells_[scenario].value_added;
  }

  // A sum in which gains and losses cancel to less than the digits that the solves guarantee is zero: what some
  // gain, others lose.
  double group_sum(const RegionGroup& group, const Values& by_cell) const {
    Sum sum, size;
    for (std::size_t i = 0; i < by_cell.size(); ++i)
      if (group.has[static_cast<std::size_t>(a_.cells[i].region)]) sum.add(by_cell[i]), size.add(std::fabs(by_cell[i]));
    return std::fabs(sum.value()) <= std::pow(10.0, -system_.certificate().digits) * size.value() ? 0.0 : sum.value();
  }

  // The same over the cells for which there is a number, where there are some without; NaN if there is none at all.
  double known_sum(const RegionGroup& group, const Values& by_cell) const {
    Values known = by_cell;
    bool any = false;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (std::isnan(known[i]))
        known[i] = 0.0;
      else
        any |= group.has[static_cast<std::size_t>(a_.cells[i].region)];
    }
    return any ? group_sum(group, known) : std::nan("");
  }

  static Values difference(const Values& x, const Values& y) {
    Values d(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) d[i] = x[i] - y[i];
    return d;
  }

  void add(std::string indicator, std::string region, std::string sector, std::string partner, int year, std::string measure,
           std::string term, double value, std::string unit) {
    out_.rows.push_back({std::move(indicator), std::move(region), std::move(sector), std::move(partner), year, std::move(measure),
                         std::move(term), value, std::move(unit)});
  }

  // --- levels --------------------------------------------------------------------------------------

  // The year in which the largest absolute sum of value added moves, and the last year.
  void choose_years() {
    int peak = programme_.last_year;
    double largest = 0.0;
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
      if (scenarios_[k].view != View::headline && scenarios_[k].view != View::pipeline) continue;
      Sum size;
      for (const double v : cells_[k].value_added) size.add(std::fabs(v));
      if (size.value() > largest) largest = size.value(), peak = scenarios_[k].scenario.year;
    }
    out_.years_in_detail = {peak};
    if (peak != programme_.last_year) out_.years_in_detail.push_back(programme_.last_year);
  }

  void base_levels() {
    Values output(a_.output.values().begin(), a_.output.values().end()), added(a_.cells.size());
    for (std::size_t i = 0; i < added.size(); ++i) added[i] = value_added(a_, static_cast<int>(i));
    base_["output"] = output, base_["value_added"] = added;
    for (std::size_t s = 0; s < a_.satellites.size(); ++s)
      base_[a_.satellites[s].code] = Values(a_.satellite.row(s).begin(), a_.satellite.row(s).end());
    for (const auto& [name, unit] : money_and_satellites())
      for (const RegionGroup& group : groups_) {
        const double level = group_sum(group, base_.at(name));
        if (!std::isnan(level)) add(name + "_base", group.name, "", "", a_.year, "", "", level, unit);
      }
    const auto names = money_and_satellites();
    for (std::size_t k = 0; k < names.size(); ++k) by_sector(k, base_.at(names[k].first), names[k].first + "_base", a_.year, "");
    border_totals(base_trade(a_).sales, a_.year, "_base");
  }

  std::vector<std::pair<std::string, std::string>> money_and_satellites() const {
    std::vector<std::pair<std::string, std::string>> names = {{"output", unit_}, {"value_added", unit_}};
    for (const Satellite& s : a_.satellites) names.emplace_back(s.code, satellite_unit(s));
    return names;
  }

  const Values& values_of(const CellEffects& effects, std::size_t indicator) const {
    return indicator == 0 ? effects.output : indicator == 1 ? effects.value_added : effects.satellites[indicator - 2];
  }

  // Rows by region group for one scenario.
  void totals(const CellEffects& effects, int year, const std::string& measure, const std::string& term, bool percent) {
    const auto names = money_and_satellites();
    for (std::size_t k = 0; k < names.size(); ++k)
      for (const RegionGroup& group : groups_) {
        const double value = group_sum(group, values_of(effects, k));
        if (std::isnan(value)) {  // not available everywhere: the row says so, and a finding of the accounts says where
          const double known = known_sum(group, values_of(effects, k));
          if (!std::isnan(known))
            add(names[k].first, group.name, "", "", year, measure, term.empty() ? "where known" : term + ", where known", known,
                names[k].second);
          continue;
        }
        add(names[k].first, group.name, "", "", year, measure, term, value, names[k].second);
        const double level = group_sum(group, base_.at(names[k].first));
        if (percent && level > 0.0) add(names[k].first + "_percent", group.name, "", "", year, measure, term, 100.0 * value / level, "%");
      }
  }

  // Rows by region and sector and, with the empty region, by sector over all of them; no finer than the source of a
  // satellite allows. `k` counts as in money_and_satellites.
  void by_sector(std::size_t k, const Values& values, const std::string& indicator, int year, const std::string& term) {
    const Resolution resolution = k < 2 ? Resolution::cell : a_.satellites[k - 2].resolution;
    if (resolution == Resolution::region) return;
    const std::string unit = money_and_satellites()[k].second;
    std::map<std::pair<int, std::string>, Sum> grouped;  // region, sector or sector group
    std::map<std::string, Sum> together;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto sector = static_cast<std::size_t>(a_.cells[i].sector);
      const std::string& name = resolution == Resolution::cell ? a_.sectors[sector].code : a_.satellites[k - 2].sector_group[sector];
      grouped[{a_.cells[i].region, name}].add(values[i]), together[name].add(values[i]);
    }
    for (const auto& [where, sum] : grouped)
      if (!std::isnan(sum.value()))
        add(indicator, a_.regions[static_cast<std::size_t>(where.first)].code, where.second, "", year, "", term, sum.value(), unit);
    for (const auto& [sector, sum] : together)
      if (!std::isnan(sum.value())) add(indicator, "", sector, "", year, "", term, sum.value(), unit);
  }

  void cells(const CellEffects& effects, int year, const std::string& term) {
    const auto names = money_and_satellites();
    for (std::size_t k = 0; k < names.size(); ++k) by_sector(k, values_of(effects, k), names[k].first, year, term);
  }

  // --- one year ------------------------------------------------------------------------------------

  void rows_of_year(int year) {
    const std::size_t headline = find(year, View::headline), lasting = find(year, View::lasting), pipeline = find(year, View::pipeline);
    if (headline != none_) {
      totals(cells_[headline], year, "", "", true);
      cells(cells_[headline], year, "");
      temporary_and_lasting(year, headline, lasting);
      gross_to_net(year);
      trade(year, headline);
      prices(year, headline);
      limits(year, headline);
    }
    measures(year, headline);
    if (pipeline != none_) totals(minus(pipeline, headline), year, "", "pipeline", false);
  }

  CellEffects minus(std::size_t scenario, std::size_t other) const {
    if (other == none_) return cells_[scenario];
    CellEffects d{
        difference(cells_[scenario].output, cells_[other].output), difference(cells_[scenario].value_added, cells_[other].value_added), {}};
    for (std::size_t s = 0; s < a_.satellites.size(); ++s)
      d.satellites.push_back(difference(cells_[scenario].satellites[s], cells_[other].satellites[s]));
    return d;
  }

  void temporary_and_lasting(int year, std::size_t headline, std::size_t lasting) {
    totals(minus(headline, lasting), year, "", "temporary", false);
    if (lasting != none_) totals(cells_[lasting], year, "", "lasting", false);
  }

  // Each bar is one more step switched on and solved again, less the bar before.
  void gross_to_net(int year) {
    Values before(a_.cells.size(), 0.0);
    for (const Step step : all_steps) {
      const std::size_t at = find(year, View::step, "", step);
      const Values now = value_added_of(at);
      const Values bar = difference(now, before);
      for (const RegionGroup& group : groups_)
        add("gross_to_net", group.name, "", "", year, "", step_name(step), group_sum(group, bar), unit_);
      before = now;
    }
  }

  void measures(int year, std::size_t headline) {
    CellEffects rest = headline == none_ ? CellEffects{} : cells_[headline];
    std::size_t committed = 0;
    for (const Written& measure : programme_.measures) {
      const std::size_t alone = find(year, View::measure, measure.id);
      if (alone == none_) continue;
      totals(cells_[alone], year, measure.id, "", false);
      if (const std::size_t stays = find(year, View::lasting, measure.id); stays != none_)
        totals(cells_[stays], year, measure.id, "lasting", false);
      if (!is_committed(measure)) continue;
      ++committed;
      rest.output = difference(rest.output, cells_[alone].output);
      rest.value_added = difference(rest.value_added, cells_[alone].value_added);
      for (std::size_t s = 0; s < a_.satellites.size(); ++s)
        rest.satellites[s] = difference(rest.satellites[s], cells_[alone].satellites[s]);
    }
    if (committed > 1) totals(rest, year, "(interaction)", "", false);
  }

  // --- trade and prices ----------------------------------------------------------------------------

  void trade(int year, std::size_t scenario) {
    const TradeEffects change = trade_effects(system_, solutions_[scenario]);
    const bool in_detail = std::find(out_.years_in_detail.begin(), out_.years_in_detail.end(), year) != out_.years_in_detail.end();
    pairs("trade", change.sales, year);
    if (in_detail) pairs_by_sector(change.sales, year);
    border_totals(change.sales, year);
    if (year == out_.years_in_detail.front()) pairs("trade_base", base_trade(a_).sales, a_.year);
  }

  std::vector<std::vector<Sum>> pair_sums(const Matrix& sales) const {
    std::vector<std::vector<Sum>> sums(a_.regions.size(), std::vector<Sum>(a_.regions.size()));
    for (std::size_t i = 0; i < sales.rows; ++i)
      for (std::size_t d = 0; d < sales.columns; ++d)
        sums[static_cast<std::size_t>(supplier_region(a_, static_cast<int>(i)))][d].add(sales(i, d));
    return sums;
  }

  void pairs(const std::string& indicator, const Matrix& sales, int year) {
    const auto sums = pair_sums(sales);
    for (std::size_t r = 0; r < sums.size(); ++r)
      for (std::size_t d = 0; d < sums.size(); ++d)
        if (is_leaf(a_, static_cast<int>(r)) && is_leaf(a_, static_cast<int>(d)))
          add(indicator, a_.regions[r].code, "", a_.regions[d].code, year, "", "", sums[r][d].value(), unit_);
  }

  void pairs_by_sector(const Matrix& sales, int year) {
    for (std::size_t i = 0; i < sales.rows; ++i)
      for (std::size_t d = 0; d < sales.columns; ++d)
        if (sales(i, d) != 0.0)
          add("trade", a_.regions[static_cast<std::size_t>(supplier_region(a_, static_cast<int>(i)))].code,
              a_.sectors[static_cast<std::size_t>(supplier_sector(a_, static_cast<int>(i)))].code, a_.regions[d].code, year, "", "",
              sales(i, d), unit_);
  }

  // Sales over a group's border, in both directions.
  void border_totals(const Matrix& sales, int year, const std::string& suffix = "") {
    const auto sums = pair_sums(sales);
    for (const RegionGroup& group : groups_) {
      Sum exports, imports;
      for (std::size_t r = 0; r < sums.size(); ++r)
        for (std::size_t d = 0; d < sums.size(); ++d) {
          if (group.has[r] && !group.has[d]) exports.add(sums[r][d].value());
          if (!group.has[r] && group.has[d]) imports.add(sums[r][d].value());
        }
      add("exports" + suffix, group.name, "", "", year, "", "", exports.value(), unit_);
      add("imports" + suffix, group.name, "", "", year, "", "", imports.value(), unit_);
    }
  }

  void prices(int year, std::size_t scenario) {
    const LeontiefSolution& solution = solutions_[scenario];
    if (solution.price.empty()) return;
    Values final_use(a_.regions.size(), 0.0);
    for (const Block* block : {&a_.final_use, &a_.imports_final})
      for (std::size_t i = 0; i < block->rows(); ++i)
        for (std::size_t f = 0; f < a_.final_uses.size(); ++f)
          final_use[static_cast<std::size_t>(a_.final_uses[f].region)] += (*block)(i, f);
    for (const RegionGroup& group : groups_) {
      Sum cost, level;
      for (std::size_t r = 0; r < final_use.size(); ++r)
        if (group.has[r]) cost.add(solution.final_extra_cost_by_region[r]), level.add(final_use[r]);
      add("extra_cost", group.name, "", "", year, "", "", cost.value(), unit_);
      if (level.value() > 0.0) add("price", group.name, "", "", year, "", "", 100.0 * cost.value() / level.value(), "%");
    }
  }

  // How full the cells with a limit would be, and what a unit of output more would be worth where they are overfull.
  void limits(int year, std::size_t scenario) {
    for (const LimitUse& limit : solutions_[scenario].limits) {
      const Cell& cell = a_.cells[static_cast<std::size_t>(limit.cell)];
      const std::string &region = a_.regions[static_cast<std::size_t>(cell.region)].code,
                        &sector = a_.sectors[static_cast<std::size_t>(cell.sector)].code;
      add("capacity_use_gross", region, sector, "", year, "", "", 100.0 * limit.output / limit.limit, "%");
      if (!limit.binds()) continue;
      const auto known = capacity_values_.find(limit.cell);
      const double value =
          known != capacity_values_.end() ? known->second : value_of_output(system_, coefficients_.value_added, limit.cell);
      capacity_values_[limit.cell] = value;
      add("capacity_value_gross", region, sector, "", year, "", "", value, "per unit of output");
    }
  }

  // --- over the horizon ----------------------------------------------------------------------------

  void discounted() {
    for (const RegionGroup& group : groups_) {
      Sum sum;
      for (int year = programme_.first_year; year <= programme_.last_year; ++year) {
        const std::size_t at = find(year, View::headline);
        if (at != none_)
          sum.add(group_sum(group, cells_[at].value_added) /
                  std::pow(1.0 + programme_.appraisal.discount_rate, year - programme_.first_year));
      }
      add("value_added_discounted", group.name, "", "", programme_.first_year, "", "", sum.value(), unit_);
    }
  }

  // What the file says that is bought, delivered or built, before anything is taken off: the size of each measure.
  void stated_values() {
    std::map<std::pair<std::string, int>, Sum> stated;
    for (const Shock& shock : compiled_.shocks)
      if (const auto* demand = std::get_if<std::vector<FinalDemand>>(&shock.change); demand && shock.step == Step::stated)
        for (const FinalDemand& d : *demand) stated[{shock.measure, shock.year}].add(d.amount);
    for (const auto& [key, sum] : stated) add("contract_value", "", "", "", key.second, key.first, "", sum.value(), unit_);
  }

  void transfers() {
    for (const Shock& shock : compiled_.shocks)
      if (const auto* transfer = std::get_if<Transfer>(&shock.change))
        add("transfer", a_.regions[static_cast<std::size_t>(transfer->from)].code, "",
            a_.regions[static_cast<std::size_t>(transfer->to)].code, shock.year, shock.measure, "", transfer->amount, unit_);
  }

  void not_counted() {
    std::set<const Shock*> named;
    for (const LeontiefSolution& solution : solutions_) named.insert(solution.not_counted.begin(), solution.not_counted.end());
    for (const Shock& shock : compiled_.shocks)
      if (named.count(&shock)) out_.not_counted.push_back(&shock);
  }

  const LeontiefSystem& system_;
  const Accounts& a_;
  const Programme& programme_;
  const Compiled& compiled_;
  const EffectCoefficients coefficients_;
  const std::vector<RegionGroup> groups_;
  const std::string unit_;
  std::vector<NamedScenario> scenarios_;
  std::vector<LeontiefSolution> solutions_;
  std::vector<CellEffects> cells_;
  std::map<std::string, Values> base_;
  std::map<int, double> capacity_values_;  // by cell, of the limits that bind: one solve each
  ProgrammeEffects out_;
};

}  // namespace

ProgrammeEffects effects_of_programme(const LeontiefSystem& system, const Programme& programme, const Compiled& compiled) {
  return Effects(system, programme, compiled).run();
}

}  // namespace kontor
