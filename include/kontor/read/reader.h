// Readers: a publisher's files to accounts. Each reader is one row in the list and one file in src/read.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "kontor/accounts/accounts.h"
#include "kontor/base/finding.h"
#include "kontor/base/setting.h"

namespace kontor {

enum class GrossOutput { reported, row_sums, column_sums };
enum class Duplicates { error, sum, first };

/// What the user may say about the files. Defaults are strict: nothing is guessed, nothing is repaired.
struct ImportOptions {
  GrossOutput gross_output = GrossOutput::reported;  // reported falls back to row sums where none is reported, and says so
  bool gross_output_chosen = false;                  // true if the user named it
  std::string na;                                    // text that means "not available"; empty: none
  Duplicates duplicates = Duplicates::error;
  bool decimal_comma = false;
  std::string encoding = "utf-8";  // or "cp1251"
  bool allow_negative = false;     // negative intermediate flows
  bool missing_zero = false;       // absent blocks of flows are zero
  int year = 0;                    // 0: as the files say
  std::string currency;            // empty: as the files say
  double scale = 0;                // 0: as the files say
  std::string title;
  Settings settings;  // --with key=value: what only one reader knows, see its row
};

/// Accounts and everything worth knowing about how they came in. Errors are thrown, so findings are notes and warnings.
struct Imported {
  Accounts accounts;
  Findings findings;
};

struct Reader {
  const char* name;      // as in --format
  const char* summary;   // one line
  const char* source;    // file or folder, and what it holds
  const char* tried_on;  // "WIOD 2013 release, all 5 years" or "not yet tried on the publisher's file"
  std::span<const Setting> settings;
  Imported (*read)(const std::filesystem::path& source, const ImportOptions& options);
};

/// All readers, in the order in which `import --list` shows them.
std::span<const Reader* const> readers();
/// The reader of that name; throws Error(usage) with the nearest names.
const Reader& find_reader(std::string_view name);

}  // namespace kontor
