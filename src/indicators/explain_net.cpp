// A net effect: by measure along the way on which all grow, and within each by what its kind of number consists of.
#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <tuple>

#include "explain_parts.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"
#include "kontor/model/income_channels.h"
#include "kontor/model/real_income_parts.h"
#include "kontor/model/scenarios.h"
#include "kontor/model/target_reach.h"
#include "net_outcomes.h"

namespace kontor {

namespace {

/// A level of the tree below a measure.
struct NetLevel {
  std::string kind, name;
};

/// What a number consists of: leaves, each with the names that lead to it, and their change over a step.
struct Leaves {
  std::vector<std::vector<NetLevel>> at;  // by leaf
  std::function<std::vector<SourceCell>(std::size_t leaf)> cells;
  ChangeBetween change;
};

double mean(double x, double y) { return 0.5 * (x + y); }

class NetExplanation {
 public:
  explicit NetExplanation(const Asked& asked)
      : asked_(asked), a_(asked.accounts), groups_(region_groups(asked.accounts, asked.programme)), base_(calibrated(asked)) {
    const std::string& name = asked.question.indicator;
    if (asked.sector >= 0 && name != "value_added_net" && name != "output_net" && satellite() < 0)
      fail(Exit::usage, "no-sectors", "", "", "--sector", name + " is not told apart by sector",
           "value_added_net, output_net, a satellite, or a gross number", "leave --sector out");
    closure_ = closure_asked();
    if (satellite() >= 0 && is_jobs(a_.satellites[static_cast<std::size_t>(satellite())]) && closure_.labour != LabourRule::real_wage)
      fail(Exit::usage, "jobs-fixed", "", "", "--indicator", name + " is fixed by the closure " + closure_.name,
           "a closure that leaves jobs free", "--closure short_run, or the gross number");
  }

  Explained explain() {
    Explained result;
    result.model = closure_.name;
    const Economy baseline = baseline_economy(base_, closure_);
    const EquilibriumSolver solver(baseline);
    const Equilibrium before = solver.solve(baseline);
    if (!before.solved()) no_answer("baseline", before.outcome);
    const NetContext context{base_, a_, groups_, baseline, before.flows, closure_.labour == LabourRule::real_wage};
    const NetOutcomes outcomes(context);
    result.unit = unit_of(outcomes);

    Scenario scenario{asked_.year, {}};
    for (const NamedScenario& named : scenarios_of(asked_.programme, asked_.compiled))
      if (named.view == View::headline && named.scenario.year == asked_.year) scenario = named.scenario;
    // As the run has it: without targets that are out of reach in this year or at the end.
    std::set<std::string> unreached;
    for (const NamedScenario& named : scenarios_of(asked_.programme, asked_.compiled))
      if (named.view == View::headline && named.scenario.year == asked_.programme.last_year && asked_.year != asked_.programme.last_year &&
          has_target(named.scenario))
        solve_reachable(solver, baseline, before.flows, named.scenario.shocks, unreached);
    const Reachable whole = solve_reachable(solver, baseline, before.flows, scenario.shocks, unreached);
    std::erase_if(scenario.shocks,
                  [&](const Shock* shock) { return std::holds_alternative<Target>(shock->change) && unreached.count(shock->measure) > 0; });
    for (const std::string& id : unreached) result.notes.push_back("the target of " + id + " is out of reach and not counted");
    const MeasuresInPart measures(baseline, before, scenario.shocks, whole.economy.targets);
    if (measures.count() == 0) {
      result.notes.push_back("no agreed measure is at work in this year");
      return result;
    }
    const Equilibrium& after = whole.solution;
    if (!after.solved()) no_answer(std::to_string(asked_.year), after.outcome);

    const double scale = scale_of(context);
    const Leaves leaves = leaves_of(context);
    // The number itself first, then its leaves.
    const ChangeBetween change = [&](const PathPoint& from, const PathPoint& to) {
      std::vector<double> all = {number(outcomes, outcomes.values(to.economy, to.flows)) -
                                 number(outcomes, outcomes.values(from.economy, from.flows))};
      const std::vector<double> rest = leaves.change(from, to);
      all.insert(all.end(), rest.begin(), rest.end());
      return all;
    };
    const MeasureParts found = parts_of_number(measures, before, after, change);
    if (!found.solved()) no_answer("on the way to " + std::to_string(asked_.year), found.outcome);
    result.tree.value = scale * found.whole[0];
    for (std::size_t m = 0; m < measures.count(); ++m) {
      Explanation node{"measure", measure_label(asked_.programme, measures.measures()[m]), scale * found.parts(m, 0), {}, {}, {}};
      for (std::size_t leaf = 0; leaf < leaves.at.size(); ++leaf)
        if (const double value = scale * found.parts(m, leaf + 1); value != 0.0) add_leaf(node, leaves, leaf, value);
      result.tree.parts.push_back(std::move(node));
    }
    add_sets(result, measures, solver, before, outcomes, scale);
    result.notes.push_back("by measure along the way on which all grow together, solved at " + std::to_string(found.points) +
                           " points; the parts miss the number by " + number_text(rounded(found_gap(found))) + " of it");
    return result;
  }

 private:
  static bool has_target(const Scenario& scenario) {
    return std::any_of(scenario.shocks.begin(), scenario.shocks.end(),
                       [](const Shock* shock) { return std::holds_alternative<Target>(shock->change); });
  }

  static double rounded(double x) { return x == 0.0 ? 0.0 : std::stod(short_text(x)); }
  static std::string short_text(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", x);
    return text;
  }

  static double found_gap(const MeasureParts& found) {
    double rest = found.whole[0];
    for (std::size_t m = 0; m < found.parts.rows; ++m) rest -= found.parts(m, 0);
    return found.whole[0] != 0.0 ? std::fabs(rest / found.whole[0]) : 0.0;
  }

  static Calibration calibrated(const Asked& asked) {
    std::vector<std::string> used;  // listed by the run itself
    return calibrate(asked.accounts, calibration_options(asked.accounts, asked.programme.parameters, used));
  }

  Closure closure_asked() const {
    const std::string& name = asked_.question.closure;
    if (name.empty() || name == asked_.programme.closure_rules.name) return asked_.programme.closure_rules;
    const std::vector<std::string> known = {"short_run", "long_run"};
    if (std::find(known.begin(), known.end(), name) == known.end())
      fail(Exit::usage, "unknown-closure", "", "", "--closure", "unknown closure " + quoted(name),
           joined(known, ", ") + ", or the programme's own", did_you_mean(name, known));
    if (std::none_of(base_.capital_income.begin(), base_.capital_income.end(), [](double income) { return income > 0.0; }))
      fail(Exit::data, "one-factor", "", "", "--closure",
           "the accounts hold one factor for all, and " + name + " tells capital from labour", "a closure that the accounts can carry",
           "leave --closure out: the programme's own is taken");
    return name == "short_run" ? short_run() : long_run();
  }

  [[noreturn]] void no_answer(const std::string& when, const std::string& outcome) const {
    fail(Exit::no_answer, "no-answer", "", "", "", "closure " + closure_.name + ", " + when + ": " + outcome,
         "an equilibrium within the tolerance", "try another year or --closure");
  }

  int satellite() const {
    const std::string& name = asked_.question.indicator;
    const std::size_t tail = name.size() > 4 && name.ends_with("_net") ? name.size() - 4 : name.size();
    return tail == name.size() ? -1 : satellite_index(a_, name.substr(0, tail));
  }

  bool has(int region) const { return region >= 0 && asked_.group.has[static_cast<std::size_t>(region)]; }
  bool has_cell(std::size_t j) const { return has(a_.cells[j].region) && (asked_.sector < 0 || a_.cells[j].sector == asked_.sector); }
  RegionGroup group_of(std::size_t j) const {
    RegionGroup one{"", std::vector<bool>(a_.regions.size())};
    one.has[static_cast<std::size_t>(a_.cells[j].region)] = true;
    return one;
  }

  std::string series_name() const {
    return asked_.question.indicator == "real_income" ? "equivalent_variation" : asked_.question.indicator;
  }

  std::string unit_of(const NetOutcomes& outcomes) const {
    if (asked_.question.indicator == "real_income") return "%";
    for (const OutcomeSeries& series : outcomes.series())
      if (series.indicator == series_name()) return series.unit;
    return money_unit(a_);
  }

  double scale_of(const NetContext& context) const {
    return asked_.question.indicator == "real_income" ? 100.0 / group_total(context, asked_.group, context.baseline.spending) : 1.0;
  }

  double number(const NetOutcomes& outcomes, const std::vector<double>& values) const {
    const std::string name = series_name();
    if (name == "exports_net" || name == "imports_net") return outcomes.over_border(values, asked_.group, name == "imports_net");
    for (const OutcomeSeries& series : outcomes.series())
      if (series.indicator == name) return outcomes.total(values, series, asked_.group, asked_.sector);
    return std::nan("");
  }

  // The leaves' sum is the number's change, but they are no differences of a function: the number alone tells how many panels.
  static MeasureParts parts_of_number(const MeasuresInPart& measures, const Equilibrium& before, const Equilibrium& after,
                                      const ChangeBetween& change) {
    constexpr double tolerance = 1e-9;
    for (int panels = 1;; panels *= 2) {
      MeasureParts found = parts_along_path(measures, before, after, change, {tolerance, panels, panels});
      if (!found.solved() || panels == 4 || found_gap(found) <= tolerance) return found;
    }
  }

  void add_sets(Explained& result, const MeasuresInPart& measures, const EquilibriumSolver& solver, const Equilibrium& before,
                const NetOutcomes& outcomes, double scale) const {
    if (measures.count() > std::min<std::size_t>(asked_.question.most_shapley, most_measures_in_sets)) return;
    const SetOutcomes sets = outcomes_of_sets(measures, solver, before, [&](const PathPoint& from, const PathPoint& to) {
      return std::vector<double>{number(outcomes, outcomes.values(to.economy, to.flows)) -
                                 number(outcomes, outcomes.values(from.economy, from.flows))};
    });
    if (!sets.solved()) {
      result.notes.push_back("no parts after Shapley: " + sets.outcome);
      return;
    }
    double alone = 0.0;
    for (std::size_t m = 0; m < measures.count(); ++m) {
      result.tree.parts[m].other = {scale * sets.parts(m, 0), scale * sets.alone(m, 0), scale * sets.last_in(m, 0)};
      alone += scale * sets.alone(m, 0);
    }
    result.notes.push_back("interaction, the number less what each measure does alone: " + number_text(rounded(result.tree.value - alone)) +
                           " " + result.unit);
  }

  static void add_leaf(Explanation& node, const Leaves& leaves, std::size_t leaf, double value) {
    Explanation* at = &node;
    for (const NetLevel& level : leaves.at[leaf]) {
      at = &part_named(*at, level.kind, level.name);
      at->value += value;
    }
    if (at->cells.empty()) at->cells = leaves.cells(leaf);
  }

  Leaves leaves_of(const NetContext& context) const {
    const std::string name = series_name();
    if (name == "equivalent_variation") return income_leaves(context);
    if (name == "gdp" || name == "gni") return account_leaves(context, name == "gni");
    if (name == "exports_net" || name == "imports_net") return trade_leaves(name == "imports_net");
    return cell_leaves(context);
  }

  // --- real income -------------------------------------------------------------------------------------

  Leaves income_leaves(const NetContext& context) const {
    std::vector<bool> regions;
    for (const int r : base_.regions) regions.push_back(has(r));
    const auto channels = std::make_shared<IncomeChannels>(base_, context.baseline, regions);
    Leaves leaves;
    std::vector<IncomeItem> items;
    for (std::size_t i = 0; i < channels->size(); ++i) {
      const IncomeItem item = channels->item(i);
      const std::string part = real_income_part_names[static_cast<std::size_t>(item.part)];
      std::vector<NetLevel> at = {{"channel", part}};
      if (item.partner >= 0)
        at.push_back({"partner", region_label(a_, item.partner)});
      else if (item.product < 0)
        at.push_back({"item", without_partner(part)});
      if (item.product >= 0) at.push_back({"sector", sector_label(a_, item.product)});
      if (item.partner >= 0 && item.product < 0) at.push_back({"item", "what measures bought for somebody's use"});
      leaves.at.push_back(at), items.push_back(item);
    }
    leaves.change = [channels](const PathPoint& from, const PathPoint& to) { return channels->between(from, to); };
    leaves.cells = [this, items](std::size_t leaf) { return flows_behind(items[leaf].partner, items[leaf].product); };
    return leaves;
  }

  static std::string without_partner(const std::string& part) {
    if (part == "budget") return "imbalance, transfers and payments";
    if (part == "ownership") return "income from capital elsewhere, less that of others here";
    if (part == "taxes") return "final users";
    return "not told apart";
  }

  // What the group buys from a partner and sells to it; without a partner what its cells earn.
  std::vector<SourceCell> flows_behind(int partner, int product) const {
    if (product < 0) return {};
    if (partner < 0) return largest_incomes(a_, asked_.group, product);
    const auto there = [partner](int r) { return r == partner; };
    const auto here = [this](int r) { return has(r); };
    std::vector<SourceCell> cells = largest_purchases(a_, suppliers_in(a_, there, product), buyers_in(a_, here), 2);
    if (!has(partner)) {
      const std::vector<SourceCell> sold = largest_purchases(a_, suppliers_in(a_, here, product), buyers_in(a_, there), 2);
      cells.insert(cells.end(), sold.begin(), sold.end());
    }
    return cells;
  }

  // --- cells: value added, output, satellites ------------------------------------------------------------

  // quantity(j) = sum over destinations d of sales(j,d) / price;  number(j) = quantity(j) x number per unit
  Leaves cell_leaves(const NetContext& context) const {
    struct Cell {
      std::size_t j;
      std::string name;
    };
    std::vector<std::size_t> cells;
    for (std::size_t j = 0; j < a_.cells.size(); ++j)
      if (has_cell(j)) cells.push_back(j);
    const std::size_t places = base_.regions.size() + 2;  // destinations, abroad, and per unit
    const int s = satellite();
    Leaves leaves;
    const std::string per_unit =
        s >= 0 ? a_.satellites[static_cast<std::size_t>(s)].code + " per unit of output" : "inputs per unit of output";
    for (const std::size_t j : cells)
      for (std::size_t d = 0; d < places; ++d) {
        std::vector<NetLevel> at;
        if (asked_.sector < 0) at.push_back({"sector", sector_label(a_, a_.cells[j].sector)});
        if (d + 1 == places)
          at.push_back({"unit", asked_.question.indicator == "output_net" ? "not told apart" : per_unit});
        else
          at.push_back({"partner", "sold to " + (d < base_.regions.size() ? region_label(a_, base_.regions[d]) : std::string("abroad"))});
        leaves.at.push_back(at);
      }
    leaves.cells = [this, cells, places](std::size_t leaf) {
      const std::size_t j = cells[leaf / places], d = leaf % places;
      const std::vector<int> seller = {static_cast<int>(j)};
      if (d + 1 == places)
        return largest_purchases(a_,
                                 suppliers_in(
                                     a_, [](int) { return true; }, -1),
                                 seller);
      return largest_purchases(a_, seller, buyers_in(a_, [this, d](int r) {
                                 return d < base_.regions.size() ? r == base_.regions[d] : a_.regions[static_cast<std::size_t>(r)].external;
                               }));
    };
    leaves.change = [this, &context, cells, places, s](const PathPoint& from, const PathPoint& to) {
      const std::vector<double> amounts_a = amounts(context, from.flows, s), amounts_b = amounts(context, to.flows, s);
      std::vector<double> change;
      for (const std::size_t j : cells) {
        const auto q = static_cast<std::size_t>(base_.row_of_cell[j]);
        const auto cost = [&](const PathPoint& p) { return std::exp(p.flows.log_cost[j]); };
        const auto price = [&](const PathPoint& p) { return std::exp(p.flows.log_cost[j] + p.flows.log_rent[j]); };
        const auto for_one = [&](const PathPoint& p, double amount) {
          return p.flows.output[j] > 0.0 ? amount * cost(p) / p.flows.output[j] : 0.0;
        };
        const double unit = mean(for_one(from, amounts_a[j]), for_one(to, amounts_b[j]));
        double rest = amounts_b[j] - amounts_a[j];
        for (std::size_t d = 0; d + 1 < places; ++d) {
          change.push_back(unit * (to.flows.sales(q, d) / price(to) - from.flows.sales(q, d) / price(from)));
          rest -= change.back();
        }
        change.push_back(rest);
      }
      return change;
    };
    return leaves;
  }

  // By cell, of the indicator asked for: amounts, not changes.
  std::vector<double> amounts(const NetContext& context, const Flows& flows, int s) const {
    if (s >= 0) {
      std::vector<double> all = satellite_change(context, flows, static_cast<std::size_t>(s));
      for (std::size_t j = 0; j < all.size(); ++j) all[j] += a_.satellite(static_cast<std::size_t>(s), j);
      return all;
    }
    if (asked_.question.indicator == "value_added_net") return flows.value_added;
    std::vector<double> all;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) all.push_back(flows.output[j] * std::exp(-flows.log_cost[j]));
    return all;
  }

  // --- gdp, gni --------------------------------------------------------------------------------------------

  Leaves account_leaves(const NetContext& context, bool national) const {
    std::vector<std::size_t> cells, regions;
    for (std::size_t j = 0; j < a_.cells.size(); ++j)
      if (has(a_.cells[j].region)) cells.push_back(j);
    for (std::size_t r = 0; r < base_.regions.size(); ++r)
      if (has(base_.regions[r])) regions.push_back(r);
    Leaves leaves;
    for (const char* pay : {"wages", "capital", "rents of limits"})
      for (const std::size_t j : cells) leaves.at.push_back({{"channel", pay}, {"sector", sector_label(a_, a_.cells[j].sector)}});
    std::vector<std::string> rest = {"land", "taxes", "border wedges", "consumer prices"};
    if (national) rest.push_back("income from elsewhere, less that of others here");
    for (const std::string& name : rest)
      for (const std::size_t r : regions) leaves.at.push_back({{"channel", name}, {"region", region_label(a_, base_.regions[r])}});
    leaves.cells = [this, cells](std::size_t leaf) {
      if (leaf >= 3 * cells.size()) return std::vector<SourceCell>();
      const std::size_t j = cells[leaf % cells.size()];
      return largest_incomes(a_, group_of(j), a_.cells[j].sector);
    };
    leaves.change = [this, &context, cells, regions, national](const PathPoint& from, const PathPoint& to) {
      std::vector<double> change, earned_a(base_.regions.size()), earned_b(base_.regions.size());
      const auto deflator = [&](const PathPoint& p, std::size_t r) {
        return std::exp(context.baseline.log_index[r] - p.flows.log_index[r]);
      };
      for (const auto pay : {&Flows::labour_pay, &Flows::capital_pay, &Flows::rent})
        for (const std::size_t j : cells) {
          const auto r = static_cast<std::size_t>(base_.cell_region[j]);
          earned_a[r] += (from.flows.*pay)[j], earned_b[r] += (to.flows.*pay)[j];
          change.push_back(mean(deflator(from, r), deflator(to, r)) * ((to.flows.*pay)[j] - (from.flows.*pay)[j]));
        }
      const auto add = [&](const auto& of, bool prices = false) {
        for (const std::size_t r : regions)
          change.push_back(prices ? mean(of(from, r), of(to, r)) * (deflator(to, r) - deflator(from, r))
                                  : mean(deflator(from, r), deflator(to, r)) * (of(to, r) - of(from, r)));
      };
      add([&](const PathPoint& p, std::size_t r) { return p.flows.earned_income[r] - (&p == &to ? earned_b : earned_a)[r]; });
      add([&](const PathPoint& p, std::size_t r) { return p.flows.tax_revenue[r]; });
      add([&](const PathPoint& p, std::size_t r) { return p.flows.wedge_revenue[r]; });
      add(
          [&](const PathPoint& p, std::size_t r) {
            const Flows& f = p.flows;
            return (national ? f.owned_income[r] : f.earned_income[r]) + f.tax_revenue[r] + f.wedge_revenue[r];
          },
          true);
      if (national) add([&](const PathPoint& p, std::size_t r) { return p.flows.owned_income[r] - p.flows.earned_income[r]; });
      return change;
    };
    return leaves;
  }

  // --- exports, imports --------------------------------------------------------------------------------------

  Leaves trade_leaves(bool inward) const {
    struct Flow {
      int partner, product;
      std::vector<std::pair<std::size_t, std::size_t>> at;  // rows and columns of sales
    };
    std::map<std::pair<int, int>, Flow> flows;
    int abroad = -1;
    for (std::size_t r = 0; r < a_.regions.size(); ++r)
      if (a_.regions[r].external) abroad = static_cast<int>(r);
    for (std::size_t q = 0; q < base_.supplier_of.size(); ++q)
      for (std::size_t c = 0; c <= base_.regions.size(); ++c) {
        const int from = supplier_region(a_, base_.supplier_of[q]), to = c < base_.regions.size() ? base_.regions[c] : abroad;
        if (to < 0 || has(from) == inward || has(to) != inward) continue;
        const int partner = inward ? from : to, product = supplier_sector(a_, base_.supplier_of[q]);
        Flow& flow = flows[{partner, product}];
        flow.partner = partner, flow.product = product, flow.at.emplace_back(q, c);
      }
    std::vector<Flow> list;
    Leaves leaves;
    for (const auto& [key, flow] : flows) {
      list.push_back(flow);
      leaves.at.push_back({{"partner", region_label(a_, flow.partner)}, {"sector", sector_label(a_, flow.product)}});
    }
    leaves.cells = [this, list, inward](std::size_t leaf) {
      const auto there = [&](int r) { return r == list[leaf].partner; };
      const auto here = [this](int r) { return has(r); };
      return inward ? largest_purchases(a_, suppliers_in(a_, there, list[leaf].product), buyers_in(a_, here))
                    : largest_purchases(a_, suppliers_in(a_, here, list[leaf].product), buyers_in(a_, there));
    };
    leaves.change = [list](const PathPoint& from, const PathPoint& to) {
      std::vector<double> change;
      for (const Flow& flow : list) {
        change.push_back(0.0);
        for (const auto& [q, c] : flow.at) change.back() += to.flows.sales(q, c) - from.flows.sales(q, c);
      }
      return change;
    };
    return leaves;
  }

  const Asked& asked_;
  const Accounts& a_;
  const std::vector<RegionGroup> groups_;
  const Calibration base_;
  Closure closure_;
};

}  // namespace

Explained explain_net(const Asked& asked) { return NetExplanation(asked).explain(); }

}  // namespace kontor
