// Dependence: who supplies a region, at face value and looking through the chains, and rules that say where to look closer.
#include "dependence.h"
#include "families.h"

namespace kontor {

namespace {

constexpr const char* face_value_words = "at face value: what is bought from, or sold to, the next one in the chain";

constexpr Term self_terms[] = {
    {"own_deliveries", "purchases of the product from the region itself / all its purchases of the product; 0 to 1"},
    {"output", "output / (output - exports + imports) of the product; above 1 for a net exporter"},
};

constexpr Setting self_settings[] = {final_use_setting};

const Indicator self_sufficiency_row = {
    .name = "self_sufficiency",
    .family = "dependence",
    .unit = "share",
    .meaning = "Part of a region's use of each product that it makes itself, in two definitions; 1 is self-sufficient at face value",
    .formula = "own_deliveries = own / (own + imports); output = x / (x - exports + imports), by product",
    .source =
        "Food balance sheets' self-sufficiency ratio (FAO 2001) for `output`; `own_deliveries` is the domestic supply share of "
        "input-output tables",
    .page = "dependence",
    .terms = self_terms,
    .settings = self_settings,
    .compute = self_sufficiency,
};

constexpr Term look_through_terms[] = {
    {"own", "value added in the region itself"},
    {"bloc", "value added in the rest of its bloc, which the column `partner` names: one of --bloc, else the region's nation"},
    {"others", "value added everywhere else; imports from an external region count here in full"},
    {"taxes", "product taxes and margins that producers pay on the way: nobody's value added", "accounts with such rows"},
    {"origin", "value added in the partner", "--partner"},
};

const Indicator self_sufficiency_look_through_row = {
    .name = "self_sufficiency_look_through",
    .family = "dependence",
    .unit = "share",
    .meaning = "By whose value added a region's final demand is met, product by product, looking through all chains; the terms add up to 1",
    .formula = "sum over o in group, i of product p: (v L)(o,i) Y(i,R) / sum over all o; v by region of origin",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86: value added by origin and absorption",
    .page = "dependence",
    .by_partner = ByPartner::asked,
    .terms = look_through_terms,
    .settings = self_settings,
    .compute = self_sufficiency_look_through,
};

constexpr Term reliance_terms[] = {
    {"face_value", face_value_words},
    {"look_through", "the same share with every earlier or later step of the chain"},
};

constexpr Setting input_settings[] = {
    {"normalisation", "requirements|output",
     "requirements (default): share of all inputs, direct or along the chain; output: per unit of the sector's own output"},
};

const Indicator foreign_input_reliance_row = {
    .name = "foreign_input_reliance",
    .family = "dependence",
    .unit = "share",
    .meaning = "Part of a sector's inputs that comes from outside the region: bought directly, and along the whole chain",
    .formula = "face: sum_{o not R} z(o,j) / sum_o z(o,j); through: the same of column j of L - I, imports M L added",
    .source = "Baldwin, Freeman, Theodorakopoulos (2022), NBER Working Paper 30525; (2023), Brookings Papers on Economic Activity",
    .page = "dependence",
    .by_partner = ByPartner::asked,
    .terms = reliance_terms,
    .settings = input_settings,
    .compute = foreign_input_reliance,
};

constexpr Setting market_settings[] = {
    {"sales", "all|intermediate",
     "all (default): final sales too, followed to the region whose final users absorb the output; intermediate: sales to producers only, "
     "the "
     "mirror image of inputs"},
    final_use_setting,
};

const Indicator foreign_market_reliance_row = {
    .name = "foreign_market_reliance",
    .family = "dependence",
    .unit = "share",
    .meaning = "Part of a sector's sales that depends on users outside the region: sold to them directly, and ending with them",
    .formula = "face: sales to d not R / all sales of i; through: sum_{d not R} (L Y)(i,d) / sum_d (L Y)(i,d)",
    .source =
        "Baldwin, Freeman, Theodorakopoulos (2022, 2023); Imbs and Pauwels (2025), Journal of International Economics 157, for all sales",
    .page = "dependence",
    .by_partner = ByPartner::asked,
    .terms = reliance_terms,
    .settings = market_settings,
    .compute = foreign_market_reliance,
};

constexpr Term hidden_terms[] = {
    {"face_value", "share of the partner at face value"},
    {"look_through", "share of the partner looking through the chain"},
    {"hidden", "look_through - face_value: what face value does not show; below 0 where it shows too much"},
};

constexpr Setting hidden_settings[] = {
    {"side", "inputs|markets", "inputs (default): reliance on suppliers; markets: reliance on users"},
    input_settings[0],
    market_settings[0],
    final_use_setting,
};

const Indicator hidden_exposure_row = {
    .name = "hidden_exposure",
    .family = "dependence",
    .unit = "share",
    .meaning =
        "Reliance on each partner that face value does not show: it reaches the region through third countries and its own suppliers",
    .formula = "look-through - face value of foreign_input_reliance (or foreign_market_reliance), by partner",
    .source = "Baldwin, Freeman, Theodorakopoulos (2023), Brookings Papers on Economic Activity, fall, 79-167",
    .page = "dependence",
    .by_partner = ByPartner::always,
    .terms = hidden_terms,
    .settings = hidden_settings,
    .compute = hidden_exposure,
};

constexpr Term concentration_terms[] = {
    {"importance", "purchases of the product / purchases of all products by the region"},
    {"foreign_share", "part of the purchases that comes from outside the region, at face value"},
    {"face_value_foreign", "HHI of origins outside the region, at face value"},
    {"face_value_all", "HHI of all origins, the region itself as one, at face value"},
    {"look_through_foreign", "HHI of the origins outside the region of the value in those purchases"},
    {"look_through_all", "HHI of all origins of the value in those purchases"},
};

constexpr Setting concentration_settings[] = {
    {"origins", "regions|nations", "regions (default): each region of the accounts is an origin; nations: regions of one nation together"},
    final_use_setting,
};

const Indicator supplier_concentration_row = {
    .name = "supplier_concentration",
    .family = "dependence",
    .unit = "index",
    .meaning =
        "How few origins stand behind what a region buys of each product (1/N to 1; 1 is a single origin), beside how much the product "
        "matters to it",
    .formula = "HHI = sum_o s(o)^2; face value s: shares of sellers; look-through s: shares in (v L) times purchases",
    .source = "Hirschman (1945), National Power and the Structure of Foreign Trade; Herfindahl (1950)",
    .page = "dependence",
    .terms = concentration_terms,
    .settings = concentration_settings,
    .compute = supplier_concentration,
};

constexpr Term ec_terms[] = {
    {"cdi1", "HHI of the nations outside the area in imports from there"},
    {"cdi2", "imports from outside the area / all imports, between members of the area included"},
    {"cdi3", "imports from outside the area / own exports, to members of the area included; 9999 where nothing is exported"},
    {"flag", "1 if all three exceed their thresholds, 0 if one does not"},
    {"flagged_products", "number of products with flag 1"},
    {"flagged_share", "their part of imports from outside the area"},
};

constexpr Setting ec_settings[] = {
    {"cdi1", "0 to 1", "threshold of cdi1, default 0.4"},
    {"cdi2", "0 to 1", "threshold of cdi2, default 0.5"},
    {"cdi3", "0 or more", "threshold of cdi3, default 1"},
    final_use_setting,
};

const Indicator dependency_screen_ec_row = {
    .name = "dependency_screen_ec",
    .family = "dependence",
    .unit = "index, share, ratio",
    .meaning =
        "The European Commission's three import indicators by product, and whether all exceed their thresholds; the area is the region's "
        "bloc (--bloc), named in `partner`, or the bloc that is asked about",
    .formula = "flag = [HHI > 0.4] [extra-area imports / imports > 0.5] [extra-area imports / exports > 1]",
    .source =
        "European Commission (2021), SWD(2021) 352 final; Arjona, Connell, Herghelegiu (2023). Thresholds as known, not read again there",
    .page = "dependence",
    .terms = ec_terms,
    .settings = ec_settings,
    .compute = dependency_screen_ec,
};

constexpr Term geodep_terms[] = {
    {"import_hhi", "HHI of the nations that the imports come from"},
    {"export_hhi", "HHI of the nations that export the product to anybody"},
    {"imports_over_exports", "imports / exports; 9999 where nothing is exported"},
    {"flag", "1 if all three exceed their thresholds, 0 if one does not"},
    {"flagged_products", "number of products with flag 1"},
    {"flagged_share", "their part of imports"},
};

constexpr Setting geodep_settings[] = {
    {"import_hhi", "0 to 1", "threshold of import_hhi, default 0.4"},
    {"export_hhi", "0 to 1", "threshold of export_hhi, default 0.4"},
    {"ratio", "0 or more", "threshold of imports_over_exports, default 1"},
    final_use_setting,
};

const Indicator dependency_screen_geodep_row = {
    .name = "dependency_screen_geodep",
    .family = "dependence",
    .unit = "index, ratio",
    .meaning =
        "GeoDep's rule by product: concentrated imports, concentrated world exports, more imports than exports; one year, persistence "
        "untested",
    .formula = "flag = [import HHI > 0.4] [world export HHI > 0.4] [imports / exports > 1]; published rule: in 2 of 3 years",
    .source = "CEPII GeoDep: Lefebvre and Wibaux (2024), CEPII Policy Brief 47",
    .page = "dependence",
    .terms = geodep_terms,
    .settings = geodep_settings,
    .compute = dependency_screen_geodep,
};

constexpr const Indicator* dependence_family[] = {
    &self_sufficiency_row, &self_sufficiency_look_through_row, &foreign_input_reliance_row, &foreign_market_reliance_row,
    &hidden_exposure_row,  &supplier_concentration_row,        &dependency_screen_ec_row,   &dependency_screen_geodep_row,
};

}  // namespace

std::span<const Indicator* const> dependence_indicators() { return dependence_family; }

}  // namespace kontor
