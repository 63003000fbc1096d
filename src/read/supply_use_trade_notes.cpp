// The assumptions of the derivation in plain sentences, with what the result itself shows about them.
#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/supply_use_trade.h"

namespace kontor {

// Widest gap between output and the sums of rows and columns, table units.
static std::string balance_note(const Accounts& a) {
  double rows = 0, columns = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    Sum uses, costs;
    for (const double v : a.intermediate.row(i)) uses.add(v);
    for (const double v : a.final_use.row(i)) uses.add(v);
    for (std::size_t j = 0; j < a.cells.size(); ++j) costs.add(a.intermediate(j, i));
    for (std::size_t k = 0; k < a.imports.size(); ++k) costs.add(a.imports_intermediate(k, i));
    for (std::size_t p = 0; p < a.primary_rows.size(); ++p) costs.add(a.primary(p, i));
    rows = std::max(rows, std::fabs(uses.value() - a.output(0, i)));
    columns = std::max(columns, std::fabs(costs.value() - a.output(0, i)));
  }
  const auto rounded = [](double gap) { return number_text(std::round(gap * 1e4) / 1e4); };
  return "Output equals uses within " + rounded(rows) + " and costs within " + rounded(columns) +
         " money units of the table in every cell; the gaps come from the source's 32-bit numbers and are left as they are.";
}

// The estimate of jobs against the employed persons that the source publishes by region.
static std::string jobs_note(const SupplyUseTrade& t, const Grid& grid) {
  Sum estimated, published;
  double low = INFINITY, high = -INFINITY;
  std::string low_region, high_region;
  for (std::size_t d = 0; d < grid.regions; ++d) {
    Sum jobs;
    for (std::size_t i = 0; i < grid.sectors; ++i)
      if (const double persons = grid.jobs(0, d * grid.sectors + i); !std::isnan(persons)) jobs.add(persons);
    if (std::isnan(t.employed[d])) continue;
    const double gap = 100 * (jobs.value() / t.employed[d] - 1);
    if (gap < low) low = gap, low_region = t.regions[d];
    if (gap > high) high = gap, high_region = t.regions[d];
    estimated.add(jobs.value()), published.add(t.employed[d]);
  }
  std::string note =
      "Jobs are an estimate, meaningful by region only: national employment of each industry (persons, domestic concept) is split by the "
      "regions' "
      "shares in its labour costs, so every industry has the same labour cost per person in all regions.";
  if (low_region.empty()) return note;
  const auto percent = [](double gap) { return (gap > 0 ? "+" : "") + number_text(std::round(gap * 10) / 10) + " %"; };
  return note + " The sum is " + number_text(std::round(estimated.value())) + " against " + number_text(std::round(published.value())) +
         " employed persons published by region; by region the estimate differs by " + percent(low) + " (" + low_region + ") to " +
         percent(high) + " (" + high_region + ").";
}

std::vector<std::string> notes_of(const SupplyUseTrade& t, const Grid& grid, const Accounts& a, bool by_industry) {
  std::vector<std::string> notes = {
      "For each user it is known how much of a product is domestic and how much is imported. The region of origin and the margins are not "
      "known by "
      "user: all users of a product in a region draw the same mix of them.",
      "Flows are in basic prices. Margins are no part of the goods' price here: each user buys trade and transport services from the "
      "regions "
      "that produce them, in proportion to the goods it buys.",
      "Imports are bought from abroad at their value at the border; the region of entry is not kept. Margins on imports are services of "
      "the regions "
      "that produce them. Countries abroad are not told apart.",
      "Exports are one column of abroad: deliveries to export in all regions of exit together, with the domestic margins on the way to the "
      "border.",
      "Households include the non-profit institutions that serve them, unless the source keeps them apart.",
      "Investment is one column a region; which industry invests is not used.",
      "Changes in inventories are those of each producer's own output and stand in the producer's region, so that output = sales + "
      "inventories.",
      "Capital includes the mixed income of the self-employed where the source does not show it apart.",
      "Taxes on products are paid by users and are no value added of the cell; other taxes on production are part of value added and are "
      "negative "
      "where subsidies exceed them.",
  };
  notes.insert(
      notes.begin(),
      by_industry
          ? "Industry by industry under fixed product sales structures: each product of a region has one pattern of buyers, whichever "
            "industry of the region made it (Eurostat manual 2008, model D)."
          : "Product by product under the industry technology assumption: all products of an industry in a region are made with the "
            "same inputs per unit of value (Eurostat manual 2008, model B). Inventories of an industry follow its product mix.");
  if (grid.jobs.rows > 0) notes.push_back(jobs_note(t, grid));
  if (t.distance.rows > 0) notes.push_back("Distances are kilometres as published, within a region as well; abroad has none.");
  notes.push_back(balance_note(a));
  return notes;
}

}  // namespace kontor
