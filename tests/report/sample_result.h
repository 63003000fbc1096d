// An invented but coherent result: three regions and abroad, four sectors, three measures, one of them in the pipeline,
// five years. Every total is the sum of its parts, so a test can add up any table.
#pragma once

#include "kontor/report/result.h"

namespace kontor::test {

Result sample_result();
/// The same with labels that would be a formula in a spreadsheet or a script in a page.
Result hostile_result();
/// The same where everything ends before the last year.
Result temporary_result();
/// As many regions and sectors as asked for, with effects of both signs in every cell.
Result large_result(int regions, int sectors);

}  // namespace kontor::test
