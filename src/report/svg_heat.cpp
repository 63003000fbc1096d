// A matrix in colours. Classes of size are shares of the largest value, so one big cell does not hide the others.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "report/svg.h"

namespace kontor {

// Class of a value: 1 (largest) to 4, 0 for next to nothing.
static int class_of(double value, double largest) {
  const double share = std::fabs(value) / largest;
  if (!(largest > 0) || !(share >= heat_white)) return 0;
  int found = 1;
  for (std::size_t k = 1; k < std::size(heat_classes); ++k)
    if (share <= heat_classes[k]) found = static_cast<int>(k) + 1;
  return found;
}

static std::string cell_svg(double x, double y, double width, double height, double value, double largest, const std::string& tooltip) {
  const int size = class_of(value, largest);
  if (std::isnan(value)) return svg_line(x + 3, y + height - 3, x + width - 3, y + 3, "none");
  const std::string css = size == 0 ? std::string("class=\"heat0\"") : fmt::format("class=\"{}{}\"", value < 0 ? "down" : "up", size);
  std::string svg = svg_rect(x, y, width, height, css.c_str(), tooltip);
  // Losses carry a stroke as well, so that black-and-white print tells them from gains.
  if (size > 0 && value < 0) svg += svg_line(x + 2, y + height - 3, x + width - 2, y + height - 3, size <= 2 ? "mark-light" : "mark");
  return svg;
}

static std::string legend(double x, double y, const HeatMap& map) {
  std::string svg;
  const std::size_t classes = std::size(heat_classes);
  for (int sign = 0; sign < 2; ++sign)
    for (std::size_t k = 0; k < classes; ++k) {
      const double at = x + static_cast<double>(k) * 128, down = y + sign * 20;
      const double value = (sign ? -1.0 : 1.0) * heat_classes[k];
      svg += cell_svg(at, down, 16, 13, value, 1.0, "");
      if (k + 1 < map.class_texts.size())
        svg += svg_text(at + 21, down + 11, std::string(sign ? "\u2212" : "+") + map.class_texts[k + 1] + " to " + map.class_texts[k],
                        "start", "small");
    }
  return svg;
}

std::string heat_map_svg(const ChartText& chart, const HeatMap& map) {
  double largest = 0.0;
  std::size_t longest_column = 0;
  for (const auto& row : map.values)
    for (const double v : row)
      if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  for (const std::string& c : map.columns) longest_column = std::max(longest_column, std::min<std::size_t>(width_of(c), 20));
  const bool numbers = map.columns.size() <= 9;
  const double cell_width = numbers ? 58 : map.columns.size() <= 22 ? 24 : 17, cell_height = numbers ? 24 : 18;
  const double label_width = 270,
               head = numbers ? 40 + 3.0 * static_cast<double>(longest_column) : 14 + 5.6 * static_cast<double>(longest_column);
  const double grid_width = cell_width * static_cast<double>(map.columns.size()),
               grid_height = cell_height * static_cast<double>(map.rows.size());
  const double width = std::max(label_width + grid_width + 40, 760.0);
  std::string svg = svg_open(chart, width, head + grid_height + 62);
  for (std::size_t j = 0; j < map.columns.size(); ++j) {
    const double x = label_width + cell_width * (static_cast<double>(j) + 0.5) + 4;
    svg += fmt::format("<g transform=\"translate({:.1f} {:.1f}) rotate({})\">{}</g>\n", x, head - 6, numbers ? -35 : -90,
                       svg_text(0, 0, map.columns[j], "start", "small", 20));
  }
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    const double y = head + cell_height * static_cast<double>(i);
    svg += svg_text(label_width - 6, y + cell_height / 2 + 4, map.rows[i], "end", "", 42);
    for (std::size_t j = 0; j < map.columns.size(); ++j) {
      const double x = label_width + cell_width * static_cast<double>(j);
      const double value = map.values[i][j];
      svg += cell_svg(x, y, cell_width, cell_height, value, largest, map.rows[i] + ", " + map.columns[j] + ": " + map.texts[i][j]);
      if (numbers && std::isfinite(value))
        svg += svg_text(x + cell_width / 2, y + cell_height / 2 + 4, map.texts[i][j], "middle",
                        class_of(value, largest) == 1 ? "small on-dark" : "small");
    }
  }
  return svg + legend(label_width, head + grid_height + 14, map) + "</svg>\n";
}

}  // namespace kontor
