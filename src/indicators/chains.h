// Economies and the chains between them: what decompositions of trade share, made once for each economy.
//
// An economy is a set of leaf regions that is looked at as one: a region, a nation, a bloc. External regions may be members
// of it; they buy, and what they sell counts at face value, because nothing is known of how they make it.
//
//   H_r = (I - A_rr)^-1   what its cells call for among themselves        L_rr   the same through everybody
//   f_r = (v_r + m_r)' L  what one unit of final use of a cell holds of it: value added, and what its external members sell
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

struct ChainEconomy {
  std::vector<int> regions;        // leaves, ascending
  std::vector<std::size_t> cells;  // ascending
  bool external = false;           // has a member without production accounts
  std::vector<bool> has;           // by region of the accounts

  // Made by Chains when somebody needs them.
  std::vector<double> content;  // f_r, by cell of the accounts
  Matrix local_use;             // H_r Y_r, own cells x regions of absorption
  Matrix block;                 // L_rr
  Matrix looped_use;            // L_rr Y_r, own cells x regions of absorption
};

/// How the world outside an exporter is divided: into nations, of which those that the exporter belongs to stand region by
/// region, or into leaf regions throughout.
enum class Level { nations, regions };

/// Belongs to a Picture and must not outlive it. Not for several threads at a time, unless all that they read is made.
class Chains {
 public:
  explicit Chains(const Picture& picture);
  const Picture& picture() const { return *picture_; }

  /// The economy of these leaf regions: the same object for the same regions.
  const ChainEconomy& economy(const std::vector<int>& regions) const;
  /// All economies that are disjoint from the `taken` ones; together they and the taken are the world.
  std::vector<const ChainEconomy*> others(std::span<const ChainEconomy* const> taken, Level level) const;

  void make_contents(std::span<const ChainEconomy* const> economies) const;
  void make_local_uses(std::span<const ChainEconomy* const> economies) const;
  void make_blocks(std::span<const ChainEconomy* const> economies) const;
  void make_looped_uses(std::span<const ChainEconomy* const> economies) const;

  /// Sales of each cell to users outside its economy's regions, own cells in order.
  std::vector<double> exports(const ChainEconomy& economy) const;
  /// (I - A_rr), own cells.
  Matrix local_system(const ChainEconomy& economy) const;

  /// By cell: part of a unit of final use that is nobody's value added, w' L: taxes on products and margins that cells
  /// pay, what costs leave unexplained, and output of cells that make nothing. 0 where it is rounding.
  const std::vector<double>& unexplained() const { return unexplained_; }
  /// By cell: output that no use of the accounts explains, x - L Y 1. 0 where it is rounding.
  const std::vector<double>& unused() const { return unused_; }
  /// By cell: L Y 1.
  const std::vector<double>& output() const { return output_; }
  /// By region, by cell: what an external region sells for a unit of output.
  const std::vector<double>& import_coefficients(int region) const { return import_coefficients_[static_cast<std::size_t>(region)]; }

 private:
  /// Those of the economies that lack something, each once.
  std::vector<ChainEconomy*> those(std::span<const ChainEconomy* const> economies, bool (*lack)(const ChainEconomy&)) const;

  const Picture* picture_;
  std::vector<std::vector<double>> import_coefficients_;
  std::vector<double> unexplained_, unused_, output_;
  mutable std::map<std::vector<int>, std::unique_ptr<ChainEconomy>> economies_;
};

/// An economy whose own block of I - A is singular: no trustworthy answer.
[[noreturn]] void no_inverse(const Accounts& accounts, const ChainEconomy& economy);

/// a b, for blocks of a few hundred rows.
Matrix block_product(const Matrix& a, const Matrix& b);
Matrix transpose_of(const Matrix& m);

}  // namespace kontor
