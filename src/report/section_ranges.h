// The appraisal with all measures at the low and at the high end of their ranges.
#pragma once

#include <string>

#include "report/net_view.h"

namespace kontor {

/// A table with the central case between the two; empty where no agreed measure has a range.
std::string ranges_html(const ReportView& view, const NetColumn& own, const Scale& money);

}  // namespace kontor
