// What is within reach: the gap to what comparable pairs and cells show, and never more than closing it.
//
//   trade cost     implied less predicted, less what the programme takes off already; not below trade at home
//   tariff         all of it
//   productivity   materials of a unit of output less those of the best comparable cell, d: -ln(1 - d). Comparable: another
//                  region's cell of the product whose output is between a quarter and four times as large
//   capital        a step that the user names: accounts do not say how much more a cell could use
//   sourcing       the partner's median share elsewhere less its share here; of home: the others' median share of home
#include <algorithm>
#include <cmath>

#include "kontor/base/index.h"
#include "kontor/base/parallel.h"
#include "kontor/base/statistics.h"
#include "kontor/base/text.h"
#include "kontor/indicators/trade_shares.h"
#include "scan_parts.h"

namespace kontor {

namespace {

class Steps {
 public:
  Steps(const ScanBase& base, const std::vector<Lever>& levers, const ScanOptions& options)
      : base_(base), c_(*base.calibration), a_(*c_.accounts), options_(options), sourcing_(base) {
    std::vector<bool> asked(a_.sectors.size(), false);
    for (const Lever& lever : levers) asked[at(lever.sector)] = asked[at(lever.sector)] || lever.kind == LeverKind::trade_cost;
    gaps_.resize(a_.sectors.size());
    if (std::find(asked.begin(), asked.end(), true) == asked.end()) return;
    flows_ = trade_flows(a_).flow;
    for_each_block(gaps_.size(), thread_count(), [&](std::size_t s) {
      if (asked[s]) gaps_[s] = cost_gaps(a_, options_.facts, static_cast<int>(s), c_.elasticity[s], flows_);
    });
    for (std::size_t s = 0; s < gaps_.size(); ++s) asked_ += asked[s], by_distance_ += asked[s] && gaps_[s].by_distance;
  }

  Reach of(const Lever& lever) {
    switch (lever.kind) {
      case LeverKind::trade_cost: return trade_cost(lever);
      case LeverKind::tariff: return {std::log1p(in_place(base_, lever.origin, lever.destination, lever.sector).tariff), 0.0, 0.0, nullptr};
      case LeverKind::productivity: return productivity(lever);
      case LeverKind::capital: return {step_of_percent(LeverKind::capital, options_.capital_percent), 0.0, 0.0, nullptr};
      case LeverKind::sourcing: return sourcing(lever);
    }
    return {};
  }

  std::string rule(LeverKind kind) const {
    const std::string median = "the median of the product's other pairs of either region";
    switch (kind) {
      case LeverKind::trade_cost:
        return "the cost that the accounts imply (both directions against trade at home) less what " +
               (by_distance_ == 0 ? median
                                  : "distance and borders predict from the other pairs of the product (" + options_.facts.source + ")" +
                                        (by_distance_ < asked_ ? ", or " + median + " in " + std::to_string(asked_ - by_distance_) +
                                                                     " of " + std::to_string(asked_) + " products with too few pairs"
                                                               : ""));
      case LeverKind::tariff: return "the whole tariff";
      case LeverKind::productivity:
        return "materials for a unit of output less those of the best comparable cell (same product, a quarter to four times the output)";
      case LeverKind::capital:
        return number_text(options_.capital_percent) + " %, as asked: accounts do not say how much more a cell could use";
      case LeverKind::sourcing:
        return "the partner's median share in what other regions buy of the product (of home: what they buy at home) less its share here";
    }
    return "";
  }

 private:
  const ScanBase& base_;
  const Calibration& c_;
  const Accounts& a_;
  const ScanOptions& options_;
  SourcingMoves sourcing_;
  std::vector<Matrix> flows_;
  std::vector<CostGaps> gaps_;
  std::size_t asked_ = 0, by_distance_ = 0;

  static Reach not_judged(const char* why) { return {std::nan(""), std::nan(""), std::nan(""), why}; }

  Reach trade_cost(const Lever& lever) const {
    if (a_.regions[at(lever.origin)].external || a_.regions[at(lever.destination)].external)
      return not_judged("trade at home is not known of a region abroad");
    const Matrix& flow = flows_[at(lever.sector)];
    const std::size_t o = at(lever.origin), d = at(lever.destination);
    if (!(flow(o, d) > 0.0)) return not_judged("zero flow");
    if (!(flow(d, o) > 0.0)) return not_judged("zero flow the other way");
    if (!(flow(o, o) > 0.0) || !(flow(d, d) > 0.0)) return not_judged("no trade at home in one of the regions");
    const double implied = gaps_[at(lever.sector)].implied(o, d), predicted = gaps_[at(lever.sector)].predicted(o, d);
    if (std::isnan(predicted)) return not_judged("no comparable pairs");
    const double now = implied + in_place(base_, lever.origin, lever.destination, lever.sector).log_cost;
    return {std::max(0.0, now - std::max(predicted, 0.0)), implied, predicted, nullptr};
  }

  double materials(std::size_t j) const {
    double sum = 0.0;
    for (const double share : c_.share.row(at(c_.cell_user[j]))) sum += share;
    return sum;
  }

  Reach productivity(const Lever& lever) const {
    const std::size_t j = at(cell_index(a_, lever.origin, lever.sector));
    double best = std::nan("");
    for (std::size_t k = 0; k < c_.output.size(); ++k) {
      if (k == j || c_.cell_product[k] != c_.cell_product[j] || c_.cell_region[k] == c_.cell_region[j]) continue;
      if (c_.output[k] < 0.25 * c_.output[j] || c_.output[k] > 4.0 * c_.output[j]) continue;
      best = std::isnan(best) ? materials(k) : std::min(best, materials(k));
    }
    if (std::isnan(best)) return not_judged("no comparable cell");
    double in_place = 0.0;
    for (const Shock* shock : base_.shocks)
      if (const auto* more = std::get_if<Productivity>(&shock->change); more && more->cell == static_cast<int>(j))
        in_place += std::log(more->ratio);
    const double gap = std::clamp(materials(j) - best, 0.0, 0.9);
    return {std::max(0.0, -std::log1p(-gap) - std::max(in_place, 0.0)), materials(j), best, nullptr};
  }

  Reach sourcing(const Lever& lever) {
    const double here = sourcing_.share(lever.origin, lever.destination, lever.sector);
    if (!(here > 0.0)) return not_judged("zero flow");
    std::vector<double> elsewhere;
    for (const int region : c_.regions) {
      if (region == lever.destination || region == lever.origin) continue;
      const int partner = lever.origin == lever.destination ? region : lever.origin;  // at home: what others buy at home
      if (const double share = sourcing_.share(partner, region, lever.sector); !std::isnan(share)) elsewhere.push_back(share);
    }
    if (elsewhere.empty()) return not_judged("no other region buys the product");
    const double there = quantile(std::move(elsewhere), 0.5);
    return {std::max(0.0, there - here), here, there, nullptr};
  }
};

}  // namespace

std::vector<Reach> steps_within_reach(const ScanBase& base, const std::vector<Lever>& levers, const ScanOptions& options,
                                      std::map<LeverKind, std::string>& rules) {
  Steps steps(base, levers, options);
  std::vector<Reach> all;
  all.reserve(levers.size());
  for (const Lever& lever : levers) all.push_back(steps.of(lever));
  for (const LeverKind kind : all_lever_kinds) rules[kind] = steps.rule(kind);
  return all;
}

}  // namespace kontor
