// Look-through self-sufficiency as a goal: where a purchase moves from one origin to another at fixed prices.
//
//   y = sum_i o(i) d(i) / sum_i t(i) d(i)     d: final purchases of the regions; o, t: own value and all value of a unit of i
//   moved amount m of buyer k from i to j:
//     a final buyer of the regions   m [o(j) - o(i)]
//     a cell                         m [o(j) - o(i)] x(k) called for by d / x(k)
// and the same with t below the line: y moves by [d above - y d below] / below.
#include <algorithm>
#include <cmath>
#include <optional>

#include "dependence.h"
#include "kontor/base/error.h"
#include "kontor/base/index.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "scan_parts.h"

namespace kontor {

namespace {

/// A table with some purchases moved; its shares are asked of the indicator itself.
double share_in(const Accounts& a, const RegionSet& set, const std::vector<Sourcing>& moves) {
  Accounts moved = a;
  Matrix z = a.intermediate.copy(), y = a.final_use.copy(), zi = a.imports_intermediate.copy(), yi = a.imports_final.copy();
  const int n = static_cast<int>(a.cells.size());
  const auto add = [&](int supplier, int buyer, double amount) {
    Matrix& to = supplier < n ? (buyer < n ? z : y) : (buyer < n ? zi : yi);
    to(at(supplier < n ? supplier : supplier - n), at(buyer < n ? buyer : buyer - n)) += amount;
  };
  for (const Sourcing& m : moves) add(m.from, m.buyer, -m.amount), add(m.to, m.buyer, m.amount);
  moved.intermediate = std::move(z), moved.final_use = std::move(y);
  moved.imports_intermediate = std::move(zi), moved.imports_final = std::move(yi);
  const Picture picture(moved);
  Question question;
  question.regions = {set};
  for (const EffectRow& row : self_sufficiency_look_through(picture, question).rows)
    if (row.sector.empty() && row.term == "own") return row.value;
  return std::nan("");
}

class LookThrough {
 public:
  LookThrough(const ScanBase& base, const ScanOptions& options)
      : base_(base), a_(*base.calibration->accounts), options_(options), set_(options.goal.front().regions), picture_(a_) {
    if (options.compiled) written_.emplace(a_, *options.compiled);
    Question question;
    question.regions = {set_};
    std::vector<std::string> ignored;
    const std::vector<double> final = bought_by(set_, final_purchases(picture_, question, ignored));
    const Matrix& origins = picture_.origins();
    own_.assign(final.size(), 0.0), all_ = own_;
    Sum own, all;
    for (std::size_t i = 0; i < final.size(); ++i) {
      value_of(i, origins);
      own.add(own_[i] * final[i]), all.add(all_[i] * final[i]);
    }
    share_ = own.value() / all.value(), below_ = all.value();
    called_.assign(a_.cells.size(), 0.0);
    const Matrix& called = picture_.called_for_by_purchases();
    for (std::size_t j = 0; j < called_.size(); ++j)
      for (const int r : set_.regions) called_[j] += called(j, at(r));
  }

  Scan run() {
    Scan out{goal_text(options_.goal), "share", "fixed prices", a_.year, false, {}, {}};
    ScanList list;
    list.kind = LeverKind::sourcing;
    const std::vector<Lever> levers = chosen(list);
    std::map<LeverKind, std::string> rules;
    const std::vector<Reach> reach = steps_within_reach(base_, levers, options_, rules);
    list.step_rule = rules[LeverKind::sourcing];
    std::vector<Opportunity> found;
    std::vector<double> raw, sizes, ranked, ranked_sizes;
    SourcingMoves sourcing(base_);
    for (std::size_t k = 0; k < levers.size(); ++k) {
      Opportunity o;
      o.lever = levers[k], o.size = lever_size(base_, o.lever);
      if (reach[k].why_not) {
        list.not_judged.push_back({o.lever, reach[k].why_not, o.size});
        continue;
      }
      ++list.judged;
      const double value = slope(sourcing.moves(o.lever, 1e-6)) / 1e-6;
      if (value > 0.0) raw.push_back(value), sizes.push_back(o.size);
      o.marginal = 0.01 * value, o.feasible = reach[k].step, o.implied = reach[k].implied, o.predicted = reach[k].predicted;
      o.tried = options_.step_percent > 0.0 ? std::min(o.feasible, 0.01 * options_.step_percent) : o.feasible;
      o.first_order = value * o.tried;
      if (!(o.feasible > 0.0)) continue;
      ++list.within_reach;
      if (!(value > 0.0)) continue;
      ranked.push_back(value * o.feasible), ranked_sizes.push_back(o.size);
      found.push_back(std::move(o));
    }
    list.raw_correlation = rank_correlation(raw, sizes), list.ranked_correlation = rank_correlation(ranked, ranked_sizes);
    std::stable_sort(found.begin(), found.end(),
                     [](const Opportunity& x, const Opportunity& y) { return x.marginal * x.feasible > y.marginal * y.feasible; });
    found.resize(std::min(found.size(), options_.top));
    std::vector<std::vector<Sourcing>> moves;
    for (const Opportunity& o : found) moves.push_back(sourcing.moves(o.lever, o.tried));
    for_each_block(found.size(), thread_count(), [&](std::size_t i) { found[i].exact = share_in(a_, set_, moves[i]) - share_; });
    for (Opportunity& o : found) {
      if (written_) o.measures = written_->on(o.lever);
      o.quality = quality_of(base_, o);
    }
    list.list = std::move(found);
    out.lists.push_back(std::move(list));
    out.notes = {
        "at fixed prices only sourcing moves this share: trade costs, tariffs, productivity and capital have no slope and are left out"};
    return out;
  }

 private:
  const ScanBase& base_;
  const Accounts& a_;
  const ScanOptions& options_;
  const RegionSet set_;
  Picture picture_;
  std::optional<WrittenPlaces> written_;
  std::vector<double> own_, all_, called_;
  double share_ = 0.0, below_ = 0.0;

  // A unit of a cell's product holds what `origins` says; a unit from abroad is abroad's.
  void value_of(std::size_t supplier, const Matrix& origins) {
    if (supplier >= a_.cells.size()) {
      all_[supplier] = 1.0;
      return;
    }
    for (std::size_t o = 0; o < origins.rows; ++o) {
      all_[supplier] += origins(o, supplier);
      if (set_.has(static_cast<int>(o))) own_[supplier] += origins(o, supplier);
    }
  }

  std::vector<Lever> chosen(ScanList& list) const {
    std::vector<Lever> chosen;
    for (const Lever& lever : levers_of(base_, {LeverKind::sourcing})) {
      const auto asked = [](const std::vector<int>& l, int one) { return l.empty() || std::find(l.begin(), l.end(), one) != l.end(); };
      if (!asked(options_.sectors, lever.sector)) continue;
      if (!asked(options_.regions, lever.origin) && !asked(options_.regions, lever.destination)) continue;
      if (options_.programme && is_restricted(*options_.programme, a_, lever)) {
        ++list.restricted;
        continue;
      }
      if (options_.only_unwritten && written_ && !written_->on(lever).empty()) {
        ++list.written;
        continue;
      }
      ++list.levers;
      chosen.push_back(lever);
    }
    return chosen;
  }

  double slope(const std::vector<Sourcing>& moves) const {
    const int n = static_cast<int>(a_.cells.size());
    Sum above, below;
    for (const Sourcing& m : moves) {
      const double x = m.buyer < n ? a_.output(0, at(m.buyer)) : 0.0;
      const double reach = m.buyer < n ? (x > 0.0 ? called_[at(m.buyer)] / x : 0.0) : set_.has(buyer_region(a_, m.buyer)) ? 1.0 : 0.0;
      above.add(m.amount * reach * (own_[at(m.to)] - own_[at(m.from)]));
      below.add(m.amount * reach * (all_[at(m.to)] - all_[at(m.from)]));
    }
    return (above.value() - share_ * below.value()) / below_;
  }
};

}  // namespace

Scan scan_self_sufficiency(const ScanBase& base, const ScanOptions& options) {
  const std::vector<LeverKind>& kinds = options.kinds;
  if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), LeverKind::sourcing) == kinds.end())
    fail(Exit::data, "no-slope", "", "", "--lever", std::string(lever_name(kinds.front())) + " with the goal self_sufficiency_look_through",
         "this share is taken at fixed prices, where only sourcing moves it", "use --lever sourcing, or another goal");
  return LookThrough(base, options).run();
}

}  // namespace kontor
