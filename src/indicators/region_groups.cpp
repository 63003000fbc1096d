#include "region_groups.h"

namespace kontor {

std::vector<RegionGroup> region_groups(const Accounts& a, const Programme& programme) {
  std::vector<RegionGroup> groups;
  const auto group = [&](const std::string& name, const std::vector<int>& regions) {
    RegionGroup g{name, std::vector<bool>(a.regions.size(), false)};
    for (const int r : regions)
      for (const int leaf : leaves_of(a, r)) g.has[static_cast<std::size_t>(leaf)] = true;
    groups.push_back(std::move(g));
  };
  std::vector<int> all;
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    if (a.regions[r].external) continue;
    all.push_back(static_cast<int>(r));
    group(a.regions[r].code, {static_cast<int>(r)});
  }
  for (const auto& [name, members] : programme.blocs) {
    std::vector<int> regions;
    for (const std::string& member : members) regions.push_back(region_index(a, member));
    group(name, regions);
  }
  group("", all);
  return groups;
}

}  // namespace kontor
