// Where the output of a multiplier arises: in the region by itself, in it by way of others, and in others.
//
//   own        1' H_s                  H_s = (I - A_ss)^-1, the region as if it bought nothing from the others' cells
//   feedback   1' (L_ss - H_s)  =  h A_so L_os,  h = 1' H_s: others need the region's goods to make what it buys from them
//   spillover  1' L_os
//
// The feedback is solved for, not the difference of two sums. Their sum is the output multiplier.
// Source: Miller and Blair (2022), chapter 3.3; Miyazawa (1976)
#include <algorithm>
#include <cmath>

#include "cell_groups.h"
#include "linkages.h"
#include "rows_of.h"

namespace kontor {

// 1' H_s by cell of the set; cells outside hold 0.
static std::vector<double> own_multipliers(const Accounts& a, const RegionSet& set) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (set.has(a.cells[i].region)) cells.push_back(i);
  std::vector<double> own(a.cells.size(), 0.0);
  if (cells.empty()) return own;
  Accounts part;
  part.year = a.year, part.regions = a.regions, part.sectors = a.sectors;
  Matrix flows(cells.size(), cells.size()), output(1, cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    part.cells.push_back(a.cells[cells[i]]);
    output(0, i) = a.output(0, cells[i]);
    for (std::size_t j = 0; j < cells.size(); ++j) flows(i, j) = a.intermediate(cells[i], cells[j]);
  }
  part.intermediate = Block(std::move(flows)), part.output = Block(std::move(output));
  const LeontiefSystem system(part);
  for (std::size_t i = 0; i < cells.size(); ++i) own[cells[i]] = system.output_multipliers()[i];
  return own;
}

IndicatorAnswer interregional_multipliers(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const LeontiefSystem& system = picture.system();
  const std::size_t n = a.cells.size(), blocks = 2 + question.partners.size();
  const auto x = a.output.row(0);
  IndicatorAnswer answer;

  // Per set: h A_so for the feedback, ones outside for the spillover, ones in each partner.
  Matrix panel(question.regions.size() * blocks, n);
  std::vector<std::vector<double>> own;
  for (std::size_t s = 0; s < question.regions.size(); ++s) {
    const std::vector<bool> inside = cells_inside(a, question.regions[s]);
    own.push_back(own_multipliers(a, question.regions[s]));
    for (std::size_t i = 0; i < n; ++i)
      if (inside[i])
        for (std::size_t o = 0; o < n; ++o)
          if (!inside[o]) panel(s * blocks, o) += own[s][i] * a.intermediate(i, o) * system.inverse_output(o);
    for (std::size_t o = 0; o < n; ++o) {
      if (inside[o]) continue;
      panel(s * blocks + 1, o) = 1.0;
      for (std::size_t p = 0; p < question.partners.size(); ++p)
        if (question.partners[p].has(a.cells[o].region)) panel(s * blocks + 2 + p, o) = 1.0;
    }
  }
  const Matrix m = system.solve_transposed(panel).answers;
  std::vector<bool> makes;  // by partner: whether it has production accounts
  for (const RegionSet& partner : question.partners)
    makes.push_back(std::any_of(a.cells.begin(), a.cells.end(), [&](const Cell& cell) { return partner.has(cell.region); }));
  for (std::size_t s = 0; s < question.regions.size(); ++s) {
    const RegionSet& set = question.regions[s];
    std::vector<std::size_t> shown;
    for (std::size_t p = 0; p < question.partners.size(); ++p) {
      const std::vector<int>& regions = question.partners[p].regions;
      if (makes[p] && std::none_of(regions.begin(), regions.end(), [&](int r) { return set.has(r); })) shown.push_back(p);
    }
    for (const CellGroup& group : cell_groups(a, set)) {
      const auto put = [&](const char* term, std::span<const double> by_cell, const std::string& partner) {
        answer.rows.push_back(row_of(set, group.label, term, group_mean(group, by_cell, x), "ratio", partner));
      };
      if (question.partners.empty()) {
        put("own", own[s], "");
        put("feedback", m.row(s * blocks), "");
        put("spillover", m.row(s * blocks + 1), "");
      }
      for (const std::size_t p : shown) put("spillover", m.row(s * blocks + 2 + p), question.partners[p].code);
    }
  }
  if (std::any_of(makes.begin(), makes.end(), [](bool made) { return !made; }))
    answer.notes.push_back("a partner without production accounts has no output to spill over to: no row");
  add_idle_note(picture, question, answer.notes);
  return answer;
}

}  // namespace kontor
