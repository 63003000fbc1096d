#include "kontor/model/tangent.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "equilibrium_world.h"
#include "kontor/accounts/store.h"
#include "model/equilibrium_parts.h"
#include "model/region_blocks.h"

using namespace kontor;

namespace {

double dot(const std::vector<double>& x, const std::vector<double>& y) {
  double s = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) s += x[i] * y[i];
  return s;
}

double length(const std::vector<double>& x) { return std::sqrt(dot(x, x)); }

std::vector<double> plus(std::vector<double> x, double a, const std::vector<double>& y) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += a * y[i];
  return x;
}

std::vector<double> direction(std::size_t n, std::uint64_t seed, double size = 1.0) {
  test::Numbers next(seed);
  std::vector<double> v(n);
  for (double& x : v) x = next.around(size);
  return v;
}

/// A state that is no equilibrium: everything near its base, nothing at it; another one for each point.
std::vector<double> some_state(const Economy& economy, std::uint64_t point = 0) {
  const Work work = work_for(economy);
  std::vector<double> z = base_state(work);
  test::Numbers next(3 + 100 * point);
  const Layout& at = work.layout;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const bool level = (i >= at.output() && i < at.wage()) || (i >= at.spending() && i < at.capital());
    level ? z[i] *= std::exp(next.around(0.1)) : z[i] += next.around(0.1);
  }
  return z;
}

EconomyChange some_change(const Economy& e, std::uint64_t point = 0) {
  const Calibration& base = *e.base;
  const std::uint64_t seed = 100 * point;
  test::Numbers next(17 + seed);
  EconomyChange d;
  for (int q = 0; q < static_cast<int>(base.supplier_of.size()); ++q)
    for (int b = 0; b < static_cast<int>(base.group_region.size()); b += 2)
      d.flows.push_back({q, b, next.around(1.0), next.around(1.0), next.around(1.0)});
  d.cost_shift = direction(base.output.size(), 21 + seed), d.log_capital = direction(base.output.size(), 22 + seed);
  d.log_labour = direction(base.regions.size(), 23 + seed), d.transfers = direction(base.regions.size(), 24 + seed, 20.0);
  for (int q = 0; q < static_cast<int>(base.supplier_of.size()); ++q) d.fixed.push_back({q, q % 4 - 1, next.around(10.0), q % 3 == 0});
  if (!base.closed) d.exports = direction(base.supplier_of.size(), 25 + seed, 5.0);
  d.elasticity = direction(base.elasticity.size(), 26 + seed), d.target_shares = direction(e.targets.size(), 27 + seed);
  d.log_limits = direction(e.limits.size(), 28 + seed);
  return d;
}

/// The economy after a finite step in a direction; the calibration is copied, as elasticities stand there.
struct Moved {
  Calibration base;
  Economy economy;
};

std::unique_ptr<Moved> moved(const Economy& e, const EconomyChange& d, double h) {
  auto m = std::make_unique<Moved>(Moved{*e.base, e});
  Economy& s = m->economy;
  s.base = &m->base;
  const auto step = [h](std::vector<double>& x, const std::vector<double>& by) {
    for (std::size_t i = 0; i < by.size(); ++i) x[i] += h * by[i];
  };
  const auto grow = [h](std::vector<double>& x, const std::vector<double>& by) {
    for (std::size_t i = 0; i < by.size(); ++i) x[i] *= std::exp(h * by[i]);
  };
  Matrix weight = e.weight.table(), net = e.net.table();
  for (const FlowChange& f : d.flows) {
    const auto q = static_cast<std::size_t>(f.row), b = static_cast<std::size_t>(f.group);
    const auto p = static_cast<std::size_t>(std::upper_bound(e.base->first_row.begin(), e.base->first_row.end(), f.row) -
                                            e.base->first_row.begin() - 1);
    const double log = h * (f.weight - e.base->elasticity[p] * (f.cost + f.wedge));
    weight(q, b) *= std::exp(log), net(q, b) *= std::exp(log - h * f.wedge);
  }
  s.weight = {std::move(weight), s.base->first_row}, s.net = {std::move(net), s.base->first_row};
  step(s.cost_shift, d.cost_shift), step(s.transfers, d.transfers), step(s.exports, d.exports);
  grow(s.capital, d.log_capital), grow(s.labour, d.log_labour);
  step(m->base.elasticity, d.elasticity);
  for (FixedPurchase f : d.fixed) f.amount *= h, s.fixed.push_back(f);
  for (std::size_t k = 0; k < d.target_shares.size(); ++k) s.targets[k].share += h * d.target_shares[k];
  for (std::size_t k = 0; k < d.log_limits.size(); ++k) s.limits[k].limit *= std::exp(h * d.log_limits[k]);
  return m;
}

/// Slope of ln |F(h) - F - h dF| over ln h, from two halvings: 2 where dF is exact.
template <class Residual>
double remainder_slope(const Residual& residual, const std::vector<double>& at_zero, const std::vector<double>& linear, double h) {
  double remainder[2];
  for (int k = 0; k < 2; ++k) {
    const double step = k == 0 ? h : h / 4.0;
    std::vector<double> r = residual(step);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] -= at_zero[i] + step * linear[i];
    remainder[k] = length(r);
  }
  return std::log2(remainder[0] / remainder[1]) / 2.0;
}

void check_economy(const Economy& economy, std::uint64_t point = 0) {
  CAPTURE(point);
  const std::vector<double> z = some_state(economy, point);
  const Tangent tangent(economy, z);
  const std::vector<double> lambda = direction(z.size(), 32 + 100 * point);
  std::vector<double> dz = direction(z.size(), 31 + 100 * point);
  const Layout at = work_for(economy).layout;
  if (economy.base->options.scale != 0.0)  // a cell that makes nothing has no scale to grow from
    for (std::size_t i = at.output(); i < at.wage(); ++i) dz[i] = z[i] > 0.0 ? dz[i] : 0.0;

  const std::vector<double> forward = tangent.apply(dz), back = tangent.apply_transposed(lambda);
  CHECK(dot(lambda, forward) == Approx(dot(back, dz)).epsilon(1e-12).margin(1e-12 * length(lambda) * length(forward)));
  const double slope =
      remainder_slope([&](double h) { return Tangent(economy, plus(z, h, dz)).residual(); }, tangent.residual(), forward, 1e-3);
  CHECK(slope > 1.9);
  CHECK(slope < 2.1);

  const EconomyChange change = some_change(economy, point);
  const std::vector<double> direct = tangent.apply_change(change);
  const double of_change = remainder_slope([&](double h) { return Tangent(moved(economy, change, h)->economy, z).residual(); },
                                           tangent.residual(), direct, 1e-3);
  CHECK(of_change > 1.9);
  CHECK(of_change < 2.1);
  const double there = dot(lambda, direct), here = tangent.gradient(lambda).times(change);
  CHECK(there == Approx(here).epsilon(1e-12).margin(1e-12 * length(lambda) * length(direct)));

  // The price index of the regions, in both directions.
  const std::vector<double> of_index = {0.5, -1.0, 2.0};
  const std::vector<double> nothing(z.size(), 0.0);
  CHECK(dot(of_index, tangent.log_index(dz)) == Approx(dot(tangent.apply_transposed(nothing, of_index), dz)).epsilon(1e-12).margin(1e-12));
  CHECK(dot(of_index, tangent.log_index(change)) == Approx(tangent.gradient(nothing, of_index).times(change)).epsilon(1e-12).margin(1e-12));
}

}  // namespace

TEST_CASE("the tangent is the derivative of the equations, and its transpose its transpose: every closure, technology and world") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    for (const CalibrationOptions& options : test::all_options()) {
      const Calibration base = calibrate(accounts, options);
      for (const Closure& closure : test::all_closures()) {
        const bool with_target = closure.budget != BudgetRule::tax;
        CAPTURE(open, closure.name, options.substitution_inputs, options.scale, with_target);
        const Economy economy = test::shocked(baseline_economy(base, closure), with_target);
        for (std::uint64_t point = 0; point < 3; ++point) check_economy(economy, point);  // 24 points a closure
      }
    }
  }
}

TEST_CASE("the tangent is exact where a stock lets go of no more than finds buyers") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    const Calibration base = calibrate(accounts, test::all_options()[0]);
    for (const CapitalRule capital : {CapitalRule::fixed, CapitalRule::mobile, CapitalRule::world_return}) {
      Closure closure;
      closure.capital = capital;
      Economy economy = test::shocked(baseline_economy(base, closure), false);
      // The change adds to the row's other sales: one that adds to what is drawn has another slope than its opposite.
      std::size_t cell = 0;
      while (some_change(economy).fixed[static_cast<std::size_t>(base.row_of_cell[cell])].amount < 0.0) ++cell;
      const int row = base.row_of_cell[cell];
      economy.fixed.push_back({row, 0, -20.0 * base.output[cell]});
      economy.fixed.push_back({row, 2, -10.0 * base.output[cell], true});
      Work w = work_for(economy);
      evaluate(w, some_state(economy));
      CHECK(w.drawn_part[static_cast<std::size_t>(row)] < 0.5);
      check_economy(economy);
    }
  }
}

TEST_CASE("the tangent follows the switches from gross to net, and a baseline without shocks or wedges") {
  const Accounts accounts = test::small_world(false);
  const Calibration base = calibrate(accounts, test::all_options()[1]);
  for (int k = 0; k < 16; ++k) {
    const Mechanisms on{(k & 1) != 0, (k & 2) != 0, (k & 4) != 0, (k & 8) != 0};
    CAPTURE(on.capacity, on.wages, on.incomes, on.ownership);
    check_economy(test::shocked(baseline_economy(base, short_run(), on), false));
    check_economy(test::shocked(baseline_economy(base, long_run(), on), true));
  }
  Accounts free = accounts;
  free.border_costs.clear();
  const Calibration untaxed = calibrate(free, test::all_options()[0]);
  check_economy(baseline_economy(untaxed, short_run()));
}

TEST_CASE("the tangent follows the rent of a procurement rule, and a wedge that is held") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    const Calibration base = calibrate(accounts, test::all_options()[1]);
    for (const Closure& closure : test::all_closures()) {
      CAPTURE(open, closure.name);
      Economy economy = test::shocked(baseline_economy(base, closure), true);
      economy.targets[0].instrument = Instrument::procurement;
      for (WedgeTarget::Flow& flow : economy.targets[0].flows) flow.wedged = !flow.producing;
      check_economy(economy);
      economy.targets[0].held = true, economy.targets[0].held_at = 0.3;
      check_economy(economy);
    }
  }
}

TEST_CASE("the tangent is exact on the accounts that ship") {
  for (const char* name : {"world-2011", "finland-2014"}) {
    const Accounts accounts = read_accounts(std::string(KONTOR_SOURCE_DIR) + "/data/" + name);
    CalibrationOptions options;
    options.trade_elasticity.assign(accounts.sectors.size(), 5.0);
    options.sourcing = SourcingBy::use;
    const Calibration base = calibrate(accounts, options);
    for (const Closure& closure : {short_run(), long_run()}) {
      CAPTURE(name, closure.name);
      const Economy economy = baseline_economy(base, closure);
      const std::vector<double> z = some_state(economy);
      const Tangent tangent(economy, z);
      const std::vector<double> dz = direction(z.size(), 31), lambda = direction(z.size(), 32);
      const std::vector<double> forward = tangent.apply(dz);
      CHECK(dot(lambda, forward) ==
            Approx(dot(tangent.apply_transposed(lambda), dz)).epsilon(1e-12).margin(1e-12 * length(lambda) * length(forward)));
      const double slope =
          remainder_slope([&](double h) { return Tangent(economy, plus(z, h, dz)).residual(); }, tangent.residual(), forward, 1e-3);
      CHECK(slope > 1.9);
      CHECK(slope < 2.1);
    }
  }
}

TEST_CASE("the transposed step of the region blocks is the transpose of the step") {
  for (const bool open : {false, true}) {
    const Accounts accounts = test::small_world(open);
    for (const CalibrationOptions& options : test::all_options()) {
      const Calibration base = calibrate(accounts, options);
      for (const Closure& closure : test::all_closures()) {
        CAPTURE(open, closure.name);
        const Economy economy = test::shocked(baseline_economy(base, closure), true);
        Work work = work_for(economy);
        evaluate(work, some_state(economy));
        const RegionBlocks blocks(economy);
        const std::vector<double> residual = direction(work.layout.size(), 41), x = direction(work.layout.size(), 42);
        std::vector<double> step, back;
        blocks.step(work, residual, step), blocks.step_transposed(work, x, back);
        CHECK(dot(step, x) == Approx(dot(residual, back)).epsilon(1e-11).margin(1e-12 * length(step) * length(x)));
      }
    }
  }
}
