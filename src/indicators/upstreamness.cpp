// How far a cell is from final use (upstreamness) and from primary inputs (downstreamness), in stages of production.
//
//   u(i) = 1 + sum_j z(i,j)/x(i) u(j)          row sums of G          1: sells to final users only
//   d(j) = 1 + sum_i z(i,j)/x(j) d(i)          column sums of L       1: buys from no cell
//
// Closed: what is sold abroad is used finally there, what is bought there was made in one stage. Corrected (`trade`):
// imports from external regions count as made by the region's own cell of that product and exports as used as the rest is,
//   u: z(i,j) + m(i,j) over x(i) - e(i) + m(i)          d: z(i,j) + m(i,j) over x(j)
// which for a table of one region is the correction of Antras, Chor, Fally and Hillberry (2012), y - x + m in their letters.
#include <array>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "linkages.h"
#include "rows_of.h"

namespace kontor {

namespace {

/// Flows with imports added to the cells that make the product at home, and what is used at home of each cell's product.
struct Corrected {
  Accounts accounts;                     // flows and output, for I - A
  std::vector<std::size_t> no_home_use;  // cells that sell more abroad than they make and imports bring
  std::vector<Import> homeless;          // imports of products that the buying region does not make
};

bool is_external(const Accounts& a, int region) { return a.regions[static_cast<std::size_t>(region)].external; }

// Cell of the buyer's region that makes the product of an import; -1 if none does.
int home_of(const Accounts& a, const Import& import, int region) {
  for (const int cell : cells_of(a, region))
    if (a.cells[static_cast<std::size_t>(cell)].product == import.sector) return cell;
  return -1;
}

Corrected corrected(const Accounts& a, bool upstream) {
  const std::size_t n = a.cells.size();
  Corrected result;
  Accounts& c = result.accounts;
  c.year = a.year, c.regions = a.regions, c.sectors = a.sectors, c.cells = a.cells;
  Matrix flows = a.intermediate.copy(), output = a.output.copy();
  std::vector<Sum> home_use(n);
  for (std::size_t i = 0; i < n; ++i) {
    home_use[i].add(a.output(0, i));
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (is_external(a, a.final_uses[f].region)) home_use[i].add(-a.final_use(i, f));
  }
  for (std::size_t k = 0; k < a.imports.size(); ++k) {
    std::vector<int> home(a.regions.size());
    for (std::size_t r = 0; r < home.size(); ++r) home[r] = home_of(a, a.imports[k], static_cast<int>(r));
    bool found = false;
    for (std::size_t j = 0; j < n; ++j) {
      const int cell = home[static_cast<std::size_t>(a.cells[j].region)];
      if (cell < 0) continue;
      found = true;
      flows(static_cast<std::size_t>(cell), j) += a.imports_intermediate(k, j);
      home_use[static_cast<std::size_t>(cell)].add(a.imports_intermediate(k, j));
    }
    for (std::size_t f = 0; f < a.final_uses.size(); ++f) {
      const int cell = home[static_cast<std::size_t>(a.final_uses[f].region)];
      if (cell >= 0) home_use[static_cast<std::size_t>(cell)].add(a.imports_final(k, f));
    }
    if (!found) result.homeless.push_back(a.imports[k]);
  }
  for (std::size_t i = 0; i < n && upstream; ++i) {
    if (!(a.output(0, i) > 0.0)) continue;
    if (home_use[i].value() > 0.0)
      output(0, i) = home_use[i].value();
    else
      result.no_home_use.push_back(i);  // the plain denominator stays, for the others' sake
  }
  c.intermediate = Block(std::move(flows)), c.output = Block(std::move(output));
  return result;
}

IndicatorAnswer stage_rows(const Picture& picture, const Question& question, bool upstream) {
  const Accounts& a = picture.accounts();
  const auto x = a.output.row(0);
  const std::size_t n = a.cells.size();
  IndicatorAnswer answer;
  std::vector<double> stages;
  if (word_setting(question.settings, "correction", std::array<std::string_view, 2>{"none", "trade"}) == "none") {
    const Linkages all = linkages_of(picture);
    stages = upstream ? all.forward_total : all.backward_total;
  } else {
    const Corrected c = corrected(a, upstream);
    const LeontiefSystem system(c.accounts);
    stages = system.output_multipliers();
    if (upstream) {
      Matrix used(1, n);
      for (std::size_t i = 0; i < n; ++i) used(0, i) = c.accounts.output(0, i);
      const Solved solved = system.solve(used);
      for (std::size_t i = 0; i < n; ++i) stages[i] = used(0, i) > 0.0 ? solved(0, i) / used(0, i) : std::nan("");
    }
    for (std::size_t i = 0; i < n; ++i)
      if (!(x[i] > 0.0)) stages[i] = std::nan("");
    for (const std::size_t i : c.no_home_use) stages[i] = std::nan("");
    if (!c.no_home_use.empty())
      answer.notes.push_back("more is sold abroad than is made and bought there by " + cells_in_words(a, c.no_home_use) +
                             ": not available; for the others its sales count as in the closed formula");
    for (const Import& import : c.homeless)
      answer.notes.push_back("imports of " + a.sectors[static_cast<std::size_t>(import.sector)].code +
                             " are made by no cell of a buying region: one stage each");
    answer.notes.push_back(a.imports.empty() ? "no external region in these accounts: the correction changes nothing"
                                             : "imports count as made by the buying region's own cell of the product; exports to external "
                                               "regions as used in the way of other sales");
  }
  for (const RegionSet& set : question.regions)
    for (const CellGroup& group : cell_groups(a, set))
      answer.rows.push_back(row_of(set, group.label, "", group_mean(group, stages, x), "stages"));
  add_idle_note(picture, question, answer.notes);
  return answer;
}

}  // namespace

IndicatorAnswer upstreamnesses(const Picture& picture, const Question& question) { return stage_rows(picture, question, true); }
IndicatorAnswer downstreamnesses(const Picture& picture, const Question& question) { return stage_rows(picture, question, false); }

}  // namespace kontor
