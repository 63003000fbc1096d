// The accounts after a programme: the table that the solved model implies, with every row and column of the one before.
//
// What uses and costs of each cell sum to, they sum to before and after: what a source's table misses stays missed, at the
// prices after. Method and choices: docs/methods/accounts_after.md
#pragma once

#include <string>
#include <vector>

#include "kontor/model/equilibrium.h"
#include "kontor/model/leontief.h"

namespace kontor {

/// The row that takes what tariffs, subsidies and rents bring in (or cost, below 0) beyond what the accounts' tax rows,
/// which move with output, hold of them. It is no value added. Absent where there is nothing to tell.
inline constexpr const char* wedge_row_code = "border_wedges";
inline const PrimaryRow wedge_row = {wedge_row_code, "Tariffs, subsidies and rents beyond what the tax rows hold", PrimaryRole::tax, false};

/// After a scenario at fixed prices, in prices of the base: coefficients move where purchases moved, purchases, primary rows
/// and satellites follow output, final use takes what it newly buys. Throws Error(data) where a cell that made nothing has to
/// make something: nobody knows of what.
Accounts accounts_after(const LeontiefSystem& system, const LeontiefSolution& solution);

/// At an equilibrium, in money of its prices (in a closed world the same value added as before; else money of abroad):
/// sellers get basic prices, factor rows what factors earn. Satellites are those of the accounts times output (jobs: times
/// employment) over `baseline`, the flows of the equilibrium without the programme; the baseline's own accounts come from
/// the baseline's economy and solution. `imbalances` become imports less exports where the accounts hold them.
Accounts accounts_after(const Economy& economy, const Equilibrium& solution, const Flows& baseline);

/// Tariff rates as the shocks leave them. A non-tariff cost whose flow a measure made cheaper is not known any more (NaN).
void enter_border_costs(Accounts& accounts, const std::vector<const Shock*>& shocks);

}  // namespace kontor
