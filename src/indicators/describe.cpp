#include "kontor/indicators/describe.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "cell_effects.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "kontor/indicators/effects.h"

namespace kontor {

namespace {

/// Which leaf regions belong to a region, nation or group.
std::vector<bool> members(const Accounts& a, int region) {
  std::vector<bool> has(a.regions.size(), false);
  for (const int leaf : leaves_of(a, region)) has[static_cast<std::size_t>(leaf)] = true;
  return has;
}

/// Sales across a group's border by product.
struct Border {
  std::vector<double> exports, imports, own;  // by sector: sold to others, bought from others, bought at home
};

Border border_of(const Accounts& a, const std::vector<bool>& inside, const Matrix& sales) {
  std::vector<Sum> out(a.sectors.size()), in(a.sectors.size()), own(a.sectors.size());
  for (std::size_t i = 0; i < sales.rows; ++i) {
    const auto sector = static_cast<std::size_t>(supplier_sector(a, static_cast<int>(i)));
    const bool from_inside = inside[static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)))];
    for (std::size_t d = 0; d < sales.columns; ++d) {
      if (from_inside && inside[d]) own[sector].add(sales(i, d));
      if (from_inside && !inside[d]) out[sector].add(sales(i, d));
      if (!from_inside && inside[d]) in[sector].add(sales(i, d));
    }
  }
  Border border;
  for (std::size_t s = 0; s < a.sectors.size(); ++s) {
    border.exports.push_back(out[s].value()), border.imports.push_back(in[s].value()), border.own.push_back(own[s].value());
  }
  return border;
}

double sum_over(const Accounts& a, const std::vector<bool>& inside, int sector, const auto& value) {
  Sum sum;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (inside[static_cast<std::size_t>(a.cells[i].region)] && (sector < 0 || a.cells[i].sector == sector)) sum.add(value(i));
  return sum.value();
}

double final_use_of(const Accounts& a, const std::vector<bool>& inside) {
  Sum sum;
  for (const Block* block : {&a.final_use, &a.imports_final, &a.primary_final})
    for (std::size_t i = 0; i < block->rows(); ++i)
      for (std::size_t f = 0; f < a.final_uses.size(); ++f)
        if (inside[static_cast<std::size_t>(a.final_uses[f].region)] &&
            a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy)
          sum.add((*block)(i, f));
  return sum.value();
}

}  // namespace

std::vector<EffectRow> describe_regions(const Accounts& a) {
  const Matrix sales = base_trade(a).sales;
  const std::string unit = money_unit(a);
  std::vector<EffectRow> rows;
  for (std::size_t r = 0; r < a.regions.size(); ++r) {
    const auto inside = members(a, static_cast<int>(r));
    const Border border = border_of(a, inside, sales);
    const double exports = sum_of(border.exports), imports = sum_of(border.imports);
    const auto add = [&](const std::string& indicator, double value, const std::string& u) {
      rows.push_back({indicator, a.regions[r].code, "", "", a.year, "", "", value, u});
    };
    if (!a.regions[r].external) {
      add("output", sum_over(a, inside, -1, [&](std::size_t i) { return a.output(0, i); }), unit);
      add("value_added", sum_over(a, inside, -1, [&](std::size_t i) { return value_added(a, static_cast<int>(i)); }), unit);
      add("final_use", final_use_of(a, inside), unit);
    }
    add("exports", exports, unit);
    add("imports", imports, unit);
    add("balance", exports - imports, unit);
    for (std::size_t s = 0; s < a.satellites.size() && !a.regions[r].external; ++s)
      add(a.satellites[s].code, sum_over(a, inside, -1, [&](std::size_t i) { return a.satellite(s, i); }), satellite_unit(a.satellites[s]));
  }
  return rows;
}

std::vector<EffectRow> describe_region(const Accounts& a, int region) {
  const auto inside = members(a, region);
  const Border border = border_of(a, inside, base_trade(a).sales);
  const std::string unit = money_unit(a), code = a.regions[static_cast<std::size_t>(region)].code;
  const double total = sum_over(a, inside, -1, [&](std::size_t i) { return a.output(0, i); });
  std::vector<EffectRow> rows;
  for (std::size_t s = 0; s < a.sectors.size(); ++s) {
    const int sector = static_cast<int>(s);
    const auto add = [&](const std::string& indicator, double value, const std::string& u) {
      rows.push_back({indicator, code, a.sectors[s].code, "", a.year, "", "", value, u});
    };
    const double output = sum_over(a, inside, sector, [&](std::size_t i) { return a.output(0, i); });
    add("output", output, unit);
    if (total > 0) add("share_of_output", 100 * output / total, "%");
    add("value_added", sum_over(a, inside, sector, [&](std::size_t i) { return value_added(a, static_cast<int>(i)); }), unit);
    add("exports", border.exports[s], unit);
    add("imports", border.imports[s], unit);
    const double use = border.own[s] + border.imports[s];
    add("own_supply", use > 0 ? 100 * border.own[s] / use : std::nan(""), "%");
    for (std::size_t k = 0; k < a.satellites.size(); ++k)
      if (a.satellites[k].resolution == Resolution::cell)
        add(a.satellites[k].code, sum_over(a, inside, sector, [&](std::size_t i) { return a.satellite(k, i); }),
            satellite_unit(a.satellites[k]));
  }
  return rows;
}

static int known_region(const Accounts& a, const std::string& code) {
  const int region = region_index(a, code);
  if (region >= 0) return region;
  std::vector<std::string> codes;
  for (const Region& r : a.regions) codes.push_back(r.code);
  fail(Exit::data, "unknown-region", a.title, "", "", "unknown region " + quoted(code), "a region of the accounts",
       did_you_mean(code, codes));
}

std::vector<EffectRow> describe_pair(const std::vector<Accounts>& years, const std::string& a_code, const std::string& b_code) {
  std::vector<EffectRow> rows;
  std::map<std::pair<std::string, std::string>, double> first;  // (seller, sector): trade of the first year
  for (const Accounts& a : years) {
    if (money_unit(a) != money_unit(years.front()))
      fail(Exit::data, "different-money", a.title, "", "", money_unit(a), "the money of the first accounts, " + money_unit(years.front()),
           "compare accounts in one currency");
    const auto in_a = members(a, known_region(a, a_code)), in_b = members(a, known_region(a, b_code));
    const Matrix sales = base_trade(a).sales;
    const auto sold = [&](const std::vector<bool>& from, const std::vector<bool>& to, int sector) {
      Sum sum;
      for (std::size_t i = 0; i < sales.rows; ++i)
        if (from[static_cast<std::size_t>(supplier_region(a, static_cast<int>(i)))] &&
            (sector < 0 || supplier_sector(a, static_cast<int>(i)) == sector))
          for (std::size_t d = 0; d < sales.columns; ++d)
            if (to[d]) sum.add(sales(i, d));
      return sum.value();
    };
    for (int s = -1; s < static_cast<int>(a.sectors.size()); ++s) {
      const std::string sector = s < 0 ? "" : a.sectors[static_cast<std::size_t>(s)].code;
      const double there = sold(in_a, in_b, s), back = sold(in_b, in_a, s);
      const auto add = [&](const std::string& indicator, const std::string& from, const std::string& to, double value,
                           const std::string& unit) {
        rows.push_back({indicator, from, sector, to, a.year, "", "", value, unit});
      };
      const auto grown = [&](const std::string& from, const std::string& to, double value) {
        add("trade", from, to, value, money_unit(a));
        const auto [at, is_first] = first.emplace(std::pair{from, sector}, value);
        if (!is_first && at->second > 0) add("growth", from, to, 100 * (value / at->second - 1), "%");
      };
      grown(a_code, b_code, there);
      grown(b_code, a_code, back);
      add("balance", a_code, b_code, there - back, money_unit(a));
    }
  }
  return rows;
}

}  // namespace kontor
