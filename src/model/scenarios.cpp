#include "kontor/model/scenarios.h"

#include <set>

namespace kontor {

std::vector<NamedScenario> scenarios_of(const Programme& programme, const Compiled& compiled) {
  std::set<std::string> committed;
  for (const Written& measure : programme.measures)
    if (is_committed(measure)) committed.insert(measure.id);

  std::vector<NamedScenario> scenarios;
  for (int year = programme.first_year; year <= programme.last_year; ++year) {
    const auto add = [&](View view, const std::string& measure, Step step, const auto& takes) {
      NamedScenario named{view, measure, step, {year, {}}};
      for (const Shock& shock : compiled.shocks)
        if (shock.year == year && takes(shock)) named.scenario.shocks.push_back(&shock);
      if (!named.scenario.shocks.empty()) scenarios.push_back(std::move(named));
    };
    const auto agreed = [&](const Shock& shock) { return committed.count(shock.measure) > 0; };
    add(View::headline, "", Step::stated, agreed);
    add(View::lasting, "", Step::stated, [&](const Shock& shock) { return agreed(shock) && !shock.temporary; });
    for (const Step step : all_steps) add(View::step, "", step, [&](const Shock& shock) { return agreed(shock) && shock.step <= step; });
    for (const Written& measure : programme.measures)
      add(View::measure, measure.id, Step::stated, [&](const Shock& shock) { return shock.measure == measure.id; });
    for (const Written& measure : programme.measures)  // what of it stays
      if (year == programme.last_year)
        add(View::lasting, measure.id, Step::stated, [&](const Shock& shock) { return shock.measure == measure.id && !shock.temporary; });
    if (committed.size() < programme.measures.size()) add(View::pipeline, "", Step::stated, [](const Shock&) { return true; });
  }
  return scenarios;
}

}  // namespace kontor
