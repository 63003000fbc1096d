// World Input-Output Tables of WIOD: the publisher's wide sheet, as CSV or xlsx.
#pragma once

#include <string>
#include <string_view>

#include "kontor/read/reader.h"
#include "read/wide_table.h"

namespace kontor {

extern const Reader wiod_reader;

/// The sheet as CSV text, plain or gzip. `name` is the file as the user gave it: its year is looked for there.
Imported parse_wiod(std::string_view bytes, const std::string& name, const ImportOptions& options);

/// Accounts from the sheet's labels and numbers, however they were written down.
Imported wiod_accounts(const WideTable& table, const ImportOptions& options);

/// The publisher's names of industries ("code","industry"), where industries.csv lies beside the sheet.
void name_sectors(Accounts& accounts, std::string_view industries_csv, const std::string& file);

}  // namespace kontor
