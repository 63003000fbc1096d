// Horizontal bars: one value a row, and the waterfall, whose bars hang on each other.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/svg.h"

namespace kontor {

namespace {

/// Maps values to the plot between the labels on the left and the room for written values on both sides.
struct Axis {
  static constexpr double label_width = 210, value_room = 74, width = 760;
  double low = 0.0, high = 0.0;

  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double at(double value) const {
    const double left = label_width + (low < 0 ? value_room : 6), right = width - value_room;
    return high > low ? left + (value - low) / (high - low) * (right - left) : left;
  }
};

}  // namespace

static constexpr double bars_row = 22, bars_height = 14;

static std::string bar_row(const Axis& axis, const ChartText& chart, double y, double from, double to, const std::string& css,
                           const std::string& text) {
  if (!std::isfinite(from) || !std::isfinite(to)) return svg_text(axis.at(0) + 5, y + 11, text, "start", "value");
  const double a = axis.at(std::min(from, to)), b = axis.at(std::max(from, to));
  const bool falls = to < from;
  const std::string fill = !css.empty() ? "class=\"" + css + "\""
                           : falls      ? "class=\"edge-loss\" fill=\"url(#" + chart.id + "-loss)\""
                                        : "class=\"gain\"";
  const double text_width = 7.0 * static_cast<double>(width_of(text)) + 8;
  const double guide_end = falls ? a - text_width : a - 3;  // leads the eye from the label to its bar
  std::string svg = guide_end > Axis::label_width + 12 ? svg_line(Axis::label_width, y + 7, guide_end, y + 7, "guide") : "";
  svg += svg_rect(a, y, std::max(b - a, 0.75), bars_height, fill.c_str());
  return svg + (falls ? svg_text(a - 5, y + 11, text, "end", "value") : svg_text(b + 5, y + 11, text, "start", "value"));
}

std::string bar_chart_svg(const ChartText& chart, const std::vector<Bar>& bars) {
  Axis axis;
  for (const Bar& bar : bars) axis.include(bar.value);
  const double height = bars_row * static_cast<double>(bars.size()) + 12;
  std::string svg = svg_open(chart, Axis::width, height);
  svg += svg_line(axis.at(0), 2, axis.at(0), height - 4, "axis");
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double y = 6 + bars_row * static_cast<double>(i);
    svg += svg_text(Axis::label_width - 6, y + 11, bars[i].label, "end", "", 30);
    svg += bar_row(axis, chart, y, 0.0, bars[i].value, "", bars[i].text);
  }
  return svg + "</svg>\n";
}

std::string waterfall_svg(const ChartText& chart, const std::vector<WaterfallBar>& bars) {
  Axis axis;
  double level = 0.0;
  for (const WaterfallBar& bar : bars) {
    if (bar.kind == WaterfallKind::step) level += bar.value;
    axis.include(bar.kind == WaterfallKind::total ? bar.value : level);
  }
  const double height = bars_row * static_cast<double>(bars.size()) + 12;
  std::string svg = svg_open(chart, Axis::width, height);
  svg += svg_line(axis.at(0), 2, axis.at(0), height - 4, "axis");
  level = 0.0;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const WaterfallBar& bar = bars[i];
    const double y = 6 + bars_row * static_cast<double>(i);
    svg += svg_text(Axis::label_width - 6, y + 11, bar.label, "end",
                    bar.kind == WaterfallKind::total     ? "strong"
                    : bar.kind == WaterfallKind::pending ? "muted"
                                                         : "",
                    34);
    if (bar.kind == WaterfallKind::pending) {
      const bool room = axis.at(level) + 130 < Axis::width;  // else the words stand before the frame
      svg += svg_rect(axis.at(level), y, 22, bars_height, "class=\"pending\"");
      svg += svg_text(axis.at(level) + (room ? 28 : -6), y + 11, bar.text, room ? "start" : "end", "muted");
      continue;
    }
    const double from = bar.kind == WaterfallKind::total ? 0.0 : level,
                 to = bar.kind == WaterfallKind::total ? bar.value : level + bar.value;
    svg += bar_row(axis, chart, y, from, to, bar.kind == WaterfallKind::total ? "total" : "", bar.text);
    level = to;
    if (i + 1 < bars.size()) svg += svg_line(axis.at(level), y + bars_height, axis.at(level), y + bars_row, "link");
  }
  return svg + "</svg>\n";
}

}  // namespace kontor
