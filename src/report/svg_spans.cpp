// Ranges: spans from a common zero, and a fan over the years.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/svg.h"

namespace kontor {

std::string span_chart_svg(const ChartText& chart, const std::vector<Span>& spans, double reference) {
  constexpr double width = 760, label_width = 230, text_room = 150, row_height = 22;
  double low = std::isfinite(reference) ? std::min(0.0, reference) : 0.0, high = std::isfinite(reference) ? std::max(0.0, reference) : 0.0;
  for (const Span& s : spans)
    for (const double v : {s.from, s.to})
      if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
  const double left = label_width + 8, right = width - text_room;
  const auto at = [&](double v) { return high > low ? left + (v - low) / (high - low) * (right - left) : left; };
  const double height = row_height * static_cast<double>(spans.size()) + 12;
  std::string svg = svg_open(chart, width, height);
  svg += svg_line(at(0), 2, at(0), height - 4, "axis");
  if (std::isfinite(reference)) svg += svg_line(at(reference), 2, at(reference), height - 4, "guide");
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Span& s = spans[i];
    const double y = 6 + row_height * static_cast<double>(i);
    svg += svg_text(label_width, y + 11, s.label, "end", "", 34);
    svg += svg_text(width - text_room + 10, y + 11, s.text, "start", "value");
    if (!std::isfinite(s.from) || !std::isfinite(s.to)) continue;
    const auto box = [&](double from, double to, double top, double thick, const char* css) {
      const double a = at(std::min(from, to)), b = at(std::max(from, to));
      return svg_rect(a, y + top, std::max(b - a, 0.75), thick, css);
    };
    const bool inner = std::isfinite(s.inner_from) && std::isfinite(s.inner_to);
    svg += box(s.from, s.to, inner ? 5 : 2, inner ? 4 : 10, inner ? "class=\"up3\"" : "class=\"gain\"");
    if (inner) svg += box(s.inner_from, s.inner_to, 1, 12, "class=\"gain\"");
    if (std::isfinite(s.mark)) svg += svg_line(at(s.mark), y, at(s.mark), y + 14, "mark");
  }
  return svg + "</svg>\n";
}

std::string fan_svg(const ChartText& chart, const std::vector<FanYear>& years, const std::string& low_text, const std::string& high_text) {
  constexpr double width = 760, plot_height = 190, top = 14, bottom = 30, left = 120, right = 740;
  double low = 0.0, high = 0.0;
  for (const FanYear& y : years) low = std::min(low, y.quantiles[0]), high = std::max(high, y.quantiles[4]);
  const auto down = [&](double v) { return top + (high > low ? (high - v) / (high - low) : 1.0) * plot_height; };
  const auto across = [&](std::size_t i) {
    return years.size() > 1 ? left + static_cast<double>(i) / static_cast<double>(years.size() - 1) * (right - left) : (left + right) / 2;
  };
  std::string svg = svg_open(chart, width, top + plot_height + bottom);
  const auto band = [&](int from, int to, const char* css) {
    std::string points;
    for (std::size_t i = 0; i < years.size(); ++i) points += fmt::format("{:.1f},{:.1f} ", across(i), down(years[i].quantiles[to]));
    for (std::size_t i = years.size(); i-- > 0;) points += fmt::format("{:.1f},{:.1f} ", across(i), down(years[i].quantiles[from]));
    return fmt::format("<polygon points=\"{}\" class=\"{}\"/>\n", points, css);
  };
  svg += band(0, 4, "up4") + band(1, 3, "up3");
  for (std::size_t i = 0; i + 1 < years.size(); ++i)
    svg += svg_line(across(i), down(years[i].quantiles[2]), across(i + 1), down(years[i + 1].quantiles[2]), "axis");
  svg += svg_line(left, down(0), right, down(0), "link");
  svg += svg_text(left - 8, down(high) + 4, high_text, "end", "value") + svg_text(left - 8, down(low) + 4, low_text, "end", "value");
  const std::size_t step = std::max<std::size_t>(1, years.size() / 12);
  for (std::size_t i = 0; i < years.size(); i += step)
    svg += svg_text(across(i), top + plot_height + 18, std::to_string(years[i].year), "middle");
  return svg + "</svg>\n";
}

}  // namespace kontor
