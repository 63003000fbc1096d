// Two measures that claim the same thing are an error unless one of them says so (`overlaps`, `delivered_by`):
//
//   output   the same cell in the same years by measures of different kinds: a plant, a substitution target, a contract;
//            or two modernisations that treat more than the whole of a sector
//   demand   two contracts of one seller for one buyer; two targets for one product and user
//   border   two corridors or two integration steps on one pair and sector. A corridor and an integration step on one
//            pair get a note: only a person can tell whether the same border hours stand in both.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "kontor/base/text.h"
#include "kontor/programme/overlaps.h"
#include "programme/check_shocks.h"
#include "programme/kinds.h"
#include "programme/parts_of_programme.h"

namespace kontor {

namespace {
/// What is claimed: a kind of thing and up to three numbers that say which one, for example cell and buyer.
using Claim = std::tuple<const char*, int, int, int>;
struct Claims {
  std::map<Claim, std::set<int>> years;
  std::map<int, double> treated;  // modernisation: share by cell
};
}  // namespace

static bool names(const Written& measure, const char* field, const std::string& id) {
  return measure.has(field) && std::find(measure.at(field).list.begin(), measure.at(field).list.end(), id) != measure.at(field).list.end();
}

static bool are_linked(const Written& a, const Written& b) {
  return names(a, "overlaps", b.id) || names(b, "overlaps", a.id) || names(a, "delivered_by", b.id) || names(b, "delivered_by", a.id);
}

// A target claims the product for its users whoever makes it; a contract only its own seller's part.
static void claim_moves(const Accounts& accounts, const std::vector<Sourcing>& moves, bool is_target, int year, Claims& claims) {
  for (const Sourcing& move : moves) {
    if (move.amount <= 0.0) continue;
    claims.years[{"output", move.to, 0, 0}].insert(year);
    claims.years[{"demand", supplier_sector(accounts, move.to), move.buyer, is_target ? -1 : move.to}].insert(year);
  }
}

static void claim(const Accounts& accounts, const Written& measure, const Shock& shock, Claims& claims) {
  const int year = shock.year;
  if (const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change)) claim_moves(accounts, *moves, false, year, claims);
  if (const auto* target = std::get_if<Target>(&shock.change)) claim_moves(accounts, target->moves, true, year, claims);
  if (const auto* limit = std::get_if<Capacity>(&shock.change)) claims.years[{"output", limit->cell, 0, 0}].insert(year);
  if (const auto* cost = std::get_if<TradeCost>(&shock.change))
    claims.years[{"border", cost->origin, cost->destination, cost->sector}].insert(year);
  if (const auto* rent = std::get_if<Rent>(&shock.change))
    claims.years[{"border", rent->origin, rent->destination, rent->sector}].insert(year);
  if (const auto* rate = std::get_if<TariffRate>(&shock.change))
    claims.years[{"tariff", rate->origin, rate->destination, rate->sector}].insert(year);
  if (const auto* gain = std::get_if<Productivity>(&shock.change))
    claims.treated[gain->cell] = measure.has("where.share") ? measure.at("where.share").number.mid : 1.0;
  const auto* demand = std::get_if<std::vector<FinalDemand>>(&shock.change);
  // Only what a final user buys under a contract is a claim; the gross view of a change of supplier is not.
  if (!demand || shock.step != Step::stated || measure.kind != "contract" || !measure.has("buyer.use")) return;
  for (const FinalDemand& item : *demand) {
    claims.years[{"output", item.supplier, 0, 0}].insert(year);
    claims.years[{"demand", supplier_sector(accounts, item.supplier), buyer_of_final_use(accounts, item.final_use), item.supplier}].insert(
        year);
  }
}

static bool share_a_year(const std::set<int>& a, const std::set<int>& b) {
  return std::any_of(a.begin(), a.end(), [&](int year) { return b.count(year) > 0; });
}

static std::string border_label(const Accounts& accounts, int origin, int destination, int sector) {
  return "the border from " + accounts.regions[origin].code + " to " + accounts.regions[destination].code + " for " +
         accounts.sectors[sector].code;
}

// In words, what both claim; empty if nothing. Contracts of one seller with different buyers share no claim.
static std::string shared_claim(const Accounts& accounts, const Written& a, const Claims& of_a, const Written& b, const Claims& of_b) {
  for (const auto& [claim, years] : of_a.years) {
    const auto other = of_b.years.find(claim);
    if (other == of_b.years.end() || !share_a_year(years, other->second)) continue;
    const auto& [what, first, second, third] = claim;
    const std::string_view kind = what;
    if (kind == "output" && (a.kind != b.kind || a.kind == "joint_venture")) return "the output of " + supplier_label(accounts, first);
    if (kind == "demand" && a.kind == b.kind)
      return "the demand for " + (third < 0 ? accounts.sectors[first].code : supplier_label(accounts, third)) + " by " +
             buyer_label(accounts, second);
    if ((kind == "border" || kind == "tariff") && a.kind == b.kind) return border_label(accounts, first, second, third);
  }
  for (const auto& [cell, share] : of_a.treated)
    if (const auto other = of_b.treated.find(cell); other != of_b.treated.end() && share + other->second > 1.0 + 1e-9)
      return "more than the whole of " + cell_label(accounts, cell);
  return "";
}

// The first border whose cost both lower, in words; empty if there is none.
static std::string shared_border(const Accounts& accounts, const Claims& a, const Claims& b) {
  for (const auto& [claim, years] : a.years) {
    const auto other = b.years.find(claim);
    const auto& [what, origin, destination, sector] = claim;
    if (std::string_view(what) == "border" && other != b.years.end() && share_a_year(years, other->second))
      return border_label(accounts, origin, destination, sector);
  }
  return "";
}

std::vector<Overlap> find_overlaps(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks) {
  const std::vector<Written>& measures = programme.measures;
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < measures.size(); ++i) index[measures[i].id] = i;
  std::vector<Claims> claims(measures.size());
  for (const Shock& shock : shocks) claim(accounts, measures[index.at(shock.measure)], shock, claims[index.at(shock.measure)]);
  std::vector<Overlap> found;
  for (std::size_t i = 0; i < measures.size(); ++i)
    for (std::size_t j = i + 1; j < measures.size(); ++j) {
      const Written &a = measures[i], &b = measures[j];
      if (const std::string what = shared_claim(accounts, a, claims[i], b, claims[j]); !what.empty())
        found.push_back({i, j, what, true, are_linked(a, b)});
      else if (const std::string border = a.kind == b.kind ? "" : shared_border(accounts, claims[i], claims[j]); !border.empty())
        found.push_back({i, j, border, false, are_linked(a, b)});
    }
  return found;
}

void check_overlaps(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings) {
  for (const Overlap& overlap : find_overlaps(programme, accounts, shocks)) {
    if (overlap.meant) continue;
    const Written &a = programme.measures[overlap.first], &b = programme.measures[overlap.second];
    if (overlap.counted_twice)
      findings.push_back(problem_in(b, "id", Severity::error, "overlap",
                                    "it and measure `" + a.id + "` (" + a.source + ") both claim " + overlap.what + " in the same years",
                                    "the same output, demand or border is not counted twice",
                                    "join them, move one in time, or write overlaps = [\"" + a.id + "\"] if both are meant"));
    else
      findings.push_back(problem_in(b, "id", Severity::note, "border-twice",
                                    "it and measure `" + a.id + "` (" + a.source + ") both lower the cost of one border",
                                    "the same border hours are counted once",
                                    "see that they stand in one of the two; overlaps = [\"" + a.id + "\"] says that they do"));
  }
}

static bool names_region(const Programme& programme, const Accounts& accounts, const std::string& name, int region) {
  return holds(regions_named(programme, accounts, name), region);
}

// Every flow that a shock adds to or makes cheaper: seller's region, buyer's region, product.
static std::set<std::tuple<int, int, int>> flows_touched(const Accounts& accounts, const Shock& shock) {
  std::set<std::tuple<int, int, int>> flows;
  const auto add = [&](int supplier, int buyer, double amount) {
    if (amount > 0.0)
      flows.emplace(supplier_region(accounts, supplier), buyer_region(accounts, buyer), supplier_sector(accounts, supplier));
  };
  const auto add_moves = [&](const std::vector<Sourcing>& moves) {
    for (const Sourcing& move : moves) add(move.to, move.buyer, move.amount);
  };
  if (const auto* demand = std::get_if<std::vector<FinalDemand>>(&shock.change))
    for (const FinalDemand& item : *demand) add(item.supplier, buyer_of_final_use(accounts, item.final_use), item.amount);
  if (const auto* moves = std::get_if<std::vector<Sourcing>>(&shock.change)) add_moves(*moves);
  if (const auto* target = std::get_if<Target>(&shock.change)) add_moves(target->moves);
  if (const auto* cost = std::get_if<TradeCost>(&shock.change)) flows.emplace(cost->origin, cost->destination, cost->sector);
  if (const auto* rent = std::get_if<Rent>(&shock.change)) flows.emplace(rent->origin, rent->destination, rent->sector);
  if (const auto* rate = std::get_if<TariffRate>(&shock.change)) flows.emplace(rate->origin, rate->destination, rate->sector);
  return flows;
}

void flag_restricted(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings) {
  if (programme.restricted.empty()) return;
  std::map<std::string, std::set<std::tuple<int, int, int>>> touched;
  for (const Shock& shock : shocks) touched[shock.measure].merge(flows_touched(accounts, shock));
  for (const Written& measure : programme.measures)
    for (const RestrictedPair& pair : programme.restricted)
      for (const auto& [exporter, importer, sector] : touched[measure.id]) {
        if (!pair.sector.empty() && accounts.sectors[sector].code != pair.sector) continue;
        if (!names_region(programme, accounts, pair.exporter, exporter) || !names_region(programme, accounts, pair.importer, importer))
          continue;
        findings.push_back(problem_in(measure, "id", Severity::warning, "flagged",
                                      "it touches " + pair.exporter + " to " + pair.importer +
                                          (pair.sector.empty() ? "" : ", " + pair.sector) + ", restricted (" + pair.source +
                                          (pair.note.empty() ? "" : ": " + pair.note) + ')',
                                      "trade there is under restrictions", "have it checked before it is signed"));
        break;
      }
}

}  // namespace kontor
