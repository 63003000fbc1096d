// What footprints are asked of: the satellites of the accounts, and value added as one more flow.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

struct FootprintFlow {
  std::string code, unit;                // unit of the flow a year
  const Satellite* satellite = nullptr;  // null: value added
  std::vector<double> flows;             // F by cell; NaN where not known
  std::vector<double> per_output;        // f = F / x, NaN where F is not known
  std::vector<std::size_t> unknown;      // those cells
  std::vector<double> direct;            // by final use: what users emit or use themselves; empty where the accounts hold none
};

/// `--with satellite=CODE|value_added|all`; population is no flow. Throws Error(usage) for a code that there is not.
std::vector<FootprintFlow> footprint_flows(const Picture& picture, const Settings& settings);

/// People living in the set: the satellite `population`, cells and final users together; NaN where a region of it has none.
double population_of(const Accounts& accounts, const RegionSet& set);

}  // namespace kontor
