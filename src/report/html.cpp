#include "report/html.h"

#include "kontor/base/text.h"

namespace kontor {

std::string escaped(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f)
      clean += "\uFFFD";
    else
      clean += c;
  }
  return html_escaped(clean);
}

std::string paragraph(std::string_view text, std::string_view css_class) {
  const std::string open = css_class.empty() ? "<p>" : "<p class=\"" + escaped(css_class) + "\">";
  return open + escaped(text) + "</p>\n";
}

std::string bullets(const std::vector<std::string>& items) {
  std::string html = "<ul>\n";
  for (const std::string& item : items) html += "<li>" + escaped(item) + "</li>\n";
  return html + "</ul>\n";
}

std::string details(std::string_view summary, const std::string& inner) {
  return "<details><summary>" + escaped(summary) + "</summary>\n" + inner + "</details>\n";
}

static std::string row_html(const HtmlTable& table, const std::vector<std::string>& cells) {
  std::string html = "<tr>";
  for (std::size_t j = 0; j < cells.size(); ++j) {
    const char* css = j < table.text_columns ? "" : " class=\"n\"";
    if (j == 0)
      html += "<th scope=\"row\">" + escaped(cells[j]) + "</th>";
    else
      html += std::string("<td") + css + '>' + escaped(cells[j]) + "</td>";
  }
  return html + "</tr>\n";
}

std::string table_html(const HtmlTable& table, std::string_view if_empty) {
  if (table.rows.empty()) return paragraph(if_empty, "none");
  const std::string caption = escaped(table.caption);
  std::string html = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + caption + "\">\n<table>\n<caption>" + caption +
                     "</caption>\n<thead><tr>";
  for (std::size_t j = 0; j < table.header.size(); ++j)
    html += std::string("<th scope=\"col\"") + (j < table.text_columns ? "" : " class=\"n\"") + '>' + escaped(table.header[j]) + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  const std::size_t body = table.rows.size() - (table.last_is_total ? 1 : 0);
  for (std::size_t i = 0; i < body; ++i) html += row_html(table, table.rows[i]);
  html += "</tbody>\n";
  if (table.last_is_total) html += "<tfoot>" + row_html(table, table.rows.back()) + "</tfoot>\n";
  return html + "</table>\n</div>\n";
}

std::string figure_html(std::string_view caption, const std::string& svg, const HtmlTable& numbers) {
  return "<figure>\n<figcaption>" + escaped(caption) + "</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
         escaped(caption) + "\">" + svg + "</div>\n" +
         (numbers.rows.empty() ? "" : details("The numbers of this chart", table_html(numbers))) + "</figure>\n";
}

}  // namespace kontor
