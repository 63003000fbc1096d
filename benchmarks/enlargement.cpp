// What would the equilibrium model have said of the European Union's enlargement of 2004? WIOD 2000 with cheaper trade
// between old and new members, against the trade shares of later years. Prints the tables of docs/hindcast.md.
//
//   build/release/benchmarks/enlargement ../shared/data/wiod2013 [--sourcing use|user] [--json FILE]
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/foresight.h"
#include "kontor/indicators/trade_shares.h"
#include "kontor/read/reader.h"

using namespace kontor;

namespace {

constexpr const char* old_members[] = {"AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR",
                                       "GRC", "IRL", "ITA", "LUX", "NLD", "PRT", "SWE"};
constexpr const char* new_members[] = {"CYP", "CZE", "EST", "HUN", "LTU", "LVA", "MLT", "POL", "SVK", "SVN"};
constexpr const char* directions[] = {"old-new", "new-old", "new-new"};
constexpr int goods = 16;  // c1 to c16: farms, mines, manufactures
// The table holds whole millions, cut off: below this a flow of the base year says little of its change.
constexpr double worth_counting = 10;
// Before the event: "about 10 per cent", see docs/hindcast.md.
constexpr double cost_ratio_before_the_event = 0.9;

struct Pair {
  int one = 0, other = 0;
  bool calibrates = false;
};

struct Flow {
  int sector = 0, from = 0, to = 0;
  int direction = 0;  // 0: old to new, 1: new to old, 2: new to new
  bool calibrates = false;
};

struct Scenario {
  std::string name;
  int window = 0;  // the year its size was measured to; 0: known before
  std::vector<double> cost_ratio;
};

/// The value that half of the weight lies below; the plain median where all weights are equal and their number is odd.
double median(std::vector<std::pair<double, double>> values_and_weights) {
  std::sort(values_and_weights.begin(), values_and_weights.end());
  double all = 0.0, below = 0.0;
  for (const auto& [value, weight] : values_and_weights) all += weight;
  for (std::size_t i = 0; i < values_and_weights.size(); ++i) {
    below += values_and_weights[i].second;
    if (below == 0.5 * all) return 0.5 * (values_and_weights[i].first + values_and_weights[i + 1].first);
    if (below > 0.5 * all) return values_and_weights[i].first;
  }
  return std::nan("");
}

std::vector<int> regions_of(const Accounts& accounts, const auto& codes) {
  std::vector<int> found;
  for (const char* code : codes) found.push_back(region_index(accounts, code));
  return found;
}

bool holds(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

class Enlargement {
 public:
  Enlargement(const std::string& folder, SourcingBy sourcing) {
    for (const int year : {1995, 2000, 2005, 2008, 2011}) {
      Accounts accounts = find_reader("wiod").read(fmt::format("{}/wiot_{}.csv.gz", folder, year), {}).accounts;
      observed_[year] = trade_flows(accounts);
      if (year == 2000) accounts_ = std::move(accounts);
    }
    std::vector<std::string> used;
    CalibrationOptions options = calibration_options(accounts_, {}, used);
    options.sourcing = sourcing;
    base_ = calibrate(accounts_, options);
    old_ = regions_of(accounts_, old_members), new_ = regions_of(accounts_, new_members);
    list_pairs();
    list_flows();
    list_scenarios();
  }

  void run() {
    print_steps();
    print_origins();
    std::cout << std::flush;
    Closure fixed;
    fixed.name = "all fixed";
    fixed.labour = LabourRule::fixed, fixed.capital = CapitalRule::fixed;
    for (const Closure& closure : {fixed, long_run()}) run_closure(closure);
    print_naive();
  }

  void write(const std::string& file) const { std::ofstream(file) << out_.dump(1) << '\n'; }

 private:
  Accounts accounts_;
  Calibration base_;
  std::map<int, TradeFlows> observed_;
  std::vector<int> old_, new_;
  std::vector<Pair> pairs_;                     // concerned: at least one new member, the other old or new
  std::vector<std::pair<int, int>> old_pairs_;  // not concerned
  std::vector<Flow> flows_;
  std::vector<Scenario> scenarios_;
  nlohmann::json out_ = nlohmann::json::array();

  const std::string& code(int region) const { return accounts_.regions[static_cast<std::size_t>(region)].code; }
  double elasticity(int sector) const { return base_.elasticity[static_cast<std::size_t>(sector)]; }

  // All pairs in alphabetical order of their codes, the earlier code first; the first calibrates, the second is held out, ...
  void list_pairs() {
    std::vector<int> members = old_;
    members.insert(members.end(), new_.begin(), new_.end());
    std::sort(members.begin(), members.end(), [&](int a, int b) { return code(a) < code(b); });
    for (std::size_t a = 0; a < members.size(); ++a)
      for (std::size_t b = a + 1; b < members.size(); ++b) {
        if (holds(old_, members[a]) && holds(old_, members[b]))
          old_pairs_.emplace_back(members[a], members[b]);
        else
          pairs_.push_back({members[a], members[b], pairs_.size() % 2 == 0});
      }
  }

  void list_flows() {
    for (int s = 0; s < goods; ++s)
      for (const Pair& pair : pairs_)
        for (const auto& [from, to] : {std::pair(pair.one, pair.other), std::pair(pair.other, pair.one)}) {
          if (observed_[2000].value(s, from, to) < worth_counting) continue;
          const int direction = holds(old_, from) ? 0 : holds(old_, to) ? 1 : 2;
          flows_.push_back({s, from, to, direction, pair.calibrates});
        }
  }

  bool counts(int sector, int one, int other) const {
    const TradeFlows& base = observed_.at(2000);
    return std::min(base.value(sector, one, other), base.value(sector, other, one)) >= worth_counting;
  }

  double trade(int sector, int one, int other) const {
    return observed_.at(2000).value(sector, one, other) + observed_.at(2000).value(sector, other, one);
  }

  double approach(int sector, int one, int other, int year) const {
    return observed_.at(year).nearness(sector, one, other) - observed_.at(2000).nearness(sector, one, other);
  }

  // Median change of nearness over the pairs that calibrate, or over pairs of old members.
  double median_approach(int sector, int year, bool concerned, bool by_trade = false) const {
    std::vector<std::pair<double, double>> values;
    const auto add = [&](int one, int other) {
      if (!counts(sector, one, other)) return;
      if (const double d = approach(sector, one, other, year); std::isfinite(d))
        values.emplace_back(d, by_trade ? trade(sector, one, other) : 1.0);
    };
    for (const Pair& pair : pairs_)
      if (concerned && pair.calibrates) add(pair.one, pair.other);
    for (const auto& [one, other] : old_pairs_)
      if (!concerned) add(one, other);
    return median(values);
  }

  void list_scenarios() {
    for (const int year : {2005, 2008})
      for (const bool control : {false, true}) {
        Scenario s{fmt::format("measured to {}, {} control", year, control ? "less" : "no"), year, {}};
        for (int sector = 0; sector < goods; ++sector) {
          const double d = median_approach(sector, year, true) - (control ? median_approach(sector, year, false) : 0.0);
          s.cost_ratio.push_back(std::exp(-d / (2 * elasticity(sector))));
        }
        scenarios_.push_back(s);
      }
    for (const int year : {2005, 2008}) {
      Scenario s{fmt::format("measured to {}, pairs weighted by trade", year), year, {}};
      for (int sector = 0; sector < goods; ++sector)
        s.cost_ratio.push_back(std::exp(-median_approach(sector, year, true, true) / (2 * elasticity(sector))));
      scenarios_.push_back(s);
    }
    scenarios_.push_back({"10 % on all goods, known before", 0, std::vector<double>(goods, cost_ratio_before_the_event)});
  }

  void print_steps() {
    std::size_t held = 0;
    for (const Pair& pair : pairs_) held += !pair.calibrates;
    std::cout << fmt::format("{} pairs concerned, {} held out; {} pairs of old members; {} flows of 10 million or more in 2000\n",
                             pairs_.size(), held, old_pairs_.size(), flows_.size());
    std::cout << "Change of nearness: median of calibration pairs / of pairs of old members; cost ratio without / with control\n";
    for (int s = 0; s < goods; ++s) {
      std::cout << fmt::format("{:>4} theta {:5.2f}", accounts_.sectors[static_cast<std::size_t>(s)].code, elasticity(s));
      for (std::size_t k = 0; k < 4; k += 2) {
        const int year = scenarios_[k].window;
        std::cout << fmt::format("   {}: {:6.2f} /{:6.2f}  {:6.3f} /{:6.3f}", year, median_approach(s, year, true),
                                 median_approach(s, year, false), scenarios_[k].cost_ratio[static_cast<std::size_t>(s)],
                                 scenarios_[k + 1].cost_ratio[static_cast<std::size_t>(s)]);
      }
      std::cout << '\n';
    }
    // Placebo: the same statistic over the five years before.
    std::cout << "Placebo 1995 to 2000, calibration pairs / old pairs:";
    for (int s = 0; s < goods; ++s)
      std::cout << fmt::format(" {} {:.2f}/{:.2f}", accounts_.sectors[static_cast<std::size_t>(s)].code, -median_approach(s, 1995, true),
                               -median_approach(s, 1995, false));
    std::cout << '\n';
  }

  double observed_change(const Flow& f, int year) const {
    return std::log(observed_.at(year).share(f.sector, f.from, f.to) / observed_.at(2000).share(f.sector, f.from, f.to));
  }

  // Sector and direction in one number.
  static int family_of(const Flow& f) { return 100 * f.direction + f.sector; }
  static std::vector<ForeseenChange> by_sector(std::vector<ForeseenChange> list) {
    for (ForeseenChange& c : list) c.family %= 100;
    return list;
  }

  /// Held-out flows, or those that calibrate, with what `foreseen` says of each.
  std::vector<ForeseenChange> changes(int year, bool calibrating, const auto& foreseen) const {
    std::vector<ForeseenChange> list;
    for (const Flow& f : flows_) {
      if (f.calibrates != calibrating) continue;
      const double o = observed_change(f, year);
      if (std::isfinite(o)) list.push_back({observed_.at(2000).value(f.sector, f.from, f.to), foreseen(f), o, family_of(f)});
    }
    return list;
  }

  void print_foresight(const std::string& name, int year, const std::vector<ForeseenChange>& list, bool sectors) {
    const auto say = [&](const std::string& part, std::span<const ForeseenChange> part_list) {
      const Foresight f = foresight_of(part_list);
      std::cout << fmt::format(
          "  {:<46} {} {:<8} n {:5}  corr {:6.3f}  slope {:6.2f}  |ln| {:5.3f}  missed {:5.1f} %  sign {:5.1f} %  mean {:6.3f} of "
          "{:6.3f}\n",
          name, year, part, f.count, f.correlation, f.slope, f.error, 100 * f.missed, 100 * f.right_sign, f.mean_foreseen, f.mean_observed);
      out_.push_back({{"name", name},
                      {"year", year},
                      {"part", part},
                      {"count", f.count},
                      {"correlation", f.correlation},
                      {"slope", f.slope},
                      {"error", f.error},
                      {"missed", f.missed},
                      {"right_sign", f.right_sign},
                      {"mean_foreseen", f.mean_foreseen},
                      {"mean_observed", f.mean_observed}});
    };
    say("all", list);
    say("sectors", within_families(by_sector(list)));
    say("both", within_families(list));
    const auto say_part = [&](const std::string& part, const auto& takes) {
      std::vector<ForeseenChange> members;
      for (const ForeseenChange& c : list)
        if (takes(c.family)) members.push_back(c);
      say(part, members);
    };
    for (int d = 0; d < 3; ++d) say_part(directions[d], [&](int family) { return family / 100 == d; });
    if (!sectors) return;
    for (int s = 0; s < goods; ++s)
      say_part(accounts_.sectors[static_cast<std::size_t>(s)].code, [&](int family) { return family % 100 == s; });
  }

  std::vector<Shock> shocks_of(const Scenario& scenario, double part) const {
    std::vector<Shock> shocks;
    for (const Pair& pair : pairs_)
      for (const auto& [from, to] : {std::pair(pair.one, pair.other), std::pair(pair.other, pair.one)})
        for (int s = 0; s < goods; ++s) {
          Shock shock;
          shock.change = TradeCost{from, to, s, std::pow(scenario.cost_ratio[static_cast<std::size_t>(s)], part)};
          shock.measure = "enlargement";
          shocks.push_back(shock);
        }
    return shocks;
  }

  /// Goods trade over all members' use of goods, both in that state's prices: 0 concerned pairs, 1 held-out pairs, 2 pairs of old members.
  double intensity(const TradeFlows& flows, int which) const {
    Sum trade, use;
    for (int s = 0; s < goods; ++s) {
      const auto add = [&](int a, int b) { trade.add(flows.value(s, a, b)), trade.add(flows.value(s, b, a)); };
      for (const Pair& pair : pairs_)
        if (which == 0 || (which == 1 && !pair.calibrates)) add(pair.one, pair.other);
      for (const auto& [one, other] : old_pairs_)
        if (which == 2) add(one, other);
      for (const auto* list : {&old_, &new_})
        for (const int r : *list) use.add(flows.use(s, r));
    }
    return trade.value() / use.value();
  }

  void print_intensity(const std::string& name, const TradeFlows& flows) const {
    std::cout << fmt::format("  intensity {:<40} concerned {:5.2f} %  held out {:5.2f} %  old-old {:6.2f} %\n", name,
                             100 * intensity(flows, 0), 100 * intensity(flows, 1), 100 * intensity(flows, 2));
  }

  // In one step, or else in quarters of the shock, each from where the last one stood.
  Equilibrium solve(const EquilibriumSolver& solver, const Economy& before, const Scenario& scenario, const Equilibrium& start) const {
    const auto solve_part = [&](double part, const std::vector<double>& state) {
      const std::vector<Shock> shocks = shocks_of(scenario, part);
      std::vector<const Shock*> list, not_counted;
      for (const Shock& shock : shocks) list.push_back(&shock);
      const Economy economy = economy_with(before, list, not_counted);
      if (!not_counted.empty()) throw std::runtime_error("a trade cost was not counted");
      return solver.solve(economy, state);
    };
    Equilibrium found = solve_part(1.0, start.state);
    std::vector<double> state = start.state;
    for (const double part : {0.25, 0.5, 0.75, 1.0}) {
      if (found.solved() && part == 0.25) break;
      found = solve_part(part, state);
      if (!found.solved()) {
        found.outcome = fmt::format("{}; at {:.0f} % of the shock", found.outcome, 100 * part);
        break;
      }
      state = found.state;
    }
    return found;
  }

  // From whom the new members buy goods, and what concerned trade would be if only shares had changed, not who spends.
  void print_origins() const {
    for (const int year : {2000, 2005, 2008}) {
      Sum from[4], all, moved, moved_held_out, use_before;  // themselves, old members, other new members, the rest
      const TradeFlows &now = observed_.at(year), &before = observed_.at(2000);
      for (int s = 0; s < goods; ++s) {
        for (const int n : new_)
          for (int i = 0; i < static_cast<int>(accounts_.regions.size()); ++i) {
            from[i == n ? 0 : holds(old_, i) ? 1 : holds(new_, i) ? 2 : 3].add(now.value(s, i, n));
            all.add(now.value(s, i, n));
          }
        for (const Pair& pair : pairs_)
          for (const auto& [i, n] : {std::pair(pair.one, pair.other), std::pair(pair.other, pair.one)})
            if (const double share = now.share(s, i, n); std::isfinite(share)) {
              moved.add(before.use(s, n) * share);
              if (!pair.calibrates) moved_held_out.add(before.use(s, n) * share);
            }
        for (const auto* list : {&old_, &new_})
          for (const int r : *list) use_before.add(before.use(s, r));
      }
      std::cout << fmt::format(
          "{}: the new members' goods come from themselves {:.1f} %, old members {:.1f} %, other new ones {:.1f} %, the rest {:.1f} %; "
          "concerned trade at the spending of 2000 {:.2f} %, held out {:.2f} %\n",
          year, 100 * from[0].value() / all.value(), 100 * from[1].value() / all.value(), 100 * from[2].value() / all.value(),
          100 * from[3].value() / all.value(), 100 * moved.value() / use_before.value(), 100 * moved_held_out.value() / use_before.value());
    }
  }

  void run_closure(const Closure& closure) {
    std::cout << "Closure " << closure.name << '\n';
    const Economy before = baseline_economy(base_, closure);
    const EquilibriumSolver solver(before);
    const Equilibrium start = solver.solve(before);
    if (!start.solved()) throw std::runtime_error("baseline: " + start.outcome);
    const TradeFlows at_base = trade_flows(base_, start);
    double gap = 0.0;  // the model's baseline is the table's
    for (const Flow& f : flows_)
      gap = std::max(gap, std::fabs(std::log(at_base.share(f.sector, f.from, f.to) / observed_[2000].share(f.sector, f.from, f.to))));
    std::cout << fmt::format("  baseline: largest gap of a log share {:.1e}, {} steps\n", gap, start.iterations);
    print_intensity("2000", at_base);
    for (const Scenario& scenario : scenarios_) {
      const Equilibrium after = solve(solver, before, scenario, start);
      if (!after.solved()) {  // an outcome, to be published like any other
        std::cout << fmt::format("  {}: {}\n", scenario.name, after.outcome);
        continue;
      }
      std::cout << fmt::format("  {}: {} steps, residual {:.1e}\n", scenario.name, after.iterations, after.residual);
      const TradeFlows then = trade_flows(base_, after);
      print_intensity(scenario.name, then);
      const auto foreseen = [&](const Flow& f) {
        return std::log(then.share(f.sector, f.from, f.to) / at_base.share(f.sector, f.from, f.to));
      };
      const std::string name = closure.name + ": " + scenario.name;
      for (const int year : {2005, 2008})
        if (scenario.window == 0 || scenario.window == year)
          print_foresight(name, year, changes(year, false, foreseen), scenario.window != 0);
    }
  }

  void print_naive() {
    for (const int year : {2005, 2008}) {
      print_intensity(fmt::format("observed {}", year), observed_[year]);
      print_foresight("no change", year, changes(year, false, [](const Flow&) { return 0.0; }), false);
      // Means over the calibrating flows: of the sector, and of the sector by direction.
      std::map<int, Sum> weight, change;
      for (const Flow& f : flows_) {
        const double o = observed_change(f, year), w = observed_[2000].value(f.sector, f.from, f.to);
        if (!f.calibrates || !std::isfinite(o)) continue;
        for (const int key : {f.sector, 1000 + family_of(f)}) weight[key].add(w), change[key].add(w * o);
      }
      const auto mean = [&](int key) { return weight[key].value() > 0 ? change[key].value() / weight[key].value() : 0.0; };
      print_foresight("mean change of the calibration half", year, changes(year, false, [&](const Flow& f) { return mean(f.sector); }),
                      true);
      print_foresight("the same by direction", year, changes(year, false, [&](const Flow& f) { return mean(1000 + family_of(f)); }), false);
      // What the model has none of: the exporter's own change elsewhere, on its sales outside the Union.
      print_foresight("calibration mean + exporter's change elsewhere", year,
                      changes(year, false, [&](const Flow& f) { return elsewhere(f, year); }), false);
    }
  }

  // Change of the exporter's share in the use of all regions that are no members, of the same sector.
  double elsewhere(const Flow& f, int year) const {
    Sum sold[2], used[2];
    for (int r = 0; r < static_cast<int>(accounts_.regions.size()); ++r) {
      if (holds(old_, r) || holds(new_, r)) continue;
      for (const int k : {0, 1}) {
        const TradeFlows& flows = observed_.at(k ? year : 2000);
        sold[k].add(flows.value(f.sector, f.from, r)), used[k].add(flows.use(f.sector, r));
      }
    }
    const double change = std::log(sold[1].value() / used[1].value() * used[0].value() / sold[0].value());
    return std::isfinite(change) ? change : 0.0;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "enlargement FOLDER [--sourcing use|user] [--json FILE]\n", 2;
  SourcingBy sourcing = SourcingBy::user;
  std::string json;
  for (int i = 2; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--sourcing") == 0 && std::strcmp(argv[i + 1], "use") == 0) sourcing = SourcingBy::use;
    if (std::strcmp(argv[i], "--json") == 0) json = argv[i + 1];
  }
  Enlargement enlargement(argv[1], sourcing);
  enlargement.run();
  if (!json.empty()) enlargement.write(json);
}
