// Every amount against what is there today: over 10 % of it is a note, over 50 % a warning, over 100 % an error
// unless the measure says `new = true`.
#include <cmath>
#include <map>

#include "kontor/base/text.h"
#include "programme/check_shocks.h"
#include "programme/kinds.h"
#include "programme/parts_of_programme.h"

namespace kontor {

constexpr double worth_a_note = 0.1, worth_a_warning = 0.5, too_much = 1.0;

namespace {
struct Held {
  double amount = 0.0, base = 0.0;
  std::string what;
  int year = 0;
  double ratio() const { return base > 0.0 ? amount / base : 0.0; }
};
/// What one measure asks for in one year: by supplier and buyer.
struct Asked {
  std::map<std::pair<int, int>, double> flows;
  std::map<int, double> outputs;   // by supplier
  bool moves = false;              // a change of origin: the gross view beside it is not an amount of its own
  std::map<int, double> capacity;  // by cell
};
}  // namespace

static void keep_larger(Held& held, double amount, double base, std::string what, int year) {
  const Held next{amount, base, std::move(what), year};
  if (next.ratio() > held.ratio()) held = next;
}

static std::map<std::pair<std::string, int>, Asked> asked_by_measure(const Accounts& accounts, const std::vector<Shock>& shocks) {
  std::map<std::pair<std::string, int>, Asked> asked;
  for (const Shock& shock : shocks) {
    Asked& mine = asked[{shock.measure, shock.year}];
    const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change);
    if (const auto* target = std::get_if<Target>(&shock.change)) moves = &target->moves;
    if (!moves) continue;
    mine.moves = true;
    for (const Sourcing& move : *moves) {
      mine.flows[{move.to, move.buyer}] += move.amount;
      mine.outputs[move.to] += move.amount;
    }
  }
  for (const Shock& shock : shocks) {
    Asked& mine = asked[{shock.measure, shock.year}];
    if (const auto* capacity = std::get_if<Capacity>(&shock.change))
      mine.capacity[capacity->cell] += capacity->limit - accounts.output(0, capacity->cell);
    const auto* demand = std::get_if<std::vector<FinalDemand>>(&shock.change);
    if (!demand || mine.moves || shock.step == Step::additionality || shock.step == Step::displacement) continue;
    for (const FinalDemand& item : *demand) {
      mine.flows[{item.supplier, buyer_of_final_use(accounts, item.final_use)}] += item.amount;
      mine.outputs[item.supplier] += item.amount;
    }
  }
  return asked;
}

// What the buyer's region buys of the product from other nations, all its buyers together.
static double imports_of(const Accounts& accounts, int sector, int region) {
  double total = 0.0;
  const int nation = nation_of(accounts, region);
  for (int supplier = 0; supplier < supplier_count(accounts); ++supplier) {
    if (supplier_sector(accounts, supplier) != sector || nation_of(accounts, supplier_region(accounts, supplier)) == nation) continue;
    for (int buyer = 0; buyer < buyer_count(accounts); ++buyer)
      if (buyer_region(accounts, buyer) == region) total += purchase(accounts, supplier, buyer);
  }
  return total;
}

static void hold(const Programme& programme, const Accounts& accounts, const Asked& asked, int year, Held& flow, Held& output,
                 Held& imports) {
  (void)programme;
  // Flows are held by seller and buying region: a column of a few thousand in a large flow is no surprise.
  std::map<std::pair<int, int>, std::pair<double, double>> by_region;
  std::map<std::pair<int, int>, double> bought;
  for (const auto& [pair, amount] : asked.flows) {
    const int region = buyer_region(accounts, pair.second);
    auto& [sum, base] = by_region[{pair.first, region}];
    sum += amount;
    base += purchase(accounts, pair.first, pair.second);
    if (nation_of(accounts, supplier_region(accounts, pair.first)) != nation_of(accounts, region))
      bought[{supplier_sector(accounts, pair.first), region}] += amount;
  }
  for (const auto& [pair, values] : by_region)
    keep_larger(flow, values.first, values.second,
                "the flow " + supplier_label(accounts, pair.first) + " to " + accounts.regions[pair.second].code, year);
  for (const auto& [supplier, amount] : asked.outputs)
    keep_larger(output, amount, sales_of(accounts, supplier), "the output of " + supplier_label(accounts, supplier), year);
  for (const auto& [cell, amount] : asked.capacity)
    keep_larger(output, amount, accounts.output(0, cell), "the output of " + cell_label(accounts, cell), year);
  for (const auto& [pair, amount] : bought)
    if (amount > 0.0)
      keep_larger(imports, amount, imports_of(accounts, pair.first, pair.second),
                  "the imports of " + accounts.sectors[pair.first].code + " by " + accounts.regions[pair.second].code, year);
}

static void report(const Programme& programme, const Accounts& accounts, const Written& measure, const Held& held, Findings& findings) {
  if (held.ratio() <= worth_a_note) return;
  const bool is_new = measure.has("new") && measure.at("new").flag;
  const Severity severity = held.ratio() > too_much && !is_new ? Severity::error
                            : held.ratio() > worth_a_warning   ? Severity::warning
                                                               : Severity::note;
  Findings unused;
  std::vector<DefaultUsed> none;
  const CompileContext context{programme, accounts, none, unused};
  const char* field = measure.has("money.total")   ? "money.total"
                      : measure.has("capex.total") ? "capex.total"
                      : measure.has("cost.total")  ? "cost.total"
                                                   : "kind";
  findings.push_back(problem_in(
      measure, field, severity, "size",
      money_text(context, held.amount) + " in " + std::to_string(held.year) + " is " + number_text(std::round(held.ratio() * 1000) / 10) +
          " % of " + held.what + ", " + money_text(context, held.base),
      severity == Severity::error ? "at most 100 % of what is there today" : "a large change for this table",
      severity == Severity::error ? "check the amount and its unit; if it is meant, write new = true" : "check the amount and its unit"));
}

void check_sizes(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings) {
  const auto asked = asked_by_measure(accounts, shocks);
  for (const Written& measure : programme.measures) {
    Held flow, output, imports;
    for (int year = programme.first_year; year <= programme.last_year; ++year)
      if (const auto found = asked.find({measure.id, year}); found != asked.end())
        hold(programme, accounts, found->second, year, flow, output, imports);
    for (const Held* held : {&flow, &output, &imports}) report(programme, accounts, measure, *held, findings);
  }
}

}  // namespace kontor
