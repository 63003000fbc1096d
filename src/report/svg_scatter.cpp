// Points on two axes with a cross that makes four corners: where they were hollow, where they are solid, a line between.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "report/svg.h"

namespace kontor {

namespace {

constexpr double width = 760, height = 430, left = 62, right = 16, top = 26, bottom = 54;

/// Shares across on a scale of square roots, so that small ones keep room; an index from 0 to 1 upwards.
struct Plane {
  double largest = 1.0;  // across
  double x(double share) const { return left + std::sqrt(std::clamp(share, 0.0, largest) / largest) * (width - left - right); }
  double y(double index) const { return height - bottom - std::clamp(index, 0.0, 1.0) * (height - bottom - top); }
};

struct Box {
  double x1, y1, x2, y2;
  bool meets(const Box& o) const { return x1 < o.x2 && o.x1 < x2 && y1 < o.y2 && o.y1 < y2; }
};

std::string circle(double x, double y, double r, const char* css, const std::string& tooltip) {
  return fmt::format("<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{:.1f}\" class=\"{}\"><title>{}</title></circle>\n", x, y, r, css,
                     html_escaped(tooltip));
}

}  // namespace

std::string scatter_svg(const ChartText& chart, const Scatter& scatter) {
  Plane plane;
  plane.largest = scatter.x_split;
  for (const ScatterPoint& p : scatter.points)
    for (const double x : {p.x, p.from_x})
      if (std::isfinite(x)) plane.largest = std::max(plane.largest, 1.05 * x);
  std::string svg = svg_open(chart, width, height);
  const double base = height - bottom;
  for (const double share : {0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8})
    if (share <= plane.largest) {
      svg += svg_line(plane.x(share), base, plane.x(share), base + 4, "axis");
      svg += svg_text(plane.x(share), base + 17, fmt::format("{:g} %", 100 * share), "middle", "muted small");
    }
  for (const double index : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) {
    svg += svg_line(left, plane.y(index), width - right, plane.y(index), index == 0.0 ? "axis" : "guide");
    svg += svg_text(left - 8, plane.y(index) + 4, fmt::format("{:.1f}", index), "end", "muted small");
  }
  svg += svg_line(left, top, left, base, "axis");
  svg += svg_line(plane.x(scatter.x_split), top, plane.x(scatter.x_split), base, "link");
  svg += svg_line(left, plane.y(scatter.y_split), width - right, plane.y(scatter.y_split), "link");
  svg += svg_text(width - right, base + 36, scatter.x_title, "end");
  svg += svg_text(left - 54, top - 10, scatter.y_title, "start");
  svg += svg_text(width - right - 4, top + 12, scatter.corner, "end", "muted small");
  std::vector<Box> taken;
  for (const ScatterPoint& p : scatter.points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
    const double x = plane.x(p.x), y = plane.y(p.y);
    if (std::isfinite(p.from_x) && std::isfinite(p.from_y)) {
      const double x0 = plane.x(p.from_x), y0 = plane.y(p.from_y);
      if (std::hypot(x - x0, y - y0) > 1.0) svg += svg_line(x0, y0, x, y, "link") + circle(x0, y0, 3.5, "pending", p.tooltip);
    }
    svg += circle(x, y, 4.0, "gain", p.tooltip);
    taken.push_back({x - 5, y - 5, x + 5, y + 5});
  }
  // Names in the order of the points, each where it covers nothing that stands already; else it is in the table only.
  constexpr std::size_t most = 26;  // characters
  for (const ScatterPoint& p : scatter.points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
    const double x = plane.x(p.x), y = plane.y(p.y), room = 5.6 * static_cast<double>(std::min(width_of(p.label), most)) + 4;
    const bool to_right = x + 8 + room < width;
    const Box box = to_right ? Box{x + 6, y - 6, x + 8 + room, y + 6} : Box{x - 8 - room, y - 6, x - 6, y + 6};
    if (std::any_of(taken.begin(), taken.end(), [&](const Box& other) { return box.meets(other); })) continue;
    taken.push_back(box);
    svg += svg_text(to_right ? x + 8 : x - 8, y + 4, p.label, to_right ? "start" : "end", "small", most);
  }
  return svg + "</svg>\n";
}

}  // namespace kontor
