// Parts of the five lines that the gross and the net answer share.
#pragma once

#include <string>
#include <vector>

#include "report/effect_index.h"
#include "report/net_view.h"

namespace kontor {

/// The five lines of a run that solved the equilibrium model.
std::vector<std::string> net_answer(const ReportView& view, const std::vector<NetColumn>& columns);

bool is_in_headline(const ReportView& view, const std::string& measure);
/// Whether the part that would have happened anyway is taken out; one sentence with a blank before it.
std::string additionality_sentence(const ReportView& view);
/// What no model of the run counts, "M2: cheaper transport; M3: ..."; empty if all is counted.
std::string uncounted_by_measure(const ReportView& view);

}  // namespace kontor
