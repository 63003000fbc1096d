// What vouches for an equilibrium: solved again from elsewhere, how far its residual can reach, whether its books balance.
#pragma once

#include "kontor/model/certificate.h"
#include "kontor/model/equilibrium.h"

namespace kontor {

/// Certificate of a solution. `starts`, 1 to 4 of: hats of one; the first-order guess from there; two random ones (all
/// unknowns log-normal with standard deviation 0.3, fixed seeds).
///
///   size               unknowns
///   iterations         of all the solves
///   residual           the largest, recomputed; in the equations' units (logs, parts of a region's scale)
///   condition          norm of the inverse Jacobian: largest move of an unknown for a residual of one (newton.h)
///   walras, market     of this solution
///   digits             -log10(condition x max(residual, epsilon)) - 1
///   spectral_radius    of the plain iteration at the solution: above 1 it needs its mixing to converge
///   starts, solutions  starts tried (the criterion says how many converged), and different equilibria found, the solution itself one
///
/// No answer where two starts lead to different equilibria (unknowns that differ by more than 1e-6 of themselves, or by
/// 1e-6 of the unit where that is more), where the residual leaves fewer than `fewest_digits`, or where books do not balance.
Certificate certify(const Economy& economy, const Equilibrium& solution, int starts = 4);

}  // namespace kontor
