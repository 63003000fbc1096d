// Charts as inline SVG: black on white, losses hatched so that no meaning hangs on colour, numbers written out.
// Each has a title and a description for those who hear the page.
#pragma once

#include <string>
#include <vector>

namespace kontor {

struct ChartText {
  std::string id, title, description;  // id is ours and unique on the page
};

struct Bar {
  std::string label;
  double value = 0.0;
  std::string text;  // the value as written at the bar
};

/// Horizontal bars from a common zero, in the order given.
std::string bar_chart_svg(const ChartText& chart, const std::vector<Bar>& bars);

enum class WaterfallKind { step, total, pending };

struct WaterfallBar {
  std::string label;
  double value = 0.0;  // what a step adds or takes; for a total the level
  std::string text;
  WaterfallKind kind = WaterfallKind::step;
};

/// Each step hangs on the end of the one before; a pending one is an empty frame.
std::string waterfall_svg(const ChartText& chart, const std::vector<WaterfallBar>& bars);

struct YearBar {
  int year = 0;
  double lasting = 0.0, temporary = 0.0;
  std::string text;  // the sum as written
};

/// Lasting and temporary stacked by year.
std::string years_svg(const ChartText& chart, const std::vector<YearBar>& years);

/// From one value to another, perhaps with a thicker middle part and a mark; NaN where there is no such thing.
struct Span {
  std::string label;
  double from = 0.0, to = 0.0, inner_from = 0.0, inner_to = 0.0, mark = 0.0;
  std::string text;  // written at its end
};

/// Spans one below the other; a line stands at zero and a broken one at `reference` (NaN: none).
std::string span_chart_svg(const ChartText& chart, const std::vector<Span>& spans, double reference);

struct FanYear {
  int year = 0;
  double quantiles[5] = {};  // 5, 25, 50, 75, 95 %
};

/// Bands of draws by year: nine in ten, one in two, and the median as a line.
std::string fan_svg(const ChartText& chart, const std::vector<FanYear>& years, const std::string& low_text, const std::string& high_text);

struct HeatMap {
  std::vector<std::string> rows, columns;
  std::vector<std::vector<double>> values;  // NaN where there is no such cell
  std::vector<std::vector<std::string>> texts;
  std::vector<std::string> class_texts;  // upper bounds of the classes as written, then the bound of what is left white
};

/// Upper bounds of the classes of size, largest first, as shares of the largest value.
inline constexpr double heat_classes[] = {1.0, 0.4, 0.12, 0.03};
/// Smaller than this share of the largest value is left white.
inline constexpr double heat_white = 0.003;

/// A matrix in colours: gains blue, losses orange and marked by a stroke; where there is room the numbers are written in.
std::string heat_map_svg(const ChartText& chart, const HeatMap& map);

struct ScatterPoint {
  std::string label;
  double x = 0.0, y = 0.0;            // a share across, an index from 0 to 1 upwards
  double from_x = 0.0, from_y = 0.0;  // where it was; NaN if that is not known
  std::string tooltip;
};

struct Scatter {
  std::string x_title, y_title, corner;  // corner: what it means to stand at the top right
  double x_split = 0.0, y_split = 0.0;   // the cross
  std::vector<ScatterPoint> points;      // those that come first get their name first
};

/// Points before (hollow) and after (solid), on a scale of square roots across; names where there is room.
std::string scatter_svg(const ChartText& chart, const Scatter& scatter);

struct PartsBar {
  std::string label;
  std::vector<double> shares;  // at most four, of a whole of 1, in the order of the parts
  std::string text;            // written behind the bar
};

/// One bar a row, cut into the named parts.
std::string parts_svg(const ChartText& chart, const std::vector<std::string>& parts, const std::vector<PartsBar>& bars);

struct StackedBar {
  std::string label;
  std::vector<double> values;      // by part, gains and losses
  std::vector<std::string> texts;  // the same as written
  std::string total;               // written behind the bar
};

/// One bar a row from a common zero, gains to the right and losses to the left; the last part is hatched.
std::string stacked_svg(const ChartText& chart, const std::vector<std::string>& parts, const std::vector<StackedBar>& bars);

// Shared by the charts.
std::string svg_open(const ChartText& chart, double width, double height);
/// Text at a place; anchor is start, middle or end; longer than `most` characters it is cut and kept whole as a tooltip.
std::string svg_text(double x, double y, const std::string& text, const char* anchor, const char* css = "", std::size_t most = 200);
std::string svg_rect(double x, double y, double width, double height, const char* css, const std::string& tooltip = "");
std::string svg_line(double x1, double y1, double x2, double y2, const char* css);

}  // namespace kontor
