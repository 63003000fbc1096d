#include "replaced_flows.h"

#include <algorithm>

namespace kontor {

namespace {

int product_of(const Accounts& a, int supplier) {
  const auto i = static_cast<std::size_t>(supplier);
  return i < a.cells.size() ? a.cells[i].product : a.imports[i - a.cells.size()].sector;
}

/// One buyer: what it misses and what its other suppliers deliver, by product.
struct Buyer {
  std::vector<double> missing, others;

  Buyer(const Accounts& a, const Missing& lost, int buyer) : missing(a.sectors.size(), 0.0), others(a.sectors.size(), 0.0) {
    for (int i = 0; i < supplier_count(a); ++i) {
      const double now = purchase(a, i, buyer);
      if (!(now > 0.0)) continue;
      const double less = lost(i, buyer);
      (less > 0.0 ? missing : others)[static_cast<std::size_t>(product_of(a, i))] += less > 0.0 ? less : now;
    }
  }
};

}  // namespace

Replaced replaced_flows(const Accounts& a, const Missing& missing, const std::vector<bool>& may_replace, double share) {
  const auto n = static_cast<int>(a.cells.size());
  Replaced result;
  result.final_use.assign(a.cells.size(), 0.0), result.shortage.assign(a.cells.size(), 0.0);
  if (share > 0.0) result.flows = Matrix(a.cells.size(), a.cells.size());
  for (int buyer = 0; buyer < buyer_count(a); ++buyer) {
    const Buyer b(a, missing, buyer);
    const bool tries = share > 0.0 && may_replace[static_cast<std::size_t>(buyer)];
    double short_of = 0.0;
    for (std::size_t p = 0; p < b.missing.size(); ++p) {
      const bool found = tries && b.others[p] > 0.0;
      if (tries && b.missing[p] > 0.0 && !found) ++result.without_other;
      short_of += b.missing[p] * (found ? 1.0 - share : 1.0);
    }
    if (buyer < n) {
      const double x = a.output(0, static_cast<std::size_t>(buyer));
      result.shortage[static_cast<std::size_t>(buyer)] = x > 0.0 ? short_of / x : 0.0;
    }
    if (!tries) continue;
    for (int i = 0; i < n; ++i) {  // what imports from an external region make up leaves the circle
      const auto p = static_cast<std::size_t>(product_of(a, i));
      const double now = purchase(a, i, buyer);
      if (!(b.missing[p] > 0.0) || !(now > 0.0) || missing(i, buyer) > 0.0) continue;
      const double more = share * b.missing[p] * now / b.others[p];
      if (buyer < n)
        result.flows(static_cast<std::size_t>(i), static_cast<std::size_t>(buyer)) = more;
      else
        result.final_use[static_cast<std::size_t>(i)] += more;
    }
  }
  return result;
}

}  // namespace kontor
