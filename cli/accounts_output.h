// What the verbs that write accounts share.
#pragma once

#include <filesystem>
#include <string>

#include "kontor/accounts/accounts.h"
#include "verbs.h"

namespace kontor::cli {

/// Throws Error(usage) if there is no --out.
void need_out(const Common& common);
/// Throws Error(usage) if both paths are one place.
void refuse_same_place(const std::filesystem::path& input, const std::filesystem::path& output);
/// Title and size of accounts in one line.
std::string summary_line(const Accounts& accounts);

}  // namespace kontor::cli
