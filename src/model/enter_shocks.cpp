// Shocks enter a economy: sourcing weights and purchases in levels, everything that is a price as a ratio.
//
// Order: sourcing weights (at base prices), then trade costs, tariffs, rents and subsidies on them; technology and
// factors; purchases and payments. A target keeps its weights and adds a wedge that the model finds.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "kontor/base/error.h"
#include "kontor/base/index.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"

namespace kontor {

namespace {

/// What happens to the price of a flow between the seller and the user.
struct FlowPrice {
  double cost = 1.0;   // resources, ratio
  double wedge = 1.0;  // rents and subsidies, 1 + rate
  double tariff = std::nan("");
};

class Entering {
 public:
  Entering(const Economy& baseline, std::vector<const Shock*>& not_counted)
      : s_(baseline), base_(*baseline.base), a_(*base_.accounts), not_counted_(not_counted) {
    row_of_supplier_.assign(static_cast<std::size_t>(supplier_count(a_)), -1);
    for (std::size_t q = 0; q < base_.supplier_of.size(); ++q)
      row_of_supplier_[static_cast<std::size_t>(base_.supplier_of[q])] = static_cast<int>(q);
    user_of_column_.assign(a_.final_uses.size(), -1);
    for (std::size_t u = 0; u < base_.user_column.size(); ++u)
      if (base_.user_column[u] >= 0) user_of_column_[static_cast<std::size_t>(base_.user_column[u])] = static_cast<int>(u);
  }

  void enter(const Shock& shock) {
    const bool entered = std::visit([&](const auto& change) { return add(change, shock); }, shock.change);
    if (!entered) not_counted_.push_back(&shock);
  }

  Economy take() {
    apply_weights();
    check_limits();
    return std::move(s_);
  }

 private:
  Economy s_;
  const Calibration& base_;
  const Accounts& a_;
  std::vector<const Shock*>& not_counted_;
  std::vector<int> row_of_supplier_, user_of_column_;
  std::vector<const Shock*> limit_shocks_;            // by limit: the first that states it
  std::map<std::pair<int, int>, double> moved_;       // (row, group): part of the group's spending on the product
  std::map<std::pair<int, int>, FlowPrice> flows_;    // (row, importing region)
  std::map<std::pair<int, int>, double> flow_costs_;  // (row, group): resource cost of what a target moves
  std::map<std::pair<int, int>, double> spending_;    // (group, product)
  std::vector<char> one_;                             // by product: no wedge yet, A and B are the same

  int group_of_buyer(int buyer) const {
    const int n = static_cast<int>(a_.cells.size());
    const int user = buyer < n ? base_.cell_user[static_cast<std::size_t>(buyer)] : user_of_column_[static_cast<std::size_t>(buyer - n)];
    return user < 0 ? -1 : base_.user_group[static_cast<std::size_t>(user)];
  }

  // What a group spends on a product in the accounts, at the user's price.
  double group_spending(int group, int product) {
    const auto [known, is_new] = spending_.try_emplace({group, product}, 0.0);
    if (!is_new) return known->second;  // every supplier that a purchase leaves or comes to asks for it
    double& sum = known->second;
    const auto r = static_cast<std::size_t>(base_.group_region[static_cast<std::size_t>(group)]);
    for (int u = base_.first_user[static_cast<std::size_t>(group)]; u < base_.first_user[static_cast<std::size_t>(group) + 1]; ++u) {
      const auto user = static_cast<std::size_t>(u);
      const double spends = base_.user_cell[user] < 0 ? base_.final_part[user] * base_.spending[r]
                                                      : base_.output[static_cast<std::size_t>(base_.user_cell[user])];
      sum += base_.share(user, static_cast<std::size_t>(product)) * spends;
    }
    return sum;
  }

  double base_tariff(int row, int region) const {
    return base_.tariff ? (*base_.tariff)(static_cast<std::size_t>(row), static_cast<std::size_t>(region)) : 0.0;
  }

  // --- purchases and payments ------------------------------------------------------------------------

  bool add(const std::vector<FinalDemand>& items, const Shock& shock) {
    for (const FinalDemand& item : items) {
      const int region = base_.region_number[static_cast<std::size_t>(a_.final_uses[static_cast<std::size_t>(item.final_use)].region)];
      s_.fixed.push_back({row_of_supplier_[static_cast<std::size_t>(item.supplier)], region, item.amount, shock.building,
                          shock.building && !shock.temporary, buyer_of_final_use(a_, item.final_use)});
      if (region >= 0 && !shock.building) s_.consumed[static_cast<std::size_t>(region)] += item.amount;
    }
    return true;
  }

  bool add(const Transfer& t, const Shock&) {
    const int from = base_.region_number[static_cast<std::size_t>(t.from)], to = base_.region_number[static_cast<std::size_t>(t.to)];
    if (from >= 0) s_.transfers[static_cast<std::size_t>(from)] -= t.amount;
    if (to >= 0) s_.transfers[static_cast<std::size_t>(to)] += t.amount;
    return true;
  }

  bool add(const std::vector<Sourcing>& moves, const Shock& shock) {
    for (const Sourcing& m : moves) {
      const int group = group_of_buyer(m.buyer);
      if (group < 0) {  // stocks keep their suppliers whatever the price: the purchase itself moves
        const int region = base_.region_number[static_cast<std::size_t>(buyer_region(a_, m.buyer))];
        s_.fixed.push_back({row_of_supplier_[static_cast<std::size_t>(m.from)], region, -m.amount, false, false, m.buyer});
        s_.fixed.push_back({row_of_supplier_[static_cast<std::size_t>(m.to)], region, m.amount, false, false, m.buyer});
        continue;
      }
      if (!(group_spending(group, supplier_sector(a_, m.from)) > 0.0))
        fail(Exit::data, "zero-flow", shock.source, "", shock.measure, buyer_label(a_, m.buyer) + " buys none of this product",
             "a purchase that can move", "name another buyer");
      move_weight(m, group);
    }
    return true;
  }

  void move_weight(const Sourcing& m, int group) {
    const int from = row_of_supplier_[static_cast<std::size_t>(m.from)], to = row_of_supplier_[static_cast<std::size_t>(m.to)];
    const int region = base_.group_region[static_cast<std::size_t>(group)];
    const double spends = group_spending(group, supplier_sector(a_, m.from));
    moved_[{from, group}] -= m.amount * (1.0 + base_tariff(from, region)) / spends;
    moved_[{to, group}] += m.amount * (1.0 + base_tariff(to, region)) / spends;
  }

  // --- technology and factors ------------------------------------------------------------------------

  double after_tax(std::size_t cell) const { return 1.0 - base_.tax_share[cell]; }

  bool add(const InputRatio& change, const Shock&) {
    const auto j = static_cast<std::size_t>(change.cell), u = static_cast<std::size_t>(base_.cell_user[j]);
    const auto p = static_cast<std::size_t>(supplier_sector(a_, change.supplier));
    const auto q = static_cast<std::size_t>(row_of_supplier_[static_cast<std::size_t>(change.supplier)]);
    const double share = base_.share(u, p) * base_.weight(q, static_cast<std::size_t>(base_.user_group[u]));
    s_.cost_shift[j] += share / after_tax(j) * std::log(change.ratio);
    return true;
  }

  bool add(const Productivity& change, const Shock&) {
    const auto j = static_cast<std::size_t>(change.cell);
    const bool total = change.kind == ProductivityKind::total_factor;
    const double part = total ? 1.0 : base_.value_added[j] * base_.labour_part[j] / after_tax(j);
    s_.cost_shift[j] -= part * std::log(change.ratio);
    return true;
  }

  bool add(const FactorSupply& change, const Shock&) {
    const auto j = static_cast<std::size_t>(change.cell), r = static_cast<std::size_t>(base_.cell_region[j]);
    if (a_.primary_rows[static_cast<std::size_t>(change.factor)].role == PrimaryRole::labour)
      s_.labour[r] += (change.ratio - 1.0) * base_.value_added[j] * base_.labour_part[j] * base_.output[j] / base_.labour_income[r];
    else
      s_.capital[j] *= change.ratio;
    return true;
  }

  bool add(const Ownership& change, const Shock&) {
    const int owner = base_.region_number[static_cast<std::size_t>(change.owner)];
    if (owner != base_.cell_region[static_cast<std::size_t>(change.cell)]) s_.owned.push_back({owner, change.cell, change.share});
    return true;
  }

  // Two measures that add capacity to one cell add up: each states its own part beyond what the cell makes today.
  bool add(const Capacity& change, const Shock& shock) {
    const double today = base_.output[static_cast<std::size_t>(change.cell)];
    if (!(today > 0.0) || !(change.limit > 0.0)) return false;  // an idle cell stays idle
    for (Capacity& other : s_.limits)
      if (other.cell == change.cell) {
        other.limit += change.limit - today;
        return true;
      }
    s_.limits.push_back(change), limit_shocks_.push_back(&shock);
    return true;
  }

  // What is bought whatever its price must fit into the limit: no rent could ration it.
  void check_limits() const {
    for (std::size_t k = 0; k < s_.limits.size() && s_.on.capacity; ++k) {
      const Capacity& limit = s_.limits[k];
      double bought = 0.0;
      for (const FixedPurchase& f : s_.fixed)
        if (f.row == base_.row_of_cell[static_cast<std::size_t>(limit.cell)]) bought += f.amount;
      if (bought < limit.limit) continue;
      fail(Exit::data, "over-capacity", limit_shocks_[k]->source, "", limit_shocks_[k]->measure,
           cell_label(a_, limit.cell) + " can make " + number_text(limit.limit) + " in " + std::to_string(limit_shocks_[k]->year) +
               ", and the measures and stocks buy " + number_text(bought) + " of it whatever it costs",
           "a capacity above what is bought in fixed quantity (accounts units)", "raise the capacity, or lower or delay what is bought");
    }
  }

  // --- prices of flows -------------------------------------------------------------------------------

  template <class Work>
  void each_row(int origin, int sector, const Work& work) {
    const int supplier = supplier_index(a_, origin, sector);
    if (supplier >= 0) work(row_of_supplier_[static_cast<std::size_t>(supplier)]);
  }

  FlowPrice* flow(int origin, int destination, int sector) {
    const int supplier = supplier_index(a_, origin, sector);
    if (supplier < 0) return nullptr;
    return &flows_[{row_of_supplier_[static_cast<std::size_t>(supplier)], destination}];
  }

  bool add(const TradeCost& change, const Shock&) {
    if (FlowPrice* f = flow(change.origin, change.destination, change.sector)) f->cost *= change.ratio;
    return true;
  }
  bool add(const Rent& change, const Shock&) {
    if (FlowPrice* f = flow(change.origin, change.destination, change.sector)) f->wedge *= change.ratio;
    return true;
  }
  bool add(const TariffRate& change, const Shock&) {
    if (FlowPrice* f = flow(change.origin, change.destination, change.sector)) f->tariff = change.rate;
    return true;
  }
  bool add(const Subsidy& change, const Shock&) {
    if (FlowPrice* f = flow(change.origin, change.destination, change.sector)) f->wedge *= 1.0 - change.rate;
    return true;
  }

  // --- targets ---------------------------------------------------------------------------------------

  static bool wedge_same_flow(const WedgeTarget& a, const WedgeTarget& b) {
    for (const WedgeTarget::Flow& x : a.flows)
      for (const WedgeTarget::Flow& y : b.flows)
        if (x.wedged && y.wedged && x.row == y.row && x.group == y.group) return true;
    return false;
  }

  bool add(const Target& change, const Shock& shock) {
    std::set<int> groups, producers, origins;
    double moved = 0.0, lost = 0.0;
    std::map<std::pair<int, int>, double> gained;  // (row, group)
    for (const Sourcing& m : change.moves) {
      const int group = group_of_buyer(m.buyer), to = row_of_supplier_[static_cast<std::size_t>(m.to)];
      if (group < 0) continue;
      groups.insert(group), producers.insert(to), origins.insert(row_of_supplier_[static_cast<std::size_t>(m.from)]);
      gained[{to, group}] += m.amount;
      // The share is of what users pay: a purchase that moves pays the new origin's tariff and no longer the old one's.
      const int region = base_.group_region[static_cast<std::size_t>(group)], from = row_of_supplier_[static_cast<std::size_t>(m.from)];
      moved += m.amount * (1.0 + base_tariff(to, region)), lost += m.amount * (1.0 + base_tariff(from, region));
      // A wedge cannot make a flow out of nothing: a new origin enters with the amount that the measure states, at base prices.
      if (base_.weight(static_cast<std::size_t>(to), static_cast<std::size_t>(group)) == 0.0) move_weight(m, group);
    }
    WedgeTarget target{shock.measure, change.instrument, change.sector, 0.0, {}};
    const auto p = static_cast<std::size_t>(change.sector);
    double all = 0.0, producing = 0.0;
    for (const int group : groups) {
      const double spends = group_spending(group, change.sector);
      for (int q = base_.first_row[p]; q < base_.first_row[p + 1]; ++q) {
        const double value = spends * base_.weight(static_cast<std::size_t>(q), static_cast<std::size_t>(group));
        const auto gain = gained.find({q, group});
        const double added = gain == gained.end() ? 0.0 : gain->second;
        if (value == 0.0 && added == 0.0) continue;
        const bool from_producer = producers.count(q) > 0;
        const bool wedged = change.instrument == Instrument::subsidy ? from_producer : origins.count(q) > 0;
        target.flows.push_back({q, group, wedged, from_producer});
        all += value, producing += from_producer ? value : 0.0;
        if (added != 0.0 && change.unit_cost_ratio != 1.0)  // what is new costs more, what was there does not
          flow_costs_[{q, group}] = 1.0 + (change.unit_cost_ratio - 1.0) * added / (value + added);
      }
    }
    if (!(all > 0.0)) return false;
    target.share = (producing + moved) / (all + moved - lost);
    for (const WedgeTarget& other : s_.targets)
      if (other.product == target.product && wedge_same_flow(other, target))
        fail(Exit::data, "two-wedges", shock.source, "", shock.measure,
             "the targets of " + other.measure + " and " + target.measure + " put a wedge on the same purchases",
             "one instrument for one flow", "join the two measures, or name other users or origins");
    s_.targets.push_back(std::move(target));
    return true;
  }

  // --- weights ---------------------------------------------------------------------------------------

  void apply_weights() {
    if (moved_.empty() && flows_.empty() && flow_costs_.empty()) return;
    const Weights &weight = s_.weight, &net = s_.net;
    // A product without wedges has one part for both tables: it is edited in the first, and shared when all is done.
    for (std::size_t p = 0; p < weight.parts(); ++p) one_.push_back(net.shares_part(weight, p));
    std::map<std::pair<std::size_t, int>, double> from_moves;  // (product, group)
    for (const auto& [flow, part] : moved_) {
      const std::size_t p = product_of_row(flow.first), q = at(flow.first), b = at(flow.second);
      const double before = weight(q, b), now = before + part;
      const double kept = one_[p] ? 1.0 : before > 0.0 ? net(q, b) / before : 1.0 / (1.0 + base_tariff(flow.first, base_.group_region[b]));
      if (now < -1e-9)
        fail(Exit::data, "negative-purchase", "", "", supplier_label(a_, base_.supplier_of[q]),
             "more would move away than this supplier sells", "nobody can lose more than they sell",
             "lower the amounts of the measures that move it");
      if (before == 0.0 && part > 0.0) s_.only_row[p].clear();  // a new supplier enters
      s_.weight.edit(p, q, b) = std::max(now, 0.0);
      if (!one_[p]) s_.net.edit(p, q, b) = std::max(now, 0.0) * kept;
      from_moves[{p, flow.second}] += part;
    }
    // Origins that bear different tariffs: their weights sum to one again, else the move alone would change the price.
    for (const auto& [spent, rest] : from_moves) {
      if (std::fabs(rest) <= 1e-12) continue;  // rounding
      for (int q = base_.first_row[spent.first]; q < base_.first_row[spent.first + 1]; ++q)
        scale(spent.first, q, at(spent.second), 1.0 / (1.0 + rest), 1.0 / (1.0 + rest));
    }
    for (const auto& [flow, f] : flows_) scale_flow(flow.first, flow.second, f);
    for (const auto& [flow, ratio] : flow_costs_) {
      const std::size_t p = product_of_row(flow.first);
      const double factor = std::pow(ratio, -base_.elasticity[p]);
      scale(p, flow.first, at(flow.second), factor, factor);
    }
    for (std::size_t p = 0; p < one_.size(); ++p)
      if (one_[p]) s_.net.share_part(s_.weight, p);
  }

  void scale(std::size_t product, int row, std::size_t group, double gross, double kept) {
    if (one_[product] && gross != kept) s_.net.share_part(s_.weight, product), one_[product] = false;
    s_.weight.edit(product, at(row), group) *= gross;
    if (!one_[product]) s_.net.edit(product, at(row), group) *= kept;
  }

  std::size_t product_of_row(int row) const {
    return static_cast<std::size_t>(supplier_sector(a_, base_.supplier_of[static_cast<std::size_t>(row)]));
  }

  void scale_flow(int row, int destination, const FlowPrice& f) {
    const int region = base_.region_number[static_cast<std::size_t>(destination)];
    const auto q = static_cast<std::size_t>(row);
    const double before = region >= 0 ? base_tariff(row, region) : 0.0;
    const double wedge = f.wedge * (std::isnan(f.tariff) ? 1.0 : (1.0 + f.tariff) / (1.0 + before));
    const std::size_t p = product_of_row(row);
    const double factor = std::pow(f.cost * wedge, -base_.elasticity[p]);
    if (region < 0) {
      double all = 0.0, there = 0.0;  // several regions abroad may buy from this row
      for (std::size_t use = 0; use < a_.final_uses.size(); ++use) {
        if (base_.region_number[static_cast<std::size_t>(a_.final_uses[use].region)] >= 0) continue;
        const double value = std::max(purchase(a_, base_.supplier_of[q], buyer_of_final_use(a_, static_cast<int>(use))), 0.0);
        all += value, there += a_.final_uses[use].region == destination ? value : 0.0;
      }
      if (all > 0.0) s_.exports[q] += base_.exports[q] * there / all * (factor / wedge - 1.0);
      return;
    }
    for (auto b = static_cast<std::size_t>(base_.first_group[static_cast<std::size_t>(region)]);
         b < static_cast<std::size_t>(base_.first_group[static_cast<std::size_t>(region) + 1]); ++b)
      scale(p, row, b, factor, factor / wedge);
  }
};

}  // namespace

Economy economy_with(const Economy& baseline, const std::vector<const Shock*>& shocks, std::vector<const Shock*>& not_counted) {
  Entering entering(baseline, not_counted);
  for (const Shock* shock : shocks) entering.enter(*shock);
  return entering.take();
}

}  // namespace kontor
