#include "footprint_flows.h"

#include <algorithm>
#include <cmath>

#include "kontor/base/sum.h"
#include "kontor/indicators/effects.h"
#include "satellite_setting.h"

namespace kontor {

static constexpr const char* population_code = "population";

static FootprintFlow flow_of_satellite(const Picture& picture, std::size_t s) {
  const Accounts& a = picture.accounts();
  FootprintFlow flow;
  flow.code = a.satellites[s].code, flow.unit = satellite_unit(a.satellites[s]), flow.satellite = &a.satellites[s];
  flow.flows.assign(a.satellite.row(s).begin(), a.satellite.row(s).end());
  flow.per_output = picture.system().coefficients(flow.flows);
  for (std::size_t i = 0; i < flow.flows.size(); ++i)
    if (std::isnan(flow.flows[i])) {
      flow.unknown.push_back(i);
      if (!(a.output(0, i) > 0.0)) flow.per_output[i] = 0.0;  // what is idle stands behind nobody's use
    }
  if (a.satellite_final.empty()) return flow;
  // A row of which no final user has a number is one that final users are not in.
  const auto users = a.satellite_final.row(s);
  if (!std::all_of(users.begin(), users.end(), [](double value) { return std::isnan(value); }))
    flow.direct.assign(users.begin(), users.end());
  return flow;
}

static FootprintFlow flow_of_value_added(const Picture& picture) {
  const Accounts& a = picture.accounts();
  FootprintFlow flow;
  flow.code = "value_added", flow.unit = money_unit(a), flow.per_output = picture.value_added();
  for (std::size_t i = 0; i < a.cells.size(); ++i) flow.flows.push_back(value_added(a, static_cast<int>(i)));
  return flow;
}

std::vector<FootprintFlow> footprint_flows(const Picture& picture, const Settings& settings) {
  const Accounts& a = picture.accounts();
  const auto said = settings.find("satellite");
  std::vector<FootprintFlow> flows;
  if (said != settings.end() && said->second != "all" && said->second != "value_added")
    return {flow_of_satellite(picture, static_cast<std::size_t>(satellite_named(a, said->second)))};
  if (said == settings.end() || said->second == "all")
    for (std::size_t s = 0; s < a.satellites.size(); ++s)
      if (a.satellites[s].code != population_code) flows.push_back(flow_of_satellite(picture, s));
  flows.push_back(flow_of_value_added(picture));
  return flows;
}

double population_of(const Accounts& a, const RegionSet& set) {
  const int found = satellite_index(a, population_code);
  if (found < 0) return std::nan("");
  const auto row = static_cast<std::size_t>(found);
  std::vector<double> people(a.regions.size(), 0.0);
  const auto count = [&](int region, double value) {
    if (!std::isnan(value)) people[static_cast<std::size_t>(region)] += value;
  };
  for (std::size_t i = 0; i < a.cells.size(); ++i) count(a.cells[i].region, a.satellite(row, i));
  for (std::size_t f = 0; f < a.final_uses.size() && !a.satellite_final.empty(); ++f)
    count(a.final_uses[f].region, a.satellite_final(row, f));
  Sum all;
  for (const int region : set.regions) {
    const double here = people[static_cast<std::size_t>(region)];
    if (!(here > 0.0)) return std::nan("");
    all.add(here);
  }
  return all.value();
}

}  // namespace kontor
