// The rows of a long CSV as numbers: who, from whom, how much, in which line. What they mean is settled in long_csv.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/read/reader.h"
#include "read/labels.h"
#include "read/problems.h"

namespace kontor {

/// What a sector label stands for. Reserved names: `FD`, `FD:category`, `VA:row`, `X`, `SAT:name`.
enum class SectorKind { sector, final_use, primary, output, satellite };
SectorKind sector_kind(std::string_view label);
/// The part after the colon; the label itself where there is none.
std::string_view reserved_name(std::string_view label);

struct LongRow {
  int from_region, from_sector, to_region, to_sector;
  std::uint32_t line;
  double value;  // NaN: empty or the declared missing marker
};

struct LongRows {
  Labels regions, sectors;
  std::vector<LongRow> rows;
};

/// Reads all rows; what is wrong goes to `problems`. Throws only where no row can be read (no header).
LongRows read_long_rows(std::string_view text, const ImportOptions& options, Problems& problems);

}  // namespace kontor
