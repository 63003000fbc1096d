// Targets out of reach: their rows and findings.
#pragma once

#include "kontor/indicators/net_effects.h"

namespace kontor {

/// target_wanted and target_largest, per cent, of each measure and year.
void add_unreached(const Accounts& accounts, const std::vector<UnreachedTarget>& unreached, std::vector<EffectRow>& rows);

/// One warning a measure, with the closures under which its target is out of reach.
void add_target_findings(const Programme& programme, const Accounts& accounts, const std::vector<UnreachedTarget>& unreached,
                         Findings& findings);

}  // namespace kontor
