#include "read/settings.h"

#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

std::string setting(const ImportOptions& options, const std::string& name) {
  const auto found = options.settings.find(name);
  return found == options.settings.end() ? std::string() : found->second;
}

std::vector<std::string> list_setting(const ImportOptions& options, const std::string& name) {
  const std::string text = setting(options, name);
  return text.empty() ? std::vector<std::string>() : split(text, ';');
}

std::map<std::string, std::string> map_setting(const ImportOptions& options, const std::string& name) {
  std::map<std::string, std::string> result;
  for (const std::string& item : list_setting(options, name)) {
    const std::size_t colon = item.rfind(':');
    if (colon == std::string::npos || colon == 0)
      fail(Exit::usage, "setting", "", "", "--with " + name, quoted(item), "items like name:value, separated by `;`", "");
    result[item.substr(0, colon)] = item.substr(colon + 1);
  }
  return result;
}

double number_setting(const ImportOptions& options, const std::string& name, double otherwise) {
  const std::string text = setting(options, name);
  if (text.empty()) return otherwise;
  double value = 0;
  if (read_number(text, value) != NumberProblem::none || value < 0)
    fail(Exit::usage, "setting", "", "", "--with " + name, quoted(text), "a number of at least 0", "");
  return value;
}

static std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

static bool has_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

PrimaryGuess guess_primary_role(std::string_view name) {
  const std::string n = lower_case(name);
  // Taxes on products and imports are costs but no income of the cell; taxes on production are part of value added.
  if (has_any(n, {"tax", "subsid", "dut"}))
    return {PrimaryRole::tax, n.find("product") == std::string::npos || n.find("production") != std::string::npos, true};
  if (has_any(n, {"margin", "import"})) return {PrimaryRole::margin, false, n.find("margin") != std::string::npos};
  if (has_any(n, {"labour", "labor", "compensation", "wage", "salar", "employee"})) return {PrimaryRole::labour, true, true};
  if (has_any(n, {"mixed", "value added", "value_added", "gva", "residual"})) return {PrimaryRole::mixed, true, true};
  if (has_any(n, {"capital", "surplus", "profit", "depreciation", "gos"})) return {PrimaryRole::capital, true, true};
  if (has_any(n, {"land", "resource rent"})) return {PrimaryRole::land, true, true};
  return {PrimaryRole::mixed, true, false};
}

FinalGuess guess_final_role(std::string_view name) {
  const std::string n = lower_case(name);
  if (has_any(n, {"npish", "non-profit", "nonprofit"})) return {FinalRole::npish, true};
  if (has_any(n, {"household", "hfce", "private", "cons_h", "hh"})) return {FinalRole::household, true};
  if (has_any(n, {"government", "ggfc", "public", "cons_g", "gov"})) return {FinalRole::government, true};
  if (has_any(n, {"inventor", "stock", "valuable", "invnt"})) return {FinalRole::inventories, true};
  if (has_any(n, {"invest", "gfcf", "capital formation", "capital_formation"})) return {FinalRole::investment, true};
  if (has_any(n, {"export"})) return {FinalRole::exports, true};
  if (has_any(n, {"discrep", "statistical"})) return {FinalRole::discrepancy, true};
  return {FinalRole::household, false};
}

}  // namespace kontor
