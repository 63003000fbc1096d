// Where a programme acts already, where restrictions stand, and what makes a lever's number weak.
#include <algorithm>
#include <cmath>
#include <set>

#include "scan_parts.h"

namespace kontor {

namespace {

/// Where a change acts: places as in WrittenPlaces. A sale acts on its pair, and on the cell that sells.
class Places {
 public:
  explicit Places(const Accounts& a) : a_(a) {}
  std::set<std::array<int, 3>> found;

  void operator()(const std::vector<FinalDemand>& items) {
    for (const FinalDemand& f : items) sale(f.supplier, buyer_of_final_use(a_, f.final_use));
  }
  void operator()(const std::vector<Sourcing>& moves) {
    for (const Sourcing& m : moves) sale(m.to, m.buyer), sale(m.from, m.buyer);
  }
  void operator()(const InputRatio& c) { cell(c.cell); }
  void operator()(const Productivity& c) { cell(c.cell); }
  void operator()(const FactorSupply& c) { cell(c.cell); }
  void operator()(const Ownership& c) { cell(c.cell); }
  void operator()(const Capacity& c) { cell(c.cell); }
  void operator()(const TradeCost& c) { found.insert({c.origin, c.destination, c.sector}); }
  void operator()(const Rent& c) { found.insert({c.origin, c.destination, c.sector}); }
  void operator()(const TariffRate& c) { found.insert({c.origin, c.destination, c.sector}); }
  void operator()(const Subsidy& c) { found.insert({c.origin, c.destination, c.sector}); }
  void operator()(const Transfer&) {}
  void operator()(const Target& t) { (*this)(t.moves); }

 private:
  const Accounts& a_;

  void cell(int supplier) { found.insert({supplier_region(a_, supplier), -1, supplier_sector(a_, supplier)}); }
  void sale(int supplier, int buyer) {
    found.insert({supplier_region(a_, supplier), buyer_region(a_, buyer), supplier_sector(a_, supplier)});
    cell(supplier);
  }
};

}  // namespace

WrittenPlaces::WrittenPlaces(const Accounts& accounts, const Compiled& compiled) {
  std::map<std::string, Places> by_measure;
  std::vector<std::string> order;
  for (const Shock& shock : compiled.shocks) {
    const auto [place, fresh] = by_measure.try_emplace(shock.measure, accounts);
    if (fresh) order.push_back(shock.measure);
    std::visit(place->second, shock.change);
  }
  for (const std::string& measure : order)
    for (const std::array<int, 3>& where : by_measure.at(measure).found) ids_[where].push_back(measure);
}

std::vector<std::string> WrittenPlaces::on(const Lever& lever) const {
  const auto found = ids_.find({lever.origin, lever.destination, lever.sector});
  return found == ids_.end() ? std::vector<std::string>() : found->second;
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
  if (o.lever.destination >= 0 && o.lever.destination != o.lever.origin &&
      nation_of(a, o.lever.origin) == nation_of(a, o.lever.destination))
    words.emplace_back("flows inside a nation are estimates as a rule");
  if (cell >= 0) {
    double region = 0.0;
    for (const int c : cells_of(a, o.lever.origin)) region += a.output(0, at(c));
    if (a.output(0, at(cell)) < 1e-3 * region) words.emplace_back("small cell");
    if (!is_cell(o.lever.kind) && o.size < 1e-3 * a.output(0, at(cell))) words.emplace_back("small flow");
  }
  if (std::isfinite(o.exact) && std::fabs(o.exact - o.first_order) > 0.25 * std::fabs(o.exact))
    words.emplace_back("large step: read the exact gain");
  if (o.exact < 0.0) words.emplace_back("the whole step is a loss, though its beginning gains: try a smaller one");
  if (!std::isfinite(o.exact)) words.emplace_back("not solved again");
  return words;
}

}  // namespace kontor
