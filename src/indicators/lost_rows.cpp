#include "lost_rows.h"

#include <cmath>

#include "dependence.h"
#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"

namespace kontor {

LossRows::LossRows(const Picture& picture, IndicatorAnswer& answer) : a_(picture.accounts()), answer_(answer) {
  const std::string money = money_unit(a_);
  rows_.push_back({"output", money, {a_.output.values().begin(), a_.output.values().end()}, Resolution::cell});
  std::vector<double> added;
  for (std::size_t j = 0; j < a_.cells.size(); ++j) added.push_back(value_added(a_, static_cast<int>(j)));
  rows_.push_back({"value_added", money, std::move(added), Resolution::cell});
  for (std::size_t s = 0; s < a_.satellites.size(); ++s)
    rows_.push_back({a_.satellites[s].code,
                     satellite_unit(a_.satellites[s]),
                     {a_.satellite.row(s).begin(), a_.satellite.row(s).end()},
                     a_.satellites[s].resolution});
}

void LossRows::add(const RegionSet& exposed, const std::string& partner, const std::vector<double>& loss, bool with_sectors) {
  const std::vector<bool> in = members(a_, exposed);
  for (const Row& row : rows_) add_pair(exposed.code, "", partner, row, loss, in, -1);
  for (int s = 0; with_sectors && !loss.empty() && s < static_cast<int>(a_.sectors.size()); ++s)
    for (const Row& row : rows_)
      if (row.resolution == Resolution::cell)
        add_pair(exposed.code, a_.sectors[static_cast<std::size_t>(s)].code, partner, row, loss, in, s);
}

// The loss, and in percent of what the region has.
void LossRows::add_pair(const std::string& region, const std::string& sector, const std::string& partner, const Row& row,
                        const std::vector<double>& loss, const std::vector<bool>& in, int only) {
  Sum lost, base;
  bool any = false;
  for (std::size_t j = 0; j < a_.cells.size(); ++j) {
    if (!in[static_cast<std::size_t>(a_.cells[j].region)] || (only >= 0 && a_.cells[j].sector != only)) continue;
    any = true;
    const double x = a_.output(0, j);
    base.add(row.base[j]);
    if (x > 0.0) lost.add(loss.empty() ? std::nan("") : row.base[j] * (loss[j] / x));
  }
  if (!any) return;
  const double value = loss.empty() ? std::nan("") : lost.value();
  answer_.rows.push_back({"", region, sector, partner, 0, "", row.term, value, row.unit});
  if (only >= 0 && row.term != "output") return;  // in a sector the other percentages are those of output
  more_than_all_ |= value > base.value() && base.value() > 0.0;
  answer_.rows.push_back({"", region, sector, partner, 0, "", row.term + "_percent", 100.0 * share_of(value, base.value()), "%"});
}

}  // namespace kontor
