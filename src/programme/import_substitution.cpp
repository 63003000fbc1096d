// Import substitution: from a year on, a share of what the users use of a product comes from the regions that begin to
// make it, instead of from the origins named in `from`.
//
//   use U, present share s0, target S, share in year t  s(t) = s0 + (S - s0) p(t)
//   linear: p(t) = (t - start + 1) / (by - start + 1), at most 1;  step: p(t) = 1 from `by` on, 0 before
//   moved in year t:  (s(t) - s0) U, from the `from` origins pro rata to what each user buys of each, to the producers
//
// One Target a year carries share and moves. The gross view beside it (new demand for the producers) is carried by
// a household column and taken back whole, so the steps sum to the Target. Method: docs/methods/import_substitution.md
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr Field rows[] = {
    {"product.sector", FieldType::sector, true, "sector whose product is meant"},
    {"product.value", FieldType::amount, false, "what the users use of the narrow product a year, single units; default: the whole sector"},
    {"product.imported", FieldType::share, false, "share of that use that comes from elsewhere today; goes with product.value"},
    {"users", FieldType::regions, true, "regions whose sectors and final users change their supplier"},
    {"from", FieldType::regions, true, "regions that lose the sales"},
    {"target.share", FieldType::share, true, "share of the use that shall come from `produced_in`"},
    {"target.by", FieldType::year, true, "year in which it is reached"},
    {"target.start", FieldType::year, false, "first year in which anything moves; default: the first of the horizon"},
    {"target.path", FieldType::choice, false, "how it gets there", "linear|step"},
    {"produced_in", FieldType::region_shares, true, "regions that make it, with their parts"},
    {"unit_cost_ratio", FieldType::number, false, "cost of the new origin over cost of the old one, 0.1 to 10; default 1"},
    {"instrument", FieldType::choice, false, "what makes users change", "tariff|subsidy|procurement"},
};

namespace {
struct Substitution {
  const Written& measure;
  CompileContext& context;
  int sector = 0;
  Weights producers;                // suppliers
  std::vector<Purchase> replaced;   // what the users buy from the `from` origins today
  std::vector<int> users, origins;  // leaf regions; suppliers of the product in `from`
  double use = 0.0, present = 0.0, target = 0.0, cost = 1.0;
  Instrument instrument = Instrument::subsidy;
  int carrier = -1;
};
}  // namespace

static std::vector<int> buyers_in(const Accounts& accounts, const std::vector<int>& regions) {
  std::vector<int> buyers;
  for (int buyer = 0; buyer < buyer_count(accounts); ++buyer)
    if (holds(regions, buyer_region(accounts, buyer))) buyers.push_back(buyer);
  return buyers;
}

static std::vector<int> all_leaves(const CompileContext& context, const std::vector<std::string>& names) {
  std::vector<int> all;
  for (const std::string& name : names)
    for (const int leaf : leaves(context, name))
      if (!holds(all, leaf)) all.push_back(leaf);
  return all;
}

static bool read_producers(Substitution& s) {
  for (const auto& [name, share] : s.measure.at("produced_in").weights) {
    const Weights sellers = sellers_of(s.context, s.measure, "produced_in", name, s.sector);
    if (sellers.empty()) return false;
    for (const auto& [supplier, weight] : sellers)
      if (weight * share.mid > 0.0) s.producers.emplace_back(supplier, weight * share.mid);
  }
  return true;
}

// A producer that sells these users nothing has no flow that could grow.
static bool check_flows(const Substitution& s, const std::vector<Purchase>& bought) {
  if (s.measure.has("technology_like.region") && s.measure.has("technology_like.sector")) return true;
  for (const auto& [supplier, weight] : s.producers) {
    const int producer = supplier;
    if (std::any_of(bought.begin(), bought.end(), [&](const Purchase& p) { return p.supplier == producer; })) continue;
    add_error(s.context, s.measure, "produced_in", "zero-flow",
              supplier_label(s.context.accounts, supplier) + " sells these users nothing in the accounts",
              "a flow to start from: a ratio of zero stays zero",
              "add technology_like = { region, sector } with a seller whose trade it resembles");
    return false;
  }
  return true;
}

// Use and present share: as written for a narrow product, else measured on the whole cell.
static bool read_use(Substitution& s, const std::vector<Purchase>& bought) {
  const auto is_producer = [&](int supplier) {
    return std::any_of(s.producers.begin(), s.producers.end(), [&](const auto& p) { return p.first == supplier; });
  };
  if (s.measure.has("product.value") != s.measure.has("product.imported")) {
    add_error(s.context, s.measure, "product.sector", "missing-field", "only one of `product.value` and `product.imported`",
              "both or neither", "add the other one");
    return false;
  }
  const double total = total_of(bought);
  if (s.measure.has("product.value")) {
    s.use = in_accounts(s.context, s.measure.at("product.value").number.mid);
    s.present = 1.0 - s.measure.at("product.imported").number.mid;
    if (s.use <= total * (1.0 + 1e-9)) return true;
    add_error(s.context, s.measure, "product.value", "unreachable",
              "unreachable: a use of " + money_text(s.context.accounts, s.use) + " inside a sector of which the users buy " +
                  money_text(s.context.accounts, total),
              "the narrow product is a part of its sector", "check the value and its unit");
    return false;
  }
  double own = 0.0;
  for (const Purchase& p : bought)
    if (is_producer(p.supplier)) own += p.value;
  s.use = total;
  s.present = total > 0.0 ? own / total : 0.0;
  add_note(s.context, s.measure, "product.sector", "whole-cell",
           "no `product.value`: it acts on the whole sector, " + money_text(s.context.accounts, s.use) + " a year",
           "of which " + number_text(std::round(s.present * 1e4) / 100) + " % come from the producers today",
           "give the narrow product if it is one");
  return true;
}

static double path_part(const Substitution& s, int year) {
  const int by = static_cast<int>(s.measure.at("target.by").number.mid);
  const int start =
      s.measure.has("target.start") ? static_cast<int>(s.measure.at("target.start").number.mid) : s.context.programme.first_year;
  if (s.measure.has("target.path") && s.measure.at("target.path").text == "step") return year >= by ? 1.0 : 0.0;
  return std::clamp(static_cast<double>(year - start + 1) / std::max(by - start + 1, 1), 0.0, 1.0);
}

static bool is_reachable(Substitution& s) {
  const double moved = (s.target - s.present) * s.use, sold = total_of(s.replaced);
  if (moved <= 1e-9 * s.use) {  // below that it is the rounding of written shares
    add_error(s.context, s.measure, "target.share", "already-reached",
              "a target of " + number_text(s.target) + " where the share is " + number_text(std::round(s.present * 1e6) / 1e6) + " today",
              "a target above the present share", "raise it, or leave the measure out");
    return false;
  }
  if (moved <= sold * (1.0 + 1e-9)) return true;
  add_error(s.context, s.measure, "target.share", "unreachable",
            "unreachable: " + money_text(s.context.accounts, moved) + " a year would move, and the origins in `from` sell these users " +
                money_text(s.context.accounts, sold),
            "nobody can lose more than they sell", "lower the target, or name more origins");
  return false;
}

static void add_year(const Substitution& s, int year, double part, ShockList& shocks) {
  const double share = s.present + (s.target - s.present) * part, moved = (share - s.present) * s.use, sold = total_of(s.replaced);
  Target target{s.sector, share, s.use, s.cost, s.instrument, {}, s.users, s.origins, {}};
  for (const auto& [supplier, weight] : s.producers) target.producers.push_back(supplier);
  std::vector<FinalDemand> gross, back;
  for (const auto& [supplier, weight] : s.producers) {
    for (const Purchase& p : s.replaced) target.moves.push_back({p.buyer, p.supplier, supplier, moved * weight * p.value / sold});
    gross.push_back({supplier, s.carrier, moved * weight});
    back.push_back({supplier, s.carrier, -moved * weight});
  }
  shocks.add(year, Step::stated, false, std::move(gross));
  shocks.add(year, Step::displacement, false, std::move(back));
  shocks.add(year, Step::displacement, false, std::move(target));
}

static bool read_settings(Substitution& s) {
  if (s.measure.has("unit_cost_ratio")) {
    const Range& ratio = s.measure.at("unit_cost_ratio").number;
    if (ratio.low < 0.1 || ratio.high > 10.0) {
      add_error(s.context, s.measure, "unit_cost_ratio", "out-of-range", '`' + number_text(ratio.mid) + "` as cost over cost", "0.1 to 10",
                "1.2 means 20 per cent dearer");
      return false;
    }
    s.cost = ratio.mid;
  } else {
    add_default(s.context, s.measure, "unit_cost_ratio", "1", "not given: as cheap as the present origin");
  }
  const std::string word = s.measure.has("instrument") ? s.measure.at("instrument").text : "subsidy";
  s.instrument = word == "tariff" ? Instrument::tariff : word == "procurement" ? Instrument::procurement : Instrument::subsidy;
  if (!s.measure.has("instrument")) add_default(s.context, s.measure, "instrument", word, "not given");
  if (!s.measure.has("target.path")) add_default(s.context, s.measure, "target.path", "linear", "not given");
  if (!s.measure.has("target.start"))
    add_default(s.context, s.measure, "target.start", std::to_string(s.context.programme.first_year),
                "not given: the first year of the horizon");
  return true;
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  Substitution s{measure,
                 context,
                 sector_index(context.accounts, measure.at("product.sector").text),
                 {},
                 {},
                 {},
                 {},
                 0.0,
                 0.0,
                 measure.at("target.share").number.mid,
                 1.0,
                 Instrument::subsidy,
                 -1};
  if (!read_settings(s) || !read_producers(s)) return {};
  const std::vector<int> users = all_leaves(context, measure.at("users").list), from = all_leaves(context, measure.at("from").list);
  for (const auto& [supplier, weight] : s.producers)
    if (holds(from, supplier_region(context.accounts, supplier))) {
      add_error(context, measure, "from", "both-sides",
                context.accounts.regions[supplier_region(context.accounts, supplier)].code + " stands in `from` and in `produced_in`",
                "a region gains the sales or loses them", "remove it from one");
      return {};
    }
  const std::vector<Purchase> bought = purchases_of(context.accounts, s.sector, buyers_in(context.accounts, users));
  for (const Purchase& p : bought)
    if (holds(from, supplier_region(context.accounts, p.supplier))) s.replaced.push_back(p);
  s.users = users;
  for (const int leaf : from)
    if (const int supplier = supplier_index(context.accounts, leaf, s.sector); supplier >= 0) s.origins.push_back(supplier);
  s.carrier = carrier_column(context.accounts, users);
  if (s.carrier < 0 || !check_flows(s, bought) || !read_use(s, bought) || !is_reachable(s)) return {};
  if (measure.has("delivered_by"))
    add_note(context, measure, "delivered_by", "counted-once", "delivered by " + joined(measure.at("delivered_by").list, ", "),
             "the output is counted here, once", "in equilibrium both act on one market, so nothing is subtracted");
  ShockList shocks(measure, context);
  for (int year = context.programme.first_year; year <= context.programme.last_year; ++year)
    if (const double part = path_part(s, year); part > 0.0) add_year(s, year, part, shocks);
  return shocks.take();
}

const MeasureKind import_substitution_kind = {"import_substitution",
                                              "A share of what regions use of a product comes from new origins by a year", rows, compile};

}  // namespace kontor
