// A publisher's wide sheet as values: cells and final uses across, cells and primary inputs down, gross
// output at the end. CSV and xlsx readers fill it; one function turns it into accounts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kontor/read/reader.h"

namespace kontor {

/// One row or column of the sheet. Totals and primary inputs have no region.
struct WideLabel {
  std::string region, code;
  std::string name;   // as the sheet writes it beside the code; may be empty
  std::string place;  // "17", or "Sheet1!D17", for messages
};

struct WideTable {
  std::string file;
  std::vector<WideLabel> rows, columns;
  Matrix numbers;
};

/// A region of the sheet that is part of a nation, whose final use stands under the nation's own code.
struct WideParent {
  const char *region, *parent, *name, *parent_name;
};

/// What the codes of one publisher mean.
struct WideMeaning {
  std::span<const FinalCategory> categories;  // final-use columns: those whose code is no row code
  std::span<const PrimaryRow> primary;        // rows without a region
  std::span<const char* const> totals;        // rows and columns without a region that only add others up
  std::span<const char* const> output;        // codes of the gross-output column (or row)
  PrimaryRow residual;                        // where the sheet has no primary rows: output - intermediate inputs
  const char* truncated;                      // why rows of whole numbers may fall short of output; nullptr: they may not
  std::span<const WideParent> parents = {};   // regions that have a parent
};

/// Regions, sectors, cells and blocks. Title, year, names and sources are the caller's. Throws Error(data)
/// with every problem found: unknown or double labels, negative flows, output that does not fit.
Imported wide_accounts(const WideTable& table, const WideMeaning& meaning, const ImportOptions& options);

}  // namespace kontor
