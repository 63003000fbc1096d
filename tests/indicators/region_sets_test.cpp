#include <catch2/catch.hpp>

#include "kontor/indicators/indicator.h"
#include "support.h"

using namespace kontor;

TEST_CASE("every region that makes something is a set of its own; a nation is none beside its regions") {
  Accounts a = test::tiny_accounts();
  a.regions[0].parent = a.regions[1].parent = "N";
  a.regions.push_back({"N", "Nation", "", false});
  a.regions.push_back({"X", "Abroad", "", true});
  const auto codes = [](const std::vector<RegionSet>& sets) {
    std::vector<std::string> result;
    for (const RegionSet& set : sets) result.push_back(set.code);
    return result;
  };
  CHECK(codes(single_regions(a)) == std::vector<std::string>{"L", "M"});
  CHECK(codes(single_regions(a, true)) == std::vector<std::string>{"L", "M", "X"});
  CHECK(region_set(a, {}, "N").regions == std::vector<int>{0, 1});
}
