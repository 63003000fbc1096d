// What the import-dependency screens share: trade between nations as one importer sees it, and flags.
//
// Trade is between nations: what regions of one nation sell each other is neither import nor export, unless a single one of them is asked
// about. A bloc's imports include what its nations sell each other in `all imports`, as those of the Union do.
#pragma once

#include <initializer_list>
#include <utility>

#include "dependence.h"

namespace kontor {

/// Trade of each product: seller by buyer, regions.
std::vector<Matrix> trade_by_product(const Accounts& accounts, const Matrix& purchases);

/// The importer, its area, and what counts as a border for it.
struct Importer {
  Importer(const Accounts& accounts, const RegionSet& set, const RegionSet& around);
  bool crosses(std::size_t seller, std::size_t buyer) const { return !(in[seller] && in[buyer]) || nation[seller] != nation[buyer]; }

  const Accounts& a;
  std::vector<bool> in, area;  // by region
  std::vector<int> nation;
};

/// Trade of one product as the importer sees it.
struct Trades {
  std::vector<double> outside;          // imports by nation outside the area
  double imports = 0.0, exports = 0.0;  // all, between nations of the importer too
  double exports_outside = 0.0;         // to buyers outside the importer
  double from_one_abroad = 0.0;         // imports from external regions
  double from_outside() const;
};

Trades trades_of(const Importer& importer, const Matrix& flows);
/// GeoDep's 9999 where nothing is exported; NaN where nothing is imported either.
double over_exports(double imports, double exports);
/// 1 if all values exceed their thresholds, 0 if one does not; NaN only if one that is missing could decide.
double flagged(std::initializer_list<std::pair<double, double>> values_and_thresholds);

/// What is flagged, in all.
struct Flags {
  int products = 0, open = 0;
  double imports = 0.0, all_imports = 0.0;
  void add(double flag, double value);
};

void add_screen_row(IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& area,
                    const char* term, double value, const char* unit);
/// Number of products with a flag, and their part of imports; not available while a flag is.
void add_screen_summary(IndicatorAnswer& answer, const std::string& region, const std::string& area, const Flags& flags);

}  // namespace kontor
