// Scan: what nobody has written down yet.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "areas.h"
#include "columns.h"
#include "kontor/indicators/scan_question.h"
#include "kontor/report/scan_text.h"
#include "watched.h"

namespace py = pybind11;

namespace kontor::python {

static py::tuple answer(const ScanQuestion& question, const py::object& progress) {
  const ScanAnswer found = watched(progress, [&](const Told& told) {
    told("scanning", 0.0);
    return answer_scan(question);
  });
  const Accounts& a = *found.accounts;
  if (found.portfolio)
    return py::make_tuple(columns_of(portfolio_rows(a, *found.portfolio)), found.portfolio->notes, portfolio_text(a, *found.portfolio),
                          found.findings);
  return py::make_tuple(columns_of(scan_rows(a, found.scan)), found.scan.notes, scan_text(a, found.scan), found.findings);
}

void bind_scan(py::module_& module) {
  py::class_<ScanQuestion>(module, "ScanQuestion", "A scan as it is asked for, all as text.")
      .def(py::init<>())
      .def_readwrite("target", &ScanQuestion::target)
      .def_readwrite("accounts", &ScanQuestion::accounts)
      .def_readwrite("goals", &ScanQuestion::goals)
      .def_readwrite("blocs", &ScanQuestion::blocs)
      .def_readwrite("regions", &ScanQuestion::regions)
      .def_readwrite("sectors", &ScanQuestion::sectors)
      .def_readwrite("levers", &ScanQuestion::levers)
      .def_readwrite("closure", &ScanQuestion::closure)
      .def_readwrite("step", &ScanQuestion::step)
      .def_readwrite("capital_step", &ScanQuestion::capital_step)
      .def_readwrite("tolerance", &ScanQuestion::tolerance)
      .def_readwrite("distances", &ScanQuestion::distances)
      .def_readwrite("top", &ScanQuestion::top)
      .def_readwrite("year", &ScanQuestion::year)
      .def_readwrite("budget", &ScanQuestion::budget)
      .def_readwrite("costs", &ScanQuestion::costs)
      .def_readwrite("nobody_loses", &ScanQuestion::nobody_loses)
      .def_readwrite("only_new", &ScanQuestion::only_new);
  module.def("scan", &answer, py::arg("question"), py::arg("progress") = py::none(), "(columns, notes, text, findings).");
}

}  // namespace kontor::python
