// Accounts on their way in: blocks being filled, and what the file says about output. Every reader ends here, so
// that output, the gap and the residual row come about in one way.
#pragma once

#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/read/reader.h"
#include "read/problems.h"

namespace kontor {

struct Draft {
  Accounts accounts;  // labels and units
  Matrix intermediate, final_use;
  Matrix imports_intermediate, imports_final;
  Matrix primary, primary_final;
  Matrix satellite, satellite_final;
  std::vector<double> reported_output;  // per cell; empty where the file reports none

  /// Gives every block the size of its labels, filled with 0 (satellites: NaN). Throws Error(environment) if they
  /// cannot fit into memory and Error(data) if there are more cells than any table has.
  void make_blocks(const std::string& file);
};

/// Settles output (reported, row sums or column sums), keeps the gap between output and uses as a final-use
/// category `gap` of each region, adds the row `residual` where there are no primary inputs, checks costs against
/// output otherwise, and moves the blocks into accounts. `tolerance`: the largest gap, as a share of a cell's
/// output, that is taken for rounding and statistics. Throws Error(data) if it cannot be trusted.
Accounts finish_draft(Draft draft, const ImportOptions& options, double tolerance, Problems& problems);

/// Warns if total output is far from what it should be, by a factor 1000 above all.
void check_reference_total(const Accounts& accounts, double reference, Problems& problems);

}  // namespace kontor
