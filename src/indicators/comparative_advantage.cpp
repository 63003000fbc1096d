#include <algorithm>
#include <array>
#include <cmath>

#include "cell_groups.h"
#include "kontor/base/sum.h"
#include "product_trade.h"
#include "rows_of.h"
#include "specialisation.h"

namespace kontor {

namespace {

// Value added of the set's cells, by product, that is absorbed by final use outside it.
std::vector<double> value_added_exports(const Picture& picture, const RegionSet& set) {
  const Accounts& a = picture.accounts();
  const Matrix& called = picture.called_for();
  std::vector<Sum> sums(a.sectors.size());
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    if (!set.has(a.cells[i].region)) continue;
    for (std::size_t r = 0; r < a.regions.size(); ++r)
      if (!set.has(static_cast<int>(r))) sums[static_cast<std::size_t>(a.cells[i].product)].add(picture.value_added()[i] * called(i, r));
  }
  std::vector<double> exports;
  for (const Sum& sum : sums) exports.push_back(sum.value());
  return exports;
}

}  // namespace

IndicatorAnswer comparative_advantages(const Picture& picture, const Question& question) {
  const Accounts& a = picture.accounts();
  const bool gross = word_setting(question.settings, "trade", std::array<std::string_view, 2>{"gross", "value_added"}) == "gross";
  const ProductTrade trade(a);
  const auto exports_of = [&](const RegionSet& set) { return gross ? trade.exports(set) : value_added_exports(picture, set); };
  std::vector<std::pair<RegionSet, std::vector<double>>> all;
  for (RegionSet& single : single_regions(a)) {
    std::vector<double> exports = exports_of(single);
    all.emplace_back(std::move(single), std::move(exports));
  }

  IndicatorAnswer answer;
  bool alone = false, negative = false;
  for (const RegionSet& set : question.regions) {
    const std::vector<double> own = exports_of(set);
    std::vector<Sum> sums(own.size());
    for (std::size_t p = 0; p < own.size(); ++p) sums[p].add(own[p]);
    std::size_t others = 0;
    for (const auto& [single, exports] : all) {
      if (set.has(single.regions.front())) continue;
      ++others;
      for (std::size_t p = 0; p < own.size(); ++p) sums[p].add(exports[p]);
    }
    std::vector<double> world;
    for (const Sum& sum : sums) world.push_back(sum.value());
    const double own_all = sum_of(own), world_all = sum_of(world);
    alone |= others == 0;
    for (std::size_t p = 0; p < own.size(); ++p) {
      const bool some = others > 0 && own_all > 0.0 && world[p] > 0.0;
      negative |= own[p] < 0.0;
      if (world[p] != 0.0)
        answer.rows.push_back(row_of(set, a.sectors[p].code, "", some ? own[p] / own_all / (world[p] / world_all) : std::nan(""), "ratio"));
    }
  }
  if (alone)
    answer.notes.emplace_back("all regions with production accounts lie in the set: there is no other to compare it with, not available");
  if (std::any_of(a.regions.begin(), a.regions.end(), [](const Region& r) { return r.external; }))
    answer.notes.emplace_back(
        "exports to external regions count; their own exports, known to these regions only, are no part of the world's");
  if (gross && !trade.negative_note().empty()) answer.notes.push_back(trade.negative_note());
  if (negative) answer.notes.emplace_back("negative value added makes negative exports of value added: the ratio is then negative");
  return answer;
}

}  // namespace kontor
