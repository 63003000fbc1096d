// The NAFTA exercise of Caliendo and Parro (2015): accounts of 1993, tariffs of 2005 among three members, both economies solved.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "kontor/base/csv.h"
#include "kontor/base/text.h"
#include "kontor/model/equilibrium.h"
#include "kontor/read/reader.h"
#include "support.h"

namespace kontor::test {

inline double number(const CsvTable& table, const CsvRow& row, const char* column) {
  double value = std::nan("");
  read_number(table.field(row, required_column(table, column)), value);
  return value;
}

inline std::string text(const CsvTable& table, const CsvRow& row, const char* column) {
  return table.field(row, required_column(table, column));
}

inline CsvTable golden_nafta(const std::string& name) { return read_csv((shared_folder() / "golden" / "cp2015-nafta" / name).string()); }

/// The accounts, and both solved economies.
struct Nafta {
  const Accounts& accounts;
  Calibration base;
  Equilibrium before, after;

  std::size_t region(const std::string& name) const {
    return static_cast<std::size_t>(base.region_number[static_cast<std::size_t>(region_index(accounts, name))]);
  }
  std::size_t cell(const std::string& region, const std::string& sector) const {
    return static_cast<std::size_t>(cell_index(accounts, region_index(accounts, region), sector_index(accounts, sector)));
  }
};

inline std::vector<Shock> tariffs_of_2005(const Accounts& accounts) {
  const CsvTable trade = read_csv((shared_folder() / "data" / "cp2015-nafta" / "trade.csv").string());
  const auto member = [](const std::string& name) { return name == "Canada" || name == "Mexico" || name == "USA"; };
  std::vector<Shock> shocks;
  for (const CsvRow& row : trade.rows) {
    const std::string from = text(trade, row, "exporter"), to = text(trade, row, "importer");
    if (from == to || !member(from) || !member(to)) continue;
    const TariffRate rate{region_index(accounts, from), region_index(accounts, to), sector_index(accounts, text(trade, row, "sector")),
                          number(trade, row, "tariff_2005")};
    shocks.push_back({rate, "NAFTA", 2005, Step::stated, false, "", false});
  }
  return shocks;
}

inline const Accounts& accounts_of_1993() {
  static const Accounts accounts = [] {
    ImportOptions options;
    options.year = 1993, options.currency = "USD", options.scale = 1.0, options.allow_negative = true;
    options.settings["tariff"] = "tariff_1993";
    return find_reader("trade_model").read(shared_folder() / "data" / "cp2015-nafta", options).accounts;
  }();
  return accounts;
}

inline Calibration calibrated(const Accounts& accounts) {
  CalibrationOptions options;
  options.trade_elasticity.assign(accounts.sectors.size(), 0.0);
  for (const TradeElasticity& e : accounts.trade_elasticities) options.trade_elasticity[static_cast<std::size_t>(e.sector)] = e.value;
  return calibrate(accounts, options);
}

inline Closure closure_of_the_article(ImbalanceRule imbalance) {
  Closure closure;
  closure.labour = LabourRule::fixed, closure.capital = CapitalRule::mobile, closure.imbalance = imbalance;
  return closure;
}

inline SolverOptions tight_solver() {
  SolverOptions tight;
  tight.tolerance = 1e-13;  // the golden files were solved to this
  tight.largest_steps = 120;
  return tight;
}

inline Nafta nafta(ImbalanceRule imbalance) {
  Nafta n{accounts_of_1993(), calibrated(accounts_of_1993()), {}, {}};
  const Closure closure = closure_of_the_article(imbalance);
  const Economy baseline = baseline_economy(n.base, closure);
  const EquilibriumSolver solver(baseline);
  n.before = solver.solve(baseline, {}, tight_solver());
  const std::vector<Shock> shocks = tariffs_of_2005(n.accounts);
  std::vector<const Shock*> all, not_counted;
  for (const Shock& shock : shocks) all.push_back(&shock);
  n.after = solver.solve(economy_with(baseline, all, not_counted), n.before.state, tight_solver());
  return n;
}

inline double ratio(const std::vector<double>& after, const std::vector<double>& before, std::size_t i) {
  return std::exp(after[i] - before[i]);
}

}  // namespace kontor::test
