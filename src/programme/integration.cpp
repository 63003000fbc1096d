// Integration: members cut tariffs and non-tariff measures among themselves.
//
//   tariff  rate(t) = base + (to - base) p(t), p(t) = (t - start + 1) / phase, at most 1, for each pair of members' leaves
//           of different nations; base rates are the accounts' own
//           with a schedule (tariff.file) each of its borders goes to its own rate
//   ntm     trade_cost times (1 + ave (1 - cut resource_share p(t))) / (1 + ave): the part that costs resources;
//           rent times (1 + ave (1 - cut p(t))) / (1 + ave (1 - cut resource_share p(t))): the part that somebody keeps.
//           The two together change the user's price as the whole cut does
//
// Both need prices: the fixed-price model names them and does not count them. Method: docs/methods/integration.md
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr Field rows[] = {
    {"members", FieldType::regions, true, "regions, nations or blocs that agree; two nations at least"},
    {"start", FieldType::year, false, "first year; default: the first of the horizon"},
    {"tariff.to", FieldType::share, false, "tariff at the end, on the pre-tariff value"},
    {"tariff.file", FieldType::text, false,
     "or a schedule: CSV with sector, exporter, importer, rate (0.1: ten per cent), between members"},
    {"tariff.sectors", FieldType::sectors, false, "sectors, or \"all\"; default all; not with a schedule"},
    {"tariff.phase", FieldType::number, false, "years over which it is phased in, 1 to 50; default 1"},
    {"ntm.ave_cut", FieldType::share, false, "part of the ad valorem equivalent of non-tariff measures that is removed"},
    {"ntm.resource_share", FieldType::share, false, "part of it that costs resources, the rest is rent; default 1"},
    {"ntm.ave", FieldType::share, false, "ad valorem equivalent before; default: the accounts' own"},
    {"ntm.sectors", FieldType::sectors, false, "sectors, or \"all\"; default all"},
    {"ntm.phase", FieldType::number, false, "years over which it is phased in, 1 to 50; default 1"},
};

namespace {
struct Border {
  int origin = 0, destination = 0, sector = 0;
  double base = 0.0;
};
}  // namespace

static std::vector<int> sectors_in(const CompileContext& context, const Written& measure, const char* field) {
  std::vector<int> sectors;
  const bool all = !measure.has(field) || measure.at(field).list == std::vector<std::string>{"all"};
  for (std::size_t s = 0; s < context.accounts.sectors.size(); ++s) {
    const std::string& code = context.accounts.sectors[s].code;
    if (all || std::find(measure.at(field).list.begin(), measure.at(field).list.end(), code) != measure.at(field).list.end())
      sectors.push_back(static_cast<int>(s));
  }
  return sectors;
}

/// Rates by sector, exporter and importer. Accounts may hold them for nations that stand for their regions.
using Rates = std::map<std::tuple<int, int, int>, double>;

static Rates rates_of(const Accounts& accounts, double BorderCost::*rate) {
  Rates rates;
  for (const BorderCost& cost : accounts.border_costs) rates.emplace(std::tuple(cost.sector, cost.exporter, cost.importer), cost.*rate);
  return rates;
}

// Rate of a border: of the two regions, or of nations above them; NaN if the accounts do not know.
static double base_rate(const Accounts& accounts, const Rates& rates, int exporter, int importer, int sector) {
  for (const int from : {exporter, nation_of(accounts, exporter)})
    for (const int to : {importer, nation_of(accounts, importer)})
      if (const auto found = rates.find({sector, from, to}); found != rates.end()) return found->second;
  return NAN;
}

// The borders between members that carry trade, with their base rate.
static std::vector<Border> borders_of(CompileContext& context, const Written& measure, const char* field, const char* sectors_field,
                                      double BorderCost::*rate) {
  const Accounts& accounts = context.accounts;
  std::vector<int> members;
  for (const std::string& name : measure.at("members").list)
    for (const int leaf : leaves(context, name))
      if (!holds(members, leaf)) members.push_back(leaf);
  const std::vector<int> sectors = sectors_in(context, measure, sectors_field);
  const Rates rates = rates_of(accounts, rate);
  std::vector<Border> borders;
  std::vector<std::string> missing;
  for (const int origin : members)
    for (const int destination : members) {
      if (nation_of(accounts, origin) == nation_of(accounts, destination)) continue;
      for (const int sector : sectors) {
        if (supplier_index(accounts, origin, sector) < 0) continue;
        const double base = measure.has("ntm.ave") && rate == &BorderCost::ntm_ave
                                ? measure.at("ntm.ave").number.mid
                                : base_rate(accounts, rates, origin, destination, sector);
        if (std::isnan(base))
          missing.push_back(accounts.regions[origin].code + " to " + accounts.regions[destination].code + " " +
                            accounts.sectors[sector].code);
        borders.push_back({origin, destination, sector, base});
      }
    }
  if (borders.empty())
    add_error(context, measure, "members", "no-border", "no border lies between the members", "members of two nations at least",
              "name them");
  if (missing.empty()) return borders;
  const bool tariff = rate == &BorderCost::tariff;
  add_error(
      context, measure, field, tariff ? "no-base-tariff" : "no-base-ave",
      "the accounts hold no " + std::string(tariff ? "tariff" : "ad valorem equivalent") + " for " + std::to_string(missing.size()) +
          " of " + std::to_string(borders.size()) + " borders, first " + missing.front(),
      "a cut needs the rate before it: what the accounts do not hold is asked for, never assumed",
      tariff ? "add border costs to the accounts, or name the sectors that have them" : "add ntm.ave, or border costs to the accounts");
  return {};
}

static double phase_of(CompileContext& context, const Written& measure, const char* field) {
  if (!measure.has(field)) {
    add_default(context, measure, field, "1", "not given: at once");
    return 1.0;
  }
  const double phase = measure.at(field).number.mid;
  if (phase >= 1.0 && phase <= 50.0 && phase == std::floor(phase)) return phase;
  add_error(context, measure, field, "out-of-range", number_text(phase) + " years", "a whole number from 1 to 50", "correct it");
  return 1.0;
}

static void each_year(const CompileContext& context, int start, double phase, const std::function<void(int, double)>& add) {
  for (int year = std::max(start, context.programme.first_year); year <= context.programme.last_year; ++year)
    add(year, std::min(1.0, (year - start + 1) / phase));
}

// Each border of a schedule goes from its base rate to its own.
static void add_schedule(CompileContext& context, const Written& measure, int start, ShockList& shocks) {
  const Accounts& accounts = context.accounts;
  for (const char* field : {"tariff.to", "tariff.sectors"})
    if (measure.has(field))
      add_error(context, measure, field, "two-tariffs", std::string("both `tariff.file` and `") + field + '`',
                "the schedule names sectors and rates", "remove one of the two");
  const double phase = phase_of(context, measure, "tariff.phase");
  const Rates rates = rates_of(accounts, &BorderCost::tariff);
  std::vector<std::pair<TariffRow, double>> borders;
  std::vector<const TariffRow*> missing;
  const std::vector<TariffRow>& schedule = measure.at("tariff.file").tariffs;
  for (const TariffRow& row : schedule) {
    const double base = base_rate(accounts, rates, row.exporter, row.importer, row.sector);
    if (std::isnan(base)) missing.push_back(&row);
    borders.emplace_back(row, base);
  }
  if (!missing.empty()) {
    const TariffRow& first = *missing.front();
    add_error(context, measure, "tariff.file", "no-base-tariff",
              "the accounts hold no tariff for " + std::to_string(missing.size()) + " of " + std::to_string(schedule.size()) +
                  " borders of the schedule, first " + accounts.regions[first.exporter].code + " to " +
                  accounts.regions[first.importer].code + ' ' + accounts.sectors[first.sector].code + " (" + first.source + ')',
              "a cut needs the rate before it: what the accounts do not hold is asked for, never assumed",
              "add border costs to the accounts, or remove those rows");
    return;
  }
  each_year(context, start, phase, [&](int year, double part) {
    for (const auto& [row, base] : borders)
      if (base != row.rate)
        shocks.add(year, Step::stated, false, TariffRate{row.exporter, row.importer, row.sector, base + (row.rate - base) * part});
  });
}

static void add_tariffs(CompileContext& context, const Written& measure, int start, ShockList& shocks) {
  if (measure.has("tariff.file")) {
    add_schedule(context, measure, start, shocks);
    return;
  }
  if (!measure.has("tariff.to")) {
    if (measure.has("tariff.phase") || measure.has("tariff.sectors"))
      add_error(context, measure, "tariff.phase", "missing-field", "neither `tariff.to` nor `tariff.file`", "the tariff at the end",
                "add one");
    return;
  }
  const double phase = phase_of(context, measure, "tariff.phase"), to = measure.at("tariff.to").number.mid;
  const std::vector<Border> borders = borders_of(context, measure, "tariff.to", "tariff.sectors", &BorderCost::tariff);
  each_year(context, start, phase, [&](int year, double part) {
    for (const Border& b : borders)
      if (b.base != to) shocks.add(year, Step::stated, false, TariffRate{b.origin, b.destination, b.sector, b.base + (to - b.base) * part});
  });
}

static void add_ntms(CompileContext& context, const Written& measure, int start, ShockList& shocks) {
  if (!measure.has("ntm.ave_cut")) {
    for (const char* field : {"ntm.resource_share", "ntm.ave", "ntm.sectors", "ntm.phase"})
      if (measure.has(field)) add_error(context, measure, field, "missing-field", "no `ntm.ave_cut`", "the part that is removed", "add it");
    return;
  }
  const double phase = phase_of(context, measure, "ntm.phase"), cut = measure.at("ntm.ave_cut").number.mid;
  const double resource = measure.has("ntm.resource_share") ? measure.at("ntm.resource_share").number.mid : 1.0;
  if (!measure.has("ntm.resource_share")) add_default(context, measure, "ntm.resource_share", "1", "not given: all of it costs resources");
  const std::vector<Border> borders = borders_of(context, measure, "ntm.ave_cut", "ntm.sectors", &BorderCost::ntm_ave);
  each_year(context, start, phase, [&](int year, double part) {
    for (const Border& b : borders) {
      if (b.base <= 0.0) continue;
      const double costly = 1.0 + b.base * (1.0 - cut * resource * part), whole = 1.0 + b.base * (1.0 - cut * part);
      if (resource > 0.0) shocks.add(year, Step::stated, false, TradeCost{b.origin, b.destination, b.sector, costly / (1.0 + b.base)});
      if (resource < 1.0) shocks.add(year, Step::stated, false, Rent{b.origin, b.destination, b.sector, whole / costly});
    }
  });
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  const int start = measure.has("start") ? static_cast<int>(measure.at("start").number.mid) : context.programme.first_year;
  if (!measure.has("start")) add_default(context, measure, "start", std::to_string(start), "not given: the first year of the horizon");
  if (!measure.has("tariff.to") && !measure.has("tariff.file") && !measure.has("ntm.ave_cut"))
    add_error(context, measure, "members", "missing-field", "neither `tariff.to`, `tariff.file` nor `ntm.ave_cut`",
              "what the members change", "add one");
  ShockList shocks(measure, context);
  add_tariffs(context, measure, start, shocks);
  add_ntms(context, measure, start, shocks);
  return shocks.take();
}

const MeasureKind integration_kind = {"integration", "Members cut tariffs and non-tariff measures among themselves", rows, compile};

}  // namespace kontor
