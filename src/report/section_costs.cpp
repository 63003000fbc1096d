// Unit cost against competitors: who becomes cheaper or dearer than the others that make the same product.
#include <algorithm>
#include <cmath>

#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

std::string unit_costs_html(const ReportView& view) {
  constexpr std::size_t most = 8;        // of each sign
  constexpr double least_output = 1e-4;  // of all output: smaller cells say nothing about a region's standing
  constexpr double rounding = 1e-7;      // per cent
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const NetColumn& own = columns.front();
  struct Mover {
    const EffectRow* row;
    double output;
  };
  std::vector<Mover> cells;
  const double all = view.level("output");
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator != "relative_unit_cost" || row.year != view.shown_year || row.term != own.term || !row.measure.empty()) continue;
    const double output = view.index.at({"output_base", row.region, row.sector, view.result.accounts.year, "", "", ""});
    if (std::fabs(row.value) > rounding && !(output < least_output * all)) cells.push_back({&row, output});
  }
  if (cells.empty()) return "<h3>Unit cost against competitors</h3>\n" + paragraph("No unit cost moves against its competitors.", "none");
  std::stable_sort(cells.begin(), cells.end(), [](const Mover& a, const Mover& b) { return a.row->value < b.row->value; });
  double largest = 0.0, change = 0.0;
  for (const Mover& cell : cells) {
    if (std::isfinite(cell.output)) largest = std::max(largest, cell.output);
    if (const double v = net_at(view, own, "output_net", cell.row->region, 0, "", cell.row->sector); std::isfinite(v))
      change = std::max(change, std::fabs(v));
  }
  const Scale levels = money_scale(view.result.accounts, largest), changes = money_scale(view.result.accounts, change);
  HtmlTable table{"Largest moves of unit cost against all who make the product in " + std::to_string(view.shown_year) +
                      ", per cent against the accounts; the most improved first",
                  {"Region", "Sector"},
                  {},
                  2};
  for (const NetColumn& c : columns) {
    table.header.push_back("Against competitors, " + c.name + ", %");
    table.header.push_back("Unit cost, " + c.name + ", %");
  }
  table.header.push_back("Output net, " + own.name + ", " + changes.unit);
  table.header.push_back("Level of output " + std::to_string(view.result.accounts.year) + ", " + levels.unit);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const EffectRow& row = *cells[i].row;
    if (!(row.value < 0.0 ? i < most : i + most >= cells.size())) continue;
    std::vector<std::string> written = {view.region_name(row.region), view.sector_name(row.sector)};
    for (const NetColumn& c : columns)
      for (const char* indicator : {"relative_unit_cost", "unit_cost"})
        written.push_back(rounded_number(net_at(view, c, indicator, row.region, 0, "", row.sector), 2, true));
    written.push_back(changes.text(net_at(view, own, "output_net", row.region, 0, "", row.sector), true));
    written.push_back(levels.text(cells[i].output));
    table.rows.push_back(written);
  }
  return "<h3>Unit cost against competitors</h3>\n" + table_html(table) +
         paragraph(
             "A minus is an advantage: the cell's unit cost falls more, or rises less, than the mean of all regions that make the "
             "product, weighted with their sales. Cells with less than a ten-thousandth of all output are left out.",
             "note");
}

}  // namespace kontor
