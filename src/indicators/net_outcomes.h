// What of a solved economy is attributed to measures: the net effects that add up over regions, sectors and measures.
#pragma once

#include <string>
#include <vector>

#include "net_rows.h"

namespace kontor {

enum class OutcomeShape { region, cell, pair };  // pair: seller's region of the accounts x buyer's

struct OutcomeSeries {
  std::string indicator, unit;  // as in the rows of net_effects.h
  OutcomeShape shape = OutcomeShape::region;
  std::size_t first = 0, count = 0;  // its place in the list of values
};

/// The list of all outcomes: equivalent variation, gdp, gni by region; value added, output, satellites by cell; sales between
/// regions. Refers to the context.
class NetOutcomes {
 public:
  explicit NetOutcomes(const NetContext& context);

  const std::vector<OutcomeSeries>& series() const { return series_; }
  std::size_t size() const { return size_; }

  /// Changes against the context's baseline, accounts units or the satellite's. NaN where a satellite has no number.
  std::vector<double> values(const Economy& economy, const Flows& flows) const;

  /// Value of a series for a group of regions, or for one cell's sector in it (-1: all).
  double total(const std::vector<double>& values, const OutcomeSeries& series, const RegionGroup& group, int sector = -1) const;
  /// What a group sells to all others; `inward`: buys from them.
  double over_border(const std::vector<double>& values, const RegionGroup& group, bool inward) const;

  /// Rows by group of regions: all series, exports_net, imports_net and real_income; of value added and output also by region
  /// and sector where `detail`.
  void add_rows(const std::vector<double>& values, const NetPlace& place, bool detail, std::vector<EffectRow>& rows) const;

 private:
  const NetContext& context_;
  std::vector<OutcomeSeries> series_;
  std::size_t size_ = 0;
  int abroad_ = -1;  // region of the accounts that stands for all external ones

  void add_series(std::string indicator, std::string unit, OutcomeShape shape, std::size_t count);
};

}  // namespace kontor
