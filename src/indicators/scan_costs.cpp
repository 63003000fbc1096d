// What trade between two regions costs by the accounts, and what it would cost if they were like other pairs.
//
//   implied    ln tau(i,j) = -h(i,j) / (2 theta) - (1 + 1/theta) ln (1 + t),   h = ln [ X(i,j) X(j,i) / (X(i,i) X(j,j)) ]
//              mean of both ways, against trade at home; t: mean of both tariffs in logs, X at the seller's price
//   predicted  least squares of the implied costs of a product on ln distance (against the mean of the distances at home
//              where they are known), another nation, contiguity, language, colony; each pair is predicted by the others:
//              y - e / (1 - leverage)
//              without distances: the median of the product's other pairs that one of the two regions is part of
//
// Head and Ries (2001), AER 91(4), 858-876; Novy (2013), Economic Inquiry 51(1), 101-121.
#include <algorithm>
#include <cmath>

#include "kontor/base/index.h"
#include "kontor/base/statistics.h"
#include "kontor/indicators/trade_shares.h"
#include "scan_parts.h"

namespace kontor {

namespace {

/// A pair whose cost is known, and what it may depend on.
struct Pair {
  std::size_t one = 0, other = 0;
  double cost = 0.0;
  std::vector<double> facts;  // constant first
  bool complete = true;
};

Matrix implied_costs(const Accounts& a, int sector, double theta, const std::vector<Matrix>& flows) {
  const std::size_t n = a.regions.size();
  const TradeFlows trade{flows};
  Matrix tariff(n, n), implied(n, n, std::nan(""));
  for (const BorderCost& border : a.border_costs)
    if (border.sector == sector && !std::isnan(border.tariff)) tariff(at(border.exporter), at(border.importer)) = border.tariff;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double h = trade.nearness(sector, static_cast<int>(i), static_cast<int>(j));
      const double taken = 0.5 * (std::log1p(tariff(i, j)) + std::log1p(tariff(j, i)));
      implied(i, j) = implied(j, i) = -h / (2.0 * theta) - (1.0 + 1.0 / theta) * taken;
    }
  return implied;
}

double fact(const Matrix& facts, std::size_t i, std::size_t j) { return facts.values.empty() ? 0.0 : 0.5 * (facts(i, j) + facts(j, i)); }

// Distances at home count where every region has one.
bool all_at_home(const Accounts& a, const Matrix& km) {
  for (std::size_t r = 0; r < a.regions.size(); ++r)
    if (!cells_of(a, static_cast<int>(r)).empty() && !(km(r, r) > 0.0)) return false;
  return true;
}

std::vector<Pair> pairs_of(const Accounts& a, const PairFacts& facts, const Matrix& implied) {
  std::vector<Pair> pairs;
  const bool home = !facts.km.values.empty() && all_at_home(a, facts.km);
  for (std::size_t i = 0; i < implied.rows; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      if (std::isnan(implied(i, j))) continue;
      Pair pair{i, j, implied(i, j), {1.0}};
      if (!facts.km.values.empty()) {
        double log = 0.5 * (std::log(facts.km(i, j)) + std::log(facts.km(j, i)));
        if (home) log -= 0.5 * (std::log(facts.km(i, i)) + std::log(facts.km(j, j)));
        pair.facts.push_back(log);
        pair.facts.push_back(nation_of(a, static_cast<int>(i)) == nation_of(a, static_cast<int>(j)) ? 0.0 : 1.0);
        for (const Matrix* more : {&facts.contiguous, &facts.language, &facts.colony}) pair.facts.push_back(fact(*more, i, j));
      }
      pair.complete = pair.facts.size() > 1 && std::all_of(pair.facts.begin(), pair.facts.end(), [](double x) { return std::isfinite(x); });
      pairs.push_back(std::move(pair));
    }
  return pairs;
}

// Fitted values by orthogonal columns (Gram and Schmidt, twice); a fact that follows from those before it is left out. What
// each pair would get from the others; NaN where it alone decides a coefficient.
std::vector<double> left_out_fits(const std::vector<const Pair*>& pairs) {
  const std::size_t n = pairs.size(), facts = pairs.front()->facts.size();
  std::vector<std::vector<double>> basis;
  const auto dot = [n](const std::vector<double>& x, const std::vector<double>& y) {
    double s = 0.0;
    for (std::size_t i = 0; i < n; ++i) s += x[i] * y[i];
    return s;
  };
  for (std::size_t k = 0; k < facts; ++k) {
    std::vector<double> column(n);
    for (std::size_t i = 0; i < n; ++i) column[i] = pairs[i]->facts[k];
    const double before = std::sqrt(dot(column, column));
    for (int round = 0; round < 2; ++round)
      for (const std::vector<double>& q : basis) {
        const double along = dot(q, column);
        for (std::size_t i = 0; i < n; ++i) column[i] -= along * q[i];
      }
    const double size = std::sqrt(dot(column, column));
    if (!(size > 1e-7 * before)) continue;
    for (double& x : column) x /= size;
    basis.push_back(std::move(column));
  }
  std::vector<double> cost(n), fits(n, 0.0), leverage(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) cost[i] = pairs[i]->cost;
  for (const std::vector<double>& q : basis) {
    const double along = dot(q, cost);
    for (std::size_t i = 0; i < n; ++i) fits[i] += along * q[i], leverage[i] += q[i] * q[i];
  }
  for (std::size_t i = 0; i < n; ++i)
    fits[i] = leverage[i] < 1.0 - 1e-7 ? cost[i] - (cost[i] - fits[i]) / (1.0 - leverage[i]) : std::nan("");
  return fits;
}

double median_of_others(const std::vector<Pair>& pairs, const Pair& pair) {
  std::vector<double> costs;
  for (const Pair& other : pairs)
    if (&other != &pair && (other.one == pair.one || other.one == pair.other || other.other == pair.one || other.other == pair.other))
      costs.push_back(other.cost);
  return costs.size() < 3 ? std::nan("") : quantile(std::move(costs), 0.5);
}

}  // namespace

CostGaps cost_gaps(const Accounts& a, const PairFacts& facts, int sector, double elasticity, const std::vector<Matrix>& flows) {
  constexpr std::size_t fewest_pairs = 12;  // twice the number of facts
  CostGaps gaps;
  gaps.implied = implied_costs(a, sector, elasticity, flows);
  gaps.predicted = Matrix(gaps.implied.rows, gaps.implied.columns, std::nan(""));
  const std::vector<Pair> pairs = pairs_of(a, facts, gaps.implied);
  std::vector<const Pair*> complete;
  for (const Pair& pair : pairs)
    if (pair.complete) complete.push_back(&pair);
  gaps.by_distance = complete.size() >= fewest_pairs;
  if (gaps.by_distance) {
    const std::vector<double> fits = left_out_fits(complete);
    for (std::size_t k = 0; k < fits.size(); ++k)
      gaps.predicted(complete[k]->one, complete[k]->other) = gaps.predicted(complete[k]->other, complete[k]->one) = fits[k];
    return gaps;
  }
  for (const Pair& pair : pairs)
    gaps.predicted(pair.one, pair.other) = gaps.predicted(pair.other, pair.one) = median_of_others(pairs, pair);
  return gaps;
}

}  // namespace kontor
