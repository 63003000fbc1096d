#include "report/section_capacity.h"

#include <cmath>

#include "report/sections.h"

namespace kontor {

namespace {
struct Limited {
  std::string region, sector;
};
}  // namespace

static std::vector<Limited> limited_cells(const ReportView& view, const NetColumn& own) {
  std::vector<Limited> cells;
  for (const EffectRow& row : view.result.effects)
    if (row.indicator == "capacity_use" && row.year == view.shown_year && row.term == own.term && row.measure.empty())
      cells.push_back({row.region, row.sector});
  return cells;
}

std::string capacity_html(const ReportView& view, const std::vector<NetColumn>& columns) {
  const std::vector<Limited> cells = limited_cells(view, columns.front());
  if (cells.empty()) return "";
  HtmlTable table{"Limits of capacity in " + std::to_string(view.shown_year), {"Region", "Sector"}, {}};
  for (const NetColumn& c : columns) table.header.push_back("Full, %, " + c.name), table.header.push_back("Rent, " + c.name);
  bool any_rent = false;
  for (const Limited& cell : cells) {
    std::vector<std::string> row = {view.region_name(cell.region), view.sector_name(cell.sector)};
    for (const NetColumn& c : columns) {
      const double use = net_at(view, c, "capacity_use", cell.region, 0, "", cell.sector);
      const double value = net_at(view, c, "capacity_value", cell.region, 0, "", cell.sector);
      row.push_back(std::isfinite(use) ? rounded_number(use, 4) : "n/a");
      const bool binds = value > 1e-9;  // of a price of about one that is solved to 1e-10
      any_rent |= binds;
      row.push_back(!std::isfinite(value) ? "n/a"
                    : !binds              ? "none"
                             : money_text(view.result.accounts, net_at(view, c, "capacity_rent", cell.region, 0, "", cell.sector)) + ", " +
                                   rounded_number(value, 3) + " per unit");
    }
    table.rows.push_back(row);
  }
  return table_html(table) +
         paragraph(
             any_rent
                 ? "A full cell sells above its cost: the rent belongs to the owners of its capital. Per unit: what one unit of output "
                   "more would be worth to them beyond its cost, at base prices."
                 : "No limit binds: prices ration before the capacity does.",
             "note");
}

}  // namespace kontor
