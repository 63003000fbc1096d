// Which scenarios a programme asks for: together, one by one, step by step, and what is not yet agreed.
#pragma once

#include <string>
#include <vector>

#include "kontor/model/leontief.h"
#include "kontor/programme/programme.h"

namespace kontor {

enum class View {
  headline,  // all measures that are signed, running or done
  lasting,   // of those, what stays: without building phases and deliveries that end; in the last year of one measure as well
  measure,   // one measure alone
  step,      // the headline up to a step of the way from gross to net
  pipeline   // the headline and the measures that are not agreed yet
};

struct NamedScenario {
  View view = View::headline;
  std::string measure;       // for View::measure, and View::lasting of one measure
  Step step = Step::stated;  // for View::step
  Scenario scenario;
};

/// All scenarios of all years in which anything happens, in the order year, view, measure. The shocks stay in `compiled`.
std::vector<NamedScenario> scenarios_of(const Programme& programme, const Compiled& compiled);

}  // namespace kontor
