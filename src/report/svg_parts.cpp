// Bars that are cut into parts of a whole: solid, lighter and hatched, so that no meaning hangs on colour.
#include <algorithm>
#include <array>
#include <cmath>

#include "report/svg.h"

namespace kontor {

std::string parts_svg(const ChartText& chart, const std::vector<std::string>& parts, const std::vector<PartsBar>& bars) {
  constexpr double width = 760, row = 22, bar_height = 14, labels = 190, room = 178, key_height = 26;
  const double whole = width - labels - room, height = key_height + row * static_cast<double>(bars.size()) + 8;
  const std::array<std::string, 4> fills = {"class=\"gain\"", "class=\"up3\"", "class=\"edge-loss\" fill=\"url(#" + chart.id + "-loss)\"",
                                            "class=\"heat0\""};
  std::string svg = svg_open(chart, width, height);
  double at = labels;
  for (std::size_t k = 0; k < parts.size() && k < fills.size(); ++k) {
    svg += svg_rect(at, 4, 14, 10, fills[k].c_str()) + svg_text(at + 20, 13, parts[k], "start", "small");
    at += 34 + 6.2 * static_cast<double>(parts[k].size());
  }
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double y = key_height + row * static_cast<double>(i);
    svg += svg_text(labels - 8, y + 11, bars[i].label, "end", "", 28);
    double x = labels;
    for (std::size_t k = 0; k < bars[i].shares.size() && k < fills.size(); ++k) {
      const double share = bars[i].shares[k];
      if (!std::isfinite(share) || !(share > 0.0)) continue;
      const double length = std::min(share, 1.0) * whole;
      svg += svg_rect(x, y, length, bar_height, fills[k].c_str(), bars[i].label + ": " + (k < parts.size() ? parts[k] : ""));
      x += length;
    }
    svg += svg_text(labels + whole + 8, y + 11, bars[i].text, "start", "small");
  }
  return svg + "</svg>\n";
}

}  // namespace kontor
