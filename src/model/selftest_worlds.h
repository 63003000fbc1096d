// The built-in worlds of the self-test: small tables of numbers, each with its citation.
#pragma once

#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/model/selftest.h"

namespace kontor {

/// Two regions, two sectors each, households, labour: numbers one can redo on paper.
Accounts selftest_tiny_world();

// Each adds its cases.
void selftest_two_sectors(std::vector<SelftestCase>& cases);
void selftest_two_regions(std::vector<SelftestCase>& cases);
void selftest_germany(std::vector<SelftestCase>& cases);
void selftest_programme(std::vector<SelftestCase>& cases);

}  // namespace kontor
