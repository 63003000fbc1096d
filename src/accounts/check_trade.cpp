#include "accounts/check_trade.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/sum.h"
#include "kontor/base/text.h"

namespace kontor {

static constexpr const char* correct_it = "correct it in the source and import again";

static void check_elasticities(const Accounts& a, const std::string& where, Findings& findings) {
  std::map<int, int> seen;
  for (const TradeElasticity& e : a.trade_elasticities) {
    const bool known = e.sector >= 0 && e.sector < static_cast<int>(a.sectors.size());
    const std::string place = "trade_elasticity." + (known ? a.sectors[static_cast<std::size_t>(e.sector)].code : std::to_string(e.sector));
    const auto error = [&](const char* code, const std::string& found, const char* expected) {
      findings.push_back({Severity::error, code, where, "", place, found, expected, correct_it});
    };
    if (!known) error("unknown-sector", "an elasticity of a sector that is not there", "a sector of the accounts");
    if (!(e.value > 0.0) || std::isinf(e.value))
      error("elasticity", std::isnan(e.value) ? "no value" : number_text(e.value), "above 0, and finite");
    if (e.standard_error < 0.0 || std::isinf(e.standard_error))
      error("elasticity", "standard error " + number_text(e.standard_error), "0 or above, or empty where not known");
    if (++seen[e.sector] == 2) error("duplicate-elasticity", "two trade elasticities of one sector", "at most one");
  }
}

static void check_imbalances(const Accounts& a, const std::string& where, Findings& findings) {
  constexpr double rounding = 1e-6;  // of the sum of their sizes: publishers print seven digits or more
  for (std::size_t r = 0; r < a.imbalances.size() && r < a.regions.size(); ++r)
    if (!std::isfinite(a.imbalances[r]))
      findings.push_back({Severity::error, "imbalance", where, "", a.regions[r].code, "no imbalance of this region, though others have one",
                          "a finite number for each region, or for none", correct_it});
  Sum sum, size;
  for (const double d : a.imbalances) sum.add(d), size.add(std::fabs(d));
  if (std::fabs(sum.value()) > rounding * size.value())
    findings.push_back({Severity::warning, "imbalance", where, "", "imbalances", "they sum to " + number_text(sum.value()),
                        "0: what one region imports another exports", correct_it});
}

void check_trade(const Accounts& a, const std::string& where, Findings& findings) {
  check_elasticities(a, where, findings);
  check_imbalances(a, where, findings);
}

void note_uses_of_trade_model(const Accounts& a, const std::string& where, Findings& findings) {
  Sum absolute, output;
  double low = 0.0, high = 0.0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    Sum gap;
    gap.add(a.output(0, i));
    for (const double z : a.intermediate.row(i)) gap.add(-z);
    for (std::size_t f = 0; f < a.final_uses.size(); ++f)
      if (a.categories[static_cast<std::size_t>(a.final_uses[f].category)].role != FinalRole::discrepancy) gap.add(-a.final_use(i, f));
    absolute.add(std::fabs(gap.value())), output.add(a.output(0, i));
    low = std::min(low, gap.value()), high = std::max(high, gap.value());
  }
  if (output.value() > 0.0)
    findings.push_back({Severity::note, "trade-model", where, "", "",
                        fmt::format("output differs from recorded uses by {} to {} a cell, {:.4f} % of output in all", number_text(low),
                                    number_text(high), 100 * absolute.value() / output.value()),
                        "in a trade model uses need not balance with output", "compare two solved equilibria: these flows are not one"});
}

}  // namespace kontor
