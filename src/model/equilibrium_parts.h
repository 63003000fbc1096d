// Inside the equilibrium model: unknowns, what is computed at a state, and the residuals.
#pragma once

#include <string>
#include <vector>

#include "kontor/model/equilibrium.h"

namespace kontor {

/// Where the unknowns stand. The equations stand in the same places.
///
///   log_cost   ln c(j)                      unit cost
///   output     R(j) / scale of its region   market of the cell's product
///   wage       ln w(r)                      labour
///   spending   C(r) / base C(r)             income
///   capital    ln of the return             one a region (mobile), one (world_return), none (fixed: a formula of R)
///   wedge      ln(1 + rate)                 share of a target
///   rent       ln(price over unit cost)     limit of a cell
struct Layout {
  std::size_t cells = 0, regions = 0, capitals = 0, targets = 0, limits = 0;
  std::size_t log_cost() const { return 0; }
  std::size_t output() const { return cells; }
  std::size_t wage() const { return 2 * cells; }
  std::size_t spending() const { return 2 * cells + regions; }
  std::size_t capital() const { return 2 * cells + 2 * regions; }
  std::size_t wedge() const { return capital() + capitals; }
  std::size_t rent() const { return wedge() + targets; }
  std::size_t size() const { return rent() + limits; }
};

Layout layout_of(const Economy& economy);

/// Mean output of the cells of each region: the unit of its markets' residuals.
std::vector<double> region_scales(const Calibration& base);

/// What is the same for all states of a economy, and room for what is not.
struct Work {
  const Economy* economy = nullptr;
  Layout layout;
  std::vector<double> scale;  // by region
  bool wedges = false;        // A and B differ, or targets may make them differ
  bool scale_free = false;    // a closed world in which all prices may grow together
  bool large = false;         // worth more than one thread

  // At the state.
  std::vector<double> log_cost, output, log_wage, spending, log_capital_pool, log_wedge;
  std::vector<double> log_row, shift;                // by row: ln u less its product's largest; by product: that largest
  std::vector<double> row;                           // by row: u
  Matrix phi, net_phi, log_price;                    // products x groups; phi and net_phi over exp(shift)
  Matrix log_price_of_group, demand_of_group;        // groups x products
  Matrix demand, ratio;                              // products x groups: E; E / phi
  std::vector<double> material_cost;                 // by user: sum of share x ln P
  std::vector<double> spends;                        // by user: base of its spending on products
  std::vector<double> log_value_added;               // by cell: ln q
  std::vector<double> log_capital;                   // by cell: ln of the return
  std::vector<double> value_added_part, goods_part;  // by cell: cost shares over base shares; 1 for Cobb-Douglas
  Matrix input_part;                                 // cells x products: share within materials over base; only with CES
  std::vector<double> sales;                         // by row: what users pay the seller
  std::vector<double> fixed_value;                   // by row, after `drawn_part`
  std::vector<double> drawn_part;  // by row: part of the withdrawals from its stock that finds buyers; 1 unless `exhausted`
  bool exhausted = false;          // some row sells less than is to be drawn from its stock: its cell makes nothing
  Matrix wedge_by_product;         // products x regions
  std::vector<double> wedge_revenue, tax_revenue, labour_pay, capital_pay, land_pay, owned, fixed_cost, built_cost, need, log_index,
      log_labour, imbalance;
  std::vector<double> rule_rent;  // by region: what procurement rules take from users and leave with them
  std::vector<double> target_share;
  std::vector<double> log_rent;                       // by cell: price over unit cost, 0 where there is no limit
  std::vector<double> rent;                           // by region: what limits earn in it
  std::vector<double> slack;                          // by limit: ln of the limit over the quantity
  std::vector<double> limit_by_rent, limit_by_slack;  // by limit: slopes of its equation

  std::vector<double> residual;
};

Work work_for(const Economy& economy);

/// Fills everything at the state, and the residual.
void evaluate(Work& work, const std::vector<double>& state);

/// The economy between two of one calibration and closure: `part` of the way in weights, shifts, stocks and amounts.
/// `at_from`: a state of `from`, by which a target's share without its wedge is measured.
Economy between(const Economy& from, const Economy& to, double part, const std::vector<double>& at_from);

/// The same amount, where it is drawn from stock only as far as it finds buyers.
inline double drawn_amount(const Work& w, const FixedPurchase& f) {
  return f.amount < 0.0 ? f.amount * w.drawn_part[static_cast<std::size_t>(f.row)] : f.amount;
}

/// Something stays in the cell, whose return is what its output leaves: fixed capital, land.
inline bool keeps_own_factor(const Work& w, std::size_t cell) {
  const Economy& economy = *w.economy;
  const bool capital = economy.closure.capital == CapitalRule::fixed && economy.base->capital_part[cell] > 0.0;
  return economy.on.capacity && (capital || economy.base->land_part[cell] > 0.0);
}

/// The cell sells less than is drawn from its stock, and nothing of its own stays in it to keep it at work: it makes nothing.
bool stands_idle(const Work& work, std::size_t cell);

/// "; REGION SECTOR makes nothing: ..." where cells stand idle; else empty.
std::string idle_text(const Work& work);

/// What a reader of the solution wants, from the last state evaluated; the table of sales only if asked for.
Flows flows_of(const Work& work, bool sales = true);

/// Hats of one.
std::vector<double> base_state(const Work& work);

}  // namespace kontor
