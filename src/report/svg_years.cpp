// Value by year: what stays as a solid column, what passes hatched on top of it (below it where negative).
#include <algorithm>
#include <cmath>

#include "report/svg.h"

namespace kontor {

std::string years_svg(const ChartText& chart, const std::vector<YearBar>& years) {
  constexpr double width = 760, plot_height = 170, top = 24, bottom = 24, left = 8;
  double low = 0.0, high = 0.0;
  for (const YearBar& y : years) {
    high = std::max(high, std::max(y.lasting, 0.0) + std::max(y.temporary, 0.0));
    low = std::min(low, std::min(y.lasting, 0.0) + std::min(y.temporary, 0.0));
  }
  const double room_below = low < 0 ? 16 : 0;  // for the values written under a column
  const auto at = [&](double value) { return top + (high > low ? (high - value) / (high - low) : 1.0) * plot_height; };
  const double base_line = top + plot_height + room_below;
  std::string svg = svg_open(chart, width, base_line + bottom + 26);
  const double step = (width - 2 * left) / static_cast<double>(std::max<std::size_t>(years.size(), 1)),
               column = std::min(step * 0.62, 64.0);
  const std::string passing = "class=\"edge-passing\" fill=\"url(#" + chart.id + "-passing)\"";
  for (std::size_t i = 0; i < years.size(); ++i) {
    const YearBar& y = years[i];
    const double middle = left + step * (static_cast<double>(i) + 0.5), x = middle - column / 2;
    double up = 0.0, down = 0.0;  // ends of the stack so far
    for (const auto& [value, css] : {std::pair{y.lasting, std::string("class=\"gain\"")}, {y.temporary, passing}}) {
      if (value == 0.0 || !std::isfinite(value)) continue;
      double& end = value > 0 ? up : down;
      const double from = at(end), to = at(end + value);
      svg += svg_rect(x, std::min(from, to), column, std::fabs(to - from), css.c_str());
      end += value;
    }
    const bool below = up == 0.0 && down < 0.0;
    svg += svg_text(middle, below ? at(down) + 13 : at(up) - 5, y.text, "middle", "value");
    svg += svg_text(middle, base_line + 16, std::to_string(y.year), "middle");
  }
  svg += svg_line(left, at(0), width - left, at(0), "axis");
  const double key = base_line + 34;
  svg += svg_rect(left, key, 14, 10, "class=\"gain\"") + svg_text(left + 20, key + 9, "lasting", "start");
  svg += svg_rect(left + 90, key, 14, 10, passing.c_str()) +
         svg_text(left + 110, key + 9, "temporary (building and deliveries that end)", "start");
  return svg + "</svg>\n";
}

}  // namespace kontor
