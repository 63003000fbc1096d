// The building phase: capex by year becomes temporary investment of the host regions.
//
// The total is split over products (assets by the shipped table, or sectors as written). The imported share covers
// the total; it falls on products as present investment imports do, at most each product's part of the total. Within
// a product, suppliers share as they sell to this investment today.
#include <algorithm>
#include <cmath>
#include <optional>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

namespace {
/// One product of the building phase: its share of the money, and who sells it to the hosts' investment.
struct Part {
  int sector = 0;
  double share = 0.0, imported = 0.0;  // of the total
  std::vector<Purchase> home, abroad;  // present purchases
};
}  // namespace

static bool read_parts(CompileContext& context, const Written& measure, const std::string& prefix, const char* assets,
                       std::vector<Part>& parts) {
  const Accounts& accounts = context.accounts;
  const std::string by_sector = prefix + ".sectors", by_asset = prefix + ".assets";
  std::map<int, double> shares;
  if (measure.has(by_sector)) {
    if (measure.has(by_asset)) {
      add_error(context, measure, by_asset.c_str(), "two-splits", "both `" + by_asset + "` and `" + by_sector + '`', "one of the two",
                "remove one");
      return false;
    }
    for (const auto& [name, share] : measure.at(by_sector).weights) shares[sector_index(accounts, name)] += share.mid;
  } else {
    std::vector<std::pair<std::string, Range>> wanted;
    if (measure.has(by_asset)) {
      wanted = measure.at(by_asset).weights;
    } else if (*assets) {
      wanted = {{assets, {1.0, 1.0, 1.0}}};
      add_default(context, measure, by_asset.c_str(), std::string(assets) + " = 1", "not given");
    } else {
      add_error(context, measure, (prefix + ".total").c_str(), "missing-field", "neither `" + by_asset + "` nor `" + by_sector + '`',
                "what the money buys", "add " + by_asset + " = { construction = 0.3, machinery = 0.7 }");
      return false;
    }
    for (const auto& [asset, share] : wanted) {
      const Weights sectors = sectors_of_asset(accounts, asset);
      if (sectors.empty()) {
        add_error(context, measure, by_asset.c_str(), "unmapped-asset", "no sector of these accounts is known to make `" + asset + '`',
                  "the shipped table of assets maps common codes only", "give " + by_sector + " = { SECTOR = share, ... } instead");
        return false;
      }
      for (const auto& [sector, part] : sectors) shares[sector] += part * share.mid;
    }
  }
  for (const auto& [sector, share] : shares)
    if (share > 0.0) parts.push_back({sector, share, 0.0, {}, {}});
  return true;
}

static std::vector<int> investment_buyers(const Accounts& accounts, const std::vector<int>& regions) {
  std::vector<int> buyers;
  for (const int column : columns_of(accounts, regions, role_name(FinalRole::investment)))
    buyers.push_back(buyer_of_final_use(accounts, column));
  return buyers;
}

// Who sells these products to the host's investment; where it buys none, who sells them at home.
static bool read_suppliers(CompileContext& context, const Written& measure, int host, std::vector<Part>& parts) {
  const Accounts& accounts = context.accounts;
  const std::vector<int> buyers = investment_buyers(accounts, {host});
  if (buyers.empty()) {
    add_error(context, measure, "kind", "no-investment", accounts.regions[host].code + " has no investment column",
              "a final use with role investment", "add one to the accounts");
    return false;
  }
  const int nation = nation_of(accounts, host);
  for (Part& part : parts) {
    part.home.clear(), part.abroad.clear();
    for (const Purchase& p : purchases_of(accounts, part.sector, buyers))
      (nation_of(accounts, supplier_region(accounts, p.supplier)) == nation ? part.home : part.abroad).push_back(p);
    if (!part.home.empty()) continue;
    for (int supplier = 0; supplier < supplier_count(accounts); ++supplier)
      if (supplier_sector(accounts, supplier) == part.sector && nation_of(accounts, supplier_region(accounts, supplier)) == nation &&
          sales_of(accounts, supplier) > 0.0)
        part.home.push_back({supplier, buyers.front(), sales_of(accounts, supplier)});
  }
  return true;
}

// Spreads the imported share over products as imports are today, none above its part; what does not fit moves on.
static bool spread_imports(CompileContext& context, const Written& measure, const std::string& field, double imported,
                           std::vector<Part>& parts) {
  double left = imported;
  std::vector<bool> full(parts.size(), false);
  for (Part& part : parts) part.imported = 0.0;
  while (left > 1e-12) {  // of the total; anything smaller is rounding
    double weight = 0.0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (!full[i]) weight += total_of(parts[i].abroad);
    if (weight <= 0.0) {
      add_error(context, measure, field.c_str(), "not-importable",
                number_text(std::round(left * 1e4) / 100) + " % of the money has no foreign supplier today",
                "imported investment goes to present suppliers abroad", "lower `" + field + '`');
      return false;
    }
    double placed = 0.0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (full[i]) continue;
      const double wanted = left * total_of(parts[i].abroad) / weight, room = parts[i].share - parts[i].imported;
      full[i] = wanted >= room;
      parts[i].imported += std::min(wanted, room);
      placed += std::min(wanted, room);
    }
    left -= placed;
  }
  return true;
}

// Without `imported`, each product comes from abroad as much as it does today. Gives back the share of the total.
static double imports_as_today(std::vector<Part>& parts) {
  double imported = 0.0;
  for (Part& part : parts) {
    const double home = total_of(part.home), abroad = total_of(part.abroad);
    part.imported = abroad > 0.0 ? part.share * abroad / (home + abroad) : 0.0;
    imported += part.imported;
  }
  return imported;
}

static bool add_purchases(CompileContext& context, const Written& measure, const std::vector<Part>& parts, double total,
                          std::vector<FinalDemand>& items) {
  const auto first = static_cast<int>(context.accounts.cells.size());
  for (const Part& part : parts)
    for (const bool at_home : {true, false}) {
      const double amount = total * (at_home ? part.share - part.imported : part.imported);
      const std::vector<Purchase>& from = at_home ? part.home : part.abroad;
      if (amount <= total * 1e-12) continue;
      if (from.empty()) {
        add_error(context, measure, "kind", "empty-cell",
                  "nobody sells " + context.accounts.sectors[part.sector].code + " to this investment at home", "a supplier with sales",
                  "raise the imported share, or give sectors that exist");
        return false;
      }
      const double sold = total_of(from);
      for (const Purchase& p : from) items.push_back({p.supplier, p.buyer - first, amount * p.value / sold});
    }
  return true;
}

// What `total` buys for the hosts; empty with an error where nobody sells it.
static std::optional<std::vector<FinalDemand>> purchases_for(CompileContext& context, const Written& measure, const std::string& prefix,
                                                             const Weights& hosts, const char* assets, double total) {
  const std::string field = prefix + ".imported";
  std::vector<Part> parts;
  if (!read_parts(context, measure, prefix, assets, parts)) return std::nullopt;
  std::vector<FinalDemand> whole;
  double imported = 0.0;
  for (const auto& [host, weight] : hosts) {
    if (weight <= 0.0) continue;
    if (!read_suppliers(context, measure, host, parts)) return std::nullopt;
    if (measure.has(field)) {
      if (!spread_imports(context, measure, field, measure.at(field).number.mid, parts)) return std::nullopt;
    } else {
      imported += weight * imports_as_today(parts);
    }
    if (!add_purchases(context, measure, parts, total * weight, whole)) return std::nullopt;
  }
  if (!measure.has(field))
    add_default(context, measure, field.c_str(), number_text(std::round(imported * 1e4) / 1e4),
                "not given: as investment is imported today");
  return whole;
}

bool add_building(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& hosts, const char* assets,
                  ShockList& shocks) {
  const double total = in_accounts(context, measure.at(prefix + ".total").number.mid);
  const auto whole = purchases_for(context, measure, prefix, hosts, assets, total);
  if (!whole) return false;
  for (const auto& [year, share] : building_shares(context, measure, prefix)) {
    std::vector<FinalDemand> items = *whole;
    for (FinalDemand& item : items) item.amount *= share;
    if (share > 0.0) shocks.add_building(year, false, std::move(items));
  }
  add_note(context, measure, (prefix + ".total").c_str(), "payer-not-cut", "the building phase counts as new demand",
           "in the gross effect its payers' other spending is not cut", "the net effect cuts it");
  return true;
}

void add_maintenance(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& payers,
                     const Weights& hosts, const char* assets, int opens, ShockList& shocks) {
  const double amount = in_accounts(context, measure.at(prefix + ".maintenance").number.mid);
  const auto purchases = purchases_for(context, measure, prefix, hosts, assets, amount);
  if (!purchases || amount <= 0.0) return;
  for (int year = std::max(opens, context.programme.first_year); year <= context.programme.last_year; ++year) {
    shocks.add_building(year, true, *purchases);
    for (const auto& [payer, part] : payers)
      for (const auto& [host, weight] : hosts)
        if (payer != host && part * weight > 0.0) shocks.add(year, Step::stated, false, Transfer{payer, host, amount * part * weight});
  }
}

void add_payments(CompileContext& context, const Written& measure, const std::string& prefix, const Weights& payers, const Weights& hosts,
                  ShockList& shocks) {
  const double total = in_accounts(context, measure.at(prefix + ".total").number.mid);
  for (const auto& [year, share] : building_shares(context, measure, prefix))
    for (const auto& [payer, part] : payers)
      for (const auto& [host, weight] : hosts)
        if (payer != host && part * weight * share > 0.0)
          shocks.add(year, Step::stated, true, Transfer{payer, host, total * share * part * weight});
}

}  // namespace kontor
