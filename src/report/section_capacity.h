// Limits of capacity in the report: how full, what they earn, what a unit more would be worth.
#pragma once

#include <string>
#include <vector>

#include "report/net_view.h"

namespace kontor {

/// A table by cell with a limit; empty where no measure states one.
std::string capacity_html(const ReportView& view, const std::vector<NetColumn>& columns);

}  // namespace kontor
