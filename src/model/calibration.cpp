// From accounts to shares: who uses what, from whom, and what it pays besides.
#include "kontor/model/calibration.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

namespace {

class Calibrating {
 public:
  Calibrating(const Accounts& accounts, const CalibrationOptions& options) : a_(accounts) {
    c_.accounts = &accounts;
    c_.options = options;
    if (a_.kind == AccountsKind::trade_model) c_.options.sourcing = SourcingBy::region;
  }

  Calibration run() {
    number_regions();
    number_products();
    number_users();
    read_tariffs();
    read_purchases();
    read_primary();
    close_rows();
    read_regions();
    find_only_rows();
    tell_negative_flows();
    tell_idle_cells();
    return std::move(c_);
  }

 private:
  const Accounts& a_;
  Calibration c_;
  Matrix weight_, gross_;  // gross_: users x products, what the user pays for each product
  std::vector<double> factor_income_[3];
  std::size_t negative_flows_ = 0;

  std::size_t regions() const { return c_.regions.size(); }

  // --- numbering -----------------------------------------------------------------------------------

  void number_regions() {
    std::vector<bool> has_cells(a_.regions.size(), false);
    for (const Cell& cell : a_.cells) has_cells[static_cast<std::size_t>(cell.region)] = true;
    c_.region_number.assign(a_.regions.size(), -1);
    std::vector<int> nations;
    for (std::size_t r = 0; r < a_.regions.size(); ++r) {
      if (a_.regions[r].external) c_.closed = false;
      if (!has_cells[r]) continue;
      c_.region_number[r] = static_cast<int>(c_.regions.size());
      c_.regions.push_back(static_cast<int>(r));
      const int nation = nation_of(a_, static_cast<int>(r));
      auto at = std::find(nations.begin(), nations.end(), nation);
      if (at == nations.end()) at = nations.insert(nations.end(), nation);
      c_.nation.push_back(static_cast<int>(at - nations.begin()));
    }
    c_.nations = static_cast<int>(nations.size());
  }

  void number_products() {
    const int n = static_cast<int>(a_.cells.size());
    c_.products = static_cast<int>(a_.sectors.size());
    for (const Cell& cell : a_.cells) {
      c_.cell_region.push_back(c_.region_number[static_cast<std::size_t>(cell.region)]);
      c_.cell_product.push_back(cell.product);
    }
    std::vector<std::vector<int>> suppliers(a_.sectors.size());
    for (int i = 0; i < n; ++i) suppliers[static_cast<std::size_t>(a_.cells[static_cast<std::size_t>(i)].product)].push_back(i);
    for (std::size_t k = 0; k < a_.imports.size(); ++k)
      suppliers[static_cast<std::size_t>(a_.imports[k].sector)].push_back(supplier_of_import(a_, static_cast<int>(k)));
    c_.row_of_cell.assign(a_.cells.size(), -1);
    for (const std::vector<int>& list : suppliers) {
      c_.first_row.push_back(static_cast<int>(c_.supplier_of.size()));
      for (const int supplier : list) {
        const int cell = supplier < n ? supplier : -1;
        if (cell >= 0) c_.row_of_cell[static_cast<std::size_t>(cell)] = static_cast<int>(c_.supplier_of.size());
        c_.supplier_of.push_back(supplier), c_.cell_of.push_back(cell);
      }
    }
    c_.first_row.push_back(static_cast<int>(c_.supplier_of.size()));
    c_.elasticity = c_.options.trade_elasticity;
  }

  static bool is_bundle(FinalRole role) {
    return role != FinalRole::inventories && role != FinalRole::discrepancy && role != FinalRole::exports;
  }

  void add_user(int cell, int column, bool new_group) {
    if (new_group) {
      c_.first_user.push_back(static_cast<int>(c_.user_cell.size()));
      c_.group_region.push_back(static_cast<int>(c_.first_group.size()) - 1);
    }
    if (cell >= 0) c_.cell_user[static_cast<std::size_t>(cell)] = static_cast<int>(c_.user_cell.size());
    c_.user_cell.push_back(cell), c_.user_column.push_back(column);
    c_.user_group.push_back(static_cast<int>(c_.first_user.size()) - 1);
  }

  void number_users() {
    c_.cell_user.assign(a_.cells.size(), -1);
    const SourcingBy by = c_.options.sourcing;
    for (std::size_t r = 0; r < regions(); ++r) {
      c_.first_group.push_back(static_cast<int>(c_.first_user.size()));
      bool first = true;
      for (std::size_t j = 0; j < a_.cells.size(); ++j)
        if (a_.cells[j].region == c_.regions[r]) {
          add_user(static_cast<int>(j), -1, by == SourcingBy::user || first);
          first = false;
        }
      first = by != SourcingBy::region;
      for (std::size_t f = 0; f < a_.final_uses.size(); ++f)
        if (a_.final_uses[f].region == c_.regions[r] && is_bundle(role_of(f))) {
          add_user(-1, static_cast<int>(f), by == SourcingBy::user || first);
          first = false;
        }
    }
    c_.first_group.push_back(static_cast<int>(c_.first_user.size()));
    c_.first_user.push_back(static_cast<int>(c_.user_cell.size()));
  }

  FinalRole role_of(std::size_t column) const { return a_.categories[static_cast<std::size_t>(a_.final_uses[column].category)].role; }

  // --- tariffs -------------------------------------------------------------------------------------

  void read_tariffs() {
    Matrix tariff(c_.supplier_of.size(), regions());
    bool any = false;
    for (const BorderCost& border : a_.border_costs) {
      const int importer = c_.region_number[static_cast<std::size_t>(border.importer)];
      const int supplier = supplier_index(a_, border.exporter, border.sector);
      if (importer < 0 || supplier < 0 || !(border.tariff != 0.0) || std::isnan(border.tariff)) continue;
      for (int q = c_.first_row[static_cast<std::size_t>(border.sector)]; q < c_.first_row[static_cast<std::size_t>(border.sector) + 1];
           ++q)
        if (c_.supplier_of[static_cast<std::size_t>(q)] == supplier)
          tariff(static_cast<std::size_t>(q), static_cast<std::size_t>(importer)) = border.tariff, any = true;
    }
    if (any) c_.tariff = std::make_shared<const Matrix>(std::move(tariff));
  }

  double tariff_rate(std::size_t row, std::size_t region) const { return c_.tariff ? (*c_.tariff)(row, region) : 0.0; }

  // --- purchases -----------------------------------------------------------------------------------

  std::size_t region_of_user(std::size_t u) const {
    return static_cast<std::size_t>(c_.group_region[static_cast<std::size_t>(c_.user_group[u])]);
  }

  int buyer_of_user(std::size_t u) const { return c_.user_cell[u] >= 0 ? c_.user_cell[u] : buyer_of_final_use(a_, c_.user_column[u]); }

  void read_purchases() {
    const std::size_t rows = c_.supplier_of.size(), users = c_.user_cell.size(), groups = c_.group_region.size();
    weight_ = Matrix(rows, groups);
    gross_ = Matrix(users, static_cast<std::size_t>(c_.products));
    for (std::size_t p = 0; p < static_cast<std::size_t>(c_.products); ++p)
      for (auto q = static_cast<std::size_t>(c_.first_row[p]); q < static_cast<std::size_t>(c_.first_row[p + 1]); ++q)
        for (std::size_t u = 0; u < users; ++u) {
          const double net = purchase(a_, c_.supplier_of[q], buyer_of_user(u));
          if (net == 0.0) continue;
          const std::size_t region = region_of_user(u);
          // A negative flow cannot be a share: it stays what it is, whatever the price. In a trade model, whose users of a
          // region share their origins, it is a negative share of the user's and keeps the group's origins.
          if (net < 0.0 && a_.kind == AccountsKind::table) {
            c_.fixed.push_back({static_cast<int>(q), static_cast<int>(region), net, false, false, buyer_of_user(u)});
            ++negative_flows_;
            continue;
          }
          const double gross = net * (1.0 + tariff_rate(q, region));
          gross_(u, p) += gross;
          weight_(q, static_cast<std::size_t>(c_.user_group[u])) += gross;
        }
    // The gaps of a trade model's tables are no purchases: its baseline is solved, not observed.
    const bool gaps = a_.kind == AccountsKind::table;
    c_.exports.assign(rows, 0.0);
    for (std::size_t f = 0; f < a_.final_uses.size(); ++f) {
      const int region = c_.region_number[static_cast<std::size_t>(a_.final_uses[f].region)];
      if (region >= 0 && (is_bundle(role_of(f)) || !gaps)) continue;
      for (std::size_t q = 0; q < rows; ++q) {
        const double value = purchase(a_, c_.supplier_of[q], buyer_of_final_use(a_, static_cast<int>(f)));
        if (region < 0 && value > 0.0)
          c_.exports[q] += value;
        else if (value != 0.0)
          c_.fixed.push_back({static_cast<int>(q), region, value, false, false, buyer_of_final_use(a_, static_cast<int>(f))});
      }
    }
    for (std::size_t p = 0; p < static_cast<std::size_t>(c_.products); ++p)
      for (std::size_t b = 0; b < groups; ++b) {
        Sum sum;
        for (int q = c_.first_row[p]; q < c_.first_row[p + 1]; ++q) sum.add(weight_(static_cast<std::size_t>(q), b));
        if (sum.value() > 0.0)
          for (int q = c_.first_row[p]; q < c_.first_row[p + 1]; ++q) weight_(static_cast<std::size_t>(q), b) /= sum.value();
      }
    c_.share = gross_;
  }

  // --- what cells pay besides goods ------------------------------------------------------------------

  void add_primary(std::size_t cell, PrimaryRole role, double value) {
    double part[3] = {0.0, 0.0, 0.0};  // labour, capital, land
    const bool trade_model = a_.kind == AccountsKind::trade_model;
    if (role == PrimaryRole::labour || trade_model) part[0] = value;
    if (role == PrimaryRole::capital && !trade_model) part[1] = value;
    if (role == PrimaryRole::land && !trade_model) part[2] = value;
    if (role == PrimaryRole::mixed && !trade_model) {
      const double labour = has_labour_ ? c_.options.mixed_labour_share : c_.options.labour_share;
      part[0] = value * labour, part[1] = value * (1.0 - labour);
    }
    for (std::size_t k = 0; k < 3; ++k) factor_income_[k][cell] += part[k];
  }

  bool has_labour_ = false;

  void read_primary() {
    const std::size_t n = a_.cells.size();
    for (auto& income : factor_income_) income.assign(n, 0.0);
    bool has_mixed = false;
    for (const PrimaryRow& row : a_.primary_rows)
      has_labour_ |= row.role == PrimaryRole::labour, has_mixed |= row.role == PrimaryRole::mixed;
    for (std::size_t m = 0; m < a_.primary_rows.size(); ++m) {
      const PrimaryRow& row = a_.primary_rows[m];
      if (row.role == PrimaryRole::tax || row.role == PrimaryRole::margin) continue;
      for (std::size_t j = 0; j < n; ++j) add_primary(j, row.role, a_.primary(m, j));
    }
    if (has_mixed && a_.kind == AccountsKind::table)
      c_.assumptions.push_back(
          has_labour_ ? "mixed income: " + number_text(std::round(1e4 * c_.options.mixed_labour_share) / 100) + " % of it labour"
                      : "the accounts hold value added only: " + number_text(std::round(1e4 * c_.options.labour_share) / 100) +
                            " % of it labour, the rest capital");
    std::size_t negative = 0;
    for (auto* list : {&c_.value_added, &c_.tax_share, &c_.labour_part, &c_.capital_part, &c_.land_part}) list->assign(n, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      c_.output.push_back(a_.output(0, j));
      const double x = c_.output[j];
      if (!(x > 0.0)) continue;
      double factors = 0.0;
      for (auto& income : factor_income_) {
        if (income[j] < 0.0) income[j] = 0.0, ++negative;  // it stays in the tax share, as a subsidy that moves with output
        factors += income[j];
      }
      c_.value_added[j] = factors / x;
      if (factors > 0.0)
        c_.labour_part[j] = factor_income_[0][j] / factors, c_.capital_part[j] = factor_income_[1][j] / factors,
        c_.land_part[j] = factor_income_[2][j] / factors;
      const auto u = static_cast<std::size_t>(c_.cell_user[j]);
      Sum goods;
      for (std::size_t p = 0; p < c_.share.columns; ++p) {
        c_.share(u, p) /= x;
        goods.add(c_.share(u, p));
      }
      c_.tax_share[j] = 1.0 - goods.value() - c_.value_added[j];
      if (c_.tax_share[j] > 0.99)
        fail(Exit::data, "all-tax", a_.title, cell_label(a_, static_cast<int>(j)), "primary",
             "taxes and margins take the whole of the output", "goods and factors make up a part of the cost",
             "correct the column, or leave the cell out");
    }
    if (negative > 0)
      c_.findings.push_back({Severity::note, "negative-factor", a_.title, "", "primary",
                             std::to_string(negative) + " negative factor incomes", "a factor earns at least nothing",
                             "each is taken as a subsidy in proportion to output"});
  }

  // What the table's uses miss of a cell's output, or exceed it by, stays bought at home in its quantity. Rounding of the
  // source mostly; it is told, and `kontor check` tells it cell by cell.
  void close_rows() {
    if (a_.kind != AccountsKind::table) return;
    Sum gap, total;
    std::vector<double> uses(c_.supplier_of.size(), 0.0);
    for (std::size_t q = 0; q < uses.size(); ++q) {
      Sum sum;
      sum.add(c_.exports[q]);
      for (std::size_t j = 0; j < a_.cells.size(); ++j) sum.add(std::max(purchase(a_, c_.supplier_of[q], static_cast<int>(j)), 0.0));
      for (std::size_t u = 0; u < c_.user_cell.size(); ++u)
        if (c_.user_cell[u] < 0) sum.add(std::max(purchase(a_, c_.supplier_of[q], buyer_of_user(u)), 0.0));
      uses[q] = sum.value();
    }
    for (const FixedPurchase& f : c_.fixed) uses[static_cast<std::size_t>(f.row)] += f.amount;
    for (std::size_t j = 0; j < a_.cells.size(); ++j) {
      const auto q = static_cast<std::size_t>(c_.row_of_cell[j]);
      const double missing = c_.output[j] - uses[q];
      total.add(c_.output[j]), gap.add(std::fabs(missing));
      if (missing != 0.0) c_.fixed.push_back({static_cast<int>(q), c_.cell_region[j], missing});
    }
    if (gap.value() > 1e-9 * total.value())
      c_.assumptions.push_back("the table's uses miss its outputs by " + number_text(std::round(1e10 * gap.value() / total.value()) / 1e8) +
                               " % in all: bought at home, in fixed quantity");
  }

  // --- regions ---------------------------------------------------------------------------------------

  void read_regions() {
    const std::size_t users = c_.user_cell.size();
    for (auto* list : {&c_.spending, &c_.imbalance, &c_.labour_income, &c_.capital_income, &c_.land_income}) list->assign(regions(), 0.0);
    c_.final_part.assign(users, 0.0), c_.final_tax.assign(users, 0.0);
    std::vector<double> income(regions(), 0.0), fixed(regions(), 0.0);
    for (std::size_t j = 0; j < a_.cells.size(); ++j) {
      const auto r = static_cast<std::size_t>(c_.cell_region[j]);
      c_.labour_income[r] += factor_income_[0][j], c_.capital_income[r] += factor_income_[1][j], c_.land_income[r] += factor_income_[2][j];
      if (c_.output[j] > 0.0) income[r] += c_.output[j] * (c_.value_added[j] + c_.tax_share[j]);
    }
    std::vector<double> pays(users, 0.0);
    for (std::size_t u = 0; u < users; ++u) {
      const std::size_t r = region_of_user(u);
      for (std::size_t p = 0; p < c_.share.columns; ++p)
        for (int q = c_.first_row[p]; q < c_.first_row[p + 1]; ++q) {
          const double rate = tariff_rate(static_cast<std::size_t>(q), r);
          if (rate != 0.0)
            income[r] +=
                gross_(u, p) * weight_(static_cast<std::size_t>(q), static_cast<std::size_t>(c_.user_group[u])) * rate / (1.0 + rate);
        }
      if (c_.user_cell[u] >= 0) continue;
      Sum goods, taxes;
      for (std::size_t p = 0; p < c_.share.columns; ++p) goods.add(gross_(u, p));
      if (!a_.primary_final.empty())
        for (std::size_t m = 0; m < a_.primary_final.rows(); ++m)
          taxes.add(a_.primary_final(m, static_cast<std::size_t>(c_.user_column[u])));
      // The tariffs are in the user's price of the goods already.
      double tax = taxes.value();
      if (c_.tariff) {
        double net = 0.0;
        for (std::size_t q = 0; q < c_.supplier_of.size(); ++q) net += std::max(0.0, purchase(a_, c_.supplier_of[q], buyer_of_user(u)));
        tax -= goods.value() - net;
      }
      pays[u] = goods.value() + tax;
      if (!(goods.value() > 0.0)) continue;
      c_.final_tax[u] = tax / pays[u];
      income[r] += tax;
      c_.spending[r] += pays[u];
      for (std::size_t p = 0; p < c_.share.columns; ++p) c_.share(u, p) = gross_(u, p) / pays[u];
    }
    for (std::size_t u = 0; u < users; ++u)
      if (c_.user_cell[u] < 0 && pays[u] > 0.0) c_.final_part[u] = pays[u] / c_.spending[region_of_user(u)];
    for (const FixedPurchase& f : c_.fixed)
      if (f.region >= 0) fixed[static_cast<std::size_t>(f.region)] += f.amount;
    for (std::size_t r = 0; r < regions(); ++r) {
      c_.imbalance[r] = c_.spending[r] + fixed[r] - income[r];
      const std::string& code = a_.regions[static_cast<std::size_t>(c_.regions[r])].code;
      if (!(c_.labour_income[r] > 0.0))
        fail(Exit::data, "no-factor-income", a_.title, code, "primary", "no labour income", "every region with output earns something",
             "give value added by sector, or join the region to another with `kontor aggregate`");
      if (!(c_.spending[r] > 0.0))
        fail(Exit::data, "no-final-use", a_.title, code, "final use", "no final use", "every region with income buys something",
             "give its final use, or join the region to another with `kontor aggregate`");
    }
    if (a_.kind == AccountsKind::trade_model)
      for (std::size_t r = 0; r < regions(); ++r)
        c_.imbalance[r] = a_.imbalances.empty() ? 0.0 : a_.imbalances[static_cast<std::size_t>(c_.regions[r])];
    c_.weight = {std::move(weight_), c_.first_row};
  }

  // Products that every group buys from one row at most: half of the work of a trade model falls away.
  void find_only_rows() {
    c_.only_row.resize(static_cast<std::size_t>(c_.products));
    for (std::size_t p = 0; p < static_cast<std::size_t>(c_.products); ++p) {
      std::vector<int> only(c_.weight.columns(), -1);
      bool single = true;
      for (int q = c_.first_row[p]; q < c_.first_row[p + 1] && single; ++q)
        for (std::size_t b = 0; b < only.size(); ++b)
          if (c_.weight(static_cast<std::size_t>(q), b) != 0.0) {
            single = only[b] < 0;
            only[b] = q;
            if (!single) break;
          }
      if (single) c_.only_row[p] = std::move(only);
    }
  }

  void tell_idle_cells() {
    std::size_t idle = 0, without = 0;
    for (std::size_t j = 0; j < c_.output.size(); ++j) {
      idle += c_.output[j] > 0.0 ? 0 : 1;
      without += c_.output[j] > 0.0 && !(c_.value_added[j] > 0.0) ? 1 : 0;
    }
    const auto tell = [&](std::size_t count, const char* code, const char* what, const char* how) {
      if (count > 0) c_.findings.push_back({Severity::note, code, a_.title, "", "", std::to_string(count) + what, "", how});
    };
    tell(idle, "idle-cells", " cells make nothing", "they keep their base price and go on making nothing");
    tell(without, "no-value-added", " cells have no value added", "their cost is that of their inputs alone");
  }

  void tell_negative_flows() {
    if (negative_flows_ == 0) return;
    c_.findings.push_back({Severity::note, "negative-flow", a_.title, "", "", std::to_string(negative_flows_) + " negative purchases",
                           "a share cannot be negative", "each keeps its quantity, whatever the price"});
  }
};

}  // namespace

Calibration calibrate(const Accounts& accounts, const CalibrationOptions& options) { return Calibrating(accounts, options).run(); }

}  // namespace kontor
