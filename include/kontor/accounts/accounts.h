// Accounts: who bought what from whom, in one year, one currency and one valuation.
//
//   sum_j Z(i,j) + sum_k Y(i,k)                       = x(i)   uses of what cell i makes
//   sum_i Z(i,j) + sum_m M(m,j) + sum_p V(p,j)        = x(j)   costs of cell j
//
// A cell is a (region, sector) that exists; regions need not have the same sectors. An external region
// ("abroad") has no cells: what it sells are import rows, what it buys are final-use columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kontor/base/block.h"

namespace kontor {

struct Region {
  std::string code, name;
  std::string parent;     // code of the region it belongs to; empty at the top
  bool external = false;  // sells to and buys from the others, has no production accounts of its own
};

struct Sector {
  std::string code, name, classification;
};

struct Cell {
  int region = 0, sector = 0;
  int product = 0;  // index of the sector whose product it makes; cells with equal products compete
};

enum class FinalRole { household, npish, government, investment, inventories, exports, discrepancy };
enum class PrimaryRole { labour, capital, land, mixed, tax, margin };

struct FinalCategory {
  std::string code, name;
  FinalRole role = FinalRole::household;
};

/// One column of final use: a category in a region. Exports to an external region are its columns.
struct FinalUse {
  int region = 0, category = 0;
};

/// One row of what a cell pays besides goods: wages, operating surplus, taxes.
struct PrimaryRow {
  std::string code, name;
  PrimaryRole role = PrimaryRole::mixed;
  bool value_added = true;  // false for taxes on products and margins, which are costs but no income of the cell
};

/// One row of imports: a product sold by an external region.
struct Import {
  int region = 0, sector = 0;
};

/// How fine a satellite row may be shown: its source may know less than its cells say.
enum class Resolution { cell, sector_group, region };

/// A row of numbers beside the money: jobs, emissions, energy. A cell without data holds NaN, never 0.
struct Satellite {
  std::string code, name, unit;
  bool estimate = false;                     // derived by a split rather than observed
  Resolution resolution = Resolution::cell;  // the finest grain at which the numbers mean something
  std::vector<std::string> sector_group;     // per sector, where resolution is sector_group
  std::string source;
};

/// What a border takes from a flow: rate on the pre-tariff value; NaN where not known.
struct BorderCost {
  int sector = 0, exporter = 0, importer = 0;
  double tariff = 0.0, ntm_ave = 0.0;  // ntm_ave: ad valorem equivalent of non-tariff measures
};

/// How strongly purchases of a product move to another origin when prices do: shares move by
/// -value x change of log cost. 0 < value; standard_error NaN where the source gives none.
struct TradeElasticity {
  int sector = 0;
  double value = 0.0, standard_error = 0.0;
  std::string source;
};

/// By whom a region's purchases of a product are told apart by origin.
enum class AccountsKind {
  table,       // an input-output table: every buyer has origins of its own
  trade_model  // all buyers of a region share the origins of a product; uses need not balance with output
};

/// A file the accounts were made from.
struct Source {
  std::string file, sha256, citation, licence;
};

struct Accounts {
  AccountsKind kind = AccountsKind::table;
  std::string title;
  int year = 0;
  int price_year = 0;
  std::string currency;  // ISO 4217 where there is one, e.g. "EUR"
  double scale = 1e6;    // money values are in `scale` units of the currency
  std::string valuation = "basic";
  std::string gross_output;  // how `output` came about: reported, row_sums or column_sums
  std::string made_by;       // the command that made these accounts
  std::vector<Source> sources;
  std::vector<std::string> notes;  // assumptions and gaps that a reader of any result must know

  std::vector<Region> regions;
  std::vector<Sector> sectors;
  std::vector<Cell> cells;  // n
  std::vector<FinalCategory> categories;
  std::vector<FinalUse> final_uses;      // m
  std::vector<PrimaryRow> primary_rows;  // p
  std::vector<Import> imports;           // k
  std::vector<Satellite> satellites;     // s
  std::vector<BorderCost> border_costs;
  std::vector<TradeElasticity> trade_elasticities;  // at most one a sector; empty where the accounts hold none
  std::vector<double> imbalances;  // per region: imports minus exports, both net of tariffs, accounts units; empty: as the flows say

  Block intermediate;          // Z, n x n, seller by buyer
  Block final_use;             // Y, n x m
  Block imports_intermediate;  // k x n
  Block imports_final;         // k x m
  Block primary;               // V, p x n
  Block primary_final;         // p x m: taxes and margins paid on final use; may be empty
  Block output;                // x, 1 x n
  Block satellite;             // s x n
  Block satellite_final;       // s x m: emitted or used directly by final users; may be empty
  Block distance;              // regions x regions, km, NaN where unknown; may be empty
};

// Look-ups. An index is -1 where there is no such thing.

int region_index(const Accounts& accounts, std::string_view code);
int sector_index(const Accounts& accounts, std::string_view code);
int category_index(const Accounts& accounts, std::string_view code);
int cell_index(const Accounts& accounts, int region, int sector);
int final_use_index(const Accounts& accounts, int region, int category);
int import_index(const Accounts& accounts, int region, int sector);
int satellite_index(const Accounts& accounts, std::string_view code);

/// True if no other region names this one as its parent: only leaves own cells.
bool is_leaf(const Accounts& accounts, int region);
/// The leaves below a region; the region itself if it is a leaf.
std::vector<int> leaves_of(const Accounts& accounts, int region);
/// The topmost ancestor: the nation of a sub-national region, or the region itself.
int nation_of(const Accounts& accounts, int region);
std::vector<int> cells_of(const Accounts& accounts, int region);

/// "region.sector" of a cell: how a cell is named in messages and tables.
std::string cell_label(const Accounts& accounts, int cell);

// Suppliers: cells first, then import rows. Buyers: cells first, then final-use columns.
// Shocks use these two numberings so that "abroad" needs no case of its own.

inline int supplier_count(const Accounts& a) { return static_cast<int>(a.cells.size() + a.imports.size()); }
inline int buyer_count(const Accounts& a) { return static_cast<int>(a.cells.size() + a.final_uses.size()); }
inline int supplier_of_import(const Accounts& a, int import) { return static_cast<int>(a.cells.size()) + import; }
inline int buyer_of_final_use(const Accounts& a, int final_use) { return static_cast<int>(a.cells.size()) + final_use; }
/// Supplier of a product from a region, external or not; -1 if that region does not make it.
int supplier_index(const Accounts& accounts, int region, int sector);
int supplier_region(const Accounts& accounts, int supplier);
int supplier_sector(const Accounts& accounts, int supplier);
int buyer_region(const Accounts& accounts, int buyer);
std::string supplier_label(const Accounts& accounts, int supplier);
std::string buyer_label(const Accounts& accounts, int buyer);
/// What `buyer` pays `supplier` a year, in accounts units.
double purchase(const Accounts& accounts, int supplier, int buyer);

/// Sum of the primary rows that count as value added, accounts units.
double value_added(const Accounts& accounts, int cell);

const char* kind_name(AccountsKind kind);
/// Kind of that name; false if there is none.
bool read_kind(std::string_view name, AccountsKind& kind);
const char* role_name(FinalRole role);
const char* role_name(PrimaryRole role);
/// Role of that name; false if there is none.
bool read_role(std::string_view name, FinalRole& role);
bool read_role(std::string_view name, PrimaryRole& role);

}  // namespace kontor
