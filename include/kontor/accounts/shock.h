// Shock: the waist of kontor. Measures are compiled to shocks; models read shocks. Neither knows the other.
//
// Amounts are in the accounts' currency, scale and basic prices, per year. Suppliers and buyers are
// numbered as in accounts.h, so a purchase from abroad is a purchase like any other.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace kontor {

/// New purchases by a final-use column.
struct FinalDemand {
  int supplier = 0, final_use = 0;
  double amount = 0.0;
};

/// The same purchase from another origin: `amount` a year moves from one supplier to another.
struct Sourcing {
  int buyer = 0, from = 0, to = 0;
  double amount = 0.0;
};

/// Technology of an existing activity: use of one supplier's product per unit of output, times ratio.
struct InputRatio {
  int cell = 0, supplier = 0;
  double ratio = 1.0;
};

enum class ProductivityKind { total_factor, output_per_worker };

struct Productivity {
  int cell = 0;
  ProductivityKind kind = ProductivityKind::total_factor;
  double ratio = 1.0;
};

/// Supply of a factor (index of a primary row) in a cell, times ratio.
struct FactorSupply {
  int cell = 0, factor = 0;
  double ratio = 1.0;
};

/// Share of a factor's income in a cell that `owner` (a region) earns, of the part added by this measure.
struct Ownership {
  int owner = 0, cell = 0, factor = 0;
  double share = 0.0;
};

/// Iceberg cost of shipping, times ratio: below 1 resources are saved.
struct TradeCost {
  int origin = 0, destination = 0, sector = 0;
  double ratio = 1.0;
};

/// The part of a non-tariff measure that is no resource cost but somebody's rent: the user's price times ratio, and
/// the importing region loses the rent. Below 1 the rent falls.
struct Rent {
  int origin = 0, destination = 0, sector = 0;
  double ratio = 1.0;
};

/// Tariff rate after the measure, on the pre-tariff value.
struct TariffRate {
  int origin = 0, destination = 0, sector = 0;
  double rate = 0.0;
};

struct Subsidy {
  int origin = 0, destination = 0, sector = 0;
  double rate = 0.0;
};

/// Money from one region's budget to another's.
struct Transfer {
  int from = 0, to = 0;
  double amount = 0.0;
};

/// Output that a cell cannot exceed, accounts units a year.
struct Capacity {
  int cell = 0;
  double limit = 0.0;
};

enum class Instrument { tariff, subsidy, procurement };

/// A goal: `share` of the users' use of a product comes from the producing cells.
/// `moves` are the purchases that have to change origin at baseline prices to get there.
struct Target {
  int sector = 0;
  double share = 0.0;            // of `use`
  double use = 0.0;              // the users' use of the (narrow) product at baseline, accounts units a year
  double unit_cost_ratio = 1.0;  // cost of the new origin over cost of the old one
  Instrument instrument = Instrument::subsidy;
  std::vector<Sourcing> moves;
  std::vector<int> users = {};      // leaf regions whose buyers change their supplier
  std::vector<int> origins = {};    // suppliers of the product that lose the sales
  std::vector<int> producers = {};  // suppliers of the product that gain them
};

using Change = std::variant<std::vector<FinalDemand>, std::vector<Sourcing>, InputRatio, Productivity, FactorSupply, Ownership, TradeCost,
                            Rent, TariffRate, Subsidy, Transfer, Capacity, Target>;

/// "final_demand", "sourcing", ...: the name of the change in messages and tables.
const char* change_name(const Change& change);

/// The way from gross to net. The shocks of a measure up to and including a step say what the programme
/// is at that step; the sum over all steps is the measure itself.
enum class Step { stated, price_basis, additionality, displacement };
inline constexpr Step all_steps[] = {Step::stated, Step::price_basis, Step::additionality, Step::displacement};
const char* step_name(Step step);

struct Shock {
  Change change;
  std::string measure;  // id of the measure it comes from
  int year = 0;
  Step step = Step::stated;
  bool temporary = false;  // building phase or a delivery that ends, as against a lasting change
  std::string source;      // programme.toml:14
  bool building = false;   // purchases of a building phase, or that keep a building in repair (then not temporary):
                           // a resource cost, no consumption of anyone
};

}  // namespace kontor
