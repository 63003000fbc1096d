#include "net_targets.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"

namespace kontor {

static std::string percent(double share) { return number_text(std::round(1e4 * share) / 100.0) + " %"; }

static std::string instrument_at(const OutOfReach& target) {
  const std::string rate = percent(std::fabs(target.rate));
  if (target.instrument == Instrument::subsidy) return "a subsidy of " + rate;
  return target.instrument == Instrument::tariff ? "a tariff of " + rate : "a procurement rule as hard as a tariff of " + rate;
}

std::string reason_of(const UnreachedTarget& unreached) {
  const OutOfReach& target = unreached.target;
  if (std::isnan(target.largest)) return "no equilibrium with this instrument at any rate that was tried";
  const bool bound = std::fabs(target.rate - largest_rate(target.instrument)) < 1e-9;
  return "at most " + percent(target.largest) + " at " + instrument_at(target) +
         (bound ? ", the largest that is tried" : "; no equilibrium was found at a higher rate");
}

void add_unreached(const Accounts& accounts, const std::vector<UnreachedTarget>& unreached, std::vector<EffectRow>& rows) {
  for (const UnreachedTarget& u : unreached) {
    const std::string& sector = accounts.sectors[static_cast<std::size_t>(u.target.product)].code;
    rows.push_back({"target_wanted", "", sector, "", u.year, u.target.measure, u.term, 100.0 * u.target.wanted, "%"});
    if (!std::isnan(u.target.largest))
      rows.push_back({"target_largest", "", sector, "", u.year, u.target.measure, u.term, 100.0 * u.target.largest, "%"});
  }
}

void add_target_findings(const Programme& programme, const Accounts& accounts, const std::vector<UnreachedTarget>& unreached,
                         Findings& findings) {
  for (const Written& measure : programme.measures) {
    std::string closures, sector;
    for (const UnreachedTarget& u : unreached) {
      if (u.target.measure != measure.id) continue;
      sector = accounts.sectors[static_cast<std::size_t>(u.target.product)].code;
      closures += (closures.empty() ? "" : "; ") + u.closure + ", " + std::to_string(u.year) + ": " + percent(u.target.wanted) +
                  " is wanted, " + reason_of(u);
    }
    if (closures.empty()) continue;
    const std::string& place = measure.has("target.share") ? measure.at("target.share").source : measure.source;
    const std::size_t colon = place.rfind(':');
    findings.push_back({Severity::warning, "target-out-of-reach", place.substr(0, colon), place.substr(colon + 1), "target.share",
                        "measure `" + measure.id + "`: the share of " + sector + " is out of reach (" + closures + ")",
                        "a share that the instrument reaches within its bounds; the change of shares is not counted, all else is",
                        "lower the target, name more origins, or choose another instrument"});
  }
}

}  // namespace kontor
