// The programme: what the user wrote, read and checked, in the words of the people who sign it.
// Formats and fields: docs/formats.md; each kind of measure has a page in docs/methods/.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kontor/accounts/accounts.h"
#include "kontor/accounts/closure.h"
#include "kontor/accounts/shock.h"
#include "kontor/base/finding.h"

namespace kontor {

/// A number that may be a range { low, mid, high }; a plain number has all three equal.
struct Range {
  double low = 0.0, mid = 0.0, high = 0.0;
  bool is_range() const { return low != high; }
};

/// What kind of thing a field of a measure holds. The parser, `kontor measures`, the docs and the form read this.
enum class FieldType {
  text,    // free text
  number,  // any number or range
  share,   // 0 to 1, or a range
  amount,  // money in single units of the programme's currency, not negative, or a range
  year,
  years,    // list of years
  flag,     // true or false
  region,   // a region, nation or bloc
  regions,  // list of them
  sector,
  sectors,        // list of them, or "all"
  category,       // final-use category code or role
  choice,         // one of a list of words
  choices,        // some of a list of words
  period,         // [first, last] months "2026-07" or years
  shares,         // list of shares, each 0 to 1: a ramp
  profile,        // list of shares that sum to 1
  region_shares,  // { REGION = share, ... }, sum 1
  sector_shares,  // { SECTOR = share, ... }, sum 1
  sector_parts,   // { SECTOR = share, ... }, sum at most 1
  named_shares,   // { name = share, ... } with names from `choices`, sum 1
  trade_costs,    // list of { from, to, change, both_ways, sectors }
  measures,       // list of measure ids
  groups,         // list of lists of names
  names           // { NAME = "text", ... }, or one text for all
};

struct Field {
  const char* name;  // dotted path, the same in TOML and in a portfolio CSV: "money.total"
  FieldType type;
  bool required;
  const char* meaning;       // unit and range included
  const char* choices = "";  // for choice and named_shares: words separated by '|'
};

struct TradeCostChange {
  std::string from, to;
  double change = 0.0;  // -0.03: three per cent less
  bool both_ways = false;
  std::vector<std::string> sectors;  // empty: all
  Range range;                       // of `change`, which is its middle
};

/// One row of a tariff schedule: the rate that a border ends at, on the pre-tariff value. Names of nations are already
/// taken apart into leaf regions.
struct TariffRow {
  int sector = 0, exporter = 0, importer = 0;
  double rate = 0.0;
  std::string source;  // tariffs.csv:7
};

/// One value as written, with its place. Which member is filled follows from the field's type.
struct Value {
  std::string source;  // programme.toml:14
  Range number;        // number, share, amount, year
  std::string text;    // text, region, sector, category, choice
  bool flag = false;
  std::vector<std::string> list;                       // regions, sectors, measures
  std::vector<double> numbers;                         // shares, years; of a period the two months, counted from year 0
  std::vector<std::pair<std::string, Range>> weights;  // region_shares, sector_shares, named_shares
  std::vector<TradeCostChange> trade_costs;
  std::vector<TariffRow> tariffs;  // of the file that `text` names
  std::vector<std::vector<std::string>> groups;
  std::vector<std::pair<std::string, std::string>> names;  // of `names`; one text for all has an empty name
};

/// A measure as written: the fields common to all kinds, and those of its kind by dotted path.
struct Written {
  std::string id, kind, title, evidence;
  std::string status = "proposed";  // idea | proposed | memorandum | signed | running | done
  std::string source;               // programme.toml:31
  std::map<std::string, Value> fields;

  bool has(const std::string& path) const { return fields.count(path) > 0; }
  const Value& at(const std::string& path) const { return fields.at(path); }
};

/// Signed, running and done measures enter the headline; the others are reported apart.
bool is_committed(const Written& measure);

struct Agreement {
  std::string id, title, date, source;
  std::vector<std::string> parties, measures;
};

/// A pair of regions (leaf, nation or bloc) under trade restrictions; an empty sector stands for all.
struct RestrictedPair {
  std::string exporter, importer, sector, note, source;
};

/// What a building is worth at the end of the horizon: nothing, or what is left of its life.
enum class ResidualValue { none, straight_line };

struct Appraisal {
  double discount_rate = 0.04;
  int life = 25;
  ResidualValue residual_value = ResidualValue::straight_line;
};

/// What is drawn where `run --draws` asks for it. Method: docs/methods/uncertainty.md
struct Uncertainty {
  int draws = 1000;  // where --draws names no number
  long seed = 1;
  std::string rule = "sobol";
  std::vector<std::string> vary = {"trade_elasticity", "measure_ranges"};
  std::vector<std::pair<std::string, std::string>> distribution;  // of ranges: name of a number or of what it belongs to; empty: all
  std::vector<std::vector<std::string>> groups;                   // the members of one take the same place in their distributions
  std::vector<std::pair<std::string, double>> closures;           // "own", "short_run", "long_run" and how likely each is; sum 1
  double elasticity_error = 0.0;                                  // assumed standard error over the estimate, where there is none
  double accounts_error = 1.0;                                    // times the shipped relative error of a cell
  bool fan = false;                                               // every year of the horizon, not only the headline's
  std::string file, row;                                          // where the table stands, for messages
  bool varies(std::string_view what) const;
};

/// One default that was used because the file is silent: every one is listed in the report.
struct DefaultUsed {
  std::string measure, field, value, why;
};

struct Programme {
  std::string id, title, file, text;  // text: the bytes of the file, kept for the result folder
  std::filesystem::path accounts;     // as written, resolved from the programme file's folder
  int base_year = 0, first_year = 0, last_year = 0;
  std::string currency;
  int price_year = 0;
  double deflator = 1.0;  // accounts money = written money x deflator / scale
  std::string deflator_source;
  std::string closure = "short_run", finance_default;  // closure: as it is printed
  Closure closure_rules;                               // the same, for the model
  Appraisal appraisal;
  Uncertainty uncertainty;
  std::map<std::string, std::vector<std::string>> blocs;
  /// [parameters]: name as in parameter_fields(), or "trade_elasticity.SECTOR", to the central value; used before any
  /// other source.
  std::map<std::string, double> parameters;
  std::map<std::string, Value> parameter_ranges;  // those that are written as a range, with their place
  std::vector<Agreement> agreements;
  std::vector<RestrictedPair> restricted;
  std::vector<Written> measures;
  std::vector<DefaultUsed> defaults;
  std::vector<std::pair<std::string, std::string>> inputs;  // further files that were read: path as written, SHA-256
  Findings findings;                                        // notes and warnings; errors are thrown
};

/// Reads and checks a programme file and what it names (portfolio CSV, deflator, restricted pairs). Collects every
/// error before it throws Error(data). The accounts must be open to check labels: pass their folder to override
/// the one that the file names.
Programme read_programme(const std::filesystem::path& file, const Accounts& accounts);
/// The same of text that would be saved as `file`.
Programme read_programme_text(std::string_view text, const std::filesystem::path& file, const Accounts& accounts);
inline constexpr std::size_t largest_programme = (std::size_t{16} << 20) + 1;  // bytes that are read: one more than is allowed
/// The same from text: no file is opened but those that the programme names, from `folder`.
Programme parse_programme(std::string_view text, const std::string& name, const std::filesystem::path& folder, const Accounts& accounts);
/// Folder of the accounts that a programme file names, resolved from the file's folder.
std::filesystem::path accounts_of_programme(const std::filesystem::path& file);
/// The same, seen from another folder: that of the file before it was copied into a result.
std::filesystem::path accounts_of_programme(const std::filesystem::path& file, const std::filesystem::path& folder);
/// The same of text that would be saved as `file`.
std::filesystem::path accounts_of_text(std::string_view text, const std::filesystem::path& file);

/// What a measure kind needs to be compiled.
struct CompileContext {
  const Programme& programme;
  const Accounts& accounts;
  std::vector<DefaultUsed>& defaults;
  Findings& findings;
};

/// A kind of measure: the row that feeds parser, messages, `kontor measures`, docs, form and family tests.
struct MeasureKind {
  const char* name;
  const char* summary;
  std::span<const Field> fields;
  /// The shocks of the central case, for every year of the horizon.
  std::vector<Shock> (*compile)(const Written& measure, CompileContext& context);
};

/// Fields that a measure of any kind may have, and those of the programme's own tables.
std::span<const Field> common_fields();
std::span<const Field> programme_fields();
std::span<const Field> appraisal_fields();
std::span<const Field> uncertainty_fields();
std::span<const Field> agreement_fields();
std::span<const Field> parameter_fields();

/// A table of the programme file that is no measure: its fields, for help and docs.
struct ProgrammeTable {
  const char* name;
  const char* summary;
  std::span<const Field> fields;
};
std::span<const ProgrammeTable> programme_tables();

/// The leaf regions that a name stands for: itself, those of a nation, or those of a bloc. Empty if unknown.
std::vector<int> regions_named(const Programme& programme, const Accounts& accounts, const std::string& name);

std::span<const MeasureKind* const> measure_kinds();
const MeasureKind* find_measure_kind(std::string_view name);  // nullptr if there is none

/// A programme compiled: shocks by measure and year, with sizes held against the flows they touch and overlaps found.
struct Compiled {
  std::vector<Shock> shocks;
  std::vector<DefaultUsed> defaults;
  Findings findings;
};

/// Throws Error(data) with all errors of all measures.
Compiled compile(const Programme& programme, const Accounts& accounts);

}  // namespace kontor
