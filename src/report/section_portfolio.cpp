// 6 the portfolio: what is planned and delivered, by sector, regions, status and agreement. 9 who pays.
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "report/measure_facts.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

// Programme money is in single units of its own currency.
static std::string stated_text(const ReportView& view, double money) {
  Accounts as_written;
  as_written.currency = view.result.programme.currency;
  as_written.scale = 1.0;
  return std::isfinite(money) ? money_text(as_written, money, false) : "not stated";
}

namespace {

struct Group {
  std::size_t measures = 0, without_value = 0;
  Sum planned, delivered;
  bool knows_delivered = false;
};

}  // namespace

static std::string group_table(const ReportView& view, const std::string& caption, const std::string& head,
                               std::vector<std::string> (*keys_of)(const ReportView&, const Written&)) {
  std::vector<std::pair<std::string, Group>> groups;  // in order of appearance
  for (const Written& m : view.result.programme.measures)
    for (const std::string& key : keys_of(view, m)) {
      auto at = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == key; });
      if (at == groups.end()) at = groups.insert(groups.end(), {key, Group{}});
      ++at->second.measures;
      const double planned = stated_money(m), delivered = delivered_money(m);
      if (std::isfinite(planned)) at->second.planned.add(planned);
      if (!std::isfinite(planned)) ++at->second.without_value;
      if (std::isfinite(delivered)) at->second.delivered.add(delivered), at->second.knows_delivered = true;
    }
  HtmlTable table{caption, {head, "Measures", "Planned value", "Delivered value", "Without a stated value"}, {}};
  for (const auto& [key, g] : groups)
    table.rows.push_back({key, std::to_string(g.measures),
                          g.measures == g.without_value ? "not stated" : stated_text(view, g.planned.value()),
                          g.knows_delivered ? stated_text(view, g.delivered.value()) : "not stated", std::to_string(g.without_value)});
  return table_html(table, "The programme has no measures.");
}

static std::string or_words(const std::string& text, const char* otherwise) { return text.empty() ? otherwise : text; }

std::string section_portfolio(const ReportView& view) {
  std::string html = paragraph(
      "Everything the programme names, whether it is in the headline or not. Planned value is what the file states, delivered value is "
      "what it says has been delivered; a measure that is done counts as delivered.");
  html += group_table(view, "By status", "Status", [](const ReportView&, const Written& m) {
    return std::vector<std::string>{m.status + (is_committed(m) ? " (in the headline)" : " (apart)")};
  });
  html += group_table(view, "By sector", "Sector", [](const ReportView& v, const Written& m) {
    return std::vector<std::string>{or_words(v.sector_name(measure_sector(m)), "no sector named")};
  });
  html += group_table(view, "By regions", "Regions", [](const ReportView& v, const Written& m) {
    return std::vector<std::string>{or_words(measure_regions(v.result.accounts, m), "no region named")};
  });
  html += group_table(view, "By agreement; a measure under two agreements stands in both", "Agreement",
                      [](const ReportView& v, const Written& m) {
                        std::vector<std::string> titles = agreements_of(v.result.programme, m.id);
                        return titles.empty() ? std::vector<std::string>{"under no agreement"} : titles;
                      });
  return html;
}

// What each region pays to others and gets from them, folded away who pays whom.
static std::string transfers_html(const ReportView& view) {
  using Sums = std::pair<Sum, Sum>;              // shown year, horizon
  std::map<std::pair<int, int>, Sums> pairs;     // payer and receiver
  std::map<int, std::pair<Sums, Sums>> regions;  // paid, received
  double largest = 0.0;
  for (const EffectRow& row : view.result.effects) {
    if (row.indicator != "transfer") continue;
    const int payer = region_index(view.result.accounts, row.region), receiver = region_index(view.result.accounts, row.partner);
    for (Sums* sums : {&pairs[{payer, receiver}], &regions[payer].first, &regions[receiver].second}) {
      if (row.year == view.shown_year) sums->first.add(row.value);
      sums->second.add(row.value);
      largest = std::max(largest, std::fabs(sums->second.value()));
    }
  }
  const Scale scale = money_scale(view.result.accounts, largest);
  const std::string year = std::to_string(view.shown_year);
  const auto name = [&](int r) {
    return r < 0 ? std::string("unknown") : view.region_name(view.result.accounts.regions[static_cast<std::size_t>(r)].code);
  };
  HtmlTable balance{"What regions pay each other for the measures, years of the horizon added up without discount, " + scale.unit,
                    {"Region", "Pays in " + year, "Gets in " + year, "Pays over the horizon", "Gets over the horizon", "Balance"},
                    {}};
  for (const auto& [region, sums] : regions) {
    const double paid = sums.first.second.value(), received = sums.second.second.value();
    balance.rows.push_back({name(region), scale.text(sums.first.first.value()), scale.text(sums.second.first.value()), scale.text(paid),
                            scale.text(received), scale.text(received - paid, true)});
  }
  HtmlTable table{"Transfers between regions, " + scale.unit, {"Payer", "Receiver", "In " + year, "Over the horizon"}, {}, 2};
  for (const auto& [pair, sums] : pairs)
    table.rows.push_back({name(pair.first), name(pair.second), scale.text(sums.first.value()), scale.text(sums.second.value())});
  constexpr std::size_t few = 12;
  if (pairs.size() <= few) return table_html(table, "The programme states no transfers between regions.");
  return table_html(balance) + details("Who pays whom", table_html(table));
}

std::string section_payers(const ReportView& view) {
  std::string html = transfers_html(view);
  HtmlTable written{
      "What measures cost and who pays, as the programme states it", {"Measure", "Stated cost or value", "Paid by", "Finance"}, {}, 4};
  for (const Written& m : view.result.programme.measures) {
    std::vector<std::string> finance;
    for (const auto& [field, value] : written_fields(m))
      if (field.rfind("finance", 0) == 0 || field.rfind("equity", 0) == 0) finance.push_back(field + ": " + value);
    const std::string paid_by = shares_text(view.result.accounts, m, "cost.paid_by");
    written.rows.push_back(
        {measure_title(m), stated_text(view, stated_money(m)), or_words(paid_by, "not stated"),
         finance.empty() ? or_words(view.result.programme.finance_default, "not stated") + " (default)" : joined(finance, "; ")});
  }
  html += table_html(written);
  if (!net_columns(view).empty())
    return budgets_html(view) + html +
           paragraph(
               "What payers do without in order to pay is part of the net effect: of real income, and of the bar of financing "
               "in section 2.",
               "note");
  return html + paragraph(
                    "Payments are listed, not yet counted: what payers do without in order to pay is part of the net effect and is missing "
                    "from it.",
                    "note");
}

}  // namespace kontor
