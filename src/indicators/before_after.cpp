#include "kontor/indicators/before_after.h"

#include <cmath>
#include <map>
#include <tuple>

namespace kontor {

using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

static Key key_of(const EffectRow& row) { return {row.indicator, row.region, row.sector, row.partner, row.term}; }

std::vector<EffectRow> before_after(const std::vector<EffectRow>& before, const std::vector<EffectRow>& after, int year,
                                    const std::string& measure) {
  struct Pair {
    EffectRow row;
    double then = std::nan(""), now = std::nan("");
  };
  std::vector<Pair> pairs;
  std::map<Key, std::size_t> place;
  for (const EffectRow& row : before) {
    place[key_of(row)] = pairs.size();
    pairs.push_back({row, row.value, std::nan("")});
  }
  for (const EffectRow& row : after) {
    const auto [found, is_new] = place.emplace(key_of(row), pairs.size());
    if (is_new) pairs.push_back({row, std::nan(""), std::nan("")});
    pairs[found->second].now = row.value;
  }
  std::vector<EffectRow> rows;
  for (Pair& pair : pairs) {
    const double values[] = {pair.then, pair.now, pair.now - pair.then};
    for (std::size_t k = 0; k < 3; ++k) {
      EffectRow row = pair.row;
      row.year = year, row.measure = measure, row.value = values[k];
      row.term = row.term.empty() ? state_names[k] : row.term + '/' + state_names[k];
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace kontor
