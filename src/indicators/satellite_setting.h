// Which satellite an indicator is about, and what must be said where it is known less finely than the cells.
#pragma once

#include <string>
#include <vector>

#include "kontor/indicators/indicator.h"

namespace kontor {

/// The satellite of that code; throws Error(usage) with the nearest codes.
int satellite_named(const Accounts& accounts, const std::string& code);
/// `--with satellite=CODE`, by default the one of jobs: code "jobs", or the first that counts persons or jobs; -1 if none.
int jobs_satellite(const Accounts& accounts, const Settings& settings);
/// Says that there are no rows by sector, or rows by groups of sectors, where the source knows no more.
void add_resolution_note(const Satellite& satellite, std::vector<std::string>& notes);

}  // namespace kontor
