// What can be wrong with the rows of a long CSV taken together, before any number is placed.
#pragma once

#include <vector>

#include "read/long_rows.h"

namespace kontor {

/// The labels of a file by kind, and which pairs of regions trade.
struct LongShape {
  std::vector<SectorKind> kinds;  // per sector label
  std::vector<char> external;     // per region label
  std::vector<char> flows;        // per (from, to) region: bit 0 final use, bit 1 intermediate
  std::size_t regions = 0;

  SectorKind kind(int sector) const { return kinds[static_cast<std::size_t>(sector)]; }
  bool is_external(int region) const { return external[static_cast<std::size_t>(region)] != 0; }
  char& flow(int from, int to) { return flows[static_cast<std::size_t>(from) * regions + static_cast<std::size_t>(to)]; }
  char flow(int from, int to) const { return flows[static_cast<std::size_t>(from) * regions + static_cast<std::size_t>(to)]; }
};

/// Kinds of the labels and the regions that the user declared external. Throws Error(usage) for an unknown region.
LongShape shape_of(const LongRows& input, const std::string& external_regions, const std::string& file);

/// Takes out the rows whose four labels make no sense together and reports them; notes which regions trade.
void check_rows(LongRows& input, LongShape& shape, Problems& problems);

/// Rows that give the same flow twice: reported, added up or left out, as the options say.
void settle_duplicates(LongRows& input, const ImportOptions& options, Problems& problems);

/// Negative intermediate flows and flows without a value: reported, or kept and noted. Flows without a value are
/// taken out (they stand as 0); satellites without a value stay "not available".
void settle_values(LongRows& input, const LongShape& shape, const ImportOptions& options, Problems& problems);

/// Regions without production accounts that were not declared external, and blocks of flows that are not there.
/// Returns how many absent blocks were taken as zero.
std::size_t check_regions(const LongRows& input, const LongShape& shape, const ImportOptions& options, Problems& problems);

}  // namespace kontor
