#include "product_trade.h"

#include <fmt/format.h>

#include "cell_effects.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

ProductTrade::ProductTrade(const Accounts& a) : accounts_(&a), sales_(a.sectors.size(), Matrix(a.regions.size(), a.regions.size())) {
  const Matrix sales = base_trade(a).sales;
  const std::size_t n = a.cells.size();
  for (std::size_t i = 0; i < sales.rows; ++i) {
    const int product = i < n ? a.cells[i].product : a.imports[i - n].sector;
    const auto origin = static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)));
    for (std::size_t d = 0; d < sales.columns; ++d) sales_[static_cast<std::size_t>(product)](origin, d) += sales(i, d);
  }
  for (Matrix& m : sales_)
    for (std::size_t o = 0; o < m.rows; ++o)
      for (std::size_t d = 0; d < m.columns; ++d)
        if (o != d && m(o, d) < 0.0) ++negative_, negative_sum_ += m(o, d), m(o, d) = 0.0;
}

double ProductTrade::between(const RegionSet& from, const RegionSet& to, std::size_t product) const {
  Sum sum;
  for (const int o : from.regions)
    for (const int d : to.regions)
      if (o != d) sum.add(sales_[product](static_cast<std::size_t>(o), static_cast<std::size_t>(d)));
  return sum.value();
}

std::vector<double> ProductTrade::between(const RegionSet& from, const RegionSet& to) const {
  std::vector<double> flows(sales_.size());
  for (std::size_t p = 0; p < flows.size(); ++p) flows[p] = between(from, to, p);
  return flows;
}

RegionSet ProductTrade::outside(const RegionSet& set, const RegionSet& other) const {
  RegionSet rest;
  for (int r = 0; r < static_cast<int>(accounts_->regions.size()); ++r)
    if (!set.has(r) && !other.has(r)) rest.regions.push_back(r);
  return rest;
}

std::string ProductTrade::negative_note() const {
  if (negative_ == 0) return "";
  return fmt::format("{} sales of a product to a region are negative in sum (stocks drawn down), {:.4g} {} together: they count as none",
                     negative_, negative_sum_, money_unit(*accounts_));
}

}  // namespace kontor
