#include "kontor/model/measures_in_part.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "equilibrium_parts.h"

namespace kontor {

namespace {

bool enters_weights(const Change& change) {
  return std::holds_alternative<std::vector<Sourcing>>(change) || std::holds_alternative<TradeCost>(change) ||
         std::holds_alternative<Rent>(change) || std::holds_alternative<TariffRate>(change) || std::holds_alternative<Subsidy>(change) ||
         std::holds_alternative<Target>(change);
}

// What a region's border takes of a flow today: the rate from which a new one moves away.
double rate_today(const Calibration& base, const TariffRate& t) {
  const int region = base.region_number[static_cast<std::size_t>(t.destination)];
  const int supplier = supplier_index(*base.accounts, t.origin, t.sector);
  if (!base.tariff || region < 0 || supplier < 0) return 0.0;
  for (int q = base.first_row[static_cast<std::size_t>(t.sector)]; q < base.first_row[static_cast<std::size_t>(t.sector) + 1]; ++q)
    if (base.supplier_of[static_cast<std::size_t>(q)] == supplier)
      return (*base.tariff)(static_cast<std::size_t>(q), static_cast<std::size_t>(region));
  return 0.0;
}

struct InPart {
  const Calibration& base;
  double size;

  void operator()(std::vector<FinalDemand>& items) const {
    for (FinalDemand& item : items) item.amount *= size;
  }
  void operator()(std::vector<Sourcing>& moves) const {
    for (Sourcing& move : moves) move.amount *= size;
  }
  void operator()(Transfer& t) const { t.amount *= size; }
  void operator()(FactorSupply& f) const { f.ratio = 1.0 + size * (f.ratio - 1.0); }
  void operator()(Target& t) const { (*this)(t.moves); }
  void operator()(InputRatio& c) const { c.ratio = std::pow(c.ratio, size); }
  void operator()(Productivity& c) const { c.ratio = std::pow(c.ratio, size); }
  void operator()(TradeCost& c) const { c.ratio = std::pow(c.ratio, size); }
  void operator()(Rent& c) const { c.ratio = std::pow(c.ratio, size); }
  void operator()(Subsidy& s) const { s.rate = 1.0 - std::pow(1.0 - s.rate, size); }
  void operator()(TariffRate& t) const {
    const double today = 1.0 + rate_today(base, t);
    t.rate = today * std::pow((1.0 + t.rate) / today, size) - 1.0;
  }
  void operator()(Ownership&) const {}
  void operator()(Capacity&) const {}
};

}  // namespace

Shock shock_in_part(const Calibration& base, const Shock& shock, double size) {
  Shock part = shock;
  if (size != 1.0) std::visit(InPart{base, size}, part.change);
  return part;
}

MeasuresInPart::MeasuresInPart(const Economy& baseline, const Equilibrium& before, const std::vector<const Shock*>& shocks,
                               const std::vector<WedgeTarget>& held)
    : baseline_(baseline), wedge_revenue_before_(before.flows.wedge_revenue), shocks_(shocks) {
  std::copy_if(held.begin(), held.end(), std::back_inserter(held_), [](const WedgeTarget& target) { return target.held; });
  for (const Shock* shock : shocks_) {
    auto found = std::find(measures_.begin(), measures_.end(), shock->measure);
    if (found == measures_.end()) measures_.push_back(shock->measure), moves_weights_.push_back(false), found = measures_.end() - 1;
    measure_of_.push_back(static_cast<std::size_t>(found - measures_.begin()));
    if (enters_weights(shock->change)) moves_weights_[measure_of_.back()] = true;
  }
  // A baseline that is not the accounts (no imbalances) has other shares: the way to a target begins at its own.
  const Economy none = weights_at(std::vector<double>(count(), 0.0));
  if (none.targets.empty()) return;
  Work w = work_for(none);
  std::vector<double> state = before.state;
  state.resize(w.layout.size(), 0.0);
  evaluate(w, state);
  for (std::size_t k = 0; k < none.targets.size(); ++k) off_accounts_.push_back(w.target_share[k] - none.targets[k].share);
}

Economy MeasuresInPart::entered(const Economy& start, const std::vector<double>& sizes, bool weights) const {
  std::vector<Shock> scaled;
  for (std::size_t k = 0; k < shocks_.size(); ++k)
    if (enters_weights(shocks_[k]->change) == weights) scaled.push_back(shock_in_part(*baseline_.base, *shocks_[k], sizes[measure_of_[k]]));
  std::vector<const Shock*> entering, not_counted;  // the latter are named by the run itself
  for (const Shock& shock : scaled) entering.push_back(&shock);
  return economy_with(start, entering, not_counted);
}

void MeasuresInPart::hold(Economy& economy) const {
  for (WedgeTarget& target : economy.targets)
    for (const WedgeTarget& held : held_)
      if (held.measure == target.measure && held.product == target.product) target.held = true, target.held_at = held.held_at;
}

Economy MeasuresInPart::weights_at(const std::vector<double>& sizes) const { return entered(baseline_, sizes, true); }

Economy MeasuresInPart::rest_at(const Economy& weights, const std::vector<double>& sizes) const {
  Economy economy = entered(weights, sizes, false);
  economy.wedge_revenue_before = wedge_revenue_before_;
  for (std::size_t k = 0; k < off_accounts_.size(); ++k) {
    const auto m = std::find(measures_.begin(), measures_.end(), economy.targets[k].measure) - measures_.begin();
    economy.targets[k].share += (1.0 - sizes[static_cast<std::size_t>(m)]) * off_accounts_[k];
  }
  hold(economy);
  return economy;
}

Economy MeasuresInPart::at(const std::vector<double>& sizes) const { return rest_at(weights_at(sizes), sizes); }

Economy MeasuresInPart::of_set(const std::vector<bool>& in) const {
  std::vector<const Shock*> entering, not_counted;
  for (std::size_t k = 0; k < shocks_.size(); ++k)
    if (in[measure_of_[k]]) entering.push_back(shocks_[k]);
  Economy economy = economy_with(baseline_, entering, not_counted);
  hold(economy);
  economy.wedge_revenue_before = wedge_revenue_before_;
  return economy;
}

}  // namespace kontor
