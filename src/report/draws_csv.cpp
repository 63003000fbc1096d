// The table of draws as CSV, and back to the same bits.
#include <cmath>
#include <limits>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/report/draw_files.h"

namespace kontor {

static const std::string input_prefix = "input:";

static std::string outcome_column(const OutcomeName& o) { return o.indicator + ':' + o.region + ':' + std::to_string(o.year); }

std::string draws_csv(const DrawTable& table) {
  std::string csv = "draw,failure";
  for (const std::string& name : table.inputs) csv += ',' + csv_field(input_prefix + name);
  for (const OutcomeName& o : table.outcomes) csv += ',' + csv_field(outcome_column(o));
  csv += '\n';
  for (const Draw& draw : table.draws) {
    csv += std::to_string(draw.number) + ',' + csv_field(draw.failure);
    for (const double v : draw.inputs) csv += ',' + number_text(v);
    for (const double v : draw.outcomes) csv += ',' + number_text(v);
    csv += '\n';
  }
  return csv;
}

[[noreturn]] static void wrong(const std::string& file, const std::string& row, const std::string& found) {
  fail(Exit::data, "not-draws", file, row, "", found, "a table of draws that `kontor run --draws` wrote", "run the draws again");
}

// INDICATOR:REGION:YEAR, of which the region may hold colons of its own.
static OutcomeName outcome_of(const std::string& column, const std::string& file) {
  const std::size_t first = column.find(':'), last = column.rfind(':');
  if (first == std::string::npos || first == last) wrong(file, "1", "a column " + quoted(column));
  const auto year = read_integer(std::string_view(column).substr(last + 1));
  if (!year) wrong(file, "1", "a column " + quoted(column));
  return {column.substr(0, first), column.substr(first + 1, last - first - 1), static_cast<int>(*year), ""};
}

DrawTable read_draws_csv(std::string_view text, const std::string& file) {
  const CsvTable csv = parse_csv(text, file);
  DrawTable table;
  if (csv.header.size() < 2 || csv.header[0] != "draw" || csv.header[1] != "failure") wrong(file, "1", "other columns");
  for (std::size_t c = 2; c < csv.header.size(); ++c) {
    const std::string& name = csv.header[c];
    if (name.rfind(input_prefix, 0) == 0)
      table.inputs.push_back(name.substr(input_prefix.size()));
    else
      table.outcomes.push_back(outcome_of(name, file));
  }
  for (const CsvRow& row : csv.rows) {
    Draw draw;
    const auto number = read_integer(row.fields[0]);
    if (!number || *number < 1 || (!table.draws.empty() && *number <= table.draws.back().number))
      wrong(file, std::to_string(row.line), "draw " + quoted(row.fields[0]));
    draw.number = *number, draw.failure = row.fields[1];
    for (std::size_t c = 2; c < row.fields.size(); ++c) {
      double value = std::numeric_limits<double>::quiet_NaN();
      if (!row.fields[c].empty() && read_number(row.fields[c], value) == NumberProblem::not_a_number)
        wrong(file, std::to_string(row.line), quoted(row.fields[c]));
      (c - 2 < table.inputs.size() ? draw.inputs : draw.outcomes).push_back(value);
    }
    table.draws.push_back(std::move(draw));
  }
  return table;
}

}  // namespace kontor
