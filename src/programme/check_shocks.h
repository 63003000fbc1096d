// Checks on compiled measures: sizes, overlaps, restricted pairs.
#pragma once

#include "kontor/programme/programme.h"

namespace kontor {

/// Holds every amount against the flow, the output and the imports that it touches.
void check_sizes(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings);
/// Two measures that claim the same output, the same demand or the same border, unless the file says so.
void check_overlaps(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings);
/// A warning for every measure that touches a restricted pair.
void flag_restricted(const Programme& programme, const Accounts& accounts, const std::vector<Shock>& shocks, Findings& findings);

}  // namespace kontor
