// Specialisation: what regions are good at, and how two of them meet in trade. The functions stand in
// location_quotient.cpp, comparative_advantage.cpp and pair_trade.cpp.
#include "families.h"
#include "specialisation.h"

namespace kontor {

namespace {

constexpr Setting of_quotient[] = {{"by", "output, value_added, jobs", "what the shares are shares of"},
                                   {"reference", "table, nation", "compared with all regions of the table, or with the region's nation"},
                                   {"satellite", "CODE", "with by=jobs: the satellite that counts them"}};
constexpr Setting of_advantage[] = {
    {"trade", "gross, value_added", "gross: what crosses the border; value_added: own value added that is absorbed elsewhere"}};

const Indicator location_quotient = {
    .name = "location_quotient",
    .family = "specialisation",
    .unit = "ratio",
    .meaning = "The sector's share in the region over its share in the whole table; above 1: the region is specialised in it",
    .formula = "(q(r,i) / q(r)) / (q(i) / q)",
    .source = "Miller and Blair (2022), Input-Output Analysis, on regional tables; Isard (1960), Methods of Regional Analysis",
    .page = "specialisation",
    .settings = of_quotient,
    .compute = location_quotients,
};

const Indicator revealed_comparative_advantage = {
    .name = "revealed_comparative_advantage",
    .family = "specialisation",
    .unit = "ratio",
    .meaning = "The product's share in the region's exports over its share in all regions' exports; above 1: an advantage",
    .formula = "(e(r,i) / e(r)) / (e(i) / e)",
    .source = "Balassa (1965), The Manchester School 33(2); in value added Koopman, Wang and Wei (2014), American Economic Review 104(2)",
    .page = "specialisation",
    .settings = of_advantage,
    .compute = comparative_advantages,
};

const Indicator trade_complementarity = {
    .name = "trade_complementarity",
    .family = "specialisation",
    .unit = "share",
    .meaning =
        "How well what the region sells to the world matches what the partner buys from it; 1: the same basket, 0: nothing in common",
    .formula = "sum_i min(e(A,i) / e(A), m(B,i) / m(B)) = 1 - 1/2 sum_i |e(A,i) / e(A) - m(B,i) / m(B)|",
    .source = "Michaely (1996), Trade Preferential Agreements in Latin America, World Bank working paper 1583",
    .page = "specialisation",
    .by_partner = ByPartner::always,
    .compute = complementarities,
};

const Indicator intra_industry_trade = {
    .name = "intra_industry_trade",
    .family = "specialisation",
    .unit = "share",
    .meaning = "How far sales and purchases of the same product balance; 1: as much sold as bought, 0: one direction only",
    .formula = "1 - |X - M| / (X + M); in all 1 - sum |X - M| / sum (X + M)",
    .source = "Grubel and Lloyd (1975), Intra-Industry Trade",
    .page = "specialisation",
    .by_partner = ByPartner::asked,
    .compute = intra_industry_trades,
};

const Indicator third_market_share = {
    .name = "third_market_share",
    .family = "specialisation",
    .unit = "share",
    .meaning = "Share of the region in what all regions but itself and the partner import",
    .formula = "sales of A to C over imports of C, C all regions but A and B",
    .source = "market shares by value; Finger and Kreinin (1979), Economic Journal 89, for third markets",
    .page = "specialisation",
    .by_partner = ByPartner::always,
    .compute = third_market_shares,
};

const Indicator export_similarity = {
    .name = "export_similarity",
    .family = "specialisation",
    .unit = "share",
    .meaning =
        "How alike the baskets are that the region and the partner sell to third regions; 1: they compete for the same customers' products",
    .formula = "sum_i min(e(A,C,i) / e(A,C), e(B,C,i) / e(B,C)), C all regions but A and B",
    .source = "Finger and Kreinin (1979), A measure of 'export similarity' and its possible uses, Economic Journal 89",
    .page = "specialisation",
    .by_partner = ByPartner::always,
    .compute = export_similarities,
};

constexpr const Indicator* specialisation_family[] = {&location_quotient,     &revealed_comparative_advantage,
                                                      &trade_complementarity, &intra_industry_trade,
                                                      &third_market_share,    &export_similarity};

}  // namespace

std::span<const Indicator* const> specialisation_indicators() { return specialisation_family; }

}  // namespace kontor
