// Cells that stand in one row of an indicator: the cells of a sector in a set of regions, or all of them together.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

struct CellGroup {
  std::string label;               // the row's sector; empty: all cells of the set
  std::vector<std::size_t> cells;  // ascending
};

/// Sector by sector in the accounts' order, then all cells of the set. With a satellite no finer than its source knows:
/// by its groups of sectors, or all cells only.
std::vector<CellGroup> cell_groups(const Accounts& accounts, const RegionSet& set, const Satellite* satellite = nullptr);

/// By cell: whether its region belongs to the set.
std::vector<bool> cells_inside(const Accounts& accounts, const RegionSet& set);

/// Sum over the group; NaN if a value of it is.
double group_sum(const CellGroup& group, std::span<const double> values);
/// Mean over the group's cells with a weight above 0; NaN if there is none.
double group_mean(const CellGroup& group, std::span<const double> values, std::span<const double> weights);

/// What a note calls the cells: "3 cells (CHN.c19, ...)", at most `most` by name.
std::string cells_in_words(const Accounts& accounts, const std::vector<std::size_t>& cells, std::size_t most = 5);

}  // namespace kontor
