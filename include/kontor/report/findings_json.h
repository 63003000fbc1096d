// Findings as programs read them: what `--json` prints and what the page is told.
#pragma once

#include <string>

#include "kontor/base/finding.h"

namespace kontor {

/// A list of { code, severity, file, row, column, found, expected, remedy }.
std::string findings_json(const Findings& findings);

}  // namespace kontor
