#include "dependency_screens.h"

#include "kontor/base/sum.h"

namespace kontor {

std::vector<Matrix> trade_by_product(const Accounts& a, const Matrix& bought) {
  std::vector<Matrix> trade(a.sectors.size(), Matrix(a.regions.size(), a.regions.size()));
  for (std::size_t i = 0; i < bought.rows; ++i) {
    Matrix& flows = trade[static_cast<std::size_t>(product_of(a, static_cast<int>(i)))];
    const auto seller = static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)));
    for (std::size_t r = 0; r < bought.columns; ++r) flows(seller, r) += bought(i, r);
  }
  return trade;
}

Importer::Importer(const Accounts& accounts, const RegionSet& set, const RegionSet& around)
    : a(accounts), in(members(accounts, set)), area(members(accounts, around)) {
  for (int r = 0; r < static_cast<int>(a.regions.size()); ++r) nation.push_back(nation_of(a, r));
}

double Trades::from_outside() const { return sum_of(outside); }

Trades trades_of(const Importer& importer, const Matrix& flows) {
  const std::size_t regions = flows.rows;
  Trades t;
  t.outside.assign(regions, 0.0);
  for (std::size_t o = 0; o < regions; ++o)
    for (std::size_t d = 0; d < regions; ++d) {
      if (!importer.crosses(o, d)) continue;
      const double value = flows(o, d);
      if (importer.in[o]) t.exports += value, t.exports_outside += importer.in[d] ? 0.0 : value;
      if (!importer.in[d]) continue;
      t.imports += value;
      if (importer.area[o]) continue;
      t.outside[static_cast<std::size_t>(importer.nation[o])] += value;
      if (importer.a.regions[o].external) t.from_one_abroad += value;
    }
  return t;
}

double over_exports(double imports, double exports) {
  constexpr double no_exports = 9999.0;  // as GeoDep publishes it
  if (exports > 0.0) return imports / exports;
  return imports > 0.0 ? no_exports : std::nan("");
}

double flagged(std::initializer_list<std::pair<double, double>> values) {
  bool missing = false;
  for (const auto& [value, threshold] : values) {
    if (std::isnan(value))
      missing = true;
    else if (!(value > threshold))
      return 0.0;
  }
  return missing ? std::nan("") : 1.0;
}

void Flags::add(double flag, double value) {
  products += flag == 1.0, open += std::isnan(flag) && value > 0.0;
  if (flag == 1.0) imports += value;
  all_imports += value;
}

void add_screen_row(IndicatorAnswer& answer, const std::string& region, const std::string& sector, const std::string& area,
                    const char* term, double value, const char* unit) {
  answer.rows.push_back({"", region, sector, area, 0, "", term, value, unit});
}

void add_screen_summary(IndicatorAnswer& answer, const std::string& region, const std::string& area, const Flags& flags) {
  const bool known = flags.open == 0;
  add_screen_row(answer, region, "", area, "flagged_products", known ? flags.products : std::nan(""), "products");
  add_screen_row(answer, region, "", area, "flagged_share", known ? share_of(flags.imports, flags.all_imports) : std::nan(""), "share");
}

}  // namespace kontor
