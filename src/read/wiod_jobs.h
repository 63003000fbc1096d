// Jobs beside a wide sheet: a table of region, industry and thousand persons becomes the satellite `jobs`.
#pragma once

#include <string>
#include <string_view>

#include "kontor/accounts/accounts.h"

namespace kontor {

/// Adds satellite `jobs` in persons from a table with columns region, industry, employment_1000 and perhaps
/// basis (a region whose basis is AGGREGATE is known in a few broad groups only). It is kept as an estimate.
/// A region that the table leaves out holds NaN in all its cells; one that it holds in part is an error.
/// `groups_csv` (columns code, group; may be empty) says which industries the source cannot tell apart.
void add_jobs(Accounts& accounts, std::string_view jobs_csv, const std::string& jobs_file, std::string_view groups_csv,
              const std::string& groups_file);

}  // namespace kontor
