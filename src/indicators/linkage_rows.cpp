// Linkages: how strongly the cells of an economy pull on each other and push each other. One line a row below; what each
// computes stands in multipliers.cpp, linkages.cpp, interregional.cpp and upstreamness.cpp.
#include <array>

#include "families.h"
#include "linkages.h"
#include "multipliers.h"

namespace kontor {

namespace {

constexpr const char* miller_blair_6 = "Miller and Blair (2022), Input-Output Analysis, chapter 6";

constexpr Setting type_setting = {"type", "I, II",
                                  "I: households' purchases are given; II: income from production is spent again by households"};
constexpr Setting income_setting = {"income", "labour, value_added", "type II: the income that households spend"};
constexpr Setting mean_setting = {"mean", "table, region",
                                  "normalised by the mean over all cells of the table, or over those of the region"};
constexpr Setting satellite_setting = {"satellite", "CODE", "the satellite that counts jobs (default: `jobs`, or the first in persons)"};
constexpr Setting correction_setting = {
    "correction", "none, trade",
    "none: closed formula, exports abroad are final, imports one stage; trade: imports count as made at "
    "home, exports as used like other sales"};

constexpr Setting of_multipliers[] = {type_setting, income_setting};
constexpr Setting of_value_added[] = {
    type_setting, income_setting, {"by", "total, row", "all value added, or each primary row and imports"}};
constexpr Setting of_jobs[] = {type_setting, income_setting, satellite_setting};
constexpr Setting of_linkages[] = {mean_setting};
constexpr Setting of_key_sectors[] = {mean_setting, {"threshold", "number", "a normalised linkage above it is strong (default 1)"}};
constexpr Setting of_stages[] = {correction_setting};

constexpr Term whole = {"", "in all cells"};
constexpr Term own_term = {"own", "of it, in the region itself"};
constexpr Term per_direct = {"per_direct", "over what the cell itself pays per unit of output"};
constexpr Term known = {"known", "without the cells that have no number: a lower bound, only where there are such"};
constexpr Term output_terms[] = {whole, own_term};
constexpr Term value_terms[] = {whole, own_term, per_direct, {"CODE", "of that primary row; `imports` from external regions", "by=row"}};
constexpr Term income_terms[] = {whole, own_term, per_direct};
constexpr Term job_terms[] = {whole, own_term, known};
constexpr Term linkage_terms[] = {{"direct", "first round only: A, or B"},
                                  {"total", "all rounds: L, or G"},
                                  {"direct_normalised", "direct over its mean"},
                                  {"total_normalised", "total over its mean; above 1: stronger than the average cell"},
                                  {"intra", "part of the total with cells of the region itself"},
                                  {"inter", "part of the total with cells of other regions"}};
constexpr Term dispersion_terms[] = {{"backward", "of the cell's column of L: low if its purchases reach all suppliers evenly"},
                                     {"forward", "of the cell's row of G: low if all users take its product evenly"}};
constexpr Term interregional_terms[] = {{"own", "in the region as if it traded with nobody: 1' (I - A_ss)^-1"},
                                        {"feedback", "in the region because others need its goods for what it buys from them"},
                                        {"spillover", "in other regions; by partner: in that one"}};
constexpr Term class_terms[] = {{"weak", "0: neither"},
                                {"forward", "1: sells to many, buys from few"},
                                {"backward", "2: buys from many, sells to few"},
                                {"key", "3: both linkages above the threshold"}};

const Indicator output_multiplier = {
    .name = "output_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "Output of all cells that one unit of final demand for the cell calls for, itself included",
    .formula = "m(j) = sum_i L(i,j)",
    .source = "Leontief (1936); Miller and Blair (2022), chapter 6",
    .page = "linkages",
    .terms = output_terms,
    .settings = of_multipliers,
    .compute = output_multipliers,
};

const Indicator value_added_multiplier = {
    .name = "value_added_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning =
        "Value added in all cells per unit of final demand for the cell; what is missing to one leaks out as imports and taxes on products",
    .formula = "m' = v' L; per_direct m(j) / v(j)",
    .source = miller_blair_6,
    .page = "linkages",
    .terms = value_terms,
    .settings = of_value_added,
    .compute = value_added_multipliers,
};

const Indicator income_multiplier = {
    .name = "income_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "Labour income in all cells per unit of final demand for the cell; per_direct: per unit that the cell itself pays",
    .formula = "m' = w' L, w labour income per unit of output; per_direct m(j) / w(j)",
    .source = miller_blair_6,
    .page = "linkages",
    .terms = income_terms,
    .settings = of_multipliers,
    .compute = income_multipliers,
};

const Indicator job_content = {
    .name = "job_content",
    .family = "linkages",
    .unit = "persons per money",
    .meaning = "Jobs in all cells per unit of final demand for the cell",
    .formula = "m' = e' L, e jobs per unit of output",
    .source = miller_blair_6,
    .page = "linkages",
    .terms = job_terms,
    .settings = of_jobs,
    .compute = job_contents,
};

const Indicator job_multiplier = {
    .name = "job_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "Jobs in all cells per job in the cell that final demand for it calls for directly, itself included",
    .formula = "m(j) / e(j), m' = e' L",
    .source = miller_blair_6,
    .page = "linkages",
    .terms = job_terms,
    .settings = of_jobs,
    .compute = job_multipliers,
};

const Indicator interregional_multiplier = {
    .name = "interregional_multiplier",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "Where the output multiplier arises: in the region by itself, in it by way of others, and in others",
    .formula = "own 1' H_s; feedback 1' (L_ss - H_s); spillover 1' L_os; H_s = (I - A_ss)^-1",
    .source = "Miller and Blair (2022), Input-Output Analysis, chapter 3",
    .page = "linkages",
    .by_partner = ByPartner::asked,
    .terms = interregional_terms,
    .compute = interregional_multipliers,
};

const Indicator backward_linkage = {
    .name = "backward_linkage",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "How strongly a unit of the cell's output pulls the cells that supply it",
    .formula = "direct sum_i A(i,j); total sum_i L(i,j); normalised by the mean of all cells",
    .source = "Rasmussen (1956), Studies in Inter-Sectoral Relations; Hirschman (1958), The Strategy of Economic Development",
    .page = "linkages",
    .terms = linkage_terms,
    .settings = of_linkages,
    .compute = backward_linkages,
};

const Indicator forward_linkage = {
    .name = "forward_linkage",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "How much of the output of cells is made with the cell's product, per unit of it",
    .formula = "direct sum_j B(i,j); total sum_j G(i,j), G = X^-1 L X; normalised by the mean of all cells",
    .source = "Ghosh (1958), Economica 25; Jones (1976), Quarterly Journal of Economics 90",
    .page = "linkages",
    .terms = linkage_terms,
    .settings = of_linkages,
    .compute = forward_linkages,
};

const Indicator linkage_dispersion = {
    .name = "linkage_dispersion",
    .family = "linkages",
    .unit = "ratio",
    .meaning = "How unevenly the cell's pull, or push, is spread over cells: coefficient of variation, large where few cells feel it",
    .formula = "sqrt(sum_i (L(i,j) - mean)^2 / (n - 1)) / mean, over column j of L; forward over row i of G",
    .source = "Rasmussen (1956), Studies in Inter-Sectoral Relations",
    .page = "linkages",
    .terms = dispersion_terms,
    .compute = linkage_dispersions,
};

const Indicator key_sector = {
    .name = "key_sector",
    .family = "linkages",
    .unit = "class",
    .meaning = "Class of the cell by its normalised total linkages: 3 key, 2 backward, 1 forward, 0 weak",
    .formula = "key: backward and forward total_normalised both above the threshold (default 1)",
    .source = "Rasmussen (1956); Hirschman (1958), The Strategy of Economic Development",
    .page = "linkages",
    .terms = class_terms,
    .settings = of_key_sectors,
    .compute = key_sectors,
};

const Indicator upstreamness = {
    .name = "upstreamness",
    .family = "linkages",
    .unit = "stages",
    .meaning = "Average number of stages between the cell's product and final use; 1: sold to final users only",
    .formula = "u = G 1; correction=trade: u(i) = 1 + sum_j (z(i,j) + m(i,j)) / (x(i) - e(i) + m(i)) u(j)",
    .source = "Antras, Chor, Fally and Hillberry (2012), American Economic Review 102(3)",
    .page = "linkages",
    .settings = of_stages,
    .compute = upstreamnesses,
};

const Indicator downstreamness = {
    .name = "downstreamness",
    .family = "linkages",
    .unit = "stages",
    .meaning = "Average number of stages between primary inputs and the cell's product; 1: it buys from no cell",
    .formula = "d' = 1' L; correction=trade: d(j) = 1 + sum_i (z(i,j) + m(i,j)) / x(j) d(i)",
    .source = "Antras and Chor (2018), On the measurement of upstreamness and downstreamness in global value chains",
    .page = "linkages",
    .settings = of_stages,
    .compute = downstreamnesses,
};

constexpr const Indicator* linkage_family[] = {&output_multiplier, &value_added_multiplier, &income_multiplier, &job_content,
                                               &job_multiplier,    &backward_linkage,       &forward_linkage,   &linkage_dispersion,
                                               &key_sector,        &upstreamness,           &downstreamness,    &interregional_multiplier};

}  // namespace

std::span<const Indicator* const> linkage_indicators() { return linkage_family; }

}  // namespace kontor
