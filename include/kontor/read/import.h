// An import as it is asked for: what to read, in which format, and what the user says beside it.
#pragma once

#include <string>

#include "kontor/accounts/accounts.h"
#include "kontor/read/reader.h"

namespace kontor {

struct ImportQuestion {
  std::string source;                // file or folder of the publisher
  std::string format;                // of a reader or a join
  std::string into;                  // of a join: the accounts folder that its numbers belong to
  const Accounts* onto = nullptr;    // the accounts themselves, where they lie in no folder
  std::string gross_output;          // reported, row_sums, column_sums; empty: reported where the source reports it
  std::string duplicates = "error";  // error, sum, first
  std::string missing;               // zero; empty: what is missing is an error
  ImportOptions options;             // what is said in words above is set by import_source
};

/// Reads the source, or joins it onto accounts, and notes the command that does so. Errors are thrown, so findings are notes
/// and warnings. Throws Error(usage) for words that are not known, Error(data) with everything that is wrong.
Imported import_source(const ImportQuestion& question);

}  // namespace kontor
