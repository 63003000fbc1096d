// The measures of one economy, each of any size from nothing (0) to all of it (1).
//
//   amounts: purchases, moves from one supplier to another, what a target is to move, transfers,
//            supplies of factors                                         size x amount
//   ratios:  trade costs, rents, 1 + tariff, 1 - subsidy, technology     ratio ^ size: equal steps of its log
//   shares to be reached                                                  from the share in the solved baseline on
//   owners of added capital, limits of capacity                          as they are; they change nothing by themselves
//
// At size 1 of all this is the economy that economy_with() makes of the shocks; at 0 and 1 it is one of the sets of measures.
// Method: docs/methods/attribution.md
#pragma once

#include <string>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

/// The shock at a size; `base` knows the tariff that a new rate starts from.
Shock shock_in_part(const Calibration& base, const Shock& shock, double size);

class MeasuresInPart {
 public:
  /// Shocks, the baseline and what they refer to must outlive this. `before`: the solved baseline. `held`: targets of the
  /// economy with all of it; those whose wedge is held there are held all the way.
  MeasuresInPart(const Economy& baseline, const Equilibrium& before, const std::vector<const Shock*>& shocks,
                 const std::vector<WedgeTarget>& held = {});

  /// Ids of the measures that have shocks, in the order of the shocks.
  const std::vector<std::string>& measures() const { return measures_; }
  std::size_t count() const { return measures_.size(); }

  /// Sizes by measure. Throws Error(data) as economy_with() does.
  Economy at(const std::vector<double>& sizes) const;
  /// `in[m]`: measure m takes part, in full.
  Economy of_set(const std::vector<bool>& in) const;

  /// The same in two steps, as most of what measures do leaves the sourcing weights alone: those that move them first.
  bool moves_weights(std::size_t measure) const { return moves_weights_[measure]; }
  Economy weights_at(const std::vector<double>& sizes) const;
  Economy rest_at(const Economy& weights, const std::vector<double>& sizes) const;

  const Economy& baseline() const { return baseline_; }

 private:
  Economy entered(const Economy& start, const std::vector<double>& sizes, bool weights) const;
  void hold(Economy& economy) const;

  const Economy& baseline_;
  std::vector<double> wedge_revenue_before_;
  std::vector<const Shock*> shocks_;
  std::vector<std::size_t> measure_of_;  // by shock
  std::vector<std::string> measures_;
  std::vector<bool> moves_weights_;   // by measure
  std::vector<WedgeTarget> held_;     // those alone whose wedge is held
  std::vector<double> off_accounts_;  // by target: its share in the solved baseline less that in the accounts
};

}  // namespace kontor
