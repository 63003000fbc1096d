#include "report/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kontor {

static const char* minus_sign = "\u2212";
static const char* narrow_space = "\u202f";

std::string fixed_number(double value, int decimals, bool sign) {
  if (!std::isfinite(value)) return "n/a";
  std::string digits = fmt::format("{:.{}f}", std::fabs(value), std::max(decimals, 0));
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  if (value == 0.0) digits = "0";
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t i = point; i > 3 && point > 4; i -= 3) digits.insert(i - 3, i > 3 ? narrow_space : "");
  if (is_zero) return digits;
  return (value < 0 ? minus_sign : sign ? "+" : "") + digits;
}

// Power of ten of the first digit after rounding to `digits`: 999.96 with four digits is a thousand.
static int magnitude(double value, int digits) {
  const std::string text = fmt::format("{:.{}e}", std::fabs(value), std::max(digits - 1, 0));
  return std::stoi(text.substr(text.find('e') + 1));
}

std::string rounded_number(double value, int digits, bool sign) {
  if (!std::isfinite(value)) return "n/a";
  if (value == 0.0) return "0";
  const int decimals = digits - 1 - magnitude(value, digits);
  const double unit = std::pow(10.0, -decimals);
  const double rounded = decimals >= 0 ? value : std::round(value / unit) * unit;
  return fixed_number(rounded, decimals, sign);
}

std::string percent_text(double percent) {
  constexpr double smallest = 1e-6;  // per cent; below it a digit tells nobody anything
  if (!std::isfinite(percent)) return "n/a";
  if (percent != 0.0 && std::fabs(percent) < smallest) return "below 0.000001 %";
  return rounded_number(percent, 2, true) + " %";
}

static Scale money_with(const Accounts& accounts, double largest, double least_billions) {
  constexpr double least_shown = 0.9995;  // rounds to one of the unit with three digits
  const std::string currency = accounts.currency.empty() ? "units of money" : accounts.currency;
  const double money = std::fabs(largest) * accounts.scale;
  static constexpr struct {
    double size;
    const char* word;
  } steps[] = {{1e12, "trillion "}, {1e9, "billion "}, {1e6, "million "}, {1e3, "thousand "}, {1.0, ""}};
  for (const auto& step : steps)
    if (money >= step.size * (step.size >= 1e9 ? least_billions : least_shown) || step.size == 1.0)
      return {accounts.scale / step.size, step.word + currency, 0};
  return {};
}

std::string money_text(const Accounts& accounts, double value, bool sign) {
  if (!std::isfinite(value)) return "n/a";
  const Scale scale = money_with(accounts, value, 0.9995);
  return rounded_number(value * scale.factor, 3, sign) + ' ' + scale.unit;
}

static int decimals_for(double largest) {
  if (!(std::fabs(largest) > 0)) return 0;
  return std::clamp(3 - magnitude(largest, 4), 0, 6);
}

Scale money_scale(const Accounts& accounts, double largest) {
  Scale scale = money_with(accounts, std::isfinite(largest) && largest != 0 ? largest : 1.0, 10);
  scale.decimals = decimals_for(largest * scale.factor);
  return scale;
}

Scale plain_scale(double largest, std::string unit) { return {1.0, std::move(unit), std::min(decimals_for(largest), 4)}; }

Scale level_scale(const Accounts& accounts, double smallest, double largest) {
  constexpr double most = 1e5;  // shown: six digits are still read at a glance
  if (!(smallest > 0)) return money_scale(accounts, largest);
  Scale scale = money_with(accounts, smallest, 0.9995);
  if (!(largest * scale.factor < most)) return money_scale(accounts, largest);
  scale.decimals = std::max(decimals_for(largest * scale.factor) - 1, largest * scale.factor < 1000 ? 1 : 0);
  return scale;
}

std::string percent_cell(const Scale& column, double percent) {
  constexpr double smallest = 1e-6;  // per cent; below it a digit tells nobody anything
  if (!std::isfinite(percent)) return "n/a";
  if (std::fabs(percent) < smallest) return "0";
  const bool vanishes = std::fabs(percent) < 0.5 * std::pow(10.0, -column.decimals);
  return vanishes ? rounded_number(percent, 1, true) : column.text(percent, true);
}

Scale percent_scale(double largest) {
  if (!(std::fabs(largest) > 0)) return {1.0, "%", 0};
  return {1.0, "%", std::clamp(2 - magnitude(largest, 3), 0, 6)};
}

std::string count_text(std::size_t count) {
  static const char* words[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
  return count < std::size(words) ? words[count] : std::to_string(count);
}

}  // namespace kontor
