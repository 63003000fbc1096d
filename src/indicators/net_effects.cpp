// The programme's years in the equilibrium model: the headline under each closure, the way from gross to net, each measure
// alone. Years follow each other from a warm start; closures and steps do not wait for each other.
#include "kontor/indicators/net_effects.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

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

/// Everything of one closure and set of mechanisms: the years in turn.
struct Chain {
  std::string term;
  Closure closure;
  Mechanisms on;
  bool rows = false;           // the headline itself: all rows, and the details
  bool measures = false;       // each measure alone as well
  const char* step = nullptr;  // a bar

  Economy baseline;
  Equilibrium base_solution;
  std::map<int, Equilibrium> headline;                        // by year
  std::map<int, Economy> economies;                           // by year
  std::vector<std::pair<NamedScenario, Equilibrium>> others;  // measures alone, what lasts, the pipeline
  std::vector<Economy> other_economies;
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
    for (Chain& chain : chains)
      if (chain.rows) rows_of(chain);
    attribute(chains.front());
    bars(chains);
    out_.assumptions = base_.assumptions;
    if (!owns_capital())
      out_.assumptions.push_back("the accounts hold one factor for all: the preset closures, which tell capital from labour, are left out");
    out_.findings.insert(out_.findings.begin(), base_.findings.begin(), base_.findings.end());
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

  Economy entered(const Chain& chain, const Scenario& scenario, std::vector<const Shock*>& not_counted) const {
    Economy economy = economy_with(chain.baseline, scenario.shocks, not_counted);
    economy.wedge_revenue_before = chain.base_solution.flows.wedge_revenue;
    return economy;
  }

  void solve(Chain& chain) const {
    chain.baseline = baseline_economy(base_, chain.closure, chain.on);
    const EquilibriumSolver solver(chain.baseline);
    chain.base_solution = solver.solve(chain.baseline);
    if (!chain.base_solution.solved()) no_answer(chain, chain.baseline, 0, chain.base_solution);
    std::vector<double> start = chain.base_solution.state;
    for (const NamedScenario& named : scenarios_) {
      if (named.view != View::headline) continue;
      const int year = named.scenario.year;
      Economy economy = entered(chain, named.scenario, chain.not_counted);
      const std::vector<double> warm = economy.targets.empty() ? start : std::vector<double>();
      Equilibrium found = solver.solve(economy, warm);
      if (!found.solved()) no_answer(chain, economy, year, found);
      if (economy.targets.empty()) start = found.state;
      chain.headline[year] = std::move(found);
      chain.economies[year] = std::move(economy);
    }
    if (!chain.rows) return;
    for (const NamedScenario& named : scenarios_) {
      const bool last = named.scenario.year == programme_.last_year;
      const bool wanted = named.view == View::lasting ? last
                                                      : chain.measures && (named.view == View::measure || named.view == View::pipeline) &&
                                                            holds_year(detail_, named.scenario.year);
      if (!wanted) continue;
      std::vector<const Shock*> ignored;
      Economy economy =
          entered(chain, named.scenario, named.view == View::pipeline || named.view == View::measure ? chain.not_counted : ignored);
      Equilibrium found = solver.solve(economy);
      if (!found.solved()) no_answer(chain, economy, named.scenario.year, found);
      chain.others.emplace_back(named, std::move(found));
      chain.other_economies.push_back(std::move(economy));
    }
    if (chain.measures && !chain.headline.empty()) {
      const auto& [year, last] = *chain.headline.rbegin();
      chain.parts = split_real_income(solver, chain.baseline, chain.base_solution, chain.economies.at(year), last);
    }
    certify_chain(chain);
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
    std::vector<double> lasting;
    for (std::size_t k = 0; k < chain.others.size(); ++k) {
      const auto& [named, found] = chain.others[k];
      if (named.view == View::lasting) {
        lasting = equivalent_variation(context, chain.other_economies[k], found.flows);
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
    add_appraisal(context, programme_, years, lasting, chain.term, out_.rows);
    for (const Shock* shock : chain.not_counted)
      if (std::find(out_.not_counted.begin(), out_.not_counted.end(), shock) == out_.not_counted.end()) out_.not_counted.push_back(shock);
    out_.runs.push_back({chain.term, chain.closure, chain.certificate});
  }

  // Which measure brought about how much, in the years in detail: these do not wait for each other.
  void attribute(const Chain& chain) {
    const NetContext context = context_of(chain);
    std::vector<const NamedScenario*> years;
    for (const NamedScenario& named : scenarios_)
      if (named.view == View::headline && holds_year(detail_, named.scenario.year)) years.push_back(&named);
    std::vector<NetEffects> found(years.size());
    for_each_block(years.size(), thread_count(), [&](std::size_t k) {
      std::optional<OnThisThread> by_itself;
      if (years.size() >= static_cast<std::size_t>(thread_count())) by_itself.emplace();
      const int year = years[k]->scenario.year;
      const MeasuresInPart measures(chain.baseline, chain.base_solution, years[k]->scenario.shocks);
      const AttributedYear attributed{year, measures, chain.base_solution, chain.headline.at(year)};
      if (attribution_.path) add_path_rows(context, attributed, found[k].rows, found[k].findings);
      if (attribution_.shapley)
        add_set_rows(context, attributed, EquilibriumSolver(chain.baseline), {attribution_.orders, attribution_.seed}, found[k].rows,
                     found[k].findings);
    });
    for (NetEffects& year : found) {
      out_.rows.insert(out_.rows.end(), year.rows.begin(), year.rows.end());
      out_.findings.insert(out_.findings.end(), year.findings.begin(), year.findings.end());
    }
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
    for (const char* indicator : {"equivalent_variation", "value_added_net"})
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
