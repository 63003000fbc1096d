// What a result was made from, found again and held against the hashes that it keeps.
#pragma once

#include <filesystem>

#include "kontor/accounts/accounts.h"
#include "kontor/programme/programme.h"

namespace kontor {

struct ResultInputs {
  std::filesystem::path accounts_folder;
  Accounts accounts;
  Programme programme;  // as it was run
  Compiled compiled;
  bool gross_only = false;  // run without the equilibrium model
};

/// Whether this folder is a result that `kontor run` wrote.
bool is_result(const std::filesystem::path& folder);

/// Reads programme and accounts again. The accounts lie in `accounts`, or, where that is empty, where run.log says, or where
/// the programme says, seen from the folder above the result. Throws Error(data) where they are not there, or where they or a
/// file that the programme names are others than those the result was made from.
ResultInputs inputs_of_result(const std::filesystem::path& folder, const std::filesystem::path& accounts = {});

}  // namespace kontor
