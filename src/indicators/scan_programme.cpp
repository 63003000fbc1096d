// Where a programme acts already, where restrictions stand, and what makes a lever's number weak.
#include <algorithm>
#include <cmath>
#include <set>

#include "scan_parts.h"

namespace kontor {

namespace {

/// True if a change touches a lever's pair and product, or its cell.
class Touches {
 public:
  Touches(const Accounts& a, const Lever& lever) : a_(a), lever_(lever) { supplier_ = supplier_index(a, lever.origin, lever.sector); }

  bool operator()(const std::vector<FinalDemand>& items) const {
    return std::any_of(items.begin(), items.end(),
                       [&](const FinalDemand& f) { return sale(f.supplier, buyer_of_final_use(a_, f.final_use)); });
  }
  bool operator()(const std::vector<Sourcing>& moves) const {
    return std::any_of(moves.begin(), moves.end(), [&](const Sourcing& m) { return sale(m.to, m.buyer) || sale(m.from, m.buyer); });
  }
  bool operator()(const InputRatio& c) const { return cell(c.cell); }
  bool operator()(const Productivity& c) const { return cell(c.cell); }
  bool operator()(const FactorSupply& c) const { return cell(c.cell); }
  bool operator()(const Ownership& c) const { return cell(c.cell); }
  bool operator()(const Capacity& c) const { return cell(c.cell); }
  bool operator()(const TradeCost& c) const { return pair(c.origin, c.destination, c.sector); }
  bool operator()(const Rent& c) const { return pair(c.origin, c.destination, c.sector); }
  bool operator()(const TariffRate& c) const { return pair(c.origin, c.destination, c.sector); }
  bool operator()(const Subsidy& c) const { return pair(c.origin, c.destination, c.sector); }
  bool operator()(const Transfer&) const { return false; }
  bool operator()(const Target& t) const { return (*this)(t.moves); }

 private:
  const Accounts& a_;
  const Lever& lever_;
  int supplier_ = -1;

  bool pair(int origin, int destination, int sector) const {
    return !is_cell(lever_.kind) && origin == lever_.origin && destination == lever_.destination && sector == lever_.sector;
  }
  bool sale(int supplier, int buyer) const {
    return supplier == supplier_ && (is_cell(lever_.kind) || buyer_region(a_, buyer) == lever_.destination);
  }
  bool cell(int c) const { return is_cell(lever_.kind) && c == supplier_; }
};

}  // namespace

std::vector<std::string> measures_on(const ScanBase& base, const Compiled& compiled, const Lever& lever) {
  const Touches touches(*base.calibration->accounts, lever);
  std::vector<std::string> ids;
  for (const Shock& shock : compiled.shocks) {
    if (std::find(ids.begin(), ids.end(), shock.measure) != ids.end()) continue;
    if (std::visit(touches, shock.change)) ids.push_back(shock.measure);
  }
  return ids;
}

bool is_restricted(const Programme& programme, const Accounts& a, const Lever& lever) {
  if (lever.destination < 0) return false;  // what a region does at home is no trade
  for (const RestrictedPair& pair : programme.restricted) {
    if (!pair.sector.empty() && sector_index(a, pair.sector) != lever.sector) continue;
    const std::vector<int> exporters = regions_named(programme, a, pair.exporter), importers = regions_named(programme, a, pair.importer);
    const auto in = [](const std::vector<int>& list, int region) { return std::find(list.begin(), list.end(), region) != list.end(); };
    if ((in(exporters, lever.origin) && in(importers, lever.destination)) ||
        (in(exporters, lever.destination) && in(importers, lever.origin)))
      return true;
  }
  return false;
}

std::vector<std::string> quality_of(const ScanBase& base, const Opportunity& o) {
  const Accounts& a = *base.calibration->accounts;
  const auto at = [](int i) { return static_cast<std::size_t>(i); };
  std::vector<std::string> words;
  const int cell = cell_index(a, o.lever.origin, o.lever.sector);
  if (o.lever.destination >= 0 && nation_of(a, o.lever.origin) == nation_of(a, o.lever.destination))
    words.emplace_back("flows inside a nation are estimates as a rule");
  if (cell >= 0) {
    double region = 0.0;
    for (const int c : cells_of(a, o.lever.origin)) region += a.output(0, at(c));
    if (a.output(0, at(cell)) < 1e-3 * region) words.emplace_back("small cell");
    if (!is_cell(o.lever.kind) && o.size < 1e-3 * a.output(0, at(cell))) words.emplace_back("small flow");
  }
  if (std::isfinite(o.exact) && std::fabs(o.exact - o.first_order) > 0.25 * std::fabs(o.exact))
    words.emplace_back("large step: read the exact gain");
  if (!std::isfinite(o.exact)) words.emplace_back("not solved again");
  return words;
}

}  // namespace kontor
