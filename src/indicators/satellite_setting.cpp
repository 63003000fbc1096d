#include "satellite_setting.h"

#include "kontor/base/error.h"
#include "kontor/base/text.h"

namespace kontor {

int satellite_named(const Accounts& a, const std::string& code) {
  const int found = satellite_index(a, code);
  if (found >= 0) return found;
  std::vector<std::string> codes;
  for (const Satellite& s : a.satellites) codes.push_back(s.code);
  fail(Exit::usage, "unknown-satellite", "", "", "--with satellite", quoted(code) + " is no satellite of these accounts",
       "a code of satellites.csv", codes.empty() ? "these accounts hold none" : did_you_mean(code, codes));
}

int jobs_satellite(const Accounts& a, const Settings& settings) {
  const auto said = settings.find("satellite");
  if (said != settings.end()) return satellite_named(a, said->second);
  const int jobs = satellite_index(a, "jobs");
  if (jobs >= 0) return jobs;
  for (std::size_t s = 0; s < a.satellites.size(); ++s)
    if (a.satellites[s].unit == "persons" || a.satellites[s].unit == "jobs") return static_cast<int>(s);
  return -1;
}

void add_resolution_note(const Satellite& satellite, std::vector<std::string>& notes) {
  if (satellite.resolution == Resolution::region)
    notes.push_back("the source knows " + satellite.code + " by region only: no rows by sector");
  if (satellite.resolution == Resolution::sector_group)
    notes.push_back("the source knows " + satellite.code +
                    " by groups of sectors only: rows carry the name of the group, and --sector takes only sectors that are "
                    "a group of their own");
}

}  // namespace kontor
