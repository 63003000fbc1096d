// A contract: a region sells goods or services to another.
//
// Final use (buyer.use), per year, with value W, basic-price part V at the seller and margins m_s W:
//   stated         + W    at the seller, all of it taken as output there
//   price_basis    - W + V at the seller, + m_s W at the margin sectors; tax leaves
//   additionality  - (1 - a) of all of that: it is in the table already, or would happen anyway
//   displacement   - a (1 - nothing) of all of that, taken from who sells to the buyer today
// With nothing = 0 the steps sum to a change of origin: the buyer buys no more than before.
//
// Intermediate use (buyer.sector) is never new demand: the steps sum to a V moved between origins, and the
// gross steps, which a multiplier user would count, are carried by a household column and taken back whole.
// Another payer gives the buyer's regions what the steps add up to: new demand that it pays, nothing that is displaced.
// Method: docs/methods/contract.md
#include <algorithm>
#include <cmath>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr Field rows[] = {
    {"seller.region", FieldType::region, true, "region that sells; a nation sells from its regions as they sell today"},
    {"seller.sector", FieldType::sector, true, "sector that sells"},
    {"buyer.region", FieldType::region, true, "region that buys"},
    {"buyer.use", FieldType::category, false, "final use that buys: code or role of a category"},
    {"buyer.sector", FieldType::sector, false, "or the sector that buys: a change of supplier, not new demand"},
    {"money.total", FieldType::amount, true, "value of the contract, single units of the programme's currency"},
    {"money.basis", FieldType::choice, false, "prices that the value is in", "basic|producer|purchaser|fob|cif"},
    {"money.profile", FieldType::profile, false, "share of each calendar year of the period; default: by months"},
    {"money.margins", FieldType::sector_parts, false, "share of the value that trade and transport sectors keep"},
    {"money.tax", FieldType::share, false, "share of the value that is tax on the product"},
    {"period", FieldType::period, true, "first and last month of delivery, [\"2026-07\", \"2028-12\"]"},
    {"additional", FieldType::share, false, "part that is not in the table and would not have happened anyway; default 1, unproven"},
    {"replaces", FieldType::named_shares, true, "where the additional part comes from", "third_country|domestic|nothing"},
    {"payer", FieldType::region_shares, false, "who pays for what is new, at basic prices; default: the buyer"},
};

namespace {
struct Contract {
  const Written& measure;
  CompileContext& context;
  int sector = 0;           // product sold
  Weights sellers;          // suppliers
  std::vector<int> buyers;  // as in accounts.h: cells or columns
  bool intermediate = false;
  Weights columns;            // final-use columns that carry the gross demand, weights
  Weights margins;            // suppliers of margins, share of the stated value
  double seller_share = 1.0;  // of the stated value, at basic prices
  double additional = 1.0;
  double third = 0.0, domestic = 0.0, nothing = 0.0;
};
}  // namespace

static bool read_buyers(Contract& c) {
  const Accounts& accounts = c.context.accounts;
  const std::string& region = c.measure.at("buyer.region").text;
  const std::vector<int> members = leaves(c.context, region);
  c.intermediate = c.measure.has("buyer.sector");
  if (c.intermediate == c.measure.has("buyer.use")) {
    add_error(c.context, c.measure, "buyer.region", "buyer",
              c.intermediate ? "both `buyer.use` and `buyer.sector`" : "neither `buyer.use` nor `buyer.sector`",
              "one of the two: a final use, or a sector that changes its supplier", "write one");
    return false;
  }
  if (c.intermediate) {
    const int sector = sector_index(accounts, c.measure.at("buyer.sector").text);
    for (const int leaf : members)
      if (const int cell = cell_index(accounts, leaf, sector); cell >= 0) c.buyers.push_back(cell);
    if (const int column = carrier_column(accounts, members); column >= 0) c.columns = {{column, 1.0}};
  } else {
    for (const int column : columns_of(accounts, members, c.measure.at("buyer.use").text))
      c.buyers.push_back(buyer_of_final_use(accounts, column));
  }
  if (!c.buyers.empty() && !(c.intermediate && c.columns.empty())) return true;
  const char* field = c.intermediate ? "buyer.sector" : "buyer.use";
  add_error(c.context, c.measure, field, "no-buyer", region + " has no " + c.measure.at(field).text + " in the accounts",
            "a buyer that exists", "name another region, sector or use");
  return false;
}

// Gross demand goes to the columns as they buy the product today; with none of it, as they spend.
static void read_columns(Contract& c, const std::vector<Purchase>& present) {
  if (c.intermediate) return;
  const Accounts& accounts = c.context.accounts;
  const auto first = static_cast<int>(accounts.cells.size());
  const double bought = total_of(present);
  double spent = 0.0;
  for (const int buyer : c.buyers) spent += spending_of(accounts, buyer - first);
  for (const int buyer : c.buyers) {
    double own = 0.0;
    for (const Purchase& p : present)
      if (p.buyer == buyer) own += p.value;
    const double weight = bought > 0.0  ? own / bought
                          : spent > 0.0 ? spending_of(accounts, buyer - first) / spent
                                        : 1.0 / static_cast<double>(c.buyers.size());
    if (weight > 0.0) c.columns.emplace_back(buyer - first, weight);
  }
}

// The part of the stated value that reaches the seller, and who gets the margins.
static bool read_basis(Contract& c) {
  const std::string basis = c.measure.has("money.basis") ? c.measure.at("money.basis").text : "basic";
  if (!c.measure.has("money.basis")) add_default(c.context, c.measure, "money.basis", basis, "not given");
  if (basis == "basic") {
    if (c.measure.has("money.margins") || c.measure.has("money.tax"))
      add_error(c.context, c.measure, "money.total", "basis", "margins or tax with money at basic prices", "basic prices hold neither",
                "write money.basis = \"purchaser\", or leave them out");
    return !c.measure.has("money.margins") && !c.measure.has("money.tax");
  }
  if (!c.measure.has("money.margins") || !c.measure.has("money.tax")) {
    add_error(c.context, c.measure, "money.basis", "basis", "money at " + basis + " prices without margins and tax",
              "the accounts are at basic prices", "add money.margins = { SECTOR = share } and money.tax = share (0 where there is none)");
    return false;
  }
  c.seller_share = 1.0 - c.measure.at("money.tax").number.mid;
  const Accounts& accounts = c.context.accounts;
  for (const auto& [name, share] : c.measure.at("money.margins").weights) {
    const int sector = sector_index(accounts, name);
    int supplier = -1;
    for (const char* side : {"buyer.region", "seller.region"})
      for (const int leaf : leaves(c.context, c.measure.at(side).text))
        if (const int cell = cell_index(accounts, leaf, sector); supplier < 0 && cell >= 0 && accounts.output(0, cell) > 0.0)
          supplier = cell;
    if (supplier < 0) {
      add_error(c.context, c.measure, "money.margins", "empty-cell", "neither the buyer's nor the seller's region has sector " + name,
                "a sector that earns the margin", "name another sector");
      return false;
    }
    add_default(c.context, c.measure, "money.margins", cell_label(accounts, supplier),
                "the margin is earned in the buyer's region if it has the sector, else the seller's");
    c.margins.emplace_back(supplier, share.mid);
    c.seller_share -= share.mid;
  }
  if (c.seller_share > 0.0) return true;
  add_error(c.context, c.measure, "money.margins", "share-sum", "margins and tax take the whole value", "they sum to less than 1",
            "correct them");
  return false;
}

static bool read_replaces(Contract& c) {
  for (const auto& [name, share] : c.measure.at("replaces").weights)
    (name == "nothing" ? c.nothing : name == "domestic" ? c.domestic : c.third) = share.mid;
  if (c.measure.has("additional"))
    c.additional = c.measure.at("additional").number.mid;
  else
    add_default(c.context, c.measure, "additional", "1 (0 to 1 in the uncertainty)", "additionality unproven");
  if (!c.intermediate || c.nothing == 0.0) return true;
  add_error(c.context, c.measure, "replaces", "nothing-intermediate",
            "`nothing` = " + number_text(c.nothing) + " for a buyer that is a sector",
            "a sector that buys from a new supplier buys less from another: `nothing` requires final use",
            "give that share to third_country or domestic");
  return false;
}

// Today's purchases that the contract may take the place of.
static std::vector<Purchase> replaced(const Contract& c, const std::vector<Purchase>& present, bool third_country) {
  const Accounts& accounts = c.context.accounts;
  std::vector<int> seller_nations, sellers;
  for (const auto& [supplier, weight] : c.sellers) {
    sellers.push_back(supplier);
    seller_nations.push_back(nation_of(accounts, supplier_region(accounts, supplier)));
  }
  std::vector<Purchase> result;
  for (const Purchase& p : present) {
    const int nation = nation_of(accounts, supplier_region(accounts, p.supplier));
    const bool at_home = nation == nation_of(accounts, buyer_region(accounts, p.buyer));
    const bool wanted = third_country ? !at_home && !holds(seller_nations, nation) : at_home && !holds(sellers, p.supplier);
    if (wanted) result.push_back(p);
  }
  return result;
}

// The largest part of the contract's value that falls into one year.
static double peak_share(const std::vector<std::pair<int, double>>& years) {
  double peak = 0.0;
  for (const auto& [year, share] : years) peak = std::max(peak, share);
  return peak;
}

static bool enough(const Contract& c, const std::vector<Purchase>& from, double wanted, const char* name) {
  const double sold = total_of(from);
  // The margin of 1e-9 is for the rounding of sums, not for the user.
  if (wanted <= sold * (1.0 + 1e-9)) return true;
  add_error(c.context, c.measure, "replaces", "more-than-sold",
            std::string("`") + name + "` would lose " + money_text(c.context.accounts, wanted) + " in a year and sells this buyer " +
                money_text(c.context.accounts, sold),
            "nobody can lose more than they sell", "lower that share, or spread the contract over more years");
  return false;
}

static void add_final_steps(const Contract& c, int year, double value, bool temporary, const std::vector<Purchase>& third,
                            const std::vector<Purchase>& domestic, ShockList& shocks) {
  const double basic = value * c.seller_share;
  std::vector<FinalDemand> stated, basis, anyway, displaced;
  for (const auto& [column, part] : c.columns) {
    for (const auto& [seller, weight] : c.sellers) {
      stated.push_back({seller, column, value * part * weight});
      if (c.seller_share != 1.0) basis.push_back({seller, column, (basic - value) * part * weight});
      anyway.push_back({seller, column, -(1.0 - c.additional) * basic * part * weight});
    }
    for (const auto& [supplier, share] : c.margins) {
      basis.push_back({supplier, column, value * share * part});
      anyway.push_back({supplier, column, -(1.0 - c.additional) * value * share * part});
      // What is displaced earned the same margins on its way to the same buyer.
      displaced.push_back({supplier, column, -c.additional * (1.0 - c.nothing) * value * share * part});
    }
  }
  const auto take = [&](const std::vector<Purchase>& from, double share) {
    const double sold = total_of(from);
    const auto first = static_cast<int>(c.context.accounts.cells.size());
    for (const Purchase& p : from)
      if (share > 0.0) displaced.push_back({p.supplier, p.buyer - first, -c.additional * share * basic * p.value / sold});
  };
  take(third, c.third);
  take(domestic, c.domestic);
  shocks.add(year, Step::stated, temporary, stated);
  if (!basis.empty()) shocks.add(year, Step::price_basis, temporary, basis);
  if (c.additional < 1.0) shocks.add(year, Step::additionality, temporary, anyway);
  if (!displaced.empty() && c.additional > 0.0) shocks.add(year, Step::displacement, temporary, displaced);
}

static void add_intermediate_steps(const Contract& c, int year, double value, bool temporary, const std::vector<Purchase>& third,
                                   const std::vector<Purchase>& domestic, ShockList& shocks) {
  const double basic = value * c.seller_share;
  const int column = c.columns.front().first;
  std::vector<FinalDemand> stated, basis, anyway, back;
  const auto carry = [&](int supplier, double gross, double net) {
    if (gross != 0.0) stated.push_back({supplier, column, gross});
    if (net != gross) basis.push_back({supplier, column, net - gross});
    anyway.push_back({supplier, column, -(1.0 - c.additional) * net});
    back.push_back({supplier, column, -c.additional * net});
  };
  for (const auto& [seller, weight] : c.sellers) carry(seller, value * weight, basic * weight);
  for (const auto& [supplier, share] : c.margins) carry(supplier, 0.0, value * share);
  std::vector<Sourcing> moves;
  const auto take = [&](const std::vector<Purchase>& from, double share) {
    const double sold = total_of(from);
    for (const Purchase& p : from)
      for (const auto& [seller, weight] : c.sellers)
        if (share > 0.0) moves.push_back({p.buyer, p.supplier, seller, c.additional * share * basic * weight * p.value / sold});
  };
  take(third, c.third);
  take(domestic, c.domestic);
  shocks.add(year, Step::stated, temporary, stated);
  if (!basis.empty()) shocks.add(year, Step::price_basis, temporary, basis);
  if (c.additional < 1.0) shocks.add(year, Step::additionality, temporary, anyway);
  if (c.additional == 0.0) return;
  shocks.add(year, Step::displacement, temporary, back);
  shocks.add(year, Step::displacement, temporary, moves);
}

// What the contract adds to the buyers' spending at basic prices, from the payers to them. A change of origin adds none.
static void add_payer(const Contract& c, int year, double value, bool temporary, const Weights& payers, ShockList& shocks) {
  double margins = 0.0;
  for (const auto& [supplier, share] : c.margins) margins += share;
  const double added = c.intermediate ? 0.0 : c.additional * c.nothing * value * (c.seller_share + margins);
  for (const auto& [column, part] : c.columns)
    for (const auto& [payer, share] : payers)
      if (const int region = c.context.accounts.final_uses[column].region; payer != region && added * part * share > 0.0)
        shocks.add(year, Step::displacement, temporary, Transfer{payer, region, added * part * share});
}

static Weights payers_written(const Contract& c) {
  Weights payers;
  if (!c.measure.has("payer")) return payers;
  if (c.intermediate || c.nothing * c.additional == 0.0)
    add_note(c.context, c.measure, "payer", "nothing-to-pay", "the contract adds nothing to what the buyer spends",
             "a payer pays for what is new: the shares `additional` and `replaces.nothing` of it",
             "leave `payer` out, or see whether they are meant");
  for (const auto& [name, share] : c.measure.at("payer").weights)
    for (const auto& [leaf, weight] : income_weights(c.context, name)) payers.emplace_back(leaf, weight * share.mid);
  return payers;
}

// A flow that is zero today has no price and no share to scale.
static bool check_flow(const Contract& c, const std::vector<Purchase>& present) {
  for (const Purchase& p : present)
    for (const auto& [seller, weight] : c.sellers)
      if (p.supplier == seller) return true;
  if (c.measure.has("technology_like.region") && c.measure.has("technology_like.sector")) return true;
  add_error(c.context, c.measure, "seller.region", "zero-flow", "the seller sells the buyer none of this product in the accounts",
            "a flow to start from: a ratio of zero stays zero",
            "add technology_like = { region, sector } with a seller whose trade it resembles");
  return false;
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  Contract c{measure, context, sector_index(context.accounts, measure.at("seller.sector").text), {}, {}, false, {}, {}, 1.0, 1.0, 0.0,
             0.0,     0.0};
  c.sellers = sellers_of(context, measure, "seller.region", measure.at("seller.region").text, c.sector);
  if (c.sellers.empty() || !read_buyers(c) || !read_basis(c) || !read_replaces(c)) return {};
  const std::vector<Purchase> present = purchases_of(context.accounts, c.sector, c.buyers);
  read_columns(c, present);
  const std::vector<Purchase> third = replaced(c, present, true), domestic = replaced(c, present, false);
  const auto years = yearly_shares(context, measure);
  const double value = in_accounts(context, measure.at("money.total").number.mid);
  const double peak = c.additional * value * c.seller_share * peak_share(years);
  if (!check_flow(c, present) || !enough(c, third, c.third * peak, "third_country") || !enough(c, domestic, c.domestic * peak, "domestic"))
    return {};
  // A delivery that ends before the horizon does leaves nothing behind.
  const bool temporary = years.back().first < context.programme.last_year;
  ShockList shocks(measure, context);
  const Weights payers = payers_written(c);
  for (const auto& [year, share] : years) {
    (c.intermediate ? add_intermediate_steps : add_final_steps)(c, year, value * share, temporary, third, domestic, shocks);
    add_payer(c, year, value * share, temporary, payers, shocks);
  }
  return shocks.take();
}

const MeasureKind contract_kind = {"contract", "A region sells goods or services to another region's final use or sector", rows, compile};

}  // namespace kontor
