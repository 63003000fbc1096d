#include "kontor/model/tangent.h"

#include <algorithm>
#include <cmath>

#include "tangent_parts.h"

namespace kontor {

Run::Run(const Work& work) : w(work) {
  const Layout& place = w.layout;
  const std::size_t rows = w.row.size(), products = w.phi.rows, groups = w.phi.columns;
  for (auto* list : {&d.log_cost, &d.output, &d.value_added_part, &d.log_rent}) list->assign(place.cells, 0.0);
  for (auto* list :
       {&d.log_wage, &d.spending, &d.pool_of_region, &d.log_index, &d.log_labour, &d.wedge_revenue, &d.tax_revenue, &d.labour_pay,
        &d.capital_pay, &d.land_pay, &d.owned, &d.fixed_cost, &d.built_cost, &d.need, &d.imbalance, &d.rule_rent})
    list->assign(place.regions, 0.0);
  for (auto* list : {&d.log_row, &d.sales, &d.fixed_value}) list->assign(rows, 0.0);
  d.log_capital_pool.assign(place.capitals, 0.0), d.log_wedge.assign(place.targets, 0.0);
  for (auto* table : {&d.phi, &d.net_phi, &d.log_price, &d.demand, &d.ratio}) *table = Matrix(products, groups);
  for (auto* table : {&d.log_price_of_group, &d.demand_of_group}) *table = Matrix(groups, products);
  d.residual.assign(place.size(), 0.0);
}

namespace {

double world_value_added(const Calibration& base) {
  double sum = 0.0;
  for (std::size_t j = 0; j < base.output.size(); ++j) sum += base.value_added[j] * base.output[j];
  return sum;
}

double cell_scale(const Run& run, std::size_t j) { return run.w.scale[at(run.base().cell_region[j])]; }

// Unknowns to levels and logs, and back.
void push_state(Run& run, const std::vector<double>& dz) {
  const Layout& place = run.w.layout;
  for (std::size_t j = 0; j < place.cells; ++j)
    run.d.log_cost[j] = dz[place.log_cost() + j], run.d.output[j] = dz[place.output() + j] * cell_scale(run, j);
  for (std::size_t r = 0; r < place.regions; ++r)
    run.d.log_wage[r] = dz[place.wage() + r], run.d.spending[r] = dz[place.spending() + r] * run.base().spending[r];
  for (std::size_t k = 0; k < place.capitals; ++k) run.d.log_capital_pool[k] = dz[place.capital() + k];
  for (std::size_t k = 0; k < place.targets; ++k) run.d.log_wedge[k] = dz[place.wedge() + k];
  for (std::size_t k = 0; k < place.limits; ++k) run.d.log_rent[at(run.economy().limits[k].cell)] = dz[place.rent() + k];
}

std::vector<double> pull_state(const Run& run) {
  const Layout& place = run.w.layout;
  std::vector<double> z(place.size());
  for (std::size_t j = 0; j < place.cells; ++j)
    z[place.log_cost() + j] = run.d.log_cost[j], z[place.output() + j] = run.d.output[j] * cell_scale(run, j);
  for (std::size_t r = 0; r < place.regions; ++r)
    z[place.wage() + r] = run.d.log_wage[r], z[place.spending() + r] = run.d.spending[r] * run.base().spending[r];
  for (std::size_t k = 0; k < place.capitals; ++k) z[place.capital() + k] = run.d.log_capital_pool[k];
  for (std::size_t k = 0; k < place.targets; ++k) z[place.wedge() + k] = run.d.log_wedge[k];
  for (std::size_t k = 0; k < place.limits; ++k) z[place.rent() + k] = run.d.log_rent[at(run.economy().limits[k].cell)];
  return z;
}

// Markets of goods: (sales / m - R) over the region's scale.
void push_markets(Run& run) {
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) {
    const std::size_t q = at(run.base().row_of_cell[j]);
    const double sales = std::exp(-run.w.log_rent[j]) * (run.d.sales[q] - run.w.sales[q] * run.d.log_rent[j]);
    run.d.residual[run.w.layout.output() + j] = (sales - run.d.output[j]) / cell_scale(run, j);
  }
}

void pull_markets(Run& run) {
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) {
    const std::size_t q = at(run.base().row_of_cell[j]);
    const double back = run.d.residual[run.w.layout.output() + j] / cell_scale(run, j), of_sales = std::exp(-run.w.log_rent[j]) * back;
    run.d.sales[q] += of_sales, run.d.log_rent[j] -= of_sales * run.w.sales[q];
    run.d.output[j] -= back;
  }
}

// The yardstick, taken off every income equation.
void push_yardstick(Run& run) {
  const double world = world_value_added(run.base());
  double rise = 0.0;
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) rise += run.base().value_added[j] * run.d.output[j] / world;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) run.d.residual[run.w.layout.spending() + r] -= rise;
}

void pull_yardstick(Run& run) {
  const double world = world_value_added(run.base());
  double back = 0.0;
  for (std::size_t r = 0; r < run.w.layout.regions; ++r) back -= run.d.residual[run.w.layout.spending() + r];
  for (std::size_t j = 0; j < run.w.layout.cells; ++j) run.d.output[j] += run.base().value_added[j] * back / world;
}

void push(Run& run, const std::vector<double>& dz, bool pinned) {
  if (!dz.empty()) push_state(run, dz);
  push_rows(run);
  push_prices(run);
  push_cells(run);
  push_fixed(run);
  push_sales(run);
  push_markets(run);
  push_rule_rents(run);
  push_regions(run);
  push_targets(run);
  push_limits(run);
  if (pinned) push_yardstick(run);
}

// Targets read what prices and sales made, so they come back first.
void pull(Run& run, const std::vector<double>& lambda, const Outcome& outcome, bool pinned) {
  run.d.residual = lambda;
  pull_outcome(run, outcome);
  if (pinned) pull_yardstick(run);
  pull_limits(run);
  pull_targets(run);
  pull_regions(run);
  pull_rule_rents(run);
  pull_markets(run);
  pull_sales(run);
  pull_fixed(run);
  pull_cells(run);
  pull_prices(run);
  if (run.gradient != nullptr) pull_flows(run);
  pull_rows(run);
}

}  // namespace

// --- public ----------------------------------------------------------------------------------------------

bool needs_yardstick(const Economy& economy) { return economy.base->closed && economy.on.incomes; }

double yardstick(const Work& w) {
  const Calibration& base = *w.economy->base;
  double now = 0.0;
  for (std::size_t j = 0; j < base.output.size(); ++j) now += base.value_added[j] * w.output[j];
  return now / world_value_added(base) - 1.0;
}

std::vector<double> scale_direction(const Economy& economy, const std::vector<double>& state) {
  const Layout place = layout_of(economy);
  std::vector<double> z(place.size(), 0.0);
  for (std::size_t j = 0; j < place.cells; ++j)
    z[place.log_cost() + j] = economy.base->output[j] > 0.0 ? 1.0 : 0.0, z[place.output() + j] = state[place.output() + j];
  for (std::size_t r = 0; r < place.regions; ++r) z[place.wage() + r] = 1.0, z[place.spending() + r] = state[place.spending() + r];
  for (std::size_t k = 0; k < place.capitals; ++k) z[place.capital() + k] = 1.0;
  return z;
}

Tangent::Tangent(const Economy& economy, const std::vector<double>& state) : state_(state), pinned_(needs_yardstick(economy)) {
  auto work = std::make_shared<Work>(work_for(economy));
  evaluate(*work, state);
  residual_ = work->residual;
  if (pinned_)
    for (std::size_t r = 0; r < work->layout.regions; ++r) residual_[work->layout.spending() + r] -= yardstick(*work);
  work_ = std::move(work);
}

std::size_t Tangent::size() const { return work_->layout.size(); }

std::vector<double> Tangent::apply(const std::vector<double>& dz) const {
  Run run(*work_);
  push(run, dz, pinned_);
  return run.d.residual;
}

std::vector<double> Tangent::apply_transposed(const std::vector<double>& lambda, const std::vector<double>& of_log_index) const {
  return apply_transposed(lambda, Outcome{{}, of_log_index, {}, {}});
}

std::vector<double> Tangent::apply_transposed(const std::vector<double>& lambda, const Outcome& outcome) const {
  Run run(*work_);
  pull(run, lambda, outcome, pinned_);
  std::vector<double> back = pull_state(run);
  for (std::size_t i = 0; i < outcome.state.size(); ++i) back[i] += outcome.state[i];
  return back;
}

std::vector<double> Tangent::apply_change(const EconomyChange& change) const {
  Run run(*work_);
  run.change = &change;
  push(run, {}, pinned_);
  return run.d.residual;
}

EconomyGradient Tangent::gradient(const std::vector<double>& lambda, const std::vector<double>& of_log_index) const {
  return gradient(lambda, Outcome{{}, of_log_index, {}, {}});
}

EconomyGradient Tangent::gradient(const std::vector<double>& lambda, const Outcome& outcome) const {
  const Layout& place = work_->layout;
  const std::size_t rows = work_->row.size();
  EconomyGradient g;
  g.cost = g.wedge = Matrix(rows, work_->phi.columns);
  for (auto* list : {&g.cost_shift, &g.log_capital}) list->assign(place.cells, 0.0);
  for (auto* list : {&g.log_labour, &g.transfers}) list->assign(place.regions, 0.0);
  for (auto* list : {&g.exports, &g.price_of_row}) list->assign(rows, 0.0);
  for (std::size_t p = 0; p < work_->phi.rows; ++p)
    for (int q = work_->economy->base->first_row[p]; q < work_->economy->base->first_row[p + 1]; ++q)
      g.theta_of_row.push_back(work_->economy->base->elasticity[p]);
  g.elasticity.assign(work_->phi.rows, 0.0), g.target_shares.assign(place.targets, 0.0),
      g.log_limits.assign(work_->economy->limits.size(), 0.0);
  Run run(*work_);
  run.gradient = &g;
  pull(run, lambda, outcome, pinned_);
  return g;
}

std::vector<double> Tangent::log_index(const std::vector<double>& dz) const {
  Run run(*work_);
  push(run, dz, pinned_);
  return run.d.log_index;
}

std::vector<double> Tangent::log_index(const EconomyChange& change) const {
  Run run(*work_);
  run.change = &change;
  push(run, {}, pinned_);
  return run.d.log_index;
}

double EconomyGradient::of_purchase(int row, int region, bool building) const {
  double back = sold_by_row[at(row)];
  if (region >= 0) back += paid_by_region[at(region)] + (building ? built_by_region[at(region)] : 0.0);
  return price_of_row[at(row)] * back;
}

double EconomyGradient::times(const EconomyChange& change) const {
  double sum = 0.0;
  const auto add = [&](const std::vector<double>& by, const std::vector<double>& d) {
    for (std::size_t i = 0; i < d.size(); ++i) sum += by[i] * d[i];
  };
  add(cost_shift, change.cost_shift), add(log_capital, change.log_capital), add(log_labour, change.log_labour);
  add(transfers, change.transfers), add(exports, change.exports), add(elasticity, change.elasticity);
  add(target_shares, change.target_shares), add(log_limits, change.log_limits);
  for (const FixedPurchase& f : change.fixed) sum += f.amount * of_purchase(f.row, f.region, f.building);
  for (const FlowChange& f : change.flows) {
    sum += cost(at(f.row), at(f.group)) * f.cost + wedge(at(f.row), at(f.group)) * f.wedge;
    if (f.weight != 0.0) sum -= cost(at(f.row), at(f.group)) / theta_of_row[at(f.row)] * f.weight;
  }
  return sum;
}

}  // namespace kontor
