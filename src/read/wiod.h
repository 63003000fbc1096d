// World Input-Output Tables of WIOD: the publisher's wide sheet, as CSV or xlsx.
#pragma once

#include <string>
#include <string_view>

#include "kontor/read/reader.h"
#include "read/wide_table.h"

namespace kontor {

extern const Reader wiod_reader;
extern const Reader wiod_xlsx_reader;

/// The sheet as CSV text, plain or gzip. `name` is the file as the user gave it: its year is looked for there.
Imported parse_wiod(std::string_view bytes, const std::string& name, const ImportOptions& options);

/// The sheet as an xlsx workbook; --with sheet=NAME where it holds several sheets.
Imported parse_wiod_xlsx(std::string_view bytes, const std::string& name, const ImportOptions& options);

/// Accounts from the sheet's labels and numbers, however they were written down.
Imported wiod_accounts(const WideTable& table, const ImportOptions& options);

/// Gives rows and columns without a region (totals, primary inputs, output) the code that belongs to their name.
void code_by_name(std::vector<WideLabel>& labels);

/// The year of a file name or title: its only number of four digits that begins with 19 or 20; 0 if there is none.
int year_in(const std::string& text);

/// Names of the regions that WIOD and OECD know by their ISO code; others keep the name they have.
void name_regions(Accounts& accounts);

/// What the user named beside the sheet: industries.csv in its folder, and --with jobs=FILE.
void add_companions(Accounts& accounts, const std::filesystem::path& source, const ImportOptions& options);

/// The file itself as a source, with the publisher's citation and licence.
Source wiod_source(std::string_view bytes, const std::string& name);

/// The publisher's names of industries ("code","industry"), where industries.csv lies beside the sheet.
void name_sectors(Accounts& accounts, std::string_view industries_csv, const std::string& file);

}  // namespace kontor
