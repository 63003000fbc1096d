// Tables that set gross beside net: the same quantity at fixed prices and under each closure, each change with its share
// of the level.
#pragma once

#include <string>
#include <vector>

#include "report/html.h"
#include "report/net_view.h"
#include "report/number_format.h"

namespace kontor {

/// One row: NaN where there is no number.
struct GrossNetLine {
  std::vector<std::string> names;  // as many as the table has text columns
  double gross = 0.0;
  std::vector<double> net;  // by column
  double level = 0.0;
  std::vector<double> net_percent = {};  // by column, where the net change is a share of another level
};

struct GrossNetTable {
  std::string caption;             // the unit of changes is added
  std::vector<std::string> heads;  // of the text columns
  std::vector<NetColumn> columns;  // empty where the equilibrium model did not run
  std::vector<GrossNetLine> lines;
  bool money = true;           // else a plain count
  bool last_is_total = false;  // the last line
  std::string if_empty = "None.";
};

/// Size of a line: its largest change, gross or net.
double size_of(const GrossNetLine& line);
/// The largest lines in their order, the rest summed under "others" where there are more than `most`.
std::vector<GrossNetLine> largest_lines(std::vector<GrossNetLine> lines, std::size_t most, const std::string& others);

std::string gross_net_html(const ReportView& view, const GrossNetTable& table);

/// The closures that leave jobs to the model: for tables of jobs.
std::vector<NetColumn> free_columns(const std::vector<NetColumn>& columns);
/// "jobs in the long run: fixed by closure"; empty where all leave them free.
std::string fixed_jobs_note(const std::vector<NetColumn>& columns);

}  // namespace kontor
