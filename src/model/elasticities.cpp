// The shipped table has the codes that classifications give the same products, so that a code finds its row whatever
// table it comes from. Codes of ISIC rev. 3 are left out: they are numbers that mean something else in rev. 4.
#include "kontor/model/elasticities.h"

#include <cmath>
#include <limits>

#include "kontor/base/csv.h"
#include "kontor/base/error.h"
#include "kontor/base/parameters.h"
#include "kontor/base/text.h"

namespace kontor {

static const std::string for_all = "trade_elasticity";
static const std::string for_one = for_all + '.';

namespace {

struct ShippedElasticity {
  double value = 0.0, standard_error = 0.0;
  std::string source, product_class;
};

}  // namespace

// By sector code; a code stands in one row.
static const std::map<std::string, ShippedElasticity, std::less<>>& shipped() {
  static const auto read = [] {
    const CsvTable table = parse_csv(parameter_table("trade_elasticities.csv"), "data/parameters/trade_elasticities.csv");
    std::map<std::string, ShippedElasticity, std::less<>> by_code;
    for (const CsvRow& row : table.rows) {
      ShippedElasticity elasticity{0.0, std::numeric_limits<double>::quiet_NaN(), row.fields[4], row.fields[0]};
      read_number(row.fields[2], elasticity.value);
      if (!row.fields[3].empty()) read_number(row.fields[3], elasticity.standard_error);
      for (const std::string& code : split(row.fields[1], '|')) by_code.emplace(code, elasticity);
    }
    return by_code;
  }();
  return read;
}

static bool is_elasticity(double value) { return value > 0.0 && std::isfinite(value); }

static Finding problem(const std::string& place, std::string found, std::string expected, std::string remedy) {
  return {Severity::error, "elasticity", "", "", place, std::move(found), std::move(expected), std::move(remedy)};
}

static Findings check_overrides(const Accounts& accounts, const std::map<std::string, double>& overrides) {
  std::vector<std::string> codes;
  for (const Sector& sector : accounts.sectors) codes.push_back(sector.code);
  Findings findings;
  for (const auto& [name, value] : overrides) {
    const bool is_one = name.rfind(for_one, 0) == 0;
    if (!is_one && name != for_all) continue;
    if (!is_elasticity(value))
      findings.push_back(problem("parameters." + name, std::isnan(value) ? "nan" : number_text(value), "a trade elasticity above 0",
                                 "write it without a sign: purchases move away from what grows dearer"));
    const std::string code = name.substr(is_one ? for_one.size() : 0);
    if (is_one && sector_index(accounts, code) < 0)
      findings.push_back(problem("parameters." + name, "no sector " + quoted(code), "a sector of the accounts", did_you_mean(code, codes)));
  }
  return findings;
}

static UsedElasticity elasticity_of(const Accounts& accounts, int sector, const std::map<std::string, double>& overrides,
                                    Findings& findings) {
  const std::string& code = accounts.sectors[static_cast<std::size_t>(sector)].code;
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  for (const std::string& name : {for_one + code, for_all})
    if (const auto said = overrides.find(name); said != overrides.end())
      return {sector, said->second, unknown, "[parameters] " + name + " of the programme"};
  for (const TradeElasticity& own : accounts.trade_elasticities) {
    if (own.sector != sector) continue;
    if (!is_elasticity(own.value))
      findings.push_back(problem("trade_elasticity." + code, std::isnan(own.value) ? "no value" : number_text(own.value),
                                 "a trade elasticity above 0",
                                 "correct the accounts' source and import again, or override it: [parameters] \"" + for_one + code +
                                     "\" = 5, or run with --gross-only"));
    return {sector, own.value, own.standard_error, own.source.empty() ? "the accounts" : own.source};
  }
  if (const auto row = shipped().find(code); row != shipped().end())
    return {sector, row->second.value, row->second.standard_error, row->second.source};
  findings.push_back(problem("trade_elasticity." + code, "no trade elasticity of sector " + quoted(code),
                             "one in [parameters], in the accounts, or a sector code of data/parameters/trade_elasticities.csv",
                             "add to the programme: [parameters] \"" + for_one + code + "\" = 5, or run with --gross-only"));
  return {sector, unknown, unknown, ""};
}

std::string product_class(std::string_view sector_code) {
  const auto row = shipped().find(sector_code);
  return row == shipped().end() ? std::string() : row->second.product_class;
}

std::vector<UsedElasticity> elasticities_of(const Accounts& accounts, const std::map<std::string, double>& overrides) {
  Findings findings = check_overrides(accounts, overrides);
  std::vector<UsedElasticity> used;
  for (std::size_t s = 0; s < accounts.sectors.size(); ++s)
    used.push_back(elasticity_of(accounts, static_cast<int>(s), overrides, findings));
  throw_if_errors(findings);
  return used;
}

}  // namespace kontor
