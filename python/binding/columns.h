// Tables as Python takes them: a dict of columns.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

#include "kontor/indicators/table.h"

namespace kontor::python {

/// numpy arrays by name: text as objects (each text once), `year` as int64 with 0 where none applies, `value` as float64 with
/// NaN where the number is not available.
pybind11::dict columns_of(const std::vector<EffectRow>& rows);

}  // namespace kontor::python
