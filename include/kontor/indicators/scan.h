// Scan: what nobody has written down yet. For a goal that the user names, what every lever there is would bring.
//
//   levers    trade cost (origin, destination, product), tariff (the same), productivity of a cell, capital of a cell,
//             sourcing share (partner, user region, product)
//   value     dy/dlever of all levers at once, by one transposed solve a goal
//   step      what is within reach: never more than closing the gap to what distance, border and comparable pairs or
//             cells predict; ranked by value x step, since value alone mostly says where flows are large
//   exact     the top of the list solved again
//
// A lever acts on its own pair or cell only. Nothing is ever led through a third region, and pairs under restrictions are
// left out. Method: docs/methods/scan.md
#pragma once

#include <array>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/accounts/closure.h"
#include "kontor/accounts/shock.h"
#include "kontor/indicators/indicator.h"
#include "kontor/indicators/table.h"
#include "kontor/model/newton.h"
#include "kontor/programme/programme.h"

namespace kontor {

// --- what is asked -----------------------------------------------------------------------------------------

enum class GoalKind { real_income, jobs, value_added, self_sufficiency_look_through };
const char* goal_name(GoalKind kind);

struct GoalPart {
  GoalKind kind = GoalKind::real_income;
  RegionSet regions;  // leaves with cells; code empty: all of them
  double weight = 1.0;
};

/// A weighted sum; parts of different units are added as their weights say.
using Goal = std::vector<GoalPart>;

/// "real_income:Lappi=2,jobs:Uusimaa", several; a name without a region means all regions. Throws Error(data) for a goal
/// that does not exist, a weight that is no number, jobs without a satellite of jobs, and look-through self-sufficiency
/// beside another goal; Error(usage) for a region that does not exist.
Goal read_goal(const Accounts& accounts, const Blocs& blocs, const std::vector<std::string>& texts);
/// "real income of Lappi + 2 x jobs of Uusimaa".
std::string goal_text(const Goal& goal);
/// Money of the accounts, persons or shares; "weighted points" where the parts differ.
std::string goal_unit(const Accounts& accounts, const Goal& goal);

enum class LeverKind { trade_cost, tariff, productivity, capital, sourcing };
inline constexpr LeverKind all_lever_kinds[] = {LeverKind::trade_cost, LeverKind::tariff, LeverKind::productivity, LeverKind::capital,
                                                LeverKind::sourcing};
const char* lever_name(LeverKind kind);
/// False if there is no such kind.
bool read_lever_kind(std::string_view name, LeverKind& kind);

/// Regions and sectors as the accounts number them. For a cell `destination` is -1; for sourcing the origin is the partner
/// that gains share and the destination the region that buys.
struct Lever {
  LeverKind kind = LeverKind::trade_cost;
  int origin = 0, destination = -1, sector = 0;
  bool operator==(const Lever&) const = default;
};
/// "trade_cost:Lappi:Uusimaa:16", "productivity:Lappi:16": how a lever is named in tables and files.
std::string lever_id(const Accounts& accounts, const Lever& lever);

// --- the economy it is asked of ----------------------------------------------------------------------------

/// What stands on a flow already, by the accounts and by the shocks in place.
struct InPlace {
  double log_cost = 0.0;   // of trade-cost ratios
  double log_wedge = 0.0;  // of rents and subsidies
  double tariff = 0.0;     // rate now
};

/// An economy with a programme in it, or none, solved against its baseline. The calibration must outlive it.
struct ScanBase {
  const Calibration* calibration = nullptr;
  std::vector<const Shock*> shocks;  // in place; owned elsewhere
  Economy baseline, economy;
  Equilibrium before, now;
  std::shared_ptr<const EquilibriumSolver> solver;
  std::map<std::array<int, 3>, InPlace> in_place;  // origin, destination, sector: where shocks changed it
  Weights sourced;                                 // weights with the shocks' changes of supplier only, before prices of flows
};

/// Throws Error(no_answer) where there is no solution.
ScanBase solve_scan_base(const Calibration& calibration, const Closure& closure, const std::vector<const Shock*>& shocks = {});

/// The economy with more shocks on top, solved from its state. Throws Error(data) where they cannot be entered.
Equilibrium solve_with(const ScanBase& base, const std::vector<const Shock*>& more);

/// Real income of each region of the calibration against the baseline: equivalent variation, accounts units.
std::vector<double> real_income_changes(const ScanBase& base, const Flows& flows);
/// The goal's change from the scanned economy to these flows, in its unit.
double goal_gain(const ScanBase& base, const Goal& goal, const Flows& flows);
/// The goal to first order at the scanned economy. Throws Error(data) for jobs where the closure fixes them.
Outcome goal_outcome(const ScanBase& base, const Goal& goal, const Tangent& tangent);

/// Every lever of these kinds, in the order kind, sector, origin, destination; trade at home has none but sourcing, a tariff only
/// where there is one now, capital only where it earns something.
std::vector<Lever> levers_of(const ScanBase& base, const std::vector<LeverKind>& kinds);
/// dy per unit of each lever: of a fall of ln cost or ln(1 + rate), of a rise of ln productivity or ln capital, of a share.
std::vector<double> lever_values(const ScanBase& base, const std::vector<Lever>& levers, const EconomyGradient& gradient);
/// The lever moved by a step in the same units, as shocks. Empty where it cannot move.
std::vector<Shock> lever_shocks(const ScanBase& base, const Lever& lever, double step);
/// What it acts on now, accounts units: the flow, the cell's output, what its capital earns.
double lever_size(const ScanBase& base, const Lever& lever);
/// A step in per cent as people say it: a fall of 3 % is 3; for sourcing, percentage points.
double step_percent(LeverKind kind, double step);
/// The step of that many per cent.
double step_of_percent(LeverKind kind, double percent);

// --- what is within reach ------------------------------------------------------------------------------------

/// What is known of pairs of regions beside the accounts. A matrix is empty where nothing is known, NaN where that pair is not.
struct PairFacts {
  Matrix km, contiguous, language, colony;  // regions x regions
  std::string source;                       // "distances of the accounts", the file
  std::vector<std::string> notes;
};
PairFacts pair_facts_of(const Accounts& accounts);
/// A CSV (.csv or .csv.gz) with iso_o and iso_d, or origin and destination, and distw, dist or km; contig, comlang_off and
/// colony where it has them (the layout of CEPII's GeoDist). Throws Error(data) where no pair of the accounts is in it.
PairFacts read_pair_facts(const std::string& file, const Accounts& accounts);

/// Trade costs of one product that the accounts imply, and what comparable pairs predict: regions x regions, symmetric.
struct CostGaps {
  Matrix implied;    // ln, mean of both ways against trade at home, without tariffs; NaN where a flow of the four is not above 0
  Matrix predicted;  // ln, from the other pairs; NaN where there are none to compare with
  bool by_distance = false;
};
/// Implied costs in closed form (Head and Ries 2001, Novy 2013); predictions leave the pair itself out.
CostGaps cost_gaps(const Accounts& accounts, const PairFacts& facts, int sector, double elasticity, const std::vector<Matrix>& flows);

// --- the answer ----------------------------------------------------------------------------------------------

struct ScanOptions {
  Goal goal;
  std::vector<LeverKind> kinds;  // empty: all
  std::vector<int> regions;      // a lever must touch one of these leaves; empty: any
  std::vector<int> sectors;      // empty: any
  std::size_t top = 20;          // of each kind: listed and solved again
  double step_percent = 0.0;     // tried; 0: what is within reach; never more than that
  double capital_percent = 1.0;  // step of capital, for which nothing in the accounts says what is within reach
  bool nobody_loses = false;     // no region's real income falls by more than the tolerance
  double tolerance = 1e-6;       // of the region's final spending
  bool only_unwritten = false;   // leave out what a measure of the programme acts on
  PairFacts facts;
  const Programme* programme = nullptr;  // whose restricted pairs are left out
  const Compiled* compiled = nullptr;    // whose measures are named where they act
};

struct Opportunity {
  Lever lever;
  double marginal = 0.0;                                    // of the goal, per 1 %
  double feasible = 0.0;                                    // step within reach, in the lever's units
  double tried = 0.0;                                       // step of the two gains
  double size = 0.0;                                        // accounts units
  double first_order = 0.0;                                 // marginal x step
  double exact = std::numeric_limits<double>::quiet_NaN();  // solved again
  double implied = std::numeric_limits<double>::quiet_NaN(), predicted = std::numeric_limits<double>::quiet_NaN();  // see step_rule
  std::vector<std::pair<int, double>> others;  // accounts region, its real income: the largest gains and losses elsewhere, exact
  std::vector<std::string> measures;           // that act on the same pair or cell, whatever their status
  std::vector<std::string> quality;            // what makes the number weak
};

struct NotJudged {
  Lever lever;
  const char* why = "";
  double size = 0.0;
};

/// One kind of lever. Kinds are ranked apart: one per cent of capital and one of a trade cost do not cost the same.
struct ScanList {
  LeverKind kind = LeverKind::trade_cost;
  std::string step_rule;                                              // what is within reach, in a sentence
  std::size_t levers = 0;                                             // asked for
  std::size_t restricted = 0;                                         // left out
  std::size_t judged = 0;                                             // with a step
  std::size_t within_reach = 0;                                       // with a step above 0
  std::size_t losing = 0;                                             // left out because some region would lose
  std::size_t written = 0;                                            // left out because a measure acts there
  double raw_correlation = std::numeric_limits<double>::quiet_NaN();  // of levers with a gain: ranks of the value per 1 % and of the size
  double ranked_correlation = std::numeric_limits<double>::quiet_NaN();  // and of value x step
  std::vector<Opportunity> list;
  std::vector<NotJudged> not_judged;
};

struct Scan {
  std::string goal, unit, closure;
  int year = 0;
  bool with_programme = false;
  std::vector<ScanList> lists;
  std::vector<std::string> notes;
};

/// Throws Error(no_answer) where the transposed system cannot be solved.
Scan scan(const ScanBase& base, const ScanOptions& options);

/// Look-through self-sufficiency of one region, nation or bloc at fixed prices: the share of its own value added in what it
/// finally buys. Only sourcing has a slope there: shares times what each supplier's product holds of its value,
///   dy = sum over buyers of (o(to) - o(from)) x purchase moved x (called for by its final purchases / output of the buyer).
/// Prices are fixed, so trade costs, tariffs, productivity and capital move nothing. Exact gains solve the moved table again.
Scan scan_self_sufficiency(const ScanBase& base, const ScanOptions& options);

/// The nine columns; `measure` holds the lever's id, `term` its kind. Indicators: opportunity_rank, _marginal, _step, _tried,
/// _flow, _first_order, _exact, _implied_cost, _expected_cost, _other (region: who), _not_judged, and correlations by kind.
std::vector<EffectRow> scan_rows(const Accounts& accounts, const Scan& scan, bool with_not_judged = true);

/// Rank correlation (Spearman, mean ranks of ties); NaN of fewer than three.
double rank_correlation(const std::vector<double>& x, const std::vector<double>& y);

/// Where the measures of a programme act, whatever their status and year: pairs and products, and cells.
class WrittenPlaces {
 public:
  WrittenPlaces(const Accounts& accounts, const Compiled& compiled);
  /// Ids of the measures that act on a lever's pair and product, or on its cell; in the order of the programme.
  std::vector<std::string> on(const Lever& lever) const;

 private:
  std::map<std::array<int, 3>, std::vector<std::string>> ids_;  // origin, destination (-1: the cell), sector
};
/// True if the pair stands, in either direction, among the programme's restricted pairs.
bool is_restricted(const Programme& programme, const Accounts& accounts, const Lever& lever);

}  // namespace kontor
