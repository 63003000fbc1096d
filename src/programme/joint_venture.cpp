// A joint venture: partners build a plant in a host region, it makes and sells, and owners abroad earn a part.
//
// Building phase: capex as temporary investment of the host (building.cpp), paid by equity and loan.
// Operation, from `output.start` on, in year t with ramp r(t), capacity C and base output x of the host cell:
//   factor     capital of the cell times 1 + r C / x
//   ownership  a partner outside the host region earns equity x repatriated of the added capital's income, the host the rest
//   capacity   the cell cannot make more than x + r C
// Operation needs prices and incomes: the fixed-price model names it and does not count it. Method: docs/methods/joint_venture.md
#include <algorithm>
#include <cmath>
#include <map>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr Field rows[] = {
    {"host.region", FieldType::region, true, "region where the plant stands; one region, not a nation"},
    {"host.sector", FieldType::sector, true, "sector of the plant"},
    {"equity", FieldType::region_shares, true, "who owns it"},
    {"capex.total", FieldType::amount, true, "cost of building it, single units of the programme's currency"},
    {"capex.years", FieldType::years, true, "years of building"},
    {"capex.profile", FieldType::profile, false, "share of each of those years; default: even"},
    {"capex.assets", FieldType::named_shares, false, "what the money buys", asset_names},
    {"capex.sectors", FieldType::sector_shares, false, "or the sectors that sell it"},
    {"capex.imported", FieldType::share, false, "part of the total that is bought abroad; default: as investment today"},
    {"output.capacity", FieldType::amount, true, "output a year at full capacity, single units"},
    {"output.start", FieldType::year, true, "first year of production"},
    {"output.ramp", FieldType::shares, false, "share of capacity in the first, second, ... year; the last value holds; default 1"},
    {"sales", FieldType::region_shares, false, "where the output is sold"},
    {"displaces", FieldType::named_shares, false, "whose sales it takes", "incumbents|imports|nothing"},
    {"jobs", FieldType::number, false, "persons employed at full capacity, as stated"},
    {"profit.rate", FieldType::share, false, "expected profit over output: checked against the solved rent"},
    {"profit.repatriated", FieldType::share, false, "part of the outside partners' profit that leaves the host region; default 1"},
    {"finance.loan", FieldType::share, false, "part of capex that is lent; default 0"},
    {"finance.equity", FieldType::share, false, "part of capex that the partners pay; default 1"},
    {"finance.lender", FieldType::region, false, "region that lends"},
};

static Weights partners_and_lender(CompileContext& context, const Written& measure) {
  const double loan = measure.has("finance.loan")     ? measure.at("finance.loan").number.mid
                      : measure.has("finance.equity") ? 1.0 - measure.at("finance.equity").number.mid
                                                      : 0.0;
  const double equity = measure.has("finance.equity") ? measure.at("finance.equity").number.mid : 1.0 - loan;
  if (std::fabs(loan + equity - 1.0) > 1e-6)
    add_error(context, measure, "finance.loan", "share-sum", "loan and equity sum to " + number_text(loan + equity), "they sum to 1",
              "correct them");
  if (loan > 0.0 && !measure.has("finance.lender"))
    add_error(context, measure, "finance.loan", "missing-field", "a loan without `finance.lender`", "the region that lends", "add it");
  if (!measure.has("finance.loan") && !measure.has("finance.equity"))
    add_default(context, measure, "finance.equity", "1", "not given: the partners pay");
  Weights payers;
  for (const auto& [name, share] : measure.at("equity").weights)
    for (const auto& [leaf, weight] : income_weights(context, name)) payers.emplace_back(leaf, weight * share.mid * equity);
  if (loan > 0.0 && measure.has("finance.lender"))
    for (const auto& [leaf, weight] : income_weights(context, measure.at("finance.lender").text)) payers.emplace_back(leaf, weight * loan);
  return payers;
}

// The loan is paid back by the partners in equal yearly amounts over the appraisal's life, from the year after the last
// building year on, at its discount rate: a lender gives nothing away.
static void add_loan_service(CompileContext& context, const Written& measure, ShockList& shocks) {
  const double loan = measure.has("finance.loan")     ? measure.at("finance.loan").number.mid
                      : measure.has("finance.equity") ? 1.0 - measure.at("finance.equity").number.mid
                                                      : 0.0;
  if (loan <= 0.0 || !measure.has("finance.lender")) return;
  const double rate = context.programme.appraisal.discount_rate;
  const int life = context.programme.appraisal.life;
  const double a_year = rate > 0.0 ? rate / (1.0 - std::pow(1.0 + rate, -life)) : 1.0 / life;
  const double service = in_accounts(context, measure.at("capex.total").number.mid) * loan * a_year;
  add_default(context, measure, "finance.loan", "paid back over " + std::to_string(life) + " years at " + number_text(100.0 * rate) + " %",
              "the life and the discount rate of [appraisal]");
  const int first = static_cast<int>(measure.at("capex.years").numbers.back()) + 1;
  const Weights lenders = income_weights(context, measure.at("finance.lender").text);
  for (int year = std::max(first, context.programme.first_year); year <= std::min(first + life - 1, context.programme.last_year); ++year)
    for (const auto& [name, share] : measure.at("equity").weights)
      for (const auto& [partner, part] : income_weights(context, name))
        for (const auto& [lender, weight] : lenders)
          if (partner != lender && share.mid * part * weight > 0.0)
            shocks.add(year, Step::stated, false, Transfer{partner, lender, service * share.mid * part * weight});
}

static double ramp_in(CompileContext& context, const Written& measure, int years_after_start) {
  if (!measure.has("output.ramp")) {
    if (years_after_start == 0) add_default(context, measure, "output.ramp", "1", "not given: full capacity from the first year");
    return 1.0;
  }
  const std::vector<double>& ramp = measure.at("output.ramp").numbers;
  return ramp[std::min<std::size_t>(static_cast<std::size_t>(years_after_start), ramp.size() - 1)];
}

/// Who earns the added capital's income: leaf regions and shares that sum to 1. What partners outside the host region
/// leave there, it keeps.
static Weights owners_of(CompileContext& context, const Written& measure, int host) {
  const double repatriated = measure.has("profit.repatriated") ? measure.at("profit.repatriated").number.mid : 1.0;
  std::map<int, double> equity;
  for (const auto& [name, share] : measure.at("equity").weights)
    for (const auto& [leaf, weight] : income_weights(context, name)) equity[leaf] += share.mid * weight;
  Weights owners;
  double leaves = 0.0;
  for (const auto& [leaf, share] : equity)
    if (leaf != host && share * repatriated > 0.0) {
      owners.emplace_back(leaf, share * repatriated);
      leaves += share * repatriated;
    }
  const bool outside = std::any_of(equity.begin(), equity.end(), [host](const auto& e) { return e.first != host && e.second > 0.0; });
  if (outside && !measure.has("profit.repatriated"))
    add_default(context, measure, "profit.repatriated", "1", "not given: all profit of partners outside the host region leaves it");
  if (leaves < 1.0 - 1e-9) owners.emplace_back(host, 1.0 - leaves);  // what is smaller is rounding of written shares
  return owners;
}

static void add_operation(CompileContext& context, const Written& measure, int cell, int factor, ShockList& shocks) {
  const int start = static_cast<int>(measure.at("output.start").number.mid);
  const double capacity = in_accounts(context, measure.at("output.capacity").number.mid), base = context.accounts.output(0, cell);
  const Weights owners = owners_of(context, measure, context.accounts.cells[cell].region);
  for (int year = std::max(start, context.programme.first_year); year <= context.programme.last_year; ++year) {
    const double added = ramp_in(context, measure, year - start) * capacity;
    shocks.add(year, Step::stated, false, FactorSupply{cell, factor, 1.0 + added / base});
    for (const auto& [owner, share] : owners) shocks.add(year, Step::stated, false, Ownership{owner, cell, factor, share});
    shocks.add(year, Step::stated, false, Capacity{cell, base + added});
  }
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  const std::string& region = measure.at("host.region").text;
  const std::vector<int> hosts = leaves(context, region);
  if (hosts.size() != 1) {
    add_error(context, measure, "host.region", "not-a-leaf", region + " is " + std::to_string(hosts.size()) + " regions",
              "a plant stands in one region", "name that region");
    return {};
  }
  const Weights sellers =
      sellers_of(context, measure, "host.sector", region, sector_index(context.accounts, measure.at("host.sector").text));
  const int factor = factor_row(context, measure, PrimaryRole::capital);
  const Weights payers = partners_and_lender(context, measure);
  if (sellers.empty() || factor < 0) return {};
  const int cell = sellers.front().first;
  if (cell >= static_cast<int>(context.accounts.cells.size())) {
    add_error(context, measure, "host.region", "external", region + " has no production in the accounts", "a region with cells",
              "name another region");
    return {};
  }
  ShockList shocks(measure, context);
  add_building(context, measure, "capex", {{hosts.front(), 1.0}}, "", shocks);
  add_payments(context, measure, "capex", payers, {{hosts.front(), 1.0}}, shocks);
  add_loan_service(context, measure, shocks);
  add_operation(context, measure, cell, factor, shocks);
  for (const char* field : {"sales", "displaces"})
    if (measure.has(field))
      add_note(context, measure, field, "not-used-yet", std::string("`") + field + "` is kept beside the numbers",
               "prices decide who buys and who loses", "it is a check on the equilibrium model, not an input");
  return shocks.take();
}

const MeasureKind joint_venture_kind = {"joint_venture", "Partners build a plant in a host region and share what it earns", rows, compile};

}  // namespace kontor
