// Linkages: how strongly the cells of an economy pull on each other and push each other.
#include "families.h"

namespace kontor {

namespace {

// Column sums of L: certified with the system, so they are there.
IndicatorAnswer output_multipliers(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const std::vector<double>& m = picture.system().output_multipliers();
  IndicatorAnswer answer;
  for (const RegionSet& set : question.regions)
    for (const int region : set.regions)
      for (const int cell : cells_of(a, region))
        answer.rows.push_back({"", a.regions[static_cast<std::size_t>(region)].code,
                               a.sectors[static_cast<std::size_t>(a.cells[static_cast<std::size_t>(cell)].sector)].code, "", 0, "", "",
                               m[static_cast<std::size_t>(cell)], "ratio"});
  return answer;
}

const Indicator output_multiplier = {
    .name = "output_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "Output of all cells that one unit of final demand for the cell calls for, itself included",
    .formula = "m(j) = sum_i L(i,j)",
    .source = "Leontief (1936); Miller and Blair (2022), chapter 6",
    .page = "linkages",
    .compute = output_multipliers,
};

constexpr const Indicator* rows[] = {&output_multiplier};

}  // namespace

std::span<const Indicator* const> linkage_indicators() { return rows; }

}  // namespace kontor
