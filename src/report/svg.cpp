#include "report/svg.h"

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "report/html.h"

namespace kontor {

std::string svg_open(const ChartText& chart, double width, double height) {
  return fmt::format(
      "<svg role=\"img\" aria-labelledby=\"{0}-title {0}-desc\" viewBox=\"0 0 {1:.0f} {2:.0f}\" width=\"{1:.0f}\" height=\"{2:.0f}\">\n"
      "<title id=\"{0}-title\">{3}</title>\n<desc id=\"{0}-desc\">{4}</desc>\n"
      "<defs><pattern id=\"{0}-loss\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
      "<rect width=\"5\" height=\"5\" class=\"loss-ground\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" class=\"loss-stroke\"/></pattern>\n"
      "<pattern id=\"{0}-passing\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">"
      "<rect width=\"5\" height=\"5\" class=\"passing-ground\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" "
      "class=\"passing-stroke\"/></pattern></defs>\n",
      chart.id, width, height, escaped(chart.title), escaped(chart.description));
}

std::string svg_text(double x, double y, const std::string& text, const char* anchor, const char* css, std::size_t most) {
  std::string shown = text, whole;
  if (width_of(text) > most) {
    std::size_t end = 0, count = 0;
    for (; end < text.size(); ++end)
      if ((text[end] & 0xC0) != 0x80 && count++ == most - 1) break;
    shown = text.substr(0, end) + "\u2026";
    whole = "<title>" + escaped(text) + "</title>";
  }
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}{}</text>\n", x, y, anchor,
                     *css ? fmt::format(" class=\"{}\"", css) : "", whole, escaped(shown));
}

std::string svg_rect(double x, double y, double width, double height, const char* css, const std::string& tooltip) {
  const std::string open = fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" {}", x, y, width, height, css);
  return tooltip.empty() ? open + "/>\n" : open + "><title>" + escaped(tooltip) + "</title></rect>\n";
}

std::string svg_line(double x1, double y1, double x2, double y2, const char* css) {
  return fmt::format("<line x1=\"{:.2f}\" y1=\"{:.2f}\" x2=\"{:.2f}\" y2=\"{:.2f}\" class=\"{}\"/>\n", x1, y1, x2, y2, css);
}

}  // namespace kontor
