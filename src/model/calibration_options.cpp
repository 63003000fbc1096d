// Parameters that no accounts hold: what the programme says, else the shipped tables with their sources.
#include <cmath>

#include "kontor/base/csv.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"
#include "kontor/model/calibration.h"
#include "kontor/model/elasticities.h"

namespace kontor {

namespace {
struct Shipped {
  double value = 0.0;
  std::string source;
};
}  // namespace

static Shipped shipped(const std::string& name) {
  const CsvTable table = parse_csv(parameter_table("factor_shares.csv"), "data/parameters/factor_shares.csv");
  for (const CsvRow& row : table.rows) {
    if (table.field(row, required_column(table, "parameter")) != name) continue;
    Shipped found;
    read_number(table.field(row, required_column(table, "value")), found.value);
    found.source = table.field(row, required_column(table, "source"));
    return found;
  }
  return {};
}

static bool has_role(const Accounts& accounts, PrimaryRole role) {
  for (const PrimaryRow& row : accounts.primary_rows)
    if (row.role == role) return true;
  return false;
}

CalibrationOptions calibration_options(const Accounts& accounts, const std::map<std::string, double>& parameters,
                                       std::vector<std::string>& used) {
  CalibrationOptions options;
  for (const UsedElasticity& e : elasticities_of(accounts, parameters)) {
    options.trade_elasticity.push_back(e.value);
    used.push_back(
        "trade elasticity of " + accounts.sectors[static_cast<std::size_t>(e.sector)].code + ": " + number_text(e.value) +
        (std::isfinite(e.standard_error) && e.standard_error > 0.0 ? " (standard error " + number_text(e.standard_error) + ")" : "") +
        ", " + e.source);
  }
  const auto take = [&](const char* name, double& value, bool needed) {
    if (const auto at = parameters.find(name); at != parameters.end()) {
      value = at->second;
      if (needed) used.push_back(std::string(name) + ": " + number_text(value) + ", the programme");
    } else if (const Shipped s = shipped(name); !s.source.empty()) {
      value = s.value;
      if (needed) used.push_back(std::string(name) + ": " + number_text(value) + ", " + s.source);
    }
  };
  const bool table = accounts.kind == AccountsKind::table;
  const bool mixed = table && has_role(accounts, PrimaryRole::mixed), labour = has_role(accounts, PrimaryRole::labour);
  take("labour_share", options.labour_share, mixed && !labour);
  take("mixed_labour_share", options.mixed_labour_share, mixed && labour);
  const auto given = [&](const char* name, double& value) {
    if (const auto at = parameters.find(name); at != parameters.end()) value = at->second;
  };
  given("substitution.inputs", options.substitution_inputs);
  given("substitution.value_added", options.substitution_value_added);
  given("scale", options.scale);
  // Two tables of suppliers by buyers are held at a time; beyond this they would not fit beside the accounts on a laptop.
  constexpr std::size_t most_entries = std::size_t{200} << 20;
  if (static_cast<std::size_t>(supplier_count(accounts)) * static_cast<std::size_t>(buyer_count(accounts)) > most_entries) {
    options.sourcing = SourcingBy::use;
    used.push_back("origins: told apart by region and use (sectors, final users), for the table is too large to do so by buyer");
  }
  return options;
}

}  // namespace kontor
