// The steps of one evaluation, in their order. Each fills its part of the Work, and its part of the residual.
#pragma once

#include "equilibrium_parts.h"

namespace kontor {

/// c^-theta of each row, the largest of its product taken out; Phi and ln P of each product and group, unit costs and price
/// indices, what groups spend on each product, what each row sells to them, and what wedges bring in.
void markets_of(Work& w);
/// Adds what each row sells abroad and to those who buy whatever the price.
void other_sales_of_rows(Work& w);
/// ln of the return to capital that moves; 0 where it stays or comes at the base price.
double log_pool(const Work& w, std::size_t region);

/// Targets: their wedges in Phi and in sales, and their shares.
void add_wedged(Work& w, std::size_t product);
void add_wedged_sales(Work& w, std::size_t product);
void equations_of_targets(Work& w);
/// What procurement rules take from users, by the region that it stays in.
void rents_of_rules(Work& w);

/// ln of the price of a row over its base: unit cost and the rent of a limit; 0 abroad.
double log_price_of_row(const Work& w, std::size_t row);
/// Limits: no more than they say, no rent below zero, and no rent where there is room.
void equations_of_limits(Work& w);

/// Incomes and wages; the return to capital that moves.
void equations_of_regions(Work& w);
void equations_of_capital(Work& w);

}  // namespace kontor
