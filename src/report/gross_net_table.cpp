#include "report/gross_net_table.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

double size_of(const GrossNetLine& line) {
  double size = std::isfinite(line.gross) ? std::fabs(line.gross) : 0.0;
  for (const double v : line.net)
    if (std::isfinite(v)) size = std::max(size, std::fabs(v));
  return size;
}

// Sum of those that have a number; NaN if none has.
template <class Value>
static double known_sum(const std::vector<GrossNetLine>& lines, std::size_t from, const Value& value) {
  Sum sum;
  bool any = false;
  for (std::size_t i = from; i < lines.size(); ++i)
    if (const double v = value(lines[i]); std::isfinite(v)) sum.add(v), any = true;
  return any ? sum.value() : std::nan("");
}

std::vector<GrossNetLine> largest_lines(std::vector<GrossNetLine> lines, std::size_t most, const std::string& others) {
  std::stable_sort(lines.begin(), lines.end(), [](const GrossNetLine& a, const GrossNetLine& b) { return size_of(a) > size_of(b); });
  if (lines.size() <= most + 1) return lines;  // one alone is better named
  GrossNetLine rest;
  rest.names.assign(lines.front().names.size(), "");
  rest.names.front() = others + " (" + std::to_string(lines.size() - most) + ")";
  rest.gross = known_sum(lines, most, [](const GrossNetLine& l) { return l.gross; });
  for (std::size_t k = 0; k < lines.front().net.size(); ++k)
    rest.net.push_back(known_sum(lines, most, [k](const GrossNetLine& l) { return l.net[k]; }));
  rest.level = known_sum(lines, most, [](const GrossNetLine& l) { return l.level; });
  lines.resize(most);
  lines.push_back(rest);
  return lines;
}

static double percent_of(double change, double level) { return level > 0 ? 100 * change / level : std::nan(""); }

static double net_percent(const GrossNetLine& line, std::size_t k) {
  return k < line.net_percent.size() ? line.net_percent[k] : percent_of(line.net[k], line.level);
}

std::string gross_net_html(const ReportView& view, const GrossNetTable& written) {
  const Accounts& accounts = view.result.accounts;
  double largest = 0.0, highest = 0.0, lowest = 0.0, steepest = 0.0;
  for (const GrossNetLine& line : written.lines) {
    largest = std::max(largest, size_of(line));
    if (const double v = percent_of(size_of(line), line.level); std::isfinite(v)) steepest = std::max(steepest, v);
    if (std::isfinite(line.level)) highest = std::max(highest, std::fabs(line.level));
    if (line.level > 0) lowest = lowest > 0 ? std::min(lowest, line.level) : line.level;
  }
  if (written.lines.empty() || largest == 0.0) return paragraph(written.if_empty, "none");
  const Scale changes = written.money ? money_scale(accounts, largest) : plain_scale(largest, ""),
              levels = written.money ? level_scale(accounts, lowest, highest) : plain_scale(highest, "");
  const Scale percents = percent_scale(steepest);
  HtmlTable table{written.caption, written.heads, {}, written.heads.size(), written.last_is_total};
  if (written.money) table.caption += "; changes in " + changes.unit;
  table.header.insert(table.header.end(), {written.columns.empty() ? "Change" : "Gross", "%"});
  for (const NetColumn& c : written.columns) table.header.insert(table.header.end(), {"Net, " + c.name, "%"});
  table.header.push_back("Level " + std::to_string(accounts.year) + (written.money ? ", " + levels.unit : ""));
  for (const GrossNetLine& line : written.lines) {
    table.rows.push_back(line.names);
    std::vector<std::string>& row = table.rows.back();
    row.insert(row.end(), {changes.text(line.gross, true), percent_cell(percents, percent_of(line.gross, line.level))});
    for (std::size_t k = 0; k < line.net.size(); ++k)
      row.insert(row.end(), {changes.text(line.net[k], true), percent_cell(percents, net_percent(line, k))});
    row.push_back(levels.text(line.level));
  }
  return table_html(table);
}

std::vector<NetColumn> free_columns(const std::vector<NetColumn>& columns) {
  std::vector<NetColumn> open;
  for (const NetColumn& c : columns)
    if (c.jobs_free) open.push_back(c);
  return open;
}

std::string fixed_jobs_note(const std::vector<NetColumn>& columns) {
  std::vector<std::string> fixed;
  for (const NetColumn& c : columns)
    if (!c.jobs_free) fixed.push_back(c.name);
  return fixed.empty() ? "" : "; " + joined(fixed, ", ") + ": jobs are fixed by closure";
}

}  // namespace kontor
