// Levers: which there are, what one unit of each is worth by the gradient, and the shocks that move one.
//
// A trade cost moves the flow of all users of the destination; where the destination is abroad it moves what is exported
// there. A sourcing share grows at buyers that buy from the partner already, in proportion, and the other origins of each
// give way in proportion to what they sell it.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/index.h"
#include "kontor/base/sum.h"
#include "scan_parts.h"

namespace kontor {

const char* lever_name(LeverKind kind) {
  switch (kind) {
    case LeverKind::trade_cost: return "trade_cost";
    case LeverKind::tariff: return "tariff";
    case LeverKind::productivity: return "productivity";
    case LeverKind::capital: return "capital";
    case LeverKind::sourcing: return "sourcing";
  }
  return "";
}

bool read_lever_kind(std::string_view name, LeverKind& kind) {
  for (const LeverKind each : all_lever_kinds)
    if (name == lever_name(each)) {
      kind = each;
      return true;
    }
  return false;
}

std::string lever_id(const Accounts& a, const Lever& lever) {
  std::string id = std::string(lever_name(lever.kind)) + ':' + a.regions[at(lever.origin)].code;
  if (lever.destination >= 0) id += ':' + a.regions[at(lever.destination)].code;
  return id + ':' + a.sectors[at(lever.sector)].code;
}

// A fall of x per cent is a ratio of 1 - x/100; a rise one of 1 + x/100.
double step_percent(LeverKind kind, double step) {
  if (kind == LeverKind::sourcing) return 100.0 * step;
  return is_cost(kind) ? -100.0 * std::expm1(-step) : 100.0 * std::expm1(step);
}

double step_of_percent(LeverKind kind, double percent) {
  if (kind == LeverKind::sourcing) return percent / 100.0;
  return is_cost(kind) ? -std::log1p(-percent / 100.0) : std::log1p(percent / 100.0);
}

// --- rows and flows ------------------------------------------------------------------------------------------

int row_of_supplier(const Calibration& c, int supplier) {
  if (supplier < 0) return -1;
  const Accounts& a = *c.accounts;
  if (supplier < static_cast<int>(a.cells.size())) return c.row_of_cell[at(supplier)];
  for (std::size_t q = 0; q < c.supplier_of.size(); ++q)
    if (c.supplier_of[q] == supplier) return static_cast<int>(q);
  return -1;
}

// What an external region's part is of what a row sells to all of them.
static double part_abroad(const Accounts& a, int supplier, int destination) {
  double all = 0.0, there = 0.0;
  for (std::size_t use = 0; use < a.final_uses.size(); ++use) {
    const int region = a.final_uses[use].region;
    if (!a.regions[at(region)].external) continue;
    const double value = std::max(purchase(a, supplier, buyer_of_final_use(a, static_cast<int>(use))), 0.0);
    all += value, there += region == destination ? value : 0.0;
  }
  return all > 0.0 ? there / all : 0.0;
}

double flow_between(const ScanBase& base, int origin, int destination, int sector) {
  const Calibration& c = *base.calibration;
  const int supplier = supplier_index(*c.accounts, origin, sector), row = row_of_supplier(c, supplier);
  if (row < 0) return 0.0;
  const int region = c.region_number[at(destination)];
  const Matrix& sales = base.now.flows.sales;
  if (region >= 0) return sales(at(row), at(region));
  return sales(at(row), sales.columns - 1) * part_abroad(*c.accounts, supplier, destination);
}

InPlace in_place(const ScanBase& base, int origin, int destination, int sector) {
  if (const auto found = base.in_place.find({origin, destination, sector}); found != base.in_place.end()) return found->second;
  InPlace now;
  const Calibration& c = *base.calibration;
  const int region = c.region_number[at(destination)];
  if (!c.tariff || region < 0) return now;
  if (const int row = row_of_supplier(c, supplier_index(*c.accounts, origin, sector)); row >= 0)
    now.tariff = (*c.tariff)(at(row), at(region));
  return now;
}

// --- which there are -----------------------------------------------------------------------------------------

static int capital_row(const Accounts& a) {
  for (const PrimaryRole role : {PrimaryRole::capital, PrimaryRole::mixed})
    for (std::size_t m = 0; m < a.primary_rows.size(); ++m)
      if (a.primary_rows[m].role == role) return static_cast<int>(m);
  return -1;
}

static void add_pairs(const ScanBase& base, LeverKind kind, std::vector<Lever>& levers) {
  const Accounts& a = *base.calibration->accounts;
  for (int s = 0; s < static_cast<int>(a.sectors.size()); ++s)
    for (int o = 0; o < static_cast<int>(a.regions.size()); ++o) {
      if (supplier_index(a, o, s) < 0) continue;
      for (int d = 0; d < static_cast<int>(a.regions.size()); ++d) {
        if ((d == o && kind != LeverKind::sourcing) || !is_leaf(a, d)) continue;
        const bool abroad = base.calibration->region_number[at(d)] < 0;
        if (abroad && (!a.regions[at(d)].external || kind != LeverKind::trade_cost || a.regions[at(o)].external)) continue;
        if (kind == LeverKind::tariff && !(in_place(base, o, d, s).tariff > 0.0)) continue;
        levers.push_back({kind, o, d, s});
      }
    }
}

static void add_cells(const ScanBase& base, LeverKind kind, std::vector<Lever>& levers) {
  const Calibration& c = *base.calibration;
  const Accounts& a = *c.accounts;
  if (kind == LeverKind::capital && capital_row(a) < 0) return;
  for (int s = 0; s < static_cast<int>(a.sectors.size()); ++s)
    for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) {
      const int cell = cell_index(a, r, s);
      if (cell < 0 || !(c.output[at(cell)] > 0.0)) continue;
      if (kind == LeverKind::capital && !(c.value_added[at(cell)] * c.capital_part[at(cell)] > 0.0)) continue;
      levers.push_back({kind, r, -1, s});
    }
}

std::vector<Lever> levers_of(const ScanBase& base, const std::vector<LeverKind>& kinds) {
  std::vector<Lever> levers;
  for (const LeverKind kind : kinds) is_cell(kind) ? add_cells(base, kind, levers) : add_pairs(base, kind, levers);
  return levers;
}

double lever_size(const ScanBase& base, const Lever& lever) {
  const Accounts& a = *base.calibration->accounts;
  if (!is_cell(lever.kind)) return flow_between(base, lever.origin, lever.destination, lever.sector);
  const std::size_t cell = at(cell_index(a, lever.origin, lever.sector));
  return lever.kind == LeverKind::capital ? base.now.flows.capital_pay[cell] : base.now.flows.output[cell];
}

// --- what they are worth ---------------------------------------------------------------------------------------

namespace {

class Values {
 public:
  Values(const ScanBase& base, const EconomyGradient& gradient)
      : base_(base), c_(*base.calibration), a_(*c_.accounts), g_(gradient), sourcing_(base) {
    row_.assign(a_.regions.size() * a_.sectors.size(), -1);
    for (std::size_t q = 0; q < c_.supplier_of.size(); ++q)
      row_[place(supplier_region(a_, c_.supplier_of[q]), supplier_sector(a_, c_.supplier_of[q]))] = static_cast<int>(q);
  }

  double of(const Lever& lever) {
    switch (lever.kind) {
      case LeverKind::trade_cost: return -of_flow(lever, g_.cost);
      case LeverKind::tariff: return -of_flow(lever, g_.wedge);
      case LeverKind::productivity: return -g_.cost_shift[cell_of(lever)];
      case LeverKind::capital: return g_.log_capital[cell_of(lever)];
      case LeverKind::sourcing: return sourcing_.value(lever, g_);
    }
    return 0.0;
  }

 private:
  const ScanBase& base_;
  const Calibration& c_;
  const Accounts& a_;
  const EconomyGradient& g_;
  SourcingMoves sourcing_;
  std::vector<int> row_;  // by region and sector

  std::size_t place(int region, int sector) const { return at(region) * a_.sectors.size() + at(sector); }
  std::size_t cell_of(const Lever& lever) const { return at(cell_index(a_, lever.origin, lever.sector)); }

  double of_flow(const Lever& lever, const Matrix& by_flow) const {
    const int row = row_[place(lever.origin, lever.sector)], region = c_.region_number[at(lever.destination)];
    if (region < 0) return of_exports(lever, c_.supplier_of[at(row)], at(row));
    Sum sum;
    for (int b = c_.first_group[at(region)]; b < c_.first_group[at(region) + 1]; ++b) sum.add(by_flow(at(row), at(b)));
    return sum.value();
  }

  // Sales abroad fall by theta with the price there; what the seller keeps of it is net of others' wedges.
  double of_exports(const Lever& lever, int supplier, std::size_t row) const {
    const InPlace now = in_place(base_, lever.origin, lever.destination, lever.sector);
    const double theta = c_.elasticity[at(lever.sector)], wedge = now.log_wedge + (std::isnan(now.tariff) ? 0.0 : std::log1p(now.tariff));
    const double sold = c_.exports[row] * part_abroad(a_, supplier, lever.destination);
    return -theta * sold * std::exp(-theta * (now.log_cost + wedge) - wedge) * g_.exports[row];
  }
};

}  // namespace

std::vector<double> lever_values(const ScanBase& base, const std::vector<Lever>& levers, const EconomyGradient& gradient) {
  Values values(base, gradient);
  std::vector<double> all;
  all.reserve(levers.size());
  for (const Lever& lever : levers) all.push_back(values.of(lever));
  return all;
}

// --- what moves them -----------------------------------------------------------------------------------------

std::vector<Shock> lever_shocks(const ScanBase& base, const Lever& lever, double step) {
  const Accounts& a = *base.calibration->accounts;
  const auto shock = [](Change change) { return Shock{std::move(change), "(scan)", 0, Step::stated, false, "", false}; };
  const int cell = is_cell(lever.kind) ? cell_index(a, lever.origin, lever.sector) : -1;
  switch (lever.kind) {
    case LeverKind::trade_cost: return {shock(TradeCost{lever.origin, lever.destination, lever.sector, std::exp(-step)})};
    case LeverKind::tariff: {
      const double rate = in_place(base, lever.origin, lever.destination, lever.sector).tariff;
      return {shock(TariffRate{lever.origin, lever.destination, lever.sector, (1.0 + rate) * std::exp(-step) - 1.0})};
    }
    case LeverKind::productivity: return {shock(Productivity{cell, ProductivityKind::total_factor, std::exp(step)})};
    case LeverKind::capital: return {shock(FactorSupply{cell, capital_row(a), std::exp(step)})};
    case LeverKind::sourcing: {
      std::vector<Sourcing> moves = SourcingMoves(base).moves(lever, step);
      if (moves.empty()) return {};
      return {shock(std::move(moves))};
    }
  }
  return {};
}

}  // namespace kontor
