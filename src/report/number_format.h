// Numbers as people read them: narrow spaces between thousands, a true minus sign, no more digits than mean something.
// Full precision stands in effects.csv.
#pragma once

#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// A number with that many decimals; "n/a" if it is not available. `sign` writes the plus too.
std::string fixed_number(double value, int decimals, bool sign = false);
/// A number with at most `digits` significant digits: 12.3, 0.0069, 1 235 000.
std::string rounded_number(double value, int digits, bool sign = false);
/// "+0.0069 %", "below 0.000001 %".
std::string percent_text(double percent);
/// "+12.3 million EUR", scaled so that the number has one to three digits before the point.
std::string money_text(const Accounts& accounts, double value, bool sign = true);
/// "one", "two", ... "twelve", then digits.
std::string count_text(std::size_t count);

/// How a table column or a chart shows money: one unit for all, so that the numbers can be compared.
struct Scale {
  double factor = 1.0;  // shown = accounts value x factor
  std::string unit;     // "thousand EUR"
  int decimals = 1;
  std::string text(double value, bool sign = false) const { return fixed_number(value * factor, decimals, sign); }
};

/// A money scale in which the largest of these values has one to four digits before the point; 1 269 million rather
/// than 1.269 billion, because its neighbours are smaller.
Scale money_scale(const Accounts& accounts, double largest);
/// A scale for plain numbers (jobs, percent), with decimals that give the largest value four significant digits.
Scale plain_scale(double largest, std::string unit);
/// A money scale for a column of levels: the smallest of them (above zero) keeps a digit or more before the point, as long as
/// the largest stays readable.
Scale level_scale(const Accounts& accounts, double smallest, double largest);
/// A percentage in the decimals of its column; one that these would round to zero keeps its first digit.
std::string percent_cell(const Scale& column, double percent);
/// A scale for a column of percentages: as many decimals as give the largest three significant digits.
Scale percent_scale(double largest);

}  // namespace kontor
