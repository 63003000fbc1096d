// Regions, nations and blocs by name.
#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/indicator.h"

namespace kontor {

bool RegionSet::has(int region) const { return std::binary_search(regions.begin(), regions.end(), region); }

std::vector<RegionSet> single_regions(const Accounts& a, bool with_external) {
  std::vector<RegionSet> sets;
  for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) {
    const Region& region = a.regions[static_cast<std::size_t>(r)];
    if (is_leaf(a, r) && (region.external ? with_external : !cells_of(a, r).empty())) sets.push_back({region.code, {r}});
  }
  return sets;
}

[[noreturn]] static void unknown_region(const Accounts& a, const Blocs& blocs, const std::string& name, const std::string& place) {
  std::vector<std::string> known;
  for (const auto& [bloc, members] : blocs) known.push_back(bloc);
  for (const Region& r : a.regions) known.push_back(r.code);
  fail(Exit::usage, "unknown-region", "", "", place, "unknown region " + quoted(name), "a region, a nation or a bloc",
       did_you_mean(name, known));
}

// Leaves of the names, each once; a leaf that stands there twice is told by `twice`.
static std::vector<int> leaves_named(const Accounts& a, const Blocs& blocs, const std::vector<std::string>& names, const std::string& place,
                                     std::string* twice) {
  std::vector<int> leaves;
  for (const std::string& name : names) {
    const int region = region_index(a, name);
    if (region < 0) unknown_region(a, blocs, name, place);
    for (const int leaf : leaves_of(a, region)) {
      if (twice && std::find(leaves.begin(), leaves.end(), leaf) != leaves.end()) *twice = a.regions[static_cast<std::size_t>(leaf)].code;
      leaves.push_back(leaf);
    }
  }
  std::sort(leaves.begin(), leaves.end());
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  return leaves;
}

RegionSet region_set(const Accounts& a, const Blocs& blocs, const std::string& name) {
  const auto bloc = blocs.find(name);
  if (bloc != blocs.end()) return {name, leaves_named(a, {}, bloc->second, "bloc " + name, nullptr)};
  if (region_index(a, name) < 0) unknown_region(a, blocs, name, "");
  return {name, leaves_named(a, {}, {name}, "", nullptr)};
}

Blocs read_blocs(const Accounts& a, const std::vector<std::string>& texts) {
  Blocs blocs;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      fail(Exit::usage, "usage", "", "", "--bloc", quoted(text), "NAME=A,B,C", "name the bloc and its regions, e.g. --bloc NORTH=FIN,SWE");
    const std::string name = text.substr(0, equals);
    if (region_index(a, name) >= 0)
      fail(Exit::usage, "bloc-name", "", "", "--bloc", quoted(name) + " is a region of the accounts", "a name of its own",
           "rename the bloc");
    if (blocs.count(name) > 0)
      fail(Exit::usage, "bloc-name", "", "", "--bloc", quoted(name) + " is stated twice", "one bloc of a name", "");
    std::string twice;
    const std::vector<std::string> members = split(text.substr(equals + 1), ',');
    leaves_named(a, {}, members, "--bloc " + name, &twice);
    if (!twice.empty())
      fail(Exit::usage, "bloc-overlap", "", "", "--bloc " + name, quoted(twice) + " stands in the bloc twice, by itself or in its nation",
           "each region once", "take it out once");
    blocs[name] = members;
  }
  return blocs;
}

}  // namespace kontor
