#include "kontor/report/text_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kontor/base/text.h"
#include "kontor/report/rows.h"

namespace kontor {

static std::string without_control(const std::string& text) {
  std::string result = text;
  for (char& c : result)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return result;
}

// The first `width` characters, the last of them an ellipsis where something is cut off.
static std::string cut(const std::string& text, std::size_t width) {
  if (width_of(text) <= width) return text;
  std::size_t end = 0, shown = 0;
  while (end < text.size()) {
    if ((text[end] & 0xC0) != 0x80 && shown++ == width - 1) break;
    ++end;
  }
  return text.substr(0, end) + "\u2026";
}

static std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string blanks(width - std::min(width, width_of(text)), ' ');
  return right ? blanks + text : text + blanks;
}

static std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string table_text(const TerminalTable& table, std::size_t widest) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> header;
  for (const TextColumn& column : table.columns) header.push_back(column.header);
  lines.push_back(header);
  lines.insert(lines.end(), table.rows.begin(), table.rows.end());
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (auto& line : lines) {
    line.resize(table.columns.size());
    for (std::size_t j = 0; j < line.size(); ++j) {
      line[j] = without_control(line[j]);
      if (!table.columns[j].number) line[j] = cut(line[j], widest);
      widths[j] = std::max(widths[j], width_of(line[j]));
    }
  }
  std::string text = table.title.empty() ? "" : table.title + '\n';
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line;
    for (std::size_t j = 0; j < lines[i].size(); ++j) line += (j ? "  " : "") + padded(lines[i][j], widths[j], table.columns[j].number);
    text += without_trailing_blanks(line);
    if (i > 0) continue;
    std::string rule;
    for (std::size_t j = 0; j < widths.size(); ++j) rule += (j ? "  " : "") + std::string(widths[j], '-');
    text += rule + '\n';
  }
  return text;
}

std::string table_number(double value, int decimals) {
  if (!std::isfinite(value)) return "n/a";
  if (value == 0.0) return "0";
  // Small numbers get the decimals that four significant digits need, but never more than they were asked for.
  const int needed = std::max(0, 3 - static_cast<int>(std::floor(std::log10(std::fabs(value)))));
  std::string digits = fmt::format("{:.{}f}", std::fabs(value), std::min(decimals, needed));
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t i = point; i > 3 && point > 4; i -= 3) digits.insert(i - 3, " ");
  return (value < 0 && digits.find_first_not_of("0.") != std::string::npos ? "-" : "") + digits;
}

std::string rows_text(const std::vector<EffectRow>& rows, const std::string& title) {
  const auto cells_of_row = [](const EffectRow& r) -> std::vector<std::string> {
    return {r.indicator, r.region, r.sector, r.partner, r.year ? std::to_string(r.year) : "", r.measure, r.term, table_number(r.value, 6),
            r.unit};
  };
  TerminalTable table{title, {}, {}};
  std::vector<bool> used(effect_columns().size(), false);
  for (const EffectRow& row : rows) {
    const std::vector<std::string> cells = cells_of_row(row);
    for (std::size_t j = 0; j < cells.size(); ++j) used[j] = used[j] || !cells[j].empty();
  }
  for (std::size_t j = 0; j < used.size(); ++j)
    if (used[j]) table.columns.push_back({effect_columns()[j], effect_columns()[j] == "value" || effect_columns()[j] == "year"});
  for (const EffectRow& row : rows) {
    const std::vector<std::string> cells = cells_of_row(row);
    table.rows.emplace_back();
    for (std::size_t j = 0; j < cells.size(); ++j)
      if (used[j]) table.rows.back().push_back(cells[j]);
  }
  return table_text(table);
}

std::string findings_text(const Findings& findings) {
  std::string text;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
    for (const Finding& finding : findings)
      if (finding.severity == severity) text += to_line(finding) + '\n';
  return text;
}

}  // namespace kontor
