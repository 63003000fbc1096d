// What a sheet says of output beside what its rows and columns add up to, and where the difference goes.
#pragma once

#include <vector>

#include "read/wide_table.h"

namespace kontor {

constexpr double wide_rounding = 1e-6;  // table units: one dollar where the unit is a million

struct WideTotals {
  std::vector<double> reported;  // output as the sheet has it; empty if it has none
  std::vector<double> rows;      // sums of uses
  std::vector<double> inputs;    // sums of intermediate inputs
  std::vector<double> costs;     // inputs and primary rows
  bool whole_numbers = true;
};

/// Output less uses as one final-use column per region, never spread; the finding says how much it is.
Matrix with_use_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& output, const WideTotals& totals,
                    Matrix final_use, Accounts& accounts, Findings& notes);

/// Output less costs as one primary row; the only one, as residual, where the sheet has no primary inputs.
Matrix with_cost_gap(const WideTable& table, const WideMeaning& meaning, const std::vector<double>& output, const WideTotals& totals,
                     Matrix primary, Accounts& accounts, Findings& notes);

/// A remark about the whole sheet.
Finding wide_remark(Severity severity, const char* code, const WideTable& table, std::string found, std::string expected = "",
                    std::string remedy = "");

}  // namespace kontor
