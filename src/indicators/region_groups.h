#pragma once

#include <string>
#include <vector>

#include "kontor/programme/programme.h"

namespace kontor {

/// A group of leaf regions that gets rows of its own: each leaf, each parent, each bloc, and all together (empty name).
struct RegionGroup {
  std::string name;
  std::vector<bool> has;  // by region
};

std::vector<RegionGroup> region_groups(const Accounts& accounts, const Programme& programme);

}  // namespace kontor
