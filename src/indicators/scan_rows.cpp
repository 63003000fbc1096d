// A scan in long form: every number of the list in a row of its own, named by the lever.
#include <cmath>

#include "kontor/indicators/effects.h"
#include "scan_parts.h"

namespace kontor {

namespace {

class Rows {
 public:
  Rows(const Accounts& a, const Scan& scan) : a_(a), scan_(scan) {}

  std::vector<EffectRow> run(bool with_not_judged) {
    for (const ScanList& list : scan_.lists) {
      add_list(list);
      for (std::size_t k = 0; k < list.list.size(); ++k) add(list.list[k], k + 1);
      for (std::size_t k = 0; with_not_judged && k < list.not_judged.size(); ++k)
        add_row("opportunity_not_judged", list.not_judged[k].lever, list.not_judged[k].size, money_unit(a_));
    }
    return std::move(rows_);
  }

 private:
  const Accounts& a_;
  const Scan& scan_;
  std::vector<EffectRow> rows_;

  const std::string& region(int r) const { return a_.regions[static_cast<std::size_t>(r)].code; }

  void add_row(const char* indicator, const Lever& lever, double value, const std::string& unit) {
    rows_.push_back({indicator, region(lever.origin), a_.sectors[static_cast<std::size_t>(lever.sector)].code,
                     lever.destination < 0 ? "" : region(lever.destination), scan_.year, lever_id(a_, lever), lever_name(lever.kind), value,
                     unit});
  }

  void add_list(const ScanList& list) {
    const auto total = [&](const char* indicator, double value, const char* unit) {
      rows_.push_back({indicator, "", "", "", scan_.year, "", lever_name(list.kind), value, unit});
    };
    total("opportunity_levers", static_cast<double>(list.levers), "levers");
    total("opportunity_restricted", static_cast<double>(list.restricted), "levers");
    total("opportunity_judged", static_cast<double>(list.judged), "levers");
    total("opportunity_within_reach", static_cast<double>(list.within_reach), "levers");
    total("opportunity_rank_correlation_raw", list.raw_correlation, "correlation");
    total("opportunity_rank_correlation", list.ranked_correlation, "correlation");
  }

  void add(const Opportunity& o, std::size_t rank) {
    const std::string per_cent = is_cost(o.lever.kind) || is_cell(o.lever.kind) ? "%" : "percentage points";
    add_row("opportunity_rank", o.lever, static_cast<double>(rank), "rank");
    add_row("opportunity_marginal", o.lever, o.marginal, scan_.unit + " per 1 %");
    add_row("opportunity_step", o.lever, step_percent(o.lever.kind, o.feasible), per_cent);
    add_row("opportunity_tried", o.lever, step_percent(o.lever.kind, o.tried), per_cent);
    add_row("opportunity_flow", o.lever, o.size, money_unit(a_));
    add_row("opportunity_first_order", o.lever, o.first_order, scan_.unit);
    if (std::isfinite(o.exact)) add_row("opportunity_exact", o.lever, o.exact, scan_.unit);
    if (o.lever.kind == LeverKind::trade_cost) {
      add_row("opportunity_implied_cost", o.lever, 100.0 * std::expm1(o.implied), "%");
      add_row("opportunity_expected_cost", o.lever, 100.0 * std::expm1(o.predicted), "%");
    }
    for (const auto& [who, change] : o.others) {
      add_row("opportunity_other", o.lever, change, money_unit(a_));
      rows_.back().region = region(who), rows_.back().partner.clear(), rows_.back().sector.clear();
    }
  }
};

}  // namespace

std::vector<EffectRow> scan_rows(const Accounts& accounts, const Scan& scan, bool with_not_judged) {
  return Rows(accounts, scan).run(with_not_judged);
}

}  // namespace kontor
