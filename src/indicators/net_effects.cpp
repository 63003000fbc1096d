// The programme's years in the equilibrium model: the headline under each closure, the way from gross to net, each measure
// alone. Years follow each other from a warm start; closures and steps do not wait for each other.
#include "kontor/indicators/net_effects.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/certify.h"
#include "kontor/model/equilibrium.h"
#include "kontor/model/real_income_parts.h"
#include "kontor/model/scenarios.h"
#include "net_appraisal.h"
#include "net_attribution.h"
#include "net_rows.h"
#include "net_targets.h"
#include "public_money.h"

namespace kontor {

namespace {

/// One thing more that adjusts, in the order of the bars.
struct NetStep {
  const char* name;
  Mechanisms on;
};

constexpr NetStep net_steps[] = {
    {"cheaper supply and instruments", {false, false, false, false}},
    {"limits of capacity", {true, false, false, false}},
    {"wages and prices", {true, true, false, false}},
    {"financing and spending", {true, true, true, false}},
    {"ownership of added profits", {true, true, true, true}},
};

/// One measure by itself over the years.
struct Alone {
  Equilibrium found;          // of the year last solved: the next one starts there
  std::vector<double> goals;  // shares of its targets in that year
  std::map<int, YearOfAppraisal> years;
  LastingYear lasting;
  bool spends = false;
};

/// Everything of one closure and set of mechanisms: the years in turn.
struct Chain {
  std::string term;
  Closure closure;
  Mechanisms on;
  bool rows = false;               // the headline itself: all rows, and the details
  bool measures = false;           // each measure alone as well
  const char* step = nullptr;      // a bar
  std::set<std::string> left_out;  // measures whose target is out of reach: their change of shares is not counted
  std::vector<UnreachedTarget> unreached;

  Economy baseline;
  Equilibrium base_solution;
  std::map<int, Equilibrium> headline;                        // by year
  std::map<int, Economy> economies;                           // by year
  std::vector<std::pair<NamedScenario, Equilibrium>> others;  // measures alone, what lasts, the pipeline
  std::vector<Economy> other_economies;
  std::map<std::string, Alone> alone;  // by measure
  Equilibrium worst;                   // largest residuals of the measures alone; no solution
  std::vector<const Shock*> not_counted;
  Certificate certificate;
  RealIncomeParts parts;  // of the last year
};

bool holds_year(const std::vector<int>& years, int year) { return std::find(years.begin(), years.end(), year) != years.end(); }

[[noreturn]] void no_answer(const Chain& chain, const Economy& economy, int year, const Equilibrium& found) {
  std::string what = "closure " + chain.closure.name + (year ? ", " + std::to_string(year) : ", baseline") + ": " + found.outcome;
  std::string remedy = "look at `kontor check` of the accounts; try the other closure, or smaller steps";
  if (!economy.targets.empty()) {
    std::vector<std::string> ids;
    for (const WedgeTarget& t : economy.targets) ids.push_back(t.measure + " (" + number_text(std::round(1e4 * t.share) / 100) + " %)");
    what += "; its target may be out of the instrument's reach: " + joined(ids, ", ");
    remedy = "lower the target, or choose another instrument";
  }
  fail(Exit::no_answer, "no-answer", "", "", "", what, "an equilibrium within the tolerance", remedy);
}

class NetRun {
 public:
  NetRun(const Calibration& base, const Programme& programme, const Compiled& compiled, const std::vector<EffectRow>& gross,
         const std::vector<int>& detail, const AttributionOptions& attribution)
      : base_(base),
        programme_(programme),
        gross_(gross),
        detail_(detail),
        attribution_(attribution),
        groups_(region_groups(*base.accounts, programme)) {
    scenarios_ = scenarios_of(programme, compiled);
    for (const Shock& shock : compiled.shocks) owned_ |= std::holds_alternative<Ownership>(shock.change);
  }

  NetEffects run() {
    std::vector<Chain> chains = chains_of();
    for_each_block(chains.size(), thread_count(), [&](std::size_t k) { solve(chains[k]); });
    if (const std::set<std::string>& left_out = chains.front().left_out; !left_out.empty())  // the bars are of what is counted
      for_each_block(chains.size(), thread_count(), [&](std::size_t k) {
        if (chains[k].step != nullptr) chains[k].left_out = left_out, solve(chains[k]);
      });
    std::vector<NetEffects> attributed = read_solved(chains);
    for (Chain& chain : chains)
      if (chain.rows) rows_of(chain);
    for (NetEffects& year : attributed) {
      out_.rows.insert(out_.rows.end(), year.rows.begin(), year.rows.end());
      out_.findings.insert(out_.findings.end(), year.findings.begin(), year.findings.end());
    }
    bars(chains);
    out_.assumptions = base_.assumptions;
    if (!owns_capital())
      out_.assumptions.push_back("the accounts hold one factor for all: the preset closures, which tell capital from labour, are left out");
    out_.findings.insert(out_.findings.begin(), base_.findings.begin(), base_.findings.end());
    add_target_findings(programme_, *base_.accounts, out_.unreached, out_.findings);
    return std::move(out_);
  }

 private:
  // Both presets say what becomes of capital: accounts with one factor for all have none to say it of.
  bool owns_capital() const {
    return std::any_of(base_.capital_income.begin(), base_.capital_income.end(), [](double income) { return income > 0.0; });
  }

  // The programme's own closure first, then the presets it is not.
  std::vector<Chain> chains_of() const {
    std::vector<Chain> chains;
    Chain own;
    own.closure = programme_.closure_rules;
    own.rows = own.measures = true;
    chains.push_back(own);
    for (const Closure& preset : {short_run(), long_run()}) {
      if (preset.name == own.closure.name || !owns_capital()) continue;
      Chain other;
      other.term = preset.name, other.closure = preset, other.rows = true;
      chains.push_back(other);
    }
    for (const NetStep& step : net_steps) {
      if (&step == std::end(net_steps) - 1) break;  // the last bar ends at the headline
      if (step.on.incomes && !owned_) break;        // without owners elsewhere the headline is this step already
      Chain bar;
      bar.closure = own.closure, bar.on = step.on, bar.step = step.name;
      chains.push_back(bar);
    }
    return chains;
  }

  static std::vector<const Shock*> counted(const Chain& chain, const Scenario& scenario) {
    std::vector<const Shock*> shocks;
    for (const Shock* shock : scenario.shocks)
      if (!std::holds_alternative<Target>(shock->change) || chain.left_out.count(shock->measure) == 0) shocks.push_back(shock);
    return shocks;
  }

  Economy entered(const Chain& chain, const Scenario& scenario, std::vector<const Shock*>& not_counted) const {
    Economy economy = economy_with(chain.baseline, counted(chain, scenario), not_counted);
    economy.wedge_revenue_before = chain.base_solution.flows.wedge_revenue;
    return economy;
  }

  // One economy. False if a target is out of reach: then it is left out, and the years begin again. A bar is a step on the way,
  // where an instrument may stand at its bound.
  bool solve_one(Chain& chain, const EquilibriumSolver& solver, Economy& economy, int year, const std::vector<double>& start,
                 Equilibrium& found) const {
    if (economy.targets.empty()) {
      found = solver.solve(economy, start);
    } else {
      Reached reached = solve_within_reach(solver, economy, {}, start);
      found = std::move(reached.solution);
      for (const OutOfReach& target : reached.out_of_reach) {
        if (chain.step != nullptr) {
          for (WedgeTarget& t : economy.targets)
            if (t.measure == target.measure) t.held = true, t.held_at = std::log1p(target.rate);
          continue;
        }
        chain.left_out.insert(target.measure);
        chain.unreached.push_back({chain.term, chain.closure.name, year, target});
      }
      if (!reached.out_of_reach.empty() && chain.step == nullptr) return false;
      if (!reached.out_of_reach.empty()) found = solver.solve(economy);
    }
    if (!found.solved()) no_answer(chain, economy, year, found);
    return true;
  }

  void solve(Chain& chain) const {
    chain.baseline = baseline_economy(base_, chain.closure, chain.on);
    const EquilibriumSolver solver(chain.baseline);
    chain.base_solution = solver.solve(chain.baseline);
    if (!chain.base_solution.solved()) no_answer(chain, chain.baseline, 0, chain.base_solution);
    do {
      chain.headline.clear(), chain.economies.clear(), chain.others.clear(), chain.other_economies.clear(), chain.not_counted.clear();
      chain.alone.clear(), chain.worst = {};
    } while (!solve_years(chain, solver));
  }

  // How well years are solved, where real income comes from, and which measure brings about how much: none waits for another.
  std::vector<NetEffects> read_solved(std::vector<Chain>& chains) const {
    Chain& own = chains.front();
    std::vector<const NamedScenario*> years;  // in detail
    for (const NamedScenario& named : scenarios_)
      if (named.view == View::headline && holds_year(detail_, named.scenario.year)) years.push_back(&named);
    std::vector<NetEffects> attributed(years.size());
    std::vector<std::function<void()>> tasks;
    for (std::size_t k = 0; k < years.size(); ++k) tasks.emplace_back([&, k] { attribute(own, *years[k], attributed[k]); });
    if (!own.headline.empty())
      tasks.emplace_back([&] {
        const auto& [year, last] = *own.headline.rbegin();
        own.parts = split_real_income(EquilibriumSolver(own.baseline), own.baseline, own.base_solution, own.economies.at(year), last);
      });
    for (Chain& chain : chains)
      if (chain.rows) tasks.emplace_back([&] { certify_chain(chain); });
    for_each_block(tasks.size(), thread_count(), [&](std::size_t k) { tasks[k](); });
    return attributed;
  }

  bool solve_years(Chain& chain, const EquilibriumSolver& solver) const {
    std::vector<double> start = chain.base_solution.state;
    for (const NamedScenario& named : scenarios_) {
      if (named.view != View::headline) continue;
      const int year = named.scenario.year;
      Economy economy = entered(chain, named.scenario, chain.not_counted);
      Equilibrium found;
      if (!solve_one(chain, solver, economy, year, start, found)) return false;
      start = found.state;
      chain.headline[year] = std::move(found);
      if (chain.rows) chain.economies[year] = std::move(economy);  // a bar needs its flows alone
    }
    if (!chain.rows) return true;
    for (const NamedScenario& named : scenarios_) {
      const bool lasting = named.view == View::lasting && named.measure.empty() && named.scenario.year == programme_.last_year;
      const bool pipeline = chain.measures && named.view == View::pipeline && holds_year(detail_, named.scenario.year);
      if (chain.measures && (named.view == View::measure || (named.view == View::lasting && !named.measure.empty())))
        if (!solve_alone(chain, solver, named)) return false;
      if (!lasting && !pipeline) continue;
      std::vector<const Shock*> ignored;
      Economy economy = entered(chain, named.scenario, pipeline ? chain.not_counted : ignored);
      Equilibrium found;
      if (!solve_one(chain, solver, economy, named.scenario.year, {}, found)) return false;
      chain.others.emplace_back(named, std::move(found));
      chain.other_economies.push_back(std::move(economy));
    }
    return true;
  }

  // One measure in one year: rows in the years in detail, its stream for the appraisal in all. A year that is like the one
  // before is found at once, for the solver starts there; a target is met from its own start where its share moves. False as
  // solve_one says.
  bool solve_alone(Chain& chain, const EquilibriumSolver& solver, const NamedScenario& named) const {
    const int year = named.scenario.year;
    const bool detail = named.view == View::measure && holds_year(detail_, year);
    Alone& alone = chain.alone[named.measure];
    std::vector<const Shock*> ignored;
    Economy economy = entered(chain, named.scenario, detail ? chain.not_counted : ignored);
    std::vector<double> goals;
    for (const WedgeTarget& target : economy.targets) goals.push_back(target.share);
    Equilibrium found;
    if (goals == alone.goals) {
      found = solver.solve(economy, alone.found.state);
      if (!found.solved()) no_answer(chain, economy, year, found);
    } else if (!solve_one(chain, solver, economy, year, {}, found)) {
      return false;
    }
    const NetContext context = context_of(chain);
    chain.worst.residual = std::max(chain.worst.residual, found.residual);
    chain.worst.walras = std::max(chain.worst.walras, found.walras), chain.worst.market = std::max(chain.worst.market, found.market);
    if (named.view == View::lasting) {
      alone.lasting = lasting_year(context, economy, found.flows);
      return true;
    }
    alone.spends |= is_public_money(named.scenario.shocks);
    alone.years[year] = year_of_appraisal(context, economy, found.flows);
    alone.found = found, alone.goals = goals;
    if (!detail) return true;
    chain.others.emplace_back(named, std::move(found));
    chain.other_economies.push_back(std::move(economy));
    return true;
  }

  NetContext context_of(const Chain& chain) const {
    return {base_, *base_.accounts, groups_, chain.baseline, chain.base_solution.flows, chain.closure.labour == LabourRule::real_wage};
  }

  void rows_of(const Chain& chain) {
    const NetContext context = context_of(chain);
    for (const auto& [year, found] : chain.headline) {
      const NetPlace place{year, "", chain.term};
      const Economy& economy = chain.economies.at(year);
      add_totals(context, place, economy, found.flows, out_.rows);
      add_prices_and_budgets(context, place, economy, found.flows, out_.rows);
      add_capacity_use(context, place, economy, found.flows, out_.rows);
      if (holds_year(detail_, year)) add_detail(context, place, found.flows, out_.rows);
    }
    LastingYear lasting;
    for (std::size_t k = 0; k < chain.others.size(); ++k) {
      const auto& [named, found] = chain.others[k];
      if (named.view == View::lasting) {
        lasting = lasting_year(context, chain.other_economies[k], found.flows);
        continue;
      }
      const NetPlace place{named.scenario.year, named.measure, named.view == View::pipeline ? "pipeline" : chain.term};
      const auto headline = chain.headline.find(named.scenario.year);
      if (named.view == View::pipeline && headline != chain.headline.end()) {  // what it adds on top
        NetContext on_top{base_, *base_.accounts, groups_, chain.baseline, headline->second.flows, context.jobs_free};
        Economy added = chain.other_economies[k];
        for (std::size_t r = 0; r < added.consumed.size(); ++r) added.consumed[r] -= chain.economies.at(named.scenario.year).consumed[r];
        add_totals(on_top, place, added, found.flows, out_.rows);
        continue;
      }
      add_totals(context, place, chain.other_economies[k], found.flows, out_.rows);
      if (named.view == View::measure) add_prices_and_budgets(context, place, chain.other_economies[k], found.flows, out_.rows);
    }
    if (chain.measures)
      for (const NamedScenario& named : scenarios_)
        if (named.view == View::headline || (named.view == View::measure && holds_year(detail_, named.scenario.year)))
          add_social_savings(context, {named.scenario.year, named.measure, chain.term}, named.scenario.shocks, out_.rows);
    if (chain.measures && chain.parts.solved && !chain.headline.empty()) parts_of(chain, context);
    interaction(chain);
    std::map<int, YearOfAppraisal> years;
    for (const auto& [year, found] : chain.headline) years[year] = year_of_appraisal(context, chain.economies.at(year), found.flows);
    add_appraisal(context, programme_, years, lasting.variation, chain.term, out_.rows);
    value_for_money(chain, context, years, lasting);
    for (const Shock* shock : chain.not_counted)
      if (std::find(out_.not_counted.begin(), out_.not_counted.end(), shock) == out_.not_counted.end()) out_.not_counted.push_back(shock);
    add_unreached(*base_.accounts, chain.unreached, out_.rows);
    out_.unreached.insert(out_.unreached.end(), chain.unreached.begin(), chain.unreached.end());
    out_.runs.push_back({chain.term, chain.closure, chain.certificate});
  }

  // What it is worth and what it costs: all together, then each measure over the same years, so that they can be compared.
  void value_for_money(const Chain& chain, const NetContext& context, const std::map<int, YearOfAppraisal>& years,
                       const LastingYear& lasting) {
    const int end = last_year_of_appraisal(programme_, years);
    bool spends = false;
    for (const NamedScenario& named : scenarios_) spends |= named.view == View::headline && is_public_money(named.scenario.shocks);
    if (!years.empty()) add_public_money(context, programme_, {years, lasting, end, spends, "", chain.term}, gross_, out_.rows);
    for (const Written& measure : programme_.measures) {
      const auto at = chain.alone.find(measure.id);
      if (at == chain.alone.end()) continue;
      const Alone& alone = at->second;
      const int own_end = std::max(end, last_year_of_appraisal(programme_, alone.years));
      add_appraisal(context, programme_, alone.years, alone.lasting.variation, chain.term, out_.rows, measure.id, own_end);
      add_public_money(context, programme_, {alone.years, alone.lasting, own_end, alone.spends, measure.id, chain.term}, gross_, out_.rows);
    }
  }

  // Which measure brought about how much in a year.
  void attribute(const Chain& chain, const NamedScenario& named, NetEffects& found) const {
    const int year = named.scenario.year;
    const NetContext context = context_of(chain);
    const MeasuresInPart measures(chain.baseline, chain.base_solution, counted(chain, named.scenario), chain.economies.at(year).targets);
    if (measures.count() == 0) return;  // nothing but targets out of reach
    const AttributedYear attributed{year, measures, chain.base_solution, chain.headline.at(year)};
    if (attribution_.path) add_path_rows(context, attributed, found.rows, found.findings);
    if (attribution_.shapley)
      add_set_rows(context, attributed, EquilibriumSolver(chain.baseline), {attribution_.orders, attribution_.seed}, found.rows,
                   found.findings);
  }

  void parts_of(const Chain& chain, const NetContext& context) {
    const int year = chain.headline.rbegin()->first;
    for (const RegionGroup& group : groups_) {
      for (std::size_t k = 0; k < chain.parts.parts.size(); ++k)
        out_.rows.push_back({"real_income_part", group.name, "", "", year, "", real_income_part_names[k],
                             group_total(context, group, chain.parts.parts[k]), money_unit(*base_.accounts)});
      out_.rows.push_back({"real_income_part", group.name, "", "", year, "", "error of the path",
                           group_total(context, group, chain.parts.error), money_unit(*base_.accounts)});
    }
  }

  // What the committed measures do together beyond the sum of each alone, in the years in detail.
  void interaction(const Chain& chain) {
    if (!chain.measures) return;
    std::vector<std::string> indicators = {"equivalent_variation", "value_added_net"};
    for (const Satellite& satellite : base_.accounts->satellites) indicators.push_back(satellite.code + "_net");
    for (const std::string& indicator : indicators)
      for (const int year : detail_)
        for (const RegionGroup& group : groups_) {
          double rest = 0.0;
          std::size_t committed = 0;
          std::string unit;
          bool any = false;
          for (const EffectRow& row : out_.rows) {
            if (row.indicator != indicator || row.year != year || row.region != group.name || !row.sector.empty() || row.term != chain.term)
              continue;
            const auto measure =
                std::find_if(programme_.measures.begin(), programme_.measures.end(), [&](const Written& m) { return m.id == row.measure; });
            if (row.measure.empty())
              rest += row.value, any = true, unit = row.unit;
            else if (measure != programme_.measures.end() && is_committed(*measure))
              rest -= row.value, ++committed;
          }
          if (any && committed > 1) out_.rows.push_back({indicator, group.name, "", "", year, "(interaction)", chain.term, rest, unit});
        }
  }

  // The last year certified from several starts; residuals and books the worst of all solves.
  void certify_chain(Chain& chain) const {
    const bool any = !chain.headline.empty();
    const Economy& economy = any ? chain.economies.rbegin()->second : chain.baseline;
    Certificate c = certify(economy, any ? chain.headline.rbegin()->second : chain.base_solution);
    const auto take = [&](const Equilibrium& e) {
      c.residual = std::max(c.residual, e.residual), c.walras = std::max(c.walras, e.walras), c.market = std::max(c.market, e.market);
    };
    take(chain.base_solution);
    for (const auto& [year, found] : chain.headline) take(found);
    for (const auto& [named, found] : chain.others) take(found);
    take(chain.worst);
    c.digits = -std::log10(c.condition * std::max(c.residual, std::numeric_limits<double>::epsilon())) - 1.0;
    if (!c.solved())
      fail(Exit::no_answer, "no-answer", "", "", "", "closure " + chain.closure.name + ": " + c.outcome,
           "one equilibrium, and enough digits", "smaller measures, another closure, or a lower `scale` in [parameters]");
    chain.certificate = std::move(c);
  }

  // Each bar: value added with one thing more, less with one thing less; the first follows the fixed-price model.
  void bars(const std::vector<Chain>& chains) {
    for (const NamedScenario& named : scenarios_) {
      if (named.view != View::headline) continue;
      const int year = named.scenario.year;
      for (const RegionGroup& group : groups_) {
        double before = value_of(gross_, {"value_added", group.name, "", "", "", "", year});
        if (std::isnan(before)) before = 0.0;
        for (const NetStep& step : net_steps) {
          const Chain* chain = &chains.front();
          for (const Chain& c : chains)
            if (c.step == step.name) chain = &c;
          const NetContext context = context_of(*chain);
          const double now = group_total(context, group, by_region(base_, value_added_change(context, chain->headline.at(year).flows)));
          out_.rows.push_back({"gross_to_net", group.name, "", "", year, "", step.name, now - before, money_unit(*base_.accounts)});
          before = now;
        }
      }
    }
  }

  const Calibration& base_;
  const Programme& programme_;
  const std::vector<EffectRow>& gross_;
  const std::vector<int>& detail_;
  const AttributionOptions attribution_;
  const std::vector<RegionGroup> groups_;
  std::vector<NamedScenario> scenarios_;
  bool owned_ = false;
  NetEffects out_;
};

}  // namespace

NetEffects net_effects(const Calibration& calibration, const Programme& programme, const Compiled& compiled,
                       const std::vector<EffectRow>& gross, const std::vector<int>& years_in_detail,
                       const AttributionOptions& attribution) {
  return NetRun(calibration, programme, compiled, gross, years_in_detail, attribution).run();
}

}  // namespace kontor
