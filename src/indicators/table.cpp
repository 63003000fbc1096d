#include "kontor/indicators/table.h"

#include <cmath>

namespace kontor {

static bool matches(const EffectRow& row, const RowFilter& filter) {
  const auto same = [](std::string_view wanted, const std::string& field) { return wanted == "*" || wanted == field; };
  return same(filter.indicator, row.indicator) && same(filter.region, row.region) && same(filter.sector, row.sector) &&
         same(filter.partner, row.partner) && same(filter.measure, row.measure) && same(filter.term, row.term) &&
         (filter.year == 0 || filter.year == row.year);
}

std::vector<EffectRow> select(const std::vector<EffectRow>& rows, const RowFilter& filter) {
  std::vector<EffectRow> found;
  for (const EffectRow& row : rows)
    if (matches(row, filter)) found.push_back(row);
  return found;
}

double value_of(const std::vector<EffectRow>& rows, const RowFilter& filter) {
  for (const EffectRow& row : rows)
    if (matches(row, filter)) return row.value;
  return std::nan("");
}

}  // namespace kontor
