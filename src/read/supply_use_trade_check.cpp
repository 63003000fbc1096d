// The four identities that make the derivation possible, held on the tables as they are read.
#include <algorithm>
#include <cmath>

#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "kontor/base/text.h"
#include "read/supply_use_trade.h"

namespace kontor {

static constexpr double rounding_of_tables = 1e-2;  // table units: 570 cells of printed 9 digits stay below
static constexpr double relative_rounding = 1e-5;   // of the larger side: 32-bit floats hold 7 digits, sums a little less
static constexpr double largest_relative = 1e-2;    // above this the tables do not belong together

namespace {
/// One identity, held cell by cell.
struct Identity {
  const char* name;
  Findings findings;
  double widest = 0.0;
  Sum total;
  std::string widest_at;

  void hold(double left, double right, const std::string& where) {
    const double gap = std::fabs(left - right), size = std::max(std::fabs(left), std::fabs(right));
    total.add(left);
    if (gap > widest) widest = gap, widest_at = where;
    if (gap <= rounding_of_tables + relative_rounding * size) return;
    const bool beyond = gap > rounding_of_tables + largest_relative * size;
    findings.push_back({beyond ? Severity::error : Severity::warning, "off-balance", "", where, "",
                        number_text(left) + " against " + number_text(right), std::string(name) + " to 1 %",
                        beyond ? "check that all files are of the same release" : "differences of this size stay in the accounts"});
  }

  /// What stands about this identity: a note with the widest gap, after everything that was not in order.
  Findings done() {
    findings.push_back({Severity::note, "identity", "", "", "",
                        std::string(name) + ": widest gap " + number_text(std::round(widest * 1e4) / 1e4) +
                            (widest > 0 ? " (" + widest_at + ")" : "") + " in a total of " +
                            number_text(std::round(total.value() * 10) / 10),
                        "", ""});
    return findings;
  }
};
}  // namespace

static Findings check_supply(const SupplyUseTrade& t) {
  Identity identity{"supply of a product = deliveries + margin services", {}, 0, {}, {}};
  for (std::size_t o = 0; o < t.region_count(); ++o)
    for (std::size_t c = 0; c < t.product_count(); ++c) {
      Sum sold;
      for (const double v : t.trade[domestic].row(t.product(o, c))) sold.add(v);
      for (std::size_t m = 0; m < t.margins.size(); ++m)
        if (t.margin_commodity[m] == static_cast<int>(c))
          for (std::size_t link = 0; link < t.region_count() * t.region_count(); ++link)
            sold.add(t.margin_supply(m * t.region_count() * t.region_count() + link, o));
      identity.hold(sum_of(t.make.row(t.product(o, c))), sold.value(), t.regions[o] + " " + t.commodities[c]);
    }
  return identity.done();
}

static Findings check_use(const SupplyUseTrade& t) {
  Identity identity{"use at delivered values = trade + margins", {}, 0, {}, {}};
  for (const int s : {domestic, imported})
    for (std::size_t d = 0; d < t.region_count(); ++d)
      for (std::size_t c = 0; c < t.product_count(); ++c)
        identity.hold(sum_of(t.delivered[s].row(c).subspan(t.buyer(d, 0), t.user_count())), delivered_value(t, s, c, d),
                      t.regions[d] + " " + t.commodities[c] + " " + origin_names[s]);
  return identity.done();
}

static Findings check_margins(const SupplyUseTrade& t) {
  Identity identity{"margins charged = margin services produced", {}, 0, {}, {}};
  for (std::size_t m = 0; m < t.margins.size(); ++m)
    for (std::size_t o = 0; o < t.region_count(); ++o)
      for (std::size_t d = 0; d < t.region_count(); ++d) {
        Sum charged;
        for (const int s : {domestic, imported})
          for (std::size_t c = 0; c < t.product_count(); ++c) charged.add(t.trade_margin[s](t.margin_row(c, m), t.link(o, d)));
        identity.hold(charged.value(), sum_of(t.margin_supply.row(t.margin_link(m, o, d))),
                      t.margins[m] + " " + t.regions[o] + " to " + t.regions[d]);
      }
  return identity.done();
}

static Findings check_costs(const SupplyUseTrade& t) {
  Identity identity{"costs of an industry = make + stocks", {}, 0, {}, {}};
  for (std::size_t d = 0; d < t.region_count(); ++d)
    for (std::size_t i = 0; i < t.industries.size(); ++i) {
      Sum costs, output;
      for (const int s : {domestic, imported})
        for (std::size_t c = 0; c < t.product_count(); ++c)
          costs.add(t.delivered[s](c, t.buyer(d, i))), costs.add(t.tax[s](c, t.buyer(d, i)));
      for (const Matrix* row : {&t.labour, &t.capital, &t.land, &t.production_tax}) costs.add((*row)(i, d));
      for (std::size_t c = 0; c < t.product_count(); ++c) output.add(t.make(t.product(d, c), i));
      output.add(t.stocks(i, d));
      identity.hold(costs.value(), output.value(), t.regions[d] + " " + t.industries[i]);
    }
  return identity.done();
}

Findings check_supply_use_trade(const SupplyUseTrade& tables) {
  Findings all;
  for (const auto check : {check_supply, check_use, check_margins, check_costs}) {
    const Findings found = check(tables);
    all.insert(all.end(), found.begin(), found.end());
  }
  throw_if_errors(all);
  return all;
}

}  // namespace kontor
