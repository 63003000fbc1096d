// The appraisal with all measures at the low and at the high end of their ranges, beside the central case.
#pragma once

#include <string>
#include <vector>

#include "kontor/base/finding.h"
#include "kontor/indicators/table.h"
#include "kontor/model/calibration.h"
#include "kontor/programme/programme.h"

namespace kontor {

/// Terms of the rows: which end of the ranges.
inline constexpr const char* term_all_low = "all ranges low";
inline constexpr const char* term_all_high = "all ranges high";

struct AppraisalRanges {
  std::vector<EffectRow> rows;       // as add_appraisal writes them, with these terms; empty where no agreed measure has a range
  std::vector<std::string> written;  // "M1 additional: 0.1 to 0.6, low is 0.1": each range, and which end is the low one
  Findings findings;
};

/// Solves the programme again under its own closure. Of each range the low end is the one at which the discounted real
/// income of all regions together over the horizon is lower, all other numbers central; so "low" is pessimistic for real
/// income, whether the number is a cost or a gain. The two cases are bounds of what the file says and no probabilities. `left_out`:
/// measures whose targets are out of reach, as in the central case.
AppraisalRanges appraisal_ranges(const Calibration& calibration, const Programme& programme, const std::vector<std::string>& left_out);

}  // namespace kontor
