// Decompositions of gross exports: each method a row with the terms that add up to exports, their sums, and a function.
//
//   E(i,r) = sum of the parts     i a cell of the exporter, r a partner
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "chains.h"

namespace kontor {

/// The border at which value added counts as crossing it for the first time or again: all exports of the exporter, those of
/// one sector, those to one partner, those of one sector to one partner.
enum class Perspective { exporter, exporter_sector, partner, partner_sector };

inline bool by_sector(Perspective p) { return p == Perspective::exporter_sector || p == Perspective::partner_sector; }
inline bool by_pair(Perspective p) { return p == Perspective::partner || p == Perspective::partner_sector; }

/// One exporter and the partners whose numbers are wanted; everything that a thread reads is made before.
struct Exports {
  const Chains* chains = nullptr;
  const ChainEconomy* exporter = nullptr;
  std::vector<const ChainEconomy*> partners;  // disjoint
  Perspective perspective = Perspective::exporter;
  const Matrix* columns = nullptr;  // L at the exporter's cells, one column a row; where the method needs them
  // Answers of L to final use, by cell; where the method needs them.
  std::span<const double> own_use;       // L Y_ss
  std::span<const double> exported_use;  // L sum_{l not s} Y_sl
  std::span<const double> home_use;      // L (Y_tt of every economy t)
};

/// Cells of the exporter x partners, one matrix a part of the method's list, OTHER left out.
using Parts = std::vector<Matrix>;

/// A term that is the sum of parts, named one after the other.
struct SumOfParts {
  Term term;
  std::string_view parts;
};

/// What a method has to have made before it is asked.
struct Needs {
  bool columns = false;  // whatever the perspective
  bool uses = false;     // looped uses and contents of the partners, own, exported and home use
};

struct DecompositionMethod {
  std::string_view name;
  std::span<const Term> parts;  // they and OTHER partition exports
  std::span<const SumOfParts> sums;
  bool perspectives = false;  // defined for all four; otherwise for the exporter's whole border only
  bool by_partner = true;     // its terms are defined for each partner
  Needs needs;
  Parts (*parts_of)(const Exports& exports);
};

std::span<const DecompositionMethod> decomposition_methods();
/// Terms of all methods, EXGR and OTHER: what the indicator lists.
std::span<const Term> decomposition_terms();

Parts borin_mancini_source(const Exports& exports);
Parts borin_mancini_sink(const Exports& exports);
Parts miroudot_ye(const Exports& exports);
Parts wang_wei_zhu(const Exports& exports);
Parts koopman_wang_wei(const Exports& exports);
Parts oecd(const Exports& exports);

// Pieces that several methods share.

/// E(i,r), what the exporter's cells sell to each partner.
Matrix gross_exports(const Exports& exports);
/// Final goods among them.
Matrix final_exports(const Exports& exports);
/// The part of E(i,r) that is nobody's value added, and what the table's gaps leave: what parts do not explain.
Matrix unexplained_exports(const Exports& exports, const Matrix& gross);
/// A_sr q_r for each partner r: cells of the exporter x partners; q by cell of the accounts.
Matrix into_partners(const Exports& exports, std::span<const double> q);
/// Final exports and A_sr (L Y 1)_r: exports as far as uses explain them.
Matrix explained_exports(const Exports& exports);
/// sum_{l in economy} of the rows of a matrix cells x regions.
double in_regions(std::span<const double> by_region, const ChainEconomy& economy);

/// Value added per unit of exports of each cell of the exporter that crosses the border of the perspective: all of it
/// (`domestic`, `foreign`), and what crosses it for the first time.
struct BorderFactors {
  std::vector<double> domestic, foreign;
  Matrix domestic_first, foreign_first;  // cells x partners; every partner the same unless the border is that of a pair
};
BorderFactors border_factors(const Exports& exports);

/// Exports that are used for goods which cross the border again: A_sr times the output of each partner that these goods
/// take, of all, and of those whose final use is the exporter's own. Needs columns of L.
struct CrossedAgain {
  Matrix all, for_exporter;  // cells x partners
};
CrossedAgain crossed_again(const Exports& exports);

}  // namespace kontor
