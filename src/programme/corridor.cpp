// A transport corridor: it is built, then goods move at lower cost between its ends.
//
//   building    cost by year as temporary investment of the regions where it is built, paid by `paid_by`
//   from opens  maintenance a year as purchases of the same products, paid by the same; trade_cost(origin, destination, sector) times 1 +
//   change, for each pair of leaves of the two ends
//
// Trade costs need prices: the fixed-price model names them and does not count them. Method: docs/methods/corridor.md
#include <algorithm>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr Field rows[] = {
    {"trade_cost", FieldType::trade_costs, true, "list of { from, to, change, both_ways, sectors }; change -0.03: three per cent less"},
    {"opens", FieldType::year, true, "first year of use"},
    {"cost.total", FieldType::amount, false, "cost of building it, single units of the programme's currency"},
    {"cost.years", FieldType::years, false, "years of building"},
    {"cost.profile", FieldType::profile, false, "share of each of those years; default: even"},
    {"cost.maintenance", FieldType::amount, false, "cost a year of keeping it in repair, from `opens` on; default 0"},
    {"cost.paid_by", FieldType::region_shares, false, "who pays, for maintenance too"},
    {"cost.built_in", FieldType::region_shares, false, "where it is built; default: the ends, by their construction output"},
    {"cost.assets", FieldType::named_shares, false, "what the money buys; default construction", asset_names},
    {"cost.sectors", FieldType::sector_shares, false, "or the sectors that sell it"},
    {"cost.imported", FieldType::share, false, "part of the total that is bought abroad; default: as investment today"},
};

static Weights hosts_as_written(const CompileContext& context, const Written& measure) {
  Weights hosts;
  for (const auto& [name, share] : measure.at("cost.built_in").weights)
    for (const auto& [leaf, weight] : income_weights(context, name)) hosts.emplace_back(leaf, weight * share.mid);
  return hosts;
}

// The leaves at both ends, by what their construction makes today.
static Weights hosts_by_construction(CompileContext& context, const Written& measure) {
  const Accounts& accounts = context.accounts;
  Weights hosts;
  double total = 0.0;
  const Weights construction = sectors_of_asset(accounts, "construction");
  std::vector<int> ends;
  for (const TradeCostChange& change : measure.at("trade_cost").trade_costs)
    for (const std::string& name : {change.from, change.to})
      for (const int leaf : leaves(context, name))
        if (!holds(ends, leaf)) ends.push_back(leaf);
  for (const int leaf : ends)
    for (const auto& [sector, share] : construction)
      if (const int cell = cell_index(accounts, leaf, sector); cell >= 0 && accounts.output(0, cell) > 0.0) {
        hosts.emplace_back(leaf, accounts.output(0, cell) * share);
        total += hosts.back().second;
      }
  for (auto& [leaf, weight] : hosts) weight /= total;
  if (hosts.empty())
    add_error(context, measure, "cost.total", "missing-field", "no `cost.built_in`, and no end of the corridor has a construction sector",
              "where it is built", "add cost.built_in = { REGION = share }");
  else
    add_default(context, measure, "cost.built_in", "both ends, by output of construction", "not given");
  return hosts;
}

static void add_cost(CompileContext& context, const Written& measure, ShockList& shocks) {
  if (!measure.has("cost.total")) {
    if (measure.has("cost.maintenance"))
      add_error(context, measure, "cost.maintenance", "missing-field", "`cost.maintenance` without `cost.total`",
                "maintenance buys what building bought", "add cost.total and cost.years");
    add_warning(context, measure, "opens", "no-cost", "no `cost.total`", "what it costs and who pays", "a corridor without cost is a gift");
    return;
  }
  if (!measure.has("cost.years")) {
    add_error(context, measure, "cost.total", "missing-field", "no `cost.years`", "years of building", "add them");
    return;
  }
  const Weights hosts = measure.has("cost.built_in") ? hosts_as_written(context, measure) : hosts_by_construction(context, measure);
  if (hosts.empty()) return;
  if (!add_building(context, measure, "cost", hosts, "construction", shocks)) return;
  const Weights payers = payers_of(context, measure, "cost.paid_by");
  if (!payers.empty()) add_payments(context, measure, "cost", payers, hosts, shocks);
  if (measure.has("cost.maintenance"))
    add_maintenance(context, measure, "cost", payers, hosts, "construction", static_cast<int>(measure.at("opens").number.mid), shocks);
}

static void add_trade_costs(const CompileContext& context, const TradeCostChange& change, int year, ShockList& shocks) {
  const Accounts& accounts = context.accounts;
  for (const int origin : leaves(context, change.from))
    for (const int destination : leaves(context, change.to)) {
      if (origin == destination) continue;
      for (std::size_t sector = 0; sector < accounts.sectors.size(); ++sector) {
        const bool wanted = change.sectors.empty() ||
                            std::find(change.sectors.begin(), change.sectors.end(), accounts.sectors[sector].code) != change.sectors.end();
        if (!wanted) continue;
        const auto s = static_cast<int>(sector);
        shocks.add(year, Step::stated, false, TradeCost{origin, destination, s, 1.0 + change.change});
        if (change.both_ways) shocks.add(year, Step::stated, false, TradeCost{destination, origin, s, 1.0 + change.change});
      }
    }
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  ShockList shocks(measure, context);
  add_cost(context, measure, shocks);
  const int opens = static_cast<int>(measure.at("opens").number.mid);
  for (int year = std::max(opens, context.programme.first_year); year <= context.programme.last_year; ++year)
    for (const TradeCostChange& change : measure.at("trade_cost").trade_costs) add_trade_costs(context, change, year, shocks);
  return shocks.take();
}

const MeasureKind corridor_kind = {"corridor", "A transport link is built, then trade between its ends costs less", rows, compile};

}  // namespace kontor
