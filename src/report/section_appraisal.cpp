// What the programme is worth over its life: present value, rate of return, cost; and real income year by year.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/net_view.h"
#include "report/section_ranges.h"
#include "report/sections.h"

namespace kontor {

static double in_appraisal(const ReportView& view, const NetColumn& column, const char* indicator, const std::string& region) {
  return net_at(view, column, indicator, region, view.result.programme.first_year);
}

static std::vector<std::string> appraisal_row(const ReportView& view, const NetColumn& column, const std::string& name,
                                              const std::string& region, const Scale& money) {
  const auto text = [&](double value, bool sign) { return std::isfinite(value) ? money.text(value, sign) : "not available"; };
  const double returns = in_appraisal(view, column, "rate_of_return", region);
  return {name, text(in_appraisal(view, column, "resource_cost_discounted", region), false),
          text(in_appraisal(view, column, "equivalent_variation_discounted", region), true),
          text(in_appraisal(view, column, "net_present_value", region), true),
          std::isfinite(returns) ? rounded_number(returns, 2) + " %" : "not available"};
}

static HtmlTable appraisal_table(const ReportView& view, const std::string& caption, const char* head, const Scale& money) {
  return {caption + ", " + discounted_unit(view, money),
          {head, "Building cost", "Real income over the horizon", "Net present value over the life", "Rate of return"},
          {}};
}

static Scale appraisal_scale(const ReportView& view, const std::vector<NetColumn>& columns) {
  double largest = 0.0;
  for (const NetColumn& c : columns)
    for (const char* indicator : {"resource_cost_discounted", "equivalent_variation_discounted", "net_present_value"})
      if (const double v = in_appraisal(view, c, indicator, ""); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  return money_scale(view.result.accounts, largest);
}

std::string appraisal_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  const Scale money = appraisal_scale(view, columns);
  const Appraisal& terms = view.result.programme.appraisal;
  std::string html = "<h3>What it is worth over its life</h3>\n";
  html += paragraph("Real income of all years, discounted at " + number_text(std::round(1e4 * terms.discount_rate) / 100) + " % to " +
                    std::to_string(view.result.programme.first_year) +
                    ". It is net of what payers give up, so building cost stands in it "
                    "already and is shown beside it only. After the horizon what lasts goes on for the life of what was built, " +
                    number_text(terms.life) +
                    " years from the first year of building. Where the stream changes its sign not at all, or "
                    "more than once, there is no single rate of return.");
  HtmlTable total = appraisal_table(view, "All regions together", "Closure", money);
  for (const NetColumn& c : columns) total.rows.push_back(appraisal_row(view, c, c.name, "", money));
  html += table_html(total);
  html += ranges_html(view, columns.front(), money);
  for (const NetColumn& c : columns) {
    HtmlTable table = appraisal_table(view, "By region, " + c.name, "Region", money);
    for (const NamedRegion& region : net_regions(view, c)) table.rows.push_back(appraisal_row(view, c, region.name, region.code, money));
    html += details("By region, " + c.name, table_html(table));
  }
  return html;
}

std::string net_years_html(const ReportView& view) {
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return "";
  double largest = 0.0;
  for (const NetColumn& c : columns)
    for (const int year : view.years)
      for (const char* indicator : {"equivalent_variation", "value_added_net"})
        if (const double v = net_at(view, c, indicator, "", year); std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  const Scale money = money_scale(view.result.accounts, largest);
  HtmlTable table{"Net by year, all regions together, " + money.unit, {"Year"}, {}};
  for (const NetColumn& c : columns) {
    table.header.push_back("Real income, " + c.name);
    table.header.push_back("Value added, " + c.name);
  }
  for (const int year : view.years) {
    table.rows.push_back({std::to_string(year)});
    for (const NetColumn& c : columns)
      for (const char* indicator : {"equivalent_variation", "value_added_net"})
        table.rows.back().push_back(money.text(net_at(view, c, indicator, "", year), true));
  }
  return table_html(table);
}

}  // namespace kontor
