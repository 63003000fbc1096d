// A wide table on a spreadsheet: where its block of numbers begins and which label lines say region and code.
#pragma once

#include <string>

#include "kontor/read/reader.h"
#include "read/wide_table.h"
#include "read/xlsx.h"

namespace kontor {

/// Finds the block of numbers and its labels; titles above, notes below and further label lines are passed
/// over. Rows and columns of the region `total_region` get an empty region. Throws Error(data) with the cell of
/// every label that is blank, merged, a number or a date, and of every number that is missing.
WideTable wide_table(const Sheet& sheet, const std::string& total_region, const ImportOptions& options, Findings& findings);

}  // namespace kontor
