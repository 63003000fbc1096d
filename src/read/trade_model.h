// The data of a multi-sector trade model as its authors publish them, and the steps from them to accounts.
// Letters: i exporting region, n importing region, p product, j buying sector.
#pragma once

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "kontor/base/block.h"
#include "kontor/read/reader.h"

namespace kontor {

/// The files of one folder as they are, in the folder's money unit.
struct TradeModel {
  std::vector<std::string> regions, sectors;
  std::vector<double> theta, theta_error;  // per sector; error NaN where not stated
  Matrix value_added;                      // region x sector
  Matrix final_demand;                     // region x sector, purchaser prices
  Matrix intermediate;                     // (region, input) x sector, purchaser prices
  Matrix trade;                            // (product, exporter) x importer, net of tariffs
  Matrix tariff;                           // the same, share of the net value; NaN where the file has no row
  std::string tariff_column;               // empty: the files hold no tariffs
  std::vector<double> deficit;             // per region: imports minus exports; empty where no file states them

  std::vector<Source> sources;

  std::size_t region_count() const { return regions.size(); }
  std::size_t sector_count() const { return sectors.size(); }
  std::size_t cell(std::size_t region, std::size_t sector) const { return region * sector_count() + sector; }
  std::size_t flow(std::size_t product, std::size_t exporter) const { return product * region_count() + exporter; }
  /// Rate on what n buys of p from i; 0 where there is no flow.
  double rate(std::size_t p, std::size_t i, std::size_t n) const {
    const double stated = tariff(flow(p, i), n);
    return std::isnan(stated) ? 0.0 : stated;
  }
};

/// Reads every file of the folder. Throws Error with all problems found in one file.
TradeModel read_trade_model_files(const std::filesystem::path& folder, const ImportOptions& options);

/// What region n spends on p, purchaser prices: intermediate and final.
double spending(const TradeModel& model, std::size_t n, std::size_t p);
/// What a cell pays: value added and intermediate use at purchaser prices.
double output(const TradeModel& model, std::size_t n, std::size_t j);
/// Imports less exports of each region, both net of tariffs.
std::vector<double> trade_imbalances(const TradeModel& model);

/// Output against sales, use against purchases, stated imbalances against trade. Throws Error(data) if the files do
/// not belong together.
Findings check_trade_model(const TradeModel& model);

}  // namespace kontor
