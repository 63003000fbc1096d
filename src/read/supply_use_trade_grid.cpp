// From purchases by product to a table of cells, under one of two assumptions.
//
//   fixed product sales structure (industry by industry, Eurostat model D):
//     Z(i o ; j d) = sum_c D(i,c;o) U(c o ; j d),      D(i,c;o) = make(c,i,o) / sum_i make(c,i,o)
//   industry technology (product by product, Eurostat model B):
//     Z(c o ; k d) = sum_j U(c o ; j d) C(j,k;d),      C(j,k;d) = make(k,j,d) / sum_k make(k,j,d)
//
// U are the purchases that supply_use_trade_pooling.cpp derives. Industry by industry, the industry technology
// assumption A = D B gives the same table as model D, so it is no choice of its own there (Miller and Blair
// 2009, chapter 5); what differs is the product-by-product table. Method: docs/methods/supply_use_trade.md
#include "kontor/base/sum.h"
#include "read/supply_use_trade.h"

namespace kontor {

// rows(o) * values, region by region: sellers o.c become sellers o.i.
static Matrix regrouped_rows(const std::vector<Matrix>& weights, const Matrix& values) {
  const std::size_t s = weights.front().rows;
  Matrix result(values.rows, values.columns);
  for (std::size_t o = 0; o < weights.size(); ++o)
    for (std::size_t i = 0; i < s; ++i)
      for (std::size_t c = 0; c < s; ++c)
        if (const double w = weights[o](i, c); w != 0)
          for (std::size_t b = 0; b < values.columns; ++b) result(o * s + i, b) += w * values(o * s + c, b);
  return result;
}

// values * weights(d) on the first columns of each region: what industries buy becomes what products take.
// `stride` columns a region; columns beyond the sectors (final users) stay as they are.
static Matrix regrouped_columns(const Matrix& values, const std::vector<Matrix>& weights, std::size_t stride) {
  const std::size_t s = weights.front().rows;
  Matrix result = values;
  for (std::size_t r = 0; r < values.rows; ++r)
    for (std::size_t d = 0; d < weights.size(); ++d) {
      for (std::size_t k = 0; k < s; ++k) result(r, d * stride + k) = 0;
      for (std::size_t j = 0; j < s; ++j)
        if (const double v = values(r, d * stride + j); v != 0)
          for (std::size_t k = 0; k < s; ++k)
            if (const double w = weights[d](j, k); w != 0)
              result(r, d * stride + k) += v * w;  // NaN stays with the products that it touches
    }
  return result;
}

// Regional employment by industry is not published: national persons by the regions' shares in labour costs.
static Matrix estimated_jobs(const SupplyUseTrade& t) {
  if (t.national_persons.empty() || t.labour_share.rows == 0) return {};
  Matrix jobs(1, t.region_count() * t.industries.size());
  for (std::size_t d = 0; d < t.region_count(); ++d)
    for (std::size_t i = 0; i < t.industries.size(); ++i)
      jobs(0, d * t.industries.size() + i) = t.national_persons[i] * t.labour_share(i, d);
  return jobs;
}

Grid grid_of(const SupplyUseTrade& t, bool by_industry) {
  const std::size_t regions = t.region_count(), sectors = t.industries.size();
  const Purchases bought = pool_purchases(t);
  Matrix sales = bought.goods;
  for (std::size_t i = 0; i < sales.values.size(); ++i) sales.values[i] += bought.margins.values[i];
  Matrix primary(4, regions * sectors), stocks(1, regions * sectors), jobs = estimated_jobs(t);
  for (std::size_t d = 0; d < regions; ++d)
    for (std::size_t i = 0; i < sectors; ++i) {
      const std::size_t cell = d * sectors + i;
      primary(0, cell) = t.labour(i, d), primary(1, cell) = t.capital(i, d);
      primary(2, cell) = t.land(i, d), primary(3, cell) = t.production_tax(i, d);
      stocks(0, cell) = t.stocks(i, d);
    }
  Grid grid{regions, sectors, {}, bought.imports, bought.taxes, primary, stocks, jobs, Matrix(1, regions * sectors)};
  if (by_industry) {
    grid.sales = regrouped_rows(market_shares(t), sales);
  } else {
    const std::vector<Matrix> mix = product_mixes(t);
    grid.sales = regrouped_columns(sales, mix, t.user_count());
    grid.imports = regrouped_columns(bought.imports, mix, t.user_count());
    grid.taxes = regrouped_columns(bought.taxes, mix, t.user_count());
    grid.primary = regrouped_columns(primary, mix, sectors);
    grid.stocks = regrouped_columns(stocks, mix, sectors);
    if (jobs.rows > 0) grid.jobs = regrouped_columns(jobs, mix, sectors);
  }
  for (std::size_t cell = 0; cell < regions * sectors; ++cell) {
    const std::size_t region = cell / sectors, sector = cell % sectors;
    Sum output;
    for (std::size_t k = 0; k < sectors; ++k)
      output.add(by_industry ? t.make(t.product(region, k), sector) : t.make(t.product(region, sector), k));
    output.add(grid.stocks(0, cell));
    grid.output(0, cell) = output.value();
  }
  return grid;
}

}  // namespace kontor
