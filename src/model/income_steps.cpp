#include "income_steps.h"

#include <cmath>

namespace kontor {

namespace {

double mean(double a, double b) { return 0.5 * (a + b); }

double log_price_of_row(const IncomePoint& p, std::size_t q) {
  const int cell = p.economy.base->cell_of[q];
  return cell < 0 ? 0.0 : p.work.log_cost[static_cast<std::size_t>(cell)] + p.work.log_rent[static_cast<std::size_t>(cell)];
}

int partner_of_row(const Calibration& base, std::size_t q) { return supplier_region(*base.accounts, base.supplier_of[q]); }

// What stands in the budget beside incomes, taxes, wedges and fixed purchases: imbalance and everything paid and received.
double other_income(const IncomePoint& p, std::size_t r) {
  double final_tax = 0.0;
  const Calibration& base = *p.economy.base;
  for (std::size_t u = 0; u < base.user_cell.size(); ++u)
    if (base.group_region[static_cast<std::size_t>(base.user_group[u])] == static_cast<int>(r))
      final_tax += base.final_part[u] * base.final_tax[u];
  const Work& w = p.work;
  return w.spending[r] * (1.0 - final_tax) - w.owned[r] - w.tax_revenue[r] - w.wedge_revenue[r] + w.fixed_cost[r];
}

/// What the users of one region buy of one product from one row.
struct Purchase {
  double terms = 0.0, volume = 0.0, cheaper = 0.0;
};

class IncomeStep {
 public:
  IncomeStep(const Flows& first, const IncomePoint& a, const IncomePoint& b, const AddIncome& add)
      : a_(a), b_(b), base_(*a.economy.base), add_(add) {
    for (std::size_t r = 0; r < base_.regions.size(); ++r)
      deflator_.push_back(std::exp(first.log_index[r] - mean(a.work.log_index[r], b.work.log_index[r])));
  }

  void take() {
    for (std::size_t product = 0; product < a_.work.shift.size(); ++product)
      for (std::size_t r = 0; r < base_.regions.size(); ++r) add_purchases(product, r);
    for (std::size_t j = 0; j < base_.output.size(); ++j)
      if (base_.output[j] > 0.0) add_cell(j);
    add_fixed();
    add_regions();
    add_final_taxes();
  }

 private:
  void add(std::size_t r, IncomePart part, int partner, int product, double value) const {
    if (value != 0.0) add_(r, part, partner, product, deflator_[r] * value);
  }

  // Price changes of what users buy from whom: terms of trade, wedges and the way of the goods.
  void add_purchases(std::size_t product, std::size_t r) const {
    const auto first = static_cast<std::size_t>(base_.first_row[product]), last = static_cast<std::size_t>(base_.first_row[product + 1]);
    std::vector<Purchase> from(last - first);
    double rest = 0.0;  // cheaper by more than the flows say to first order
    const bool wedges = !a_.net.shares_part(a_.gross, product) || !b_.net.shares_part(b_.gross, product);
    for (auto g = static_cast<std::size_t>(base_.first_group[r]); g < static_cast<std::size_t>(base_.first_group[r + 1]); ++g) {
      const double ratio_a = a_.work.ratio(product, g), ratio_b = b_.work.ratio(product, g);
      double explained = 0.0;
      for (std::size_t q = first; q < last; ++q) {
        const double unit_a = a_.work.row[q] * ratio_a, unit_b = b_.work.row[q] * ratio_b;
        const double gross = mean(a_.gross(q, g) * unit_a, b_.gross(q, g) * unit_b);
        if (gross == 0.0) continue;
        const double net = wedges ? mean(a_.net(q, g) * unit_a, b_.net(q, g) * unit_b) : gross;
        const double cost = log_price_of_row(b_, q) - log_price_of_row(a_, q);
        const bool both = a_.net(q, g) * unit_a > 0.0 && b_.net(q, g) * unit_b > 0.0;
        const auto rate = [&](const IncomePoint& p) { return std::log(p.gross(q, g) / p.net(q, g)); };
        const double wedge = wedges && both ? rate(b_) - rate(a_) : 0.0;
        Purchase& bought = from[q - first];
        bought.terms -= net * cost;
        bought.volume -= gross * wedge + (gross - net) * cost;
        const double cheaper = both ? gross * cheaper_way(product, q, g) : 0.0;
        bought.cheaper += cheaper;
        explained += gross * (cost + wedge) - cheaper;
      }
      const double spent = mean(a_.work.demand(product, g), b_.work.demand(product, g));
      rest -= spent * (b_.work.log_price(product, g) - a_.work.log_price(product, g)) - explained;
    }
    const int p = static_cast<int>(product);
    for (std::size_t q = first; q < last; ++q) {
      const int partner = partner_of_row(base_, q);
      add(r, terms_of_trade, partner, p, from[q - first].terms), add(r, volume, partner, p, from[q - first].volume);
      add(r, efficiency, partner, p, from[q - first].cheaper);
    }
    add(r, efficiency, -1, p, rest);
  }

  // Of the weight of a flow: what is no wedge is a lower cost on its way, or a better match.
  double cheaper_way(std::size_t product, std::size_t q, std::size_t g) const {
    const auto weights = [&](const IncomePoint& p) { return std::pair{p.economy.weight(q, g), p.economy.net(q, g)}; };
    const auto [weight_a, net_a] = weights(a_);
    const auto [weight_b, net_b] = weights(b_);
    if (weight_a == weight_b && net_a == net_b) return 0.0;
    return std::log(weight_b / weight_a) / base_.elasticity[product] + std::log(weight_b / net_b) - std::log(weight_a / net_a);
  }

  void add_cell(std::size_t j) const {
    const auto r = static_cast<std::size_t>(base_.cell_region[j]), q = static_cast<std::size_t>(base_.row_of_cell[j]);
    const int home = base_.regions[r], product = base_.cell_product[j];
    const double output = mean(a_.work.output[j], b_.work.output[j]), cost = b_.work.log_cost[j] - a_.work.log_cost[j];
    // Where the cell stops or starts, output x change of ln output is the difference that it integrates to.
    const bool made = a_.work.output[j] > 0.0 && b_.work.output[j] > 0.0;
    const double rise = made           ? std::log(b_.work.output[j] / a_.work.output[j])
                        : output > 0.0 ? (b_.work.output[j] - a_.work.output[j]) / output
                                       : 0.0;
    const double quantity = rise - cost;
    // At a limit the price moves more than the cost, and what is made beyond earns its rent: the limit is a factor as well.
    const double price = cost + b_.work.log_rent[j] - a_.work.log_rent[j];
    const double sales = mean(a_.work.output[j] * std::exp(a_.work.log_rent[j]), b_.work.output[j] * std::exp(b_.work.log_rent[j]));
    add(r, factors, -1, product, (sales - output) * quantity);
    double at_home = sales;
    for (std::size_t d = 0; d <= base_.regions.size(); ++d) {
      const double sold = mean(a_.flows.sales(q, d), b_.flows.sales(q, d));
      if (d == r || sold == 0.0) continue;
      at_home -= sold;
      add(r, terms_of_trade, d < base_.regions.size() ? base_.regions[d] : abroad(), product, sold * price);
    }
    add(r, terms_of_trade, home, product, at_home * price);
    add(r, efficiency, home, product, -output * (1.0 - base_.tax_share[j]) * (b_.economy.cost_shift[j] - a_.economy.cost_shift[j]));
    add(r, taxes, -1, product, output * base_.tax_share[j] * quantity);
    const auto pay = [&](const IncomePoint& p) { return base_.value_added[j] * p.work.value_added_part[j] * p.work.output[j]; };
    add(r, factors, -1, product, pay(b_) - pay(a_) - mean(pay(a_), pay(b_)) * (b_.work.log_value_added[j] - a_.work.log_value_added[j]));
  }

  int abroad() const {
    int found = -1;
    const std::vector<Region>& regions = base_.accounts->regions;
    for (std::size_t r = 0; r < regions.size(); ++r)
      if (regions[r].external) found = static_cast<int>(r);
    return found;
  }

  void add_fixed() const {
    for (std::size_t k = 0; k < b_.economy.fixed.size(); ++k) {
      const FixedPurchase& f = b_.economy.fixed[k];
      const auto q = static_cast<std::size_t>(f.row);
      if (f.region < 0) continue;
      const auto r = static_cast<std::size_t>(f.region);
      const double then = k < a_.economy.fixed.size() ? drawn_amount(a_.work, a_.economy.fixed[k]) : 0.0, now = drawn_amount(b_.work, f);
      const double price_a = std::exp(log_price_of_row(a_, q)), price_b = std::exp(log_price_of_row(b_, q));
      const int partner = partner_of_row(base_, q), product = supplier_sector(*base_.accounts, base_.supplier_of[q]);
      add(r, terms_of_trade, partner, product, -mean(then * price_a, now * price_b) * std::log(price_b / price_a));
      add(r, budget, partner, product, -(now - then) * mean(price_a, price_b));
    }
  }

  void add_regions() const {
    for (std::size_t r = 0; r < base_.regions.size(); ++r) {
      double rest = b_.work.wedge_revenue[r] - a_.work.wedge_revenue[r];
      for (std::size_t p = 0; p < a_.work.wedge_by_product.rows && a_.work.wedges && b_.work.wedges; ++p) {
        const double of_product = b_.work.wedge_by_product(p, r) - a_.work.wedge_by_product(p, r);
        add(r, volume, -1, static_cast<int>(p), of_product);
        rest -= of_product;
      }
      add(r, volume, -1, -1, rest);
      add(r, ownership, -1, -1, (b_.work.owned[r] - b_.flows.earned_income[r]) - (a_.work.owned[r] - a_.flows.earned_income[r]));
      add(r, budget, -1, -1, other_income(b_, r) - other_income(a_, r));
      if (b_.economy.consumed[r] != a_.economy.consumed[r])  // at base prices already
        add_(r, budget, base_.regions[r], -1, b_.economy.consumed[r] - a_.economy.consumed[r]);
    }
  }

  void add_final_taxes() const {
    for (std::size_t u = 0; u < base_.user_cell.size(); ++u) {
      if (base_.user_cell[u] >= 0 || base_.final_tax[u] == 0.0) continue;
      const auto r = static_cast<std::size_t>(base_.group_region[static_cast<std::size_t>(base_.user_group[u])]);
      const double spends = base_.final_part[u] * mean(a_.work.spending[r], b_.work.spending[r]);
      const auto log_price = [&](const IncomePoint& p) { return p.work.material_cost[u] / (1.0 - base_.final_tax[u]); };
      add(r, taxes, -1, -1,
          base_.final_tax[u] * spends * (std::log(b_.work.spending[r] / a_.work.spending[r]) - (log_price(b_) - log_price(a_))));
    }
  }

  const IncomePoint &a_, &b_;
  const Calibration& base_;
  const AddIncome& add_;
  std::vector<double> deflator_;  // by region
};

}  // namespace

IncomePoint income_point(const Economy& economy, const Work& work, const Flows& flows) {
  IncomePoint p{economy, work, flows, economy.weight, economy.net};
  for (std::size_t k = 0; k < economy.targets.size(); ++k) {
    const WedgeTarget& target = economy.targets[k];
    const auto product = static_cast<std::size_t>(target.product);
    const double theta = economy.base->elasticity[product], wedge = work.log_wedge[k];
    for (const WedgeTarget::Flow& flow : target.flows) {
      if (!flow.wedged) continue;
      const auto q = static_cast<std::size_t>(flow.row), b = static_cast<std::size_t>(flow.group);
      p.gross.edit(product, q, b) *= std::exp(-theta * wedge);
      p.net.edit(product, q, b) *= std::exp(-(theta + 1.0) * wedge);
    }
  }
  return p;
}

void add_income_step(const Flows& first, const IncomePoint& a, const IncomePoint& b, const AddIncome& add) {
  IncomeStep(first, a, b, add).take();
}

}  // namespace kontor
