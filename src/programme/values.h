// One value of a field: its kind, its range, its labels.
#pragma once

#include "programme/fields.h"

namespace kontor {

/// Reads the value of one field; false if it is wrong, with a finding that says how.
bool read_value(const Field& field, const Raw& raw, const KnownLabels& labels, Value& value, Findings& findings);

/// "2026-07" or a year to months counted from year 0; `last` takes December of a bare year. False if it is neither.
bool read_month(const Raw& raw, bool last, double& month);

}  // namespace kontor
