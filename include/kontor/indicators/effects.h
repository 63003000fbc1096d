// Solutions to effects: what each region and sector gains or loses, in the rows that result.h lists.
#pragma once

#include <vector>

#include "kontor/indicators/table.h"
#include "kontor/model/scenarios.h"

namespace kontor {

/// Effects of a programme in the leontief model, and what could not be counted.
struct ProgrammeEffects {
  std::vector<EffectRow> rows;
  std::vector<int> years_in_detail;       // the year of the largest effect and the last of the horizon
  std::vector<const Shock*> not_counted;  // of all years, each shock once
  std::vector<Identity> identities;       // checked on the solved scenarios
  double backward_error = 0.0;            // worst of all solves
};

ProgrammeEffects effects_of_programme(const LeontiefSystem& system, const Programme& programme, const Compiled& compiled);

/// The system's certificate with the worst backward error of these solves and the identities of the accounts and effects.
Certificate certified(const LeontiefSystem& system, const ProgrammeEffects& effects);

/// "million EUR", "thousand USD" or "EUR": the unit of money in these accounts.
std::string money_unit(const Accounts& accounts);

/// "persons, estimate": unit of a satellite row, with the word that its source calls for.
std::string satellite_unit(const Satellite& satellite);

}  // namespace kontor
