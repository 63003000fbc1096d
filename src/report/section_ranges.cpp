#include "report/section_ranges.h"

#include <cmath>

#include "kontor/indicators/net_ranges.h"
#include "report/sections.h"

namespace kontor {

std::string ranges_html(const ReportView& view, const NetColumn& own, const Scale& money) {
  const auto value = [&](const char* term, const char* indicator, const std::string& region) {
    return view.index.at({indicator, region, "", view.result.programme.first_year, "", term, ""});
  };
  if (!std::isfinite(value(term_all_low, "net_present_value", ""))) return "";
  HtmlTable table{"The appraisal over the ranges of the file, " + own.name + ", " + money.unit + " of " +
                      std::to_string(view.result.programme.first_year),
                  {"Region", "Net present value, all measures at their low values", "Central", "All at their high values",
                   "Rate of return, low", "Central", "High"},
                  {}};
  std::vector<NamedRegion> regions = net_regions(view, own);
  regions.insert(regions.begin(), {"", "All regions together", false});
  for (const NamedRegion& region : regions) {
    std::vector<std::string> row = {region.name};
    for (const char* indicator : {"net_present_value", "rate_of_return"})
      for (const char* term : {term_all_low, own.term.c_str(), term_all_high}) {
        const double v = value(term, indicator, region.code);
        const bool is_money = std::string(indicator) == "net_present_value";
        row.push_back(!std::isfinite(v) ? "not available" : is_money ? money.text(v, true) : rounded_number(v, 2) + " %");
      }
    table.rows.push_back(row);
  }
  return table_html(table) +
         paragraph(
             "Low is the end of each range at which real income is lower, high the other end, for all measures at once. They bound what "
             "the file says and are no probabilities: that all go wrong together is less likely than that one does.",
             "note");
}

}  // namespace kontor
