#include "kontor/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace kontor {

// Decimal order of a number written in digits: 1 for 1.5, 3 for 150, 0 for 0.5, -1 for 0.05. Exponents beyond any double are cut.
static long order_of(std::string_view text) {
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, e);
  const std::size_t point = std::min(digits.find('.'), digits.size()), first = digits.find_first_of("123456789");
  if (first == std::string_view::npos) return 0;
  const long order = first < point ? static_cast<long>(point - first) : -static_cast<long>(first - point - 1);
  if (e == text.size()) return order;
  constexpr long beyond = 1L << 40;
  const bool negative = text[e + 1] == '-';
  const std::string_view exponent = text.substr(negative || text[e + 1] == '+' ? e + 2 : e + 1);
  return order + (negative ? -1 : 1) * std::min(read_integer(exponent).value_or(beyond), beyond);
}

NumberProblem read_number(std::string_view text, double& value) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  if (text.empty()) return NumberProblem::not_a_number;
  const char first = text.front() == '-' && text.size() > 1 ? text[1] : text.front();
  if ((first < '0' || first > '9') && first != '.') return NumberProblem::not_a_number;  // nan, inf, "-x", "+-1"
  double read = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (end != text.data() + text.size()) return NumberProblem::not_a_number;
  if (problem == std::errc::result_out_of_range) {
    // from_chars leaves the value alone on overflow and on underflow: the size of the number tells which it was.
    if (order_of(text) > 0) return NumberProblem::too_large;
    value = 0.0;
    return NumberProblem::underflow;
  }
  if (problem != std::errc()) return NumberProblem::not_a_number;
  value = read;
  return NumberProblem::none;
}

std::optional<long> read_integer(std::string_view text) {
  long value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "";
  if (value == 0.0) return "0";  // also for -0
  std::array<char, 32> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  (void)problem;  // 32 characters hold every double
  return {buffer.data(), end};
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i) result += separator;
    result += parts[i];
  }
  return result;
}

// Length of the valid UTF-8 sequence at the front of text and its code point; 0 if there is none.
static std::size_t decode(std::string_view text, std::uint32_t& code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned char a = byte(0);
  if (a < 0x80) return code = a, 1;
  if (a >= 0xC2 && a <= 0xDF && follows(1)) return code = (a & 0x1Fu) << 6 | (byte(1) & 0x3Fu), 2;
  if (a >= 0xE0 && a <= 0xEF && follows(1) && follows(2)) {
    code = (a & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    return code >= 0x800 && (code < 0xD800 || code > 0xDFFF) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    code = (a & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
    return code >= 0x10000 && code <= 0x10FFFF ? 4 : 0;
  }
  return 0;
}

std::size_t invalid_utf8_at(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::uint32_t code = 0;
    const std::size_t length = decode(text.substr(i), code);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Edit distance with transpositions counted as two; fine for short labels.
static std::size_t distance_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

static std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& labels, std::size_t most) {
  const std::string low = lower_case(wanted.substr(0, 100));
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& label : labels) {
    if (label.size() > 200) continue;
    const std::string other = lower_case(label);
    std::size_t d = distance_between(low, other);
    if (other.size() > low.size() && low.size() >= 3 && other.find(low) != std::string::npos) d = std::min<std::size_t>(d, 2);
    if (d <= std::max<std::size_t>(2, low.size() / 3)) ranked.emplace_back(d, label);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (std::size_t i = 0; i < ranked.size() && i < most; ++i) result.push_back(ranked[i].second);
  return result;
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& labels) {
  const std::vector<std::string> close = nearest(wanted, labels);
  std::string text;
  if (!close.empty()) {
    text = "did you mean ";
    for (std::size_t i = 0; i < close.size(); ++i) text += (i ? " or `" : "`") + close[i] + '`';
    return text + '?';
  }
  text = "known: ";
  constexpr std::size_t shown = 12;  // enough to recognise the list, short enough for a line
  for (std::size_t i = 0; i < labels.size() && i < shown; ++i) text += (i ? ", " : "") + labels[i];
  if (labels.size() > shown) text += ", ... (" + std::to_string(labels.size()) + " in all)";
  return text;
}

std::string look_alike_skeleton(std::string_view text) {
  // Capital and small letters of Cyrillic and Greek that are drawn like a Latin letter in common fonts.
  static constexpr std::array<std::pair<std::uint32_t, char>, 44> twins = {{
      {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'}, {0x41E, 'O'},  {0x420, 'P'},  {0x421, 'C'},
      {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'}, {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'},  {0x441, 'c'},  {0x443, 'y'},
      {0x445, 'x'}, {0x406, 'I'}, {0x456, 'i'}, {0x408, 'J'}, {0x458, 'j'}, {0x405, 'S'}, {0x455, 's'},  {0x391, 'A'},  {0x392, 'B'},
      {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'}, {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'},  {0x39F, 'O'},  {0x3A1, 'P'},
      {0x3A4, 'T'}, {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3BF, 'o'}, {0x3BD, 'v'}, {0x430, 'a'}, {0xFF21, 'A'}, {0x2010, '-'},
  }};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::uint32_t code = 0;
    const std::size_t length = decode(text.substr(i), code);
    if (length == 0) return std::string(text);
    const auto twin = std::find_if(twins.begin(), twins.end(), [&](const auto& t) { return t.first == code; });
    if (twin != twins.end())
      result += twin->second;
    else
      result += text.substr(i, length);
    i += length;
  }
  return result;
}

std::string html_escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string csv_field(std::string_view text, bool neutralise) {
  std::string value;
  if (neutralise && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) value = "'";
  value += text;
  if (value.find_first_of(",\"\n\r") == std::string::npos) return value;
  std::string result = "\"";
  for (const char c : value) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

}  // namespace kontor
