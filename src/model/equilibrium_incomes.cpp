// Factors, incomes, imbalances and budgets: linear in cells or regions, each closure one equation.
#include <algorithm>
#include <cmath>

#include "equilibrium_steps.h"

namespace kontor {

namespace {

// Labour of each region over its base: given, or shared out within the nation by real spending per head.
void labour_supply(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  for (std::size_t r = 0; r < w.layout.regions; ++r) w.log_labour[r] = std::log(economy.labour[r]);
  if (economy.closure.labour != LabourRule::mobile) return;
  const double part = economy.closure.labour_elasticity / (1.0 + economy.closure.labour_elasticity);
  std::vector<double> weight(static_cast<std::size_t>(base.nations), 0.0), total = weight;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double pull = part * (std::log(w.spending[r] / base.spending[r]) - w.log_index[r]);
    const double given = base.labour_income[r] * economy.labour[r];
    weight[static_cast<std::size_t>(base.nation[r])] += given;
    total[static_cast<std::size_t>(base.nation[r])] += given * std::exp(pull);
    w.log_labour[r] += pull;
  }
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const auto nation = static_cast<std::size_t>(base.nation[r]);
    w.log_labour[r] -= std::log(total[nation] / weight[nation]);
  }
}

void pay_of_factors(Work& w) {
  const Calibration& base = *w.economy->base;
  for (auto* list : {&w.labour_pay, &w.capital_pay, &w.land_pay, &w.tax_revenue, &w.rent}) std::fill(list->begin(), list->end(), 0.0);
  for (std::size_t j = 0; j < w.layout.cells; ++j) {
    if (!(base.output[j] > 0.0)) continue;
    const auto r = static_cast<std::size_t>(base.cell_region[j]);
    const double pay = base.value_added[j] * w.value_added_part[j] * w.output[j];
    w.labour_pay[r] += base.labour_part[j] * pay, w.capital_pay[r] += base.capital_part[j] * pay, w.land_pay[r] += base.land_part[j] * pay;
    w.tax_revenue[r] += base.tax_share[j] * w.output[j];
    w.rent[r] += w.output[j] * std::expm1(w.log_rent[j]);
  }
}

// Factor income of the residents: wages at the state's wage, capital as the closure and the owners have it. The rent of a
// cell's limit belongs to the owners of its capital, in proportion to what each owns of it.
void incomes_of(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const bool world = economy.on.capacity && economy.closure.capital == CapitalRule::world_return;
  const bool fixed = economy.on.capacity && economy.closure.capital == CapitalRule::fixed;
  const bool given = economy.on.wages && economy.closure.labour != LabourRule::real_wage;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double labour = given ? base.labour_income[r] * std::exp(w.log_wage[r] + w.log_labour[r]) : w.labour_pay[r];
    const double capital = world ? base.capital_income[r] * std::exp(log_pool(w, r)) : w.capital_pay[r];
    w.owned[r] = labour + capital + w.land_pay[r] + w.rent[r];
  }
  // What added capital earns: its part of the cell's pay where capital stays, else its stock at the common return.
  const auto added = [&](std::size_t j) {
    const double stock = base.capital_part[j] * base.value_added[j];
    if (fixed) return stock * w.value_added_part[j] * w.output[j] * (1.0 - 1.0 / economy.capital[j]);
    return economy.on.capacity
               ? stock * base.output[j] * (economy.capital[j] - 1.0) * std::exp(log_pool(w, static_cast<std::size_t>(base.cell_region[j])))
               : 0.0;
  };
  if (world)
    for (std::size_t j = 0; j < w.layout.cells; ++j)
      if (economy.capital[j] != 1.0) w.owned[static_cast<std::size_t>(base.cell_region[j])] += added(j);
  if (!economy.on.ownership) return;
  for (const OwnedPart& part : economy.owned) {
    const auto j = static_cast<std::size_t>(part.cell);
    const double rent = w.output[j] * std::expm1(w.log_rent[j]) * (1.0 - 1.0 / economy.capital[j]);
    if (part.owner >= 0) w.owned[static_cast<std::size_t>(part.owner)] += part.share * (added(j) + rent);
    w.owned[static_cast<std::size_t>(base.cell_region[j])] -= part.share * (added(j) + rent);
  }
}

// What a region spends beyond its income. In a closed world the shares are shifted so that they sum to zero.
void imbalances_of(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const ImbalanceRule rule = economy.closure.imbalance;
  std::fill(w.imbalance.begin(), w.imbalance.end(), 0.0);
  if (rule == ImbalanceRule::zero) return;
  if (rule == ImbalanceRule::fixed) {
    w.imbalance = base.imbalance;
    return;
  }
  double sum = 0.0, world = 0.0;
  const auto base_income = [&](std::size_t r) { return base.labour_income[r] + base.capital_income[r] + base.land_income[r]; };
  if (rule == ImbalanceRule::share) {
    for (std::size_t r = 0; r < w.layout.regions; ++r) {
      w.imbalance[r] = base.imbalance[r] / base_income(r) * w.owned[r];
      sum += w.imbalance[r], world += w.owned[r];
    }
    if (base.closed)
      for (std::size_t r = 0; r < w.layout.regions; ++r) w.imbalance[r] -= sum / world * w.owned[r];
    return;
  }
  // Portfolio: each region gives the share iota of its capital income to a common fund, which pays by labour income.
  double fund = 0.0, fund_base = 0.0, labour = 0.0, labour_base = 0.0;
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double iota = economy.fund_share[r];
    fund += iota * w.capital_pay[r], fund_base += iota * base.capital_income[r];
    labour += w.labour_pay[r], labour_base += base.labour_income[r];
  }
  for (std::size_t r = 0; r < w.layout.regions; ++r) {
    const double paid = economy.fund_share[r] * w.capital_pay[r], received = fund / labour * w.labour_pay[r];
    const double rest =
        base.imbalance[r] - (fund_base / labour_base * base.labour_income[r] - economy.fund_share[r] * base.capital_income[r]);
    w.imbalance[r] = received - paid + rest;
  }
}

// What the measures cost each budget: what it builds and pays others, less what wedges bring in beyond the baseline. The rent
// of a procurement rule is no revenue of a budget: the residents of the region where the rule stands have it, a lump sum.
void needs_of(Work& w) {
  const Economy& economy = *w.economy;
  for (std::size_t r = 0; r < w.layout.regions; ++r)
    w.need[r] = economy.wedge_revenue_before.empty()
                    ? 0.0
                    : w.built_cost[r] - economy.transfers[r] - (w.wedge_revenue[r] - w.rule_rent[r] - economy.wedge_revenue_before[r]);
}

}  // namespace

void equations_of_regions(Work& w) {
  const Economy& economy = *w.economy;
  const Calibration& base = *economy.base;
  const Layout& at = w.layout;
  std::fill(w.wedge_revenue.begin(), w.wedge_revenue.end(), 0.0);
  if (w.wedges)
    for (std::size_t p = 0; p < w.shift.size(); ++p)
      for (std::size_t r = 0; r < at.regions; ++r) w.wedge_revenue[r] += w.wedge_by_product(p, r);
  labour_supply(w);
  pay_of_factors(w);
  incomes_of(w);
  imbalances_of(w);
  needs_of(w);
  double need = 0.0;
  const bool paid = economy.closure.budget == BudgetRule::transfer;
  for (std::size_t r = 0; r < at.regions && paid; ++r) need += w.need[r];
  std::vector<double> payment(at.regions, 0.0);
  if (paid)
    for (const auto& [region, share] : economy.closure.payers)
      if (const int r = base.region_number[static_cast<std::size_t>(region)]; r >= 0) payment[static_cast<std::size_t>(r)] += share * need;
  const bool taxed = economy.closure.budget == BudgetRule::tax && economy.closure.labour == LabourRule::real_wage;
  for (std::size_t r = 0; r < at.regions; ++r) {
    double& wage = w.residual[at.wage() + r];
    if (!economy.on.wages)
      wage = -w.log_wage[r];
    else if (economy.closure.labour == LabourRule::real_wage)
      wage = w.log_index[r] - (taxed ? std::log1p(-w.need[r] / w.labour_pay[r]) : 0.0) - w.log_wage[r];
    else
      wage = std::log(w.labour_pay[r] / base.labour_income[r]) - w.log_wage[r] - w.log_labour[r];
    double income = w.owned[r] + w.tax_revenue[r] + w.wedge_revenue[r] + w.imbalance[r] + economy.transfers[r] - w.fixed_cost[r];
    if (paid) income += w.need[r] - payment[r];
    double final_tax = 0.0;
    for (auto b = static_cast<std::size_t>(base.first_group[r]); b < static_cast<std::size_t>(base.first_group[r + 1]); ++b)
      for (auto u = static_cast<std::size_t>(base.first_user[b]); u < static_cast<std::size_t>(base.first_user[b + 1]); ++u)
        final_tax += base.final_part[u] * base.final_tax[u];
    income += final_tax * w.spending[r];
    w.residual[at.spending() + r] =
        economy.on.incomes ? (income - w.spending[r]) / base.spending[r] : 1.0 - w.spending[r] / base.spending[r];
  }
}

void equations_of_capital(Work& w) {
  const Calibration& base = *w.economy->base;
  const Layout& at = w.layout;
  if (at.capitals == 0) return;
  const bool one = w.economy->closure.capital == CapitalRule::world_return;
  if (one && !base.closed) {
    w.residual[at.capital()] = -w.log_capital_pool[0];  // abroad's return is given, as its prices are
    return;
  }
  std::vector<double> pay(at.capitals, 0.0), stock(at.capitals, 0.0);
  for (std::size_t r = 0; r < at.regions; ++r) pay[one ? 0 : r] += w.capital_pay[r];
  for (std::size_t j = 0; j < at.cells; ++j) {
    const auto r = static_cast<std::size_t>(base.cell_region[j]);
    stock[one ? 0 : r] += base.capital_part[j] * base.value_added[j] * base.output[j] * w.economy->capital[j];
  }
  for (std::size_t k = 0; k < at.capitals; ++k)
    w.residual[at.capital() + k] = stock[k] > 0.0 ? std::log(pay[k] / stock[k]) - w.log_capital_pool[k] : -w.log_capital_pool[k];
}

}  // namespace kontor
