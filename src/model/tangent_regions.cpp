// The tangent of factors, incomes and budgets, and of the equations that close a region.
#include <algorithm>
#include <cmath>

#include "tangent_parts.h"

namespace kontor {

namespace {

bool capital_stays(const Economy& e) { return e.on.capacity && e.closure.capital == CapitalRule::fixed; }
bool capital_of_the_world(const Economy& e) { return e.on.capacity && e.closure.capital == CapitalRule::world_return; }
bool labour_given(const Economy& e) { return e.on.wages && e.closure.labour != LabourRule::real_wage; }

double pool(const Work& w, std::size_t r) { return w.layout.capitals == 0 ? 0.0 : w.log_capital_pool[w.layout.capitals == 1 ? 0 : r]; }

void clear(std::vector<double>& list) { std::fill(list.begin(), list.end(), 0.0); }

// --- labour supply: d ln L = d ln L0 + pull - the nation's mean pull; pull = part (d ln C - d ln P) ------------
// What is added in one region belongs to its nation: less the difference of its shares there after and before the moves.

struct Mobility {
  double part = 0.0;              // 0: nobody moves
  std::vector<double> of_nation;  // by region: weight in its nation's mean, sums to 1
  std::vector<double> given;      // the same before anybody moves
};

Mobility mobility(const Run& run) {
  const Calibration& base = run.base();
  Mobility m{0.0, std::vector<double>(run.w.layout.regions, 0.0), std::vector<double>(run.w.layout.regions, 0.0)};
  if (run.economy().closure.labour != LabourRule::mobile) return m;
  m.part = run.economy().closure.labour_elasticity / (1.0 + run.economy().closure.labour_elasticity);
  std::vector<double> total(at(base.nations), 0.0), before = total;
  for (std::size_t r = 0; r < m.of_nation.size(); ++r) {
    m.given[r] = base.labour_income[r] * run.economy().labour[r];
    m.of_nation[r] = m.given[r] * std::exp(m.part * (std::log(run.w.spending[r] / base.spending[r]) - run.w.log_index[r]));
    total[at(base.nation[r])] += m.of_nation[r], before[at(base.nation[r])] += m.given[r];
  }
  for (std::size_t r = 0; r < m.of_nation.size(); ++r)
    m.of_nation[r] /= total[at(base.nation[r])], m.given[r] /= before[at(base.nation[r])];
  return m;
}

void push_labour(Run& run) {
  const Calibration& base = run.base();
  const Mobility m = mobility(run);
  std::vector<double> mean(at(base.nations), 0.0), pull(run.w.layout.regions, 0.0);
  for (std::size_t r = 0; r < pull.size() && m.part != 0.0; ++r) {
    pull[r] = m.part * (run.d.spending[r] / run.w.spending[r] - run.d.log_index[r]);
    mean[at(base.nation[r])] += m.of_nation[r] * pull[r];
    if (run.change != nullptr) mean[at(base.nation[r])] += (m.of_nation[r] - m.given[r]) * part_of(run.change->log_labour, r);
  }
  for (std::size_t r = 0; r < pull.size(); ++r) {
    run.d.log_labour[r] = pull[r] - mean[at(base.nation[r])];
    if (run.change != nullptr) run.d.log_labour[r] += part_of(run.change->log_labour, r);
  }
}

void pull_labour(Run& run) {
  const Calibration& base = run.base();
  const Mobility m = mobility(run);
  if (run.gradient != nullptr) run.gradient->log_labour = run.d.log_labour;
  if (m.part == 0.0) return;
  std::vector<double> mean(at(base.nations), 0.0);
  for (std::size_t r = 0; r < m.of_nation.size(); ++r) mean[at(base.nation[r])] += run.d.log_labour[r];
  for (std::size_t r = 0; r < m.of_nation.size(); ++r) {
    if (run.gradient != nullptr) run.gradient->log_labour[r] -= (m.of_nation[r] - m.given[r]) * mean[at(base.nation[r])];
    const double back = m.part * (run.d.log_labour[r] - m.of_nation[r] * mean[at(base.nation[r])]);
    run.d.spending[r] += back / run.w.spending[r], run.d.log_index[r] -= back;
  }
}

// --- what cells pay ------------------------------------------------------------------------------------------

void push_pay(Run& run) {
  const Calibration& base = run.base();
  for (auto* list : {&run.d.labour_pay, &run.d.capital_pay, &run.d.land_pay, &run.d.tax_revenue}) clear(*list);
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) {
    if (!(base.output[j] > 0.0)) continue;
    const std::size_t r = at(base.cell_region[j]);
    const double pay = base.value_added[j] * (run.w.value_added_part[j] * run.d.output[j] + run.d.value_added_part[j] * run.w.output[j]);
    run.d.labour_pay[r] += base.labour_part[j] * pay, run.d.capital_pay[r] += base.capital_part[j] * pay;
    run.d.land_pay[r] += base.land_part[j] * pay;
    run.d.tax_revenue[r] += base.tax_share[j] * run.d.output[j];
  }
}

void pull_pay(Run& run) {
  const Calibration& base = run.base();
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) {
    if (!(base.output[j] > 0.0)) continue;
    const std::size_t r = at(base.cell_region[j]);
    const double pay = base.value_added[j] * (base.labour_part[j] * run.d.labour_pay[r] + base.capital_part[j] * run.d.capital_pay[r] +
                                              base.land_part[j] * run.d.land_pay[r]);
    run.d.output[j] += run.w.value_added_part[j] * pay + base.tax_share[j] * run.d.tax_revenue[r];
    run.d.value_added_part[j] += run.w.output[j] * pay;
  }
}

// --- what the residents earn -----------------------------------------------------------------------------------

/// Slopes of what a cell's added capital earns.
struct Added {
  double output = 0.0, part = 0.0, pool = 0.0, stock = 0.0, rent = 0.0;
};

Added added_capital(const Run& run, std::size_t j) {
  const Calibration& base = run.base();
  const double stock = base.capital_part[j] * base.value_added[j], K = run.economy().capital[j];
  if (capital_stays(run.economy())) {
    const double part = run.w.value_added_part[j], R = run.w.output[j], more = 1.0 - 1.0 / K;
    return {stock * part * more, stock * R * more, 0.0, stock * part * R / K};
  }
  if (!run.economy().on.capacity) return {};
  const double unit = stock * base.output[j] * std::exp(pool(run.w, at(base.cell_region[j])));
  return {0.0, 0.0, unit * (K - 1.0), unit * K};
}

/// The same with its part of the rent of the cell's limit, which goes to the owners as well.
Added owned_capital(const Run& run, std::size_t j) {
  Added a = added_capital(run, j);
  const double K = run.economy().capital[j], more = 1.0 - 1.0 / K, R = run.w.output[j], rate = std::expm1(run.w.log_rent[j]);
  a.output += rate * more, a.rent += R * (rate + 1.0) * more, a.stock += R * rate / K;
  return a;
}

double push_added(const Run& run, std::size_t j, const Added& a) {
  double d = a.output * run.d.output[j] + a.part * run.d.value_added_part[j] +
             a.pool * run.d.pool_of_region[at(run.base().cell_region[j])] + a.rent * run.d.log_rent[j];
  if (run.change != nullptr) d += a.stock * part_of(run.change->log_capital, j);
  return d;
}

void pull_added(Run& run, std::size_t j, const Added& a, double back) {
  run.d.output[j] += a.output * back, run.d.value_added_part[j] += a.part * back, run.d.log_rent[j] += a.rent * back;
  run.d.pool_of_region[at(run.base().cell_region[j])] += a.pool * back;
  if (run.gradient != nullptr) run.gradient->log_capital[j] += a.stock * back;
}

double wage_bill(const Run& run, std::size_t r) { return run.base().labour_income[r] * std::exp(run.w.log_wage[r] + run.w.log_labour[r]); }

double world_rent(const Run& run, std::size_t r) { return run.base().capital_income[r] * std::exp(pool(run.w, r)); }

void push_incomes(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    const double labour = labour_given(economy) ? wage_bill(run, r) * (run.d.log_wage[r] + run.d.log_labour[r]) : run.d.labour_pay[r];
    const double capital = capital_of_the_world(economy) ? world_rent(run, r) * run.d.pool_of_region[r] : run.d.capital_pay[r];
    run.d.owned[r] = labour + capital + run.d.land_pay[r];
  }
  if (capital_of_the_world(economy))
    for (std::size_t j = 0; j < run.w.layout.cells; ++j) run.d.owned[at(base.cell_region[j])] += push_added(run, j, added_capital(run, j));
  for (std::size_t k = 0; k < run.w.layout.limits; ++k) {
    const std::size_t j = at(economy.limits[k].cell);
    run.d.owned[at(base.cell_region[j])] +=
        std::expm1(run.w.log_rent[j]) * run.d.output[j] + run.w.output[j] * std::exp(run.w.log_rent[j]) * run.d.log_rent[j];
  }
  if (!economy.on.ownership) return;
  for (const OwnedPart& part : economy.owned) {
    const double d = part.share * push_added(run, at(part.cell), owned_capital(run, at(part.cell)));
    if (part.owner >= 0) run.d.owned[at(part.owner)] += d;
    run.d.owned[at(base.cell_region[at(part.cell)])] -= d;
  }
}

void pull_incomes(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  if (economy.on.ownership)
    for (const OwnedPart& part : economy.owned) {
      const double owner = part.owner >= 0 ? run.d.owned[at(part.owner)] : 0.0;
      pull_added(run, at(part.cell), owned_capital(run, at(part.cell)),
                 part.share * (owner - run.d.owned[at(base.cell_region[at(part.cell)])]));
    }
  for (std::size_t k = 0; k < run.w.layout.limits; ++k) {
    const std::size_t j = at(economy.limits[k].cell);
    const double back = run.d.owned[at(base.cell_region[j])];
    run.d.output[j] += std::expm1(run.w.log_rent[j]) * back;
    run.d.log_rent[j] += run.w.output[j] * std::exp(run.w.log_rent[j]) * back;
  }
  if (capital_of_the_world(economy))
    for (std::size_t j = 0; j < run.w.layout.cells; ++j) pull_added(run, j, added_capital(run, j), run.d.owned[at(base.cell_region[j])]);
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    const double back = run.d.owned[r];
    if (labour_given(economy))
      run.d.log_wage[r] += wage_bill(run, r) * back, run.d.log_labour[r] += wage_bill(run, r) * back;
    else
      run.d.labour_pay[r] += back;
    if (capital_of_the_world(economy))
      run.d.pool_of_region[r] += world_rent(run, r) * back;
    else
      run.d.capital_pay[r] += back;
    run.d.land_pay[r] += back;
  }
}

// --- imbalances ------------------------------------------------------------------------------------------------

/// ImbalanceRule::share: of own income, and what the world's sum takes off.
struct Shares {
  std::vector<double> own;
  double shift = 0.0, world = 0.0;
};

Shares shares(const Run& run) {
  const Calibration& base = run.base();
  Shares s{std::vector<double>(run.w.layout.regions), 0.0, 0.0};
  double sum = 0.0;
  for (std::size_t r = 0; r < s.own.size(); ++r) {
    s.own[r] = base.imbalance[r] / (base.labour_income[r] + base.capital_income[r] + base.land_income[r]);
    sum += s.own[r] * run.w.owned[r], s.world += run.w.owned[r];
  }
  if (base.closed) s.shift = sum / s.world;
  return s;
}

/// ImbalanceRule::portfolio: fund over world labour income, what a unit of labour income receives.
struct Fund {
  double rate = 0.0, labour = 0.0;
};

Fund fund_of(const Run& run) {
  double fund = 0.0, labour = 0.0;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r)
    fund += run.economy().fund_share[r] * run.w.capital_pay[r], labour += run.w.labour_pay[r];
  return {fund / labour, labour};
}

void push_imbalances(Run& run) {
  const ImbalanceRule rule = run.economy().closure.imbalance;
  clear(run.d.imbalance);
  if (rule == ImbalanceRule::share) {
    const Shares s = shares(run);
    double shift = 0.0;
    for (std::size_t r = 0; r < s.own.size() && run.base().closed; ++r) shift += (s.own[r] - s.shift) / s.world * run.d.owned[r];
    for (std::size_t r = 0; r < s.own.size(); ++r) run.d.imbalance[r] = (s.own[r] - s.shift) * run.d.owned[r] - shift * run.w.owned[r];
  }
  if (rule == ImbalanceRule::portfolio) {
    const Fund f = fund_of(run);
    const std::vector<double>& iota = run.economy().fund_share;
    double rate = 0.0;
    for (std::size_t r = 0; r < iota.size(); ++r) rate += (iota[r] * run.d.capital_pay[r] - f.rate * run.d.labour_pay[r]) / f.labour;
    for (std::size_t r = 0; r < iota.size(); ++r)
      run.d.imbalance[r] = f.rate * run.d.labour_pay[r] + rate * run.w.labour_pay[r] - iota[r] * run.d.capital_pay[r];
  }
}

void pull_imbalances(Run& run) {
  const ImbalanceRule rule = run.economy().closure.imbalance;
  if (rule == ImbalanceRule::share) {
    const Shares s = shares(run);
    double shift = 0.0;
    for (std::size_t r = 0; r < s.own.size(); ++r) shift -= run.w.owned[r] * run.d.imbalance[r];
    for (std::size_t r = 0; r < s.own.size(); ++r)
      run.d.owned[r] += (s.own[r] - s.shift) * (run.d.imbalance[r] + (run.base().closed ? shift / s.world : 0.0));
  }
  if (rule == ImbalanceRule::portfolio) {
    const Fund f = fund_of(run);
    const std::vector<double>& iota = run.economy().fund_share;
    double rate = 0.0;
    for (std::size_t r = 0; r < iota.size(); ++r) rate += run.w.labour_pay[r] * run.d.imbalance[r];
    for (std::size_t r = 0; r < iota.size(); ++r) {
      run.d.labour_pay[r] += f.rate * (run.d.imbalance[r] - rate / f.labour);
      run.d.capital_pay[r] -= iota[r] * (run.d.imbalance[r] - rate / f.labour);
    }
  }
}

// --- budgets: d need = d built - d transfers - d revenue + d rents of rules; with named payers they pay it all ------------------------

std::vector<double> payer_shares(const Run& run) {
  std::vector<double> share(run.w.layout.regions, 0.0);
  for (const auto& [region, part] : run.economy().closure.payers)
    if (const int r = run.base().region_number[at(region)]; r >= 0) share[at(r)] += part;
  return share;
}

void push_needs(Run& run) {
  const bool counted = !run.economy().wedge_revenue_before.empty();
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    run.d.need[r] = counted ? run.d.built_cost[r] - run.d.wedge_revenue[r] + run.d.rule_rent[r] : 0.0;
    if (counted && run.change != nullptr) run.d.need[r] -= part_of(run.change->transfers, r);
  }
}

void pull_needs(Run& run) {
  if (run.economy().wedge_revenue_before.empty()) return;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    run.d.built_cost[r] += run.d.need[r], run.d.wedge_revenue[r] -= run.d.need[r], run.d.rule_rent[r] += run.d.need[r];
    if (run.gradient != nullptr) run.gradient->transfers[r] -= run.d.need[r];
  }
}

// --- the equations of wages and incomes ----------------------------------------------------------------------------

/// The tax on labour that closes the budget: slopes of -ln(1 - need / pay).
struct LabourTax {
  double need = 0.0, pay = 0.0;
};

LabourTax labour_tax(const Run& run, std::size_t r) {
  if (run.economy().closure.budget != BudgetRule::tax || run.economy().closure.labour != LabourRule::real_wage) return {};
  const double pay = run.w.labour_pay[r], left = pay - run.w.need[r];
  return {1.0 / left, -run.w.need[r] / (pay * left)};
}

void push_wages(Run& run) {
  const Economy& economy = run.economy();
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    double& wage = run.d.residual[run.w.layout.wage() + r];
    wage = -run.d.log_wage[r];
    if (!economy.on.wages) continue;
    if (labour_given(economy)) {
      wage += run.d.labour_pay[r] / run.w.labour_pay[r] - run.d.log_labour[r];
      continue;
    }
    const LabourTax tax = labour_tax(run, r);
    wage += run.d.log_index[r] + tax.need * run.d.need[r] + tax.pay * run.d.labour_pay[r];
  }
}

void pull_wages(Run& run) {
  const Economy& economy = run.economy();
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    const double back = run.d.residual[run.w.layout.wage() + r];
    run.d.log_wage[r] -= back;
    if (!economy.on.wages) continue;
    if (labour_given(economy)) {
      run.d.labour_pay[r] += back / run.w.labour_pay[r], run.d.log_labour[r] -= back;
      continue;
    }
    const LabourTax tax = labour_tax(run, r);
    run.d.log_index[r] += back, run.d.need[r] += tax.need * back, run.d.labour_pay[r] += tax.pay * back;
  }
}

double final_tax(const Calibration& base, std::size_t r) {
  double sum = 0.0;
  for (std::size_t b = at(base.first_group[r]); b < at(base.first_group[r + 1]); ++b)
    for (std::size_t u = at(base.first_user[b]); u < at(base.first_user[b + 1]); ++u) sum += base.final_part[u] * base.final_tax[u];
  return sum;
}

void push_spending(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  const Directions& d = run.d;
  const bool paid = economy.closure.budget == BudgetRule::transfer;
  const std::vector<double> payer = payer_shares(run);
  double need = 0.0;
  for (const double n : d.need) need += n;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    double income = d.owned[r] + d.tax_revenue[r] + d.wedge_revenue[r] + d.imbalance[r] - d.fixed_cost[r];
    if (run.change != nullptr) income += part_of(run.change->transfers, r);
    if (paid) income += d.need[r] - payer[r] * need;
    income += final_tax(base, r) * d.spending[r];
    run.d.residual[run.w.layout.spending() + r] = ((economy.on.incomes ? income : 0.0) - d.spending[r]) / base.spending[r];
  }
}

void pull_spending(Run& run) {
  const Economy& economy = run.economy();
  const Calibration& base = run.base();
  Directions& d = run.d;
  const bool paid = economy.closure.budget == BudgetRule::transfer && economy.on.incomes;
  const std::vector<double> payer = payer_shares(run);
  double need = 0.0;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) {
    const double back = d.residual[run.w.layout.spending() + r] / base.spending[r], income = economy.on.incomes ? back : 0.0;
    d.spending[r] += final_tax(base, r) * income - back;
    for (auto* list : {&d.owned, &d.tax_revenue, &d.wedge_revenue, &d.imbalance}) (*list)[r] += income;
    d.fixed_cost[r] -= income;
    if (run.gradient != nullptr) run.gradient->transfers[r] += income;
    if (paid) d.need[r] += income, need -= payer[r] * income;
  }
  if (paid)
    for (double& n : d.need) n += need;
}

// --- the market of capital that moves: ln(pay / stock) = ln return ---------------------------------------------------

bool return_given(const Run& run) { return run.economy().closure.capital == CapitalRule::world_return && !run.base().closed; }

struct CapitalMarkets {
  std::vector<double> pay, stock;  // by market
};

CapitalMarkets capital_markets(const Run& run) {
  const Calibration& base = run.base();
  const std::size_t count = run.w.layout.capitals;
  const bool one = capital_of_the_world(run.economy());
  CapitalMarkets m{std::vector<double>(count, 0.0), std::vector<double>(count, 0.0)};
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) m.pay[one ? 0 : r] += run.w.capital_pay[r];
  for (std::size_t j = 0; j < run.w.layout.cells; ++j)
    m.stock[one ? 0 : at(base.cell_region[j])] += base.capital_part[j] * base.value_added[j] * base.output[j] * run.economy().capital[j];
  return m;
}

double stock_of(const Run& run, std::size_t j) {
  return run.base().capital_part[j] * run.base().value_added[j] * run.base().output[j] * run.economy().capital[j];
}

void push_capital(Run& run) {
  const Layout& place = run.w.layout;
  if (place.capitals == 0) return;
  double* residual = run.d.residual.data() + place.capital();
  for (std::size_t k = 0; k < place.capitals; ++k) residual[k] = -run.d.log_capital_pool[k];
  if (return_given(run)) return;
  const bool one = capital_of_the_world(run.economy());
  const CapitalMarkets m = capital_markets(run);
  for (std::size_t r = 0; r < place.regions; ++r)
    if (const std::size_t k = one ? 0 : r; m.stock[k] > 0.0) residual[k] += run.d.capital_pay[r] / m.pay[k];
  if (run.change == nullptr) return;
  for (std::size_t j = 0; j < place.cells; ++j)
    if (const std::size_t k = one ? 0 : at(run.base().cell_region[j]); m.stock[k] > 0.0)
      residual[k] -= stock_of(run, j) / m.stock[k] * part_of(run.change->log_capital, j);
}

void pull_capital(Run& run) {
  const Layout& place = run.w.layout;
  if (place.capitals == 0) return;
  const double* residual = run.d.residual.data() + place.capital();
  for (std::size_t k = 0; k < place.capitals; ++k) run.d.log_capital_pool[k] -= residual[k];
  if (return_given(run)) return;
  const bool one = capital_of_the_world(run.economy());
  const CapitalMarkets m = capital_markets(run);
  for (std::size_t r = 0; r < place.regions; ++r)
    if (const std::size_t k = one ? 0 : r; m.stock[k] > 0.0) run.d.capital_pay[r] += residual[k] / m.pay[k];
  if (run.gradient == nullptr) return;
  for (std::size_t j = 0; j < place.cells; ++j)
    if (const std::size_t k = one ? 0 : at(run.base().cell_region[j]); m.stock[k] > 0.0)
      run.gradient->log_capital[j] -= stock_of(run, j) / m.stock[k] * residual[k];
}

}  // namespace

void push_regions(Run& run) {
  push_labour(run);
  push_pay(run);
  push_incomes(run);
  push_imbalances(run);
  push_needs(run);
  push_wages(run);
  push_spending(run);
  push_capital(run);
}

void pull_regions(Run& run) {
  pull_capital(run);
  pull_spending(run);
  pull_wages(run);
  pull_needs(run);
  pull_imbalances(run);
  pull_incomes(run);
  pull_pay(run);
  pull_labour(run);
}

}  // namespace kontor
