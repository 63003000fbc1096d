// A partner's share in what a region buys of a product: the purchases that move, and what the gradient says of them.
//
// Buyers that buy from the partner already buy more in proportion, and the others' sales to each give way in proportion to
// what they sell it: with p_i what buyer k buys of i, m = step x (all purchases) p_o / (sum of p_o over buyers),
//   o gains m,  i loses m p_i / (p - p_o)
// A weight's slope is minus that of a cost over theta; weights whose sum is no longer one (origins with different tariffs)
// are brought back to it, as where shocks enter.
#include <algorithm>
#include <cmath>

#include "kontor/base/index.h"
#include "kontor/base/sum.h"
#include "scan_parts.h"

namespace kontor {

SourcingMoves::SourcingMoves(const ScanBase& base) : base_(base) {
  const Calibration& c = *base.calibration;
  const Accounts& a = *c.accounts;
  const int n = static_cast<int>(a.cells.size());
  std::vector<int> user_of_column(a.final_uses.size(), -1);
  for (std::size_t u = 0; u < c.user_column.size(); ++u)
    if (c.user_column[u] >= 0) user_of_column[at(c.user_column[u])] = static_cast<int>(u);
  for (const Shock* shock : base.shocks) {
    const auto* moves = std::get_if<std::vector<Sourcing>>(&shock->change);
    if (!moves) continue;
    for (const Sourcing& m : *moves) {
      const int user = m.buyer < n ? c.cell_user[at(m.buyer)] : user_of_column[at(m.buyer - n)];
      if (user < 0) continue;
      const int group = c.user_group[at(user)], region = c.group_region[at(group)], sector = supplier_sector(a, m.from);
      const double more = tariff(row_of_supplier(c, m.to), region) - tariff(row_of_supplier(c, m.from), region);
      moved_[{sector, group}] += m.amount * more / spending(group, sector);
    }
  }
}

double SourcingMoves::tariff(int row, int region) const {
  const Calibration& c = *base_.calibration;
  return c.tariff ? (*c.tariff)(at(row), at(region)) : 0.0;
}

// What a group spends on a product in the accounts, at the user's price.
double SourcingMoves::spending(int group, int sector) const {
  const Calibration& c = *base_.calibration;
  Sum sum;
  for (int u = c.first_user[at(group)]; u < c.first_user[at(group) + 1]; ++u) {
    const double all =
        c.user_cell[at(u)] < 0 ? c.final_part[at(u)] * c.spending[at(c.group_region[at(group)])] : c.output[at(c.user_cell[at(u)])];
    sum.add(c.share(at(u), at(sector)) * all);
  }
  return sum.value();
}

double SourcingMoves::sum_before(int sector, int group) const {
  const auto found = moved_.find({sector, group});
  return found == moved_.end() ? 1.0 : 1.0 + found->second;
}

const SourcingMoves::Market& SourcingMoves::market(int region, int sector) {
  const auto [place, fresh] = markets_.try_emplace({region, sector});
  Market& m = place->second;
  if (!fresh) return m;
  const Calibration& c = *base_.calibration;
  const Accounts& a = *c.accounts;
  for (int q = c.first_row[at(sector)]; q < c.first_row[at(sector) + 1]; ++q) {
    m.rows.push_back(q), m.suppliers.push_back(c.supplier_of[at(q)]), m.regions.push_back(supplier_region(a, c.supplier_of[at(q)]));
  }
  m.from.assign(m.rows.size(), 0.0);
  const int r = c.region_number[at(region)];
  for (int b = c.first_group[at(r)]; b < c.first_group[at(r) + 1]; ++b)
    for (int u = c.first_user[at(b)]; u < c.first_user[at(b) + 1]; ++u) {
      const int buyer = c.user_cell[at(u)] >= 0 ? c.user_cell[at(u)] : buyer_of_final_use(a, c.user_column[at(u)]);
      Buyer one{buyer, b, {}, 0.0};
      for (const int supplier : m.suppliers)
        one.bought.push_back(std::max(purchase(a, supplier, buyer), 0.0)), one.all += one.bought.back();
      if (!(one.all > 0.0)) continue;
      m.all += one.all;
      for (std::size_t i = 0; i < m.rows.size(); ++i) m.from[i] += one.bought[i];
      m.buyers.push_back(std::move(one));
    }
  return m;
}

static std::size_t place_of(const std::vector<int>& regions, int region) {
  return static_cast<std::size_t>(std::find(regions.begin(), regions.end(), region) - regions.begin());
}

double SourcingMoves::share(int partner, int region, int sector) {
  const Market& m = market(region, sector);
  const std::size_t o = place_of(m.regions, partner);
  return o < m.from.size() && m.all > 0.0 ? m.from[o] / m.all : std::nan("");
}

std::vector<Sourcing> SourcingMoves::moves(const Lever& lever, double step) {
  const Market& m = market(lever.destination, lever.sector);
  const std::size_t o = place_of(m.regions, lever.origin);
  std::vector<Sourcing> moves;
  if (o >= m.from.size() || !(m.from[o] > 0.0)) return moves;
  for (const Buyer& k : m.buyers) {
    const double others = k.all - k.bought[o];
    if (!(k.bought[o] > 0.0) || !(others > 1e-12 * k.all)) continue;
    const double amount = std::min(step * m.all * k.bought[o] / m.from[o], others);
    for (std::size_t i = 0; i < k.bought.size(); ++i)
      if (i != o && k.bought[i] > 0.0) moves.push_back({k.buyer, m.suppliers[i], m.suppliers[o], amount * k.bought[i] / others});
  }
  return moves;
}

double SourcingMoves::value(const Lever& lever, const EconomyGradient& g) {
  const Market& m = market(lever.destination, lever.sector);
  const std::size_t o = place_of(m.regions, lever.origin);
  if (o >= m.from.size() || !(m.from[o] > 0.0)) return 0.0;
  const Weights& weight = base_.sourced;
  const int region = base_.calibration->region_number[at(lever.destination)];
  Sum sum;
  std::vector<double> by_amount(m.rows.size());
  int group = -1;
  for (const Buyer& k : m.buyers) {
    const double others = k.all - k.bought[o];
    if (!(k.bought[o] > 0.0) || !(others > 1e-12 * k.all)) continue;
    if (k.group != group) {  // dy of one unit of money more from each row, at base prices
      group = k.group;
      const double spends = spending(group, lever.sector), whole = sum_before(lever.sector, group);
      double all = 0.0;
      for (std::size_t i = 0; i < m.rows.size(); ++i) all -= g.cost(at(m.rows[i]), at(group)) / g.theta_of_row[at(m.rows[i])];
      for (std::size_t i = 0; i < m.rows.size(); ++i) {
        const std::size_t q = at(m.rows[i]);
        const double part = weight(q, at(group)) * whole, gross = (1.0 + tariff(m.rows[i], region)) / spends;
        by_amount[i] = (part > 0.0 ? -g.cost(q, at(group)) / g.theta_of_row[q] / part : 0.0) * gross - all / whole * gross;
      }
    }
    const double amount = m.all * k.bought[o] / m.from[o];
    for (std::size_t i = 0; i < k.bought.size(); ++i)
      if (i != o && k.bought[i] > 0.0) sum.add(amount * k.bought[i] / others * (by_amount[o] - by_amount[i]));
  }
  return sum.value();
}

}  // namespace kontor
