// The parts of the module, one file each: pybind11's headers are slow to read.
#pragma once

#include <pybind11/pybind11.h>

namespace kontor::python {

void bind_findings(pybind11::module_& module);
void bind_accounts(pybind11::module_& module);
void bind_import(pybind11::module_& module);
void bind_indicators(pybind11::module_& module);
void bind_results(pybind11::module_& module);
void bind_scan(pybind11::module_& module);
void bind_lists(pybind11::module_& module);

}  // namespace kontor::python
