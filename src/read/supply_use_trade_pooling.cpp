// From delivered use to purchases by origin.
//
//   P(c,s,d)      = sum_o T(c,s,o,d) + sum_{m,o} M(c,s,m,o,d)      delivered value, all users of region d together
//   goods(c,o;u,d)   = D(c,s,u,d) * T(c,s,o,d) / P(c,s,d)
//   margins(m,p;u,d) = D(c,s,u,d) * sum_o M(c,s,m,o,d) / P(c,s,d) * S(m,o,d,p) / sum_p S(m,o,d,p)
//
// Every user of a commodity in a region draws the same mix of origins and margins (TERM, Horridge 2011).
// Method: docs/methods/supply_use_trade.md
#include <algorithm>

#include "kontor/base/sum.h"
#include "read/supply_use_trade.h"

namespace kontor {

// What one unit of delivered use of commodity c from source s in region d is made of.
namespace {
struct Part {
  std::size_t product;
  double share;
};
struct Recipe {
  std::vector<Part> goods, margins;
  double abroad = 0.0;
};
}  // namespace

double delivered_value(const SupplyUseTrade& t, int s, std::size_t c, std::size_t d) {
  Sum value;
  for (std::size_t o = 0; o < t.region_count(); ++o) {
    value.add(t.trade[s](t.product(o, c), d));
    for (std::size_t m = 0; m < t.margins.size(); ++m) value.add(t.trade_margin[s](t.margin_row(c, m), t.link(o, d)));
  }
  return value.value();
}

static Recipe recipe_of(const SupplyUseTrade& t, int s, std::size_t c, std::size_t d) {
  Recipe recipe;
  const double value = delivered_value(t, s, c, d);
  if (value <= 0) return recipe;
  for (std::size_t o = 0; o < t.region_count(); ++o)
    if (const double bought = t.trade[s](t.product(o, c), d); bought > 0) {
      if (s == domestic)
        recipe.goods.push_back({t.product(o, c), bought / value});
      else
        recipe.abroad += bought / value;
    }
  std::vector<double> by_region(t.region_count());
  for (std::size_t m = 0; m < t.margins.size(); ++m) {
    std::fill(by_region.begin(), by_region.end(), 0.0);
    for (std::size_t o = 0; o < t.region_count(); ++o) {
      const double charged = t.trade_margin[s](t.margin_row(c, m), t.link(o, d));
      if (charged <= 0) continue;
      const auto producers = t.margin_supply.row(t.margin_link(m, o, d));
      const double produced = sum_of(producers);
      for (std::size_t p = 0; p < t.region_count() && produced > 0; ++p) by_region[p] += charged / value * (producers[p] / produced);
    }
    for (std::size_t p = 0; p < t.region_count(); ++p)
      if (by_region[p] > 0) recipe.margins.push_back({t.product(p, static_cast<std::size_t>(t.margin_commodity[m])), by_region[p]});
  }
  return recipe;
}

Purchases pool_purchases(const SupplyUseTrade& t) {
  const std::size_t products = t.region_count() * t.product_count(), buyers = t.region_count() * t.user_count();
  Purchases result{Matrix(products, buyers), Matrix(products, buyers), Matrix(t.product_count(), buyers), Matrix(1, buyers)};
  for (std::size_t c = 0; c < t.product_count(); ++c)
    for (const int s : {domestic, imported})
      for (std::size_t d = 0; d < t.region_count(); ++d) {
        const Recipe recipe = recipe_of(t, s, c, d);
        for (std::size_t b = t.buyer(d, 0); b < t.buyer(d + 1, 0); ++b) {
          const double use = t.delivered[s](c, b);
          if (use == 0) continue;
          for (const Part& part : recipe.goods) result.goods(part.product, b) += use * part.share;
          for (const Part& part : recipe.margins) result.margins(part.product, b) += use * part.share;
          result.imports(c, b) += use * recipe.abroad;
        }
      }
  for (std::size_t b = 0; b < buyers; ++b) {
    Sum taxes;
    for (const int s : {domestic, imported})
      for (std::size_t c = 0; c < t.product_count(); ++c) taxes.add(t.tax[s](c, b));
    result.taxes(0, b) = taxes.value();
  }
  return result;
}

std::vector<Matrix> market_shares(const SupplyUseTrade& t) {
  std::vector<Matrix> shares(t.region_count(), Matrix(t.industries.size(), t.product_count()));
  for (std::size_t o = 0; o < t.region_count(); ++o)
    for (std::size_t c = 0; c < t.product_count(); ++c) {
      const auto makers = t.make.row(t.product(o, c));
      const double made = sum_of(makers);
      for (std::size_t i = 0; i < makers.size() && made > 0; ++i) shares[o](i, c) = makers[i] / made;
    }
  return shares;
}

std::vector<Matrix> product_mixes(const SupplyUseTrade& t) {
  std::vector<Matrix> mixes(t.region_count(), Matrix(t.industries.size(), t.product_count()));
  for (std::size_t o = 0; o < t.region_count(); ++o)
    for (std::size_t i = 0; i < t.industries.size(); ++i) {
      Sum made;
      for (std::size_t c = 0; c < t.product_count(); ++c) made.add(t.make(t.product(o, c), i));
      for (std::size_t c = 0; c < t.product_count() && made.value() > 0; ++c) mixes[o](i, c) = t.make(t.product(o, c), i) / made.value();
    }
  return mixes;
}

}  // namespace kontor
