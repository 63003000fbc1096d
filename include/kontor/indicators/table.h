// The long table that every verb prints and every result holds: one number a row, with plain names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kontor {

/// One row, always these columns. Fields that do not apply are empty; a year of 0 is printed empty.
struct EffectRow {
  std::string indicator, region, sector, partner;
  int year = 0;
  std::string measure, term;
  double value = 0.0;
  std::string unit;
};

/// Which rows to take; "" matches an empty field only, "*" matches anything, year 0 matches any year.
struct RowFilter {
  std::string_view indicator = "*", region = "*", sector = "", partner = "", measure = "", term = "";
  int year = 0;
};

std::vector<EffectRow> select(const std::vector<EffectRow>& rows, const RowFilter& filter);
/// The one value that matches; NaN if there is none.
double value_of(const std::vector<EffectRow>& rows, const RowFilter& filter);

}  // namespace kontor
