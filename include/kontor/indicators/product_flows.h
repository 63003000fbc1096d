// Who sells to whom, for pictures: all regions at one look, and the way of one product.
#pragma once

#include <string>
#include <vector>

#include "kontor/accounts/accounts.h"

namespace kontor {

struct RegionFlows {
  std::vector<int> regions;  // of the accounts: those with production, then external ones
  Matrix values;             // sellers x buyers, goods for use in production and final use together, accounts units a year
};
RegionFlows region_flows(const Accounts& accounts);

struct ChainNode {
  std::string id, name;
  std::string kind;  // region, sector (a cell, or a product from abroad), use (final use, value added, taxes, others)
};
struct ChainLink {
  std::string from, to;  // ids
  double value = 0.0;    // above 0, accounts units a year
};

/// What a region's product is made of and where it goes: two steps to each side, small ones put together as others.
///
///   regions -> suppliers, value added -> the product -> buyers, final uses -> regions
///
/// What enters a node by its links is what leaves it, but for the two ends: a supplier's inputs count in the part of its
/// output that the product takes, a buyer's sales in the part of its inputs that the product is. `negative` are purchases below
/// zero (stocks that shrink), which no picture shows.
struct ProductChain {
  std::vector<ChainNode> nodes;  // the product itself first
  std::vector<ChainLink> links;
  double negative = 0.0;
};

/// `most`: neighbours that are told apart on each side. Throws Error(usage) if the region does not make the product.
ProductChain product_chain(const Accounts& accounts, int region, int sector, std::size_t most = 10);

}  // namespace kontor
