// Regional supply, delivered use and origin-destination trade (the layout of TERM databases), and the three
// steps from them to an interregional table. Method, letters and assumptions: docs/methods/supply_use_trade.md
//
// Numbering used throughout: a product made in a region is `region * products + product`, a user in a
// region is `region * users + user`; users are the industries first, then the four final users.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "kontor/read/reader.h"

namespace kontor {

enum Origin { domestic = 0, imported = 1 };
inline constexpr std::array<const char*, 2> origin_names = {"dom", "imp"};
/// Final users of the layout, in the order in which they follow the industries.
inline constexpr std::array<const char*, 4> final_users = {"Hou", "Gov", "Inv", "Exp"};
inline constexpr std::size_t exports_user = 3;  // index in final_users

/// The files of one folder as they are, in the folder's money unit.
struct SupplyUseTrade {
  std::vector<std::string> regions, commodities, industries, users, margins;
  std::vector<std::string> sector_codes, sector_names;  // one per industry, and per commodity
  std::vector<int> margin_commodity;                    // index of the commodity that is each margin

  Matrix make;                           // product of region x industry of that region
  std::array<Matrix, 2> delivered;       // by origin: commodity x user of region, basic value plus margins
  std::array<Matrix, 2> tax;             // taxes on products paid on that use
  std::array<Matrix, 2> trade;           // product of region x destination, basic; imported: region of entry x destination
  std::array<Matrix, 2> trade_margin;    // (commodity, margin) x (origin, destination)
  Matrix margin_supply;                  // (margin, origin, destination) x producing region
  Matrix labour, capital, land;          // industry x region
  Matrix production_tax, stocks;         // industry x region; stocks: change in inventories of own output
  Matrix labour_share;                   // industry x region: share of the region in the nation's labour costs
  Matrix distance;                       // region x region, km; empty without distance.csv
  std::vector<double> employed;          // by region, persons; NaN where regions.csv does not say
  std::vector<double> national_persons;  // by industry; empty without national employment

  std::vector<Source> sources;

  std::size_t region_count() const { return regions.size(); }
  std::size_t product_count() const { return commodities.size(); }
  std::size_t user_count() const { return users.size(); }
  std::size_t product(std::size_t region, std::size_t commodity) const { return region * product_count() + commodity; }
  std::size_t buyer(std::size_t region, std::size_t user) const { return region * user_count() + user; }
  std::size_t link(std::size_t origin, std::size_t destination) const { return origin * region_count() + destination; }
  std::size_t margin_row(std::size_t commodity, std::size_t margin) const { return commodity * margins.size() + margin; }
  std::size_t margin_link(std::size_t margin, std::size_t origin, std::size_t destination) const {
    return (margin * region_count() + origin) * region_count() + destination;
  }
};

/// Reads every file of the folder. Throws Error with all problems found in one file.
SupplyUseTrade read_supply_use_trade_files(const std::filesystem::path& folder, const ImportOptions& options);

/// National employment of a year by industry, persons, matched to the sector codes; NaN where not available.
std::vector<double> read_national_persons(const std::string& text, const std::string& file, int year,
                                          const std::vector<std::string>& sector_codes);

/// The four identities that the layout promises. A gap within rounding is a note, a larger one a warning,
/// one above 1 % of the total an error (thrown).
Findings check_supply_use_trade(const SupplyUseTrade& tables);

/// Who buys what from where: delivered use split by origin, its margins charged to the regions that produce them.
struct Purchases {
  Matrix goods;    // product of region x user of region, basic: what the trade matrix says, without margin services
  Matrix margins;  // the same, margin services bought with the goods
  Matrix imports;  // commodity x user of region, basic value at the border
  Matrix taxes;    // 1 x user of region: taxes on products
};
Purchases pool_purchases(const SupplyUseTrade& tables);
/// Basic value plus margins of what region d uses of commodity c from a source, all users together.
double delivered_value(const SupplyUseTrade& tables, int source, std::size_t commodity, std::size_t region);

/// Share of each industry in the supply of each product: products of one region to industries, region by region.
/// market_share(o)(i, c) = make(c, i, o) / sum_i make(c, i, o)
std::vector<Matrix> market_shares(const SupplyUseTrade& tables);
/// product_mix(o)(i, c) = make(c, i, o) / sum_c make(c, i, o)
std::vector<Matrix> product_mixes(const SupplyUseTrade& tables);

/// Everything by region and sector, numbered `region * sectors + sector`, before empty cells are dropped.
struct Grid {
  std::size_t regions = 0, sectors = 0;
  Matrix sales;    // seller x user of region
  Matrix imports;  // commodity x user of region
  Matrix taxes;    // 1 x user of region
  Matrix primary;  // labour, capital, land, production tax x cell
  Matrix stocks;   // 1 x cell
  Matrix jobs;     // 1 x cell; empty without national employment
  Matrix output;   // 1 x cell
};
/// Industry by industry (fixed product sales structure), or product by product (industry technology).
Grid grid_of(const SupplyUseTrade& tables, bool by_industry);

/// Labels and blocks of the accounts; title, year and notes are the reader's.
void label_accounts(const SupplyUseTrade& tables, const ImportOptions& options, Accounts& accounts);
void fill_accounts(const SupplyUseTrade& tables, const Grid& grid, Accounts& accounts);
/// What whoever reads a result of these accounts must know.
std::vector<std::string> notes_of(const SupplyUseTrade& tables, const Grid& grid, const Accounts& accounts, bool by_industry);

}  // namespace kontor
