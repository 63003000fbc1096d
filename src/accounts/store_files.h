// The files of an accounts folder, as rows: what the writer writes is what the reader reads.
#pragma once

#include "kontor/accounts/accounts.h"

namespace kontor {

/// A block of the folder: file name, what it is, and the member that holds it.
struct BlockFile {
  const char* name;
  const char* meaning;
  Block Accounts::*member;
  bool required;
};

inline constexpr const char* money = "money";
inline constexpr const char* accounts_kind = "accounts_kind";  // absent: table
inline constexpr const char* elasticities_file = "elasticities.csv";
inline constexpr const char* imbalances_file = "imbalances.csv";
inline constexpr BlockFile block_files[] = {
    {"intermediate", "sales of cell (row) to cell (column)", &Accounts::intermediate, true},
    {"final_use", "sales of cell (row) to final use (column)", &Accounts::final_use, true},
    {"imports_intermediate", "purchases of cell (column) from an external region's product (row)", &Accounts::imports_intermediate, false},
    {"imports_final", "purchases of final use (column) from an external region's product (row)", &Accounts::imports_final, false},
    {"primary", "primary inputs (row) of cell (column)", &Accounts::primary, true},
    {"primary_final", "taxes and margins (row) paid on final use (column)", &Accounts::primary_final, false},
    {"output", "gross output of cell (column)", &Accounts::output, true},
    {"satellite", "satellite row (row) of cell (column), NaN where not available", &Accounts::satellite, false},
    {"satellite_final", "satellite row (row) of final use (column), NaN where not available", &Accounts::satellite_final, false},
    {"distance", "kilometres from region (row) to region (column), NaN where not available", &Accounts::distance, false},
};

inline constexpr std::size_t largest_manifest = std::size_t{16} << 20;  // bytes

}  // namespace kontor
