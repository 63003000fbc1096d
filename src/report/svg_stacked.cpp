// Bars of parts that may be gains or losses: gains stacked to the right of zero, losses to the left, each with its name in it
// where there is room, and the sum marked.
#include <algorithm>
#include <array>
#include <cmath>

#include "kontor/base/text.h"
#include "report/svg.h"

namespace kontor {

// Light to dark and back, so that neighbours differ in print as well; the last part of a chart is hatched.
static std::string fill_of(const ChartText& chart, std::size_t part, std::size_t parts) {
  static constexpr std::array<const char*, 7> shades = {"#1f5f8b", "#b4d2e6", "#6b7280", "#e1c699", "#4d8bb5", "#d8dee4", "#8a5a2b"};
  if (part + 1 == parts) return "fill=\"url(#" + chart.id + "-passing)\" class=\"edge-passing\"";
  return "fill=\"" + std::string(shades[part % shades.size()]) + "\" stroke=\"#fff\"";
}

static bool is_dark(std::size_t part, std::size_t parts) { return part + 1 != parts && part % 2 == 0; }

std::string stacked_svg(const ChartText& chart, const std::vector<std::string>& parts, const std::vector<StackedBar>& bars) {
  constexpr double width = 760, row = 24, bar_height = 15, labels = 170, room = 80, per_key = 124;
  const std::size_t keys_in_row = static_cast<std::size_t>((width - 10) / per_key);
  const double key_height = 18.0 * static_cast<double>((parts.size() + keys_in_row - 1) / keys_in_row) + 12;
  double low = 0.0, high = 0.0;
  for (const StackedBar& bar : bars) {
    double loss = 0.0, gain = 0.0;
    for (const double v : bar.values) (v < 0.0 ? loss : gain) += v;
    low = std::min(low, loss), high = std::max(high, gain);
  }
  const double left = labels + (low < 0.0 ? 8 : 0), right = width - room;
  const auto at = [&](double v) { return high > low ? left + (v - low) / (high - low) * (right - left) : left; };
  const double height = key_height + row * static_cast<double>(bars.size()) + 8;
  std::string svg = svg_open(chart, width, height);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const double x = 10 + per_key * static_cast<double>(k % keys_in_row), y = 4 + 18.0 * static_cast<double>(k / keys_in_row);
    svg += svg_rect(x, y, 14, 10, fill_of(chart, k, parts.size()).c_str()) + svg_text(x + 19, y + 9, parts[k], "start", "small", 15);
  }
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double y = key_height + row * static_cast<double>(i);
    svg += svg_text(labels - 8, y + 11, bars[i].label, "end", "", 25);
    double gain = 0.0, loss = 0.0, sum = 0.0;
    for (std::size_t k = 0; k < bars[i].values.size(); ++k) {
      const double value = bars[i].values[k];
      if (!std::isfinite(value) || value == 0.0) continue;
      double& end = value < 0.0 ? loss : gain;
      const double a = at(std::min(end, end + value)), b = at(std::max(end, end + value));
      end += value, sum += value;
      svg += svg_rect(a, y, std::max(b - a, 0.5), bar_height, fill_of(chart, k, parts.size()).c_str(), parts[k] + ": " + bars[i].texts[k]);
      const std::string name = parts[k].substr(0, parts[k].find(' '));
      if (k + 1 < parts.size() && b - a > 9.0 + 6.5 * static_cast<double>(width_of(name)))
        svg += svg_text(0.5 * (a + b), y + 11, name, "middle", is_dark(k, parts.size()) ? "small on-dark" : "small");
    }
    svg += svg_line(at(sum), y - 3, at(sum), y + bar_height + 3, "mark") + svg_text(right + 6, y + 11, bars[i].total, "start", "value");
  }
  svg += svg_line(at(0.0), key_height - 4, at(0.0), height - 4, "axis");
  return svg + "</svg>\n";
}

}  // namespace kontor
