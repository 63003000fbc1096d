// How sure: the range of the answer, the chance of each region, what moves it most; then what was varied and what was not.
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"
#include "report/svg.h"

namespace kontor {

namespace {

double statistic(const ReportView& view, const std::string& indicator, const std::string& region, const std::string& term, int year = 0) {
  return view.index.at({indicator, region, "", year ? year : view.result.sure.headline_year, "", term, ""});
}

std::string chance_text(double percent) {
  if (percent > 99.95) return "more than 99.9 %";
  if (percent < 0.05) return "less than 0.1 %";
  return (percent > 99.0 || percent < 1.0 ? fixed_number(percent, 1) : rounded_number(percent, 2)) + " %";
}

std::size_t failed_draws(const HowSure& sure) {
  std::size_t count = 0;
  for (const auto& [reason, draws] : sure.reasons) count += static_cast<std::size_t>(draws);
  return count;
}

std::string between(const ReportView& view, const std::string& indicator, const std::string& region) {
  return money_text(view.result.accounts, statistic(view, indicator, region, "p5")) + " and " +
         money_text(view.result.accounts, statistic(view, indicator, region, "p95"));
}

struct RegionChance {
  NamedRegion region;
  double chance = 0.0;
};

std::vector<RegionChance> chances(const ReportView& view) {
  std::vector<RegionChance> list;
  const std::vector<NetColumn> columns = net_columns(view);
  if (columns.empty()) return list;
  for (const NamedRegion& region : net_regions(view, columns.front()))
    if (const double p = statistic(view, "gain_probability", region.code, ""); std::isfinite(p)) list.push_back({region, p});
  return list;
}

// "A (97 %), B (96 %) and three more" of the leaves that pass.
template <class Passes>
std::string named_regions(const std::vector<RegionChance>& all, const Passes& passes, std::size_t& count) {
  constexpr std::size_t named = 5;
  std::vector<std::string> parts;
  count = 0;
  for (const RegionChance& r : all) {
    if (!r.region.leaf || !passes(r.chance)) continue;
    if (count++ < named) parts.push_back(r.region.name + " (" + chance_text(r.chance) + ")");
  }
  return joined(parts, ", ") + (count > named ? " and " + count_text(count - named) + " more" : "");
}

}  // namespace

std::string draws_sentence(const ReportView& view) {
  if (!view.result.sure.asked() || !std::isfinite(statistic(view, "equivalent_variation", "", "p5"))) return "";
  std::string text = " In nine draws of ten real income in " + std::to_string(view.result.sure.headline_year) + " changes by between " +
                     between(view, "equivalent_variation", "");
  const double chance = statistic(view, "gain_probability", "", "");
  if (std::isfinite(chance)) text += "; the chance of a gain is " + chance_text(chance);
  return text + '.';
}

static std::string headline_html(const ReportView& view) {
  const HowSure& sure = view.result.sure;
  const std::size_t failed = failed_draws(sure);
  std::string text = "The programme was solved " + std::to_string(sure.table.draws.size()) + " times, each time with other values of " +
                     count_text(sure.varied.size()) + " uncertain number" + (sure.varied.size() == 1 ? "" : "s") +
                     (sure.cells.empty() ? "" : " and of the accounts") + " (" +
                     (sure.rule == "random" ? "independent points" : "scrambled Sobol points") + ", seed " + std::to_string(sure.seed) +
                     "). ";
  text += failed == 0 ? "Every draw has a solution."
                      : std::to_string(failed) + (failed == 1 ? " draw has" : " draws have") + " no solution and " +
                            (failed == 1 ? "is" : "are") + " left out of the numbers below.";
  std::string html = paragraph(text);
  if (sure.varied.empty() && sure.cells.empty())
    html += paragraph("Nothing varied: the programme states no range that enters the headline, so all draws are the same.", "warning");
  html += paragraph(draws_sentence(view) + " The median is " +
                    money_text(view.result.accounts, statistic(view, "equivalent_variation", "", "p50")) + ", the central case above is " +
                    money_text(view.result.accounts, view.index.at({"equivalent_variation", "", "", sure.headline_year, "", "", ""})) +
                    ". The ranges say how far the stated uncertainties reach; what nobody stated is not in them.");
  return html;
}

static std::string regions_html(const ReportView& view) {
  std::vector<RegionChance> all = chances(view);
  if (all.empty()) return "";
  std::size_t sure = 0, open = 0, losing = 0;
  const std::string gains = named_regions(
      all, [](double p) { return p >= 95.0; }, sure);
  const std::string opens = named_regions(
      all, [](double p) { return p > 5.0 && p < 95.0; }, open);
  const std::string loses = named_regions(
      all, [](double p) { return p <= 5.0; }, losing);
  std::string text;
  if (sure) text += "Gains in at least 95 draws of 100: " + gains + ". ";
  if (open) text += "Open, between 5 and 95: " + opens + ". ";
  if (losing) text += "Gains in 5 at most: " + loses + ".";
  std::string html = "<h3>Regions: how likely is a gain</h3>\n" + paragraph(text);
  std::vector<Span> spans;
  HtmlTable table{"Change of real income in " + std::to_string(view.result.sure.headline_year) + ", per cent of spending",
                  {"Region", "5 %", "25 %", "Median", "75 %", "95 %", "Central", "Chance of a gain"},
                  {}};
  for (const RegionChance& r : all) {
    const auto q = [&](const char* term) { return statistic(view, "real_income", r.region.code, term); };
    const double central = view.index.at({"real_income", r.region.code, "", view.result.sure.headline_year, "", "", ""});
    spans.push_back({r.region.name, q("p5"), q("p95"), q("p25"), q("p75"), central, chance_text(r.chance)});
    table.rows.push_back({r.region.name, percent_text(q("p5")), percent_text(q("p25")), percent_text(q("p50")), percent_text(q("p75")),
                          percent_text(q("p95")), percent_text(central), chance_text(r.chance)});
  }
  const ChartText chart{
      "sure-regions", "Real income by region, range of draws",
      "For each region the range of nine draws in ten, of one in two, and the central case; at the right the chance of a gain"};
  return html +
         figure_html(
             "Change of real income by region: nine draws in ten (thin), one in two (thick), central case (stroke), chance of a gain",
             span_chart_svg(chart, spans, std::nan("")), table);
}

namespace {
struct Moved {
  std::string name;
  double low = 0.0, high = 0.0, first = 0.0, total = 0.0;
  double size() const { return std::fabs(high - low); }
};
}  // namespace

static std::vector<Moved> moved_by(const ReportView& view, const std::string& indicator, const std::string& region) {
  std::vector<Moved> list;
  for (const std::string& name : view.result.sure.drivers) {
    Moved d{name, statistic(view, indicator + "_at_p5", region, name), statistic(view, indicator + "_at_p95", region, name),
            statistic(view, indicator + "_variance_first", region, name), statistic(view, indicator + "_variance_total", region, name)};
    if (std::isfinite(d.low) && std::isfinite(d.high)) list.push_back(std::move(d));
  }
  std::stable_sort(list.begin(), list.end(), [](const Moved& a, const Moved& b) { return a.size() > b.size(); });
  return list;
}

static std::string tornado_html(const ReportView& view) {
  constexpr std::size_t most = 15;
  std::vector<Moved> drivers = moved_by(view, "real_income", "");
  if (drivers.empty()) return "";
  const double central = view.index.at({"real_income", "", "", view.result.sure.headline_year, "", "", ""});
  const double explained = statistic(view, "real_income_variance_explained", "", "");
  std::string text = "Alone, from its 5 % to its 95 % point, " + drivers.front().name +
                     " moves the real income of all regions together most: from " + percent_text(drivers.front().low) + " to " +
                     percent_text(drivers.front().high) + ". ";
  std::vector<Moved> by_share = drivers;
  std::stable_sort(by_share.begin(), by_share.end(), [](const Moved& a, const Moved& b) { return a.total > b.total; });
  const bool shares = std::isfinite(by_share.front().total);
  if (shares && explained >= 90.0)
    text += "Of the variance over all draws " + by_share.front().name + " accounts for " + rounded_number(by_share.front().first, 2) +
            " % alone, and " + rounded_number(by_share.front().total, 2) + " % with all that it takes part in.";
  else if (shares)
    text += "The shares of the variance are rough: the surface fitted to the draws foresees " + rounded_number(explained, 2) +
            " % of the variance of a draw left out; the rest is the accounts, or steps and bends that no surface of second degree has.";
  else if (std::isfinite(explained))
    text += "No shares of the variance are given: the surface fitted to the draws foresees too little of a draw left out (" +
            rounded_number(explained, 2) + " % of the variance).";
  else
    text += "No shares of the variance are given: there are too few draws for that many numbers, or nothing moves.";
  std::vector<Span> spans;
  HtmlTable table{"Real income of all regions together, per cent; shares of the variance, per cent",
                  {"Number", "At its 5 % point", "At its 95 % point", "Variance, alone", "Variance, with others"},
                  {}};
  for (std::size_t k = 0; k < drivers.size(); ++k) {
    const Moved& d = drivers[k];
    const auto share = [](double v) { return std::isfinite(v) ? rounded_number(v, 3) : std::string("n/a"); };
    table.rows.push_back({d.name, percent_text(d.low), percent_text(d.high), share(d.first), share(d.total)});
    if (k < most)
      spans.push_back(
          {d.name, d.low, d.high, std::nan(""), std::nan(""), std::nan(""), percent_text(d.low) + " to " + percent_text(d.high)});
  }
  const ChartText chart{"sure-tornado", "What moves real income most",
                        "For each uncertain number the real income of all regions at its 5 and 95 per cent points, all others central"};
  return "<h3>What moves it most</h3>\n" + paragraph(text) +
         figure_html("Real income of all regions together with one number at its 5 % and 95 % point, the others central (broken line)",
                     span_chart_svg(chart, spans, central), table);
}

static std::string fan_html(const ReportView& view) {
  std::vector<FanYear> years;
  for (const int year : view.years) {
    FanYear fan;
    fan.year = year;
    for (int k = 0; k < 5; ++k) fan.quantiles[k] = statistic(view, "equivalent_variation", "", draw_terms[k], year);
    if (std::isfinite(fan.quantiles[0])) years.push_back(fan);
  }
  if (years.size() < 2) return "";
  double low = 0.0, high = 0.0;
  for (const FanYear& y : years) low = std::min(low, y.quantiles[0]), high = std::max(high, y.quantiles[4]);
  const Scale money = money_scale(view.result.accounts, std::max(std::fabs(low), std::fabs(high)));
  HtmlTable table{"Real income of all regions together, " + money.unit, {"Year", "5 %", "25 %", "Median", "75 %", "95 %"}, {}};
  for (const FanYear& y : years) {
    table.rows.push_back({std::to_string(y.year)});
    for (const double v : y.quantiles) table.rows.back().push_back(money.text(v, true));
  }
  const ChartText chart{"sure-fan", "Real income by year", "Bands of draws by year: nine in ten, one in two, and the median"};
  return "<h3>By year</h3>\n" +
         figure_html(
             "Real income of all regions together by year: nine draws in ten (light), one in two (dark), median (line); " + money.unit,
             fan_svg(chart, years, money.text(low, true), money.text(high, true)), table);
}

static std::string cross_check_html(const ReportView& view) {
  const HowSure& sure = view.result.sure;
  std::string html = "<h3>Beside the quadrature that users of GTAP know</h3>\n";
  if (!sure.quadrature_failure.empty()) return html + paragraph("There is none: " + sure.quadrature_failure + ".", "note");
  const Accounts& a = view.result.accounts;
  HtmlTable table{"All regions together in " + std::to_string(sure.headline_year),
                  {"", "Mean, draws", "Mean, quadrature", "Standard deviation, draws", "Standard deviation, quadrature"},
                  {}};
  for (const auto& [name, indicator] :
       {std::pair{"Real income", "equivalent_variation"}, {"Value added, net", "value_added_net"}, {"GDP", "gdp"}})
    table.rows.push_back({name, money_text(a, statistic(view, indicator, "", "mean")),
                          money_text(a, statistic(view, indicator, "", "quadrature_mean")),
                          money_text(a, statistic(view, indicator, "", "deviation"), false),
                          money_text(a, statistic(view, indicator, "", "quadrature_deviation"), false)});
  return html + table_html(table) +
         paragraph(std::to_string(sure.quadrature_points) +
                       " solves at the points of a degree-three rule (Stroud 1957, as Arndt 1996 uses it), each number with the mean and "
                       "standard "
                       "deviation of its distribution" +
                       (sure.cells.empty() ? "" : "; the cells of the accounts and a drawn closure stay central in it") + ".",
                   "note");
}

static std::string varied_html(const ReportView& view) {
  const HowSure& sure = view.result.sure;
  HtmlTable table{"Uncertain numbers: ends of the range, or 5 % and 95 % points where there are none",
                  {"Number", "Distribution", "Source", "Low", "Central", "High"},
                  {},
                  3};
  for (const Varied& v : sure.varied)
    table.rows.push_back(
        {v.name, v.distribution, without_folder(v.source), rounded_number(v.low, 4), rounded_number(v.mid, 4), rounded_number(v.high, 4)});
  std::string html = "<h3>What was varied</h3>\n" + table_html(table, "No number of the programme.");
  if (!sure.cells.empty()) html += bullets(sure.cells);
  html += "<h3>What was not varied</h3>\n" + bullets(sure.fixed);
  if (sure.reasons.empty()) return html;
  HtmlTable failed{"Draws without a solution", {"Why", "Draws"}, {}};
  for (const auto& [reason, count] : sure.reasons) failed.rows.push_back({reason, std::to_string(count)});
  return html + "<h3>Failed draws</h3>\n" + table_html(failed);
}

std::string section_uncertainty(const ReportView& view) {
  if (!view.result.sure.asked())
    return paragraph(
        "No draws were run, so the numbers of this report are central values without a range. `kontor run PROGRAMME --draws` "
        "draws what is not known (trade elasticities and the programme's ranges, unless [uncertainty] says otherwise).",
        "note");
  return headline_html(view) + regions_html(view) + tornado_html(view) + fan_html(view) + cross_check_html(view) + varied_html(view);
}

}  // namespace kontor
