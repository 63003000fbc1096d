// Rows of a loss scenario: what the regions that are exposed to it lose.
#pragma once

#include "kontor/indicators/indicator.h"

namespace kontor {

/// Output, value added and satellites, each in percent too; `loss` of output by cell carries the others with it in proportion.
class LossRows {
 public:
  LossRows(const Picture& picture, IndicatorAnswer& answer);

  /// `loss` by cell; not available, and totals only, if it is empty.
  void add(const RegionSet& exposed, const std::string& partner, const std::vector<double>& loss, bool with_sectors);

  /// More than all of something was lost: final purchases below zero are what remains of it.
  bool more_than_all() const { return more_than_all_; }

 private:
  struct Row {
    std::string term, unit;
    std::vector<double> base;  // by cell, a year
    Resolution resolution;
  };

  void add_pair(const std::string& region, const std::string& sector, const std::string& partner, const Row& row,
                const std::vector<double>& loss, const std::vector<bool>& in, int only);

  const Accounts& a_;
  IndicatorAnswer& answer_;
  std::vector<Row> rows_;
  bool more_than_all_ = false;
};

}  // namespace kontor
