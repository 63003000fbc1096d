// Joins: numbers that come in a file of their own are put onto accounts that exist. Accounts go in, new accounts
// come out; partial coverage is fine (NaN), a label that the accounts do not know is an error.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/read/reader.h"

namespace kontor {

/// What the user says about a satellite file. Empty column names are looked for under the usual names.
struct SatelliteOptions {
  Satellite row;              // code (empty: the name of the value column), name, unit, estimate, resolution, source
  std::string region_column;  // "region"
  std::string sector_column;  // "sector" or "industry"
  std::string value_column;   // "value", or the only column that is none of the others
  std::string group_column;   // "sector_group" if there is one: the group that a sector's number was split from
  double factor = 1.0;        // multiplies every value
  ImportOptions text;         // na, decimal_comma, encoding, duplicates
};

/// A satellite row from a CSV with the columns region, sector and value. A row of that code is replaced.
Imported join_satellite(const Accounts& accounts, const std::filesystem::path& path, const SatelliteOptions& options);

/// Tariffs and non-tariff measures from a CSV with the columns sector, exporter, importer, tariff and (or) ntm_ave: rates
/// on the pre-tariff value (0.05 is 5 %). An empty field is not known.
Imported join_border_costs(const Accounts& accounts, const std::filesystem::path& path, const ImportOptions& options);

/// Distances in km, from a CSV with the columns origin, destination, km or from a square table whose header names the
/// regions. What is given one way only holds both ways; pairs that are not given are NaN.
Imported join_distances(const Accounts& accounts, const std::filesystem::path& path, const ImportOptions& options);

/// Names and parents of regions from a CSV with the columns code, name, parent. A code that the accounts do not have is
/// entered if it is the parent of one that they have.
Imported join_regions(const Accounts& accounts, const std::filesystem::path& path, const ImportOptions& options);

/// A join as a row of `kontor formats`: import SOURCE --format NAME --into ACCOUNTS.
struct JoinFormat {
  const char* name;
  const char* summary;
  const char* source;
  std::span<const Setting> settings;
  Imported (*join)(const Accounts& accounts, const std::filesystem::path& source, const ImportOptions& options);
};

std::span<const JoinFormat> join_formats();
const JoinFormat* find_join_format(std::string_view name);  // nullptr if there is none

// The same without files: what fuzzers and tests call. `name` stands in messages.
Imported parse_satellite(const Accounts& accounts, std::string_view bytes, const std::string& name, const SatelliteOptions& options);
Imported parse_border_costs(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options);
Imported parse_distances(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options);
Imported parse_regions(const Accounts& accounts, std::string_view bytes, const std::string& name, const ImportOptions& options);

}  // namespace kontor
