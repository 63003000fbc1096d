// Value added in trade: who earns what the final use of whom pays for, and what gross exports are made of.
#include "decomposition.h"
#include "families.h"
#include "value_added_answers.h"

namespace kontor {

namespace {

constexpr const char* family = "value added in trade";
constexpr const char* page = "value_added_in_trade";

constexpr Term kinds_of_use[] = {
    {"", "all goods and services"},
    {"intermediate", "bought by producers, for use in what they make"},
    {"final", "bought by final users"},
};

const Indicator value_added_origin = {
    .name = "value_added_origin",
    .family = family,
    .unit = "money",
    .meaning = "Value added of the region, by sector of origin, that the final use of the partner pays for, through however many borders",
    .formula = "v(i) (L Y_l)(i), i in the region, l the partner",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86",
    .page = page,
    .by_partner = ByPartner::always,
    .compute = value_added_origin_answer,
};

const Indicator exports_gross = {
    .name = "exports_gross",
    .family = family,
    .unit = "money",
    .meaning = "Sales of the region's cells to users outside it, by sector of the seller",
    .formula = "E_sr = Z_sr 1 + Y_sr",
    .source = "United Nations (2018), Handbook on Supply and Use Tables and Input-Output Tables",
    .page = page,
    .by_partner = ByPartner::asked,
    .terms = kinds_of_use,
    .compute = gross_exports_answer,
};

const Indicator imports_gross = {
    .name = "imports_gross",
    .family = family,
    .unit = "money",
    .meaning = "Purchases of the region's users from suppliers outside it, by sector of the supplier",
    .formula = "sum_r E_rs",
    .source = "United Nations (2018), Handbook on Supply and Use Tables and Input-Output Tables",
    .page = page,
    .by_partner = ByPartner::asked,
    .terms = kinds_of_use,
    .compute = gross_imports_answer,
};

const Indicator trade_balance = {
    .name = "trade_balance",
    .family = family,
    .unit = "money",
    .meaning = "Gross exports less gross imports; by sector, of the same product",
    .formula = "E_sr - E_rs",
    .source = "United Nations (2018), Handbook on Supply and Use Tables and Input-Output Tables",
    .page = page,
    .by_partner = ByPartner::asked,
    .compute = trade_balance_answer,
};

const Indicator exports_value_added = {
    .name = "exports_value_added",
    .family = family,
    .unit = "money",
    .meaning =
        "Value added of the region that final use elsewhere absorbs (VAX), by sector of origin; with a partner, what that partner absorbs",
    .formula = "VAX_sl = sum_{i in s} v(i) (L Y_l)(i), l outside s",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86",
    .page = page,
    .by_partner = ByPartner::asked,
    .compute = value_added_exports_answer,
};

const Indicator imports_value_added = {
    .name = "imports_value_added",
    .family = family,
    .unit = "money",
    .meaning = "Value added of others that the region's final use absorbs, by sector of origin; with a partner, what that partner earns",
    .formula = "sum_{i in r} v(i) (L Y_s)(i), r outside s",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86; DFD_FVA of OECD, Trade in Value Added",
    .page = page,
    .by_partner = ByPartner::asked,
    .compute = value_added_imports_answer,
};

const Indicator value_added_balance = {
    .name = "value_added_balance",
    .family = family,
    .unit = "money",
    .meaning =
        "Value added exported less value added imported: in a closed world the same total as the gross balance, spread otherwise over "
        "partners",
    .formula = "VAX_sr - VAX_rs",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86",
    .page = page,
    .by_partner = ByPartner::asked,
    .compute = value_added_balance_answer,
};

const Indicator vax_ratio = {
    .name = "vax_ratio",
    .family = family,
    .unit = "ratio",
    .meaning =
        "Value added exported per unit of gross exports; low where exports hold many imports, above 1 where a sector exports inside "
        "the goods of others",
    .formula = "VAX_s / E_s",
    .source = "Johnson and Noguera (2012), Journal of International Economics 86",
    .page = page,
    .by_partner = ByPartner::asked,
    .compute = vax_ratio_answer,
};

constexpr Setting decomposition_settings[] = {
    {"method", "bm_source, bm_sink, kww, wwz, my, oecd",
     "whose terms: Borin and Mancini counting value added where it first or last leaves, Koopman-Wang-Wei, Wang-Wei-Zhu, Miroudot and Ye, "
     "OECD"},
    {"perspective", "exporter, exporter_sector, partner, partner_sector",
     "the border at which value added is counted once (bm_source, bm_sink, my): of the exporter, of its sector, of the pair, of both"},
    {"economies", "nations, regions",
     "how the world outside the exporter is divided: other nations each as one economy (the exporter's own nation region by region), or "
     "every "
     "region by itself"},
};

const Indicator exports_decomposition = {
    .name = "exports_decomposition",
    .family = family,
    .unit = "money",
    .meaning =
        "Gross exports by where their value added comes from, where it is absorbed and how often it crosses the border, by exporting "
        "sector",
    .formula = "E = sum of the parts of the method, OTHER included; each part is stated with its term",
    .source =
        "Borin and Mancini (2023), Economic Systems Research 35; Koopman, Wang and Wei (2014), American Economic Review 104; Wang, Wei "
        "and Zhu (2013), NBER Working Paper 19677; Miroudot and Ye (2021), Economic Systems Research 33; OECD (2021), Guide to OECD's "
        "Trade in Value Added Indicators",
    .page = page,
    .by_partner = ByPartner::asked,
    .terms = decomposition_terms(),
    .settings = decomposition_settings,
    .compute = decomposition_answer,
};

constexpr Setting economies[] = {decomposition_settings[2]};

constexpr Term vs_terms[] = {
    {"VS", "imported inputs in exports, directly and through own suppliers, by exporting sector"},
    {"VS_percent", "the same in % of gross exports to everybody"},
};

const Indicator vertical_specialisation = {
    .name = "vertical_specialisation",
    .family = family,
    .unit = "money, %",
    .meaning = "Imported inputs that the region's exports hold, at face value of the imports; with a partner, those bought from it",
    .formula = "VS_s = m' H_s E_s, m the imported inputs per unit of output",
    .source = "Hummels, Ishii and Yi (2001), Journal of International Economics 54",
    .page = page,
    .by_partner = ByPartner::asked,
    .terms = vs_terms,
    .settings = economies,
    .compute = vertical_specialisation_answer,
};

constexpr Term participation_terms[] = {
    {"backward", "koopman: foreign content of the region's exports, (sum_r v_r' L_rs) E_s, by exporting sector; partner: whose content",
     "definition=koopman"},
    {"forward", "koopman: value added of the region in the exports of others, v_s L_sr E_r, by sector of origin; partner: who exports",
     "definition=koopman"},
    {"backward", "borin_mancini: GVCB of bm_source: foreign content and domestic double counting; partner: the importer",
     "definition=borin_mancini"},
    {"forward", "borin_mancini: GVCF of bm_source: own value added that the importer sends on; partner: the importer",
     "definition=borin_mancini"},
    {"participation", "backward + forward"},
    {"backward_percent", "in % of the gross exports: all of them (koopman), those to the partner (borin_mancini)"},
    {"forward_percent", "the same; above 100 where a sector exports mostly inside the goods of others"},
    {"participation_percent", "the same"},
};

constexpr Setting participation_settings[] = {
    {"definition", "koopman, borin_mancini",
     "Koopman and others (2010), as the OECD; or Borin and Mancini (2023), in which the two never overlap"},
    decomposition_settings[2],
};

const Indicator gvc_participation = {
    .name = "gvc_participation",
    .family = family,
    .unit = "money, %",
    .meaning =
        "How much of exports is part of chains over several borders: what they hold of others (backward), what others' exports hold "
        "(forward)",
    .formula = "backward (sum_r v_r' L_rs) E_s, forward sum_r v_s' L_sr E_r; with definition=borin_mancini GVCB and GVCF",
    .source = "Koopman, Powers, Wang and Wei (2010), NBER Working Paper 16426; Borin and Mancini (2023), Economic Systems Research 35",
    .page = page,
    .by_partner = ByPartner::asked,
    .terms = participation_terms,
    .settings = participation_settings,
    .compute = participation_answer,
};

const Indicator* const value_added_family[] = {&value_added_origin,    &exports_gross,           &imports_gross,       &trade_balance,
                                               &exports_value_added,   &imports_value_added,     &value_added_balance, &vax_ratio,
                                               &exports_decomposition, &vertical_specialisation, &gvc_participation};

}  // namespace

std::span<const Indicator* const> value_added_indicators() { return value_added_family; }

}  // namespace kontor
