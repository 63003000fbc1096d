// The fields of the programme's own tables, and those that every measure may have.
#include "kontor/programme/programme.h"

namespace kontor {

static constexpr Field programme_rows[] = {
    {"id", FieldType::text, false, "short name of the programme; default: the file's name"},
    {"title", FieldType::text, false, "title in the report; default: the id"},
    {"accounts", FieldType::text, false, "accounts folder, from the programme file's folder"},
    {"base_year", FieldType::year, false, "year of the economy it starts from; default: the accounts' year"},
    {"horizon", FieldType::years, false, "[first, last] year of the effects"},
    {"currency", FieldType::text, false, "currency of every amount, e.g. \"USD\""},
    {"price_year", FieldType::year, false, "year whose prices every amount is in"},
    {"closure", FieldType::choice, false, "preset of what adjusts; or a table", "short_run|long_run"},
    {"closure.preset", FieldType::choice, false, "where the parts come from that are not named; default short_run", "short_run|long_run"},
    {"closure.labour", FieldType::choice, false, "labour market", "fixed|mobile|real_wage"},
    {"closure.capital", FieldType::choice, false, "capital market", "fixed|mobile|world_return"},
    {"closure.imbalance", FieldType::choice, false, "trade imbalance", "zero|fixed|share|portfolio"},
    {"closure.budget", FieldType::choice, false, "what balances the budget", "lump_sum|tax|transfer"},
    {"closure.labour_elasticity", FieldType::number, false,
     "of regional employment to real consumption per worker, above 0 and up to 100; where labour is mobile; default 1.5"},
    {"closure.payers", FieldType::region_shares, false, "who closes the budgets; needed with budget = \"transfer\", and only there"},
    {"finance_default", FieldType::text, false, "who pays where a measure does not say: \"home_budget\" or a region"},
    {"deflator", FieldType::text, false, "CSV with year, index, exchange_rate, source: to the accounts' prices and currency"},
    {"restricted", FieldType::text, false, "CSV with exporter, importer, sector, note: pairs under trade restrictions"},
    {"portfolio", FieldType::text, false, "CSV with one measure a row and the same field names"},
};

static constexpr Field appraisal_rows[] = {
    {"discount_rate", FieldType::share, false, "yearly, 0.04: four per cent"},
    {"life", FieldType::number, false, "years that lasting effects count for, 1 to 100"},
    {"residual_value", FieldType::choice, false,
     "what is left of a building at the end of the horizon; default straight_line over its life", "none|straight_line"},
};

static constexpr Field uncertainty_rows[] = {
    {"draws", FieldType::number, false, "number of draws where --draws names none, 1 to 1000000; default 1000"},
    {"seed", FieldType::number, false, "whole number; the same seed gives the same draws; default 1"},
    {"vary", FieldType::choices, false, "what is drawn; default trade_elasticity and measure_ranges",
     "trade_elasticity|measure_ranges|accounts|closure|table_age"},
    {"rule", FieldType::choice, false, "scrambled Sobol points, or independent ones; default sobol", "sobol|random"},
    {"distribution", FieldType::names, false,
     "of ranges: one name for all, or { default = NAME, MEASURE = NAME, \"MEASURE.FIELD\" = NAME }; default triangular",
     "triangular|uniform|pert|normal"},
    {"groups", FieldType::groups, false,
     "lists of numbers that are high together and low together, e.g. [[\"M1.additional\", \"M2.additional\"], [\"trade_elasticity\"]]"},
    {"closures", FieldType::named_shares, false, "how likely each closure is, sum 1; `own` is the programme's", "own|short_run|long_run"},
    {"elasticity_error", FieldType::number, false,
     "assumed standard error of a trade elasticity that has none, as a share of it, 0 to 1; default 0: it does not vary"},
    {"accounts_error", FieldType::number, false, "times the shipped relative error of a cell of the accounts, 0 to 10; default 1"},
    {"fan", FieldType::flag, false, "true: every year of the horizon is drawn, not only the headline's; as many times as long"},
};

static constexpr Field agreement_rows[] = {
    {"id", FieldType::text, true, "short name of the agreement"},
    {"title", FieldType::text, false, "what was signed"},
    {"date", FieldType::text, false, "date, 2026-06-28"},
    {"parties", FieldType::regions, true, "regions that agreed"},
    {"measures", FieldType::measures, false, "ids of the measures that it covers"},
};

// `trade_elasticity.SECTOR` stands beside these for every sector of the accounts.
static constexpr Field parameter_rows[] = {
    {"trade_elasticity", FieldType::number, false,
     "how strongly purchases move to another origin, above 0 and up to 100; trade_elasticity.SECTOR for one sector"},
    {"labour_share", FieldType::share, false, "labour's part of value added where the accounts hold one row of it; between 0 and 1"},
    {"mixed_labour_share", FieldType::share, false, "labour's part of mixed income; between 0 and 1"},
    {"labour_mobility", FieldType::number, false,
     "elasticity of regional employment where labour is mobile, above 0 and up to 100; closure.labour_elasticity goes before it"},
    {"substitution.inputs", FieldType::number, false, "between inputs, above 0 and up to 100; default 1, Cobb-Douglas"},
    {"substitution.value_added", FieldType::number, false,
     "between value added and inputs, above 0 and up to 100; default 1, Cobb-Douglas"},
    {"scale", FieldType::number, false, "gain from scale in a sector, from 0 to below 1; default 0"},
};

static constexpr Field common_rows[] = {
    {"id", FieldType::text, true, "short name of the measure, once in the programme"},
    {"kind", FieldType::text, true, "what kind of measure; `kontor measures` lists them"},
    {"status", FieldType::choice, false, "how far it is; only signed, running and done enter the headline",
     "idea|proposed|memorandum|signed|running|done"},
    {"title", FieldType::text, false, "one line for the report"},
    {"evidence", FieldType::text, false, "where the numbers come from"},
    {"overlaps", FieldType::measures, false, "measures that may claim the same output, demand or border on purpose"},
    {"delivered_by", FieldType::measures, false,
     "measures that produce what this one sells or needs: the same output is not counted twice"},
    {"new", FieldType::flag, false, "true: an activity or flow that is larger than anything there today"},
    {"technology_like.region", FieldType::region, false, "region whose technology or trade a new activity or flow copies"},
    {"technology_like.sector", FieldType::sector, false, "sector whose technology or trade a new activity or flow copies"},
};

std::span<const Field> programme_fields() { return programme_rows; }
std::span<const Field> appraisal_fields() { return appraisal_rows; }
std::span<const Field> uncertainty_fields() { return uncertainty_rows; }
std::span<const Field> agreement_fields() { return agreement_rows; }
std::span<const Field> parameter_fields() { return parameter_rows; }
std::span<const Field> common_fields() { return common_rows; }

static constexpr ProgrammeTable tables[] = {
    {"programme", "what the programme is, and over which accounts and years", programme_rows},
    {"appraisal", "present values", appraisal_rows},
    {"uncertainty", "what is drawn", uncertainty_rows},
    {"parameters", "numbers of the model that go before every other source", parameter_rows},
    {"agreement", "what was signed, beside the numbers", agreement_rows},
};

std::span<const ProgrammeTable> programme_tables() { return tables; }

}  // namespace kontor
