// Footprints of every satellite and of value added; what they compute stands in footprint_accounts.cpp and
// footprint_questions.cpp. Rows carry the satellite in their name: footprint_jobs, footprint_value_added.
#include "families.h"
#include "footprint_accounts.h"

namespace kontor {

namespace {

constexpr Setting of_footprints[] = {
    {"satellite", "CODE, value_added, all", "whose footprint: a satellite of the accounts, value added, or all"}};

constexpr Term account_terms[] = {
    {"production", "made in the region; in all with what its final users emit themselves; by sector: where it is made"},
    {"consumption",
     "behind the region's final use, anywhere; in all with what its final users emit themselves; by sector: the product bought"},
    {"exports", "made in the region for final use elsewhere; by partner: there; by sector: where it is made"},
    {"imports", "made elsewhere for final use in the region; by partner: there; by sector: the product bought"},
    {"direct", "what final users emit or use themselves: in the region's totals, in no sector"},
    {"consumption_known", "without cells that have no number: a lower bound, only where there are such"},
    {"imports_known", "without cells that have no number: a lower bound, only where there are such"}};
constexpr Term intensity_terms[] = {{"direct", "f: in the cell itself, per unit of its output"},
                                    {"total", "m: in all cells, per unit of final use of its product"},
                                    {"total_known", "without cells that have no number: a lower bound, only where there are such"}};

const Indicator footprint = {
    .name = "footprint",
    .family = "footprints",
    .unit = "satellite's",
    .meaning = "What is made, used up or emitted in the region, behind what it uses, and inside what crosses its border",
    .formula = "production sum F; consumption f' L Y_r; exports f_r' (L Y)_other; imports f_other' L Y_r; f = F / x",
    .source =
        "Miller and Blair (2022), Input-Output Analysis, on environmental extensions; Stadler (2021), Journal of Open Research Software 9",
    .page = "footprints",
    .by_partner = ByPartner::asked,
    .terms = account_terms,
    .settings = of_footprints,
    .compute = footprint_accounts,
};

const Indicator footprint_per_head = {
    .name = "footprint_per_head",
    .family = "footprints",
    .unit = "satellite's per head",
    .meaning = "The region's footprints over the people who live in it",
    .formula = "footprint / population",
    .source = "Stadler (2021), Journal of Open Research Software 9",
    .page = "footprints",
    .by_partner = ByPartner::asked,
    .terms = account_terms,
    .settings = of_footprints,
    .compute = footprints_per_head,
};

const Indicator footprint_intensity = {
    .name = "footprint_intensity",
    .family = "footprints",
    .unit = "satellite's per money",
    .meaning = "What a unit of the cell's output takes in the cell, and a unit of final use of its product in all cells",
    .formula = "direct f = F / x; total m' = f' L",
    .source = "Miller and Blair (2022), Input-Output Analysis, on environmental extensions",
    .page = "footprints",
    .terms = intensity_terms,
    .settings = of_footprints,
    .compute = footprint_intensities,
};

constexpr const Indicator* footprint_family[] = {&footprint, &footprint_per_head, &footprint_intensity};

}  // namespace

std::span<const Indicator* const> footprint_indicators() { return footprint_family; }

}  // namespace kontor
