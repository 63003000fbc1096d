// The rows of dependence, ready for the page "Who depends on whom".
#pragma once

#include <string>
#include <vector>

#include "report/effect_index.h"

namespace kontor {

struct DependenceView {
  explicit DependenceView(const ReportView& report);

  const ReportView& view;
  int year = 0;                   // of the rows; 0 where there are none
  std::vector<std::string> sets;  // regions, nations and blocs, in the order of the rows

  /// A row's value in a state; NaN if there is none.
  double at(const std::string& indicator, const std::string& set, const std::string& sector, const std::string& term,
            const std::string& state, const std::string& partner = "", const std::string& measure = "") const;
  /// The nation or bloc that a set is seen as a part of; empty if it is none's.
  std::string around(const std::string& set) const;
  /// "Lappi", "Finland", "North (bloc)".
  std::string name(const std::string& set) const;
  bool is_region(const std::string& set) const;

 private:
  std::vector<std::pair<std::string, std::string>> around_;
};

/// "24.1 %" of a share.
std::string share_text(double share);
/// "+0.031 points" of a difference of shares; "none" where it is rounding.
std::string points_text(double difference);
/// A change of an index: "+0.012".
std::string index_change_text(double difference);

std::string supplier_quadrant_html(const DependenceView& d);  // concentration and importance, product by product
std::string upstream_html(const DependenceView& d);           // what stands behind what is newly made at home
std::string closings_html(const DependenceView& d);           // what the largest suppliers' absence would cost

}  // namespace kontor
