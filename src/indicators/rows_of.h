// The row of an indicator for a set of regions; name and year are filled in by `ask`.
#pragma once

#include <string>

#include "kontor/indicators/indicator.h"

namespace kontor {

inline EffectRow row_of(const RegionSet& set, const std::string& sector, const std::string& term, double value, const std::string& unit,
                        const std::string& partner = "") {
  return {"", set.code, sector, partner, 0, "", term, value, unit};
}

}  // namespace kontor
