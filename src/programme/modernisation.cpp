// Modernisation of a part of a sector: a building phase, then a lasting gain in productivity.
//
// Treated share h of the cell, effect e: from the last year of capex + lag on, the cell's productivity is times 1 + h e.
// Input savings act on the inputs of the cell: times 1 - h saving, for every supplier of that product.
// Method: docs/methods/modernisation.md
#include <algorithm>

#include "kontor/base/text.h"
#include "programme/kinds.h"

namespace kontor {

static constexpr const char* assets = "construction|machinery|electrical|electronics|transport_equipment|software|engineering";

static constexpr Field rows[] = {
    {"where.region", FieldType::region, true, "region; a nation stands for its regions"},
    {"where.sector", FieldType::sector, true, "sector that is modernised"},
    {"where.share", FieldType::share, false, "part of the sector's output that is treated; default 1"},
    {"capex.total", FieldType::amount, true, "cost, single units of the programme's currency"},
    {"capex.years", FieldType::years, true, "years in which it is spent"},
    {"capex.profile", FieldType::profile, false, "share of each of those years; default: even"},
    {"capex.assets", FieldType::named_shares, false, "what the money buys; default machinery", assets},
    {"capex.sectors", FieldType::sector_shares, false, "or the sectors that sell it"},
    {"capex.imported", FieldType::share, false, "part of the total that is bought abroad; default: as investment today"},
    {"effect.output_per_worker", FieldType::number, false, "gain in output per worker of the treated part, 0.12: 12 per cent; -0.5 to 2"},
    {"effect.total_factor", FieldType::number, false, "gain in total factor productivity of the treated part; -0.5 to 2"},
    {"effect.input_savings", FieldType::sector_parts, false, "share of an input that the treated part saves, { SECTOR = share }"},
    {"effect.lag", FieldType::number, false, "years from the end of spending to the effect, 0 to 20; default 1"},
};

static bool check_effects(CompileContext& context, const Written& measure) {
  bool any = measure.has("effect.input_savings"), good = true;
  for (const char* field : {"effect.output_per_worker", "effect.total_factor"}) {
    if (!measure.has(field)) continue;
    any = true;
    const Range& gain = measure.at(field).number;
    if (gain.low >= -0.5 && gain.high <= 2.0) continue;
    good = false;
    add_error(context, measure, field, "out-of-range", "a gain of " + number_text(gain.mid), "-0.5 to 2", "write 0.12 for 12 per cent");
  }
  if (!any)
    add_error(context, measure, "effect.lag", "missing-field", "no effect",
              "`effect.output_per_worker`, `effect.total_factor` or `effect.input_savings`", "add one");
  if (measure.evidence.empty())
    add_warning(context, measure, "effect.output_per_worker", "no-evidence", "no `evidence` for the effect",
                "an assumed gain in productivity is cited", "name the study");
  return good && any;
}

static void add_effects(const Written& measure, const Accounts& accounts, int cell, double share, int year, ShockList& shocks) {
  if (measure.has("effect.output_per_worker"))
    shocks.add(year, Step::stated, false,
               Productivity{cell, ProductivityKind::output_per_worker, 1.0 + share * measure.at("effect.output_per_worker").number.mid});
  if (measure.has("effect.total_factor"))
    shocks.add(year, Step::stated, false,
               Productivity{cell, ProductivityKind::total_factor, 1.0 + share * measure.at("effect.total_factor").number.mid});
  if (!measure.has("effect.input_savings")) return;
  for (const auto& [name, saving] : measure.at("effect.input_savings").weights) {
    const int sector = sector_index(accounts, name);
    for (const Purchase& p : purchases_of(accounts, sector, {cell}))
      shocks.add(year, Step::stated, false, InputRatio{cell, p.supplier, 1.0 - share * saving.mid});
  }
}

static std::vector<Shock> compile(const Written& measure, CompileContext& context) {
  const int sector = sector_index(context.accounts, measure.at("where.sector").text);
  const Weights sellers = sellers_of(context, measure, "where.sector", measure.at("where.region").text, sector);
  if (measure.has("effect.output_per_worker") && factor_row(context, measure, PrimaryRole::labour) < 0) return {};
  if (!check_effects(context, measure) || sellers.empty()) return {};
  const double share = measure.has("where.share") ? measure.at("where.share").number.mid : 1.0;
  if (!measure.has("where.share")) add_default(context, measure, "where.share", "1", "not given: the whole sector");
  const double lag = measure.has("effect.lag") ? measure.at("effect.lag").number.mid : 1.0;
  if (!measure.has("effect.lag")) add_default(context, measure, "effect.lag", "1", "not given");
  if (lag < 0.0 || lag > 20.0 || lag != static_cast<double>(static_cast<int>(lag))) {
    add_error(context, measure, "effect.lag", "out-of-range", number_text(lag) + " years", "a whole number from 0 to 20", "correct it");
    return {};
  }
  Weights hosts;
  for (const auto& [cell, weight] : sellers) {
    if (cell >= static_cast<int>(context.accounts.cells.size())) {
      add_error(context, measure, "where.region", "external", "a region without production in the accounts", "a region with cells",
                "name another region");
      return {};
    }
    hosts.emplace_back(context.accounts.cells[cell].region, weight);
  }
  ShockList shocks(measure, context);
  add_building(context, measure, "capex", hosts, "machinery", shocks);
  const std::string& payer = context.programme.finance_default;
  if (payer != "home_budget") add_payments(context, measure, "capex", income_weights(context, payer), hosts, shocks);
  const int begins = static_cast<int>(measure.at("capex.years").numbers.back()) + static_cast<int>(lag);
  for (int year = std::max(begins, context.programme.first_year); year <= context.programme.last_year; ++year)
    for (const auto& [cell, weight] : sellers) add_effects(measure, context.accounts, cell, share, year, shocks);
  return shocks.take();
}

const MeasureKind modernisation_kind = {"modernisation", "Capital in a sector raises its productivity after a building phase", rows,
                                        compile};

}  // namespace kontor
