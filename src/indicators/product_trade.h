// Trade between sets of regions by product, all uses together, stocks too; the table's gap is no trade.
//
// A region's sales of a product to another that are negative in sum (stocks that were drawn down) count as none: a share
// cannot be made of them. How many there were is printed with the numbers.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

class ProductTrade {
 public:
  explicit ProductTrade(const Accounts& accounts);

  /// Sales of a product from one set to another, money of the accounts. What regions sell to themselves is no trade.
  double between(const RegionSet& from, const RegionSet& to, std::size_t product) const;
  std::vector<double> between(const RegionSet& from, const RegionSet& to) const;
  /// To, and from, everybody outside the set.
  std::vector<double> exports(const RegionSet& set) const { return between(set, outside(set)); }
  std::vector<double> imports(const RegionSet& set) const { return between(outside(set), set); }

  /// Every region, external ones too, that is not in the sets.
  RegionSet outside(const RegionSet& set, const RegionSet& other = {}) const;
  /// What was left out: a sentence for the notes; empty if nothing was.
  std::string negative_note() const;

 private:
  const Accounts* accounts_;
  std::vector<Matrix> sales_;  // by product: origins x destinations
  std::size_t negative_ = 0;
  double negative_sum_ = 0.0;
};

}  // namespace kontor
