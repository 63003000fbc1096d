// Loss scenarios: what a region would miss if a supplier or a border closed. They show exposure and what softens it.
#include "families.h"
#include "losses.h"

namespace kontor {

namespace {

constexpr Term terms[] = {
    {"output", "gross output lost a year; above 0 is less"},
    {"value_added", "value added lost a year"},
    {"SATELLITE",
     "each satellite under its own code (jobs): what goes with the lost output; not available where the accounts have no number"},
    {"..._percent", "each of them in percent of what the region, or its sector, has"},
};

constexpr Setting side = {
    "side", "demand|supply",
    "demand (default): sales that fall away, final demand given; supply: deliveries that are missing, passed on by every "
    "user in proportion (Ghosh), primary inputs given"};
constexpr Setting share = {"share", "0 to 1", "part of it that closes, default 1"};
constexpr Setting replacement = {
    "replacement", "none|proportional|0 to 1",
    "part of the missing deliveries that each buyer's other suppliers make up, pro rata to what it buys from them "
    "now; none (default) is 0, proportional is 1"};

constexpr Setting supplier_settings[] = {
    {"supplier", "a region, nation or bloc", "whose production closes; default: each partner in turn"},
    {"sector", "a sector", "only this sector of the supplier"},
    share,
    replacement,
    side,
};

const Indicator loss_supplier_row = {
    .name = "loss_supplier",
    .family = "losses",
    .unit = "money",
    .meaning = "What a region loses if production in a supplier region, or one sector of it, goes down; `partner` is the supplier",
    .formula = "demand: s L_oK L_KK^-1 x_K; supply: s 1' L_KK^-1 L_Ko diag(x_o)",
    .source = "Dietzenbacher, van der Linden, Steenge (1993), Economic Systems Research 5; Ghosh (1958), Economica 25",
    .page = "losses",
    .by_partner = ByPartner::always,
    .terms = terms,
    .settings = supplier_settings,
    .compute = loss_supplier,
};

constexpr Setting border_settings[] = {
    {"between", "a region, nation or bloc", "one side of the border; default: each region that is asked about"},
    {"and", "a region, nation or bloc", "the other side; default: each partner, or everybody else"},
    {"goods", "all|intermediate|final", "what no longer crosses; default all"},
    share,
    replacement,
    side,
};

const Indicator loss_border_row = {
    .name = "loss_border",
    .family = "losses",
    .unit = "money",
    .meaning = "What a region loses if its border with a partner, or with everybody else, closes in both directions, in whole or in part",
    .formula =
        "demand: (I - A - D) loss = s deliveries across it, D = -s A across it; supply: l' (I - A - D) = s inputs across it, loss = l x",
    .source = "Dietzenbacher, van der Linden, Steenge (1993), Economic Systems Research 5; Ghosh (1958), Economica 25",
    .page = "losses",
    .by_partner = ByPartner::asked,
    .terms = terms,
    .settings = border_settings,
    .compute = loss_border,
};

constexpr const Indicator* loss_family[] = {&loss_supplier_row, &loss_border_row};

}  // namespace

std::span<const Indicator* const> loss_indicators() { return loss_family; }

}  // namespace kontor
