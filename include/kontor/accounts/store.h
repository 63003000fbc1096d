// The accounts folder: a Frictionless data package of label tables in CSV and blocks in .npy.
// docs/formats.md describes every file.
#pragma once

#include <filesystem>
#include <string>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// Opens an accounts folder by mapping its blocks: instant at any size. Checks the manifest and the file
/// sizes. Throws Error(environment) if it is not there, Error(data) if it is damaged.
Accounts read_accounts(const std::filesystem::path& folder);

/// Checks the SHA-256 of every file against the manifest; throws Error(data) naming each that differs.
void verify_accounts(const std::filesystem::path& folder);

/// Writes an accounts folder whole or not at all. Throws Error(environment); with `force` an existing
/// accounts folder is replaced. Same accounts, same bytes.
void write_accounts(const Accounts& accounts, const std::filesystem::path& folder, bool force = false);

/// SHA-256 of the manifest: one hash that stands for the whole folder.
std::string accounts_fingerprint(const std::filesystem::path& folder);

/// Sizes of blocks against labels, parents that exist: throws Error(data). `where` is named in messages.
void check_shapes(const Accounts& accounts, const std::string& where);

}  // namespace kontor
