// Small pieces of a page. Everything that takes text escapes it; only `inner` arguments are markup already.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kontor {

/// Text as it may stand anywhere in a page or a chart: escaped, control characters shown as U+FFFD.
std::string escaped(std::string_view text);
std::string paragraph(std::string_view text, std::string_view css_class = "");
std::string bullets(const std::vector<std::string>& items);
std::string details(std::string_view summary, const std::string& inner);

struct HtmlTable {
  std::string caption;  // says the unit
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // the first cell heads the row
  std::size_t text_columns = 1;                // the first so many are text, the others numbers aligned to the right
  bool last_is_total = false;
};

/// A table with caption and scopes, in a box that scrolls on a narrow screen; a sentence instead where it has no rows.
std::string table_html(const HtmlTable& table, std::string_view if_empty = "None.");
/// A chart with its caption and, folded away, the numbers it shows.
std::string figure_html(std::string_view caption, const std::string& svg, const HtmlTable& numbers);

}  // namespace kontor
