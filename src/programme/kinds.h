// The kinds of measure, one file each, and what their compilers share.
#pragma once

#include <optional>

#include "kontor/programme/programme.h"

namespace kontor {

extern const MeasureKind contract_kind, import_substitution_kind, joint_venture_kind, modernisation_kind, corridor_kind, integration_kind;

/// A number of things with a weight each; weights sum to 1 unless said otherwise.
using Weights = std::vector<std::pair<int, double>>;

/// A purchase that exists today: supplier, buyer and what is paid, accounts units a year.
struct Purchase {
  int supplier = 0, buyer = 0;
  double value = 0.0;
};

/// Collects the shocks of one measure.
class ShockList {
 public:
  ShockList(const Written& measure, const CompileContext& context) : measure_(measure), context_(context) {}
  void add(int year, Step step, bool temporary, Change change);
  /// Purchases of a building phase, or, lasting, of what keeps a building in repair.
  void add_building(int year, bool lasting, std::vector<FinalDemand> purchases);
  std::vector<Shock> take() { return std::move(shocks_); }

 private:
  const Written& measure_;
  const CompileContext& context_;
  std::vector<Shock> shocks_;
};

/// Written money to accounts units: times deflator, over scale.
double in_accounts(const CompileContext& context, double money);
bool in_horizon(const CompileContext& context, int year);

void add_default(CompileContext& context, const Written& measure, const char* field, std::string value, std::string why);
void add_error(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found,
               std::string expected, std::string remedy);
void add_note(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found, std::string expected,
              std::string remedy);
void add_warning(CompileContext& context, const Written& measure, const char* field, const char* code, std::string found,
                 std::string expected, std::string remedy);
/// A figure in accounts units as it stands in a message: "84 million USD".
std::string money_text(const Accounts& accounts, double accounts_value);

std::vector<int> leaves(const CompileContext& context, const std::string& region);
bool holds(const std::vector<int>& list, int item);

/// What a supplier sells in all, accounts units a year: output of a cell, sales of an import row.
double sales_of(const Accounts& accounts, int supplier);

/// The suppliers of a product in the leaves of a region, weighted by present sales. Where there is none with
/// sales an error says what that means and the list is empty.
Weights sellers_of(CompileContext& context, const Written& measure, const char* field, const std::string& region, int sector);

/// Present purchases of a product by these buyers from every supplier, above zero.
std::vector<Purchase> purchases_of(const Accounts& accounts, int sector, const std::vector<int>& buyers);
double total_of(const std::vector<Purchase>& purchases);

/// Final-use columns of a category (code or role) in these leaves.
std::vector<int> columns_of(const Accounts& accounts, const std::vector<int>& regions, const std::string& category);
/// Present purchases of a column in all, accounts units a year.
double spending_of(const Accounts& accounts, int final_use);
/// A final-use column that can carry a purchase which is taken back in a later step: households first. -1: none.
int carrier_column(const Accounts& accounts, const std::vector<int>& regions);

/// Shares of the calendar years of a period: as written, or by its months.
std::vector<std::pair<int, double>> yearly_shares(CompileContext& context, const Written& measure);
/// Shares of the years of a building phase ("capex" or "cost").
std::vector<std::pair<int, double>> building_shares(CompileContext& context, const Written& measure, const std::string& prefix);

/// Row of a primary factor with that role; a row of mixed income where [parameters] splits it, which then stands for its
/// part of that role. Without one an error says what is missing and the result is -1.
int factor_row(CompileContext& context, const Written& measure, PrimaryRole role);

/// Value added of a region's leaves as weights: how a nation or bloc pays and owns.
Weights income_weights(const CompileContext& context, const std::string& region);

/// The regions that pay by a field of shares, or by the programme's default; empty: the region itself pays.
Weights payers_of(CompileContext& context, const Written& measure, const char* field);

/// Money spent on buildings and machines, as temporary investment of the leaves `hosts`. Fields under `prefix`:
/// total, years, profile, assets, sectors, imported. `assets` is used where neither assets nor sectors are written.
/// False, with an error, where nobody sells what it buys.
bool add_building(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& hosts, const char* assets,
                  ShockList& shocks);
/// What the payers give to the hosts of a building phase.
void add_payments(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& payers, const Weights& hosts,
                  ShockList& shocks);

/// The amount `prefix`.maintenance a year from `opens` on, for the products of the building phase, and who pays it.
void add_maintenance(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& payers,
                     const Weights& hosts, const char* assets, int opens, ShockList& shocks);

/// The sectors that make an asset in these accounts, weights summing to 1; empty if none is known.
Weights sectors_of_asset(const Accounts& accounts, const std::string& asset);
/// Names of the assets in the shipped table, for the choices of a field; a test holds it against the table.
inline constexpr const char* asset_names = "construction|machinery|electrical|electronics|transport_equipment|software|engineering";

}  // namespace kontor
