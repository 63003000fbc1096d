// The equilibrium model's table at a solution, in money of its prices and at basic prices: what sellers get.
//
//   flow of row q to user u of group b    share(u,p) s(u) B(q,b) c(q)^-theta / Phi(p,b)
//   factor rows                           what the cell's factors earn, each in its part of them; the rent of a limit is capital's
//   tax and margin rows                   with output (of final uses: with what they spend)
//   border wedges                         what the user pays for goods beyond what their sellers get, less the part of it
//                                         that the tax rows hold already: the accounts' tariffs, moved with output
//
// What is bought whatever the price stands in its buyer's column, in its quantity at the price of the day. Costs sum to
// output in every column by the row of wedges, and because unit cost is what goods, factors and taxes cost.
#include <algorithm>
#include <cmath>

#include "equilibrium_steps.h"
#include "kontor/base/index.h"
#include "kontor/base/parallel.h"
#include "kontor/base/sum.h"
#include "kontor/model/accounts_after.h"

namespace kontor {

namespace {

class After {
 public:
  After(const Economy& economy, const Equilibrium& solution, const Flows& baseline)
      : economy_(economy),
        base_(*economy.base),
        a_(*base_.accounts),
        flows_(solution.flows),
        baseline_(baseline),
        w_(work_for(economy)),
        n_(a_.cells.size()) {
    evaluate(w_, solution.state);
    flow_ = Matrix(at(supplier_count(a_)), at(buyer_count(a_)));
  }

  Accounts run() {
    sell_to_users();
    sell_under_wedges();
    sell_in_fixed_quantity();
    sell_abroad();
    return table();
  }

 private:
  const Economy& economy_;
  const Calibration& base_;
  const Accounts& a_;
  const Flows &flows_, &baseline_;
  Work w_;
  std::size_t n_;
  Matrix flow_;  // suppliers x buyers

  std::size_t buyer_of(std::size_t user) const {
    return base_.user_cell[user] >= 0 ? at(base_.user_cell[user]) : n_ + at(base_.user_column[user]);
  }

  // What a user spends on a product, at its own price: tariffs and other wedges included.
  double spends(std::size_t user, std::size_t product) const {
    double value = base_.share(user, product) * w_.spends[user];
    if (base_.user_cell[user] >= 0 && !w_.input_part.values.empty()) value *= w_.input_part(at(base_.user_cell[user]), product);
    return value;
  }

  // Part of what a group spends on the row's product that its seller gets, without the wedges that targets find.
  double kept(std::size_t row, std::size_t product, std::size_t group) const {
    const double phi = w_.phi(product, group);
    return phi > 0.0 ? economy_.net(row, group) * w_.row[row] / phi : 0.0;
  }

  template <class Do>
  void each_user(std::size_t group, const Do& work) {
    for (auto u = at(base_.first_user[group]); u < at(base_.first_user[group + 1]); ++u) work(u);
  }

  void sell_to_users() {
    for_each_block(at(base_.products), w_.large ? thread_count() : 1, [&](std::size_t p) {
      for (auto q = at(base_.first_row[p]); q < at(base_.first_row[p + 1]); ++q)
        for (std::size_t b = 0; b < w_.phi.columns; ++b)
          if (const double part = kept(q, p, b); part != 0.0)
            each_user(b, [&](std::size_t u) { flow_(at(base_.supplier_of[q]), buyer_of(u)) += part * spends(u, p); });
    });
  }

  void sell_under_wedges() {
    for (std::size_t k = 0; k < economy_.targets.size(); ++k) {
      const auto p = at(economy_.targets[k].product);
      const double factor = std::expm1(-(base_.elasticity[p] + 1.0) * w_.log_wedge[k]);
      for (const WedgeTarget::Flow& f : economy_.targets[k].flows) {
        if (!f.wedged) continue;
        const double part = kept(at(f.row), p, at(f.group)) * factor;
        each_user(at(f.group), [&](std::size_t u) { flow_(at(base_.supplier_of[at(f.row)]), buyer_of(u)) += part * spends(u, p); });
      }
    }
  }

  void sell_in_fixed_quantity() {
    for (const FixedPurchase& f : economy_.fixed)
      if (f.buyer >= 0)
        flow_(at(base_.supplier_of[at(f.row)]), at(f.buyer)) += drawn_amount(w_, f) * std::exp(log_price_of_row(w_, at(f.row)));
  }

  // Exports of a row, over the columns abroad as in the accounts.
  void sell_abroad() {
    for (std::size_t q = 0; q < base_.supplier_of.size(); ++q) {
      const int supplier = base_.supplier_of[q];
      if (economy_.exports[q] == 0.0 || base_.exports[q] == 0.0) continue;
      const double ratio = economy_.exports[q] * std::exp(w_.log_row[q]) / base_.exports[q];
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f) {
        if (base_.region_number[at(a_.final_uses[f].region)] >= 0) continue;
        const double then = purchase(a_, supplier, buyer_of_final_use(a_, static_cast<int>(f)));
        if (then > 0.0) flow_(at(supplier), n_ + f) += then * ratio;
      }
    }
  }

  // --- what buyers pay besides goods -------------------------------------------------------------------

  double goods_of(std::size_t buyer) const {
    Sum sum;
    for (std::size_t i = 0; i < flow_.rows; ++i) sum.add(flow_(i, buyer));
    return sum.value();
  }

  // Factor rows of a cell move together: what the model pays its factors, and negative incomes with output as it has them.
  double factor_ratio(std::size_t j, double growth) const {
    Sum held;
    for (std::size_t m = 0; m < a_.primary_rows.size(); ++m)
      if (is_factor(m)) held.add(a_.primary(m, j));
    const double paid = base_.value_added[j] * base_.output[j], rest = held.value() - paid;
    return held.value() != 0.0 ? growth * (paid * w_.value_added_part[j] + rest) / held.value() : growth;
  }

  // What a cell sells for: at a limit more than it costs.
  double sales(std::size_t j) const { return w_.output[j] * std::exp(w_.log_rent[j]); }

  // The first row of capital; where none is told apart, the first of any factor.
  std::size_t row_of_rent() const {
    std::size_t any = a_.primary_rows.size();
    for (std::size_t m = 0; m < a_.primary_rows.size(); ++m) {
      if (a_.primary_rows[m].role == PrimaryRole::capital) return m;
      if (any == a_.primary_rows.size() && is_factor(m)) any = m;
    }
    return any;
  }

  bool is_factor(std::size_t m) const {
    return a_.primary_rows[m].role != PrimaryRole::tax && a_.primary_rows[m].role != PrimaryRole::margin;
  }

  Matrix primary_of_cells(std::vector<double>& wedge) const {
    Matrix v(a_.primary_rows.size(), n_);
    for (std::size_t j = 0; j < n_; ++j) {
      if (!(base_.output[j] > 0.0)) {
        for (std::size_t m = 0; m < v.rows; ++m) v(m, j) = a_.primary(m, j);
        continue;
      }
      const double growth = w_.output[j] / base_.output[j], factors = factor_ratio(j, growth);
      Sum rest;
      rest.add(sales(j)), rest.add(-goods_of(j)), rest.add(growth * column_gap_[j]);
      for (std::size_t m = 0; m < v.rows; ++m) {
        v(m, j) = a_.primary(m, j) * (is_factor(m) ? factors : growth);
      }
      if (w_.log_rent[j] != 0.0) v(row_of_rent(), j) += sales(j) - w_.output[j];
      for (std::size_t m = 0; m < v.rows; ++m) rest.add(-v(m, j));
      wedge[j] = rest.value();
    }
    return v;
  }

  // Costs less output of each cell in the accounts: what a source's table misses there moves with output.
  void read_column_gaps() {
    column_gap_.assign(n_, 0.0);
    for (std::size_t j = 0; j < n_; ++j) {
      Sum gap;
      gap.add(-a_.output(0, j));
      for (int i = 0; i < supplier_count(a_); ++i) gap.add(purchase(a_, i, static_cast<int>(j)));
      for (std::size_t m = 0; m < a_.primary_rows.size(); ++m) gap.add(a_.primary(m, j));
      column_gap_[j] = gap.value();
    }
  }
  std::vector<double> column_gap_;

  // Taxes on final uses move with what these spend; wedges are what remains between what they pay and what sellers get.
  Matrix primary_of_final_uses(std::vector<double>& wedge) const {
    Matrix v = a_.primary_final.empty() ? Matrix(a_.primary_rows.size(), a_.final_uses.size()) : a_.primary_final.copy();
    for (std::size_t u = 0; u < base_.user_cell.size(); ++u) {
      if (base_.user_cell[u] >= 0 || !(base_.final_part[u] > 0.0)) continue;
      const auto f = at(base_.user_column[u]), r = at(base_.group_region[at(base_.user_group[u])]);
      const double growth = w_.spending[r] / base_.spending[r];
      Sum goods;  // those whose origins follow prices: at the user's price, less what their sellers get
      for (std::size_t p = 0; p < at(base_.products); ++p) goods.add(spends(u, p));
      for (std::size_t p = 0; p < at(base_.products); ++p)
        for (auto q = at(base_.first_row[p]); q < at(base_.first_row[p + 1]); ++q) goods.add(-sold_at_prices(q, p, u));
      for (std::size_t m = 0; m < v.rows; ++m) v(m, f) *= growth;
      Sum tariffs;  // of the accounts, which their tax rows hold
      if (base_.tariff)
        for (std::size_t q = 0; q < base_.supplier_of.size(); ++q)
          tariffs.add((*base_.tariff)(q, r) * std::max(purchase(a_, base_.supplier_of[q], static_cast<int>(n_ + f)), 0.0));
      wedge[f] = goods.value() - growth * tariffs.value();
    }
    return v;
  }

  double sold_at_prices(std::size_t q, std::size_t p, std::size_t u) const {
    const auto b = at(base_.user_group[u]);
    double part = kept(q, p, b);
    if (part == 0.0) return 0.0;
    for (std::size_t k = 0; k < economy_.targets.size(); ++k) {
      const WedgeTarget& target = economy_.targets[k];
      if (at(target.product) != p) continue;
      for (const WedgeTarget::Flow& f : target.flows)
        if (f.wedged && at(f.row) == q && at(f.group) == b) part *= std::exp(-(base_.elasticity[p] + 1.0) * w_.log_wedge[k]);
    }
    return part * spends(u, p);
  }

  // --- satellites --------------------------------------------------------------------------------------

  double quantity(const Flows& flows, std::size_t j) const { return flows.output[j] * std::exp(-flows.log_cost[j]); }

  double satellite_ratio(const Satellite& satellite, std::size_t j) const {
    if (satellite.code == "jobs" || satellite.unit == "persons" || satellite.unit == "jobs") {
      const auto r = at(base_.cell_region[j]);
      if (!(baseline_.labour_pay[j] > 0.0)) return 1.0;
      return flows_.labour_pay[j] / baseline_.labour_pay[j] * std::exp(baseline_.log_wage[r] - flows_.log_wage[r]);
    }
    const double then = quantity(baseline_, j);
    return then > 0.0 ? quantity(flows_, j) / then : 1.0;
  }

  // Direct use by final users moves with what their region buys in all, at constant prices.
  double real_spending_ratio(std::size_t f) const {
    const int r = base_.region_number[at(a_.final_uses[f].region)];
    if (r < 0) return 1.0;
    return flows_.spending[at(r)] / baseline_.spending[at(r)] * std::exp(baseline_.log_index[at(r)] - flows_.log_index[at(r)]);
  }

  // Imports less exports, as the rows of trade have them.
  std::vector<double> net_imports() const {
    std::vector<double> net(a_.regions.size(), 0.0);
    for (std::size_t q = 0; q < flows_.sales.rows; ++q)
      for (std::size_t c = 0; c + 1 < flows_.sales.columns; ++c) {
        const int from = supplier_region(a_, base_.supplier_of[q]), to = base_.regions[c];
        if (from != to) net[at(to)] += flows_.sales(q, c), net[at(from)] -= flows_.sales(q, c);
      }
    return net;
  }

  // A row of its own only where it tells something: beyond the rounding of the columns it closes.
  static bool tells(const std::vector<double>& wedge, const std::vector<double>& size) {
    constexpr double rounding = 1e-9;
    for (std::size_t j = 0; j < wedge.size(); ++j)
      if (std::fabs(wedge[j]) > rounding * size[j]) return true;
    return false;
  }

  Accounts table() {
    Accounts after = a_;
    Matrix x(1, n_);
    for (std::size_t j = 0; j < n_; ++j) x(0, j) = base_.output[j] > 0.0 ? sales(j) : a_.output(0, j);
    read_column_gaps();
    std::vector<double> of_cells(n_, 0.0), of_uses(a_.final_uses.size(), 0.0), used;
    for (std::size_t f = 0; f < a_.final_uses.size(); ++f) used.push_back(std::fabs(goods_of(n_ + f)));
    Matrix v = primary_of_cells(of_cells), vf = primary_of_final_uses(of_uses);
    const bool has_wedges = tells(of_cells, w_.output) || tells(of_uses, used);
    if (has_wedges) {
      after.primary_rows.push_back(wedge_row);
      v.values.insert(v.values.end(), of_cells.begin(), of_cells.end()), ++v.rows;
      vf.values.insert(vf.values.end(), of_uses.begin(), of_uses.end()), ++vf.rows;
    }
    if (has_wedges || !a_.primary_final.empty()) after.primary_final = std::move(vf);
    after.primary = std::move(v);
    put_flows(after);
    after.output = std::move(x);
    put_satellites(after);
    if (!a_.imbalances.empty()) after.imbalances = net_imports();
    return after;
  }

  void put_flows(Accounts& after) const {
    const std::size_t m = a_.final_uses.size(), k = a_.imports.size();
    Matrix z(n_, n_), y(n_, m), zi(k, n_), yi(k, m);
    for (std::size_t i = 0; i < n_ + k; ++i) {
      const auto row = flow_.row(i);
      const auto cells = i < n_ ? z.row(i) : zi.row(i - n_), uses = i < n_ ? y.row(i) : yi.row(i - n_);
      std::copy_n(row.begin(), n_, cells.begin());
      std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(n_), m, uses.begin());
    }
    after.intermediate = std::move(z), after.final_use = std::move(y);
    after.imports_intermediate = std::move(zi), after.imports_final = std::move(yi);
  }

  void put_satellites(Accounts& after) const {
    if (!a_.satellite.empty()) {
      Matrix s = a_.satellite.copy();
      for (std::size_t k = 0; k < s.rows; ++k)
        for (std::size_t j = 0; j < n_; ++j) s(k, j) *= satellite_ratio(a_.satellites[k], j);
      after.satellite = std::move(s);
    }
    if (a_.satellite_final.empty()) return;
    Matrix s = a_.satellite_final.copy();
    for (std::size_t k = 0; k < s.rows; ++k)
      for (std::size_t f = 0; f < s.columns; ++f) s(k, f) *= real_spending_ratio(f);
    after.satellite_final = std::move(s);
  }
};

}  // namespace

Accounts accounts_after(const Economy& economy, const Equilibrium& solution, const Flows& baseline) {
  return After(economy, solution, baseline).run();
}

}  // namespace kontor
